"""`murphyd init`: what is found, what is asked, what is written."""
