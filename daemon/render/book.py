"""docs/messages.md: every kind of notice, when it is sent, and an example in English."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import fill
from zoneinfo import ZoneInfo

from config.types import Detail
from daemon.core.kinds import Kind
from daemon.render.catalog import FALLBACK, ours
from daemon.render.examples import PUBLIC, full
from daemon.render.fitting import SEGMENTS, SEGMENTS_OF_OTHERS
from daemon.render.times import locale_of
from daemon.render.wording import Wording
from parsers.segments import segments

PAGE = Path("docs/messages.md")

_GROUPS: tuple[tuple[str, dict[Kind, str]], ...] = (
    (
        "To the incident managers",
        {
            Kind.DECISION_REQUEST: "Someone proposes a major incident: each rung of the decide ladder asks.",
            Kind.DECISION_ACCEPTED: "Somebody accepted.",
            Kind.DECISION_UNMANAGED: "Nobody decided in time, and the procedure says to accept.",
            Kind.DECISION_REJECTED: "Somebody rejected.",
            Kind.DECISION_WITHDRAWN: "The proposer withdrew.",
            Kind.DECISION_DOWNGRADED: "The incident manager canceled: no major incident after all.",
            Kind.DECISION_RESOLVED: "The incident manager ended it.",
            Kind.DECISION_REOPENED: "Somebody brought it back.",
            Kind.DECISION_TAKEN: "Somebody took charge.",
            Kind.DECISION_BUNDLE: "Several proposals within a minute, in one message.",
            Kind.SAME_REQUEST: "A proposal looks like another: the managers are asked once.",
            Kind.DECISION_SAME: "It is part of another incident.",
            Kind.DECISION_NEW: "It is an incident of its own after all.",
            Kind.DECISION_SERVICE: "The affected services were changed.",
            Kind.DECISION_CONFIDENTIAL: "It was made confidential.",
            Kind.HANDOVER_OFFERED: "Somebody is asked to take over.",
            Kind.HANDOVER_BRIEFING: "To the one who is asked to take over.",
            Kind.HANDOVER_FAILED: "The one who was asked declined, or was silent.",
            Kind.DECISION_HANDED_OVER: "Somebody took over.",
            Kind.DEPUTY_NAMED: "A deputy was named.",
            Kind.ROSTER: "The team has changed.",
            Kind.TEAM_EXHAUSTED: "Nobody is left to call in a discipline.",
            Kind.BRIDGE_FAILED: "The bridge does not work, and there is no other.",
            Kind.PREVIEW: "An update, before it goes out: to its writer, and to whoever takes charge meanwhile.",
            Kind.PREVIEW_STOPPED: "To the one who held it back.",
            Kind.NO_PREVIEW: "Nothing waits that could be held back.",
            Kind.PROCEDURE: "The written procedure has changed.",
            Kind.TAKE_ANNOUNCED: "To the one in charge: somebody wants to take charge.",
            Kind.TAKE_OBJECTED: "To the one who wanted to take charge: the incident manager objects.",
            Kind.TAKE_REQUEST: "Updates in a row were missed: the other managers are asked to take charge.",
            Kind.REMINDER: "An update is due soon and has not been written.",
            Kind.MISSED: "A promised update was not written in time.",
            Kind.REPLY: "Somebody replied without a verb.",
            Kind.UNREACHED: "Some people could not be reached; or, to the operators, nobody who may decide.",
        },
    ),
    (
        "In the review",
        {
            Kind.REVIEW_INVITED: "After the all-clear, to all who had a part in it: an invitation for the calendar.",
            Kind.REVIEW_QUESTIONS: "With it, in a mail of its own, so that it stays when the invitation is accepted.",
            Kind.REVIEW_MOVED: "The meeting is at another time.",
            Kind.REVIEW_OFF: "The incident was reopened: no review for now.",
            Kind.REVIEW_REMINDER: "To those who have not answered.",
            Kind.REVIEW_DUE: "To the one who leads the review: it is due.",
            Kind.REVIEW_OVERDUE: "To the other managers, once: the one who leads it lets the reminders go unanswered.",
            Kind.REVIEW_HANDED_OVER: "Somebody else leads it.",
            Kind.REVIEW_CLOSED: "To all who were asked, and the managers.",
            Kind.ACTION_AGREED: "To the action's owner, where somebody else wrote it down.",
            Kind.ACTION_REMINDER: "To the action's owner: it is due soon, or overdue.",
            Kind.ACTION_DONE: "To the one who leads the review: somebody has done an action.",
            Kind.DONE_ANSWER: "An answer came in.",
            Kind.DONE_ACTION: "ACTION was noted, and which lines were not.",
            Kind.DONE_DONE: "DONE was noted.",
            Kind.DONE_REVIEWED: "REVIEWED was done.",
            Kind.NO_ACTION: "ACTION without a name, a day or words that we understand.",
            Kind.NO_SUCH_ACTION: "DONE with a number that is no open action's.",
            Kind.NO_REVIEW: "A verb of the review where there is none.",
        },
    ),
    (
        "To the proposer",
        {
            Kind.PROPOSAL_RECEIVED: "The proposal came in.",
            Kind.PROPOSAL_REFUSED: "A contact may not propose, and the configuration says to refuse.",
            Kind.PROPOSAL_EMPTY: "The proposal had no words.",
            Kind.PROPOSAL_WAITING: "Ten minutes without a decision.",
            Kind.PROPOSER_ACCEPTED: "The proposal was accepted.",
            Kind.PROPOSER_REJECTED: "The proposal was rejected.",
            Kind.PROPOSER_OVER: "What was proposed is resolved or canceled.",
            Kind.PROPOSER_SAME: "What was proposed is part of another incident.",
            Kind.PROPOSER_NEW: "What was proposed is an incident of its own after all.",
        },
    ),
    (
        "To the team",
        {
            Kind.PAGE: "An engineer is needed.",
            Kind.PAGE_OVER: "Somebody who was paged or joined is not needed any more.",
            Kind.BRIDGE: "Where to meet, again or from now on.",
            Kind.BRIDGE_CALL: "A call that puts a person through to the bridge.",
        },
    ),
    (
        "To the audiences",
        {
            Kind.INITIAL: "The first notice, at once after ACCEPT.",
            Kind.UPDATE: "The incident manager wrote an update.",
            Kind.HOLDING: "A promised update was not written: this goes out on time instead.",
            Kind.ALL_CLEAR: "The incident is resolved.",
            Kind.CANCELED: "It is no major incident after all.",
            Kind.REOPENED: "The incident is back.",
        },
    ),
    (
        "Answers to the sender of a verb",
        {
            Kind.DONE_ACCEPT: "ACCEPT was done.",
            Kind.DONE_REJECT: "REJECT was done.",
            Kind.DONE_WITHDRAW: "WITHDRAW was done.",
            Kind.DONE_UPDATE: "UPDATE was done.",
            Kind.DONE_NOTE: "NOTE was done.",
            Kind.DONE_EVERY: "EVERY was done.",
            Kind.DONE_DOWNGRADE: "DOWNGRADE was done.",
            Kind.DONE_RESOLVE: "RESOLVE was done.",
            Kind.DONE_REOPEN: "REOPEN was done.",
            Kind.DONE_TAKE: "TAKE was done.",
            Kind.DONE_SAME: "SAME was done.",
            Kind.DONE_NEW: "NEW was done.",
            Kind.DONE_SERVICE: "SERVICE was done.",
            Kind.DONE_CONFIDENTIAL: "CONFIDENTIAL was done.",
            Kind.DONE_TEAM: "TEAM was done.",
            Kind.DONE_JOIN: "JOIN was done.",
            Kind.DONE_DECLINE: "DECLINE was done.",
            Kind.DONE_BRIDGE: "BRIDGE was done.",
            Kind.DONE_DEPUTY: "DEPUTY was done.",
            Kind.DONE_HANDOVER: "HANDOVER was begun.",
            Kind.NO_SUCH_NAME: "The words name nobody and nothing that is known, or more than one.",
            Kind.NO_BRIDGE: "There is no bridge to go to.",
            Kind.TAKE_WAITS: "TAKE waits for an objection of the one in charge.",
            Kind.ALREADY_DECIDED: "Somebody else decided first.",
            Kind.REJECT_AFTER_ACCEPT: "REJECT came after an ACCEPT.",
            Kind.WRONG_STATUS: "The verb does not work in this status.",
            Kind.NOT_ALLOWED: "The sender may not use this verb.",
            Kind.NOT_IN_CHARGE: "The verb is for the incident manager, and the sender is another manager.",
            Kind.WHICH_INCIDENT: "More than one incident may be meant.",
            Kind.NO_SUCH_INCIDENT: "There is no incident of this number, or none that the sender may know of.",
            Kind.NO_INCIDENT: "The sender has not been told of any incident that it could be about.",
            Kind.NO_WORDS: "The verb needs words.",
            Kind.BAD_INTERVAL: "EVERY without an interval or audience that works.",
            Kind.NOT_UNDERSTOOD: "No verb was found in a manager's answer.",
            Kind.DID_YOU_MEAN: "One letter away from a verb.",
            Kind.STALE: "Sent before the last change of status or manager, or too long on its way.",
            Kind.CONFIRM_SENDER: "The evidence that it is from its sender is too weak; goes by another channel.",
            Kind.CONFIRM_WORDS: "It is in doubt which words may go out.",
            Kind.NEXT_WORD: "Somebody in an audience replied: answered once for each incident.",
            Kind.STATUS: "STATUS was asked.",
            Kind.HELP: "HELP was asked, or words without a verb came from someone with no incident.",
            Kind.STOPPED: "STOP came by text; answered by email.",
            Kind.STARTED: "START came by text.",
            Kind.OPTED_OUT: "By mail, once: a phone takes no texts of ours because STOP came from it.",
        },
    ),
    (
        "To the operators",
        {
            Kind.FIRST_SIGHT: "A mailbox or number is read for the first time.",
            Kind.SOURCE_DOWN: "A mailbox or number can't be read.",
            Kind.SOURCE_UP: "It can be read again.",
            Kind.CHANNEL_DOWN: "A channel can't send.",
            Kind.CHANNEL_UP: "It sends again.",
            Kind.STATE_DOWN: "The disk can't be written.",
            Kind.STATE_UP: "It can be written again.",
            Kind.STATE_DAMAGED: "Part of the stored state was damaged.",
            Kind.CONFIGURATION_REFUSED: "A new configuration is faulty.",
            Kind.SOURCE_COMPLAINT: "A mailbox or number that works has something to say.",
            Kind.CANARY_LOST: "A test message to ourselves did not come back.",
            Kind.DUTY_STALE: "A duty calendar can't be read.",
            Kind.PART_DOWN: "A part of Murphy itself keeps failing: a task, the web server, the heartbeat.",
            Kind.PART_UP: "It works again.",
            Kind.BOARD_LINK: "To a manager or operator who asked on the board's page: a link that opens it once.",
            Kind.CHECK_FINDINGS: "The daily check found what it had not found before.",
        },
    ),
    (
        "Exercises",
        {
            Kind.DRILL_SOON: "To managers and operators: an exercise begins by itself.",
            Kind.ROLL_CALL: "To everybody: only a test who can be reached.",
            Kind.DRILL_REPLY: "An answer in an exercise without a verb, or in a roll call.",
            Kind.DRILL_OVER: "An exercise ended before its time.",
            Kind.DRILL_REPORT: "To managers and operators: who was reached.",
        },
    ),
)

_INTRODUCTION = """\
# Messages

