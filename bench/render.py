"""Mails rendered a second for many readers of a few languages and zones, against an EmailMessage for each.

Run from the project's folder: python -m bench.render [readers]
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

from config.types import Contact
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.example_incident import READER
from daemon.render.examples import full
from daemon.render.renderer import Renderer
from daemon.render.wording import Words
from tests.render.world import configuration

LANGUAGES = ("en", "nl", "fr", "de", "es")
ZONES = ("Europe/Brussels", "America/New_York")


def token(_notice: Notice, contact: str) -> str:
    return f"{hash(contact) & 0xFFFFFFFFFFFFFFFF:016x}"


def each_anew(words: Words, notice: Notice, who: Contact) -> bytes:
    """What it takes without the splice: words made once, an EmailMessage for each reader."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Acme Major Incidents <incidents@acme.example>"
    message["To"] = f"{who.name} <{who.id}>"
    message["Reply-To"] = f"incidents+{token(notice, who.id)}@acme.example"
    message["Subject"] = words.subject
    message["Message-ID"] = f"<{token(notice, who.id)}@acme.example>"
    message.set_content(words.body)
    message.add_alternative(f"<p>{words.body}</p>", subtype="html")
    return message.as_bytes()


def seconds(work: Callable[[Contact], object], people: list[Contact]) -> float:
    began = time.perf_counter()
    for who in people:
        work(who)
    return (time.perf_counter() - began) / len(people)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    people = [
        replace(
            READER,
            id=f"reader{n}@acme.example",
            name=f"Reader {n}" if n % 5 else f"Zoë {n}",
            language=LANGUAGES[n % 5],
            timezone=ZONES[n % 2],
        )
        for n in range(count)
    ]
    renderer, notice = Renderer(configuration(), token), full(Kind.UPDATE)
    first = seconds(lambda who: renderer.render(notice, who, "email", who.id), people[:10])
    spliced = seconds(lambda who: renderer.render(notice, who, "email", who.id), people)
    texts = seconds(lambda who: renderer.render(notice, who, "sms", "+32470000001"), people)
    words = renderer.words(notice, READER)
    anew = seconds(lambda who: each_anew(words, notice, who), people[:1000])
    print(f"first mail of each language and zone  {first * 1e6:10.1f} µs")
    print(f"each further mail                     {spliced * 1e6:10.1f} µs  ({1 / spliced:,.0f} a second)")
    print(f"each text                             {texts * 1e6:10.1f} µs")
    print(f"an EmailMessage for each              {anew * 1e6:10.1f} µs  ({anew / spliced:.0f} times as long)")


if __name__ == "__main__":
    main()
