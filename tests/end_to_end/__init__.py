"""The whole daemon as its own process, against real servers."""
