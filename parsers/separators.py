"""Lines that stand between a reply and what it answers: attributions, header blocks, "Original Message".

Each function looks at a bounded number of lines, from one position on, of bounded length.
"""

import re
from collections.abc import Callable, Sequence

from parsers.markers.quotations import (
    LABELS,
    ON,
    ORIGINAL,
    ORIGINAL_ALONE,
    REPLY_ABOVE,
    WROTE,
    Role,
)

_FORWARDED = (
    "forwarded by", "forwarded message", "mensaje reenviado", "message transféré", "weitergeleitet von",
    "doorgestuurd door",
)  # fmt: skip
_ON_PHRASES = (
    "w dniu", "in data", "il giorno", "no dia", "in article", "in message", "quoting ", "zitat von ",
)  # fmt: skip
LONGEST_ATTRIBUTION = 400
WRAPPED_OVER = 6

_DATE = re.compile(r"\d{1,2}[:.h时時]\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}月\d{1,2}日")
_DATED_ADDRESS = re.compile(r"(?:19|20)\d\d[/\-]\d{1,2}[/\-]\d{1,2}[^<>]{1,100}<?[^<>@\s]{1,64}@[^<>@\s]{1,255}>?")
_INSIDE = re.compile(r"(\S\s{1,4})([^\W\d_]{1,4})(?=\s)")
_LABELED = re.compile(r"[^:：]{1,30}[:：]")
_DASHES = " \t-_=*#─—–‐~>."
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WROTE = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(re.escape(word) for word in WROTE if not _CJK.search(word))})(?![^\W_])"
    rf"|{'|'.join(re.escape(word) for word in WROTE if _CJK.search(word))}"
)


def attribution_length(texts: Sequence[str], position: int, is_quote: Callable[[int], bool]) -> int:
    """Over how many lines an attribution ("On … wrote:") goes that starts at `position`; 0 where none does."""
    first = texts[position].strip()
    if len(first) > LONGEST_ATTRIBUTION:
        return 0
    joined = ""
    for count in range(1, WRAPPED_OVER + 1):
        at = position + count - 1
        if at >= len(texts):
            return 0
        line = texts[at].strip()
        if not line or (count > 1 and is_quote(at)):
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > LONGEST_ATTRIBUTION:
            return 0
        if not (_ends_attribution(line) or _DATED_ADDRESS.fullmatch(joined)):
            continue
        if count == 1:
            return 1 if _is_attribution(joined, _quote_follows(texts, at, is_quote)) else 0
        if not (_starts_with_on(first) and (_DATE.search(first) or "@" in first or len(first) >= 25)):
            return 0
        if any(_starts_attribution(texts[each].strip()) for each in range(position + 1, at + 1)):
            return 0
        return count if _is_attribution(joined, _quote_follows(texts, at, is_quote)) else 0
    return 0


def attribution_inside(text: str) -> int:
    """Where an attribution starts that a careless program put behind the last words; 0 where there is none."""
    if len(text) > LONGEST_ATTRIBUTION or "@" not in text or not _ends_attribution(text) or not holds_wrote(text):
        return 0
    first = text.lower().lstrip("-*_ \t>").partition(" ")[0]
    if first in ON or first[:1].isdigit():
        return 0
    for match in _INSIDE.finditer(text):
        rest = text[match.end(1) :].strip()
        if (
            match[2].istitle()
            and match[2].lower() in ON
            and _DATE.search(rest[:60])
            and "@" in rest
            and holds_wrote(rest)
        ):
            return match.end(1)
    return 0


def looks_like_attribution(text: str, before_quote: bool) -> bool:
    """Whether this one line may introduce a quotation, in whatever language."""
    text = text.strip().rstrip("*_ ")
    if len(text) > LONGEST_ATTRIBUTION:
        return False
    dated, addressed = bool(_DATE.search(text)), "@" in text
    if text.endswith((":", "：")):
        return before_quote or holds_wrote(text) or (addressed and (dated or "<" in text))
    return before_quote and addressed and dated


def _quote_follows(texts: Sequence[str], position: int, is_quote: Callable[[int], bool]) -> bool:
    for each in range(position + 1, min(position + 4, len(texts))):
        if texts[each].strip():
            return is_quote(each)
    return False


def _ends_attribution(line: str) -> bool:
    line = line.rstrip("*_- >")
    return line.endswith((":", "：")) or line.lower().rpartition(" ")[2] in WROTE


def _starts_with_on(line: str) -> bool:
    lowered = line.lower().lstrip("-*_ >")
    if lowered[:1].isdigit():
        return True
    word, _, rest = lowered.partition(" ")
    if lowered.startswith(_ON_PHRASES):
        return True
    if not _DATE.search(line):
        return word in ON and any(c.isdigit() for c in rest)
    weekday = word.endswith((",", ".")) and word[:-1].rstrip(".").isalpha() and len(word) <= 6
    return word in ON or weekday or "@" in line


