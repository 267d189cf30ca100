"""The figures of one incident, from nothing but the raw messages that went over the wires. A script of its own.

    recompute.py FOLDER NUMBER

FOLDER has mail/*.eml, every mail that the mail server took in or was given, and phones.csv (at, from, to, words),
every text; NUMBER is Murphy's. It prints one JSON document: moments in UTC, spans in seconds. Murphy's mails are known
by their header X-Murphy, and an audience's texts by the title that the public mails have.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

AUDIENCE = ("initial", "update", "holding", "all-clear", "reopened", "canceled")
NEEDED = re.compile(r"(?:needed for|besoin de vous pour|nodig voor) (\w+)")
MANAGER = ("Manager:", "Responsable :", "Manager :")
"""What an audience's text has only for management."""

Told = Mapping[tuple[datetime, str], Counter[str]]


@dataclass(frozen=True)
class Mail:
    at: datetime
    to: str
    mark: str
    subject: str
    answers: bool
    words: str

    @property
    def kind(self) -> str:
        return self.mark.partition(" ")[2]


@dataclass(frozen=True)
class Text:
    at: datetime
    sender: str
    to: str
    words: str


def main(folder: Path, number: str) -> None:
    mails = [read(path.read_bytes()) for path in sorted((folder / "mail").glob("*.eml"))]
    with (folder / "phones.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [Text(datetime.fromisoformat(row["at"]), row["from"], row["to"], row["words"]) for row in rows]
    ours = [mail for mail in mails if mail.mark and not mail.mark.startswith("-")]
    theirs = [mail for mail in mails if not mail.mark]
    out = [text for text in texts if text.sender == number]
    came = [text for text in texts if text.to == number]

    proposed = min(mail.at for mail in theirs if not mail.answers)
    decided, resolved = first((*came, *theirs), "ACCEPT", "REJECT"), first((*came, *theirs), "RESOLVE")
    notices = told(ours, out)
    asked = {text.to: (text.at, found[1]) for text in out if (found := NEEDED.search(text.words))}
    joined = {text.sender: text.at for text in came if verb(text.words) == "JOIN"}
    disciplines = {name for _, name in asked.values()}
    whole = max(
        min(joined[who] for who, (_, needed) in asked.items() if needed == name and who in joined)
        for name in disciplines
    )
    document = {
        "decide": seconds(proposed, decided),
        "first-notice": seconds(proposed, min(at for at, _ in notices)),
        "team": seconds(decided, whole),
        "resolve": seconds(proposed, resolved),
        "between": between(notices),
        "people": [[*key, dict(sorted(by.items()))] for key, by in sorted(by_moment(notices).items())],
        "fallen_back": [[*key, count] for key, count in sorted(fallen_back(notices).items())],
        "requests": {
            "email": sum(mail.kind == "decision-request" for mail in ours),
            "sms": sum("ACCEPT MI-1" in text.words and "REJECT MI-1" in text.words for text in out),
        },
        "asked": {who: at.isoformat() for who, (at, _) in asked.items()},
        "joined": {who: at.isoformat() for who, at in joined.items()},
    }
    print(json.dumps(document))  # noqa: T201


def read(raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(
        at=parsedate_to_datetime(str(message["Date"])),
        to=parseaddr(str(message["To"]))[1],
        mark=str(message["X-Murphy"] or ""),
        subject=re.sub(r"^\[[A-Z]+-\d+\] ", "", str(message["Subject"])),
        answers=message["In-Reply-To"] is not None,
        words=str(body.get_content()) if body else "",
    )


def verb(words: str) -> str:
    return (words.split() or [""])[0].upper()


def first(messages: Iterable[Mail | Text], *verbs: str) -> datetime:
    """When anybody first wrote one of these verbs."""
    return min(message.at for message in messages if verb(message.words) in verbs)


def told(ours: list[Mail], out: list[Text]) -> Told:
    """Of each notice to an audience, by its moment: how many people by which channel."""
    mailed = [mail for mail in ours if mail.kind in AUDIENCE]
    title = min({mail.subject for mail in mailed}, key=len)
    texted = [text for text in out if re.search(rf"\b{re.escape(title)}[.:]", text.words)]
    managers = {mail.to for mail in mailed if mail.subject != title}
    managers |= {text.to for text in texted if any(word in text.words for word in MANAGER)}
    found: defaultdict[tuple[datetime, str], Counter[str]] = defaultdict(Counter)
    for messages, channel in ((mailed, "email"), (texted, "sms")):
        for message in messages:
            audience = "management" if message.to in managers else "stakeholders"
            found[message.at, audience][channel] += 1
    return found


def by_moment(notices: Told) -> dict[tuple[str, str], Counter[str]]:
    return {(at.isoformat(), audience): by for (at, audience), by in notices.items()}


def fallen_back(notices: Told) -> dict[tuple[str, str], int]:
    """Of each notice: how many of the audience got no mail of it, and have a mailbox, as their other mails show."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for (_, audience), by in notices.items():
        sizes[audience] = max(sizes[audience], by["email"])
    return {key: sizes[key[1]] - by["email"] for key, by in by_moment(notices).items()}


def between(notices: Told) -> dict[str, list[float]]:
    """Of each audience the median and the longest time between two notices."""
    moments: defaultdict[str, list[datetime]] = defaultdict(list)
    for at, audience in sorted(notices):
        moments[audience].append(at)
    gaps = {audience: [seconds(a, b) for a, b in pairwise(times)] for audience, times in moments.items()}
    return {audience: [median(those), max(those)] for audience, those in gaps.items() if those}


def seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
