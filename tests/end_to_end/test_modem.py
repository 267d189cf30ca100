"""All of the internet is cut: mail, mailbox and Twilio. The decision is made over the modem, by a real gammu-smsd."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from daemon.core.model import Status
from daemon.sandbox.organization import Organization
from tests.servers.gammu import Gammu

EMMA, JAMES, AN, CLAIRE = "+447912555111", "+447912555102", "+32470550101", "+32470550103"
LAURA, MARC = "+12125550106", "+32470550107"
MODEM = """\
[gsm]
number = "+32470009999"
inbox = "{folder}/inbox/"
outbox = "{folder}/outbox/"
sent = "{folder}/sent/"
error = "{folder}/error/"
per_minute = 600

[web]"""
EDITS = {",operators;": ","}
"""Nobody is told of the channels that are down: the modem needs a second for each text."""


class Modem:
    """The people's phones, as far as the modem reaches them."""

    def __init__(self, gammu: Gammu) -> None:
        self._gammu = gammu

    def said(self, number: str) -> list[str]:
        files = sorted(self._gammu.sent.glob(f"OUT*_{number}_*"))
        return [file.read_bytes().decode("utf-16") for file in files]

    def heard(self, number: str, *words: str) -> bool:
        return any(all(word in text for word in words) for text in self.said(number))

    def texts(self, number: str, words: str) -> None:
        self._gammu.receive(number, [words])


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not condition():  # noqa: ASYNC110 (another process moves the files)
            await asyncio.sleep(0.05)


async def test_a_decision_over_the_modem_with_the_internet_down(tmp_path: Path) -> None:
    edits = {"[web]": MODEM.format(folder=tmp_path), **EDITS}
    async with Gammu(tmp_path) as gammu, Organization(edits=edits) as organization:
        modem = Modem(gammu)
        await organization.cut_relay()
        await organization.cut_sms()
        await organization.cut_mailbox()

        modem.texts(EMMA, "PROPOSE Tills are down in every shop")
        await until(lambda: all(modem.heard(number, "MI-1", "ACCEPT MI-1") for number in (AN, JAMES, CLAIRE)))
        await until(lambda: modem.heard(EMMA, "MI-1"))

        modem.texts(JAMES, "accept")
        await until(lambda: organization.daemon.state.incidents["MI-1"].status is Status.ACCEPTED)
        assert organization.daemon.state.incidents["MI-1"].manager == "james.whitfield@acme.example"
        await until(lambda: modem.heard(JAMES, "MI-1", "UPDATE MI-1"))
        await until(lambda: all(modem.heard(number, "James Whitfield") for number in (AN, CLAIRE, EMMA)))
        await until(lambda: all(modem.heard(number, "MI-1") for number in (LAURA, MARC)))
        assert organization.mail.mailbox("james.whitfield@acme.example") == []
        assert organization.twilio.phones.inboxes() == {}
        for number in (AN, JAMES, CLAIRE, EMMA):
            assert len(modem.said(number)) == len(set(modem.said(number))), "nobody is told the same twice"
