"""`murphyd contacts` and `murphyd channels`, with a daemon and without one."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from daemon.commands.channels import channels
from daemon.commands.place import find
from daemon.sandbox.organization import Organization
from tests.commands.murphyd import Murphyd


def test_everybody_with_what_reaches_them(murphyd: Murphyd) -> None:
    done = murphyd.run("contacts")
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    assert "email, sms, voice" in lines["An Peeters"]
    assert "sms, voice" in lines["Oliver Grant"]
    assert "email" not in lines["Oliver Grant"]
    assert done.stdout.splitlines()[-1].startswith("16 people. Lists: incident-managers 3, all-staff 16")


def test_a_list_in_calling_order(murphyd: Murphyd) -> None:
    done = murphyd.run("contacts", "network-engineers", "--json")
    assert [row["name"] for row in json.loads(done.stdout)["contacts"]] == [
        "Tom Baker",
        "Pieter Jacobs",
        "Rosa Alvarez",
    ]


def test_a_list_that_is_none(murphyd: Murphyd) -> None:
    done = murphyd.run("contacts", "network-enginers")
    said = 'murphyd: nobody is on the list "network-enginers"; did you mean "network-engineers"?\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_before_the_first_start_there_are_contacts_too(murphyd: Murphyd, tmp_path: Path) -> None:
    copy = murphyd.copy(tmp_path / "copy")
    copy.state.rename(tmp_path / "away")
    assert copy.run("contacts").returncode == 0


def test_channels_without_a_daemon_are_as_the_last_one_knew(murphyd: Murphyd) -> None:
    done = murphyd.run("channels")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No daemon runs here")
    words = [line.split() for line in done.stdout.splitlines()]
    assert ["email", "up"] in [line[:2] for line in words]
    assert ["inbox", "twilio", "up"] in words
    document = json.loads(murphyd.run("channels", "--json").stdout)
    assert document["running"] is False
    assert {channel["state"] for channel in document["channels"]} == {"up"}


@dataclass
class Shown:
    acme: Organization
    capsys: pytest.CaptureFixture[str]

    async def channels(self) -> str:
        state = self.acme.configuration.settings.state.directory
        place = find(self.acme.configuration.templates.parent, state)
        self.capsys.readouterr()
        await asyncio.to_thread(channels, place, as_json=False)
        return self.capsys.readouterr().out


@pytest.fixture
async def shown(capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Shown]:
    async with Organization() as acme:
        yield Shown(acme, capsys)


async def test_a_way_that_is_down_says_since_when_and_why(shown: Shown) -> None:
    acme = shown.acme
    assert "down" not in await shown.channels()
    await acme.cut_mailbox()
    await acme.settle()
    await acme.cut_relay()
    await acme.texts("Lotte Claes", "PROPOSE the shop is down")
    await acme.settle()
    lines = {line.split("  ")[0]: line for line in (await shown.channels()).splitlines()}
    assert "2026-03-02 09:00" in lines["email"]
    assert "relay primary: " in lines["email"]
    assert "down" in lines["relay primary"]
    assert lines["inbox incidents"].split()[2] == "down"
    assert lines["sms"].split()[1] == "up"
    assert lines["disk"].split()[1] == "up"


async def test_who_opted_out_is_shown_as_barred(shown: Shown) -> None:
    await shown.acme.texts("An Peeters", "STOP")
    await shown.acme.settle()
    folder = shown.acme.configuration.templates.parent
    done = await asyncio.to_thread(Murphyd(folder.parent).run, "contacts", "incident-managers")
    (an,) = (line for line in done.stdout.splitlines() if line.startswith("An Peeters"))
    assert "sms +32470550101: opted out by STOP" in an
    assert "email, voice" in an
