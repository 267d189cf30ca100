"""Whether two proposals look the same: by the words that tell what failed, in any language.

A word counts when it is no stop word and no word that every outage has ("down", "kaputt"). Names that the organization
has for one service are one word. Two words are alike when one begins with the other, or most of their letters agree.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from config.types import Service
from daemon.core import events as e
from daemon.core.commonwords import EMPTY, SYMPTOMS
from daemon.core.model import Incident, Status
from daemon.core.state import State

ENOUGH = 0.6
"""So much of the shorter one's words must be in the other."""

ENOUGH_FOR_ONE_SERVICE = 1 / 3
"""Where both name the same service, so much is enough."""

ALIKE = 0.6
"""Two words, or what all words spell together, are alike from this share of letter triples in common on."""

STEM = 4
"""A word that begins with another one of at least so many letters is the same word."""

FEW = 2
"""With fewer words than this in its summary, a proposal's details are read as well."""

DETAILS = 300
"""So many characters of them."""

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


def folded(text: str) -> str:
    """Lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words that tell what failed, each once; all but stop words where nothing else is there."""
    every = dict.fromkeys(_WORD.findall(folded(text)))
    telling = tuple(word for word in every if word not in EMPTY)
    return tuple(word for word in telling if word not in SYMPTOMS) or telling


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter one's words the longer one has; all where both spell the same together: 0 to 1."""
    short, long = sorted((one, other), key=len)
    if not short:
        return 0.0
    found = sum(word in long or any(_alike(word, candidate) for candidate in long) for word in short) / len(short)
    return max(found, 1.0 if _alike("".join(one), "".join(other)) else 0.0)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < STEM or _DIGIT.search(short) or _DIGIT.search(long):
        return False
    return long.startswith(short) or (3 * len(short) > len(long) and _triples_shared(short, long) >= ALIKE)


def _triples_shared(one: str, other: str) -> float:
    """Twice the letter triples in common over all of both (Dice)."""
    mine, theirs = _triples(one), _triples(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


@lru_cache(maxsize=2048)
def _triples(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


@dataclass(frozen=True, eq=False, slots=True)
class Names:
    """The names that an organization has for each of its services: one word stands for all of them."""

    spellings: tuple[tuple[str, re.Pattern[str]], ...] = ()


NO_NAMES = Names()


@lru_cache(maxsize=4)
def names_of(services: tuple[Service, ...]) -> Names:
    found = []
    for number, service in enumerate(services):
        spellings = sorted({folded(n) for n in (service.name, service.public_name, *service.aliases) if n}, key=len)
        if service.name != "*":
            any_of = "|".join(re.escape(spelling) for spelling in reversed(spellings))
            found.append((f"service{number}", re.compile(rf"(?<!\w)(?:{any_of})(?!\w)")))
    return Names(tuple(found))


@lru_cache(maxsize=4096)
def _telling(text: str, names: Names) -> tuple[str, ...]:
    """Its words, with one in the place of all the names that a service has."""
    text = folded(text)
    for standing, spellings in names.spellings:
        text = spellings.sub(standing, text)
    return words(text)


def looks_same(one: str, other: str, *, one_service: bool = False, names: Names = NO_NAMES) -> bool:
    """Whether two texts tell of one failure."""
    enough = ENOUGH_FOR_ONE_SERVICE if one_service else ENOUGH
    return share(_telling(one, names), _telling(other, names)) >= enough


def root(state: State, incident: Incident) -> Incident:
    """The incident that this one is a part of in the end."""
    seen = {incident.id}
    while incident.same_as in state.incidents and incident.same_as not in seen:
        seen.add(incident.same_as)
        incident = state.incidents[incident.same_as]
    return incident


def alike(state: State, incident: Incident, now: datetime) -> Incident | None:
    """The open incident that this proposal looks like; None where none, or where it has been asked about before.

    A confidential incident looks like no other: the question would tell of it.
    """
    if incident.confidential or _asked_before(state, incident):
        return None
    for other in _recent(state, incident, now):
        if _same(state, incident, other):
            return root(state, other)
    return None


def _recent(state: State, incident: Incident, now: datetime) -> Iterator[Incident]:
    """What else was proposed within the time set, the oldest first; what became a part of another stands for it."""
    within = state.procedure.propose.same_within
    for other in state.incidents.values():
        whole = root(state, other)
        if other.id == incident.id or other.drill != incident.drill or other.proposed > incident.proposed:
            continue
        if now - other.proposed > within or whole.id == incident.id or whole.confidential or other.confidential:
            continue
        if whole.status is Status.ACCEPTED or (whole.status is Status.PROPOSED and _stands(whole, incident)):
            yield other


def _stands(whole: Incident, incident: Incident) -> bool:
    """Whether a proposal may wait for this one: not if that waits itself, or is only held and has no ladder."""
    return bool(whole.asks or not whole.looks_like) and (incident.hold is not None or whole.hold is None)


def _asked_before(state: State, incident: Incident) -> bool:
    said = state.timelines.get(incident.id, ())
    return bool(incident.looks_like) or any(isinstance(event, e.LooksAlike | e.MadeSame) for event in said)


def _same(state: State, one: Incident, other: Incident) -> bool:
    shared = bool(set(one.services) & set(other.services))
    if one.services and other.services and not shared:
        return False
    names = names_of(state.procedure.services)
    return looks_same(_text(one), _text(other), one_service=shared, names=names)


def _text(incident: Incident) -> str:
    text = incident.summary
    return text if len(words(text)) >= FEW else f"{text}\n{incident.details[:DETAILS]}"
