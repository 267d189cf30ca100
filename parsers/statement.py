"""One line as a statement: [greeting] [number] VERB [number] [words], or nothing of the kind.

Pure grammar: what is found where. Whether it may be acted on is judged in `parsers.command`.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.folding import Token, fold, tokenize
from parsers.numbers import another_number, bare, read_number
from parsers.types import Verb, Verbs
from parsers.verbs import (
    CARRIER,
    DECIDING,
    GREETINGS,
    LONE,
    NEGATIONS,
    NUMBER_WORDS,
    OPENINGS,
)

MAX_LINE = 2_000
"""Characters of a line that are read as a statement; the words behind them are kept whole."""

Phrase = tuple[str, ...]
Spellings = Mapping[Phrase, Verb]

_OPENERS = frozenset("*_\"'([{<.,:;-/\\@`•·")
_SEPARATORS = frozenset("*_\"'()[]{}<>.,:;!-/\\`=|~")
_OPENING = frozenset("-*_\"'([{<`")
_HARD = frozenset(".:;!-=>|")
_FULL_STOP = frozenset(".")
_ENDS = frozenset(".!?")
_MAX_NAMES = 4
_MAX_BARE_NAMES = 2
_ADDRESSEES = frozenset({Verb.TEAM, Verb.SERVICE})


@dataclass(frozen=True, slots=True)
class Statement:
    """`number` is as it names an incident ("MI-7", "7" or ""); `second` is another number beside it.

    `rest` is the index of the first token of the words, `words` their offset in the line. `plain` is true where a
    number, a mark or capitals set the verb apart from the words; `parted` where a mark does.
    """

    line: str
    tokens: Sequence[Token]
    verb: Verb
    at: int
    rest: int
    number: str
    second: str
    numbers_differ: bool
    parted: bool
    plain: bool

    @property
    def words(self) -> str:
        return self.line[self.tokens[self.rest].start :] if self.rest < len(self.tokens) else ""

    @property
    def sentence(self) -> Sequence[Token]:
        """From the verb to the end of its sentence, closing marks included."""
        return sentence(self.tokens, self.at)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the message, in NFC, and its tokens (of the first `MAX_LINE` characters)."""

    text: str
    tokens: Sequence[Token]


def read_line(text: str) -> Line:
    line = unicodedata.normalize("NFC", text.strip())
    return Line(line, tokenize(line[:MAX_LINE]))


def phrases(texts: frozenset[str]) -> frozenset[Phrase]:
    return frozenset(tuple(token.text for token in tokenize(text)) for text in texts)


_GREETINGS = phrases(GREETINGS)
_OPENINGS = phrases(OPENINGS)


def spellings(verbs: Verbs) -> Spellings:
    """Spellings in comparable form. What carriers have taken is never another verb."""
    return _spellings(tuple(verbs.items()))


@lru_cache(maxsize=16)
def _spellings(verbs: tuple[tuple[str, Verb], ...]) -> Spellings:
    table: dict[Phrase, Verb] = {}
    for spelling, verb in verbs:
        folded = fold(spelling).strip()
        if folded and CARRIER.get(folded, verb) is verb:
            table[tuple(token.text for token in tokenize(folded))] = verb
    return table


def match_phrase(tokens: Sequence[Token], at: int, table: frozenset[Phrase]) -> int:
    """How many tokens the longest phrase here has; 0 for none."""
    words = tuple([token.text for token in tokens[at : at + 5]])
    for length in range(len(words), 0, -1):
        if words[:length] in table:
            return length
    return 0


def match_verb(tokens: Sequence[Token], at: int, table: Spellings) -> tuple[Verb, int] | None:
    """The verb whose spelling stands here, and its length in tokens."""
    words = tuple([token.text for token in tokens[at : at + 4]])
    for length in range(len(words), 0, -1):
        verb = table.get(words[:length])
        if verb is not None and not _joined(tokens, at + length):
            return verb, length
    return None


def _joined(tokens: Sequence[Token], after: int) -> bool:
    """The word goes on behind a mark, as in "accept-able" or "status.acme.example"; "accept-7" doesn't."""
    if after + 1 >= len(tokens):
        return False
    mark, word = tokens[after], tokens[after + 1]
    glued = not mark.spaced and not word.spaced and word.is_word
    return glued and mark.text in "-.@'" and read_number(tokens, after + 1, plain=True) is None


