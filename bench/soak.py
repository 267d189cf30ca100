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
from statistics import linear_regression

from bench.soaking import Sample, soak
from daemon.logs import configure_logs

DAYS = 126
SIZE = 4
"""Incidents a day."""

WEEK = 7
WARM = 38
"""Days until everything has been used once, and the first month has left memory; half of a shorter soak."""

KEY = 570
KEY_BLOCKS = 6.7
"""Bytes, and blocks of Python's: measured with 20,000 keys that were read back from the disk."""

ARCHIVED = 2_000
"""Bytes for the line that stays of an archived incident."""

MOST_A_DAY = 0.1e6
"""Bytes of resident memory that may be added each day beside what is meant to be: holes between what lives long."""

MOST_BLOCKS = 300
"""Blocks a day beside those of keys."""

MOST_MORE = 20
"""Descriptors and tasks: a relay's eight sessions, both ends of which are here, come and go."""

MALLOC = "the unit's settings of malloc" if "MALLOC_ARENA_MAX" in os.environ else "malloc's defaults"

PAGE_OF_DOCS = """\
# Soak

{days} days of a busy organization in {minutes:.0f} minutes: the whole daemon over the real protocols, with only the
clock moved by hand. Every day {size} incidents with a team, updates, holding updates, answers and a review that is
closed the day after; strangers' texts, and texts that make no sense; every third day a roll call; and a fault, in turn:
relay, texts, mailbox, disk, a restart.
Made by `make soak` ({python}, 2 cores) with {malloc}; incidents are archived after 2 days here, so
that it shows.

{table}

What the columns show: resident memory of the process (the simulated servers are in it, too; what they keep is thrown
away each night), the blocks of memory that Python holds, what of the C library's heap is in use and what is free and
kept (mallinfo2(3)), file descriptors and tasks, and the journal with its snapshot.

{verdict}

## What grows, and how far

- The key of each message that came in, so that no copy has an effect again: {key} bytes each, {keys:.3f} MB a day here.
  It is forgotten after 400 days, and there are 100,000 at most, which is 57 MB.
- Notices that belong to no incident (answers, exercises, word to the operators) leave memory once the month after
  theirs has begun.
- An incident leaves it `archive_after` its end (90 days), or, where nobody closes its review, a year later: as large
  as these, with 40 notices to 120 recipients in all, it is 0.3 MB.
- Of an archived incident a line stays, for `murphyd incidents`: about {archived:,} bytes, {lines:.3f} MB a day here.

By tracemalloc, from day 36 to day 66, Python held 1.8 MB more: 1.0 for keys, 0.24 for the lines of archived incidents,
0.30 in the simulated mail server, 0.20 in caches of web libraries, which have a bound, and 0.06 for all else. What
resident memory grows by beside that are holes between what lives long.

The daemon starts again within its process every sixth day here, as at a reload: nothing of the one before stays.

`make soak` fails where resident memory grows by more than {most_mb} MB a day beside the keys, Python by more than
{most_blocks} blocks beside theirs, or descriptors or tasks by {most_descriptors}.
A short soak is part of the tests: it fails where descriptors or tasks grow, or something archived is remembered.
"""
VERDICT = """\
From day {first} to day {last}, over {messages:,} messages, resident memory changed by {slope:+.3f} MB a day, by least
squares (from {low:.1f} to {high:.1f} MB), of which {keys:.3f} MB are keys of messages (see below); Python's blocks by
{blocks:+,.0f} a day, of which {key_blocks:,.0f} are theirs; the C library's heap in use by {used:+.3f} MB, and free by
{kept:+.3f} MB; the most descriptors by {descriptors:+d}, the most tasks by {tasks:+d}.
"""
HEADS = ("day", "incidents", "messages", "resident MB", "thousand blocks", "heap MB", "free MB", "descriptors", "tasks",
         "journal kB", "notices", "incidents in memory", "keys")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Growth:
    """After the first `warm` days: what is added a day, by least squares; by how much the most of the rest grew.

    `resident`, `used` and `kept` are bytes; `keys` is a number of them.
    """

    warm: int
    resident: float
    used: float
    kept: float
    blocks: float
    keys: float
    descriptors: int
    tasks: int

    @property
    def flat(self) -> bool:
        """Beside the keys, which are meant to be."""
        return (
            self.resident - KEY * self.keys <= MOST_A_DAY
            and self.blocks - KEY_BLOCKS * self.keys <= MOST_BLOCKS
            and max(self.descriptors, self.tasks) <= MOST_MORE
        )


