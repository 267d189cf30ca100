"""What is out of rule says why: a rule of the linter that is turned off, and a handler that takes every exception."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.tree import Module, modules

BROAD = {"Exception", "BaseException"}
EXCUSED = re.compile(r"# noqa: [A-Z0-9]+(, [A-Z0-9]+)* \(\w.+\)$")

every_module = pytest.mark.parametrize("module", modules().values(), ids=lambda module: module.where)


@every_module
def test_a_rule_that_is_turned_off_says_why(module: Module) -> None:
    lines = module.path.read_text().splitlines()
    assert [line for line in lines if "# noqa" in line and not EXCUSED.search(line)] == []


def swallowing(module: Module) -> Iterator[ast.ExceptHandler]:
    """Handlers of everything that neither raise it again nor log all of it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in BROAD):
            raised = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if not raised and ".exception(" not in ast.unparse(node.body[0]):
                yield node


@every_module
def test_a_handler_that_takes_everything_says_why(module: Module) -> None:
    lines = module.path.read_text().splitlines()
    unexplained = [
        node.lineno
        for node in swallowing(module)
        if not any("  # " in line or line.strip().startswith("#") for line in lines[node.lineno - 1 : node.lineno + 1])
    ]
    assert unexplained == []


def test_there_are_some() -> None:
    assert sum(1 for module in modules().values() for _ in swallowing(module)) > 5
