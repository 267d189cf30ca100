"""Who wrote: every piece of evidence, and every forgery that must not be one."""

from datetime import timedelta

import pytest

from daemon.core.identity import Evidence
from daemon.identity.authentication import MICROSOFT
from daemon.identity.evidence import identify, thread
from parsers.sms import parse_sms
from parsers.types import Address, Medium
from tests.identity.scene import ANN, JAN, NOW, PEOPLE, PHONE, TOKENS, arrived, judged, mailbox, settings

TOKEN = TOKENS.issue(JAN, "MI-7", 12, NOW.date())
REPLY_TO = f"incidents+{TOKEN}@acme.example"
REFERENCE = f"In-Reply-To: <{TOKEN}@acme.example>"
PASS = "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example"
FAIL = "Authentication-Results: mx.acme.example; dmarc=fail header.from=acme.example"
TO = "+32460000000"


def test_a_reply_to_our_address_with_the_token() -> None:
    who = judged(arrived(to=REPLY_TO))
    assert (who.contact, who.evidence, who.incident, who.notice) == (JAN, Evidence.TOKEN, "MI-7", 12)


def test_a_reply_that_refers_to_our_message() -> None:
    who = judged(arrived(REFERENCE))
    assert (who.contact, who.evidence, who.incident) == (JAN, Evidence.TOKEN, "MI-7")


def test_a_reply_deep_in_a_thread() -> None:
    who = judged(arrived(f"References: <1@acme.example> <{TOKEN}@acme.example> <2@acme.example>"))
    assert (who.evidence, who.incident) == (Evidence.TOKEN, "MI-7")


def test_the_nearest_of_our_messages_counts() -> None:
    later = TOKENS.issue(JAN, "MI-8", 13, NOW.date())
    who = judged(arrived(f"References: <{TOKEN}@acme.example> <{later}@acme.example>"))
    assert (who.incident, who.notice) == ("MI-8", 13)


def test_the_address_replied_to_counts_before_the_thread() -> None:
    later = TOKENS.issue(JAN, "MI-8", 13, NOW.date())
    who = judged(arrived(f"References: <{later}@acme.example>", to=REPLY_TO))
    assert who.incident == "MI-7"


def test_a_second_address_of_the_contact_can_use_the_token() -> None:
    who = judged(arrived(sender="jan@home.example", to=REPLY_TO))
    assert (who.contact, who.evidence) == (JAN, Evidence.TOKEN)


def test_a_verified_domain() -> None:
    who = judged(arrived(PASS))
    assert (who.contact, who.evidence, who.incident, who.notice) == (JAN, Evidence.DOMAIN, "", None)


def test_name_and_address_are_as_written() -> None:
    who = judged(arrived(PASS, sender="Jan Peeters <Jan@Acme.example>"))
    assert (who.name, who.address, who.contact) == ("Jan Peeters", JAN, JAN)


def test_a_stranger_of_a_verified_domain_is_a_stranger() -> None:
    who = judged(arrived(PASS, sender="new@acme.example"))
    assert (who.contact, who.evidence) == (None, Evidence.DOMAIN)


