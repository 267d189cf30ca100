"""Separates what a person wrote from what is quoted, signed or added by programs. Linear in the lines.

Each line gets a kind, from its structure and its words; what can't be told from a quotation is kept, but makes
the result unsure. Nothing here searches with a pattern that can backtrack.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from parsers.additions import is_banner, is_footer, is_legal, is_sent_from, is_valediction, may_be_sent_from
from parsers.lines import Line, Mark
from parsers.markers.banners import BANNER_ENDS
from parsers.markers.quotations import FOLDED
from parsers.separators import (
    attribution_inside,
    attribution_length,
    header_block_length,
    holds_wrote,
    is_original,
    is_reply_above,
    looks_like_attribution,
    may_be_separator,
    notes_block_length,
)
from parsers.signatures import contact_block_start, is_dashed_name, is_drawn, may_be_name_block

MAX_LINES = 10_000
MAX_LINE = 10_000
FURTHER = 40
"""Blank lines that a phone leaves below an attribution."""
WRAP = 50
"""Programs wrap at 65 to 78 characters: where a line and the next one's first word are shorter, nothing was wrapped."""

_QUOTE = re.compile(r"[ \t]{0,3}(?:>|＞|[A-Z][A-Za-z]{0,2}>|\|[ \t][^|]*$)")
_PICTURE = re.compile(r"\[cid:[^\[\]]{1,200}\]")
"""What Outlook writes for a picture, mostly a logo."""


_ALWAYS = frozenset({Mark.CUT, Mark.ATTRIBUTION, Mark.SIGNATURE})
"""Marks that say what a line is, whatever it looks like."""


class Kind(Enum):
    OWN = auto()
    BLANK = auto()
    QUOTED = auto()
    SEPARATOR = auto()
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """The last five fields of `parsers.types.Inbound` that are about words."""

    visible_text: str
    deciding_line: str
    sure: bool
    public_text: str
    public_sure: bool


def separate(lines: Sequence[Line]) -> Reply:
    lines = lines[:MAX_LINES]
    end = _last_quotation(lines)
    own = [part for line in lines[:end] for part in _parted(line)]
    scanner = _Scanner([*own, *lines[end:]], len(own))
    scanner.run()
    return scanner.reply()


def _last_quotation(lines: Sequence[Line]) -> int:
    """Where a quotation starts that goes on to the end, as below most replies; len(lines) where none does."""
    none, quoted = Mark.NONE, Mark.QUOTED  # looked up for each line, these cost more than all else here
    start = len(lines)
    for at in range(start - 1, -1, -1):
        text, mark = lines[at]
        if len(text) > MAX_LINE or not (mark is none or mark is quoted):
            break
        if mark is quoted or text.startswith(">"):
            start = at
        elif text:
            break
    return start


def _parted(line: Line) -> tuple[Line, ...]:
    """A line, cut, and the attribution that stands behind its words."""
    if len(line.text) > MAX_LINE:
        line = Line(line.text[:MAX_LINE], line.mark)
    if line.mark is not Mark.NONE or "@" not in line.text or _QUOTE.match(line.text):
        return (line,)
    at = attribution_inside(line.text)
    return (Line(line.text[:at].rstrip()), Line(line.text[at:])) if at else (line,)


