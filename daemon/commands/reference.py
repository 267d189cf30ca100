"""docs/commands.md, made from the commands themselves: `python -m daemon.commands.reference > docs/commands.md`."""

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import typer

from daemon.cli import app
from daemon.commands.helping import EVERY_DAY, EXAMPLE, SETTING_UP, WRONG

HEAD = """\
# Commands

Every command of `murphyd`. `murphyd --help` lists them, `murphyd COMMAND --help` explains one.

| exit | means |
| --- | --- |
| 0 | done |
| 1 | nothing came of it: refused by Murphy, rows left out, weaknesses, a copy that differs, or left at a question |
| 2 | a fault, in one line on standard error that says what happened and what to do |
| 130 | Ctrl-C while something was done |

**For people.** Colours and progress are for terminals; progress goes to standard error and never into a pipe.
`NO_COLOR` takes colours away, `FORCE_COLOR` brings them into a pipe, a terminal with `TERM=dumb` gets neither. Times
are the organization's.

**For scripts.** `--json` prints one JSON document on standard output and nothing beside it, with times in UTC; the exit
code stays the same. `init` takes its answers from a file, and `--yes` answers what `drill` and `contacts import` ask.

**In the shell.** `murphyd --install-completion` teaches bash, zsh or fish to complete commands, options, numbers of
incidents, names, lists and services.

This page is generated: `python -m daemon.commands.reference`.
"""


def reference() -> str:
    """The whole page."""
    return HEAD + "".join(_parts())


def _parts() -> Iterator[str]:
    root = typer.main.get_command(app)
    for panel in (EVERY_DAY, WRONG, SETTING_UP):
        yield f"\n## {panel}\n"
        for name, command in sorted(_all(root, "murphyd")):
            top = root.commands[name.split()[1]]  # type: ignore[attr-defined]
            if getattr(top, "rich_help_panel", None) == panel and not getattr(command, "commands", None):
                yield from _command(name, command)


def _all(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield f"{path} {name}", inner
        yield from _all(inner, f"{path} {name}")


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    words = [one.metavar if one.required else f"[{one.metavar}]" for one in arguments]
    yield f"\n### `{' '.join([name, *words])}`\n\n{_words(command.help)}\n"
    if command.epilog:
        yield f"\n```sh\n{command.epilog.removeprefix(EXAMPLE)}\n```\n"
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    rows = [*((one.metavar, one.help) for one in arguments), *((_option(one), one.help) for one in options)]
    yield "\n| | |\n| --- | --- |\n"
    for called, about in rows:
        yield f"| `{called}` | {_words(about)} |\n"


def _option(option: Any) -> str:
    called = ", ".join(option.opts)
    return called if option.is_flag else f"{called} {option.metavar or 'VALUE'}"


def _words(text: str | None) -> str:
    return " ".join(inspect.cleandoc(text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