FORGED = [
    (arrived(), JAN, "a From header alone"),
    (arrived(to=REPLY_TO, sender=ANN), ANN, "a token of another person"),
    (arrived(PASS, sender="ja\u212a@acme.example"), None, "an address with a Kelvin sign for its k"),
    (arrived(REFERENCE, sender="eve@evil.example"), None, "a token used by a stranger"),
    (arrived(to=REPLY_TO.replace("mi7", "mi8")), JAN, "a token altered to another incident"),
    (arrived(FAIL, to=REPLY_TO), JAN, "a token in a mail that our server says failed"),
    (arrived("Authentication-Results: mx.acme.example; spf=fail; dkim=none", to=REPLY_TO), JAN, "a token, spf=fail"),
    (
        arrived("Authentication-Results: mx.acme.example; dkim=fail header.d=acme.example", to=REPLY_TO),
        JAN,
        "a token, dkim=fail",
    ),
    (arrived(FAIL, PASS), JAN, "a second Authentication-Results below our server's"),
    (
        arrived("Authentication-Results: mx.other.example; dmarc=none", PASS),
        JAN,
        "our server's name in a field below another one's",
    ),
    (arrived(PASS.replace("mx.acme.example", "mx.evil.example")), JAN, "another server's word"),
    (arrived(PASS.replace("mx.acme.example", "mx.acme.example.evil")), JAN, "a name that begins like our server's"),
    (arrived(PASS.replace("from=acme", "from=evil")), JAN, "a pass for another domain"),
    (
        arrived("Authentication-Results: mx.acme.example; dkim=pass header.d=evil.example"),
        JAN,
        "a DKIM pass of another domain",
    ),
    (
        arrived("Authentication-Results: mx.acme.example; dkim=pass header.d=cme.example"),
        JAN,
        "a DKIM pass of a domain that ours ends with",
    ),
    (
        arrived("Authentication-Results: mx.acme.example; dkim=pass header.d=example"),
        JAN,
        "a DKIM pass of the top-level domain",
    ),
    (arrived("Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom=acme.example"), JAN, "SPF alone"),
    (
        arrived('Authentication-Results: mx.acme.example; dkim=fail reason="x; dmarc=pass header.from=acme.example"'),
        JAN,
        "a pass inside a quoted string",
    ),
    (
        arrived("Authentication-Results: mx.acme.example; dkim=fail (x; dmarc=pass header.from=acme.example)"),
        JAN,
        "a pass inside a comment",
    ),
    (arrived(PASS, sender=f'"Jan Peeters <{JAN}>" <eve@evil.example>'), None, "a name that looks like a manager's"),
    (arrived(PASS, sender=f"{JAN} <eve@evil.example>"), None, "a name that is a manager's address"),
    (arrived(PASS, sender="jаn@acme.example"), None, "a Cyrillic letter in the address"),
    (arrived(PASS, sender="jan@аcme.example"), None, "a Cyrillic letter in the domain"),
    (arrived(PASS, sender="jan@xn--cme-5cd.example"), None, "the same, in Punycode"),
    (arrived(PASS, sender="ｊan@acme.example"), None, "a full-width letter"),
    (arrived(PASS, sender="jan@acme.example.evil.example"), None, "a domain that begins like ours"),
    (arrived(PASS, f"From: {ANN}", to=REPLY_TO), None, "two From headers"),
    (arrived(PASS, sender=f"{JAN}, eve@evil.example", to=REPLY_TO), None, "two addresses in From"),
    (arrived(PASS, "Sender: eve@evil.example", to=REPLY_TO), None, "a Sender that differs"),
    (arrived(PASS, sender=""), None, "no From"),
]


@pytest.mark.parametrize(("inbound", "contact"), [c[:2] for c in FORGED], ids=[c[2] for c in FORGED])
def test_forgeries_show_nothing(inbound: object, contact: str | None) -> None:
    who = judged(inbound)  # type: ignore[arg-type]
    if contact is None:
        assert who.contact is None
    else:
        assert (who.contact, who.evidence) == (contact, Evidence.NONE)
        assert who.refused
    assert (who.incident, who.notice) == ("", None)


def test_a_sender_that_is_the_same_is_no_fault() -> None:
    assert judged(arrived(PASS, f"Sender: Secretary <{JAN}>")).evidence is Evidence.DOMAIN


def test_an_expired_token() -> None:
    who = judged(arrived(to=REPLY_TO), now=NOW + timedelta(days=31))
    assert (who.evidence, who.refused) == (Evidence.NONE, ("token expired 1 days ago",))


def test_a_colleague_who_answers_a_forwarded_request_is_himself() -> None:
    who = judged(arrived(PASS, REFERENCE, sender=ANN, to=REPLY_TO))
    assert (who.contact, who.evidence, who.incident) == (ANN, Evidence.DOMAIN, "")
    assert who.refused == ("token altered, or issued to somebody else",)


def test_the_log_hears_what_failed() -> None:
    assert judged(arrived(FAIL, to=REPLY_TO)).refused == ("our server says dmarc=fail",)


