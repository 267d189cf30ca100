"""`murphyd review` beside its report: files for elsewhere and lists over all incidents, as its users run it."""

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
import typer

from daemon.commands.review_options import Elsewhere
from tests.review.conftest import Left


def test_an_export_prints_the_sum_that_sha256sum_finds(outage: Left, tmp_path: Path) -> None:
    target = tmp_path / "MI-1.zip"
    done = outage.murphyd.run("review", "MI-1", "--export", str(target))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{hashlib.sha256(target.read_bytes()).hexdigest()}  {target}\n"
    checked = subprocess.run(["sha256sum", "-c"], input=done.stdout, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "of MI-1; note this sum elsewhere" in done.stderr
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        names = set(packed.namelist())
        readme = packed.read("MI-1/README.txt").decode()
        report = packed.read("MI-1/report.html").decode()
    assert {"MI-1/report.md", "MI-1/report.html", "MI-1/report-incident.svg", "MI-1/SHA256SUMS"} <= names
    explained = {name.split("/")[1].partition("-")[0] for name in names} - {"README.txt"}
    assert {name for name in explained if name not in readme} == set()
    assert "Tuesday 3 March 2026" in report, "as of its last event, not of today"
    assert [path.name for path in tmp_path.iterdir()] == ["MI-1.zip"]


def test_the_timeline_as_csv_makes_no_formula(outage: Left) -> None:
    done = outage.murphyd.run("review", "MI-1", "--timeline", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert rows[0]["event"] == "Proposed"
    assert [row["by_name"] for row in rows if row["event"] == "ReviewAnswered"] == ["David Kim"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_the_actions_and_the_trends_as_json(outage: Left) -> None:
    done = outage.murphyd.run("review", "--actions", "--json")
    (action,) = json.loads(done.stdout)["actions"]
    assert (action["incident"], action["number"], action["owner"]["name"]) == ("MI-1", 1, "Rosa Alvarez")
    assert (action["what"], action["due"]) == ("a second relay in the other building", "2026-03-20")
    assert action["overdue_days"] > 0
    done = outage.murphyd.run("review", "--all", "--json")
    found = json.loads(done.stdout)
    assert found["incidents"] == 1
    assert found["months"][0]["took"]["decide"] == {"median_seconds": 130.0, "of": 1}
    assert found["actions"] == {"open": 1, "overdue": 1}


def test_where_it_cannot_be_written_it_says_so_in_a_line(outage: Left, tmp_path: Path) -> None:
    done = outage.murphyd.run("review", "MI-1", "--export", str(tmp_path / "missing" / "x.zip"))
    assert done.returncode == 2
    assert f"murphyd: {tmp_path / 'missing'}: No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


NOTHING = Elsewhere("", "", None, False, False, False, False, False)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({}, "say which incident", id="nothing at all"),
        pytest.param({"actions": True, "trends": True}, "one at a time", id="both lists"),
        pytest.param({"number": "MI-1", "trends": True}, "leave the number", id="trends of one"),
        pytest.param({"actions": True, "export": Path("x.zip")}, "leave the number", id="an export of all"),
        pytest.param({"number": "MI-1", "timeline": "xml"}, "it is json or csv", id="another form"),
        pytest.param({"number": "MI-1", "done": True}, "--done goes with --actions", id="done of one"),
        pytest.param({"number": "MI-1", "as_markdown": True}, "--markdown goes with --all", id="markdown of one"),
        pytest.param({"number": "MI-1", "as_json": True}, "`--timeline json`", id="json of one"),
    ],
)
def test_options_that_make_no_sense_together(
    options: dict[str, object], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        _ = Elsewhere(**{**_fields(), **options}).asked  # type: ignore[arg-type]
    assert ended.value.exit_code == 2
    assert words in capsys.readouterr().err


def _fields() -> dict[str, object]:
    return {name: getattr(NOTHING, name) for name in Elsewhere.__slots__}
