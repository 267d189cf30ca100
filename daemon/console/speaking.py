"""SAY and PROPOSE at the console: an operator types what a person on file wants said, when all else fails."""

from dataclasses import replace
from datetime import timedelta

from config.types import Contact, People
from daemon.clock import Clock
from daemon.console.desk import Desk
from daemon.console.requests import Refusal, Request, Values
from daemon.core.stimuli import Said
from daemon.identity.evidence import identify
from daemon.reader import Reader
from daemon.state.store import Store, StoreDown
from parsers.proposal import parse_proposal
from parsers.sms import parse_sms
from parsers.types import Address, Command, Medium, Verb

MOST_NAMES = 5

MAX_AGE = timedelta(hours=1)
"""A proposal left before, and older than this, is held as a late one."""


class Speaking:
    """The handlers `say` and `propose`. Values: `as`, `words`; for a proposal also service, impact, confidential."""

    def __init__(self, reader: Reader, store: Store, clock: Clock, desk: Desk) -> None:
        self._reader = reader
        self._store = store
        self._clock = clock
        self._desk = desk

    async def say(self, request: Request) -> Values:
        """The words are read as a text's would be: `MI-7 UPDATE words`."""
        return await self._heard(await self._said(request, request.text("words")), request)

    async def propose(self, request: Request) -> Values:
        """Whatever the words are, they propose."""
        words = request.text("words").strip()
        if not words:
            raise Refusal("say what has failed, in a few words")
        said = await self._said(request, words)
        written = parse_proposal("", words)
        proposal = replace(
            written,
            service=request.text("service") or written.service,
            impact=request.text("impact") or written.impact,
            confidential=bool(request.values.get("confidential")) or written.confidential,
        )
        command = Command(Verb.PROPOSE, words=words)
        return await self._heard(replace(said, command=command, proposal=proposal), request)

    async def _said(self, request: Request, words: str) -> Said:
        configuration = self._reader.state.configuration
        contact = named(configuration.people, request.text("as"))
        sender = Address(contact.name, contact.id)
        inbound = replace(
            parse_sms(contact.id, "", words, request.key, request.at),
            medium=Medium.CONSOLE,
            sender=sender,
            senders=(sender,),
            message_id="",
        )
        people, settings = configuration.people, configuration.settings
        now = self._clock.now()
        identity = identify(inbound, people, settings, self._reader.tokens, now, vouched=True, dkim=None)
        return self._reader.said(
            inbound,
            identity,
            request.key,
            Medium.CONSOLE.value,
            await self._keep(words),
            written=request.at,
            received=now,
            late=now - request.at > MAX_AGE,
        )

    async def _keep(self, words: str) -> str:
        try:
            return await self._store.keep(words.encode("utf-8", "replace"))
        except StoreDown:
            return ""

    async def _heard(self, said: Said, request: Request) -> Values:
        heard = await self._desk.hear(said, *request.also)
        return {"durable": heard.durable, "kinds": heard.kinds, "answers": heard.words}


def named(people: People, name: str) -> Contact:
    """The one contact of this name, address, number or part of a name. Raises Refusal, with those it could be."""
    wanted = " ".join(name.split()).casefold()
    if not wanted:
        raise Refusal("say who speaks, by a name or address on file: --as NAME")
    everybody = tuple(people.contacts.values())
    exact = [c for c in everybody if wanted in {c.name.casefold(), *map(str.casefold, (*c.emails, *c.phones))}]
    found = exact or [c for c in everybody if set(wanted.split()) <= set(c.name.casefold().split())]
    match found:
        case [one]:
            return one
        case []:
            raise Refusal(f'nobody on file is called "{name}"; `murphyd contacts` lists everybody')
        case _:
            could = ", ".join(f"{c.name} ({c.id})" for c in found[:MOST_NAMES])
            raise Refusal(f'"{name}" could be {could}: write the address')
