"""What every file of the tree keeps to."""

import ast
import re

import pytest

from tests.architecture.tree import PACKAGES, ROOT, files, python_files

# Where a machine keeps its users' files, and the hosts that packages come from: neither belongs in the tree.
# Written in halves, so that this file passes its own test.
PLACES = [left + right for left, right in (("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"))]
HOSTS = [
    left + "." + right
    for left, right in (("pypi", "org"), ("pythonhosted", "org"), ("deb.debian", "org"), ("registry.npmjs", "org"))
]
FOREIGN = re.compile(rf"(?<![\w.])(?:{'|'.join(PLACES)})|(?<!\w)(?:{'|'.join(map(re.escape, HOSTS))})")


@pytest.mark.parametrize("text", [f"see {PLACES[0]}x", f"--index-url https://files.{HOSTS[1]}/simple"])
def test_a_foreign_word_is_seen(text: str) -> None:
    assert FOREIGN.search(text)


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FOREIGN.finditer(text)]
    assert not found


def test_every_python_file_opens_with_its_contract() -> None:
    silent = {
        str(path.relative_to(ROOT))
        for path in python_files(*PACKAGES, "tests", "bench")
        if (tree := ast.parse(path.read_bytes())).body and not ast.get_docstring(tree)
    }
    assert not silent


def test_every_folder_of_tests_is_a_package() -> None:
    """Else two files of one name would hide each other."""
    folders = {path.parent for path in python_files("tests")}
    assert {str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()} == set()
