"""The one HTML layout: the text of a mail as accessible, inline-styled HTML. All that comes in is escaped."""

import re
from dataclasses import dataclass, field

from jinja2 import Environment, StrictUndefined

from daemon.core.model import Status

_COLOURS = {
    Status.PROPOSED: "#8a4b00",
    Status.REJECTED: "#4a4a4a",
    Status.ACCEPTED: "#a01c1c",
    Status.RESOLVED: "#1d6b33",
    Status.CANCELED: "#4a4a4a",
    Status.REVIEWED: "#1f4e8c",
}
"""Each at least 6.5:1 against white: WCAG 2.2 asks for 4.5:1.

An exercise's banner is white on a dark ground of its own (9:1): in dark mode a bright one's text would turn white too.
"""

WEB = ("https://", "http://127.0.0.1:")
"""What leads to a web page: in the clear only at this machine, as in the sandbox."""

_LAYOUT = """\
<!DOCTYPE html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ subject }}</title></head>
<body style="margin:0;padding:16px;background:#f2f2f2;color:#1a1a1a;font:16px/1.5 Arial,Helvetica,sans-serif">
{% if exercise %}
<p style="max-width:640px;margin:0 auto;padding:12px 24px;background:#5b2a86;color:#ffffff;font-weight:bold">\
{{ exercise }}</p>
{% endif %}
<div style="max-width:640px;margin:0 auto;padding:24px;background:#ffffff">
<p style="margin:0 0 {{ 4 if status else 16 }}px;color:#4a4a4a">{{ organization }}\
{% if incident %} · <strong>{{ incident }}</strong>{% endif %}</p>
{% if status %}
<p style="margin:0 0 16px"><span style="display:inline-block;padding:2px 10px;background:{{ colour }};color:#ffffff;\
font-weight:bold">{{ status }}</span></p>
{% endif %}
{% macro blocks(text) %}
{% for block in text %}
{% if block.points %}
<ul style="margin:0 0 16px;padding-left:{{ '0;list-style:none' if block.numbered else '24px' }}">
{% for item in block.points %}<li>{% set href, shown, rest = linked(item) %}\
{% if href %}<a href="{{ href }}" style="color:#1f4e8c">{{ shown }}</a>{% endif %}{{ rest }}</li>
{% endfor %}
</ul>
{% else %}
<p style="margin:0 0 16px">{% for row in block.rows %}{% if not loop.first %}<br>
{% endif %}{{ row }}{% endfor %}</p>
{% endif %}
{% endfor %}
{% endmacro %}
{{ blocks(body) }}
{% if footer %}
<div style="margin-top:24px;padding-top:16px;border-top:1px solid #767676;color:#4a4a4a">
{{ blocks(footer) }}
</div>
{% endif %}
</div>
</body>
</html>
"""

_NUMBERED = re.compile(r"\d{1,4}\. ")
_PAGES = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
_PAGE = _PAGES.from_string(_LAYOUT)


@dataclass(slots=True)
class Block:
    """A paragraph's rows, or a list's points."""

    rows: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)

    @property
    def numbered(self) -> bool:
        """Whether each point begins with a number of its own, which needs no dot before it."""
        return all(_NUMBERED.match(point) for point in self.points)


def html(
    *,
    language: str,
    organization: str,
    incident: str,
    subject: str,
    exercise: str = "",
    links: tuple[str, ...] = (),
    state: Status | None,
    status: str,
    body: str,
    footer: str,
) -> str:
    """The whole page. `body` and `footer` are plain text: blank lines part paragraphs, "- " opens a list's item.

    `links` are web addresses and telephone numbers: an item that begins with one can be followed.
    """
    return _PAGE.render(
        language=language,
        organization=organization,
        incident=incident,
        subject=subject,
        exercise=exercise,
        linked=lambda item: _linked(item, links),
        status=status,
        colour=_COLOURS[state] if state else "",
        body=_blocks(body),
        footer=_blocks(footer),
    )


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for paragraph in text.split("\n\n"):
        fresh = True
        for row in paragraph.split("\n"):
            if not row:
                continue
            point = row.startswith("- ")
            if fresh or point != bool(blocks[-1].points):
                blocks.append(Block())
            fresh = False
            if point:
                blocks[-1].points.append(row[2:])
            else:
                blocks[-1].rows.append(row)
    return blocks


def _linked(item: str, links: tuple[str, ...]) -> tuple[str, str, str]:
    """Where the address or number that the item begins with leads, that beginning, and the rest."""
    for link in links:
        scheme = "" if link.startswith(WEB) else "tel:" if link.startswith("+") else None
        if scheme is not None and (item == link or item.startswith(f"{link} ")):
            return scheme + link, link, item.removeprefix(link)
    return "", "", item
