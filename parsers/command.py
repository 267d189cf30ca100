"""What a message asks for: forgiving about form, strict about meaning. Total, linear in the message.

The first line that the person wrote decides. A verb counts only where the line plainly is a command; in a negation, a
question, beside another verb or inside a sentence it does not, and the answer says what works. Nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from parsers.folding import Token, fold
from parsers.management import part
from parsers.slips import inflected, nearly
from parsers.statement import (
    Line,
    Spellings,
    Statement,
    match_phrase,
    match_verb,
    phrases,
    read_line,
    read_statement,
    skip_greeting,
    spellings,
)
from parsers.subjects import strip_prefixes
from parsers.types import Command, Inbound, Medium, Problem, Verb, Verbs
from parsers.verbs import (
    AFFIRMATIVE,
    AMOUNTS,
    ASKING,
    CARRIER,
    CARRIER_BY_EMAIL,
    CONDITIONS,
    CONJUNCTIONS,
    CONTRARY,
    COURTESY,
    DECIDING,
    DEFAULT_VERBS,
    EVERYDAY,
    FINITE,
    FIRST_PERSON,
    NAMING,
    NEGATIONS,
    OBJECTS,
    OPENINGS,
    POSTPONING,
    PUBLIC,
    REFUSING,
    SAYING,
    TURNING,
    WANTING,
    WORDED,
)

MAX_WORDS = 20_000
"""Characters of words that are kept; what is cut off leaves them in doubt."""

_MAX_LATER = 50
_LONG = 6
_COURTESY = phrases(COURTESY)
_OPENINGS = phrases(OPENINGS)
_FIRST_PERSON = phrases(FIRST_PERSON)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CLOSES = {"*": "*", "_": "_", "`": "`", '"': '"”“»', "'": "'’", "(": ")", "[": "]"}
_QUOTATION = (">", "|", "＞")
_UNCLEAR = Command(None, Problem.UNCLEAR)


def parse_command(inbound: Inbound, verbs: Verbs = DEFAULT_VERBS) -> Command:
    """`verbs` are the spellings in use, of every language; carriers' words (STOP, YES…) are never other verbs."""
    table = spellings(verbs)
    carried = _carrier(inbound)
    if carried is not None:
        return carried
    subject, replied = strip_prefixes(inbound.subject)
    head, tail, sure = _head(inbound, table)
    if not any(token.is_word for token in head.tokens) and not _signs(inbound.visible_text):
        return _by_subject(read_line(subject), replied or bool(inbound.references), table)
    command = _judge(head, tail, inbound, table)
    if command.verb is not None and not sure:
        return Command(None, Problem.UNSURE)
    return _beside_subject(command, read_line(subject), replied, table)


def _carrier(inbound: Inbound) -> Command | None:
    """A message that is nothing but one of the carriers' words."""
    if len(inbound.visible_text) > 100:
        return None
    whole = " ".join(fold(inbound.visible_text).split()).strip(" .!?,;:*_\"'()[]")
    verb = CARRIER.get(whole)
    if verb is None:
        return None
    if inbound.medium is not Medium.SMS and whole not in CARRIER_BY_EMAIL:
        return _UNCLEAR
    if not inbound.sure:
        return Command(None, Problem.UNSURE)
    return Command(verb)


def _head(inbound: Inbound, table: Spellings) -> tuple[Line, str, bool]:
    """The line that decides (behind a line that only greets), the words below it, and whether it is sure."""
    head = read_line(inbound.deciding_line)
    below = _below(inbound)
    if not head.tokens or skip_greeting(head, table) < len(head.tokens):
        return head, below or "", inbound.sure
    if below is None or not below.strip():
        # Only a greeting: what is left of the message, if anything, may be quoted.
        hidden = inbound.visible_text.strip() != inbound.deciding_line.strip()
        greeted = head if hidden or _thanks(head) else read_line("")
        return greeted, "", inbound.sure
    first, _, rest = below.lstrip().partition("\n")
    return read_line(first), rest, inbound.sure


def _thanks(line: Line) -> bool:
    return match_phrase(line.tokens, 0, _OPENINGS) > 0


def _signs(text: str) -> bool:
    """An emoji says something, though no word; a full stop only fills a body that may not be empty."""
    return any(unicodedata.category(char) == "So" for char in text[:100])


