"""What `murphyd check` finds: weaknesses of a configuration, of a machine, and of what it connects to."""
