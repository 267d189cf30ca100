"""One event a line: JSON where a program reads, words on a terminal, and nobody's control characters on it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

LOGS = """
import logging, structlog
from daemon.logs import configure_logs
configure_logs()
log = structlog.get_logger()
log.info("attempt", incident="MI-1", channel="sms", reason="één\\r\\nready \\x1b[2J")
logging.getLogger("library").warning("odd %s", "thing")
logging.getLogger("library").info("chatter")
log.debug("one of thousands")
at, faults = "2026-11-23T21:00:00+01:00", ("line 3: +447912555105 is there twice",)
log.info("message", contact="+32470550199", faults=faults, at=at)
try:
    raise ValueError("no")
except ValueError:
    log.exception("failed", delivery=7)
"""


def on_a_terminal(**environment: str) -> str:
    ours, theirs = pty.openpty()
    usual = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-c", LOGS]
    subprocess.run(command, stderr=theirs, check=True, env={**usual, **environment}, cwd=Path(__file__).parents[2])
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # EIO: the other end is closed (pty(7))
            break
        if not more:
            break
        said += more
    os.close(ours)
    return said.decode()


def test_a_program_reads_json_a_line_each() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOGS], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == ""
    attempt, odd, message, failed = map(json.loads, done.stderr.splitlines())
    assert (message["contact"], message["faults"]) == ("+32…199", ["line 3: +44…105 is there twice"])
    assert message["at"] == "2026-11-23T21:00:00+01:00"
    assert (attempt["event"], attempt["level"], attempt["incident"], attempt["channel"]) == (
        "attempt", "info", "MI-1", "sms",
    )  # fmt: skip
    assert attempt["reason"].startswith("één")
    assert (odd["event"], odd["level"]) == ("odd thing", "warning")
    assert (failed["level"], failed["delivery"]) == ("error", 7)
    assert "ValueError: no" in failed["exception"]


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_shows_words_and_what_others_say_does_nothing_to_it(
    environment: dict[str, str], coloured: bool
) -> None:
    said = on_a_terminal(**environment)
    assert "\x1b[2J" not in said, "it clears the screen"
    assert ("\x1b[" in said) is coloured
    assert not [line for line in said.splitlines() if line.startswith("ready")], "it looks like an event of ours"
    assert "ValueError: no" in said
    assert "+32…199" in said
    assert "+32470550199" not in said
    assert "one of thousands" not in said
    assert "chatter" not in said


@pytest.mark.parametrize("where", ["/dev/full", "a pipe that nobody reads"])
def test_a_log_that_cannot_be_written_stops_nothing(where: str) -> None:
    ours, theirs = os.pipe() if where != "/dev/full" else (None, os.open(where, os.O_WRONLY))
    if ours is not None:
        os.close(ours)
    done = subprocess.run(
        [sys.executable, "-c", f"{LOGS}\nprint('went on')"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    os.close(theirs)
    assert done.stdout == "went on\n"
