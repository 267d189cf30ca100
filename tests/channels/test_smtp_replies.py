"""SMTP replies and what they mean, one row each."""

import pytest

from channels.smtp_replies import Stage, refusal
from channels.types import Retry

RCPT, DATA, MAIL = Stage.RCPT, Stage.DATA, Stage.MAIL

# What was said to the server, its reply; whether retrying helps, whether another relay may, and our words for it.
CASES = [
    (RCPT, 550, "5.1.1 <a@b>: User unknown", Retry.NEVER, False, "there is no such address"),
    (RCPT, 550, "5.1.2 Bad destination domain", Retry.NEVER, False, "domain takes no mail"),
    (RCPT, 550, "5.1.10 Recipient null MX", Retry.NEVER, False, "domain takes no mail"),
    (RCPT, 553, "5.1.3 Malformed", Retry.NEVER, False, "not a valid one"),
    (RCPT, 552, "5.2.2 Quota exceeded", Retry.NEXT, False, "mailbox is full"),
    (RCPT, 452, "4.2.2 Over quota", Retry.NEXT, False, "mailbox is full"),
    (RCPT, 550, "5.2.1 Mailbox disabled", Retry.NEXT, False, "does not take mail now"),
    (RCPT, 450, "4.2.1 Receiving at too high a rate", Retry.SAME, False, "busy"),
    (RCPT, 450, "4.2.0 Greylisted", Retry.SAME, False, "busy"),
    (RCPT, 451, "4.7.1 Greylisting in action, try again in 5 minutes", Retry.SAME, False, "later"),
    (RCPT, 450, "Try again later", Retry.SAME, False, "later"),
    (RCPT, 451, "4.3.0 Temporary lookup failure", Retry.SAME, True, "trouble of its own"),
    (RCPT, 452, "4.3.1 Insufficient system storage", Retry.SAME, True, "trouble of its own"),
    (RCPT, 452, "4.5.3 Too many recipients", Retry.SAME, False, "later"),
    (RCPT, 550, "5.4.1 Recipient address rejected: Access denied", Retry.NEXT, True, "no way to that address"),
    (RCPT, 554, "5.7.1 Relay access denied", Retry.NEXT, True, "policy"),
    (RCPT, 550, "5.7.1 Blocked", Retry.NEXT, True, "policy"),
    (RCPT, 550, "No such user here", Retry.NEXT, False, "the address was refused"),
    (RCPT, 553, "sorry, that is no mailbox", Retry.NEVER, False, "not a valid one"),
    (RCPT, 421, "4.3.2 Shutting down", Retry.DOWN, True, "closing"),
    (RCPT, 530, "5.7.0 Authentication required", Retry.DOWN, True, "asks for a login"),
    (RCPT, 299, "what?", Retry.NEXT, True, "did not understand"),
    (DATA, 552, "5.3.4 Message too big", Retry.NEXT, False, "too big"),
    (DATA, 554, "5.6.0 Bad content", Retry.NEXT, True, "form was refused"),
    (DATA, 554, "5.7.1 Spam", Retry.NEXT, True, "policy"),
    (DATA, 451, "4.3.0 Error: queue file write error", Retry.SAME, True, "trouble of its own"),
    (MAIL, 552, "5.3.4 Message size exceeds fixed limit", Retry.NEXT, False, "too big"),
    (MAIL, 550, "5.7.1 Sender not allowed", Retry.DOWN, True, "does not accept us"),
    (MAIL, 452, "4.3.1 Insufficient system storage", Retry.DOWN, True, "does not accept us"),
    (Stage.CONNECT, 554, "5.7.1 No", Retry.DOWN, True, "at the door"),
    (Stage.EHLO, 502, "No", Retry.DOWN, True, "greeting"),
    (Stage.STARTTLS, 454, "4.7.0 TLS not available", Retry.DOWN, True, "TLS"),
    (Stage.AUTH, 535, "5.7.8 Bad credentials", Retry.DOWN, True, "login"),
]


@pytest.mark.parametrize(
    ("stage", "code", "text", "retry", "elsewhere", "words"),
    CASES,
    ids=[f"{row[0]} {row[1]} {row[2]}" for row in CASES],
)
def test_each_reply_says_whose_fault_it_is_and_whether_retrying_helps(
    stage: Stage, code: int, text: str, retry: Retry, elsewhere: bool, words: str
) -> None:
    found = refusal(stage, code, text)
    assert (found.failure.retry, found.elsewhere) == (retry, elsewhere)
    assert words in found.failure.reason
    assert found.failure.code.startswith(str(code))


def test_an_enhanced_status_of_another_class_than_the_code_is_not_believed() -> None:
    assert refusal(RCPT, 450, "5.1.1 odd").failure.retry is Retry.SAME


def test_the_words_of_the_server_are_passed_on_in_one_short_printable_line() -> None:
    reason = refusal(RCPT, 550, "5.1.1 first\n5.1.1 second\x1b[31m\x00 " + "long " * 1000).failure.reason
    assert "first second" in reason
    assert reason.isprintable()
    assert len(reason) < 250


def test_what_the_server_says_to_a_login_is_kept_back() -> None:
    assert "hunter2" not in refusal(Stage.AUTH, 535, "5.7.8 wrong password hunter2").failure.reason
