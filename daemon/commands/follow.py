"""How far an incident's messages are, as it happens: on a terminal a bar for each notice, into a pipe a line a change.

It reads what is written down, so that it works beside the daemon, and after it has gone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from daemon.commands.console import console, say
from daemon.commands.place import Place
from daemon.commands.progress import watched
from daemon.commands.show import NoSuchIncident, fate, number_of
from daemon.commands.timeline import about
from daemon.history import History, Sent, history
from daemon.render.plain import line
from daemon.review.words import named
from daemon.state.store import read_store

EVERY = 1.0
"""Seconds between two looks, or as long as the last one took, if that is more."""

MOST = 12
"""Notices that are shown, the last ones; the open ones always."""


@dataclass(frozen=True, slots=True)
class Far:
    """One notice: for how many people it has ended, of how many, and how."""

    id: int
    what: str
    done: int
    people: int
    fate: str

    @property
    def open(self) -> bool:
        return self.done < self.people


def follow(
    place: Place, number: str, until: Callable[[History], bool] | None = None, *, as_json: bool = False
) -> History:
    """Until every message has ended, or `until` is so; Ctrl-C ends it before, and changes nothing.

    With `as_json` it waits in silence.

    Raises NoSuchIncident, OSError, StateDamaged.
    """
    asked = number_of(number)
    with _shown(as_json=as_json) as show:
        while True:
            began = time.monotonic()
            found = history(read_store(place.state), asked)
            if found is None:
                raise NoSuchIncident(f"there is no {asked}; `murphyd incidents` lists those there are")
            rows = [_far(sent, place) for sent in found.sent]
            show(rows)
            if until(found) if until else not any(row.open for row in rows):
                return found
            time.sleep(max(EVERY, time.monotonic() - began))


def _far(sent: Sent, place: Place) -> Far:
    endings = sent.endings()
    people = len(sent.notice.recipients)
    what = f"{named(sent.notice.kind)} to {line(about(sent.notice, place.name), 60)}"
    return Far(sent.notice.id, what, people - endings[None], people, fate(sent))


class _Lines:
    """A line for each notice that stands otherwise than before."""

    def __init__(self) -> None:
        self._before: dict[int, Far] = {}

    def __call__(self, rows: list[Far]) -> None:
        for row in rows:
            if self._before.get(row.id) != row:
                say(f"{row.what}: {row.done} of {row.people}; {row.fate}")
            self._before[row.id] = row


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[int, TaskID] = {}

    def __call__(self, rows: list[Far]) -> None:
        shown = [row for row in rows[:-MOST] if row.open or row.id in self._tasks] + rows[-MOST:]
        for row in shown:
            if row.id not in self._tasks:
                self._tasks[row.id] = self._progress.add_task(row.what, total=row.people, fate="")
            self._progress.update(self._tasks[row.id], completed=row.done, fate=row.fate)


@contextmanager
def _shown(*, as_json: bool) -> Iterator[Callable[[list[Far]], None]]:
    if as_json:
        yield lambda _rows: None
        return
    if not watched():
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TextColumn("{task.fields[fate]}"))
    with Progress(*columns, console=console(err=True)) as progress:
        yield _Bars(progress)
