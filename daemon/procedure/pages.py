"""Pages of the documents that are the code's own tables: `python -m daemon.procedure.pages verbs > docs/verbs.md`, and
`… pages states`, the diagram of docs/concepts.md (Mermaid). Both go to standard output."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import fill

from daemon.core import events as e
from daemon.core.authority import RULES
from daemon.core.transitions import TRANSITIONS
from daemon.core.verbs import WITH_CODE
from daemon.procedure.verbs import BY_TEXT, DOES, spoken, who
from daemon.render.catalog import Catalog, layered, load
from parsers.types import Verb

_EVENTS: Mapping[type[e.Event], str] = {
    e.Accepted: "ACCEPT",
    e.Rejected: "REJECT",
    e.Withdrawn: "WITHDRAW",
    e.MadeSame: "SAME",
    e.MadeNew: "NEW",
    e.Resolved: "RESOLVE",
    e.Downgraded: "DOWNGRADE",
    e.Reopened: "REOPEN",
    e.DrillEnded: "an exercise ends",
    e.RollCallEnded: "a roll call ends",
    e.Reviewed: "REVIEWED",
}

_HEAD = """\
# The verbs on a card

Begin a reply, or a text, with one of these. `MI-7` may be left out where only one incident can be meant; upper or lower
case, and the punctuation around it, don't matter. Each language has its own spellings beside these. This page is made
from the code's tables: `python -m daemon.procedure.pages verbs`. [What Murphy understands](understanding.md) says more,
and `murphyd procedure --card` prints a card of your own organization.

| write | who | what it does |
| --- | --- | --- |
"""

_EVIDENCE = """\
What is done to an incident needs the evidence `{least}` at least: a reply token, a verified domain or a known number.
With `[security] decide = "code"` these need the code of our text, too: {listed}."""


def verbs() -> Iterator[str]:
    """docs/verbs.md."""
    catalogs = load(Path("/nonexistent"))
    yield _HEAD
    for verb in spoken():
        by_text = " (by text)" if verb in BY_TEXT else ""
        yield f"| `{catalogs['en'].form(verb, 'MI-7')}`{by_text} | {who(verb)} | {DOES[verb]} |\n"
    yield "\n## In other languages\n\n| verb | " + " | ".join(_others(catalogs)) + " |\n"
    yield "| --- |" + " --- |" * len(_others(catalogs)) + "\n"
    for verb in spoken():
        cells = (", ".join(f"`{word.lower()}`" for word in _spellings(name, verb)) for name in _others(catalogs))
        yield f"| {verb.value} | " + " | ".join(cells) + " |\n"
    (least,) = {rule.evidence for rule in RULES.values()}
    listed = ", ".join(verb.value for verb in spoken() if verb in WITH_CODE)
    yield "\n" + fill(_EVIDENCE.format(least=least.name.lower(), listed=listed), 120) + "\n"


def _others(catalogs: Mapping[str, Catalog]) -> list[str]:
    return sorted(set(catalogs) - {"en"})


def _spellings(language: str, verb: Verb) -> list[str]:
    return [word for word, meant in layered(language).verbs.items() if meant is verb]


def states() -> Iterator[str]:
    """The state diagram of an incident."""
    yield "stateDiagram-v2\n    [*] --> proposed: a proposal\n"
    edges: dict[tuple[str, str], list[str]] = {}
    for (before, event), after in TRANSITIONS.items():
        edges.setdefault((before.value, after.value), []).append(_EVENTS[event])
    for (start, end), words in edges.items():
        yield f"    {start} --> {end}: {', '.join(dict.fromkeys(words))}\n"


def block(page: str, first: str) -> str:
    """The Mermaid block of a page that begins with this line."""
    found = re.findall(r"^```mermaid\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(next(text for text in found if text.startswith(first)))


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {"verbs": verbs, "states": states}

if __name__ == "__main__":
    sys.stdout.write("".join(PAGES[sys.argv[1]]()))
