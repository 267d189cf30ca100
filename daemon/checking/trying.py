"""One thing to connect to, and what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from config.files import SETTINGS


class Broken(Exception):
    """It does not work; the words say why, and hold no secret."""


@dataclass(frozen=True, slots=True)
class Tried:
    """It works: `came` says how. `weak` has (rule, problem, cure); `expires` is its certificate's end."""

    came: str
    expires: datetime | None = None
    weak: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """`run` raises Broken, ChannelDown. `needed` is false where there is a stand-in, or it is seen from elsewhere."""

    what: str
    key: str
    run: Callable[[], Awaitable[Tried]]
    cure: str
    needed: bool = True
    file: str = SETTINGS
