"""The first ten minutes: one thing to do after the other, each found done by what has happened, however it was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from daemon.core import events as e
from daemon.core.model import Incident, SeatStatus
from daemon.core.state import State
from daemon.sandbox.playground import Playground
from daemon.sandbox.switchboard import SWITCHES

RELAY = next(switch for switch in SWITCHES if switch.name == "relay")
DAEMON = next(switch for switch in SWITCHES if switch.name == "daemon")

LEARNED = "What went well: the texts came when the mail did not."


@dataclass(frozen=True, slots=True)
class Facts:
    """`notes` are the switches turned, in order, each with how many updates had been written before."""

    state: State
    incident: Incident | None
    said: tuple[type[e.Event], ...]
    notes: tuple[tuple[str, int], ...]

    @property
    def updates(self) -> int:
        return self.said.count(e.Updated)

    @property
    def mail_cut(self) -> bool:
        turned = [note for note, _ in self.notes if note in (RELAY.cut, RELAY.back)]
        return turned[-1:] == [RELAY.cut]

    def switched(self, words: str) -> bool:
        return any(note == words for note, _ in self.notes)


@dataclass(frozen=True, slots=True)
class Task:
    """`show` is what the page opens to help: a person's card with words to send, or a switch."""

    title: str
    words: Callable[[Facts], str]
    done: Callable[[Facts], bool]
    show: Callable[[Facts], dict[str, str]]


def _manager(facts: Facts) -> str:
    if facts.incident and facts.incident.manager:
        return facts.incident.manager
    return facts.state.configuration.people.on("incident-managers")[0]


def _paged(facts: Facts) -> str:
    seats = facts.incident.team if facts.incident else ()
    asked = [seat.contact for seat in seats if seat.status is SeatStatus.ASKED]
    return next(iter(asked), _manager(facts))


def _mail_works_again(facts: Facts) -> bool:
    found = facts.state.health.get(RELAY.channel)
    return facts.switched(RELAY.back) and not (found and found.down)


def _asked(facts: Facts) -> str:
    seats = facts.incident.team if facts.incident else ()
    return next((seat.contact for seat in seats if seat.status is SeatStatus.JOINED), _manager(facts))


def _number(facts: Facts) -> str:
    return facts.incident.id if facts.incident else "MI-1"


def _first(facts: Facts, who: str) -> str:
    return facts.state.name(who).partition(" ")[0]


def _after_cut(facts: Facts) -> bool:
    before = [updates for note, updates in facts.notes if note == RELAY.cut]
    return bool(before) and facts.updates > before[0]


TASKS = (
    Task(
        "Propose",
        lambda _: "Something has failed. Propose a major incident as Lotte, who sits at the service desk.",
        lambda f: f.incident is not None,
        lambda _: {"propose": "Lotte Claes"},
    ),
    Task(
        "Accept",
        lambda f: f"Three managers have been asked, by mail and text. Answer as {_first(f, _manager(f))}: ACCEPT.",
        lambda f: e.Accepted in f.said,
        lambda f: {"who": _manager(f), "text": f"ACCEPT {_number(f)}"},
    ),
    Task(
        "Join",
        lambda f: (
            "Engineers were paged with the bridge, and all staff were told. "
            f"Answer as {_first(f, _paged(f))}, who was paged: JOIN."
        ),
        lambda f: e.EngineerJoined in f.said,
        lambda f: {"who": _paged(f), "text": f"JOIN {_number(f)}"},
    ),
    Task(
        "Update",
        lambda f: (
            f"Say something to everybody, as {_first(f, _manager(f))}. What follows MGMT: is for management only."
        ),
        lambda f: f.updates > 0,
        lambda f: {
            "who": _manager(f),
            "text": f"UPDATE {_number(f)} We have found the cause. MGMT: 40 orders a minute are lost.",
        },
    ),
    Task(
        "Cut the mail",
        lambda _: "Now the technology fails, too: cut the mail relay, at the switchboard.",
        lambda f: f.switched(RELAY.cut),
        lambda _: {"switch": "relay"},
    ),
    Task(
        "Update again",
        lambda f: f"Write the next update as {_first(f, _manager(f))}, and watch: every phone gets a text instead.",
        _after_cut,
        lambda f: {"who": _manager(f), "text": f"UPDATE {_number(f)} Orders work again for half of our customers."},
    ),
    Task(
        "Kill Murphy",
        lambda _: "Kill Murphy itself, let time pass, and start it again: it carries on where it was.",
        lambda f: f.switched(DAEMON.cut) and f.switched(DAEMON.back),
        lambda _: {"switch": "daemon"},
    ),
    Task(
        "Restore the mail",
        lambda _: "Restore the mail relay, and go to what is due next: Murphy tries mail again with its next message.",
        _mail_works_again,
        lambda _: {"switch": "relay"},
    ),
    Task(
        "Resolve",
        lambda f: f"End it as {_first(f, _manager(f))}: everybody who had heard of it gets the all-clear.",
        lambda f: e.Resolved in f.said,
        lambda f: {"who": _manager(f), "text": f"RESOLVE {_number(f)} The web shop works for everybody."},
    ),
    Task(
        "Review",
        lambda f: (
            f"Those who worked on it were invited to a review, and asked how it went. "
            f"Answer as {_first(f, _asked(f))}, in plain words: they go into the report."
        ),
        lambda f: e.ReviewAnswered in f.said,
        lambda f: {
            "who": _asked(f),
            **({"text": f"{_number(f)} {LEARNED}"} if f.mail_cut else {"mail": LEARNED}),
        },
    ),
)


class Lesson:
    """Of one organization. What was done stays done; of a resolved incident only its review is left."""

    def __init__(self) -> None:
        self._done = [False] * len(TASKS)
        self._notes: list[tuple[str, int]] = []
        self._read = 0

    def shown(self, playground: Playground) -> dict[str, Any]:
        facts = self._facts(playground)
        for number, task in enumerate(TASKS):
            self._done[number] = self._done[number] or task.done(facts)
        left = self._done[-1:] if self._done[-2] else self._done
        current = len(TASKS) - len(left) + left.index(False) if not left[-1] else None
        return {
            "tasks": [{"title": task.title, "done": done} for task, done in zip(TASKS, self._done, strict=True)],
            "current": current,
            "words": "" if current is None else TASKS[current].words(facts),
            "show": None if current is None else TASKS[current].show(facts),
        }

    def _facts(self, playground: Playground) -> Facts:
        state = playground.organization.daemon.state
        incident = next((i for i in reversed(state.incidents.values()) if not i.drill), None)
        said = tuple(type(event) for event in state.timelines[incident.id]) if incident else ()
        facts = Facts(state, incident, said, ())
        seen = playground.organization.seen
        self._notes += [(s.text, facts.updates) for s in seen.since(self._read) if s.channel == "note"]
        self._read = seen.total
        return Facts(state, incident, said, tuple(self._notes))
