"""Who is in charge and how that changes; what is confidential; how it ends; drills."""

from collections.abc import Iterator

from config.types import MANAGERS
from daemon.core.deciding import MISSED_BEFORE_TAKE, OBJECT_WITHIN
from daemon.core.handing import ANSWERED_WITHIN
from daemon.document import words
from daemon.document.model import Block, Code, Gap, Paragraph, Points, Section, Words
from daemon.procedure.frame import Frame


def charge(frame: Frame) -> Section:
    object_within, join_within = words.lasting(OBJECT_WITHIN), words.lasting(ANSWERED_WITHIN)
    points: list[Words] = [
        (
            Code("HANDOVER MI-7 name"),
            ": that manager gets a briefing and must ",
            Code("JOIN"),
            f"; until then nothing changes. {join_within} of silence are reported back.",
        ),
        (
            Code("TAKE MI-7"),
            ": any manager takes charge; at once where nobody is in charge or "
            f"{MISSED_BEFORE_TAKE} updates were missed, else after {object_within} without an "
            "objection of the one in charge.",
        ),
        (Code("DEPUTY MI-7 name"), ": that person may write updates and the all-clear as well."),
    ]
    alone = len(frame.contacts(MANAGERS)) < 2
    missing = (Gap("There is one incident manager only: nobody can take over."),) if alone else ()
    return Section("Handing over and taking charge", (Points(tuple(points)), *missing))


def confidential(frame: Frame) -> Section:
    services = [service.name for service in frame.configuration.procedure.services if service.confidential]
    named = f" Incidents of {words.sentence(services)} are so from the start." if services else ""
    inside = words.sentence(
        audience.name for audience in frame.configuration.procedure.audiences if audience.confidential
    )
    told = f"of the audiences only {inside} get them" if inside else "there are no updates to audiences"
    return Section(
        "Confidential incidents",
        (
            Paragraph(
                (
                    "A proposal with the line ",
                    Code("Confidential: yes"),
                    ", or ",
                    Code("CONFIDENTIAL MI-7"),
                    " by the proposer or a manager, makes an incident confidential. Messages about it then say "
                    f"its number and what to do, and nothing else; {told}; to everybody else "
                    f"it does not exist, in answers, lists and logs.{named}",
                )
            ),
        ),
    )


def ending(_: Frame) -> Section:
    return Section(
        "The end",
        (
            Points(
                (
                    (
                        Code("RESOLVE MI-7 words"),
                        " sends the all-clear, with these words, to everyone who heard of it.",
                    ),
                    (
                        Code("DOWNGRADE MI-7 reason"),
                        " says that it was no major incident after all, to the same people.",
                    ),
                    (Code("REOPEN MI-7 reason"), " brings it back; whoever sends it is in charge."),
                )
            ),
        ),
    )


def drills(frame: Frame) -> Section:
    return Section("Drills", tuple(_drills(frame)))


def _drills(frame: Frame) -> Iterator[Block]:
    rules = frame.configuration.procedure.drill
    yield Paragraph(
        (
            "A drill (",
            Code("murphyd drill"),
            ") is this procedure on the real channels. Every message begins by saying that it is an exercise, its "
            "number is ",
            Code("DR-1"),
            " and its verbs need it, and a real proposal ends it. Its report says who was reached, by what and in how "
            "many seconds, and who was not.",
        )
    )
    lists = f"the lists {words.sentence(rules.lists)}" if rules.lists else "everybody"
    if rules.every:
        yield Paragraph(f"One is held by itself {words.every(rules.every)}, with {lists}.")
    if rules.roll_call_every:
        asked = words.every(rules.roll_call_every)
        yield Paragraph(f"A roll call, one message that only asks for an answer, goes {asked} to {lists}.")
    if not rules.every and not rules.roll_call_every:
        yield Gap("No drill is scheduled: what was never tried is not known to work.")
