"""The sandbox in the terminal: whoever sits there is everybody. What reaches a phone or mailbox shows at once."""

import asyncio
import contextlib
import re
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daemon.core.drilling import refusal
from daemon.core.exercise import open_drill
from daemon.core.stimuli import DrillAsked, DrillStopped
from daemon.sandbox.conversation import UNITS
from daemon.sandbox.organization import Organization, Seen
from daemon.sandbox.playground import Playground
from daemon.sandbox.switchboard import NAMES
from daemon.sandbox.transcript import Transcript

SHOW_EVERY = 0.2
"""Seconds."""

LONGEST_WAIT = timedelta(days=1)

SHOWN = 12
"""Messages of one person's phone and mailbox that are shown."""

HELP = """\
  [bold]mail[/] NAME SUBJECT | TEXT   a new mail to incidents@acme.example:
                            mail lotte Web shop is down | Nobody can order.
  [bold]reply[/] NAME TEXT            answers the last mail NAME got:  reply an ACCEPT
  [bold]text[/] NAME TEXT             a text to Murphy's number:       text james STATUS
  [bold]drill[/] [WORDS]              an exercise; also [bold]drill roll-call[/] and [bold]drill stop[/]
  [bold]press[/] NAME KEY             a key pressed by NAME, who was called
  [bold]see[/] NAME                   the phone and mailbox of NAME
  [bold]who[/]                        lists everybody
  [bold]cut[/] WHAT, [bold]mend[/] WHAT        relay, mailbox, sms, voice, modem, disk, daemon
  [bold]restart[/]                    stops the daemon and starts it again
  [bold]wait[/] 20m                   lets time pass at once
  [bold]speed[/] 60                   a minute takes a second from now on
  [bold]quit[/]"""


class Trouble(Exception):
    """What was typed cannot be done; the text says what can."""


