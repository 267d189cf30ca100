"""Faults in the whole daemon: some rows of docs/faults.md are run again, and the page holds every row."""

import re

import pytest

from tests.architecture.tree import ROOT
from tests.faults.cases import IMAP, SMTP, TWILIO, Case, ImapCase
from tests.faults.run import broadcast, mailbox

PAGE = (ROOT / "docs/faults.md").read_text()


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("connect: refused", {"sms": 15}),
        ("banner: `421 4.3.2 Busy`", {"sms": 15}),
        ("AUTH: `535 5.7.8 Wrong`", {"sms": 15}),
        ("RCPT: `550 5.1.1 Unknown`", {"sms": 15}),
        ("after DATA: `554 5.7.1 Spam`", {"sms": 15}),
    ],
)
async def test_without_a_relay_that_works_everybody_is_texted(name: str, by: dict[str, int]) -> None:
    case = next(case for case in SMTP if case.name == name)
    assert dict((await broadcast(case)).by) == by


async def test_with_another_relay_email_goes_on() -> None:
    case = next(case for case in SMTP if case.name == "STARTTLS: cut")
    assert dict((await broadcast(case, backup=True)).by) == {"email": 14, "sms": 1}


@pytest.mark.parametrize("name", ["connect: refused", "answer: 401", "answer: 400 with 21614"])
async def test_without_texts_whoever_has_an_email_is_mailed(name: str) -> None:
    case = next(case for case in TWILIO if case.name == name)
    found = await broadcast(case, text_first=True)
    assert (dict(found.by), found.again) == ({"email": 14}, 0)


@pytest.mark.parametrize("name", ["connect: refused", "move: NO"])
async def test_a_mailbox_that_fails_is_told_of_and_its_mail_is_acted_on_once(name: str) -> None:
    waited = await mailbox(next(case for case in IMAP if case.name == name), next_try=0.0)
    assert waited.told is not None
    assert waited.times == 1


@pytest.mark.parametrize(("title", "cases"), [("SMTP", SMTP), ("Twilio", TWILIO), ("IMAP", IMAP)])
def test_the_page_has_each_row_and_none_is_broken(title: str, cases: tuple[Case | ImapCase, ...]) -> None:
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", section, re.MULTILINE)[2:]
    assert [f"{step}: {fault}" for step, fault in rows] == [case.name for case in cases]
    assert "broke" not in section
