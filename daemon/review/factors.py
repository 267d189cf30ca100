"""What the record itself shows of why it took so long, or why people did not hear: plain sentences with numbers."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from daemon.core.kinds import Kind
from daemon.core.model import SeatStatus
from daemon.document.words import channel, counted, lasting, sentence
from daemon.review.delivery import Evidence
from daemon.review.figures import Figure, Measure
from daemon.review.promises import Met
from daemon.review.values import Report
from daemon.review.words import many, named, times

URGENT = frozenset({Kind.DECISION_REQUEST, Kind.PAGE})

LONG = timedelta(minutes=1)
"""Nobody minds a shorter while without anybody in charge."""

SLOW: dict[Measure, str] = {
    Measure.DECIDE: "Nobody decided for {took}; the target is {target}.",
    Measure.FIRST_NOTICE: "The first notice went out after {took}; the target is {target}.",
    Measure.TEAM: "The team was whole after {took}; the target is {target}.",
    Measure.RESOLVE: "It took {took} to the all-clear; the target is {target}.",
}

SLOWER: dict[Measure, str] = {
    Measure.DECIDE: "The decision took {took}; the median of the last {of} is {before}.",
    Measure.FIRST_NOTICE: "The first notice went out after {took}; the median of the last {of} is {before}.",
    Measure.TEAM: "The team was whole after {took}; the median of the last {of} is {before}.",
    Measure.RESOLVE: "It took {took} to the all-clear; the median of the last {of} is {before}.",
}

TWICE = 2
"""So many times the median of at least FEWEST incidents, where there is no target, is worth a sentence."""
FEWEST = 3


def factors(report: Report) -> tuple[str, ...]:
    """In the order in which they played a part; of a drill too."""
    return tuple(line for part in (_times, _charge, _team, _updates, _channels, _people) for line in part(report))


def _times(report: Report) -> Iterator[str]:
    for place, measured in enumerate(report.figures):
        again = (
            "" if not place else f"When it was brought back{f' (time {place})' if len(report.figures) > 2 else ''}: "
        )
        for figure in measured.figures:
            if said := _slow(figure):
                yield again + said
    if len(report.figures) > 1:
        yield f"It was brought back {times(len(report.figures) - 1)} after it was thought to be over."


def _slow(figure: Figure) -> str:
    span = figure.took.span
    if span is None:
        return ""
    measure, took = figure.took.measure, lasting(span)
    if figure.target is not None:
        return SLOW[measure].format(took=took, target=lasting(figure.target)) if figure.over else ""
    if figure.before and figure.of >= FEWEST and span > TWICE * figure.before:
        return SLOWER[measure].format(took=took, of=figure.of, before=lasting(figure.before))
    return ""


def _charge(report: Report) -> Iterator[str]:
    alone = sum(((one.until or report.end) - one.since for one in report.in_charge if not one.name), timedelta())
    if alone >= LONG:
        yield f"Nobody was in charge for {lasting(alone)}."
    people = len(dict.fromkeys(one.name for one in report.in_charge if one.name))
    if people > 2:
        yield f"{people} people were in charge, one after the other."
    lapsed = sum(line.kind == "HandoverLapsed" for line in report.timeline)
    if lapsed:
        yield f"{counted(lapsed, 'handover')} failed: nobody took over in time."


def _team(report: Report) -> Iterator[str]:
    asked: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    declined: Counter[str] = Counter()
    for one in report.responders:
        if one.asked is not None:
            asked[one.discipline] += 1
            silent[one.discipline] += one.answer is SeatStatus.SILENT
            declined[one.discipline] += one.answer is SeatStatus.DECLINED
    for discipline, count in asked.items():
        who = _engineers(discipline, count)
        if silent[discipline]:
            yield f"{silent[discipline]} of {who} did not answer."
        if declined[discipline]:
            yield f"{declined[discipline]} of {who} declined."
    for line in report.timeline:
        if line.kind == "DisciplineExhausted":
            yield f"{line.text[:1].upper()}{line.text[1:]}."


def _engineers(discipline: str, count: int) -> str:
    return f"{counted(count, f'{discipline} engineer')} asked" if discipline else f"{count} people called by name"


def _updates(report: Report) -> Iterator[str]:
    for pace in report.paces:
        if pace.missed:
            held = sum(due.met is Met.HOLDING for due in report.dues if due.audience == pace.audience)
            instead = f"; a holding update stood in {times(held)}" if held else "; nothing stood in"
            was = "was" if pace.missed == 1 else "were"
            yield f"{counted(pace.missed, 'update')} to {pace.audience} {was} missed{instead}."
        if pace.late:
            yield f"{counted(pace.late, 'update')} to {pace.audience} came late."


def _channels(report: Report) -> Iterator[str]:
    down: dict[tuple[str, bool], timedelta] = {}
    for spell in report.health:
        since, until = max(spell.since, report.started), min(spell.until or report.end, report.end)
        key = (spell.name, spell.inward)
        down[key] = down.get(key, timedelta()) + max(until - since, timedelta())
    for (name, inward), span in down.items():
        what = f"The way in {name} could not be read" if inward else f"{channel(name).capitalize()} was down"
        yield f"{what} for {lasting(span)} of the incident."
    given_up = [line for line in report.timeline if line.kind == "BridgeSet" and "given up: " in line.text]
    if given_up:
        yield f"{counted(len(given_up), 'bridge')} had to be given up."


def _people(report: Report) -> Iterator[str]:
    missed: dict[str, list[Evidence]] = {}
    for one in report.evidence:
        if one.unreached and (one.audience or one.kind in URGENT):
            missed.setdefault(one.audience or named(one.kind), []).append(one)
    for name, those in missed.items():
        worst = max(those, key=lambda one: one.unreached)
        notices = "" if len(those) == 1 else f", the worst of {len(those)} notices that did not reach all"
        why = f" ({worst.reasons[0][0]})" if worst.reasons else ""
        of = f"{many(worst.unreached)} of {many(worst.people)} people"
        yield f"{of} were not reached by the {named(worst.kind)}{_to(name, worst)}{why}{notices}."
    fallen = [one for one in report.evidence if one.audience and any(c.fallen_back for c in one.channels)]
    if fallen:
        most = max(fallen, key=lambda one: sum(c.fallen_back for c in one.channels))
        count = sum(c.fallen_back for c in most.channels)
        by = sentence(channel(c.channel) for c in most.channels if c.fallen_back)
        notices = counted(len(fallen), "notice")
        yield f"{notices} reached people by a later rung only, up to {many(count)} people at once ({by})."
    if report.replies:
        replies = counted(report.replies, "reply", "replies")
        yield f"{replies} came back without a verb: people asked, or did not know enough."


def _to(name: str, one: Evidence) -> str:
    return f" to {name}" if one.audience else ""