def growth(samples: Sequence[Sample]) -> Growth:
    """Of four days or more."""
    warm = min(WARM, len(samples) // 2)
    before, after = samples[:warm], samples[warm:]
    days = [sample.day for sample in after]

    def a_day(figures: Sequence[int]) -> float:
        return float(linear_regression(days, figures).slope)

    return Growth(
        warm=warm,
        resident=a_day([sample.resident for sample in after]),
        used=a_day([sample.used for sample in after]),
        kept=a_day([sample.kept for sample in after]),
        blocks=a_day([sample.blocks for sample in after]),
        keys=a_day([sample.rows["handled"] for sample in after]),
        descriptors=max(s.descriptors for s in after) - max(s.descriptors for s in before),
        tasks=max(s.tasks for s in after) - max(s.tasks for s in before),
    )


def cells(sample: Sample) -> tuple[str, ...]:
    rows = sample.rows
    return (
        str(sample.day), f"{sample.incidents:,}", f"{sample.messages:,}", f"{sample.resident / 1e6:.1f}",
        f"{sample.blocks / 1e3:.0f}", f"{sample.used / 1e6:.1f}", f"{sample.kept / 1e6:.1f}", str(sample.descriptors),
        str(sample.tasks), f"{sample.disk / 1e3:,.0f}", f"{rows['notices']:,}", str(rows["incidents"]),
        f"{rows['handled']:,}",
    )  # fmt: skip


def page(samples: Sequence[Sample], seconds: float, size: int) -> str:
    """docs/soak.md."""
    shown = [s for s in samples if s.day in (1, 2, len(samples)) or s.day % WEEK == 0]
    lines = [HEADS, ("---:",) * len(HEADS), *map(cells, shown)]
    grown = growth(samples)
    keys = KEY * grown.keys / 1e6
    return PAGE_OF_DOCS.format(
        days=len(samples), minutes=seconds / 60, size=size, python=f"Python {sys.version.split()[0]}", malloc=MALLOC,
        table="\n".join(f"| {' | '.join(line)} |" for line in lines), verdict=_verdict(samples, grown).rstrip(),
        key=KEY, keys=keys, archived=ARCHIVED, lines=ARCHIVED * size / 1e6,
        most_mb=MOST_A_DAY / 1e6, most_blocks=MOST_BLOCKS, most_descriptors=MOST_MORE,
    )  # fmt: skip


def _verdict(samples: Sequence[Sample], grown: Growth) -> str:
    first, last = samples[grown.warm], samples[-1]
    sizes = [sample.resident / 1e6 for sample in samples[grown.warm :]]
    return VERDICT.format(
        first=first.day, last=last.day, messages=last.messages - first.messages, slope=grown.resident / 1e6,
        low=min(sizes), high=max(sizes), keys=KEY * grown.keys / 1e6, blocks=grown.blocks,
        key_blocks=KEY_BLOCKS * grown.keys, used=grown.used / 1e6, kept=grown.kept / 1e6,
        descriptors=grown.descriptors, tasks=grown.tasks,
    )  # fmt: skip


def main() -> int:
    """The exit code: 1 where something grows that should not."""
    days = max(4, int(sys.argv[1])) if len(sys.argv) > 1 else DAYS
    configure_logs(level=logging.CRITICAL)
    began = time.monotonic()
    samples = asyncio.run(soak(days, SIZE, lambda sample: print("; ".join(cells(sample)), file=sys.stderr)))
    print(page(samples, time.monotonic() - began, SIZE), end="")
    return 0 if growth(samples).flat else 1


if __name__ == "__main__":
    sys.exit(main())
