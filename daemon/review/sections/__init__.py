"""The sections of the report's document, each from the report's values."""