class Terminal:
    def __init__(self, playground: Playground, console: Console) -> None:
        self._playground = playground
        self._console = console
        self._transcript = Transcript(playground.organization)
        self._run = playground.run
        self._commands: Mapping[str, Callable[[str], Awaitable[None]]] = {
            "mail": self._mail,
            "reply": self._reply,
            "text": self._text,
            "drill": self._drill,
            "press": self._press,
            "see": self._see,
            "who": self._who,
            "cut": self._cut,
            "mend": self._mend,
            "restart": self._restart,
            "wait": self._wait,
            "speed": self._set_speed,
            "help": self._help,
        }

    @property
    def _organization(self) -> Organization:
        return self._playground.organization

    async def show(self) -> None:
        """What was said, whoever said it, as it is said."""
        while True:
            await asyncio.sleep(SHOW_EVERY)
            self._show()

    def _show(self) -> None:
        if self._run != self._playground.run:
            self._run = self._playground.run
            self._transcript = Transcript(self._organization)
            self._console.print("\n[bold]A new day at the same organization.[/]")
        self._transcript.show(self._console)

    async def obey(self, line: str) -> bool:
        """One line typed; False for the last one."""
        word, _, rest = line.strip().partition(" ")
        if word in ("quit", "exit", "q"):
            return False
        if not word:
            return True
        command = self._commands.get(word.lower())
        try:
            if command is None:
                raise Trouble(f"{word!r} is no command; help lists them")
            await command(rest.strip())
        except Trouble as trouble:
            self._console.print(f"[yellow]{escape(str(trouble))}[/]")
        except KeyError as unknown:
            self._console.print(f"[yellow]{escape(str(unknown))}: who is that? Try who[/]")
        except TimeoutError:
            self._console.print("[yellow]Murphy is still at it; what comes of it shows when it is done[/]")
        self._show()
        return True

    async def _help(self, _rest: str) -> None:
        self._console.print(HELP)

    async def _mail(self, rest: str) -> None:
        name, _, words = rest.partition(" ")
        subject, _, body = words.partition("|")
        if not subject.strip():
            raise Trouble("mail NAME SUBJECT | TEXT")
        await self._organization.mails(name, subject.strip(), body.strip())
        await self._playground.rest()

    async def _reply(self, rest: str) -> None:
        name, _, words = rest.partition(" ")
        if not any(self._organization.mail.mailbox(e) for e in self._organization.person(name).emails):
            raise Trouble(f"{name} has no mail to answer")
        await self._organization.replies(name, words)
        await self._playground.rest()

    async def _text(self, rest: str) -> None:
        name, _, words = rest.partition(" ")
        await self._organization.texts(name, words)
        await self._playground.rest()

    async def _press(self, rest: str) -> None:
        name, _, key = rest.partition(" ")
        if key not in ("1", "2"):
            raise Trouble("press NAME 1, or 2")
        phones = self._organization.person(name).phones
        if not any(self._organization.twilio.phones.calls(number) for number in phones):
            raise Trouble(f"{name} has not been called")
        await self._organization.presses(name, key)
        await self._playground.rest()

    async def _drill(self, rest: str) -> None:
        if not self._organization.alive:
            raise Trouble("Murphy was killed: mend daemon starts it again")
        key, state = f"terminal {uuid.uuid4().hex}", self._organization.daemon.state
        asked: DrillAsked | DrillStopped = DrillStopped(key)
        if rest != "stop":
            calling = rest == "roll-call"
            asked = DrillAsked(key, words="" if calling else rest, roll_call=calling)
            if reason := refusal(state, asked):
                raise Trouble(reason)
        elif open_drill(state) is None:
            raise Trouble("no exercise is on")
        await self._organization.daemon.consumer.put(asked)
        await self._playground.rest()

    async def _see(self, rest: str) -> None:
        person = self._organization.person(rest)
        mine = [seen for seen in self._organization.seen if seen.person == person.name and not seen.inbound]
        table = Table(title=f"{person.name}  {', '.join((*person.emails, *person.phones))}", show_header=False)
        for seen in mine[-SHOWN:]:
            table.add_row(self._transcript.time(seen.at), seen.channel, escape(_whole(seen)))
        self._console.print(table)

    async def _who(self, _rest: str) -> None:
        table = Table("name", "lists", "language", "phone", "mails", "texts", box=None)
        for contact in self._organization.configuration.people.contacts.values():
            mine = [seen for seen in self._organization.seen if seen.person == contact.name and not seen.inbound]
            counts = [str(sum(seen.channel == channel for seen in mine)) for channel in ("email", "sms")]
            phone = contact.phones[0] if contact.phones else ""
            table.add_row(contact.name, ", ".join(contact.lists), contact.language, phone, *counts)
        self._console.print(table)

    async def _cut(self, what: str) -> None:
        await self._switch(what, mend=False)

    async def _mend(self, what: str) -> None:
        await self._switch(what, mend=True)

    async def _switch(self, what: str, *, mend: bool) -> None:
        if what not in NAMES:
            raise Trouble(f"what to {'mend' if mend else 'cut'}? One of {', '.join(NAMES)}")
        await self._playground.turn(what, whole=mend)

    async def _restart(self, _rest: str) -> None:
        await self._playground.restart()

    async def _wait(self, rest: str) -> None:
        found = re.fullmatch(r"([0-9]{1,6})([smh])", rest)
        duration = timedelta(**{UNITS[found[2]]: int(found[1])}) if found else None
        if duration is None or duration > LONGEST_WAIT:
            raise Trouble("wait 90s, wait 20m or wait 2h; a day at most")
        await self._playground.pass_time(duration)

    async def _set_speed(self, rest: str) -> None:
        try:
            self._playground.speed = max(0.0, min(float(rest), 3600.0))
        except ValueError:
            raise Trouble("speed 1, speed 60…") from None


def _whole(seen: Seen) -> str:
    return f"{seen.subject}\n{seen.text}" if seen.subject else seen.text


def typed() -> asyncio.Queue[str]:
    """The lines typed, "" at their end. Read by a thread that nobody waits for: an interrupt takes no Enter."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with contextlib.suppress(RuntimeError), open(sys.stdin.fileno(), closefd=False) as typed:
            while line := typed.readline():
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    if sys.stdin:
        threading.Thread(target=read, daemon=True).start()
    else:
        lines.put_nowait("")
    return lines
