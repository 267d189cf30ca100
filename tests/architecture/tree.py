"""The source tree as the architecture tests see it: its modules, what each imports, and its text files."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "parsers", "channels", "daemon")
NOT_OURS = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the four packages. `imports` are dotted names: a module's, or a name within one."""

    name: str
    path: Path
    tree: ast.Module
    imports: frozenset[str]

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def files() -> Iterator[Path]:
    """Every file of the project, whether git is here or not."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in NOT_OURS or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def python_files(*folders: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


@cache
def modules() -> dict[str, Module]:
    found = (_read(path) for path in python_files(*PACKAGES))
    return {module.name: module for module in found}


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    tree = ast.parse(path.read_bytes(), str(path))
    return Module(name, path, tree, frozenset(_imports(tree, name if is_package else name.rpartition(".")[0])))


def _imports(tree: ast.Module, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                if level:
                    above = package.split(".")
                    module = ".".join([*above[: len(above) - level + 1], *([module] if module else [])])
                yield from (f"{module}.{alias.name}" for alias in names)


def module_of(name: str) -> str | None:
    """The module of ours that an imported dotted name loads; None for anyone else's."""
    known = modules()
    while name:
        if name in known:
            return name
        name = name.rpartition(".")[0]
    return None
