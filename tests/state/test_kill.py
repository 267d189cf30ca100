"""SIGKILL at any moment: every commit that was acknowledged is there, and each is there whole or not at all.

TORTURE=N kills N times instead of 20.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

from daemon.state.store import read_store
from tests.counted import counted
from tests.state.writer import CLIENTS

KILLS = int(os.environ.get("TORTURE", "20"))


def killed_after(folder: Path, lines: int, known: dict[str, int]) -> dict[str, int]:
    """Runs the writer until it has acknowledged so many commits, and kills it.

    Gives the last number of each client: the one acknowledged, or the one already `known`.
    """
    command = [sys.executable, "-m", "tests.state.writer", str(folder)]
    last = dict(known)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout
        for _ in range(lines):
            line = writer.stdout.readline()
            assert line, "the writer has ended by itself"
            name, number = line.split()
            last[name] = int(number)
        writer.kill()
        for line in writer.stdout:  # what was acknowledged before the signal came
            if line.endswith("\n"):
                name, number = line.split()
                last[name] = int(number)
    return last


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(20)
    known = dict.fromkeys((f"c{number}" for number in range(CLIENTS)), 0)
    for _ in counted("Killing writers", KILLS, asked="TORTURE"):
        acknowledged = killed_after(tmp_path, chance.randrange(1, 150), known)
        found = read_store(tmp_path)
        assert found.damage == []
        for name, number in acknowledged.items():
            counter = found.table("counters").get(name, {"number": 0})
            assert number <= counter["number"] <= number + 1
            known[name] = counter["number"]
            rows = found.table(name)
            if counter["number"]:
                assert rows[str(counter["number"])] == counter
                oldest = max(1, counter["number"] - 19)
                assert list(rows) == [str(one) for one in range(oldest, counter["number"] + 1)]
            for one, row in rows.items():
                assert not row["raw"] or found.raw(row["raw"]) == f"{name} {one}".encode()
