"""A configuration folder from a few answers: what is left out is found out, and what is written is tried."""
