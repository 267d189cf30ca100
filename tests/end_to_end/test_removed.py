"""Who is taken out of contacts.csv has no authority from the reload on: by number, or by a token issued before."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config.types import Contact
from daemon.sandbox.mail_client import read, reply
from daemon.sandbox.mail_server import MailServer
from tests.end_to_end.surroundings import QUICK, surroundings
from tests.end_to_end.test_run import Town

AN, JAMES = "+32470550101", "+447912555102"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[tuple[Town, MailServer]]:
    async with surroundings(tmp_path, QUICK) as around:
        yield Town(around.murphyd, around.twilio), around.mail


async def test_who_is_removed_decides_nothing_any_more(town: tuple[Town, MailServer]) -> None:
    here, mail = town
    murphyd = here.murphyd
    await murphyd.start()
    await here.twilio.text("+447912555105", "PROPOSE Tills are down")
    await here.until(lambda: bool(mail.mailbox("an.peeters@acme.example")), "An is asked, with a token")

    contacts = murphyd.config / "contacts.csv"
    lines = contacts.read_text().splitlines(keepends=True)
    (removed,) = [line for line in lines if line.startswith("An Peeters,")]
    contacts.write_text("".join(line for line in lines if line is not removed))
    murphyd.send(signal.SIGHUP)
    await here.until(lambda: len(murphyd.events("ready")) == 2, "it is ready again")

    def refused() -> int:
        return len([line for line in murphyd.events("message") if line["refused"]])

    await here.twilio.text(AN, "ACCEPT MI-1 mine")
    await here.until(lambda: refused() == 1, "by number")
    original = read(mail.mailbox("an.peeters@acme.example")[-1].raw)
    person = _person(removed)
    raw = reply(person, original, "ACCEPT MI-1 mine", mail.mailbox("an.peeters@acme.example")[-1].at, 1)
    await mail.deliver(raw, str(original["Reply-To"]))
    await here.until(lambda: refused() == 2, "by a token that was issued before")

    said = len(here.twilio.phones.inbox(JAMES))
    await here.twilio.text(JAMES, "ACCEPT MI-1")
    await here.until(lambda: len(here.twilio.phones.inbox(JAMES)) > said, "it was still to be decided")
    assert not [text for text in here.twilio.phones.inbox(JAMES)[said:] if "An Peeters" in text.body]
    assert await murphyd.stop() == 0


def _person(line: str) -> Contact:
    name, email, phone, _, language, zone = line.strip().split(",")
    return Contact(email, name, (email,), (phone,), (), language, zone)
