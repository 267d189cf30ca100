"""An outage at the example organization, its relay cut in the middle, and every raw message of it on the disk."""

import csv
from dataclasses import dataclass
from pathlib import Path

from daemon.history import History, history
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization

NUMBER = "+32460000000"


@dataclass(frozen=True, slots=True)
class Wire:
    """What went over the wires, as it was."""

    mailed: tuple[bytes, ...]
    texts: tuple[tuple[str, str, str, str], ...]
    """At, from, to, words."""

    def write(self, folder: Path) -> Path:
        (folder / "mail").mkdir(parents=True)
        for number, raw in enumerate(self.mailed, 1):
            (folder / "mail" / f"{number:04}.eml").write_bytes(raw)
        with (folder / "phones.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("at", "from", "to", "words"))
            writer.writerows(self.texts)
        return folder


async def happens(acme: Organization) -> None:
    """Time passes between everything that is said, so that no two figures are equal by chance."""
    talk = Conversation(acme)
    await talk.mails(
        "Emma Clarke",
        "Web shop shows an error to every customer",
        "Service: web shop\nImpact: no orders since 08:50\n\nThe checkout answers 500.",
    )
    await talk.passes("130s")
    await talk.texts("James Whitfield", "Accept")
    await talk.passes("20s")
    await talk.texts("Tom Baker", "Join")
    await talk.passes("25s")
    await talk.texts("Rosa Alvarez", "Join")
    await talk.passes("4m")
    await talk.texts("David Kim", "Join")
    await talk.passes("31s")
    await talk.replies("Claire Dubois", "REJECT looks like a network hiccup")
    await talk.passes("7m")
    await talk.texts("James Whitfield", "UPDATE MI-1 The database is being restored. MGMT: 40 orders a minute are lost")
    await talk.passes("3m")
    await acme.cut_relay()
    await talk.passes("5m")
    await talk.texts("James Whitfield", "UPDATE MI-1 Orders work again for half of our customers.")
    await acme.mend_relay()
    await talk.passes("33m")
    await talk.texts("James Whitfield", "RESOLVE MI-1 The web shop works for everybody.")
    await talk.passes("61m")
    await talk.texts("Tom Baker", "ACTION MI-1 Rosa Alvarez: a second relay in the other building by 2026-03-20")
    await talk.passes("25h")
    await talk.replies(
        "David Kim", "The restore took long: nobody knew where the last copy was.\n\n- =SUM(A1) is how it felt"
    )


def wire(acme: Organization) -> Wire:
    """Of the mail server and the phones, and what people wrote."""
    people = acme.configuration.people.contacts.values()
    received = [mail.raw for contact in people for address in contact.emails for mail in acme.mail.mailbox(address)]
    written = [seen.mail.as_bytes() for seen in acme.seen if seen.inbound and seen.mail is not None]
    texted = [
        (seen.at.isoformat(), seen.address, NUMBER, seen.text)
        for seen in acme.seen
        if seen.inbound and seen.channel == "sms"
    ]
    phones = acme.twilio.phones.inboxes().values()
    got = [(text.at.isoformat(), text.sender, text.recipient, text.body) for those in phones for text in those]
    return Wire((*received, *written), tuple(sorted((*texted, *got))))


def told(acme: Organization) -> History:
    found = history(acme.daemon.store, "MI-1")
    assert found is not None
    return found