def skip_greeting(line: Line, table: Spellings) -> int:
    """The index of the token behind marks and greetings; the number of tokens where there is nothing else."""
    tokens = line.tokens
    at = _skip(tokens, 0, _OPENERS)
    for _ in range(3):
        length = match_phrase(tokens, at, _OPENINGS)
        if length:
            at = _skip(tokens, at + length, _OPENERS | _ENDS - {"?"})
            continue
        length = match_phrase(tokens, at, _GREETINGS)
        if not length:
            break
        behind = _behind_name(tokens, at + length, table)
        if behind is None:
            break
        at = behind
    return at


def _behind_name(tokens: Sequence[Token], at: int, table: Spellings) -> int | None:
    """Behind the name greeted and its comma; None if this is no greeting but a sentence."""
    for index in range(at, min(at + _MAX_NAMES + 1, len(tokens))):
        token = tokens[index]
        if token.text in ",!:;.-":
            return _skip(tokens, index, _OPENERS | {"!"})
        verb = match_verb(tokens, index, table)
        if verb is not None and verb[0] not in _ADDRESSEES:
            return index if index == at else None
        if token.text in NEGATIONS or not token.is_word:
            return None
    return len(tokens) if len(tokens) - at <= _MAX_BARE_NAMES else None


def read_statement(line: Line, table: Spellings, *, start: int, alone: bool) -> Statement | None:
    """The statement that begins at token `start`. `alone`: no line of words follows this one."""
    tokens = line.tokens
    at = start
    first, length = read_number(tokens, at, plain=True) or ("", 0)
    at = _skip(tokens, at + length, _SEPARATORS) if length else at
    found = match_verb(tokens, at, table)
    if found is None:
        return None
    verb, length = found
    behind = at + length
    rest = _skip(tokens, behind, _SEPARATORS)
    prefixed_only = verb is Verb.DONE
    named = _skip(tokens, rest + 1, _FULL_STOP) if rest < len(tokens) and tokens[rest].text in NUMBER_WORDS else rest
    if read_number(tokens, named, plain=verb in DECIDING):
        rest = named
    number = read_number(tokens, rest, plain=verb in DECIDING, prefixed_only=prefixed_only)
    if number is None and alone and verb in LONE:
        number = read_number(tokens, rest, plain=True)
        if number and _skip(tokens, rest + number[1], _SEPARATORS) < len(tokens):
            number = None
    second, differ = "", False
    parted = False
    if number is not None:
        parted = _parted(tokens, behind, rest)
        behind = rest + number[1]
        second = number[0] if first else ""
        # What DONE is about has a number of its own.
        differ = verb is not Verb.DONE and another_number(
            tokens, _skip(tokens, behind, _SEPARATORS), plain=verb in DECIDING
        )
    rest = _skip(tokens, behind, _SEPARATORS, opening=True)
    parted = parted or _parted(tokens, behind, rest)
    plain = bool(first and not first.isdigit()) or number is not None or parted or _loud(line, tokens, at, length, rest)
    if first.isdigit() and verb not in DECIDING and rest < len(tokens) and not plain:
        return None
    return Statement(
        line=line.text,
        tokens=tokens,
        verb=verb,
        at=at,
        rest=rest,
        number=first or (number[0] if number else ""),
        second=second,
        numbers_differ=differ or bool(second and bare(second) != bare(first)),
        parted=parted,
        plain=plain,
    )


def sentence(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    ended = False
    for index in range(at, len(tokens)):
        if ended and tokens[index].spaced:
            return tokens[at:index]
        ended = tokens[index].text in _ENDS or (ended and not tokens[index].is_word)
    return tokens[at:]


def _skip(tokens: Sequence[Token], at: int, marks: frozenset[str], *, opening: bool = False) -> int:
    """Behind the marks here; with `opening`, not those that open the words, as in "TEAM -jan" or "the “new” one"."""
    while at < len(tokens) and tokens[at].text in marks:
        opens = at > 0 and tokens[at].spaced and at + 1 < len(tokens) and not tokens[at + 1].spaced
        if opening and opens and tokens[at].text in _OPENING:
            break
        at += 1
    return at


def _parted(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.text in _HARD for token in tokens[start:end])


def _loud(line: Line, tokens: Sequence[Token], at: int, length: int, rest: int) -> bool:
    """The verb is in capitals and its words are not."""
    if rest >= len(tokens):
        return True
    verb = line.text[tokens[at].start : tokens[at + length - 1].end]
    return verb.isupper() and len(verb) > 1 and any(char.islower() for char in line.text[tokens[rest].start :])
