"""A notice in words: what its templates say in one language and zone, before it becomes a mail, a text or a call."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from zoneinfo import ZoneInfo

from babel import Locale

from config.types import Detail
from daemon.core.content import Content, Meeting
from daemon.core.kinds import Kind
from daemon.core.model import DRILL, Status
from daemon.core.notices import Notice
from daemon.core.verbs import WITH_CODE
from daemon.render import parts
from daemon.render.catalog import Catalog
from daemon.render.discretion import LACKING, LONG, discreet
from daemon.render.fitting import SEGMENTS, SEGMENTS_OF_OTHERS, fitted
from daemon.render.formats import Formats
from daemon.render.plain import BODY, ELLIPSIS, LINE, clean, line, one_line, shorten, tidy
from parsers.types import Verb

_STATUS_OF_KIND = {
    Kind.INITIAL: Status.ACCEPTED,
    Kind.UPDATE: Status.ACCEPTED,
    Kind.HOLDING: Status.ACCEPTED,
    Kind.REOPENED: Status.ACCEPTED,
    Kind.ALL_CLEAR: Status.RESOLVED,
    Kind.CANCELED: Status.CANCELED,
}
_NAMES = frozenset({"proposer", "manager", "actor", "source", "name", "discipline", "other"})

_OWN = frozenset({Kind.ACTION_AGREED, Kind.ACTION_REMINDER})
"""To the owner of all the actions in it, who needs no name to know whose they are."""

_ASKING = frozenset({Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER})
_PLAIN = _ASKING | {Kind.REVIEW_INVITED, Kind.REVIEW_MOVED}
"""Answered in plain words."""

_REVIEWING = _PLAIN | _OWN | LACKING | {
    Kind.REVIEW_OFF, Kind.REVIEW_DUE, Kind.REVIEW_OVERDUE, Kind.REVIEW_HANDED_OVER, Kind.REVIEW_CLOSED,
    Kind.ACTION_DONE, Kind.DONE_ANSWER, Kind.DONE_DONE, Kind.DONE_REVIEWED, Kind.NO_SUCH_ACTION,
}  # fmt: skip
"""Their mails are a thread of their own, beside the incident's."""

