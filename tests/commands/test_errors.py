"""What a newcomer types wrong: one line that says what happened and what to do, the right exit code, no traceback."""

import subprocess
import sys

import pytest

from tests.commands.murphyd import Murphyd
from tests.commands.typed import typed
from tests.servers.process import server_folder

CASES = {
    "no such command": (("incident",), 2, "No such command 'incident'. Did you mean 'incidents'"),
    "no speed": (("sandbox", "--speed", "-3"), 2, "should be greater than or equal to 0"),
    "no such option": (("incidents", "--all"), 2, "No such option: --all"),
    "a word too much": (("incidents", "extra"), 2, "Got unexpected extra argument(s) (extra)"),
    "a word too few": (("say", "--config", "{etc}"), 2, "as in: murphyd say MI-7 ACCEPT --as 'An Peeters'"),
    "no folder": (("show", "MI-1", "--config", "{home}/nix"), 2, "`murphyd init DIR` writes a new one"),
    "no number": (("show", "x", "--config", "{etc}"), 2, "write it as in MI-7"),
    "no such incident": (("show", "99", "--config", "{etc}"), 2, "`murphyd incidents` lists those there are"),
    "nobody speaks": (("say", "MI-2", "ACCEPT", "--config", "{etc}"), 2, "say who speaks: --as NAME"),
    "a stranger speaks": (("propose", "x", "--as", "X", "--config", "{etc}"), 2, "`murphyd contacts` lists everybody"),
    "no daemon": (("drill", "--yes", "--config", "{etc}"), 2, "`murphyd run` starts it"),
    "no duration": (("drill", "--for", "3x", "--yes", "--config", "{etc}"), 2, '"3x" is no duration'),
    "no such drill": (("drill", "--report", "DR-9", "--config", "{etc}"), 2, "there is no DR-9"),
    "followed by a script": (("show", "2", "--follow", "--json", "--config", "{etc}"), 2, "--follow is for people"),
    "no such list": (("contacts", "operator", "--config", "{etc}"), 2, 'did you mean "operators"?'),
    "nowhere to write": (("state", "export", "{home}/nix/x", "--config", "{etc}"), 2, "make it, or correct the path"),
    "a folder to write to": (("state", "export", "{home}", "--config", "{etc}"), 2, "is a folder; name a file in it"),
    "a backup onto something": (("state", "backup", "{etc}", "--config", "{etc}"), 2, "name an empty folder"),
    "no form of a report": (("review", "1", "-o", "{home}/x.docx", "--config", "{etc}"), 2, "ends in .html, .pdf or"),
    "nobody to import": (("contacts", "import", "{etc}/empty", "--config", "{etc}"), 2, "export the address book"),
    "no copy to compare": (("procedure", "--check", "{home}/x", "--config", "{etc}"), 2, "correct the path"),
}


@pytest.mark.parametrize(("words", "code", "said"), CASES.values(), ids=CASES.keys())
def test_a_line_that_helps(murphyd: Murphyd, words: tuple[str, ...], code: int, said: str) -> None:
    (murphyd.home / "etc" / "empty").touch()
    done = typed(*(word.format(etc=murphyd.home / "etc", home=murphyd.home) for word in words))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    assert "Traceback" not in done.stderr


def test_the_file_stands_for_its_folder(murphyd: Murphyd) -> None:
    assert typed("incidents", "--config", str(murphyd.settings)).returncode == 0


def shell(words: str, murphyd: Murphyd) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m daemon {words}".replace("ETC", str(murphyd.home / "etc"))
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)


STREAMS = {
    "standard output closed": ("incidents --config ETC >&-", 0, ""),
    "all closed": ("incidents --config ETC <&- >&- 2>&-", 0, ""),
    "a pipe that nobody reads": ("procedure --config ETC | true; exit ${PIPESTATUS[0]}", 1, ""),
    "a full disk": ("incidents --config ETC >/dev/full", 2, "make room on that disk"),
}


@pytest.mark.parametrize(("words", "code", "said"), STREAMS.values(), ids=STREAMS.keys())
def test_streams_that_do_not_work(murphyd: Murphyd, words: str, code: int, said: str) -> None:
    done = shell(words, murphyd)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_terminal_of_another_alphabet(murphyd: Murphyd) -> None:
    done = typed("contacts", "--config", str(murphyd.home / "etc"), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_this_user_may_not_read(murphyd: Murphyd) -> None:
    with server_folder() as folder:
        copy = murphyd.copy(folder / "copy")
        copy.home.chmod(0o755)
        copy.state.chmod(0)
        done = typed("incidents", "--config", str(copy.home / "etc"), nobody=True)
        copy.state.chmod(0o700)
    assert done.returncode == 2
    said = f"murphyd: {copy.state}: Permission denied; run it as root, as in: sudo murphyd …\n"
    assert done.stderr == said


def test_help_has_the_commands_in_their_groups_with_an_example_each() -> None:
    done = typed("--help", COLUMNS="100")
    lines = [line.strip("│╭╮╰╯─ ") for line in done.stdout.splitlines()]
    groups = [lines.index(group) for group in ("Every day", "When something is wrong", "Setting up")]
    assert groups == sorted(groups)
    assert "murphyd show MI-7" in lines
    assert groups[2] < lines.index("murphyd init")


def test_completion_of_numbers_names_and_lists(murphyd: Murphyd) -> None:
    etc = str(murphyd.home / "etc")
    offered = {
        f"murphyd show --config {etc} MI-": {"MI-1", "MI-2", "MI-3"},
        f"murphyd say --config {etc} --as La": {"Laura\\ Chen"},
        f"murphyd contacts show --config {etc} net": {"network-engineers"},
        "murphyd contacts im": {"import"},
        f"murphyd drill --config {etc} --lists operators,man": {"operators,management"},
        f"murphyd propose --config {etc} x --service web": {"webshop"},
        f"murphyd show --config {etc}/nix MI-": set(),
    }
    for line, words in offered.items():
        number = str(len(line.split()) - 1)
        done = typed(_MURPHYD_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=number)
        assert {one for one in done.stdout.splitlines() if one} == words, line


@pytest.mark.parametrize(
    "words", [(), ("state",), ("contacts",), ("init",), ("say",), ("contacts", "import")], ids=" ".join
)
def test_help_is_in_the_words_of_who_types_it(words: tuple[str, ...]) -> None:
    shown = typed(*words, "--help").stdout
    assert not any(type_ in shown for type_ in ("<bool>", "<path>", "<str>", "list[", "{", "[[")), shown
    assert "murphyd " in shown.partition("Usage")[2].partition("\n")[2], "an example"
