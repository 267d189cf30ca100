"""Answers to what is no command are limited per person, so that no loop and no flood goes on for ever.

A valid command of a person we know is never dropped.
"""

from datetime import datetime, timedelta

from daemon.core.notices import Kind
from daemon.core.state import State

WITHIN = timedelta(minutes=10)
MOST = 3
"""So many such answers to one person within that time; what comes then is only logged."""

PUZZLED = frozenset({
    Kind.NOT_UNDERSTOOD, Kind.DID_YOU_MEAN, Kind.HELP, Kind.NO_INCIDENT, Kind.NO_SUCH_INCIDENT, Kind.WHICH_INCIDENT,
    Kind.NO_WORDS, Kind.PROPOSAL_EMPTY, Kind.PROPOSAL_REFUSED, Kind.NOT_ALLOWED, Kind.CONFIRM_SENDER,
})  # fmt: skip
"""Answers that change nothing, and that a program could provoke again and again."""


def flooded(state: State, kind: Kind, recipients: tuple[str, ...], now: datetime) -> bool:
    """Whether this answer is one too many for its recipient."""
    if kind not in PUZZLED:
        return False
    count = 0
    for notice in reversed(state.notices.values()):
        if now - notice.at > WITHIN:
            return False
        if notice.kind in PUZZLED and notice.recipients == recipients:
            count += 1
            if count >= MOST:
                return True
    return False
