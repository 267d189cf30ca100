"""What leaves a verb in doubt: a question, a negation, another verb, a condition, a sentence around it."""

from collections.abc import Sequence

from parsers.folding import Token
from parsers.statement import Line, Spellings, Statement, match_phrase, match_verb, phrases
from parsers.types import Verb
from parsers.verbs import (
    AFFIRMATIVE,
    AGAIN,
    AMOUNTS,
    ARTICLES,
    ASKING,
    CANNOT,
    CARRIER,
    CONDITIONS,
    CONJUNCTIONS,
    CONTRARY,
    COURTESY,
    DECIDING,
    EVERYDAY,
    FINITE,
    FIRST_PERSON,
    NAMING,
    NEGATIONS,
    NO_REASON,
    NOBODY,
    OBJECTS,
    POSTPONING,
    REFUSING,
    REPAIRED,
    SAYING,
    TURNING,
    WANTING,
    WORDED,
)

_AGAIN = phrases(AGAIN)
_COURTESY = phrases(COURTESY)
_FIRST_PERSON = phrases(FIRST_PERSON)


def doubtful(found: Statement, rest: Sequence[Token], polite: bool, table: Spellings) -> bool:
    """Whether the verb may not be meant as a command, or not as this one."""
    verb = found.verb
    rest = rest[match_phrase(rest, 0, _AGAIN) :]
    texts = [token.text for token in rest]
    first = texts[0] if texts else ""
    if found.numbers_differ and verb is not Verb.SAME:
        return True
    if verb not in ASKING and (first == "?" or (asks(found) and not (verb in SAYING and found.plain and rest))):
        return True
    if _another_verb(found, rest, table):
        return True
    if verb in AFFIRMATIVE and (any(sign in found.line for sign in REFUSING) or _negated(found, rest)):
        return True
    if texts and len(texts) <= 2 and all(text in NEGATIONS or text in "!." for text in texts):
        return not (found.number and first in NO_REASON and verb in WORDED - AFFIRMATIVE - SAYING)
    if polite:
        return verb is Verb.UPDATE and not found.plain and bool(rest)
    if not rest:
        return False
    if verb in CARRIER.values():
        return True
    if _finite(found, texts) and _is_subject(found, texts):
        return True
    if not found.parted and (verb not in SAYING | NAMING or verb is Verb.RESOLVE) and first in CONDITIONS:
        return True
    if verb is Verb.SAME and not found.number:
        return True
    if not found.parted and verb in AFFIRMATIVE and first in POSTPONING:
        return True
    if found.plain:
        return False
    if verb in AFFIRMATIVE | NAMING and first in OBJECTS:
        return True
    if verb is Verb.UPDATE and first in WANTING:
        return True
    return verb not in WORDED and verb not in NAMING


def _finite(found: Statement, texts: Sequence[str]) -> bool:
    """Whether a sentence about the verb goes on. Behind a number "a" is an article, and "es ist" German for "it is"."""
    first, second = (*texts, "", "")[:2]
    begins = (first == "a" and second != "ete") or (first == "es" and second in FINITE | REPAIRED)
    return first in FINITE and not found.parted and not (found.number and begins)


def _is_subject(found: Statement, texts: Sequence[str]) -> bool:
    """Behind "is" and the like the verb is what a sentence is about: "ACCEPT is the wrong answer"."""
    if not found.plain or found.verb in NAMING or found.verb is Verb.BRIDGE:
        return True
    if found.verb in SAYING:
        return found.verb is Verb.RESOLVE and any(text in TURNING for text in texts)
    return found.verb in AFFIRMATIVE


def goes_on(verb: Verb, below: Line, table: Spellings) -> bool:
    """Whether the line below an affirmative verb takes it back, as part of its sentence or with another verb."""
    if verb not in AFFIRMATIVE or not below.tokens:
        return False
    first = below.tokens[0].text
    small = below.text[:1].islower() or first == "?"
    turning = first in TURNING | CONDITIONS | POSTPONING | FINITE - OBJECTS or first == "?"
    contrary = CONTRARY.get(verb, frozenset())
    found = (match_verb(below.tokens, index, table) for index in range(len(below.tokens)))
    return (small and turning) or any(match is not None and match[0] in contrary for match in found)


def asks(found: Statement) -> bool:
    marks = found.sentence[-3:]
    return any(token.text == "?" for token in marks)


def _another_verb(found: Statement, rest: Sequence[Token], table: Spellings) -> bool:
    contrary = CONTRARY.get(found.verb, frozenset())
    for index in range(len(rest)):
        match = match_verb(rest, index, table)
        if match is not None and match[0] in contrary:
            return True
    at = 0
    while at < len(rest) and (rest[at].text in CONJUNCTIONS or rest[at].text in "&/+,"):
        at += 1
    match = match_verb(rest, at, table)
    if match is None or match[0] is found.verb:
        return False
    return at > 0 or (found.verb in DECIDING and courteous(rest[match[1] :]))


def _negated(found: Statement, rest: Sequence[Token]) -> bool:
    if found.parted:
        return False
    texts = [token.text for token in rest[_behind_courtesy(rest) :]]
    if found.verb in SAYING:
        return any(text in TURNING for text in texts[:1])
    return any(text in NEGATIONS for text in texts[:3]) and not (found.number and _is_outage(found.verb, texts))


def _is_outage(verb: Verb, texts: Sequence[str]) -> bool:
    """The words deny that the service works: "users cannot log in"; behind REOPEN also "not fixed"."""
    if verb not in WORDED or texts[0] in FIRST_PERSON:
        return False
    if verb is Verb.REOPEN and any(text in REPAIRED for text in texts[:5]):
        return True
    who, *others = texts[1:] if texts[0] in ARTICLES else texts
    named = who in NOBODY or who not in NEGATIONS | OBJECTS | FINITE
    return named and len(others) > 1 and any(text in FINITE | CANNOT | REPAIRED for text in others[:2])


def starts_courteous(found: Statement) -> bool:
    return match_phrase(found.tokens, found.rest, _COURTESY) > 0


def courteous(tokens: Sequence[Token]) -> bool:
    """Nothing but thanks and the like."""
    return _behind_courtesy(tokens) == len(tokens)


def _behind_courtesy(tokens: Sequence[Token]) -> int:
    at = 0
    while at < len(tokens):
        length = match_phrase(tokens, at, _COURTESY)
        if not length and (tokens[at].is_word or tokens[at].text == "?"):
            break
        at += length or 1
    return at


def soon(tokens: Sequence[Token]) -> bool:
    """ "in 5 minutes", "dialing in": when an engineer joins."""
    return all(token.text in AMOUNTS or token.text in {"in", "within", "."} or token.text.isdigit() for token in tokens)


def mentions(line: Line, table: Spellings) -> bool:
    """A verb that tells, or one of every day that is spelt or used as a command, stands inside this line."""
    tokens = line.tokens
    shouting = line.text.isupper()
    for index in range(len(tokens)):
        match = match_verb(tokens, index, table)
        if match is None:
            continue
        verb, length = match
        spelt = line.text[tokens[index].start : tokens[index + length - 1].end]
        before = tokens[max(0, index - 2) : index]
        used = any(token.text in NEGATIONS for token in before) or any(
            match_phrase(before, at, _FIRST_PERSON) == len(before) - at for at in range(len(before))
        )
        if verb not in EVERYDAY or used or (spelt.isupper() and not shouting and len(spelt) > 1):
            return True
    return False
