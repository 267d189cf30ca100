"""A text message in: its numbers in E.164, its first line the deciding one. Total."""

import hashlib
from datetime import datetime

import phonenumbers

from parsers.types import Address, Automatic, Inbound, Medium

_MAX_NUMBER = 40
_UNKNOWN_REGION = "ZZ"


def normalize_number(text: str, region: str | None = None) -> str | None:
    """The E.164 form of a number in any writing; None where it is none.

    `region` (ISO 3166 alpha-2) is the country of numbers written without a country code; without it only
    international numbers ("+32…", "0032…") are read. Letters (vanity numbers, extensions) are refused: an
    alphanumeric sender must not turn into somebody's number.
    """
    written = text.strip().removeprefix("tel:")
    if len(written) > _MAX_NUMBER or any(char.isalpha() for char in written):
        return None
    if region is None and written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, region.upper() if region else None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse_sms(sender: str, recipient: str, body: str, ref: str, received: datetime) -> Inbound:
    """`ref` is the provider's id. A sender without a country code is read as a number of the recipient's country."""
    to = normalize_number(recipient)
    writer = _address(sender, _region(to))
    text = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    digest = hashlib.sha256("\0".join((writer.address, body, ref)).encode("utf-8", "surrogatepass"))
    return Inbound(
        medium=Medium.SMS,
        sender=writer,
        senders=(writer,),
        recipients=(Address("", to or recipient.strip().lower()),),
        subject="",
        text=body,
        visible_text=text,
        deciding_line=text.partition("\n")[0].strip(),
        sure=True,
        public_text=text,
        public_sure=True,
        message_id=ref,
        references=(),
        date=received,
        automatic=Automatic.OURS if to and writer.address == to else None,
        authentication_results=(),
        attachments=(),
        fingerprint=digest.hexdigest(),
        faults=() if text else ("empty text",),
    )


def _region(number: str | None) -> str | None:
    if number is None:
        return None
    region = phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    return region if region and region != _UNKNOWN_REGION else None


def _address(sender: str, region: str | None) -> Address:
    """A number in E.164; an alphanumeric sender or short code as it came, lower case."""
    return Address("", normalize_number(sender, region) or sender.strip().lower())