PASSED = [
    "mx.acme.example; dmarc=pass header.from=acme.example",
    "MX.Acme.Example; dmarc=pass header.from=ACME.example",
    "mx.acme.example 1; dmarc=pass (p=reject dis=none) header.from=acme.example",
    "(comment) mx.acme.example; dmarc=pass header.from=acme.example",
    "mx.acme.example;\r\n\tdkim=pass header.d=acme.example header.s=k;\r\n\tspf=softfail smtp.mailfrom=x@y.example",
    "mx.acme.example; dkim=fail header.d=list.example; dkim=pass header.d=acme.example",
    "mx.acme.example; spf=fail smtp.mailfrom=forwarder.example; dkim=pass header.d=acme.example",
    "mx.acme.example; dmarc=none header.from=acme.example; dkim=pass header.i=@acme.example header.d=acme.example",
]


@pytest.mark.parametrize("field", PASSED)
def test_forms_of_a_pass(field: str) -> None:
    assert judged(arrived(f"Authentication-Results: {field}")).evidence is Evidence.DOMAIN


UNREADABLE = [
    "",
    ";",
    "mx.acme.example",
    "mx.acme.example; none",
    "mx.acme.example; dmarc",
    "mx.acme.example; =pass",
    "mx.acme.example;;;; dmarc=pass header.from=acme.example",
    "mx.acme.example; " + "(" * 8000,
    "mx.acme.example; " + "(" * 40 + "dmarc=pass",
    "mx.acme.example; " + "a=b " * 20_000,
    "mx.acme.example; dmarc=pass header.from=acme.example header.from=evil.example" + "; dmarc=fail",
    "mx.acme.example; dmarc=pаss header.from=acme.example",
]


@pytest.mark.parametrize("field", UNREADABLE)
def test_a_field_that_cannot_be_read_shows_nothing(field: str) -> None:
    assert judged(arrived(f"Authentication-Results: {field}")).evidence is Evidence.NONE


@pytest.mark.parametrize("field", ["", "mx.acme.example; none", "mx.acme.example; dmarc=none; spf=softfail"])
def test_a_token_counts_where_the_server_does_not_say_that_it_failed(field: str) -> None:
    assert judged(arrived(f"Authentication-Results: {field}", to=REPLY_TO)).evidence is Evidence.TOKEN


OUTLOOK = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=acme.example; dkim=pass (signature was"
    " verified) header.d=acme.example;dmarc=pass action=none header.from=acme.example;compauth=pass reason=100"
)


def test_microsofts_field_without_a_name_counts_where_it_is_configured() -> None:
    assert judged(arrived(OUTLOOK), boxes=(mailbox(authserv_id=MICROSOFT),)).evidence is Evidence.DOMAIN


def test_microsofts_field_counts_nowhere_else() -> None:
    assert judged(arrived(OUTLOOK)).evidence is Evidence.NONE
    assert judged(arrived(OUTLOOK), boxes=(mailbox(authserv_id=""),)).evidence is Evidence.NONE


def test_microsofts_field_counts_only_as_the_topmost() -> None:
    other = "Authentication-Results: mx.other.example; dmarc=none"
    assert judged(arrived(other, OUTLOOK), boxes=(mailbox(authserv_id=MICROSOFT),)).evidence is Evidence.NONE


def test_microsofts_composite_failure_is_a_failure() -> None:
    field = "Authentication-Results: spf=none smtp.mailfrom=acme.example; dmarc=none; compauth=fail reason=001"
    who = judged(arrived(field, to=REPLY_TO), boxes=(mailbox(authserv_id=MICROSOFT),))
    assert (who.evidence, who.refused) == (Evidence.NONE, ("our server says compauth=fail",))


def test_a_mailbox_without_a_server_name_trusts_no_field() -> None:
    assert judged(arrived(PASS), boxes=(mailbox(authserv_id=""),)).evidence is Evidence.NONE


