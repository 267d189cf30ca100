"""The words of the core's cases: an office with the example's people, who say things while time passes.

Nothing here decides: `Office` feeds stimuli to `decide`, writes the facts down as the daemon does, and shows what came.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from channels.types import Failure, Outcome, Receipt, Result, Retry
from config.load import load
from config.types import Configuration
from daemon import records, restoring
from daemon.core import events as e
from daemon.core.deadlines import next_deadline
from daemon.core.decide import decide
from daemon.core.facts import Fact
from daemon.core.identity import Evidence, Identity
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.stimuli import Receipted, Said, Settled, Settlements, Stimulus, Tick
from daemon.render.catalog import load_verbs
from daemon.state.store import Change, Put
from parsers.actions import parse_actions
from parsers.command import parse_command
from parsers.proposal import parse_proposal
from parsers.sms import parse_sms
from parsers.types import Medium

EXAMPLE = Path(__file__).parents[2] / "daemon" / "sandbox" / "example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NUMBER = "+32460000000"
FILLED = {"imap_port": 1143, "smtp_port": 1025, "twilio_port": 8081, "web_port": 8080, "state_dir": "/tmp/murphyd"}

MOST_TICKS = 50
"""After so many at one moment, time stands still for ever."""

Edits = Mapping[str, str]
"""What stands in a file of the example -> what stands there instead."""


VERBS = load_verbs(Path("none"), ("en", "nl", "fr"))


@cache
def _configuration(edits: tuple[tuple[str, str], ...]) -> Configuration:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("murphyd.toml.in", "procedure.toml", "contacts.csv"):
            words = (EXAMPLE / name).read_text()
            for key, value in FILLED.items():
                words = words.replace(f"{{{key}}}", str(value)) if name.endswith(".in") else words
            for old, new in edits:
                words = words.replace(old, new)
            (Path(folder) / name.removesuffix(".in")).write_text(words)
        return load(Path(folder), {})


def example(edits: Edits | None = None) -> Configuration:
    """The sandbox's example organization, with `edits` made in its files. Every edit must hit."""
    everything = "".join((EXAMPLE / name).read_text() for name in ("murphyd.toml.in", "procedure.toml", "contacts.csv"))
    for old in edits or {}:
        assert old in everything, old
    return _configuration(tuple((edits or {}).items()))


