"""The example organization's procedure, as docs/example-procedure.md has it; run it to write that page anew."""

from functools import cache
from pathlib import Path

from daemon.document.markdown import markdown
from daemon.document.model import Document
from daemon.procedure.document import SECTIONS, procedure
from daemon.procedure.frame import Frame
from daemon.procedure.messages import messages
from tests.core.vocabulary import Edits, example

PAGE = Path(__file__).parents[2] / "docs" / "example-procedure.md"


def written(edits: Edits | None = None) -> str:
    """In Markdown, of the example with these edits made in its files."""
    return _written(tuple((edits or {}).items()))


@cache
def _written(edits: tuple[tuple[str, str], ...]) -> str:
    return markdown(procedure(example(dict(edits))))


def said(edits: Edits, title: str) -> str:
    """One section of it. The messages, which take long, are written only where they are asked for."""
    return part(written(edits) if title == "Messages" else _briefly(tuple(edits.items())), title)


@cache
def _briefly(edits: tuple[tuple[str, str], ...]) -> str:
    frame = Frame(example(dict(edits)))
    return markdown(Document("", "", tuple(section(frame) for section in SECTIONS if section is not messages)))


def part(text: str, title: str) -> str:
    """The section of this title, up to the next one of its level."""
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.lstrip("#") == f" {title}")
    level = lines[first].partition(" ")[0]
    rest = lines[first + 1 :]
    fences = False
    for n, line in enumerate(rest):
        fences ^= line.startswith("```")
        mark = line.partition(" ")[0]
        if not fences and mark and set(mark) == {"#"} and len(mark) <= len(level):
            return "\n".join(rest[:n])
    return "\n".join(rest)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
