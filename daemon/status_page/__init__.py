"""The public status page: plain files in a folder, for any web server to show."""
