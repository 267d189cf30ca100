"""A notice and a contact in; a mail, a text or a call out: by language, time zone and depth."""
