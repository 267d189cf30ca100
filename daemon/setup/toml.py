"""TOML with comments, as a person would have written it."""

from collections.abc import Iterable

from config.tables import as_toml, heading

WIDTH = 34
"""Where a comment begins, if what it is about is shorter."""

Key = tuple[str, object, str]
"""A key, its value, and a comment or ""; a value of None leaves the line out."""


def table(name: str, keys: Iterable[Key], *, array: bool = False) -> str:
    lines = [heading(name, array)]
    for key, value, comment in keys:
        if value is not None:
            line = f"{key} = {as_toml(value)}"
            lines.append(f"{line:<{WIDTH}} # {comment}" if comment else line)
    return "\n".join(lines) + "\n"


def proposed(text: str) -> str:
    """The same as a comment: to be had by taking the marks away."""
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())
