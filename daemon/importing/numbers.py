"""Phone numbers as people write them at home, into E.164."""

import re
from functools import lru_cache

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat

from config.faults import Wrong, shown
from config.phones import parse_phone

SHORTEST = 6
"""Digits: fewer are an extension within a building."""

_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.ASCII | re.IGNORECASE)

EXAMPLE = 'write it as in "+32470000001"'


NO_COUNTRIES = frozenset({"001", "ZZ"})
"""The world, and what is unknown, as CLDR writes them."""


def country_of(timezone: str) -> str:
    """The country that a time zone lies in (ISO 3166), "" where it is none's or several countries'."""
    found = get_global("zone_territories").get(timezone)
    return found if isinstance(found, str) and found not in NO_COUNTRIES else ""


@lru_cache(maxsize=100_000)
def e164(text: str, timezone: str = "", country: str = "") -> str:
    """With "+", "00" or, where the country is known, as it is dialled there. Raises Wrong."""
    written = text.strip().removeprefix("tel:")
    if written.startswith("+"):
        return parse_phone(written.replace("(0)", ""))
    region = country or country_of(timezone)
    if not region and written[:1].isdigit() and not written.startswith("00"):
        raise Wrong(f"{shown(text)} does not say its country", EXAMPLE)
    of = f" of {region}" if region and not written.startswith("00") else ""
    if _ROUNDED.fullmatch(written):
        raise Wrong(f"{shown(text)} has lost its digits in a spreadsheet; make that column text", EXAMPLE)
    try:
        number = phonenumbers.parse("+" + written[2:] if written.startswith("00") else written, region or None)
    except NumberParseException:
        raise Wrong(f"{shown(text)} is no phone number{of}", EXAMPLE) from None
    short = len(str(number.national_number)) < SHORTEST
    if number.extension or short or not phonenumbers.is_possible_number(number):
        raise Wrong(f"{shown(text)} is no whole phone number{of}", EXAMPLE)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
