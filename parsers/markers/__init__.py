"""What mail programs write around a reply, by language: literal data, all in lower case.

A new client or language is a new word here.
"""
