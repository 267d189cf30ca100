"""`murphyd incidents` and `murphyd show`, as they are typed."""

import json
import os
import pty
import subprocess
import sys

from tests.commands.murphyd import Murphyd


def test_all_incidents_open_ones_first_without_a_hostile_subjects_tricks(murphyd: Murphyd) -> None:
    done = murphyd.run("incidents")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == ["number", "MI-3", "MI-2", "MI-1"]
    assert "James Whitfield" in done.stdout.splitlines()[2]
    assert "reviewed, archived" in done.stdout.splitlines()[3]
    assert "2026-03-02 09:04" in done.stdout, "in the organization's zone"
    assert "\x1b" not in done.stdout


def test_all_incidents_as_json(murphyd: Murphyd) -> None:
    done = murphyd.run("incidents", "--json")
    rows = {row["incident"]: row for row in json.loads(done.stdout)["incidents"]}
    assert {number: (row["status"], row["open"], row["archived"]) for number, row in rows.items()} == {
        "MI-1": ("reviewed", False, True),
        "MI-2": ("accepted", True, False),
        "MI-3": ("proposed", True, False),
    }
    assert rows["MI-1"]["since"] == "2026-03-02T08:04:00+00:00"
    assert rows["MI-2"]["manager_name"] == "James Whitfield"


def test_a_table_on_a_terminal(murphyd: Murphyd) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "daemon", "incidents", "--config", str(murphyd.home / "etc")]
    done = subprocess.run(command, stdout=theirs, timeout=60, check=False, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "┃" in shown
    assert "MI-3" in shown


def test_what_happened_and_what_became_of_each_notice(murphyd: Murphyd) -> None:
    done = murphyd.run("show", "mi-2")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "MI-2  accepted  Cards are refused"
    assert "  manager   James Whitfield" in lines
    assert "  services  payments" in lines
    assert "  2026-06-01 10:06  James Whitfield accepted: the bank is called" in lines
    assert "  2026-06-01 10:08  James Whitfield noted: the bank does not answer" in lines
    told = "  2026-06-01 10:06  first notice to stakeholders, people: 14; next word by 2026-06-01 11:06"
    assert told in lines
    assert "  2026-06-01 10:06  first notice to management: 2 sent (email 2)" in lines
    assert "  2026-06-01 10:06  answer to ACCEPT to James Whitfield: 1 delivered (sms 1)" in lines


def test_an_archived_incident_is_shown_as_it_was(murphyd: Murphyd) -> None:
    done = murphyd.run("show", "1", "--json")
    shown = json.loads(done.stdout)
    assert (shown["incident"], shown["status"], shown["archived"]) == ("MI-1", "reviewed", True)
    assert [event["event"] for event in shown["timeline"]] == [
        *("Proposed", "Asked", "Accepted", "Told", "Told", "BridgeSet", "TeamCalled", "Paged", "Paged", "Paged"),
        *("Resolved", "Told", "Told", "ReviewOpened", "Reviewed"),
    ]
    initial = next(notice for notice in shown["notices"] if notice["audience"] == "stakeholders")
    assert (initial["kind"], initial["people"], initial["delivered"], initial["sent"]) == ("initial", 14, 1, 13)
    assert initial["channels"] == {"email": 13, "sms": 1}


def test_a_confidential_incident_is_shown_at_the_console(murphyd: Murphyd) -> None:
    assert murphyd.run("show", "MI-3").stdout.startswith("MI-3  proposed, confidential  A theft\n")


def test_a_missing_incident_is_one_line(murphyd: Murphyd) -> None:
    done = murphyd.run("show", "MI-9")
    said = "murphyd: there is no MI-9; `murphyd incidents` lists those there are\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
