"""From the proposal to the decision, minute by minute, as the daemon's own clock would have it."""

from collections.abc import Iterator

from config.types import Undecided
from daemon.core.climbing import PROPOSER_TOLD_AFTER
from daemon.core.kinds import Kind
from daemon.document import words
from daemon.document.model import Block, Code, Gap, Paragraph, Points, Section, Strong, Words
from daemon.procedure.frame import Frame
from daemon.procedure.plan import plan
from daemon.procedure.technology import unreachable


def decision(frame: Frame) -> Section:
    return Section("From proposal to decision", tuple(_decision(frame)))


def _decision(frame: Frame) -> Iterator[Block]:
    yield Paragraph("Minutes count from the proposal. Nobody answers here; the first decision stops all of it at once.")
    rungs = frame.configuration.procedure.decide
    yield plan(frame, frame.undecided.moments, Kind.DECISION_REQUEST if rungs and rungs[-1].repeat else None)
    yield Points(tuple(_afterwards(frame)))
    yield from _gaps(frame)


def _afterwards(frame: Frame) -> Iterator[Words]:
    procedure = frame.configuration.procedure
    rungs = procedure.decide
    if rungs and rungs[-1].repeat:
        yield f"The last rung repeats {words.every(rungs[-1].repeat)}, until somebody decides."
    elif rungs:
        yield (Strong("The last rung does not repeat: "), "after it nobody is asked again.")
    by = words.lasting(procedure.propose.decide_by)
    if procedure.propose.undecided is Undecided.ACCEPT:
        yield (
            f"Undecided after {by}: it counts as accepted and the audiences are told. Nobody is in charge until a "
            "manager sends ",
            Code("TAKE"),
            ".",
        )
    else:
        yield f"Undecided after {by}: the asking goes on. Nothing is accepted by itself."
    told = words.lasting(PROPOSER_TOLD_AFTER)
    yield f"After {told} without a decision the proposer is told who has been asked, and when the next asking comes."
    yield (
        "A channel that fails, bounces or is known to be down is passed over at once, for each person alone. ",
        "Who decides after the first is told who decided, and when.",
    )
    yield (Code("ACCEPT"), " works after ", Code("REJECT"), ", but not the other way round: people have been told.")


def _gaps(frame: Frame) -> Iterator[Block]:
    """Who is asked by a rung that cannot reach them."""
    for number, rung in enumerate(frame.configuration.procedure.decide, 1):
        names = unreachable(frame.configuration, frame.configuration.people.on(rung.who), rung.via)
        if names:
            yield Gap(f"Rung {number} has no address for {words.sentence(names)}.")
