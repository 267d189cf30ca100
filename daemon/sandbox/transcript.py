"""What was said in the sandbox, for people to follow: one line for one notice, however many it went to."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from daemon.sandbox.organization import Organization
from daemon.sandbox.seen import Seen
from daemon.sandbox.steps import Step

NAMED = 3
"""People named before the rest is counted."""

INDENT = 9

LINES = 8
"""Lines of a mail that are shown."""

LANGUAGES = {"nl": "Dutch", "fr": "French", "de": "German", "es": "Spanish"}

VERBS = {"email": "mail", "sms": "text", "gsm": "text", "voice": "call", "note": ""}


class Transcript:
    """Shows what was said since it was last asked."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._shown = 0
        self._zone = ZoneInfo(organization.configuration.settings.organization.timezone)

    def show(self, console: Console) -> None:
        new = self._organization.seen.since(self._shown)
        self._shown = self._organization.seen.total
        for group in _groups(new, self._organization):
            self._group(console, group)

    def end(self, console: Console, name: str, failure: str) -> None:
        sent = sum(not seen.inbound for seen in self._organization.seen)
        if failure:
            console.print(f"\n[bold red]{name}: not as it should be.[/] {escape(failure)}")
        else:
            console.print(
                f"\n[bold green]{name}: passed.[/] {sent} messages were expected and sent, and nothing else was."
            )

    def rows(self) -> list[dict[str, str]]:
        """Every message: when, which way, by what, whose, its words."""
        return [
            {
                "at": seen.at.isoformat(),
                "direction": "in" if seen.inbound else "out",
                "channel": seen.channel,
                "person": seen.person,
                "recipient": "murphyd" if seen.inbound else seen.address,
                "sender": seen.address if seen.inbound else "murphyd",
                "kind": "" if seen.inbound else self._kind(seen),
                "subject": seen.subject,
                "text": seen.text,
            }
            for seen in self._organization.seen
            if seen.channel != "note"
        ]

    def happens(self, console: Console, number: int, step: Step) -> None:
        """What comes next, before it does."""
        console.print()
        _say(console, f"[bold cyan]{escape(step.happens)}[/]", 4, beside=f"[bold cyan]{number:2}.[/]")

    def was_seen(self, console: Console, step: Step) -> None:
        """What of it was to be seen."""
        console.print()
        _say(console, f"[italic]{escape(step.seen)}[/]", 4)

    def _kind(self, seen: Seen) -> str:
        notice = self._organization.notice_of(seen)
        return f"{notice.kind} {notice.audience}".strip() if notice else ""

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"

    def _group(self, console: Console, group: Sequence[Seen]) -> None:
        first = _sample(group, self._organization)
        at = self.time(first.at)
        if first.channel == "note":
            console.print(f"\n[bold yellow]{at}  {escape(first.text)}[/]")
            return
        if first.inbound:
            head = f"[bold]{escape(first.person)}[/] [cyan]{VERBS[first.channel]}s[/] Murphy"
            subject = f": [bold]{escape(first.subject)}[/]" if first.subject else ""
            console.print()
            _say(console, f"{head}{subject}", 7, beside=f"[bold]{at}[/]")
        else:
            kind = self._kind(first)
            to = _people([seen.person for seen in group])
            language = self._language(first)
            foreign = f", in {language}" if language and len(group) == 1 else ""
            sends = f"Murphy [green]{VERBS[first.channel]}s[/] {escape(to)}{foreign}  [dim]{kind}[/]"
            _say(console, sends, INDENT, beside=at)
            if len(group) > 1:
                _say(
                    console,
                    f"[dim italic]to {escape(first.person)}{f', in {language}' if language else ''}:[/]",
                    INDENT,
                )
        for line in _words(first):
            _say(console, escape(line), INDENT, style="" if first.inbound else "dim")

    def _language(self, seen: Seen) -> str:
        """ "" where it is the organization's own."""
        return LANGUAGES.get(_reader(seen, self._organization)[0], "")


def _say(console: Console, words: str, indent: int, *, style: str = "", beside: str = "") -> None:
    """Words (markup) with every line indented, and `beside` at the left of the first; nothing trails."""
    lines = Text.from_markup(words, style=style).wrap(console, max(console.width - indent, 20))
    for number, line in enumerate(lines):
        line.rstrip()
        left = Text.from_markup(beside if not number else "")
        left.pad_right(indent - len(left))
        console.print(left + line, soft_wrap=True)


def _groups(new: Sequence[Seen], organization: Organization) -> list[list[Seen]]:
    """What people say stands alone; what Murphy says is put together by time, channel and kind.

    Its people stand as they are told, whoever is reached first.
    """
    groups: dict[tuple[object, ...], list[Seen]] = {}
    places: dict[int, int] = {}
    for number, seen in enumerate(new):
        notice = None if seen.inbound else organization.notice_of(seen)
        said = (number,) if notice is None else (seen.at, seen.channel, notice.id)
        groups.setdefault(said, []).append(seen)
        if notice is not None:
            names = [organization.daemon.state.person(who).name for who in notice.recipients]
            places[id(seen)] = names.index(seen.person) if seen.person in names else len(names)
    return [sorted(group, key=lambda seen: places.get(id(seen), 0)) for group in groups.values()]


def _sample(group: Sequence[Seen], organization: Organization) -> Seen:
    """The one shown: in the organization's language, if there is one, and by its clock."""
    ours = organization.configuration.settings.organization

    def strange(seen: Seen) -> tuple[bool, bool]:
        language, timezone = _reader(seen, organization)
        return language != ours.language, timezone != ours.timezone

    return min(group, key=strange)


def _reader(seen: Seen, organization: Organization) -> tuple[str, str]:
    """Language and time zone of the person."""
    contacts = organization.configuration.people.contacts.values()
    return next(((c.language, c.timezone) for c in contacts if c.name == seen.person), ("", ""))


def _people(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} others"


def _words(seen: Seen) -> list[str]:
    """The words themselves: for a mail of Murphy's, between its head and its foot."""
    paragraphs = [p.replace("\r", "").strip() for p in seen.text.replace("\r\n", "\n").split("\n\n")]
    if seen.channel == "email" and not seen.inbound:
        paragraphs = paragraphs[1:-1]
    lines = [line for paragraph in paragraphs for line in paragraph.splitlines() if line.strip()]
    return [*lines[:LINES], "…"] if len(lines) > LINES else lines
