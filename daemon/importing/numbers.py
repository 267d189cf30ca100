"""Phone numbers as people write them at home, into E.164."""

from functools import lru_cache

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat

from config.faults import Wrong, shown
from config.phones import parse_phone

SHORTEST = 6
"""Digits: fewer are an extension within a building."""

EXAMPLE = 'write it as in "+32470000001"'


def country_of(timezone: str) -> str:
    """The country that a time zone lies in (ISO 3166), "" where it is none's or several countries'."""
    found = get_global("zone_territories").get(timezone)
    return found if isinstance(found, str) and found != "001" else ""


@lru_cache(maxsize=100_000)
def e164(text: str, timezone: str = "", country: str = "") -> str:
    """With "+", "00" or, where the country is known, as it is dialled there. Raises Wrong."""
    written = text.strip().removeprefix("tel:")
    if written.startswith("+"):
        return parse_phone(written.replace("(0)", ""))
    region = country or country_of(timezone)
    try:
        number = phonenumbers.parse("+" + written[2:] if written.startswith("00") else written, region or None)
    except NumberParseException:
        raise Wrong(f"{shown(text)} is no phone number" + (f" of {region}" if region else ""), EXAMPLE) from None
    short = len(str(number.national_number)) < SHORTEST
    if number.extension or short or not phonenumbers.is_possible_number(number):
        raise Wrong(f"{shown(text)} is no whole phone number", EXAMPLE)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
