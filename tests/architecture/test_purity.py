"""Who reads a clock and who writes to the disk, and that the rest does neither."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import Module, modules

# Everything outside daemon/state that writes, and what. The sandbox writes what it likes.
WRITERS = {
    "channels/gsm.py": "the modem daemon's outbox, which is its interface",
    "config/lastgood.py": "the last good copy of the configuration",
    "daemon/console/server.py": "the socket that the operator's commands come in by, in the state folder",
    "daemon/commands/ending.py": "/dev/null, where a stream leads that nobody reads any more",
    "daemon/importing/writing.py": "contacts.csv with an import's changes, as the user asked for",
    "daemon/setup/placing.py": "a new configuration folder, as the user asked for",
    "daemon/commands/procedure.py": "the PDF that the user asked for",
    "daemon/commands/review.py": "the report that the user asked for",
    "daemon/review/archive_zip.py": "the export that the user asked for",
    "daemon/commands/state.py": "the backups beyond the number to be kept, which are removed",
    "daemon/folders.py": "nothing: it opens a folder that others have written in, to sync it",
    "daemon/render/book.py": "its page of the documents, when run by hand",
    "daemon/status_page/writing.py": "the public pages, in the folder that the organization named for them",
    "daemon/identity/secret.py": "the secret that tokens are made with",
}

WRITING_METHODS = {
    "write_text",
    "write_bytes",
    "touch",
    "symlink_to",
    "hardlink_to",
    "mkdir",
    "unlink",
    "rmdir",
    "rename",
}
WRITING_FUNCTIONS = {
    ("os", name) for name in ("open", "replace", "rename", "remove", "unlink", "mkdir", "makedirs", "truncate", "link")
}
WRITING_MODULES = {"shutil", "tempfile"}


def calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def is_mode_that_writes(call: ast.Call) -> bool:
    """Of `open(path, mode)` and `path.open(mode)`."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str) and len(a.value) < 4]
    return any(set(mode) & set("wax+") and not set(mode) - set("rwaxbt+") for mode in modes)


def writes(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if (owner, name) in WRITING_FUNCTIONS:
            return True
        case ast.Attribute(value=ast.Name(id=owner)) if owner in WRITING_MODULES:
            return True
        case ast.Attribute(attr="open") | ast.Name(id="open"):
            return is_mode_that_writes(call)
        case ast.Attribute(attr=name):
            return name in WRITING_METHODS
    return False


@pytest.mark.parametrize(
    ("source", "is_writing"),
    [
        ("open(name, 'w')", True),
        ("path.open(mode='ab')", True),
        ("path.write_text(text)", True),
        ("os.replace(a, b)", True),
        ("shutil.rmtree(path)", True),
        ("open(name)", False),
        ("path.open('rb')", False),
        ("text.replace('a', 'w')", False),
        ("writer.write(line)", False),
    ],
)
def test_a_call_that_writes_is_told_from_one_that_does_not(source: str, is_writing: bool) -> None:
    (call,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    assert writes(call) is is_writing


def is_free_to_write(module: Module) -> bool:
    return module.name.startswith(("daemon.state", "daemon.sandbox"))


def test_only_the_state_writes_to_the_disk() -> None:
    writing = {
        f"{module.where}:{call.lineno}"
        for module in modules().values()
        if not is_free_to_write(module) and module.where not in WRITERS
        for call in calls(module)
        if writes(call)
    }
    assert not writing


def test_every_exception_still_writes() -> None:
    known = {module.where: module for module in modules().values()}
    assert {where for where in WRITERS if where not in known or not any(map(writes, calls(known[where])))} == set()


def test_the_core_and_the_parsers_read_no_clock() -> None:
    """`now` is read once, at the edge, and passed."""
    reading = {
        f"{module.where}:{call.lineno}"
        for module in modules().values()
        if module.name.startswith(("daemon.core", "daemon.render", "parsers"))
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"now", "utcnow", "today"}
    }
    assert not reading