def _below(inbound: Inbound) -> str | None:
    """What may be sent on below the deciding line; None where that line itself may not."""
    first = inbound.deciding_line.strip()
    text = inbound.public_text.lstrip()
    return text[len(first) :] if first and text.startswith(first) else None


def _by_subject(subject: Line, reply: bool, table: Spellings) -> Command:
    """An empty body: the subject decides. That of a reply is mostly quoted, so there only a bare decision counts."""
    if not subject.tokens:
        return Command(None, Problem.EMPTY)
    command = _statement(subject, "", True, table)
    if command.problem is Problem.NO_VERB or (reply and command.verb is None):
        return Command(None, Problem.EMPTY)
    if not reply:
        return command
    bare = command.verb in DECIDING and not command.words
    return command if bare else Command(None, Problem.UNSURE)


def _beside_subject(command: Command, subject: Line, replied: bool, table: Spellings) -> Command:
    """A new subject that is a decision by itself, beside a body that is none or another one, is in doubt."""
    if replied or not (command.verb in DECIDING or command.problem is Problem.NO_VERB):
        return command
    other = _bare_verb(subject, table)
    return _UNCLEAR if other in DECIDING and other is not command.verb else command


def _bare_verb(line: Line, table: Spellings) -> Verb | None:
    """The verb of a line that is a command and nothing else."""
    start = skip_greeting(line, table)
    statement = read_statement(line, table, start=start, alone=True)
    if statement is None or not _courteous(statement.tokens[statement.rest :]):
        return None
    return statement.verb if not any(token.text == "?" for token in line.tokens) else None


def _begins_command(line: Line, table: Spellings) -> bool:
    """One more command, where one message is one command."""
    found = read_statement(line, table, start=skip_greeting(line, table), alone=True)
    return found is not None and found.plain


def _judge(head: Line, tail: str, inbound: Inbound, table: Spellings) -> Command:
    if head.text.startswith(_QUOTATION):
        return Command(None, Problem.UNSURE if _mentions(head, table) else Problem.NO_VERB)
    command = _statement(head, tail, inbound.public_sure, table)
    if command.verb is None and command.problem is not Problem.NO_VERB:
        return command
    for text in tail.split("\n", _MAX_LATER)[:_MAX_LATER]:
        line = read_line(text)
        later = _bare_verb(line, table)
        if later is not None and later is not command.verb and later not in EVERYDAY:
            return _UNCLEAR
        if command.verb is not None and _begins_command(line, table):
            command = replace(command, words_sure=False)
    if command.words and command.verb in PUBLIC and _below(inbound) is None:
        return replace(command, words_sure=False)
    return command


def _statement(head: Line, tail: str, tail_sure: bool, table: Spellings) -> Command:
    start = skip_greeting(head, table)
    found = read_statement(head, table, start=start, alone=not tail.strip())
    if found is None:
        return _without(head, start, table)
    rest = found.tokens[found.rest :]
    if found.verb in ASKING:
        rest = [token for token in rest if token.text != "?"]
    courteous = _courteous(rest) or (found.verb is Verb.JOIN and _soon(rest))
    if _doubtful(found, rest, courteous, table):
        return _UNCLEAR
    return _command(found, tail, tail_sure, courteous)


def _doubtful(found: Statement, rest: Sequence[Token], courteous: bool, table: Spellings) -> bool:
    """Whether the verb may not be meant as a command, or not as this one."""
    verb, texts = found.verb, [token.text for token in rest]
    first = texts[0] if texts else ""
    if found.numbers_differ and verb is not Verb.SAME:
        return True
    if _asks(found) and verb not in ASKING and not (verb in SAYING and found.plain and rest):
        return True
    if _another_verb(found, rest, table):
        return True
    if verb in AFFIRMATIVE and (any(sign in found.line for sign in REFUSING) or _negated(found, texts)):
        return True
    if texts and len(texts) <= 2 and all(text in NEGATIONS or text in "!." for text in texts):
        return True
    if courteous:
        return verb is Verb.UPDATE and not found.plain and bool(rest)
    if not rest:
        return False
    if verb in CARRIER.values():
        return True
    if first in FINITE and (not found.plain or verb in NAMING or verb is Verb.BRIDGE) and not found.parted:
        return True
    if not found.parted and verb not in SAYING | NAMING and first in CONDITIONS:
        return True
    if not found.parted and verb in AFFIRMATIVE and first in POSTPONING:
        return True
    if found.plain:
        return False
    if verb in AFFIRMATIVE and first in OBJECTS:
        return True
    if verb is Verb.UPDATE and first in WANTING:
        return True
    return verb not in WORDED and verb not in NAMING


