"""Connects and logs in everywhere, all at once, each with a deadline. Nothing is sent to anybody."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.resolver import Resolver
from channels.types import ChannelDown
from config.types import Configuration
from daemon.checking import calendar_probes, mail_probes, text_probes, web_probes
from daemon.checking.findings import Finding, Severity
from daemon.checking.trying import Broken, Tried, Try

WITHIN = 20.0
"""Seconds for one probe in all."""

EXPIRES_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of one connection: `came` in words, and the findings that it gives."""

    what: str
    ok: bool
    milliseconds: int
    came: str
    findings: tuple[Finding, ...] = ()


Heard = Callable[[int, int], None]
"""Told how many of how many are done, after each."""


async def probe_all(
    configuration: Configuration,
    *,
    within: float = WITHIN,
    offline: bool = False,
    heard: Heard = lambda _done, _all: None,
) -> Sequence[Probe]:
    """Everything that the configuration names, in its order; with `offline` only what is on this machine.

    Each has `within` seconds. Never raises but on cancellation.
    """
    resolver = Resolver()
    tries = list(calendar_probes.of(configuration, resolver, offline=offline))
    if not offline:
        tries[:0] = [
            *mail_probes.of(configuration.settings, resolver),
            *text_probes.of(configuration.settings, resolver),
            *web_probes.of(configuration, resolver),
        ]
    return await probe_each(tries, within=within, heard=heard)


async def probe_each(
    tries: Sequence[Try], *, within: float = WITHIN, heard: Heard = lambda _done, _all: None
) -> Sequence[Probe]:
    """These, in their order, each `within` seconds. Never raises but on cancellation."""
    done = 0

    async def probe(one: Try) -> Probe:
        nonlocal done
        came = await _probe(one, within)
        done += 1
        heard(done, len(tries))
        return came

    heard(done, len(tries))
    return await asyncio.gather(*map(probe, tries))


async def _probe(one: Try, within: float) -> Probe:
    began = time.monotonic()
    tried: Tried
    try:
        async with asyncio.timeout(within):
            tried = await one.run()
    except ChannelDown as down:
        broken = down.failure.reason
    except TimeoutError:
        broken = f"no answer within {within:g} s"
    except Broken as fault:
        broken = str(fault)
    except Exception as fault:  # a probe may try anything, and the others are still to be made
        broken = f"it fails in a way of its own ({type(fault).__name__})"
    else:
        return Probe(one.what, True, _since(began), tried.came, tuple(_weak(one, tried)))
    severity = Severity.FAULT if one.needed else Severity.WEAKNESS
    finding = Finding(severity, "connection", one.file, one.key, broken, one.cure)
    return Probe(one.what, False, _since(began), broken, (finding,))


def _weak(one: Try, tried: Tried) -> list[Finding]:
    found = [Finding(Severity.WEAKNESS, rule, one.file, one.key, problem, cure) for rule, problem, cure in tried.weak]
    if tried.expires and (left := tried.expires - datetime.now(UTC)) < EXPIRES_WITHIN:
        problem = f"its certificate ends in {max(left.days, 0)} days, on {tried.expires:%Y-%m-%d}"
        found.append(Finding(Severity.WEAKNESS, "certificate", one.file, one.key, problem, "have it renewed now"))
    return found


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
