"""What one person can provoke is limited, so that no loop and no flood goes on for ever.

A valid command of a person we know is never dropped, nor is a proposal.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from daemon.core.kinds import Kind
from daemon.core.model import DRILL, Hold
from daemon.core.notices import Notice
from daemon.core.state import State

WITHIN = timedelta(minutes=10)

MOST_PROPOSALS = 3
"""So many from one proposer, or from people unknown together, page the managers within that time."""

PUZZLED = frozenset({
    Kind.NOT_UNDERSTOOD, Kind.DID_YOU_MEAN, Kind.PROPOSAL_EMPTY, Kind.PROPOSAL_REFUSED, Kind.NOT_ALLOWED,
    Kind.DRILL_REPLY,
})  # fmt: skip
"""Answers to what is no command."""

IDLE = frozenset({
    Kind.STATUS, Kind.STALE, Kind.WRONG_STATUS, Kind.ALREADY_DECIDED, Kind.REJECT_AFTER_ACCEPT, Kind.NOT_IN_CHARGE,
    Kind.BAD_INTERVAL, Kind.CONFIRM_WORDS, Kind.STOPPED, Kind.STARTED, Kind.HELP, Kind.NO_INCIDENT,
    Kind.NO_SUCH_INCIDENT, Kind.WHICH_INCIDENT, Kind.NO_WORDS, Kind.NO_ACTION, Kind.NO_SUCH_ACTION, Kind.NO_REVIEW,
})  # fmt: skip
"""Answers to commands that changed nothing, and that a program could provoke again and again."""

ALONE = frozenset({Kind.CONFIRM_SENDER})
"""Asked for apart, so that nonsense in somebody's name does not keep the question from them."""

PASSED_ON = frozenset({Kind.REPLY})
"""The proposer's words: what comes above the limit is in the timeline."""

LINKS = frozenset({Kind.BOARD_LINK})
"""Whoever knows the address of a manager can ask for a link in their name."""

RECEIVED = frozenset({Kind.PROPOSAL_RECEIVED})
"""A robot that answers each of these by a new mail would propose for ever."""

LIMITS: Mapping[Kind, tuple[frozenset[Kind], int]] = {
    **dict.fromkeys(PUZZLED, (PUZZLED, 3)),
    **dict.fromkeys(IDLE, (IDLE, 10)),
    **dict.fromkeys(ALONE, (ALONE, 3)),
    **dict.fromkeys(PASSED_ON, (PASSED_ON, 5)),
    **dict.fromkeys(LINKS, (LINKS, 3)),
    **dict.fromkeys(RECEIVED, (RECEIVED, 5)),
}
"""How many of a kind, with those like it, the same people get within that time; what comes then is only logged."""


def flooded(state: State, notice: Notice) -> bool:
    """Whether this notice is one too many for its recipients."""
    if notice.kind not in LIMITS:
        return False
    kinds, most = LIMITS[notice.kind]
    for earlier in reversed(state.notices.values()):
        if notice.at - earlier.at > WITHIN:
            return False
        alike = earlier.kind in kinds and earlier.incident.startswith(DRILL) == notice.incident.startswith(DRILL)
        most -= alike and earlier.recipients == notice.recipients
        if most <= 0:
            return True
    return False


def crowded(state: State, who: str, hold: Hold | None, now: datetime) -> bool:
    """Whether this proposal is one too many to page the managers for."""
    unknown = {Hold.UNKNOWN, Hold.MANY} if hold is Hold.UNKNOWN else set()
    earlier = [i for i in state.incidents.values() if now - i.proposed < WITHIN and not i.drill]
    return sum(i.proposer == who or i.hold in unknown for i in earlier) >= MOST_PROPOSALS
