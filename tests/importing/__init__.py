"""People from other programs files into contacts.csv."""
