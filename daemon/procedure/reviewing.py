"""After the all-clear: who is asked what in the post-incident review, when, and how it is closed; the targets."""

from collections.abc import Iterator
from datetime import timedelta

from daemon.core.review_times import MORNING, OFTEN
from daemon.document import words
from daemon.document.model import Block, Code, Paragraph, Points, Section, Table, Words
from daemon.procedure.frame import Frame
from daemon.procedure.templates import language_of
from daemon.render.catalog import load

NO_TARGET = "no target"


def review(frame: Frame) -> Section:
    return Section("The post-incident review", tuple(_review(frame)))


def _review(frame: Frame) -> Iterator[Block]:
    rules = frame.configuration.procedure.review
    start, end = rules.hours
    yield Paragraph(
        "RESOLVE opens it; an exercise has none. It asks how things went, and not who is to blame. Its owner is the "
        "incident manager; asked are, besides, everybody who was ever in charge, the deputies, and the engineers who "
        "joined."
    )
    yield _calendar(frame)
    yield Paragraph(
        f"People meet for {words.lasting(rules.lasts)}, between {start:%H:%M} and {end:%H:%M} on a working day, before "
        "the review is due if there is one. Ordinary calendar programs show the invitation, and answer it: another "
        "time that the owner proposes there moves the meeting for all, anybody else's goes to the owner."
    )
    yield _verbs()
    yield Paragraph("The questions:")
    yield Points(tuple(_questions(frame)), numbered=True)
    yield Paragraph(
        (
            "The report has the timeline, what reached whom and when, every message, the answers word for word, and "
            "the actions: ",
            Code("murphyd review MI-7"),
            ". It has how long each of these took beside its target:",
        )
    )
    yield _targets(frame)


def _calendar(frame: Frame) -> Table:
    rules = frame.configuration.procedure.review
    every, due = words.every(rules.remind_every), words.lasting(rules.within)
    again = f"{every}, after {OFTEN} times {words.every(rules.remind_every * OFTEN)}"
    return Table(
        ("when", "to", "what"),
        (
            (
                "with the all-clear",
                "those who are asked",
                "an invitation for the calendar, and a mail of the questions",
            ),
            (f"{every}, until it is due", "those who have not answered", "the questions again"),
            (f"{due} after the all-clear, then {again}", "the owner", "who has answered, the actions, and to close it"),
            (
                f"at {MORNING:%H:%M} on the day before an action is due, on that day, and then {again}",
                "whoever is to do it",
                "what is to be done",
            ),
        ),
    )


def _verbs() -> Points:
    points: tuple[Words, ...] = (
        "A reply in plain words, below the questions or between them, is an answer. It is kept word for word.",
        (
            Code("ACTION MI-7 Ann: replace the switch by Friday"),
            ", on a line of its own in that reply, or by text: an action. The answer repeats the whole name and the "
            "day, so that a wrong understanding shows; what is not understood is not guessed.",
        ),
        (Code("DONE MI-7 2"), ": action 2 is done."),
        (Code("HANDOVER MI-7 name"), ": somebody else owns the review, at once."),
        (
            Code("REVIEWED MI-7 words"),
            ", by the owner, closes it: everybody who was asked, and the managers, get the words and the actions that "
            "are open. Those go on until they are done.",
        ),
        (Code("REOPEN MI-7 reason"), ": the incident is back, and the meeting is off."),
    )
    return Points(points)


def _questions(frame: Frame) -> tuple[str, ...]:
    """The organization's own, else those of its language."""
    configuration = frame.configuration
    own = configuration.procedure.review.questions
    return own or load(configuration.templates)[language_of(configuration)].questions()


def _targets(frame: Frame) -> Table:
    targets = frame.configuration.procedure.targets
    return Table(
        ("from", "until", "within"),
        (
            ("the proposal", "the decision", _within(targets.decide)),
            ("the proposal", "the first notice", _within(targets.first_notice)),
            ("the acceptance", "every discipline has whom it needs", _within(targets.team)),
            ("the proposal", "the all-clear", _within(targets.resolve)),
        ),
    )


def _within(target: timedelta | None) -> str:
    return words.lasting(target) if target else NO_TARGET