Every kind of notice, when it is sent, and an example of its English words. This page is generated from the
templates: `python -m daemon.render.book`.

The words are in `daemon/render/templates`, one file for each language: en, nl, fr, de, es. A reader gets their own
language, else the organization's, else English. An organization replaces any of them, key by key, in its
configuration folder: `templates/en.toml` with, say,

```toml
[all-clear]
text = "It works again: {{ title }}. {{ words }}"

[verbs]
ACCEPT = ["agree"]

[statuses]
accepted = "being repaired"
```

## What a language file has

- `[verbs]`: further spellings of a verb. Words that carriers take (STOP, START, YES, END, CANCEL, QUIT, INFO,
  UNSUBSCRIBE) are refused.
- `[forms]`: how a verb is shown, beginning with the verb itself; `{incident}` becomes the number.
- `[statuses]`: the statuses in words.
- `[phrases]`: parts of several messages, included by `{% include 'next' %}`; `again_text`, `again_sms`,
  `unsaved_text`, `unsaved_sms`, `exercise`, `exercise_text`, `exercise_voice`, `footer`, `reply_sms` and `subject` are
  put in by themselves. `review_questions` has a question of the post-incident review on each line; `[review]` in
  procedure.toml may have others. `invitation_summary` and `invitation_text` stand in the calendar.
