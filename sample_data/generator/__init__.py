"""Builds the sample township: people, what befalls them, the lists, and the truth about them."""
