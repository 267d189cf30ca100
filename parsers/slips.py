"""Words that are nearly a verb: never executed, only asked about ("did you mean")."""

from parsers.distance import one_slip
from parsers.statement import Spellings
from parsers.types import Verb
from parsers.verbs import INFLECTIONS, NO_SLIPS

_SHORTEST = 4


def nearly(word: str, table: Spellings) -> Verb | None:
    """The verb that this word in comparable form may be meant for."""
    if len(word) < _SHORTEST - 1 or word in NO_SLIPS or (word,) in table:
        return None
    candidates = [
        verb
        for (spelling, *more), verb in table.items()
        if not more and len(spelling) >= _SHORTEST and (one_slip(word, spelling) or _inflected(word, spelling))
    ]
    return next(iter(candidates), None)


def inflected(word: str, verb: Verb, table: Spellings) -> bool:
    """Whether the word is a form of one of the verb's spellings: "accepted"."""
    return any(_inflected(word, spelling[0]) for spelling, meant in table.items() if meant is verb)


def _inflected(word: str, spelling: str) -> bool:
    stem = spelling.removesuffix("e")
    return any(word in {spelling + ending, stem + ending} for ending in INFLECTIONS)
