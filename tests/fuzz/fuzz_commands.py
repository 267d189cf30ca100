"""Coverage-guided fuzzing of what reads words (commands, proposals, texts) with atheris.

    python -m tests.fuzz.fuzz_commands -max_total_time=60 [corpus folder]

Options are libFuzzer's. The seeds are the lines of the tests, written into the corpus folder (else a temporary one).
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["parsers"]):
    from parsers.command import MAX_WORDS, parse_command
    from parsers.proposal import parse_proposal
    from parsers.segments import segments, to_gsm
    from parsers.sms import normalize_number, parse_sms

from parsers.types import Command, Problem
from tests.parsers.inbounds import mail
from tests.parsers.test_command import BARE, SLIPS, SUBJECTS, UNCLEAR
from tests.parsers.test_command_words import MARKS, WORDS

LONGEST_GREETING = 6
AT = datetime(2026, 11, 23, tzinfo=UTC)


def one_message(raw: bytes) -> None:
    """The first line is the subject, the rest the body."""
    subject, _, body = raw.decode("utf-8", "surrogateescape").partition("\n")
    command = parse_command(mail(body, subject=subject))
    assert (command.verb is None) is (command.problem is not None)
    assert (command.suggestion is not None) is (command.problem is Problem.SLIP)
    assert len(command.words) + len(command.management) <= MAX_WORDS
    if len(body.split()) > LONGEST_GREETING:
        assert parse_command(mail(body, subject=subject, sure=False)).verb is None or not _worded(body)
    parse_proposal(subject, body)
    parse_command(parse_sms(subject, "+32460000000", body, "1", AT))
    normalize_number(subject, "BE")
    assert segments(to_gsm(body)).segments >= 1
    assert isinstance(command, Command)


def _worded(text: str) -> bool:
    return any(char.isalnum() for char in text)


def seed(folder: Path) -> None:
    bodies = [case[0] for case in (*BARE, *UNCLEAR, *SLIPS, *WORDS)] + [f"UPDATE {case[0]}" for case in MARKS]
    texts = [f"\n{body}" for body in bodies] + [case[0] for case in SUBJECTS]
    for number, text in enumerate(texts):
        (folder / f"seed-{number}").write_text(text, errors="surrogateescape")


def main() -> None:
    folders = [each for each in sys.argv[1:] if not each.startswith("-")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(folders[0] if folders else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        seed(folder)
        limits = ["-timeout=20", "-rss_limit_mb=1024", "-max_len=4000"]
        atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], *([] if folders else [temporary])], one_message)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
