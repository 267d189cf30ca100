"""Commands by a Unix socket in the state folder: its server, its client, and what waits for the next start."""
