"""The picture of the front page: what people write and hear in the demo, in its own words.

`murphyd sandbox --scenario outage --json | python -m tests.document.picture > docs/flow.svg`.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from textwrap import wrap
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
SOMEBODY = "Emma Clarke"
"""Whose copy is shown of what goes to many: she reads English, in Brussels."""

WIDTH, CARD, LEFT, TOP, LINE = 960, 216, 24, 112, 17
BUBBLE = CARD - 28
LETTERS = 24
"""That fit into a line of a bubble in any usual font."""

Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """What somebody writes, found by a word of it, and the kind of notice that comes of it, to whom."""

    title: str
    below: str
    word: str
    kind: str
    to: str


SCENES = (
    Scene("Proposed", "by whoever sees it", "Web shop shows", "decision-request", "James Whitfield"),
    Scene("Accepted", "by the first who decides", "Accept", "initial", SOMEBODY),
    Scene("Kept informed", "by text, as the mail is down", "UPDATE MI-1 Orders", "update", SOMEBODY),
    Scene("Resolved", "with the all-clear", "RESOLVE", "all-clear", SOMEBODY),
)
MEDIA = {"email": "mail", "sms": "text"}

STYLE = """
    svg { --panel: #fbfaf7; --edge: #e2ddd2; --card: #ffffff; --ink: #22252a; --soft: #666b73; --line: #c9c2b4;
      --accent: #b4532a; --said: #f3ece2 }
    @media (prefers-color-scheme: dark) {
      svg { --panel: #171a1f; --edge: #2b3038; --card: #1f242b; --ink: #e8e6e1; --soft: #a2a8b1; --line: #4a515c;
        --accent: #e8915f; --said: #2b3038 }
    }
    text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      fill: var(--ink) }
    .panel { fill: var(--panel); stroke: var(--edge) }
    .card { fill: var(--card); stroke: var(--edge) }
    .said { fill: var(--said) }
    .sent { fill: none; stroke: var(--line) }
    .line { stroke: var(--line); stroke-width: 2; fill: none }
    .dot { fill: var(--accent) }
    .step { font-size: 17px; font-weight: 600; text-anchor: middle }
    .when { font-size: 12.5px; fill: var(--soft); text-anchor: middle }
    .who { font-size: 12.5px; font-weight: 600 }
    .word { font-size: 12.5px }
    .verb { font-size: 12.5px; fill: var(--accent) }
"""


def picture(messages: Sequence[Message]) -> str:
    """The whole SVG. Raises StopIteration where the demo does not say what is to be shown."""
    parts, bottom = [], 0
    for number, scene in enumerate(SCENES):
        drawn, end = _card(scene, messages, LEFT + number * (CARD + 16))
        parts += drawn
        bottom = max(bottom, end)
    cards = "\n".join(parts).replace("HEIGHT", str(bottom - TOP + 16))
    height = bottom + 40
    centres = [LEFT + CARD // 2 + number * (CARD + 16) for number in range(len(SCENES))]
    dots = "".join(f'<circle class="dot" cx="{centre}" cy="82" r="7"/>' for centre in centres)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" \
role="img" aria-labelledby="title desc">
  <title id="title">The way of a major incident</title>
  <desc id="desc">{escape(" ".join(_told(scene, messages) for scene in SCENES))}</desc>
  <style>{STYLE}  </style>
  <rect class="panel" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="16"/>
  <path class="line" d="M{centres[0]} 82H{centres[-1]}"/>
  {dots}
{cards}
</svg>
"""


def _card(scene: Scene, messages: Sequence[Message], left: int) -> tuple[list[str], int]:
    """The drawn card, and where it ends; its height is still to be filled in."""
    said = _said(scene, messages)
    middle = left + CARD // 2
    lines = [
        f'  <text class="step" x="{middle}" y="42">{scene.title}</text>',
        f'  <text class="when" x="{middle}" y="62">{scene.below}</text>',
        f'  <rect class="card" x="{left}" y="{TOP}" width="{CARD}" height="HEIGHT" rx="10"/>',
    ]
    y = TOP + 24
    lines.append(_text("who", left + 14, y, f"{_time(said)} {said['person']}"))
    y = _bubble(lines, "said", left + 14, y + 10, _words(said))
    lines.append(_text("who", left + 14, y + 26, f"Murphy: {_copies(scene, said, messages)}"))
    y = _bubble(lines, "sent", left + 14, y + 36, _words(_heard(scene, said, messages)))
    return lines, y


def _bubble(lines: list[str], style: str, left: int, top: int, words: str) -> int:
    rows = wrap(words, LETTERS, break_on_hyphens=False)
    height = LINE * len(rows) + 14
    lines.append(f'  <rect class="{style}" x="{left}" y="{top}" width="{BUBBLE}" height="{height}" rx="8"/>')
    kind = "verb" if style == "said" else "word"
    lines += [_text(kind, left + 10, top + 20 + LINE * number, row) for number, row in enumerate(rows)]
    return top + height


def _text(style: str, x: int, y: int, words: str) -> str:
    return f'  <text class="{style}" x="{x}" y="{y}">{escape(words)}</text>'


def _said(scene: Scene, messages: Sequence[Message]) -> Message:
    incoming = (message for message in messages if message["direction"] == "in")
    return next(message for message in incoming if _words(message).startswith(scene.word))


def _sent(scene: Scene, said: Message, messages: Sequence[Message]) -> Iterator[Message]:
    """All copies of the notice that came of it, in the minute in which it was said."""
    for message in messages:
        at_once = message["direction"] == "out" and _time(message) == _time(said)
        if at_once and message["kind"].split()[0] == scene.kind:
            yield message


def _heard(scene: Scene, said: Message, messages: Sequence[Message]) -> Message:
    """The shortest form in which that person got it."""
    copies = [message for message in _sent(scene, said, messages) if message["person"] == scene.to]
    return min(copies, key=lambda message: message["channel"] != "sms")


def _copies(scene: Scene, said: Message, messages: Sequence[Message]) -> str:
    """How many mails and texts it sends."""
    channels = [message["channel"] for message in _sent(scene, said, messages)]
    counts = [(channels.count(channel), word) for channel, word in MEDIA.items()]
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count)


def _words(message: Message) -> str:
    """A proposal's subject; a text up to what it asks for; a mail without its head, foot and last words."""
    text = message["text"]
    if message["direction"] == "in":
        return message["subject"] if message["channel"] == "email" and not text.startswith("RE") else text
    if message["channel"] == "sms":
        asks = re.search(r" (Reply \w+ MI-1)", text)
        return re.split(r"(?<=\.) (?=Asked|Reply|Impact)", text)[0] + (f" … {asks[1]}" if asks else "")
    return " ".join(part for part in text.split("\n\n")[1:-1] if not part.startswith("This is the last"))


def _told(scene: Scene, messages: Sequence[Message]) -> str:
    said = _said(scene, messages)
    return f"{_time(said)} {said['person']}: {_words(said)} Murphy: {_words(_heard(scene, said, messages))}"


def _time(message: Message) -> str:
    return f"{datetime.fromisoformat(message['at']).astimezone(BRUSSELS):%H:%M}"


if __name__ == "__main__":
    sys.stdout.write(picture(json.load(sys.stdin)["messages"]))
