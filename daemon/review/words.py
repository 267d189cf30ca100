"""How the report calls notices and numbers."""

from collections.abc import Mapping

from daemon.core.notices import Kind

NOTICES: Mapping[Kind, str] = {
    Kind.INITIAL: "first notice",
    Kind.HOLDING: "holding update",
    Kind.ALL_CLEAR: "all-clear",
    Kind.REOPENED: "notice that it is back",
    Kind.CANCELED: "notice that it was none",
}


def named(kind: Kind) -> str:
    return NOTICES.get(kind, kind.value.replace("-", " "))


def many(number: int) -> str:
    """With its thousands apart."""
    return f"{number:,}"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
