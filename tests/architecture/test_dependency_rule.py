"""The dependency rule: who may import whom. Read from the source, so that an import inside a function counts too."""

import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.tree import Module, module_of, modules

BORDERS = ("config.types", "parsers.types", "channels.types")
IMPURE = {"asyncio", "concurrent", "os", "pathlib", "random", "secrets", "select", "shutil", "socket", "subprocess"}
IMPURE |= {"tempfile", "threading", "time"}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def of(package: str) -> list[Module]:
    found = [module for module in modules().values() if is_in(module.name, package)]
    assert found, f"no module in {package}"
    return found


def is_standard(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in sys.stdlib_module_names


@pytest.mark.parametrize("package", ["config", "parsers", "channels"])
def test_an_outer_package_imports_nothing_of_ours_but_itself(package: str) -> None:
    strangers = {
        f"{module.where} imports {name}"
        for module in of(package)
        for name in module.imports
        if (ours := module_of(name)) and not is_in(ours, package)
    }
    assert not strangers


@pytest.mark.parametrize("name", BORDERS)
def test_a_border_imports_the_standard_library_only(name: str) -> None:
    assert not {imported for imported in modules()[name].imports if not is_standard(imported)}


def test_the_core_imports_the_borders_the_standard_library_and_itself() -> None:
    strangers = {
        f"{module.where} imports {name}"
        for module in of("daemon.core")
        for name in module.imports
        if not is_standard(name) and module_of(name) not in BORDERS and not is_in(name, "daemon.core")
    }
    assert not strangers


def test_the_core_is_pure() -> None:
    """No clock, no asyncio, no disk, no chance: the same state, stimulus and time decide the same."""
    impure = {
        f"{module.where} imports {name}"
        for module in of("daemon.core")
        for name in module.imports
        if name.split(".")[0] in IMPURE
    }
    assert not impure


def test_parsers_are_pure() -> None:
    impure = {
        f"{module.where} imports {name}"
        for module in of("parsers")
        for name in module.imports
        if name.split(".")[0] in IMPURE
    }
    assert not impure


def test_only_the_sandbox_itself_and_what_starts_it_know_the_sandbox() -> None:
    knowing = {
        module.where
        for module in modules().values()
        for name in module.imports
        if is_in(name, "daemon.sandbox") and not is_in(module.name, "daemon.sandbox")
    }
    assert knowing <= {"daemon/cli.py", "daemon/commands/sandbox.py"}


def test_no_circles() -> None:
    graph = {
        module.name: {ours for name in module.imports if (ours := module_of(name)) and ours != module.name}
        for module in modules().values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("modules import in a circle: " + " <- ".join(error.args[1]))
