"""Texts in, and numbers in any national writing."""

from datetime import UTC, datetime

import pytest

from parsers.command import parse_command
from parsers.sms import normalize_number, parse_sms
from parsers.types import Automatic, Medium, Problem, Verb

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

NUMBERS = [
    ("+32470123456", None, "+32470123456", "E.164"),
    ("+32 470 12 34 56", None, "+32470123456", "spaces"),
    ("+32 (0)470 12 34 56", None, "+32470123456", "a trunk zero in brackets"),
    ("+32-470-12.34.56", None, "+32470123456", "dashes and points"),
    ("0032470123456", None, "+32470123456", "two zeros"),
    ("0032 470 12 34 56", "BE", "+32470123456", "two zeros, at home"),
    ("tel:+32470123456", None, "+32470123456", "a link"),
    ("＋３２４７０１２３４５６", None, "+32470123456", "full-width"),
    ("0470/12.34.56", "BE", "+32470123456", "Belgian"),
    ("0470 12 34 56", "be", "+32470123456", "a region in small letters"),
    ("06 12 34 56 78", "FR", "+33612345678", "French"),
    ("06-12345678", "NL", "+31612345678", "Dutch"),
    ("0151 23456789", "DE", "+4915123456789", "German"),
    ("(212) 555-0123", "US", "+12125550123", "American"),
    ("07911 123456", "GB", "+447911123456", "British"),
    ("8 912 345-67-89", "RU", "+79123456789", "Russian, with its 8"),
    ("090-1234-5678", "JP", "+819012345678", "Japanese"),
    ("٠٤٧٠١٢٣٤٥٦", "BE", "+32470123456", "Arabic digits"),
    ("0470123456", None, None, "national, of no country known"),
    ("12345", "BE", None, "a short code"),
    ("ACME", "BE", None, "an alphanumeric sender"),
    ("0470ABCDEF", "BE", None, "an alphanumeric sender that would spell a number"),
    ("+1-800-FLOWERS", None, None, "a vanity number"),
    ("+32470123456;ext=5", None, None, "an extension"),
    ("+32470123456 x5", None, None, "an extension"),
    ("", "BE", None, "nothing"),
    ("+", "BE", None, "a plus"),
    ("+32470123456" * 10, None, None, "far too long"),
    ("jan@acme.example", "BE", None, "an address"),
]


@pytest.mark.parametrize(("text", "region", "number"), [c[:3] for c in NUMBERS], ids=[c[3] for c in NUMBERS])
def test_numbers(text: str, region: str | None, number: str | None) -> None:
    assert normalize_number(text, region) == number


def test_a_text() -> None:
    inbound = parse_sms("+32 470 12 34 56", "+32460000000", " ACCEPT MI-7\r\nwe are on it ", "SM1", AT)
    assert inbound.medium is Medium.SMS
    assert inbound.sender.address == "+32470123456"
    assert inbound.senders == (inbound.sender,)
    assert [to.address for to in inbound.recipients] == ["+32460000000"]
    assert inbound.deciding_line == "ACCEPT MI-7"
    assert inbound.visible_text == inbound.public_text == "ACCEPT MI-7\nwe are on it"
    assert (inbound.sure, inbound.public_sure, inbound.date, inbound.message_id) == (True, True, AT, "SM1")
    assert inbound.automatic is None
    assert not inbound.faults
    command = parse_command(inbound)
    assert (command.verb, command.incident, command.words) == (Verb.ACCEPT, "MI-7", "we are on it")


def test_a_national_sender_is_of_the_country_of_our_number() -> None:
    assert parse_sms("0470123456", "+32460000000", "x", "1", AT).sender.address == "+32470123456"
    assert parse_sms("0612345678", "+31970000000", "x", "1", AT).sender.address == "+31612345678"


def test_an_alphanumeric_sender_stays_what_it_is() -> None:
    assert parse_sms("ACME Bank", "+32460000000", "x", "1", AT).sender.address == "acme bank"


@pytest.mark.parametrize("body", ["", " \n", "\x00"])
def test_a_picture_without_words(body: str) -> None:
    inbound = parse_sms("+32470123456", "+32460000000", body, "MM1", AT)
    assert inbound.faults == ("empty text",)
    assert parse_command(inbound).problem is Problem.EMPTY


def test_a_text_from_our_own_number_is_ours() -> None:
    assert parse_sms("+32460000000", "+32 460 00 00 00", "x", "1", AT).automatic is Automatic.OURS


def test_the_fingerprint_is_of_sender_text_and_id() -> None:
    first = parse_sms("+32470123456", "+32460000000", "ACCEPT", "1", AT)
    assert first.fingerprint == parse_sms("0032470123456", "+32460000000", "ACCEPT", "1", AT).fingerprint
    others = [("+32470123457", "ACCEPT", "1"), ("+32470123456", "REJECT", "1"), ("+32470123456", "ACCEPT", "2")]
    for sender, body, ref in others:
        assert parse_sms(sender, "+32460000000", body, ref, AT).fingerprint != first.fingerprint


def test_a_reaction_that_cites_our_text_commands_nothing() -> None:
    inbound = parse_sms("+32470123456", "+32460000000", "Liked “ACCEPT MI-7 to take charge”", "1", AT)
    assert parse_command(inbound).verb is None
