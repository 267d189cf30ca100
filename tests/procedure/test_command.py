"""`murphyd procedure` as its users run it: its forms, and whether a kept copy still says the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from daemon.cli import app
from tests.core.vocabulary import EXAMPLE, FILLED
from tests.procedure.example import written


@pytest.fixture(scope="module")
def etc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("etc")
    for name in ("murphyd.toml.in", "procedure.toml", "contacts.csv"):
        words = (EXAMPLE / name).read_text()
        for key, value in FILLED.items():
            words = words.replace(f"{{{key}}}", str(value)) if name.endswith(".in") else words
        (folder / name.removesuffix(".in")).write_text(words)
    return folder


def run(etc: Path, *words: str) -> Result:
    """In this process."""
    return CliRunner().invoke(app, ["procedure", *words, "--config", str(etc)])


def process(etc: Path, *words: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "daemon", "procedure", *words, "--config", str(etc)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environ)


def test_markdown_on_standard_output(etc: Path) -> None:
    came = process(etc)
    assert (came.returncode, came.stderr) == (0, "")
    assert came.stdout == written()


def test_a_page(etc: Path) -> None:
    came = run(etc, "--html")
    assert came.stdout.startswith("<!DOCTYPE html>\n")
    assert came.stdout.endswith("</html>\n")


def test_a_card(etc: Path) -> None:
    assert run(etc, "--card").stdout.startswith("# Acme Retail: major incident card\n")


def test_copies_are_compared_by_their_form(etc: Path, tmp_path: Path) -> None:
    """Of every form: an equal copy passes; another version of it fails, with what differs."""
    kept = {
        "procedure.md": run(etc).stdout,
        "procedure.html": run(etc, "--html").stdout,
        "card.md": run(etc, "--card").stdout,
    }
    for name, text in kept.items():
        card = ["--card"] if name.startswith("card") else []
        copy = tmp_path / name
        copy.write_text(text)
        same = run(etc, "--check", str(copy), *card)
        assert same.exit_code == 0, same.stdout
        assert "as it is now" in same.stdout
        copy.write_text(text.replace("An Peeters", "Ann Peeters"))
        other = run(etc, "--check", str(copy), *card)
        assert other.exit_code == 1
        assert len(other.stdout.splitlines()) <= 21
        assert any(line.startswith("-") and "Ann Peeters" in line for line in other.stdout.splitlines())


def test_a_pdf_is_written_and_compared_by_its_version(etc: Path, tmp_path: Path) -> None:
    copy = tmp_path / "card.pdf"
    came = run(etc, "--card", "--pdf", str(copy))
    assert (came.exit_code, came.stdout) == (0, "")
    assert copy.read_bytes().startswith(b"%PDF-")
    assert run(etc, "--card", "--check", str(copy)).exit_code == 0
    copy.write_bytes(copy.read_bytes().replace(b"% murphyd-", b"% murphyd-0"))
    other = run(etc, "--card", "--check", str(copy))
    assert other.exit_code == 1
    assert "is not of version" in other.stdout


def test_without_the_extra_one_line_says_what_to_install(etc: Path, tmp_path: Path) -> None:
    """As on a machine where it is not installed: a module of its name that cannot be imported comes first."""
    (tmp_path / "weasyprint.py").write_text("raise ImportError('none here')\n")
    environ = {"PYTHONPATH": str(tmp_path), "PATH": ""}
    came = process(etc, "--card", "--pdf", str(tmp_path / "x.pdf"), environ=environ)
    assert came.returncode == 2
    assert came.stderr.count("\n") == 1
    assert "install.sh --documents" in came.stderr
    assert "libpango-1.0-0" in came.stderr
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--check", "/nonexistent/procedure.md"), "No such file", id="no copy is kept"),
        pytest.param(("--config", "/nonexistent"), "murphyd.toml", id="no configuration"),
    ],
)
def test_a_fault_is_one_line_a_fault(etc: Path, words: tuple[str, ...], said: str) -> None:
    came = process(etc, *words) if words[0] != "--config" else process(Path(words[1]))
    assert came.returncode == 2
    assert said in came.stderr
    assert "Traceback" not in came.stderr
