"""The written procedure: what the configuration in force will do, as a document for people."""
