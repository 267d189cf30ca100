"""Addresses not to be used again: for good, until their owner opts in, or for a while after a mail came back."""

from collections.abc import Iterator, MutableMapping
from datetime import datetime, timedelta

from channels.types import Failure, Retry
from daemon.core.content import Content
from daemon.core.facts import Barred, Fact
from daemon.core.kinds import Kind
from daemon.core.saying import about_several
from daemon.core.state import State
from parsers.types import Verb

OPTED_OUT = "21610"
"""Twilio: the recipient has texted STOP. Only they can undo it, by START."""

BOUNCED_FOR = timedelta(days=1)
"""How long an address whose mail came back, for a reason that may pass, is only a way of last resort."""

Bars = MutableMapping[tuple[str, str], Barred]


def barred(
    state: State, bars: Bars, who: str, channel: str, address: str, failure: Failure, now: datetime
) -> Iterator[Fact]:
    """What this failure bars; `bars` is kept up to date. Who has opted out is asked by mail, once, to opt in."""
    out = failure.code == OPTED_OUT
    if failure.retry is not Retry.NEVER and not out:
        return
    known = (channel, address) in bars
    bars[channel, address] = bar = Barred(channel, address, failure.reason, now)
    yield bar
    if out and not known and state.person(who).emails:
        content = Content(reason=failure.reason, forms=(Verb.START,), at=now)
        yield about_several(state, (), Kind.OPTED_OUT, now, (who,), (("email",),), content)


def bounced(state: State, address: str, failure: Failure, now: datetime) -> Iterator[Fact]:
    """A mail came back."""
    until = None if failure.retry is Retry.NEVER else now + BOUNCED_FOR
    before = state.barred.get(("email", address))
    if before is None or before.until is not None:
        yield Barred("email", address, failure.reason, now, until)
