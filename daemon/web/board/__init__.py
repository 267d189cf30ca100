"""The board: what is under way, at a glance, in a browser. It only shows; nothing can be decided here."""
