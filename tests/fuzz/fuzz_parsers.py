"""Coverage-guided fuzzing of the mail and command parsers: any exception, hang or broken promise ends the run.

    python -m tests.fuzz.fuzz_parsers -max_total_time=60 [corpus folder]

Options are libFuzzer's. The seeds are the mails of the tests, written into the corpus folder (else a temporary one).
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["parsers"]):
    from parsers.bounce import parse_bounce
    from parsers.command import parse_command
    from parsers.email import parse_email

from tests.parsers.mails.clients import CLIENTS, mail
from tests.parsers.mails.languages import LANGUAGES


def one_mail(raw: bytes) -> None:
    inbound = parse_email(raw)
    parse_bounce(raw)
    command = parse_command(inbound)
    assert (command.verb is None) != (command.problem is None)
    assert command.verb is None or inbound.sure or not inbound.visible_text
    assert inbound.deciding_line == inbound.visible_text.split("\n")[0].strip()
    assert inbound.deciding_line or not inbound.sure
    assert inbound.sure or not inbound.public_sure
    inbound.text.encode()
    inbound.subject.encode()


def seed(folder: Path) -> None:
    for client in CLIENTS:
        for language in LANGUAGES:
            (folder / f"{client.__name__}-{language.code}").write_bytes(mail(client(language)))


def main() -> None:
    folders = [each for each in sys.argv[1:] if not each.startswith("-")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(folders[0] if folders else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        seed(folder)
        limits = ["-timeout=20", "-rss_limit_mb=1024", "-max_len=20000"]
        atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], *([] if folders else [temporary])], one_mail)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
