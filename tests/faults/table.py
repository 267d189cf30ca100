"""Makes docs/faults.md: every fault in the whole daemon, and what came of it. Run as `make faults`; minutes long."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

import structlog

from tests.faults.cases import IMAP, SMTP, TWILIO, Case, ImapCase
from tests.faults.run import Reached, Waited, broadcast, mailbox

AT_ONCE = 4
"""Rows at the same time: most of them only wait."""

HEAD = """\
# Faults, and what comes of them

Made by `make faults`: each row is a run of the whole daemon over the real protocols, against a mail server and a
simulated Twilio that show one fault, to everybody and without end. Seconds are real ones, plus those that the procedure
waits by its own clock (a second try before the next rung); they vary a little from run to run, and with the machine.
"""

SMTP_HEAD = """
## SMTP

An incident is under way, its email relay has just worked. The fault strikes, and the manager writes an update to 15
others (`via = ["email", "sms"]`; one of them has no email). With one relay there is the text; with a backup relay it is
asked first, also for a mail of which nobody knows whether it is out: it is the same message then, by its Message-ID.
"Twice": so many got it a second time, because nobody could know whether the first was out.

| step | what happens there | reached, by | first, s | last, s | twice | with a backup relay | last, s |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""

TWILIO_HEAD = """
## Twilio

The same, for an audience that is texted first (`via = ["sms", "email"]`; 14 of the 15 have an email). The numbers are
Twilio's error codes.

| step | what happens there | reached, by | first, s | last, s | twice |
| --- | --- | --- | --- | --- | --- |
"""

TWILIO_FOOT = """
A text that Twilio took and that has no receipt counts as sent for an audience: some carriers never give one. For pages
and decision requests the next rung follows after `[delivery] receipt_within`.
"""

IMAP_HEAD = """
## IMAP

The fault strikes the mailbox; somebody proposes by text, which does not wait for it, and somebody else by mail. Then
the fault ends. For a step of the opening the open connection is cut, which is told at once; for the others it stays. A
silent server is given up after 15 s until the login, and after 60 s without an answer from then on.

| step | what happens there | operators told, s | the text reached managers, s | the mail acted on, s | times |
| --- | --- | --- | --- | --- | --- |
"""

C = TypeVar("C", Case, ImapCase)
R = TypeVar("R")


async def rows(cases: Sequence[C], run: Callable[[C], Awaitable[R]]) -> list[R | str]:
    """What each came to, in order; a run that broke says so in its row."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(case: C) -> R | str:
        async with places:
            try:
                return await run(case)
            except Exception as fault:
                sys.stderr.write(f"{case.name}: {fault!r}\n")
                return f"broke: {type(fault).__name__}"
            finally:
                sys.stderr.write(f"{case.name}\n")

    return await asyncio.gather(*(one(case) for case in cases))


def reached(found: Reached | str) -> tuple[str, str, str, str]:
    if isinstance(found, str):
        return found, "", "", ""
    by = ", ".join(f"{count} {channel}" for channel, count in found.by)
    missing = found.people - found.reached
    who = ", ".join(filter(None, (by, f"{missing} not" if missing else "")))
    if not by:
        return who, "", "", ""
    return who, seconds(found.first), seconds(found.last), str(found.again or "")


def seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


async def document() -> str:
    return HEAD + "".join([part async for part in _parts()])


async def _parts() -> AsyncIterator[str]:
    alone = await rows(SMTP, broadcast)
    backed = await rows(SMTP, lambda case: broadcast(case, backup=True))
    yield SMTP_HEAD
    for case, one, two in zip(SMTP, alone, backed, strict=True):
        with_backup = reached(two)
        yield line(case.step, case.fault, *reached(one), with_backup[0], with_backup[2])
    yield TWILIO_HEAD
    for case, one in zip(TWILIO, await rows(TWILIO, lambda case: broadcast(case, text_first=True)), strict=True):
        yield line(case.step, case.fault, *reached(one))
    yield TWILIO_FOOT
    yield IMAP_HEAD
    for mail_case, waited in zip(IMAP, await rows(IMAP, mailbox), strict=True):
        yield line(mail_case.step, mail_case.words, *_waited(waited))


def _waited(found: Waited | str) -> Iterator[str]:
    if isinstance(found, str):
        yield from (found, "", "", "")
        return
    yield seconds(found.told) or "nothing to tell"
    yield seconds(found.by_text)
    yield f"{seconds(found.acted)}{' after its end' if found.after_mend else ' in spite of it'}"
    yield str(found.times)


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(asyncio.run(document()))


if __name__ == "__main__":
    main()
