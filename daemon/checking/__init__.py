"""What is weak in a configuration that is valid: rules by family, and what connecting to everything shows."""
