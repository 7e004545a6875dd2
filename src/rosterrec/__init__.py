"""Account for every child: police list against student registry against class rosters."""

__version__ = "0.1.0"