def _starts_attribution(line: str) -> bool:
    word = line.lower().lstrip("-*_ >").partition(" ")[0]
    return word in ON and bool(_DATE.search(line))


def _is_attribution(joined: str, quote_follows: bool) -> bool:
    text = joined.lower().strip(" \t-*_>")
    ends = text.endswith((":", "："))
    dated, addressed = bool(_DATE.search(text)), "@" in text
    wrote = holds_wrote(text)
    if wrote and (dated or addressed):
        early = _starts_with_on(text) and bool(_DATE.search(text[:60])) and len(text) < 200
        return quote_follows or (ends and addressed) or early
    if ends and quote_follows and len(text) < 120 and len(_DATE.findall(text)) > 1:
        return True
    if wrote and ends:
        return quote_follows and len(text) < 120
    if ends and addressed and text.startswith(("quoting ", "zitat von ", "citando ")):
        return True
    if (ends or _DATED_ADDRESS.fullmatch(text)) and addressed and quote_follows:
        return True
    return ends and dated and addressed and len(text) < 160


def holds_wrote(text: str) -> bool:
    """Whether a known word for "wrote" is in it."""
    return bool(_WROTE.search(text.lower()))


def is_original(text: str) -> bool:
    """ "-----Original Message-----" and its kind, in any language."""
    if len(text) > 100:
        return False
    text = text.replace("&nbsp;", " ").strip(" *")
    words = text.lower().strip(_DASHES)
    bare = words.strip(" :：")
    stripped = text.strip()
    if stripped[:2].strip("-_=—–‐") == "" and (bare in ORIGINAL or bare.startswith(_FORWARDED)):
        return True
    if stripped[:3] == stripped[-3:] == "---" and bare and (_DATE.search(bare) or holds_wrote(bare)):
        return True
    return bare in ORIGINAL_ALONE and words.endswith((":", "："))


def is_reply_above(text: str) -> bool:
    """The line that ticket systems put above what they send."""
    lowered = text[:120].lower()
    return len(text) < 120 and any(words in lowered for words in REPLY_ABOVE)


def label(line: str) -> tuple[Role | None, str]:
    """The role of "From: …" and its like, and what follows the colon."""
    stripped = line.strip().lstrip("*_>|• ")
    match = _LABELED.match(stripped)
    if match is None:
        return None, ""
    colon = match.end() - 1
    name = stripped[:colon].lower().strip("*_ \u3000")
    return LABELS.get(name), stripped[colon + 1 :].strip("*_ \u3000")


def header_block_length(texts: Sequence[str], position: int) -> int:
    """The number of lines of a copied header block (From, Sent, To, Subject) at `position`; 0 where there is none."""
    if position < 0 or position >= len(texts):
        return 0
    first_role, first_value = label(texts[position])
    if first_role is None or first_role is Role.OTHER or len(texts[position]) > 500:
        return 0
    roles: set[Role] = {first_role}
    last, misses = position, 0
    for at in range(position + 1, min(position + 16, len(texts))):
        role, _ = label(texts[at])
        if role is None:
            misses += 1
            if misses > 2:
                break
            continue
        roles.add(role)
        last, misses = at, 0
    roles.discard(Role.OTHER)
    length = last - position + 1
    if Role.FROM in roles and len(roles - {Role.CC}) >= 3:
        return length
    if first_role is Role.FROM and len(roles) >= 2 and ("@" in first_value or Role.DATE in roles):
        return length if roles & {Role.DATE, Role.SUBJECT} else 0
    return length if {Role.DATE, Role.TO, Role.SUBJECT} <= roles else 0


def may_be_separator(texts: Sequence[str], position: int) -> bool:
    """Whether a line looks like "-----Original Message-----" or a header block in a language that is not known here."""
    text = texts[position].strip()
    if text[:3] == text[-3:] == "---":
        return True
    block = texts[position : position + 4]
    if len(block) < 4 or not all(0 < line.strip().find(":") <= 30 for line in block):
        return False
    return any("@" in line for line in block) and any(_DATE.search(line[:200]) for line in block)


def notes_block_length(texts: Sequence[str], position: int) -> int:
    """Lotus Notes: "Name/Unit/Org", a date, and labels that stand alone; or "Name---date---first words"."""
    first = texts[position].strip()
    if first.count("---") >= 2 and _DATE.search(first) and len(first) < 300:
        return 1
    if len(first) > 200 or not ("/" in first or "@" in first or _DATE.search(first)):
        return 0
    dated, alone = False, 0
    for at in range(position, min(position + 14, len(texts))):
        words = texts[at].strip().lower()
        dated = dated or bool(_DATE.search(words))
        if at == position:
            continue
        if LABELS.get(words.rstrip(":")) in (Role.TO, Role.CC, Role.SUBJECT):
            alone += 1
        if LABELS.get(words.partition(" ")[0].rstrip(":")) is Role.SUBJECT:
            return at - position + 1 if dated and alone >= 1 else 0
    return 0
