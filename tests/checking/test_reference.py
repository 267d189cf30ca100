"""The page of findings is what the program generates, and names every finding there is."""

import re
from pathlib import Path

from daemon.checking.reference import CONNECTIONS, MACHINE, reference

ROOT = Path(__file__).parents[2]
NAMED = re.compile(
    r'(?:_weak|_fault|append)\(\(?\s*"([a-z-]+)"|(?:Severity\.[A-Z]+|severity), "([a-z-]+)"|weak=\(\("([a-z-]+)"'
)


def test_the_committed_page_is_what_is_generated() -> None:
    page = ROOT / "docs" / "check.md"
    assert page.read_text() == reference(), "run: python -m daemon.checking.reference > docs/check.md"


def test_every_finding_outside_the_table_of_rules_is_on_it() -> None:
    sources = [ROOT / "daemon" / "checking" / f"{name}.py" for name in (
        "place", "probing", "mail_probes", "text_probes", "web_probes", "calendar_probes", "remembered", "rights",
    )]  # fmt: skip
    named = {next(filter(None, found)) for source in sources for found in NAMED.findall(source.read_text())}
    assert named == {name for name, _, _ in (*MACHINE, *CONNECTIONS)}
