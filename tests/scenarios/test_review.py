"""The review over the real wires: from the all-clear to REVIEWED, by mail, by text and by calendar programs."""

from typing import Any

from icalendar import Calendar

from daemon.core.model import Attendance, Review
from daemon.sandbox.mail_client import AUTHENTICATED, text_of
from daemon.sandbox.organization import Seen
from tests.parsers.mails import calendars
from tests.scenarios.play import INBOX, TEAM, Talk, talking

ASKED = ("An", *TEAM)

BETWEEN = """\
Hi,

see below.

On 2 Mar 2026, at 09:00, Acme Major Incidents <incidents@acme.example> wrote:

> Acme Retail · MI-1 · resolved
>
> 1. What went well, and should stay as it is?

The calls came at once.

> 2. What made it harder than it had to be: tools, information, access, waiting?

There was no spare disk in the rack.
ACTION Hugo: order two spare disks by Friday
ACTION Xavier: buy a rack by Friday
ACTION Rosa: measure the restore by 30 February

> 6. What should be done, by whom, until when?

> ACTION name: what by date

Nothing more.
"""


def entry(seen: Seen) -> Any:
    """The calendar's entry in a mail."""
    assert seen.mail is not None
    part = next(part for part in seen.mail.walk() if part.get_content_type() == "text/calendar")
    (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")  # type: ignore[arg-type]
    return event


async def answers(talk: Talk, name: str, asked: Seen, body: str) -> None:
    """A reply with answers between the questions, as a person's own program sends it."""
    person, mail = talk.organization.person(name), asked.mail
    assert mail is not None
    headers = {
        "In-Reply-To": str(mail["Message-ID"]),
        "References": f"{mail['References']} {mail['Message-ID']}",
        "Authentication-Results": AUTHENTICATED,
    }
    sender, subject = f"{person.name} <{person.emails[0]}>", f"Re: {mail['Subject']}"
    await talk.mails_as(sender, subject, body, headers=headers, to=str(mail["Reply-To"]))


async def calendar(talk: Talk, name: str, form: str, entry: str, revision: int, **changes: str) -> None:
    """What this person's calendar program answers."""
    for old, new in {"mi-7": "mi-1", "MI-7": "MI-1", **changes}.items():
        entry = entry.replace(old, new)
    person = talk.organization.person(name)
    raw = calendars.mail(form, entry.replace("SEQUENCE:0", f"SEQUENCE:{revision}"))
    raw = raw.replace(b"tom.baker@acme.example", person.emails[0].encode())
    await talk.organization.mail.deliver(f"Authentication-Results: {AUTHENTICATED}\r\n".encode() + raw, INBOX)
    await talk._settle()


def review(talk: Talk) -> Review:
    found = talk.organization.daemon.state.incidents["MI-1"].review
    assert found is not None
    return found


def written(talk: Talk, name: str) -> list[str]:
    """What this person has answered, word for word."""
    state = talk.organization.daemon.state
    who = talk.organization.person(name).id
    events = state.timelines["MI-1"]
    return [event.words for event in events if type(event).__name__ == "ReviewAnswered" and event.by == who]  # type: ignore[union-attr]


async def resolves(talk: Talk) -> None:
    await talk.texts("An", "RESOLVE MI-1 The shop works again.")
    talk.gets("An", "done-resolve", "sms")
    talk.team_over()
    talk.decided("decision-resolved", "An", "proposer-over")
    talk.staff_gets("all-clear")


async def test_from_the_all_clear_to_reviewed() -> None:
    async with talking() as talk:
        await talk.accepted()
        await resolves(talk)
        invited = [talk.gets(name, "review-invited", words=["MI-1"]) for name in ASKED]
        asked = {name: talk.gets(name, "review-questions") for name in ASKED}
        talk.nothing_else()
        assert {int(entry(seen)["SEQUENCE"]) for seen in invited} == {0}

        await answers(talk, "Tom", asked["Tom"], BETWEEN)
        talk.gets("Tom", "done-action", words=["order two spare disks", "Xavier", "30 February"])
        talk.gets("Hugo", "action-agreed", words=["order two spare disks"])
        talk.nothing_else()
        (words,) = written(talk, "Tom")
        for line in ("The calls came at once.", "There was no spare disk in the rack.", "Nothing more."):
            assert line in words
        assert "> 1. What went well, and should stay as it is?\nThe calls came at once." in words

        await calendar(talk, "Rosa", calendars.THUNDERBIRD, calendars.GOOGLE_REPLY, 0, DECLINED="ACCEPTED")
        talk.nothing_else()
        assert review(talk).attendance == {talk.organization.person("Rosa").id: Attendance.ACCEPTED}

        wish = {"20261127T090000Z": "20260304T130000Z", "20261126T150000Z": "20260304T140000Z"}
        await calendar(talk, "Hugo", calendars.THUNDERBIRD, calendars.GOOGLE_COUNTER, 0, **wish)
        talk.gets("An", "reply", words=["On Friday I am back"])
        talk.nothing_else()
        await calendar(talk, "An", calendars.THUNDERBIRD, calendars.GOOGLE_COUNTER, 0, **wish)
        moved = [talk.gets(name, "review-moved") for name in ASKED]
        talk.nothing_else()
        assert {(int(entry(seen)["SEQUENCE"]), f"{entry(seen)['DTSTART'].dt:%d %H:%M}") for seen in moved} == {
            (1, "04 13:00")
        }

        await talk.passes("24h")
        talk.all_get(("An", "Rosa", "Hugo"), "review-reminder")
        talk.nothing_else()
        await answers(talk, "Rosa", asked["Rosa"], "UPDATE frequency was too low for the stores.")
        talk.gets("Rosa", "done-answer")
        talk.nothing_else()
        assert written(talk, "Rosa") == ["UPDATE frequency was too low for the stores."]
        await talk.texts("Hugo", "DONE 1 they are in")
        talk.gets("Hugo", "done-done", "sms")
        talk.gets("An", "action-done")
        talk.nothing_else()

        await talk.texts("An", "REOPEN MI-1 the errors are back")
        talk.gets("An", "done-reopen", "sms")
        talk.decided("decision-reopened", "An", "proposer-accepted")
        talk.staff_gets("reopened")
        off = [talk.gets(name, "review-off") for name in ASKED]
        await talk.team_joins("An")
        talk.nothing_else()
        await resolves(talk)
        again = [talk.gets(name, "review-invited") for name in ASKED]
        asked = {name: talk.gets(name, "review-questions") for name in ASKED}
        talk.nothing_else()
        entries = [entry(each[0]) for each in (invited, moved, off, again)]
        assert len({str(one["UID"]) for one in entries}) == 1
        assert [int(one["SEQUENCE"]) for one in entries] == [0, 1, 2, 3]
        assert [str(one["STATUS"]) for one in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]

        await talk.passes("73h")
        talk.all_get(ASKED, "review-reminder")
        talk.all_get(ASKED, "review-reminder")
        talk.gets("An", "review-due")
        await answers(talk, "An", asked["An"], "REVIEWED the disks are in")
        talk.gets("An", "done-reviewed")
        talk.all_get((*TEAM, "James", "Claire"), "review-closed", words=["the disks are in"])
        await talk.passes("72h")
        talk.nothing_else()


async def test_answers_between_the_lines_that_outlook_does_not_mark() -> None:
    async with talking() as talk:
        await talk.accepted()
        await resolves(talk)
        talk.all_get(ASKED, "review-invited")
        asked = {name: talk.gets(name, "review-questions") for name in ASKED}["Tom"]
        assert asked.mail is not None
        ours = text_of(asked.mail).split("\n\n")
        at = next(n for n, line in enumerate(ours) if line.startswith("2. "))
        mine = "No spare disk anywhere in the rack.\nACTION Hugo: order two by Friday"
        quoted = "\n\n".join((*ours[: at + 1], mine, *ours[at + 1 :]))
        head = (
            f"From: {asked.mail['From']}\nSent: Monday, March 2, 2026 9:10 AM\nTo: Tom Baker\nSubject: {asked.subject}"
        )
        await answers(talk, "Tom", asked, f"See my answers below in red.\n\nTom\n\n{head}\n\n{quoted}\n")
        talk.gets("Tom", "done-action", words=["order two"])
        talk.gets("Hugo", "action-agreed")
        talk.nothing_else()
        assert written(talk, "Tom") == [f"See my answers below in red.\n\nTom\n\n> {ours[at]}\n{mine}"]


async def test_who_has_no_mail_takes_part_by_text() -> None:
    edits = {"Hugo Moreau,hugo.moreau@acme.example,": "Hugo Moreau,,"}
    async with talking(edits) as talk:
        await talk.accepted()
        await resolves(talk)
        talk.all_get(("An", "Tom", "Rosa"), "review-invited")
        talk.all_get(("An", "Tom", "Rosa"), "review-questions")
        talk.gets("Hugo", "review-questions", "sms", words=["MI-1"])
        await talk.texts("Hugo", "MI-1 there was no spare disk")
        talk.gets("Hugo", "done-answer", "sms")
        await talk.texts("Hugo", "ACTION me: order two by tomorrow")
        talk.gets("Hugo", "done-action", "sms", words=["Hugo Moreau"])
        talk.nothing_else()
        assert written(talk, "Hugo") == ["there was no spare disk"]


async def test_out_of_office_is_no_answer_and_a_restart_loses_nothing() -> None:
    async with talking() as talk:
        await talk.accepted()
        await resolves(talk)
        talk.review_opens(*ASKED)
        talk.nothing_else()
        away = {"Auto-Submitted": "auto-replied", "Authentication-Results": AUTHENTICATED}
        await talk.mails_as("tom.baker@acme.example", "Automatic reply: [MI-1] Review", "I am away.", headers=away)
        await talk.restarts()
        assert review(talk).answered == frozenset()
        await talk.passes("24h")
        talk.all_get(ASKED, "review-reminder")
        talk.nothing_else()
