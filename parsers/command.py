"""What a message asks for: forgiving about form, strict about meaning. Total, linear in the message.

The first line that the person wrote decides. A verb counts only where the line plainly is a command; in a negation, a
question, beside another verb or inside a sentence it does not, and the answer says what works. Nothing is guessed.
"""

import re
import unicodedata
from dataclasses import replace

from parsers.additions import is_farewell
from parsers.doubts import asks, courteous, doubtful, goes_on, mentions, soon, starts_courteous
from parsers.folding import fold
from parsers.management import part
from parsers.slips import inflected, nearly
from parsers.statement import (
    Line,
    Spellings,
    Statement,
    match_phrase,
    phrases,
    read_line,
    read_statement,
    skip_greeting,
    spellings,
)
from parsers.subjects import strip_prefixes
from parsers.types import Command, Inbound, Medium, Problem, Verb, Verbs
from parsers.verbs import (
    ASKING,
    CARRIER,
    CARRIER_BY_EMAIL,
    DECIDING,
    DEFAULT_VERBS,
    EVERYDAY,
    OPENINGS,
    PUBLIC,
    WORDED,
)

MAX_WORDS = 20_000
"""Characters of words that are kept; what is cut off leaves them in doubt."""

_MAX_LATER = 50
_MAX_GREETING = 2
_LONG = 6
_FEWEST_WORDS = 3
_OPENINGS = phrases(OPENINGS)
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
    fresh = not replied and not inbound.references
    signed = fresh and is_farewell(inbound.visible_text) and _bare_verb(read_line(subject), table)
    if not head.text or not _says(inbound.visible_text) or signed:
        return _by_subject(read_line(subject), not fresh, table)
    command = _judge(head, tail, inbound, table)
    if command.verb is not None and not sure:
        return Command(None, Problem.UNSURE)
    return command if replied else _beside_subject(command, subject, table)


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
        bare = not head.tokens[-1].is_word or len(head.tokens) <= _MAX_GREETING
        return head if hidden or _thanks(head) or not bare else read_line(""), "", inbound.sure
    first, _, rest = below.lstrip().partition("\n")
    return read_line(first), rest, inbound.sure


def _thanks(line: Line) -> bool:
    return match_phrase(line.tokens, 0, _OPENINGS) > 0


def _says(text: str) -> bool:
    """Words or an emoji; a full stop only fills a body that may not be empty."""
    return any(char.isalnum() or unicodedata.category(char) == "So" for char in text)


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


def _beside_subject(command: Command, subject: str, table: Spellings) -> Command:
    """A new subject that is a decision by itself, beside a body that is none or another one, is in doubt."""
    if not (command.verb in DECIDING or command.problem is Problem.NO_VERB):
        return command
    other = _bare_verb(read_line(subject), table)
    return _UNCLEAR if other in DECIDING and other is not command.verb else command


def _bare_verb(line: Line, table: Spellings) -> Verb | None:
    """The verb of a line that is a command and nothing else."""
    start = skip_greeting(line, table)
    statement = read_statement(line, table, start=start, alone=True)
    if statement is None or not courteous(statement.tokens[statement.rest :]):
        return None
    return statement.verb if not any(token.text == "?" for token in line.tokens) else None


def _begins_command(line: Line, table: Spellings) -> bool:
    """One more command, where one message is one command."""
    found = read_statement(line, table, start=skip_greeting(line, table), alone=True)
    return found is not None and found.plain


def _judge(head: Line, tail: str, inbound: Inbound, table: Spellings) -> Command:
    if head.text.startswith(_QUOTATION):
        return Command(None, Problem.UNSURE if mentions(head, table) else Problem.NO_VERB)
    command = _statement(head, tail, inbound.public_sure, table)
    if command.verb is None and command.problem is not Problem.NO_VERB:
        return command
    if command.verb is not None and goes_on(command.verb, read_line(tail.strip().partition("\n")[0]), table):
        return _UNCLEAR
    for text in tail.split("\n", _MAX_LATER)[:_MAX_LATER]:
        if not (line := read_line(text)).tokens:
            continue
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
    polite = courteous(rest) or (found.verb is Verb.JOIN and soon(rest))
    if doubtful(found, rest, polite, table):
        return _UNCLEAR
    return _command(found, tail, tail_sure, polite)


def _without(head: Line, start: int, table: Spellings) -> Command:
    """No command begins this line: a slip, a verb somewhere inside it, or plain words."""
    slip = _slip(head, start, table)
    if slip is not None:
        return slip
    return _UNCLEAR if mentions(head, table) else Command(None, Problem.NO_VERB)


def _slip(head: Line, start: int, table: Spellings) -> Command | None:
    """The first word is nearly a verb, and the line would otherwise be a command."""
    if start >= len(head.tokens) or not head.tokens[start].is_word:
        return None
    token = head.tokens[start]
    verb = nearly(token.text, table)
    if verb is None:
        return None
    as_meant = read_statement(head, {**table, (token.text,): verb}, start=start, alone=True)
    if as_meant is None or asks(as_meant):
        return None
    bare = courteous(as_meant.tokens[as_meant.rest :])
    spelt = head.text[token.start : token.end]
    telling = len(token.text) >= _LONG and not inflected(token.text, verb, table)
    if not (bare or telling or as_meant.number or (spelt.isupper() and as_meant.plain)):
        return None
    return Command(None, Problem.SLIP, suggestion=verb, incident=as_meant.number)


def _command(found: Statement, tail: str, tail_sure: bool, polite: bool) -> Command:
    verb = found.verb
    own = "" if polite else found.words
    if found.second and verb is Verb.SAME:
        own = found.second
    wraps = verb in WORDED
    below = tail.strip() if wraps else ""
    sure = tail_sure or not wraps or not (own or below)
    if verb in DECIDING and below:
        below, plain = _below_decision(below)
        sure = sure and (plain or bool(own))
    if verb is Verb.ACCEPT and own:
        sure = sure and found.plain and _says_something(own) and not starts_courteous(found)
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
    """Lines below a decision up to thanks and a name, and whether they say something."""
    kept: list[str] = []
    for line in text.split("\n"):
        if courteous(read_line(line).tokens) and line.strip():
            break
        kept.append(line)
    words = "\n".join(kept).strip()
    return words, not words or _says_something(words)


def _says_something(words: str) -> bool:
    """Words that are meant for everybody: not a name, not a question."""
    return len(words.split()) >= _FEWEST_WORDS and "?" not in words


def _clean(text: str, *, opened: str) -> tuple[str, bool]:
    """Words as they may travel, without controls or the mark that closes what `opened`, and whether they were cut."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text)).strip()
    if opened in _CLOSES and text.endswith(tuple(_CLOSES[opened])):
        text = text.rstrip(_CLOSES[opened])
    return text[:MAX_WORDS].strip(), len(text) > MAX_WORDS
