"""The page of commands is what the program generates."""

from pathlib import Path

from daemon.commands.reference import reference


def test_the_committed_page_is_what_is_generated() -> None:
    page = Path(__file__).parents[2] / "docs" / "commands.md"
    assert page.read_text() == reference(), "run: python -m daemon.commands.reference > docs/commands.md"
