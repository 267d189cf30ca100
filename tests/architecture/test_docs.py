"""The documents say what is: every dependency has its line, every link leads somewhere, the tables are the code's."""

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from daemon.core.transitions import TRANSITIONS
from tests.architecture.test_dependency_rule import is_standard
from tests.architecture.tree import PACKAGES, ROOT, files, module_of, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = tuple(f"requirements{what}.txt" for what in ("-build", "", "-documents", "-test", "-fuzz", "-bench"))
PAGES = [path for path in files() if path.suffix == ".md"]

# Imported by the name of one package, and part of what another one offers.
PART_OF = {"pydantic-core": "pydantic", "pysasl": "pymap", "proxy-protocol": "pymap"}

# Needed without being imported: zoneinfo reads it.
DATA = {"tzdata"}


def normal(name: str) -> str:
    """PEP 503's."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=~! ;]", requirement)[0]) for requirement in requirements}


def pinned(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", (ROOT / file).read_text(), re.MULTILINE))


RUNTIME = named(PROJECT["project"]["dependencies"])
SANDBOX, PDF, REPORT, TESTS = (
    named(PROJECT["project"]["optional-dependencies"][extra]) for extra in ("sandbox", "pdf", "report", "test")
)
ROWS = re.findall(
    r"^\| ([a-z0-9.-]+) \|.*\| (\S+) \| (\d{4}-\d\d) \| [\d.]+ \|$", (ROOT / "docs/dependencies.md").read_text(), re.M
)


BUILD = named(PROJECT["build-system"]["requires"])


@pytest.mark.parametrize("name", sorted(RUNTIME | SANDBOX | PDF | REPORT | TESTS | BUILD))
def test_a_dependency_has_its_line_with_the_version_that_is_pinned(name: str) -> None:
    versions = {normal(row): version for row, version, _ in ROWS}
    pins = pinned("requirements-build.txt") | pinned("requirements-test.txt")
    assert versions.get(name) == pins[name]


def test_no_line_is_left_over() -> None:
    pins = pinned("requirements-build.txt") | pinned("requirements-test.txt")
    assert {normal(row) for row, _, _ in ROWS} <= set(pins)


def test_what_is_imported_is_declared() -> None:
    """A package that happens to be there because another one needs it may be gone tomorrow."""
    owners = packages_distributions()
    undeclared = set()
    for module in modules().values():
        allowed = RUNTIME | (SANDBOX if module.name.startswith("daemon.sandbox") else set())
        allowed |= PDF if module.name == "daemon.document.pdf" else set()
        allowed |= REPORT if module.name.startswith("daemon.review") else set()
        for name in module.imports:
            if not is_standard(name) and not module_of(name):
                by = {normal(owner) for owner in owners.get(name.split(".")[0], ["nobody"])}
                if not {PART_OF.get(owner, owner) for owner in by} & allowed:
                    undeclared.add(f"{module.where} imports {name}")
    assert not undeclared


def test_what_is_declared_is_imported() -> None:
    owners = packages_distributions()
    tops = {name.split(".")[0] for module in modules().values() for name in module.imports}
    used = {normal(owner) for top in tops for owner in owners.get(top, [])}
    assert used | DATA >= RUNTIME | SANDBOX | PDF | REPORT


@pytest.mark.parametrize("file", PINS)
def test_every_pin_has_hashes_and_no_file_names_a_host(file: str) -> None:
    text = (ROOT / file).read_text()
    assert len(re.findall(r"^[a-z0-9-]+==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)) == len(pinned(file)) > 0
    assert "://" not in text
    assert not re.search(r"^\s*-(i|f|-index|-find|-extra|-trusted)", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_documents_leads_somewhere(page: Path) -> None:
    text = page.read_text()
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'(?:src|srcset|href)="([^"#]+)', text)
    inner = {target for target in targets if "://" not in target and not target.startswith(("mailto:", "tel:"))}
    missing = {target for target in inner if not (page.parent / target).exists()}
    assert not missing


def test_every_page_is_in_the_table_of_documents() -> None:
    index = (ROOT / "docs/README.md").read_text()
    pages = {page.name for page in PAGES if page.parent == ROOT / "docs"} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_the_concepts_list_the_transitions_of_the_code() -> None:
    text = (ROOT / "docs/concepts.md").read_text()
    rows = re.findall(r"^\| (\w+) \| .+ \| (\w+) \|$", text, re.MULTILINE)
    written = {row for row in rows if row not in {("from", "to"), ("nothing", "proposed")}}
    assert written == {(before.value, after.value) for (before, _), after in TRANSITIONS.items()}


def test_every_command_of_make_that_is_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = {word for page in PAGES for word in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(), re.M)}
    assert {"".join(pair) for pair in shown} <= targets


def test_the_wheel_holds_every_package() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(PACKAGES)
