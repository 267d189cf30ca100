"""The sandbox in the browser: every phone and mailbox, a switchboard, the clock, scenarios step by step."""
