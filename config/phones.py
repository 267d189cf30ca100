"""Phone numbers: E.164 or a fault that names the E.164 form where it can be guessed."""

from functools import cache

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat

from config.faults import Wrong, shown


def parse_phone(text: object, timezone: str = "") -> str:
    """`text` as E.164. It must begin with "+"; spaces, dots, dashes and brackets are dropped. Raises Wrong.

    Only the length is judged (ITU-T E.164 and the country's plan): new ranges open before any library knows them.
    """
    if not isinstance(text, str):
        raise Wrong(f"{shown(text)} is no text", 'write the number in quotes, as in "+32470000001"')
    if not text.startswith("+"):
        raise Wrong(f"{shown(text)} does not begin with + and the country's code", _guess(text, timezone))
    number = _parse(text, None)
    if number is None or number.extension:
        raise Wrong(f"{shown(text)} is no phone number", 'write it as in "+32470000001"')
    if not phonenumbers.is_possible_number(number):
        raise Wrong(f"{shown(text)} has too few or too many digits for its country", "check the number")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _guess(text: str, timezone: str) -> str:
    number = _parse("+" + text.strip()[2:], None) if text.strip().startswith("00") else _parse(text, _region(timezone))
    if number is None or not phonenumbers.is_possible_number(number):
        return 'write it as in "+32470000001"'
    return f'write "{phonenumbers.format_number(number, PhoneNumberFormat.E164)}" if that is it'


def _parse(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


@cache
def _region(timezone: str) -> str | None:
    region = get_global("zone_territories").get(timezone)
    return region if isinstance(region, str) else None
