"""The pure core: what happened, what it means, what to say to whom, which rung is next. No clock, no I/O."""