def test_only_the_word_of_the_server_that_the_mail_came_in_by_counts() -> None:
    boxes = (mailbox(), mailbox("other", authserv_id="mx.other.example"))
    forged = arrived("Authentication-Results: mx.other.example; dmarc=pass header.from=acme.example")
    assert judged(forged, boxes=boxes, mailbox="incidents").evidence is Evidence.NONE
    assert judged(forged, boxes=boxes, mailbox="other").evidence is Evidence.DOMAIN


def test_our_own_verification_counts_where_the_server_is_silent() -> None:
    asked: list[str] = []

    def verified(domain: str) -> bool:
        asked.append(domain)
        return True

    assert judged(arrived(), dkim=verified).evidence is Evidence.DOMAIN
    assert asked == ["acme.example"]


def test_our_own_verification_is_not_asked_where_the_server_says_that_it_failed() -> None:
    assert judged(arrived(FAIL), dkim=lambda _: True).evidence is Evidence.NONE


def test_a_text_from_a_number_on_file() -> None:
    who = judged(parse_sms(PHONE, TO, "ACCEPT", "1", NOW))
    assert (who.contact, who.evidence, who.refused) == (JAN, Evidence.NUMBER, ())


def test_a_text_by_a_way_in_that_vouches_for_nothing() -> None:
    who = judged(parse_sms(PHONE, TO, "ACCEPT", "1", NOW), vouched=False)
    assert (who.contact, who.evidence) == (JAN, Evidence.NONE)
    assert who.refused


def test_a_text_from_a_strangers_number() -> None:
    who = judged(parse_sms("+32471111111", TO, "ACCEPT", "1", NOW))
    assert (who.contact, who.evidence, who.address) == (None, Evidence.NONE, "+32471111111")


def test_a_text_from_an_alphanumeric_sender() -> None:
    assert judged(parse_sms("Jan Peeters", TO, "ACCEPT", "1", NOW)).contact is None


def _by(medium: Medium, address: str, *, vouched: bool) -> tuple[str | None, Evidence]:
    writer = Address("", address)
    inbound = arrived()
    changed = type(inbound)(
        **{
            **{name: getattr(inbound, name) for name in inbound.__dataclass_fields__},
            "medium": medium,
            "sender": writer,
            "senders": (writer,),
        }
    )
    who = identify(changed, PEOPLE, settings(), TOKENS, NOW, vouched=vouched, dkim=None)
    return who.contact, who.evidence


def test_a_key_pressed_in_a_call() -> None:
    assert _by(Medium.VOICE, PHONE, vouched=True) == (JAN, Evidence.NUMBER)
    assert _by(Medium.VOICE, PHONE, vouched=False) == (JAN, Evidence.NONE)


def test_the_console() -> None:
    assert _by(Medium.CONSOLE, JAN, vouched=True) == (JAN, Evidence.CONSOLE)
    assert _by(Medium.CONSOLE, JAN, vouched=False) == (JAN, Evidence.NONE)


THREADS = [
    (arrived(REFERENCE), ("MI-7", 12), "refers to ours"),
    (arrived(REFERENCE, sender="eve@evil.example"), ("MI-7", 12), "refers to ours, from a stranger"),
    (arrived(f"References: <{TOKEN[:-4]}aaaa@acme.example>"), ("MI-7", 12), "refers to ours, altered"),
    (arrived(to=REPLY_TO), ("MI-7", 12), "to our address"),
    (arrived(f"Cc: {REPLY_TO}"), ("MI-7", 12), "a copy to our address"),
    (arrived(f"In-Reply-To: <{TOKENS.issue(JAN, '', 3, NOW.date())}@acme.example>"), ("", 3), "about no incident"),
    (arrived("In-Reply-To: <abc@acme.example>"), None, "refers to somebody else's"),
    (arrived(), None, "refers to nothing"),
]


@pytest.mark.parametrize(("inbound", "reference"), [c[:2] for c in THREADS], ids=[c[2] for c in THREADS])
def test_what_a_mail_refers_to_whoever_sent_it(inbound: object, reference: tuple[str, int] | None) -> None:
    assert thread(inbound, settings()) == reference  # type: ignore[arg-type]
