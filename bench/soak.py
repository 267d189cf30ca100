"""Weeks of a busy organization in minutes: does anything grow that should not? `python -m bench.soak [days]`.

Writes docs/soak.md to standard output; exit code 1 where something grows.
"""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.soaking import Sample, soak
from daemon.archiver import MOST_LINES
from daemon.core.ticking import MOST_KEYS
from daemon.logs import configure_logs

DAYS = 126
SIZE = 4
"""Incidents a day."""

WEEK = 7
MONTH = 30
WARM = 38
"""Days until everything has been used once, and the first month has left memory; half of a shorter soak."""

KEY = 520
LINE = 840
"""Bytes: measured with as many as are kept, read back from the disk."""

MOST_A_DAY = 0.05e6
"""Bytes of resident memory that may be added each day: holes between what lives long."""

MOST_BLOCKS = 100
"""Blocks of Python's a day: a tenth of one for each message."""

MOST_OBJECTS = 50
MOST_MORE = 20
"""Descriptors and tasks: a relay's eight sessions, both ends of which are here, come and go."""

MALLOC = "the unit's settings of malloc" if "MALLOC_ARENA_MAX" in os.environ else "malloc's defaults"

PAGE_OF_DOCS = """\
# Soak

{days} days of a busy organization in {minutes:.0f} minutes: the whole daemon over the real protocols, with only the
clock moved by hand. Every day {size} incidents with a team, updates, holding updates, answers and a review that is
closed the day after; strangers' texts, and texts that make no sense; every third day a roll call; and a fault, in turn:
relay, texts, mailbox, disk, a restart within the process, as at a reload.
Made by `make soak` ({python}, 2 cores) with {malloc}; incidents are archived after 2 days
here, so that it shows. It begins with a state as after years: what is kept by its number is there in its greatest
number, {keys:,} keys of messages and {lines:,} lines of archived incidents, which take {years:.0f} MB.

{table}

What the columns show: *resident* memory of the process (the simulated servers are in it, too; what they keep is thrown
away each night). What is *live* after a collection: the objects that Python's collector knows, the blocks of memory
that Python holds (strings, too), and what of the C library's heap is in use. Live figures would show a leak; resident
memory is more by the program itself and by *holes*, free memory between what lives, which is used again. Then file
descriptors and tasks; the snapshot and its journal on the disk; and what the daemon knows of: notices and incidents.

{verdict}

## What is kept, and how much at most

- The key of each message that came in, so that no copy has an effect again: for 400 days, and of the last {keys:,}
  at most; {key} bytes each, {key_mb:.0f} MB in all. A new one pushes out the oldest here.
- Of an archived incident, and of an archived month, a line, for `murphyd incidents`: of the last {lines:,}; {line}
  bytes each, {line_mb:.1f} MB in all. Here, too, a new one pushes out the oldest; those are read from the archives.
- Notices that belong to no incident (answers, exercises, word to the operators) leave memory once the month after
  theirs has begun: the saw's teeth in *notices*.
- An incident leaves it `archive_after` its end (90 days), or, where nobody closes its review, a year later: as large
  as these, with 40 notices to 120 recipients in all, it is 0.3 MB. Nothing else of it stays.
- Caches of texts and mails that were rendered hold 256 each; those of libraries have bounds of their own.
- Whatever is a queue, or grows in a dict, set or list, has a bound that a table names, and a test counts them.

`make soak` fails where resident memory grows by more than {most_mb} MB a day, what Python holds by more than
{most_blocks} blocks or {most_objects} objects, or descriptors or tasks by {most_descriptors}.
A short soak is part of the tests: it fails where descriptors, tasks, or the objects of any class of Murphy's grow, or
something archived is remembered.
"""
VERDICT = """\
From day {first} to day {last}, over {messages:,} messages: what is live changed by {objects:+,.0f} objects,
{blocks:+,.0f} blocks and {used:+.3f} MB of the C library's heap a day, of {all_objects:,} and {all_blocks:,} and
{all_used:.0f} MB; objects of Murphy's own classes by {ours:+,.1f} a day, of {all_ours:,}. Resident memory changed by
{slope:+.3f} MB a day (it was {low:.1f} to {high:.1f} MB), the most descriptors by {descriptors:+d}, and the most tasks
by {tasks:+d}. A day's change is between the mean of the first {span} of these days and the mean of the last {span}: a
month's notices come and go within them.
"""
HEADS = (
    "day", "incidents", "messages", "resident MB", "thousand objects", "thousand blocks", "heap MB", "descriptors",
    "tasks", "on disk MB", "notices", "incidents in memory",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Growth:
    """After the first `warm` days: what is added a day, from the mean of the first `span` of them to that of the last;
    by how much the most of the rest grew. `resident` and `used` are bytes."""

    warm: int
    span: int
    resident: float
    used: float
    blocks: float
    objects: float
    ours: float
    descriptors: int
    tasks: int

    @property
    def flat(self) -> bool:
        return (
            self.resident <= MOST_A_DAY
            and self.blocks <= MOST_BLOCKS
            and self.objects <= MOST_OBJECTS
            and max(self.descriptors, self.tasks) <= MOST_MORE
        )


def growth(samples: Sequence[Sample]) -> Growth:
    """Of four days or more."""
    warm = min(WARM, len(samples) // 2)
    before, after = samples[:warm], samples[warm:]
    span = min(MONTH, len(after) // 2)

    def a_day(figures: Sequence[int]) -> float:
        return (fmean(figures[-span:]) - fmean(figures[:span])) / (len(figures) - span)

    return Growth(
        warm=warm,
        span=span,
        resident=a_day([sample.resident for sample in after]),
        used=a_day([sample.used for sample in after]),
        blocks=a_day([sample.blocks for sample in after]),
        objects=a_day([sample.objects for sample in after]),
        ours=a_day([sample.ours for sample in after]),
        descriptors=max(s.descriptors for s in after) - max(s.descriptors for s in before),
        tasks=max(s.tasks for s in after) - max(s.tasks for s in before),
    )


def cells(sample: Sample) -> tuple[str, ...]:
    rows = sample.rows
    return (
        str(sample.day), f"{sample.incidents:,}", f"{sample.messages:,}", f"{sample.resident / 1e6:.1f}",
        f"{sample.objects / 1e3:.1f}", f"{sample.blocks / 1e3:.0f}", f"{sample.used / 1e6:.1f}",
        str(sample.descriptors), str(sample.tasks), f"{sample.disk / 1e6:.1f}", f"{rows['notices']:,}",
        str(rows["incidents"]),
    )  # fmt: skip


def page(samples: Sequence[Sample], seconds: float, size: int) -> str:
    """docs/soak.md."""
    shown = [s for s in samples if s.day in (1, 2, len(samples)) or s.day % WEEK == 0]
    lines = [HEADS, ("---:",) * len(HEADS), *map(cells, shown)]
    key_mb, line_mb = KEY * MOST_KEYS / 1e6, LINE * MOST_LINES / 1e6
    return PAGE_OF_DOCS.format(
        days=len(samples), minutes=seconds / 60, size=size, python=f"Python {sys.version.split()[0]}", malloc=MALLOC,
        table="\n".join(f"| {' | '.join(line)} |" for line in lines), verdict=_verdict(samples).rstrip(),
        keys=MOST_KEYS, key=KEY, key_mb=key_mb, lines=MOST_LINES, line=LINE, line_mb=line_mb, years=key_mb + line_mb,
        most_mb=MOST_A_DAY / 1e6, most_blocks=MOST_BLOCKS, most_objects=MOST_OBJECTS, most_descriptors=MOST_MORE,
    )  # fmt: skip


def _verdict(samples: Sequence[Sample]) -> str:
    grown = growth(samples)
    first, last = samples[grown.warm], samples[-1]
    sizes = [sample.resident / 1e6 for sample in samples[grown.warm :]]
    return VERDICT.format(
        first=first.day, last=last.day, messages=last.messages - first.messages, slope=grown.resident / 1e6,
        low=min(sizes), high=max(sizes), blocks=grown.blocks, objects=grown.objects, used=grown.used / 1e6,
        ours=grown.ours, all_blocks=last.blocks, all_objects=last.objects, all_used=last.used / 1e6,
        all_ours=last.ours, descriptors=grown.descriptors, tasks=grown.tasks, span=grown.span,
    )  # fmt: skip


def _tell(sample: Sample) -> None:
    print("; ".join(cells(sample)), file=sys.stderr)


def main() -> int:
    """The exit code: 1 where something grows that should not."""
    days = max(4, int(sys.argv[1])) if len(sys.argv) > 1 else DAYS
    configure_logs(level=logging.CRITICAL)
    began = time.monotonic()
    samples = asyncio.run(soak(days, SIZE, _tell, aged=True))
    print(page(samples, time.monotonic() - began, SIZE), end="")
    return 0 if growth(samples).flat else 1


if __name__ == "__main__":
    sys.exit(main())
