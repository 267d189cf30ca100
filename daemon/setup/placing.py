"""A new configuration folder, whole or not at all: its files are written aside, synced, and linked in, murphyd.toml
last. A link never replaces a file that is there, and what a crash leaves is no configuration and is cleared later.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.files import CONTACTS, PROCEDURE, SETTINGS
from daemon.folders import sync_folder
from daemon.setup.settings import CREDENTIALS, Files

ASIDE = ".murphyd-init-"
"""What the folder's name begins with in which the files lie before they are in place."""

OURS = (SETTINGS, PROCEDURE, CONTACTS)
READABLE, SECRET = 0o640, 0o600
FOLDER, LOCKED = 0o750, 0o700


class Taken(Exception):
    """There is something in the folder already: the words say what."""


def refuse_taken(folder: Path, secrets: tuple[Path, ...] = ()) -> None:
    """Raises Taken, NotADirectoryError, PermissionError and other OSErrors."""
    if not folder.exists():
        return
    remains = [aside for aside in folder.iterdir() if aside.name.startswith(ASIDE)]
    for aside in remains:
        _clear(folder, aside)
    for name in (*map(Path, OURS), *secrets):
        if (folder / name).exists():
            raise Taken(f"there is already {folder / name}")


def place(folder: Path, files: Files, look: Callable[[Path], None]) -> None:
    """`look` is shown the files before they are in place, and may raise. Raises Taken, OSError; leaves nothing then."""
    refuse_taken(folder, tuple(files.secrets))
    with _made(folder), _aside(folder) as aside:
        for path, text in files.texts.items():
            _write(aside / path, text, READABLE)
        for path, secret in files.secrets.items():
            _write(aside / path, f"{secret.value}\n", SECRET)
        look(aside)
        _own(folder, aside)
        _link_all(folder, aside, [*files.secrets, *(path for path in files.texts if path.name != SETTINGS)])


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, and those above it; those that were not there are removed when it comes to nothing."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(FOLDER)
        yield
    except BaseException as failed:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        if isinstance(failed, OSError) and failed.filename is None:
            failed.filename = str(folder)
        raise


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder))
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(path: Path, text: str, mode: int) -> None:
    path.parent.mkdir(LOCKED, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _own(folder: Path, aside: Path) -> None:
    """Root writes for the service: what it may read is its group's, as the folder is."""
    if os.geteuid() == 0:
        for name in OURS:
            os.chown(aside / name, -1, folder.stat().st_gid)


def _link_all(folder: Path, aside: Path, paths: list[Path]) -> None:
    done: list[Path] = []
    credentials = folder / CREDENTIALS
    made = not credentials.exists()
    try:
        if made:
            credentials.mkdir(LOCKED)
        for path in (*paths, Path(SETTINGS)):
            try:
                os.link(aside / path, folder / path)
            except FileExistsError:
                raise Taken(f"there is already {folder / path}") from None
            done.append(folder / path)
        sync_folder(credentials)
        sync_folder(folder)
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                credentials.rmdir()
        raise


def _clear(folder: Path, aside: Path) -> None:
    """What was linked before a crash, unless all of it was; then the files aside."""
    whole = _same(aside / SETTINGS, folder / SETTINGS)
    for path in [] if whole else [path for path in aside.rglob("*") if path.is_file()]:
        if _same(path, folder / path.relative_to(aside)):
            (folder / path.relative_to(aside)).unlink()
    shutil.rmtree(aside, ignore_errors=True)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False
