"""A document for people as values, and its forms: Markdown, one page of HTML, PDF."""
