"""The procedure played through on paper: the daemon's own `decide` is asked what it does, minute by minute.

Nothing is sent and nothing is kept. What it answers is what stands in the document, so the two cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from config.types import MANAGERS, Configuration, Contact, DrillRules
from daemon.core.apply import apply
from daemon.core.deadlines import next_deadline
from daemon.core.decide import decide
from daemon.core.facts import Fact
from daemon.core.identity import Evidence, Identity
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import Said, Stimulus, Tick
from parsers.types import Command, Proposal, Verb

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday: the same for every document, so that it says the same."""

MOST_TICKS = 400

PROPOSER = Contact("proposer@invalid", "the proposer", ("proposer@invalid",), ("+99900000000",), (), "en", "UTC")
"""Somebody who may propose, and has no other part in it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A notice, and how long after the beginning it goes out."""

    after: timedelta
    notice: Notice


class Rehearsal:
    """One incident of these services ("" for none named), from its proposal at `NOON`."""

    def __init__(self, configuration: Configuration, services: tuple[str, ...] = ()) -> None:
        self.state = State(_on_paper(configuration))
        self.now = NOON
        self.start = NOON
        self.moments: list[Moment] = []
        self._letters = 0
        proposal = Proposal("Example", "", ", ".join(services), "", False)
        self._says(PROPOSER.id, Command(Verb.PROPOSE), proposal)

    @property
    def incident(self) -> Incident:
        return self.state.incidents["MI-1"]

    def accept(self) -> None:
        """The first manager accepts. From here on time counts anew."""
        first, *_ = self.state.configuration.people.on(MANAGERS)
        self.start, self.moments = self.now, []
        self._says(first, Command(Verb.ACCEPT, incident="MI-1"))

    def passes(self, duration: timedelta) -> None:
        """Nobody says anything."""
        end = self.now + duration
        for _ in range(MOST_TICKS):
            due = next_deadline(self.state)
            if due is None or due > end:
                break
            self.now = max(due, self.now)
            self._gets(Tick())
        self.now = end

    def _says(self, who: str, command: Command, proposal: Proposal | None = None) -> None:
        self._letters += 1
        self._gets(
            Said(
                key=str(self._letters),
                medium="sms",
                identity=Identity(who, who, "", Evidence.CONSOLE, verified=True),
                command=command,
                proposal=proposal or Proposal("", "", "", "", False),
                text="",
                subject="",
                message_id="",
                thread=None,
                fresh_mail=False,
                late=False,
                written=self.now,
                received=self.now,
                raw="",
                source="",
                codes=frozenset({"MI-1"}),
            )
        )

    def _gets(self, stimulus: Stimulus) -> None:
        facts = decide(self.state, stimulus, self.now)
        apply(self.state, facts)
        self.moments += [Moment(self.now - self.start, notice) for notice in _notices(facts)]


def _notices(facts: tuple[Fact, ...]) -> Iterator[Notice]:
    return (fact for fact in facts if isinstance(fact, Notice))


def _on_paper(configuration: Configuration) -> Configuration:
    """With the proposer on file, and without what comes by the calendar: the document must not change with the day."""
    people = configuration.people
    procedure = replace(configuration.procedure, duties=(), drill=DrillRules())
    people = replace(people, contacts={**people.contacts, PROPOSER.id: PROPOSER})
    return replace(configuration, people=people, procedure=procedure)
