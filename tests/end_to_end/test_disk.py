"""The disk fills up amid an incident: Murphy says so, goes on from memory, and writes everything down afterwards."""

from daemon import restoring
from daemon.core import events as e
from daemon.core.kinds import Kind
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization
from daemon.state.store import read_store

MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")
OPERATORS = {"Sofie Maes": ("niet", "weer"), "Tom Baker": ("can't", "again")}


async def test_a_full_disk_is_told_and_survived() -> None:
    async with Organization() as organization:
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        talk.hears("Emma Clarke", "sms", "MI-1")
        for name in MANAGERS:
            talk.hears(name, "email", "MI-1")
            talk.hears(name, "sms", "MI-1")
        talk.nothing_else()

        await talk.cuts_disk()
        await talk.texts("James Whitfield", "ACCEPT MI-1")
        talk.hears("James Whitfield", "sms", "You are the incident manager", "memory only")
        for name, (fails, _) in OPERATORS.items():
            talk.hears(name, "sms", fails)
            talk.hears(name, "email", fails)
        assert organization.daemon.state.incidents["MI-1"].manager == "james.whitfield@acme.example"
        before = on_disk(organization)
        assert not any(isinstance(event, e.Accepted) for event in before), "nothing of it is on the disk"

        await organization.mails("Emma Clarke", "Re: more", "It is the network.")
        await organization.settle()
        inbox = await organization.mail.imap.folder("incidents@acme.example")
        assert [message async for message in inbox.messages()], "a mail that is not written down is not acknowledged"

        await talk.mends_disk()
        for name, (_, works) in OPERATORS.items():
            talk.hears(name, "sms", works)
            talk.hears(name, "email", works)
        assert any(isinstance(event, e.Accepted) for event in on_disk(organization)), "it is written down after all"
        await talk.restarts()
        assert organization.daemon.state.incidents["MI-1"].manager == "james.whitfield@acme.example"
        assert not [message async for message in inbox.messages()], "and the mail is acknowledged"


async def test_a_start_on_a_full_disk_is_told_too() -> None:
    async with Organization() as organization:
        talk = Conversation(organization)
        await talk.cuts_disk()
        await talk.restarts()
        for name, (fails, _) in OPERATORS.items():
            talk.hears(name, "sms", fails)
            talk.hears(name, "email", fails)
        talk.nothing_else()
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        talk.hears("Emma Clarke", "sms", "MI-1", "memory only")
        await talk.mends_disk()
        for name, (_, works) in OPERATORS.items():
            talk.hears(name, "sms", works)
        assert any(isinstance(event, e.Proposed) for event in on_disk(organization))


async def test_damage_is_told_to_operators_and_managers_once() -> None:
    async with Organization() as organization:
        talk = Conversation(organization)
        await talk.texts("Emma Clarke", "PROPOSE Tills are down")
        talk.hears("Emma Clarke", "sms", "MI-1")
        for name in MANAGERS:
            talk.hears(name, "email", "MI-1")
            talk.hears(name, "sms", "MI-1")
        await organization.stop()
        (journal,) = organization.configuration.settings.state.directory.glob("journal-*")
        lines = journal.read_bytes().split(b"\n")
        for number in (2, 4, 6, 8):
            lines[number] = lines[number].replace(b'"', b"'", 1)
        journal.write_bytes(b"\n".join(lines))
        await organization.start()
        for name in (*MANAGERS, *OPERATORS):
            talk.hears(name, "sms", journal.name)
            talk.hears(name, "email", journal.name, "more")
        told = [n for n in organization.daemon.state.notices.values() if n.kind is Kind.STATE_DAMAGED]
        assert len(told) == 1, "however many lines are damaged"


def on_disk(organization: Organization) -> list[object]:
    tables = read_store(organization.configuration.settings.state.directory)
    state = restoring.restore(organization.configuration, tables)
    return [event for timeline in state.timelines.values() for event in timeline]
