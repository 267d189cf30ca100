"""The report of a long incident, as docs/example-review.md has it; run it to write that page and its pictures anew."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from daemon.document.markdown import markdown
from daemon.document.model import Picture
from daemon.review.document import document
from daemon.review.pictures import pictures
from daemon.review.report import report
from tests.review.synthetic import large

PAGE = Path(__file__).parents[2] / "docs" / "example-review.md"
PICTURES = "pictures/review-"
MESSAGES = 6
"""Of the appendix; the rest of it would be more of the same."""


@cache
def written() -> tuple[str, tuple[Picture, ...]]:
    """In Markdown, and its pictures."""
    told = report(large(1250))
    told = replace(told, messages=told.messages[:MESSAGES])
    drawn = pictures(told)
    return markdown(document(told, drawn), PICTURES), drawn


if __name__ == "__main__":
    text, drawn = written()
    PAGE.write_text(text, encoding="utf-8")
    (PAGE.parent / PICTURES).parent.mkdir(exist_ok=True)
    for picture in drawn:
        (PAGE.parent / f"{PICTURES}{picture.name}.svg").write_text(picture.svg, encoding="utf-8")
