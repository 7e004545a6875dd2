"""One module for each command: from what was typed to an exit status, and what they share."""
