"""Colours and progress at a real pseudo-terminal, and neither where they do not belong."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.murphyd import Murphyd
from tests.commands.terminal import Terminal
from tests.commands.typed import typed

BAR = "━"


def etc(murphyd: Murphyd) -> tuple[str, str]:
    return "--config", str(murphyd.home / "etc")


COLOURED = {
    "a terminal": ({}, True),
    "NO_COLOR": ({"NO_COLOR": "1"}, False),
    "a terminal that can do nothing": ({"TERM": "dumb"}, False),
    "NO_COLOR wins over FORCE_COLOR": ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
}


@pytest.mark.parametrize(("environ", "coloured"), COLOURED.values(), ids=COLOURED.keys())
def test_colours(murphyd: Murphyd, environ: dict[str, str], coloured: bool) -> None:
    with Terminal("check", "--offline", *etc(murphyd), **environ) as at:
        at.end()
        assert ("\x1b[1;33m" in at.screen) is coloured
        assert "one-relay" in at.screen


def test_into_a_pipe_only_if_they_are_wanted(murphyd: Murphyd) -> None:
    assert "\x1b" not in typed("check", "--offline", *etc(murphyd)).stdout
    assert "\x1b[1;33m" in typed("check", "--offline", *etc(murphyd), FORCE_COLOR="1", TERM="xterm").stdout
    document = typed("check", "--offline", "--json", *etc(murphyd), FORCE_COLOR="1", TERM="xterm").stdout
    assert json.loads(document)["findings"]


def test_progress_is_drawn_at_a_terminal_and_gone_when_it_is_over(murphyd: Murphyd) -> None:
    with Terminal("show", "MI-2", "--follow", *etc(murphyd)) as at:
        assert at.end() == 0
        assert BAR in at.screen
        assert "14/14" in at.screen
    with Terminal("show", "MI-2", "--follow", *etc(murphyd), TERM="dumb") as at:
        assert at.end() == 0
        assert BAR not in at.screen
        assert "first notice to stakeholders: 14 of 14; " in at.screen


def test_long_work_on_the_state_says_how_much_of_how_much(murphyd: Murphyd, tmp_path: Path) -> None:
    for words in (("verify",), ("backup", str(tmp_path / "copy"))):
        with Terminal("state", *words, *etc(murphyd)) as at:
            assert at.end() == 0
            assert BAR in at.screen
            assert re.search(r"([1-9][0-9]*)/\1(?![0-9])", at.screen), "all of all"


def test_no_progress_into_a_pipe_and_none_beside_json(murphyd: Murphyd, tmp_path: Path) -> None:
    done = typed("show", "MI-2", "--follow", *etc(murphyd))
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "first notice to stakeholders: 14 of 14; " in done.stdout
    with Terminal("state", "verify", "--json", *etc(murphyd)) as at:
        assert at.end() == 0
        assert json.loads(at.screen)["intact"] is True
