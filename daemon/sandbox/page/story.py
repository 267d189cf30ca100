"""What happens, in lines: what people say, what Murphy sends (one line for one notice), what it finds out, what is cut.

A line may grow: while a notice goes out its line counts on.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daemon.sandbox.organization import Organization, Seen
from daemon.sandbox.playground import Playground
from daemon.sandbox.switchboard import SWITCHES, Lamp

DOES: Mapping[str, str] = {"email": "mails", "sms": "texts", "gsm": "texts", "voice": "calls"}

BY_MODEM = ", by the modem"

NAMED = 2
"""People named before the rest is counted."""

BACK = frozenset(switch.back for switch in SWITCHES)

MOST = 200
"""Lines that are kept; the page shows no more."""

DETAIL = 100
"""Characters of a message that are shown."""

FOUND: Mapping[str, Mapping[str, str]] = {
    "relay": {
        "down": "Murphy finds that no mail gets out: {why}",
        "suspect": "Murphy tries mail again, one at a time",
        "up": "Murphy finds that mail works again",
    },
    "mailbox": {
        "down": "Murphy cannot read its mailbox: {why}",
        "up": "Murphy reads its mailbox again",
    },
    "sms": {
        "down": "Murphy finds that Twilio sends no texts: {why}",
        "suspect": "Murphy tries a text by Twilio again",
        "up": "Murphy finds that Twilio sends texts again",
    },
    "voice": {
        "down": "Murphy finds that it cannot call: {why}",
        "suspect": "Murphy tries a call again",
        "up": "Murphy finds that it can call again",
    },
    "modem": {
        "down": "Murphy finds that the modem sends nothing: {why}",
        "suspect": "Murphy tries the modem again",
        "up": "Murphy finds that the modem sends again",
    },
    "disk": {
        "down": "Murphy cannot write to its disk: {why}",
        "up": "Murphy writes to its disk again",
    },
}


@dataclass(slots=True)
class Line:
    number: int
    at: str
    kind: str
    words: str
    detail: str = ""
    people: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {"number": self.number, "at": self.at, "kind": self.kind, "words": self.words, "detail": self.detail}


class Story:
    """Of one organization: its newest lines. `read` gives those that are new or have grown."""

    def __init__(self, organization: Organization) -> None:
        self.lines: deque[Line] = deque(maxlen=MOST)
        self._organization = organization
        self._read = 0
        self._told = 0
        self._sending: dict[tuple[int, str], Line] = {}
        self._lamps: dict[str, Lamp] = {}

    def read(self, playground: Playground) -> list[Line]:
        """Raises nothing for what Murphy has forgotten: then it stands alone."""
        changed: dict[int, Line] = {}
        new = self._organization.seen.since(self._read)
        self._read = self._organization.seen.total
        for seen in new:
            line = self._said(seen) if seen.inbound else self._sent(seen)
            changed[line.number] = line
        for line in self._found(playground.switches.lamps()):
            changed[line.number] = line
        return list(changed.values())

    def _line(self, kind: str, words: str, detail: str = "") -> Line:
        line = Line(self._told, self._organization.clock.now().isoformat(), kind, words, detail)
        self._told += 1
        self.lines.append(line)
        return line

    def _said(self, seen: Seen) -> Line:
        if seen.channel == "note":
            return self._line("back" if seen.text in BACK else "cut", seen.text)
        if seen.channel == "voice":
            return self._line("said", f"{seen.person} {seen.text}")
        words = f"{seen.person} {DOES[seen.channel]} Murphy{BY_MODEM if seen.channel == 'gsm' else ''}"
        return self._line("said", words, _short(seen.subject or seen.text))

    def _sent(self, seen: Seen) -> Line:
        notice = self._organization.notice_of(seen)
        key = (notice.id, seen.channel) if notice else None
        line = self._sending.get(key) if key else None
        if line is None:
            line = self._line("sent", "", _short(seen.subject or seen.text))
            if key:
                self._sending = {k: v for k, v in self._sending.items() if v.number >= self.lines[0].number}
                self._sending[key] = line
        elif self._in_ours(seen):
            line.detail = _short(seen.subject or seen.text)
        line.people.append(seen.person)
        kind = notice.kind.value.replace("-", " ") if notice else "from the carrier"
        by = BY_MODEM if seen.channel == "gsm" else ""
        line.words = f"Murphy {DOES[seen.channel]} {_people(line.people)}{by}: {kind}"
        return line

    def _in_ours(self, seen: Seen) -> bool:
        """Whether its reader speaks the organization's language: that one is shown, where there is one."""
        configuration = self._organization.configuration
        person = next((c for c in configuration.people.contacts.values() if c.name == seen.person), None)
        return person is not None and person.language == configuration.settings.organization.language

    def _found(self, lamps: dict[str, Lamp]) -> list[Line]:
        lines = []
        for switch in SWITCHES:
            before, now = self._lamps.get(switch.name), lamps[switch.name]
            if not now.found:
                continue
            self._lamps[switch.name] = now
            words = FOUND.get(switch.name, {}).get(now.found)
            if before is not None and before.found != now.found and words:
                lines.append(self._line("found", words.format(why=now.why or "no reason is known")))
        return lines


def _people(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) <= NAMED + 1:
        return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} others"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= DETAIL else f"{flat[:DETAIL]}…"