- a section for each kind: `text` (mail, and named channels), `sms`, and where wanted `voice` and `subject`. `subject`
  counts only without an incident, and for `roll-call`: the others share one subject for each incident, and one for
  its review, so that mail programs thread them.

Templates are Jinja2, in a sandbox. In a mail a blank line parts paragraphs and a line that begins with `- ` is an item
of a list; the HTML is made from the same text. A text message gets its number first and the verbs that work last, and
{SEGMENTS}

What a template may use; what there is nothing to say about is empty:

- `incident`, `kind`, `status` (in words), `state` (as in the timeline), `organization`
- `title` (the service's public name, or for managers the summary), `impact` (the service's sentence), `words`
- only for those who may read it: `summary`, `details`, `proposed_impact`, `management`, `proposer`, `manager`,
  `people`, `replies`; `detailed` is true for them
- `actor` (who did it), `verb`, `form` and `suggestion` (a verb as it should be written), `forms` (all that work now;
  in a mail without PROPOSE, for which `proposing` is true: that takes a new mail),
  `lines` (each with `incident`, `status`, `title`, `other`; `numbers(lines)` lists the numbers), `count`,
  `hold` (unknown, late), `source`, `reason`
- `meeting` (the bridge: `name`, `url`, `phone`, `pin`, `ways`, and `said` for one line), `crews` (each with
  `discipline`, `joined`, `asked`, `missing`, `exhausted`), `discipline`, `other` (another incident's number),
  `next_people` (who is asked next), `name`, `reach` (an exercise's figures)
- in the review `meet` (the meeting: `start`, `lasts`, `people`), `questions`, `actions` (each with `number`, `owner`,
  `what`, `said` for both, `due`, `done`, `overdue`), `plain` (answered in plain words), `reviewing`;
  `link` (to the board)
- in calls `keys` (a key pressed is heard), `number` (where texts are read, digit by digit), `spoken` (the incident's
  number), `spelled(text)`
- `at`, `proposed`, `accepted`, `ended`, `last_word`, `due`: shown by `time(due)`, in the reader's zone
- `when(moment)` has the day in full, `date(day)` shows a day without a time: Tuesday 1 December 2026
- `every`: shown by `duration(every)`; `names(people)`, `any_of(forms)`; the filter `stop` ends a sentence
- `holding` (a missed update is replaced by a holding update), `confidential`

All messages of an exercise begin with the phrase `exercise`; mails have `exercise_text` above all else, and calls
begin with `exercise_voice`.

A confidential notice has no names of disciplines, `title`, `summary`, `details`, `impact`, `proposed_impact`, `words`,
`management`, `reason`, and of actions no `what`.
"""


def groups() -> tuple[tuple[str, Mapping[Kind, str]], ...]:
    """For whom each kind is and when it is sent, in the page's order."""
    return _GROUPS


def page() -> str:
    """The whole page, in Markdown."""
    many = max(SEGMENTS.values())
    limits = f"its words are shortened to keep it within {SEGMENTS_OF_OTHERS} parts, or {many} for {_listed()}."
    wrapped = fill(limits, 120, break_on_hyphens=False)
    return "\n".join((_INTRODUCTION.replace("{SEGMENTS}", wrapped), *_sections()))


def _listed() -> str:
    *names, last = (f"`{kind}`" for kind in SEGMENTS)
    return f"{', '.join(names)} and {last}"


def _sections() -> Iterator[str]:
    wording = Wording(ours(FALLBACK), locale_of(FALLBACK), ZoneInfo("Europe/Brussels"), "Acme Retail")
    for title, kinds in _GROUPS:
        yield f"## {title}\n"
        for kind, occasion in kinds.items():
            yield f"### {kind}\n\n{occasion}\n"
            for detail in Detail if kind in PUBLIC else (Detail.MANAGEMENT,):
                yield from _example(wording, kind, detail)


def _example(wording: Wording, kind: Kind, detail: Detail) -> Iterator[str]:
    notice = full(kind, detail)
    mail, text = wording.mail(notice), wording.text(notice)
    depth = f", {detail} depth" if kind in PUBLIC else ""
    said = mail.whole(wording.organization, notice.incident).rstrip()
    yield f"Mail{depth}: **{mail.subject}**\n\n```text\n{said}\n```\n"
    parts = segments(text).segments
    yield f"Text message{depth}, {parts} part{'s' if parts > 1 else ''}:\n\n```text\n{text}\n```\n"
    if wording.catalog.has(f"{kind}.voice"):
        yield f"Call:\n\n```text\n{wording.speech(notice)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