def _asks(found: Statement) -> bool:
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
    return at > 0 or (found.verb in DECIDING and _courteous(rest[match[1] :]))


def _negated(found: Statement, texts: Sequence[str]) -> bool:
    negations = TURNING if found.verb in SAYING else NEGATIONS
    if found.parted:
        return False
    near = texts[:1] if found.verb in SAYING else texts[:3]
    return not _starts_courteous(found) and any(text in negations for text in near)


def _starts_courteous(found: Statement) -> bool:
    return match_phrase(found.tokens, found.rest, _COURTESY) > 0


def _courteous(tokens: Sequence[Token]) -> bool:
    """Nothing but thanks and the like."""
    at = 0
    while at < len(tokens):
        length = match_phrase(tokens, at, _COURTESY)
        if not length and (tokens[at].is_word or tokens[at].text == "?"):
            return False
        at += length or 1
    return True


def _soon(tokens: Sequence[Token]) -> bool:
    """ "in 5 minutes", "dialing in": when an engineer joins."""
    return all(token.text in AMOUNTS or token.text in {"in", "within", "."} or token.text.isdigit() for token in tokens)


def _without(head: Line, start: int, table: Spellings) -> Command:
    """No command begins this line: a slip, a verb somewhere inside it, or plain words."""
    slip = _slip(head, start, table)
    if slip is not None:
        return slip
    return _UNCLEAR if _mentions(head, table) else Command(None, Problem.NO_VERB)


def _slip(head: Line, start: int, table: Spellings) -> Command | None:
    """The first word is nearly a verb, and the line would otherwise be a command."""
    if start >= len(head.tokens) or not head.tokens[start].is_word:
        return None
    token = head.tokens[start]
    verb = nearly(token.text, table)
    if verb is None:
        return None
    as_meant = read_statement(head, {**table, (token.text,): verb}, start=start, alone=True)
    if as_meant is None or _asks(as_meant):
        return None
    bare = _courteous(as_meant.tokens[as_meant.rest :])
    spelt = head.text[token.start : token.end]
    telling = len(token.text) >= _LONG and not inflected(token.text, verb, table)
    if not (bare or telling or as_meant.number or (spelt.isupper() and as_meant.plain)):
        return None
    return Command(None, Problem.SLIP, suggestion=verb, incident=as_meant.number)


def _mentions(line: Line, table: Spellings) -> bool:
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


def _command(found: Statement, tail: str, tail_sure: bool, courteous: bool) -> Command:
    verb = found.verb
    own = "" if courteous else found.words
    if found.second and verb is Verb.SAME:
        own = found.second
    wraps = verb in WORDED
    below = tail.strip() if wraps else ""
    sure = tail_sure or not wraps or not (own or below)
    if verb in DECIDING and below:
        below, plain = _below_decision(below)
        sure = sure and (plain or bool(own))
    if verb in PUBLIC and own:
        # A question, or words run into the verb, may not be meant for everybody.
        sure = sure and (verb is not Verb.ACCEPT or (found.plain and "?" not in own and not _starts_courteous(found)))
    words, cut = _clean(f"{own}\n{below}" if own and below else own or below, opened=found.tokens[0].text)
    sure = sure and not cut
    if verb not in PUBLIC:
        return Command(verb, incident=found.number, words=words, words_sure=sure)
    parted = part(words)
    return Command(
        verb,
        incident=found.number,
        words=parted.words,
        management=parted.management,
        words_sure=sure and parted.sure,
    )


def _below_decision(text: str) -> tuple[str, bool]:
    """Lines below a decision up to thanks and a name, and whether they read as sentences, not as a name."""
    kept: list[str] = []
    for line in text.split("\n"):
        if _courteous(read_line(line).tokens) and line.strip():
            break
        kept.append(line)
    words = "\n".join(kept).strip()
    return words, not words or len(words.split()) > 3


def _clean(text: str, *, opened: str) -> tuple[str, bool]:
    """Words as they may travel, without controls or the mark that closes what `opened`, and whether they were cut."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text)).strip()
    if opened in _CLOSES and text.endswith(tuple(_CLOSES[opened])):
        text = text.rstrip(_CLOSES[opened])
    return text[:MAX_WORDS].strip(), len(text) > MAX_WORDS