_NAMES_IN_MAIL = 40
_NAMES_IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a mail. `footer` lists what can be answered; `status` is in words.

    Of an exercise, `mark` is the word and `exercise` the sentence that say so; "" otherwise.
    """

    subject: str
    state: Status | None
    status: str
    body: str
    footer: str
    mark: str = ""
    exercise: str = ""

    def whole(self, *head: str) -> str:
        """The plain text: one line of where it is from and how it stands, the body, the footer."""
        first = " · ".join(filter(None, (*head, self.status)))
        return "\n\n".join(filter(None, (first, self.exercise, self.body, self.footer))) + "\n"


@dataclass(frozen=True, slots=True)
class Wording:
    """Speaks one language in one zone for one organization."""

    catalog: Catalog
    locale: Locale
    zone: ZoneInfo
    organization: str
    holding: bool = True
    """Whether a missed update is replaced by a holding update."""
    keys: bool = True
    """Whether a key pressed in a call is heard."""
    number: str = ""
    """Where texts are read, digit by digit for a voice; "" where none are."""

    def mail(self, notice: Notice) -> Words:
        notice = discreet(notice)
        say = self._variables(notice, BODY, _NAMES_IN_MAIL, by_mail=True)
        state = notice.content.status or _STATUS_OF_KIND.get(notice.kind)
        body = self.catalog.render(f"{notice.kind}.text", say)
        if notice.content.again:
            body = self.catalog.render("again_text", say) + "\n\n" + body
        if _unsaved(notice):
            body += "\n\n" + self.catalog.render("unsaved_text", say)
        return Words(
            subject=self._subject(notice, say),
            state=state,
            status=self.catalog.status[state] if state else "",
            body=tidy(body),
            footer=tidy(self.catalog.render("footer", say)),
            mark=self._mark(notice),
            exercise=self._marked("exercise_text", say) if _drill(notice) else "",
        )

    def text(self, notice: Notice, code: str = "") -> str:
        """One text message in the fewest segments: the number first, the verbs last, long words shortened.

        With a code, the verbs that need it are shown with it.
        """
        notice = discreet(notice)
        limit = SEGMENTS.get(notice.kind, SEGMENTS_OF_OTHERS)
        return fitted(lambda length: self._text(notice, length, code), limit)

    def speech(self, notice: Notice) -> str:
        """What a voice says: the kind's own words, else its text without the verbs to type."""
        notice = discreet(notice)
        if self.catalog.has(f"{notice.kind}.voice"):
            say = self._variables(notice, LINE, _NAMES_IN_TEXT)
            marked = self._marked("exercise_voice", say) + " " if _drill(notice) else ""
            return one_line(marked + self.catalog.render(f"{notice.kind}.voice", say))
        content = notice.content
        spoken = replace(content.meeting, url="", phone=" ".join(content.meeting.phone)) if content.meeting else None
        return self._text(replace(notice, content=replace(content, forms=(), meeting=spoken)), LINE)

    def phrase(self, name: str, notice: Notice) -> str:
        """One phrase alone, filled in for this notice: what a calendar's entry says."""
        notice = discreet(notice)
        return tidy(self.catalog.render(name, self._variables(notice, BODY, _NAMES_IN_MAIL, by_mail=True)))

    def _text(self, notice: Notice, length: int, code: str = "") -> str:
        say = self._variables(notice, length, _NAMES_IN_TEXT, code)
        sentences = (
            f"{self._mark(notice)} {notice.incident}:" if notice.incident else "",
            self.catalog.render("again_sms", say) if notice.content.again else "",
            self.catalog.render(f"{notice.kind}.sms", say),
            self.catalog.render("unsaved_sms", say) if _unsaved(notice) else "",
            self.catalog.render("reply_sms", say),
        )
        return one_line(" ".join(sentences)).replace(f"{ELLIPSIS}.", ELLIPSIS)

    def _subject(self, notice: Notice, say: Mapping[str, object]) -> str:
        """One for all of an incident, one for all of its review, whatever is said: mail programs thread by it."""
        if notice.incident:
            own = f"{notice.kind}.subject" if notice.kind is Kind.ROLL_CALL else "subject"
            return line(f"{self._mark(notice)} [{notice.incident}] {self.catalog.render(own, say)}")
        if notice.subject:
            answered = line(notice.subject)
            return answered if answered[:3].lower() == "re:" else f"Re: {answered}"
        own = f"{notice.kind}.subject"
        return line(self.catalog.render(own if self.catalog.has(own) else "subject", say))

    def _mark(self, notice: Notice) -> str:
        return self._marked("exercise", {}) if _drill(notice) else ""

    def _marked(self, phrase: str, say: Mapping[str, object]) -> str:
        """Never empty: an organization may say it in other words, and not leave it out."""
        return line(self.catalog.render(phrase, say)) or "EXERCISE"

    def _variables(
        self, notice: Notice, length: int, most_names: int, code: str = "", *, by_mail: bool = False
    ) -> dict[str, object]:
        content = notice.content
        formats = Formats(self.catalog, self.locale, self.zone, notice.at, most_names)
        still_open = [action for action in content.actions if not action.done]

        def coded(verb: Verb, incident: str) -> str:
            incident = content.other if verb is Verb.SAME and content.other else incident
            return f"{incident} {code}".strip() if verb in WITH_CODE else incident

        def form(verb: Verb | None, incident: str) -> str:
            if verb is Verb.DONE and len(still_open) == 1:
                return f"{verb} {incident} {still_open[0].number}"
            return self.catalog.form(verb, coded(verb, incident)) if verb else ""

        # A reply is never a proposal: who has a mail before them is told to write a new one.
        answers = [verb for verb in content.forms if not (by_mail and verb is Verb.PROPOSE)]
        own = notice.kind in _OWN
        people = tuple(shorten(line(each), length if notice.kind in LACKING else LINE) for each in content.people)
        example = notice.incident or (content.lines[0].incident if content.lines else "")
        return {
            **_said(content, length),
            "people": people,
            "actions": [parts.action(action, own, length) for action in content.actions],
            "meet": parts.review_meeting(content.meet) if content.meet else None,
            "questions": self._questions(content) if notice.kind in _ASKING else (),
            "meeting": _meeting(content.meeting, formats) if content.meeting else None,
            "crews": [parts.crew(crew) for crew in content.crews],
            "spoken": notice.incident.removeprefix("MI-"),
            "incident": notice.incident,
            "code": code,
            "kind": notice.kind.value,
            "reviewing": notice.kind in _REVIEWING,
            "plain": notice.kind in _PLAIN,
            "organization": self.organization,
            "confidential": notice.confidential,
            "holding": self.holding,
            "detailed": notice.detail is Detail.MANAGEMENT,
            "keys": self.keys,
            "number": self.number,
            "status": self.catalog.status[content.status] if content.status else "",
            "state": content.status.value if content.status else "",
            "verb": content.verb.value if content.verb else "",
            "form": form(content.verb, example),
            "suggestion": self.catalog.form(content.suggestion, example) if content.suggestion else "",
            "forms": [form(verb, notice.incident) for verb in answers],
            "proposing": Verb.PROPOSE in content.forms,
            "lines": [
                {
                    "incident": entry.incident,
                    "status": self.catalog.status[entry.status],
                    "other": line(entry.other),
                    "title": "" if notice.confidential else shorten(line(entry.title), length),
                }
                for entry in content.lines
            ],
            "time": formats.time,
            "when": formats.when,
            "date": formats.date,
            "duration": formats.duration,
            "names": formats.names,
            "any_of": formats.any_of,
            "names_of": lambda people: formats.names(tuple(person.name for person in people)),
            "reach": parts.figures(content.reach) if content.reach else None,
            "numbers": lambda lines: formats.names(tuple(entry["incident"] for entry in lines)),
            "spelled": " ".join,
        }

    def _questions(self, content: Content) -> tuple[str, ...]:
        return tuple(line(question) for question in content.questions) or self.catalog.questions()


def _said(content: Content, length: int) -> dict[str, object]:
    """Every field as it is, but words clean, and shortened to `length`."""
    said: dict[str, object] = {}
    for item in fields(Content):
        value = getattr(content, item.name)
        if item.name in LONG:
            value = shorten(clean(value), length)
        elif item.name == "title":
            value = shorten(line(value), length)
        elif item.name in _NAMES:
            value = line(value, parts.LONGEST_NAME)
        said[item.name] = value
    return said


def _meeting(meeting: Meeting, formats: Formats) -> Mapping[str, object] | None:
    """With the ways there as the end of a sentence; None where there is no way."""
    shown = parts.bridge(meeting)
    if not shown["ways"]:
        return None
    ways = formats.any_of(shown["ways"])
    return {**shown, "said": ways if shown["ways"][-1] == shown["url"] else f"{ways}."}


def _drill(notice: Notice) -> bool:
    """Whether it is of an exercise, which nobody may take for the real thing."""
    return notice.incident.startswith(DRILL)


def _unsaved(notice: Notice) -> bool:
    """Those with a part in it are told that the disk is down; the audiences are not."""
    return notice.content.unsaved and bool(notice.incident) and not notice.audience
