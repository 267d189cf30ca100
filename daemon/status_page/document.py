"""The picture as pages: one for all, one for each incident, and the style. No script; nothing from elsewhere."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.resources import files

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.status_page.picture import Picture, Shown
from daemon.status_page.speech import Speech

INDEX, FEED, STYLE = "index.html", "feed.atom", "murphy.css"

_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every page has around its content."""

    speech: Speech
    style: str

    def page(self, title: str, body: str, changed: datetime | None) -> bytes:
        say = self.speech
        feed = escape(say.phrase("feed"))
        last = f"<p>{escape(say.phrase('changed', at=say.moment(changed)))}</p>\n" if changed else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(say.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{escape(title)}</title>\n"
            f'<link rel="stylesheet" href="{self.style}">\n'
            f'<link rel="alternate" type="application/atom+xml" title="{feed}" href="{FEED}">\n'
            '</head>\n<body class="text">\n<header class="top"><div>'
            f'<span class="name">{escape(say.organization)}</span></div></header>\n<main>\n{body}</main>\n'
            f'<footer>\n<p>{escape(say.phrase("report"))}</p>\n{last}<p><a href="{FEED}">{feed}</a></p>\n</footer>\n'
            "</body>\n</html>\n"
        ).encode()


def pages(picture: Picture, speech: Speech) -> Mapping[str, bytes]:
    """Every file but the feed, by its name in the folder."""
    css = (files("daemon.web") / "assets" / STYLE).read_bytes()
    frame = _Frame(speech, f"{STYLE}?{hashlib.sha256(css).hexdigest()[:12]}")
    return {
        STYLE: css,
        **{page_of(shown.incident): _history(shown, frame) for shown in picture.shown},
        INDEX: _index(picture, frame),
    }


def page_of(incident: str) -> str:
    return f"{incident}.html"


def last_change(shown: Shown) -> datetime:
    return max(shown.said[-1].at, shown.over or shown.begun)


def paragraphs(body: str) -> str:
    """A plain text as HTML."""
    parts = (escape(part).replace("\n", "<br>\n") for part in body.split("\n\n"))
    return "".join(f"<p>{part}</p>\n" for part in parts)


def _index(picture: Picture, frame: _Frame) -> bytes:
    say = frame.speech
    title = say.phrase("title")
    none = f'<p class="note good">{escape(say.phrase("none"))}</p>\n'
    body = f"<h1>{escape(title)}</h1>\n"
    for heading, shown in (("open", picture.open), ("over", picture.over)):
        cards = "".join(_card(one, frame) for one in shown)
        if cards:
            body += f"<section>\n<h2>{escape(say.phrase(heading))}</h2>\n{cards}</section>\n"
        elif heading == "open":
            body += none
    return frame.page(title, body, max(map(last_change, picture.shown), default=None))


def _card(shown: Shown, frame: _Frame) -> str:
    say = frame.speech
    more = escape(say.phrase("more", incident=shown.incident))
    return (
        f'<article class="card {shown.status}">\n<h3>{_name(shown, say)}</h3>\n{_state(shown, say)}'
        f"{''.join(paragraphs(say.words(notice).body) for notice in _latest(shown))}"
        f'<p><a href="{page_of(shown.incident)}">{more}</a></p>\n</article>\n'
    )


def _latest(shown: Shown) -> Iterator[Notice]:
    """The last word; where that only says that there is no new one, the one before it as well."""
    yield shown.said[-1]
    if shown.said[-1].kind is Kind.HOLDING:
        yield from [notice for notice in shown.said if notice.kind is not Kind.HOLDING][-1:]


def _name(shown: Shown, say: Speech) -> str:
    return escape(f"{shown.incident} {shown.title or say.words(shown.said[-1]).subject}")


def _state(shown: Shown, say: Speech) -> str:
    when = shown.over or shown.begun
    words = say.phrase("ended" if shown.over else "since", at=say.moment(when))
    return (
        f'<p><span class="badge {shown.status}">{escape(say.status(shown.status))}</span> '
        f'<time datetime="{iso(when)}">{escape(words)}</time></p>\n'
    )


def _history(shown: Shown, frame: _Frame) -> bytes:
    say = frame.speech
    back = escape(say.phrase("back"))
    items = "".join(
        f'<article class="card">\n<h2><time datetime="{iso(notice.at)}">{escape(say.moment(notice.at))}</time></h2>\n'
        f"{paragraphs(say.words(notice).body)}</article>\n"
        for notice in reversed(shown.said)
    )
    body = f'<p><a href="{INDEX}">{back}</a></p>\n<h1>{_name(shown, say)}</h1>\n{_state(shown, say)}{items}'
    return frame.page(f"{shown.incident} {shown.title}".strip(), body, last_change(shown))


def iso(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