class _Scanner:
    def __init__(self, lines: Sequence[Line], last_quotation: int) -> None:
        self.lines = lines
        self.last_quotation = last_quotation
        """From here on all lines are quoted or blank."""
        self.texts = [line.text for line in lines]
        self.quotes = [line.mark is Mark.QUOTED or bool(_QUOTE.match(line.text)) for line in lines[:last_quotation]]
        self.quotes += [line.text != "" for line in lines[last_quotation:]]
        self.kinds = [Kind.BLANK] * len(lines)
        self.doubtful = [False] * len(lines)
        """A line that may be a quotation although it is kept."""
        self.guessed = [False] * len(lines)
        """A line left out by a guess."""
        self.own_seen = False

    def run(self) -> None:
        position, signature = 0, False
        while 0 <= position < len(self.lines):
            position, signature = self.step(position, signature)

    def step(self, position: int, signature: bool) -> tuple[int, bool]:
        """Reads what starts here. The next position (-1: the rest is quoted) and whether a signature goes on."""
        line = self.lines[position]
        text = line.text.strip()
        if text and self.quotes[position] and (line.mark is Mark.NONE or line.mark not in _ALWAYS):
            return self.quoted(position)
        match line.mark:
            case Mark.CUT:
                self.rest_is_quoted(position, 0)
                return -1, False
            case Mark.ATTRIBUTION:
                length = 1
                while position + length < len(self.lines) and self.lines[position + length].mark is Mark.ATTRIBUTION:
                    length += 1
                return self.attribution(position, length)
            case Mark.SIGNATURE:
                if text:
                    self.kinds[position] = Kind.SIGNATURE
                return position + 1, signature
            case Mark.RULE if not text:
                return self.rule(position), signature
            case _ if not text:
                return position + 1, signature
            case _:
                return self.own_line(position, text, signature)

    def quoted(self, position: int) -> tuple[int, bool]:
        if position >= self.last_quotation:
            self.rest_is_quoted(position, 0)
            return -1, False
        if length := self.unmarked_after(position):
            self.rest_is_quoted(position, length)
            return -1, False
        self.kinds[position] = Kind.QUOTED
        return position + 1, False

    def rule(self, position: int) -> int:
        following = self.next_text(position + 1)
        if header_block_length(self.texts, following):
            self.rest_is_quoted(position, 0)
            return len(self.lines)
        self.guessed[position] = True
        return position + 1

    def unmarked_after(self, position: int) -> int:
        """The length of a marked header block whose message carries no marks, as Orange and Zimbra send it, or of
        GroupWise's line; else 0."""
        text = self.texts[position].strip()
        if not text.endswith(">>>") and ":" not in text and "：" not in text:
            return 0
        groupwise = text.startswith(">>>") and text.endswith(">>>") and text.strip("> ") != ""
        length = 1 if groupwise else header_block_length(self.texts, position)
        if not length:
            return 0
        following = position + length
        while following < len(self.texts) and not self.texts[following].strip(" \t>|＞"):
            following += 1
        return length if following < len(self.texts) and not self.is_quote(following) else 0

    def own_line(self, position: int, text: str, signature: bool) -> tuple[int, bool]:
        lowered = text.lower()
        if length := attribution_length(self.texts, position, self.is_quote):
            return self.attribution(position, length)
        if not self.own_seen and is_banner(lowered):
            return self.banner(position), False
        if lowered in FOLDED:
            self.kinds[position] = Kind.QUOTED
            return position + 1, False
        drawn = is_drawn(text)
        heads = drawn or is_original(f"---{text}---")
        if is_original(text) or is_reply_above(text) or (heads and self.head_length(position + 1)):
            self.rest_is_quoted(position, self.head_length(position + 1) + 1)
            return -1, False
        if length := header_block_length(self.texts, position) or notes_block_length(self.texts, position):
            self.rest_is_quoted(position, length)
            return -1, False
        if _PICTURE.fullmatch(text):
            self.kinds[position] = Kind.SIGNATURE
            return position + 1, signature
        if text in {"--", "—", "– –", "--  "}:
            self.kinds[position] = Kind.SIGNATURE
            return position + 1, True
        if signature:
            self.kinds[position] = Kind.SIGNATURE
            return position + 1, True
        if is_sent_from(text) and not (text[:2].islower() and self.kinds[position - 1] is Kind.OWN):
            self.kinds[position] = Kind.SIGNATURE
            return position + 1, False
        if self.own_seen and is_legal(self.texts, position):
            self.kinds[position] = Kind.SIGNATURE
            self.guessed[position] = True
            return position + 1, True
        if drawn and self.own_seen and (text.startswith("_" * 20) or is_footer(self.texts, position)):
            self.kinds[position] = Kind.SIGNATURE
            self.guessed[position] = True
            return position + 1, True
        self.kinds[position] = Kind.OWN
        self.guessed[position] = drawn or may_be_separator(self.texts, position)
        self.own_seen = True
        self.doubtful[position] = self.may_be_wrapped_quote(position, text)
        return position + 1, False

    def banner(self, position: int) -> int:
        """Past what a gateway put above the mail: this line, and those it was wrapped into."""
        while True:
            line = self.texts[position].strip()
            self.kinds[position] = Kind.BLANK
            position += 1
            ended = not 60 <= len(line) <= 90 or line.lower().endswith(BANNER_ENDS)
            if ended or position >= len(self.texts) or not self.texts[position].strip()[:1].islower():
                return position

    def attribution(self, position: int, length: int) -> tuple[int, bool]:
        for each in range(position, position + length):
            self.kinds[each] = Kind.SEPARATOR
        following = self.next_text(position + length, FURTHER)
        forwarded = any(is_original(self.texts[each].strip()) for each in range(position, position + length))
        if not forwarded and (following < 0 or self.is_quote(following)):
            return position + length, False
        # Unmarked: the older message follows to the end, unless the reply is below it.
        joined = " ".join(self.texts[position : position + length])
        self.guessed[position] = not forwarded and not ("@" in joined and holds_wrote(joined))
        self.rest_is_quoted(position, length)
        return -1, False

    def rest_is_quoted(self, position: int, head: int) -> None:
        """All from here on is an older message. Where nothing was written above it, what the lines say can't
        be told from a reply below: it is kept, and nothing of it is sure."""
        quoted = Kind.QUOTED
        for each in range(position, len(self.lines)):
            if self.texts[each].strip():
                self.kinds[each] = quoted
        if self.own_seen:
            return
        for each in range(position + head, self.last_quotation):
            if self.texts[each].strip() and not self.is_quote(each):
                self.kinds[each] = Kind.OWN
                self.doubtful[each] = True

    def head_length(self, position: int) -> int:
        following = self.next_text(position)
        length = header_block_length(self.texts, following) if following >= 0 else 0
        return following - position + length if length else 0

    def is_quote(self, position: int) -> bool:
        return self.quotes[position]

    def next_text(self, position: int, within: int = 6) -> int:
        """The next line with text within a few, or -1."""
        for each in range(position, min(position + within, len(self.lines))):
            if self.texts[each].strip():
                return each
        return -1

    def may_be_wrapped_quote(self, position: int, text: str) -> bool:
        """Careless programs wrap a quoted line and leave the second half without its mark."""
        if position == 0 or self.kinds[position - 1] is Kind.BLANK:
            return False
        before = self.texts[position - 1].rstrip()
        if self.kinds[position - 1] is Kind.QUOTED and self.lines[position - 1].mark is Mark.NONE:
            return len(before) + 1 + len(text.split(" ", 1)[0]) > WRAP
        return self.doubtful[position - 1] and len(before) + 1 + len(text.split(" ", 1)[0]) > WRAP

    def reply(self) -> Reply:
        own = self.own()
        self.drop_signature(own)
        own = self.own()
        if not own:
            return Reply("", "", False, "", False)
        first = own[0]
        visible = self.joined(own)
        sure = not self.doubtful[first] and not looks_like_attribution(self.texts[first], self.before_quote(first))
        end, public_sure = self.public_end(first)
        public = [i for i in own if i < end]
        public_sure = public_sure and sure and len(public) == len(own)
        return Reply(visible, self.texts[first].strip(), sure, self.joined(public), public_sure)

    def own(self) -> list[int]:
        return [i for i in range(self.last_quotation) if self.kinds[i] is Kind.OWN]

    def before_quote(self, position: int) -> bool:
        following = self.next_text(position + 1)
        return following >= 0 and self.kinds[following] in (Kind.QUOTED, Kind.SEPARATOR)

    def joined(self, positions: Sequence[int]) -> str:
        out: list[str] = []
        last = -1
        for each in positions:
            if last >= 0 and each > last + 1:
                out.append("")
            out.append(self.texts[each])
            last = each
        return "\n".join(out).strip()

    def drop_signature(self, own: list[int]) -> None:
        """Contact details at the end, and drawn lines that part nothing from nothing."""
        end = contact_block_start(self.texts, own)
        if end == len(own) > 1 and self.is_signed_off(own[-1]):
            end -= 1
        while end > 0 and is_drawn(self.texts[own[end - 1]].strip()):
            end -= 1
        first = 0
        while first < end and is_drawn(self.texts[own[first]].strip()):
            first += 1
        for each in (*own[:first], *own[end:]):
            self.kinds[each] = Kind.SIGNATURE
            self.guessed[each] = True

    def is_signed_off(self, position: int) -> bool:
        """ "-Ann Berg", or a line of its own like "Sent from the road"."""
        text = self.texts[position].strip()
        return is_dashed_name(text) or (self.kinds[position - 1] is Kind.BLANK and may_be_sent_from(text))

    def public_end(self, first: int) -> tuple[int, bool]:
        """The first line after `first` that may not be the person's words, and whether that is certain."""
        for each in range(first, len(self.lines)):
            kind = self.kinds[each]
            text = self.texts[each].strip()
            if self.guessed[each]:
                return each, False
            if kind in (Kind.QUOTED, Kind.SEPARATOR, Kind.SIGNATURE):
                return each, True
            if kind is Kind.OWN and each > first:
                if self.doubtful[each] or is_valediction(text) or looks_like_attribution(text, self.before_quote(each)):
                    return each, False
                if self.kinds[each - 1] is Kind.BLANK and may_be_name_block(self.texts, each):
                    return each, False
        return len(self.lines), True
