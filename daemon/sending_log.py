"""What the log says of sending: attempts to somebody in particular, and failures; of a broadcast only its end."""

from collections.abc import Callable, Sequence

import structlog

from channels.types import Result
from daemon.core.delivery import Ending
from daemon.core.facts import Fact, Finished
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import Settled

log = structlog.get_logger()

WENT_OUT = frozenset({Result.SENT, Result.DELIVERED})


def attempted(state: State, settled: Settled, why: str) -> None:
    """One line; none where it went out and is one of thousands."""
    notice = state.notices.get(settled.notice)
    if notice is not None and notice.audience and settled.outcome.result in WENT_OUT:
        return
    failure = settled.outcome.failure
    log.info(
        "attempt",
        notice=settled.notice,
        incident=_shown(state, notice),
        contact=settled.contact,
        channel=settled.channel,
        why=why,
        result=settled.outcome.result,
        by=settled.outcome.by,
        reason=failure.reason if failure else "",
    )


def ends(state: State) -> Callable[[Sequence[Fact]], None]:
    """To be told of all that is decided: one line for each notice to an audience whose last delivery has ended."""

    def tell(facts: Sequence[Fact]) -> None:
        for number in dict.fromkeys(fact.notice for fact in facts if isinstance(fact, Finished)):
            notice, tally = state.notices.get(number), state.tallies.get(number)
            if notice is None or tally is None or tally.left or not notice.audience:
                continue
            log.info(
                "notice ended",
                notice=number,
                incident=_shown(state, notice),
                kind=notice.kind.value,
                audience=notice.audience,
                people=len(notice.recipients),
                **{ending.name.lower(): tally.count(ending) for ending in Ending},
            )

    return tell


def _shown(state: State, notice: Notice | None) -> str:
    """Nothing of a confidential incident, whose number is only for those concerned."""
    about = state.incidents.get(notice.incident) if notice else None
    return about.id if about and not about.confidential and notice and not notice.confidential else ""
