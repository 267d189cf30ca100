"""Faults: what is wrong with the folder, all of it at once, in words for whoever edits the files."""

import difflib
from collections.abc import Iterable

from config.types import Fault

_LONGEST_SHOWN = 60


class ConfigurationFaults(Exception):
    """The folder cannot be used. `faults` is everything wrong with it, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def printable(fault: Fault) -> Fault:
    """The fault on one line that is safe to print, however the files were filled."""
    return Fault(fault.file, _cut(fault.key, 200), _cut(fault.problem, 400), _cut(fault.cure, 400))


def _cut(text: str, longest: int) -> str:
    line = "".join(c if c.isprintable() else "�" for c in text[: longest + 1])
    return line if len(line) <= longest else f"{line[:longest]}…"


class Wrong(ValueError):
    """One value is wrong: `problem` says how, `cure` what would be right. The place is known to the caller."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(f"{problem}; {cure}")
        self.problem = problem
        self.cure = cure

    def at(self, file: str, key: str) -> Fault:
        return Fault(file, key, self.problem, self.cure)


def shown(value: object) -> str:
    """A value as a message may show it: quoted, on one line, cut. Never call it with a secret."""
    match value:
        case str():
            return f'"{_cut(value, _LONGEST_SHOWN)}"'
        case bool():
            return "true" if value else "false"
        case int() | float():
            return format(value, ".12g")
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was probably meant to be, or ""."""
    by_folded = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(word[:100].casefold(), by_folded, n=1, cutoff=0.6)
    longer = [k for k in by_folded if len(word) >= 3 and k.startswith(word.casefold())]
    return by_folded[close[0]] if close else by_folded[longer[0]] if len(longer) == 1 else ""


def one_of(word: str, known: Iterable[str], none: str = "there is none") -> str:
    """A cure: the nearest of the known words, else all of them (cut at 12)."""
    words = list(known)
    if near := nearest(word, words):
        return f'did you mean "{near}"?'
    words = list(dict.fromkeys(words))
    listed = ", ".join(f'"{w}"' for w in words[:12]) + (", …" if len(words) > 12 else "")
    return f"known here: {listed}" if words else none
