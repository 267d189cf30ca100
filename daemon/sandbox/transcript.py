"""What was said in the sandbox, for people to follow: one line for one notice, however many it went to."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from daemon.sandbox.organization import Organization, Seen

NAMED = 3
"""People named before the rest is counted."""

INDENT = 9

LINES = 8
"""Lines of a mail that are shown."""

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
            console.print()
            _head(
                console, f"[bold]{at}[/]", 7, f"{head}{f': [bold]{escape(first.subject)}[/]' if first.subject else ''}"
            )
        else:
            kind = self._kind(first)
            to = _people([seen.person for seen in group])
            _head(console, at, INDENT, f"Murphy [green]{VERBS[first.channel]}s[/] {escape(to)}  [dim]{kind}[/]")
            if len(group) > 1:
                console.print(Padding(f"[dim italic]to {escape(first.person)}:[/]", (0, 0, 0, INDENT)))
        for line in _words(first):
            console.print(Padding(escape(line), (0, 0, 0, INDENT), style="" if first.inbound else "dim"))


def _head(console: Console, at: str, indent: int, words: str) -> None:
    """The time, and words that stay beside it on every line."""
    grid = Table.grid()
    grid.add_column(width=indent)
    grid.add_column()
    grid.add_row(at, words)
    console.print(grid)


def _groups(new: Sequence[Seen], organization: Organization) -> list[list[Seen]]:
    """What people say stands alone; what Murphy says is put together by time, channel and kind."""
    groups: dict[tuple[object, ...], list[Seen]] = {}
    for number, seen in enumerate(new):
        notice = None if seen.inbound else organization.notice_of(seen)
        said = (number,) if notice is None else (seen.at, seen.channel, notice.id)
        groups.setdefault(said, []).append(seen)
    return list(groups.values())


def _sample(group: Sequence[Seen], organization: Organization) -> Seen:
    """The one shown: in the organization's language, if there is one."""
    wanted = organization.configuration.settings.organization.language
    people = {contact.name: contact.language for contact in organization.configuration.people.contacts.values()}
    return next((seen for seen in group if people.get(seen.person) == wanted), group[0])


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
