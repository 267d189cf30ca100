"""People from other programs' files into contacts.csv: read, compared, shown, and only then written."""
