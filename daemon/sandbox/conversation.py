"""A scenario as a conversation: who says what, what is expected in return, and that nothing else was said.

Every message that Murphy sends must be expected once; what is left over at the end is a failure.
"""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from daemon.sandbox.organization import Organization, Seen

UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}


class Unexpected(Exception):
    """Something expected was not said, or something was said that was not expected."""


class Conversation:
    """`speed` 60 lets a minute pass in a second; 0 does not wait."""

    def __init__(
        self, organization: Organization, *, speed: float = 0.0, after_step: Callable[[], None] = lambda: None
    ) -> None:
        self.organization = organization
        self._speed = speed
        self._after_step = after_step
        self._left: list[Seen] = []
        self._read = 0

    async def mails(self, name: str, subject: str, body: str) -> None:
        await self.organization.mails(name, subject, body)
        await self._settle()

    async def replies(self, name: str, body: str) -> None:
        await self.organization.replies(name, body)
        await self._settle()

    async def texts(self, name: str, body: str) -> None:
        await self.organization.texts(name, body)
        await self._settle()

    async def presses(self, name: str, key: str) -> None:
        await self.organization.presses(name, key)
        await self._settle()

    async def _settle(self) -> None:
        await self.organization.settle()
        self._after_step()

    async def passes(self, duration: str, *, watched: bool = True) -> None:
        """Procedure time goes on: "90s", "5m", "2h"; at once where nothing is to be seen."""
        match = re.fullmatch(r"(\d+)([smh])", duration)
        assert match is not None
        speed = self._speed if watched else 0.0
        await self.organization.pass_time(timedelta(**{UNITS[match[2]]: int(match[1])}), speed)
        self._after_step()

    async def cuts_relay(self) -> None:
        self.organization.remark("The mail relay is cut.")
        await self.organization.cut_relay()

    async def mends_relay(self) -> None:
        self.organization.remark("The mail relay is back.")
        await self.organization.mend_relay()

    async def cuts_disk(self) -> None:
        self.organization.remark("The disk is full.")
        await self.organization.cut_disk()

    async def mends_disk(self) -> None:
        self.organization.remark("The disk has room again.")
        await self.organization.mend_disk()
        await self._settle()

    async def restarts(self) -> None:
        """The daemon is stopped and started again on its state."""
        self.organization.remark("The daemon is stopped, and started again.")
        await self.organization.stop()
        await self.organization.start()
        self._after_step()

    def hears(self, name: str, channel: str, *words: str) -> Seen:
        """This person got a message on this channel with all these words in it. Raises Unexpected."""
        self._collect()
        full = self.organization.person(name).name
        for seen in self._left:
            if seen.person == full and seen.channel == channel and all(word in _all(seen) for word in words):
                self._left.remove(seen)
                return seen
        got = "; ".join(f"{seen.channel}: {_short(seen)}" for seen in self._left if seen.person == full) or "nothing"
        raise Unexpected(f"{full} should have got {' '.join(words)!r} by {channel}, but got {got}")

    def all_hear(self, names: Iterable[str], channel: str, *words: str) -> None:
        for name in names:
            self.hears(name, channel, *words)

    def on_list(self, name: str, *, but: Iterable[str] = (), with_email: bool = False) -> list[str]:
        """The names of a list's people."""
        people = self.organization.configuration.people
        left_out = {self.organization.person(other).name for other in but}
        contacts = [people.contacts[who] for who in people.on(name)]
        return [c.name for c in contacts if c.name not in left_out and (c.emails or not with_email)]

    def nothing_else(self) -> None:
        """Nothing was sent that was not expected. Raises Unexpected."""
        self._collect()
        if self._left:
            said = "\n".join(f"  {s.at:%H:%M:%S} {s.channel} to {s.person}: {_short(s)}" for s in self._left)
            raise Unexpected(f"also sent:\n{said}")

    def _collect(self) -> None:
        new = self.organization.seen.since(self._read)
        self._read = self.organization.seen.total
        self._left += [seen for seen in new if not seen.inbound]


def _all(seen: Seen) -> str:
    return f"{seen.subject}\n{seen.text}"


def _short(seen: Seen) -> str:
    return (seen.subject or seen.text)[:90].replace("\n", " ")
