"""A person by name, as people write it: first name, full name or email, without accents, in any case and order.

Nothing is guessed: one person is meant, or the answer shows who could be.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from daemon.core.sameness import folded
from daemon.core.state import State

NEARLY = 0.75
"""From this share of letters in common on (difflib's ratio) a word may be a slip for another."""

MOST_SHOWN = 5
MOST_WORDS = 10

MOST_READ = 300
"""So many names are looked through for slips: of tens of thousands the answer would have to wait for seconds."""

_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"(?:to|for|aan|an|a|naar|fur|pour|para)\s+")
_NUMBER = re.compile(r"(?:mi-?|dr-?|#)?(\d{1,9})[\s:,.]+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Who could be meant; nobody where no name is near."""

    words: str
    people: tuple[str, ...]


def named(state: State, words: str, among: Collection[str]) -> str | Unclear:
    """The contact meant among these, by id."""
    said = words.strip().strip(".,!;:\"'<>()").strip()
    for spelling in dict.fromkeys((folded(said), _BEFORE.sub("", folded(said), count=1))):
        found = [who for who in among if _is(state, who, spelling)]
        if len(found) > 1:
            whole = [who for who in found if folded(state.name(who)) == spelling]
            found = whole if len(whole) == 1 else found
        if len(found) == 1:
            return found[0]
        if found:
            return Unclear(said, tuple(found))
    near = [who for who in islice(among, MOST_READ) if nearly(said, state.name(who))]
    return Unclear(said, tuple(near or among)[:MOST_SHOWN])


def bearing(state: State, words: str) -> tuple[str, ...]:
    """Of all contacts, however many, those who may be meant: in whose name or addresses all of these words stand."""
    wanted = folded(words).split()
    people = state.configuration.people.contacts.values()
    texts = ((c.id, f"{folded(c.name)} {' '.join(c.emails)} {' '.join(c.phones)}") for c in people)
    likely = (who for who, text in texts if all(word in text for word in wanted))
    return tuple(who for who in likely if _is(state, who, folded(words)))


def _is(state: State, who: str, said: str) -> bool:
    """Whether this is all that is said: an address of theirs, or words that are all in their name."""
    person = state.person(who)
    if said in (*map(folded, person.emails), *person.phones):
        return True
    words = _words(said)
    return bool(words) and set(words) <= set(_words(person.name))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(name)))


def nearly(said: str, name: str) -> bool:
    """Whether a word of what was said is one of the name's, or a slip for one."""
    pairs = ((one, other) for one in _words(said)[:MOST_WORDS] for other in _words(name))
    return any(SequenceMatcher(None, one, other).ratio() >= NEARLY for one, other in pairs)


def plain(name: str) -> str:
    """As a name of ours is compared: without spaces, marks, accents and capitals."""
    return "".join(_words(name))


def without_number(words: str, incident: str) -> str:
    """The words behind the incident's own number, where it was written before them: "7 Claire"."""
    found = _NUMBER.match(words)
    return words[found.end() :] if found and found[1] == incident.rpartition("-")[2] else words
