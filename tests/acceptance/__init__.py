"""The worked cases of the domain, through the public command, on files as clerks have them."""
