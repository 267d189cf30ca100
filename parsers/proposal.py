"""A proposal's subject and body, or the words of PROPOSE in a text: what it says beside what it asks. Total."""

import re
import unicodedata

from parsers.folding import fold
from parsers.subjects import strip_prefixes
from parsers.types import Proposal

MAX_SUMMARY = 200
_MAX_VALUE = 1_000

_SERVICE = frozenset({
    "service", "services", "dienst", "diensten", "systeem", "servizio", "servicio", "servicios",
})  # fmt: skip
_IMPACT = frozenset({
    "impact", "gevolg", "gevolgen", "incidence", "consequence", "consequences", "auswirkung", "auswirkungen", "folgen",
    "impacto", "consecuencias",
})  # fmt: skip
_CONFIDENTIAL = frozenset({
    "confidential", "vertrouwelijk", "confidentiel", "confidentielle", "vertraulich", "confidencial", "geheim",
    "secret",
})  # fmt: skip
_NO = frozenset({"no", "nee", "neen", "non", "nein", "false", "n", "0", "not", "none", "niet", "nicht"})

_FIELD = re.compile(r"[\s*_\-•>]{0,8}([^\W\d_]{3,20})[ \t*_]{0,4}[:：=](.*)", re.DOTALL)
_ALONE = re.compile(r"[\s*_\[(\-]{0,8}([^\W\d_]{6,20})[\s*_\]).!]{0,8}")
_MARKED = re.compile(r"\s{0,4}[\[(]?([^\W\d_]{6,20})[\])]?\s{0,2}(?:[:：\-–—]|(?<=[\])]))\s*")
_IN_ONE_LINE = re.compile(r"(?:[;,|]|\.\s)\s{0,4}(?=[^\W\d_]{3,20}\s{0,2}[:：=])")


def parse_proposal(subject: str, text: str) -> Proposal:
    """`text` is what the proposer wrote. Each optional line may stand anywhere; the first of its kind counts.

    In doubt it is confidential: any value but a no, the word on a line by itself, or at the head of the subject.
    """
    summary, confidential = _marked(strip_prefixes(_one_line(subject))[0])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    if len(lines) == 1:
        lines = _parts(lines[0])
    kept: list[str] = []
    service = impact = ""
    for line in lines:
        kind, value = _field(line)
        match kind:
            case "service" if not service:
                service = value
            case "impact" if not impact:
                impact = value
            case "confidential":
                confidential = confidential or _says_yes(value)
            case _:
                kept.append(line)
    if not summary:
        first = next((index for index, line in enumerate(kept) if line.strip()), None)
        if first is not None:
            summary, marked = _marked(_one_line(kept.pop(first)))
            confidential = confidential or marked
    if len(summary) > MAX_SUMMARY:
        kept.insert(0, summary)
    return Proposal(_short(summary), "\n".join(kept).strip(), service, impact, confidential)


def _field(line: str) -> tuple[str, str]:
    match = _FIELD.match(line[:_MAX_VALUE])
    if match:
        return _kind(match[1]), match[2].strip(" \t*_")
    alone = _ALONE.fullmatch(line) if len(line) < 60 else None
    return (_kind(alone[1]), "") if alone and _kind(alone[1]) == "confidential" else ("", "")


def _kind(word: str) -> str:
    word = fold(word)
    if word in _SERVICE:
        return "service"
    if word in _IMPACT:
        return "impact"
    return "confidential" if word in _CONFIDENTIAL else ""


def _parts(line: str) -> list[str]:
    """A text in one line: "Mail is down; service: mail; confidential: yes"."""
    parts, start = [], 0
    for match in _IN_ONE_LINE.finditer(line):
        if _field(line[match.end() : match.end() + _MAX_VALUE])[0]:
            parts.append(line[start : match.start()])
            start = match.end()
    return [*parts, line[start:]]


def _marked(subject: str) -> tuple[str, bool]:
    match = _MARKED.match(subject)
    if match and _kind(match[1]) == "confidential":
        return subject[match.end() :].strip(), True
    return subject, False


def _says_yes(value: str) -> bool:
    words = fold(value).split()
    return not words or words[0].strip(".,!") not in _NO


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(summary: str) -> str:
    if len(summary) <= MAX_SUMMARY:
        return summary
    cut = summary[:MAX_SUMMARY]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"