class Tables:
    """What was written down, in memory, as the journal would give it back."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.damage: tuple[str, ...] = ()

    def write(self, changes: Iterable[Change]) -> None:
        for change in changes:
            rows = self.rows.setdefault(change.table, {})
            if isinstance(change, Put):
                rows[change.key] = change.document
            else:
                rows.pop(change.key, None)

    def table(self, name: str) -> Mapping[str, Any]:
        return self.rows.get(name, {})

    def raw(self, name: str) -> bytes:
        raise KeyError(name)

    def archived(self, name: str) -> None:
        return None

    def archives(self) -> tuple[str, ...]:
        return ()


@dataclass
class Came:
    """What one stimulus came to."""

    facts: tuple[Fact, ...]
    office: "Office"

    @property
    def notices(self) -> list[Notice]:
        return [fact for fact in self.facts if isinstance(fact, Notice)]

    @property
    def kinds(self) -> list[str]:
        """The kinds of notices, each once, in order."""
        return list(dict.fromkeys(notice.kind.value for notice in self.notices))

    @property
    def events(self) -> list[str]:
        """The names of the events, but for notices told."""
        names = {kind.__name__ for kind in records.EVENTS.values()}
        return [type(f).__name__ for f in self.facts if type(f).__name__ in names and not isinstance(f, e.Told)]

    def to(self, kind: str) -> set[str]:
        """The first names of those who got this kind, or the addresses of those not on file."""
        return {self.office.first(who) for notice in self.of(kind) for who in notice.recipients}

    def of(self, kind: str) -> list[Notice]:
        return [notice for notice in self.notices if notice.kind.value == kind]

    def one(self, kind: str) -> Notice:
        (notice,) = self.of(kind)
        return notice

    def copies(self, kind: str) -> dict[str, int]:
        """How many copies of this kind each person got."""
        found: dict[str, int] = {}
        for notice in self.of(kind):
            for who in notice.recipients:
                found[self.office.first(who)] = found.get(self.office.first(who), 0) + 1
        return found

    def __add__(self, other: "Came") -> "Came":
        return Came(self.facts + other.facts, self.office)


@dataclass
class Office:
    """`edits` are made in the example's files. People are called by their first names."""

    edits: Edits = field(default_factory=dict)
    now: datetime = START

    def __post_init__(self) -> None:
        self.configuration = example(self.edits)
        self.tables = Tables()
        self.state = restoring.restore(self.configuration, self.tables)
        self.verbs = VERBS
        self.letters = 0

    def who(self, name: str) -> str:
        """The id of the contact of this first name; an address or number is itself."""
        if "@" in name or name.startswith("+"):
            return name
        return next(c.id for c in self.configuration.people.contacts.values() if c.name.startswith(name))

    def first(self, who: str) -> str:
        contact = self.configuration.people.contacts.get(who)
        return contact.name.split()[0] if contact else who

    def names(self, list_: str) -> set[str]:
        return {self.first(who) for who in self.configuration.people.on(list_)}

    @property
    def incident(self) -> Incident:
        """The latest."""
        return self.state.incidents[f"MI-{self.state.last_incident}"]

    def gets(self, stimulus: Stimulus) -> Came:
        """What the core makes of it; applied, and written down."""
        facts = decide(self.state, stimulus, self.now)
        self.tables.write(records.commit(self.state, facts))
        assert [notice.id for notice in self.state.unfinished()] == [n for n, b in self.state.tallies.items() if b.left]
        return Came(facts, self)

    def says(
        self,
        name: str,
        words: str,
        *,
        by: str = "sms",
        subject: str = "",
        answering: Notice | str | None = None,
        evidence: Evidence = Evidence.NUMBER,
        ago: timedelta = timedelta(0),
        key: str = "",
        sure: bool = True,
        late: bool = False,
        raw: str = "",
        attachments: tuple[str, ...] = (),
    ) -> Came:
        """This person writes `words`. By mail it is a new one, unless it answers a notice, or refers to an incident."""
        self.letters += 1
        who = self.who(name)
        contact = who if who in self.configuration.people.contacts else None
        number = self.state.person(who).phones[0] if by == "sms" and self.state.person(who).phones else who
        text = parse_sms(number, NUMBER, words, str(self.letters), self.now)
        references = ("ours",) if answering else ()
        medium = Medium(by)
        inbound = replace(text, medium=medium, subject=subject, references=references, public_sure=sure)
        command = replace(parse_command(inbound, self.verbs), words_sure=sure and parse_command(inbound).words_sure)
        thread = (answering, 0) if isinstance(answering, str) else None
        if isinstance(answering, Notice):
            thread = (answering.incident, answering.id)
        proposed = command.words if command.verb == "PROPOSE" else words
        mail = by == "email"
        actions, rest = parse_actions(inbound.visible_text, self.now.date(), self.verbs)
        return self.gets(
            Said(
                key=key or f"{by} {self.letters}",
                medium=by,
                identity=Identity(contact, number if by == "sms" else who, name, evidence),
                command=command,
                proposal=parse_proposal(subject if mail else "", proposed),
                text=words,
                subject=subject,
                message_id=f"<{self.letters}@acme.example>" if mail else str(self.letters),
                thread=thread,
                fresh_mail=mail and thread is None,
                late=late,
                written=self.now - ago,
                received=self.now,
                raw=raw,
                source="incidents" if mail else "twilio",
                attachments=attachments,
                actions=actions,
                rest=rest,
                whole=inbound.visible_text,
            )
        )

    def proposes(self, name: str = "Lotte", words: str = "Web shop is down", body: str = "", **more: Any) -> Came:
        """A new mail to the proposal address."""
        return self.says(name, body, by="email", subject=words, **{"evidence": Evidence.DOMAIN, **more})

    def accepted(self, by: str = "An", words: str = "ACCEPT", **more: Any) -> "Office":
        """The same office with an incident that `by` manages."""
        self.proposes(**more)
        came = self.says(by, words)
        assert "done-accept" in came.kinds, came.kinds
        return self

    def passes(self, duration: timedelta) -> Came:
        """Time goes on, from one thing that falls due to the next."""
        end = self.now + duration
        came = Came((), self)
        while True:
            due = next_deadline(self.state)
            self.now = min(max(due, self.now), end) if due else end
            came += self.ticks()
            if self.now >= end and (due is None or due > end):
                return came

    def jumps(self, duration: timedelta) -> Came:
        """The clock stands elsewhere all at once: the machine slept, or Murphy was away."""
        self.now += duration
        return self.ticks()

    def ticks(self) -> Came:
        """Ticks until nothing is due, as the consumer does."""
        came = Came((), self)
        for _ in range(MOST_TICKS):
            tick = self.gets(Tick())
            came += tick
            due = next_deadline(self.state)
            if not tick.facts or due is None or due > self.now:
                return came
        raise AssertionError(f"still due after {MOST_TICKS} ticks: {came.kinds}")

    def ends(self, notice: Notice, name: str, channel: str, result: Result, failure: Failure | None = None) -> Came:
        """One attempt came to this."""
        who = self.who(name)
        rung = next(number for number, rung in enumerate(notice.via) if channel in rung)
        person = self.state.person(who)
        address = (person.emails if channel == "email" else person.phones)[0]
        ref = f"SM{notice.id}{who}" if channel == "sms" else ""
        outcome = Outcome(result, ref, failure)
        return self.gets(Settlements((Settled(notice.id, who, rung, channel, address, self.now, outcome),)))

    def sends(self, notice: Notice, channel: str = "email") -> Came:
        """The notice goes out to everybody by this channel, without trouble."""
        came = Came((), self)
        for who in notice.recipients:
            if self.state.person(who).emails or channel != "email":
                came += self.ends(notice, who, channel, Result.SENT)
        return came

    def receipt(self, notice: Notice, name: str, result: Result, failure: Failure | None = None) -> Came:
        return self.gets(Receipted(Receipt("twilio", f"SM{notice.id}{self.who(name)}", result, failure, self.now)))

    def restored(self) -> Any:
        """The state that what was written down adds up to."""
        return restoring.restore(self.configuration, self.tables)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


REFUSED = Failure("550 5.1.1", "no such user", Retry.NEVER)
BUSY = Failure("451 4.3.0", "try later", Retry.SAME)
WAY_DOWN = Failure("connect", "connection refused", Retry.DOWN)
NEXT = Failure("30005", "unknown handset", Retry.NEXT)
