"""Where every command prints: lines and colours for people, JSON for scripts.

Colours are for terminals. NO_COLOR (no-color.org) takes them away, FORCE_COLOR brings them into a pipe; a terminal
that can do nothing (TERM=dumb) gets none.
"""

import json
import os
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

Colours = dict[str, str]


def console(*, err: bool = False) -> Console:
    """Nothing in what is printed is markup, and no line is broken but on a terminal, by the terminal."""
    stream = sys.stderr if err else sys.stdout
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown")
    return Console(
        file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True,
        no_color=plain or None, color_system=None if plain else "auto",
    )  # fmt: skip


def say(*parts: str | tuple[str, str], err: bool = False) -> None:
    """One line; a part may be words with a style."""
    console(err=err).print(Text.assemble(*parts), soft_wrap=True)


def say_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def on_terminal() -> bool:
    """Whether somebody is at the keyboard, and sees what is asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
