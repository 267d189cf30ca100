"""`murphyd run`: the daemon until SIGTERM; SIGHUP reloads; a faulty configuration never replaces a good one."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from config.faults import ConfigurationFaults
from config.lastgood import digest, keep_copy
from config.types import Configuration
from daemon import systemd
from daemon.app import Daemon, running
from daemon.clock import SystemClock
from daemon.commands.folder import load_folder
from daemon.commands.place import LAST_GOOD, find
from daemon.core.stimuli import ConfigurationRefused
from daemon.state.disk import Disk
from daemon.state.store import StateDamaged, StateLocked

log = structlog.get_logger()

NOT_NOW = ("not read while the disk fails, as what is in memory only would be lost: it is read once the disk is back",)

LOOK_EVERY = 1.0
"""Seconds between looks at a disk that fails, while a reload waits for it."""


async def run(folder: Path, usual: Path, disk: Disk | None = None) -> None:
    """Returns after SIGTERM or SIGINT. `usual` is the state folder where murphyd.toml names none.

    Raises ConfigurationFaults when there is no good copy either, StateLocked, StateDamaged, OSError.
    """
    stop, reload = asyncio.Event(), asyncio.Event()
    _on_signals(stop.set, reload.set)
    configuration, refused = _first(folder, usual)
    before: Configuration | None = None
    while not stop.is_set():
        reload.clear()
        started = False
        try:
            async with running(configuration, SystemClock(), disk=disk) as daemon:
                started = True
                if refused:
                    await daemon.consumer.put(ConfigurationRefused(refused))
                    refused = ()
                next_one = await _until(stop, reload, daemon, folder)
                systemd.stopping() if stop.is_set() else systemd.reloading()
            del daemon
            before, configuration = configuration, next_one or configuration
        except (StateLocked, StateDamaged, OSError) as fault:
            if started or before is None:
                raise
            log.error("the new configuration cannot be used here; the one before is back", reason=str(fault))
            refused, configuration, before = (f"it cannot be used here: {fault}",), before, None
    log.info("stopped")


async def _until(stop: asyncio.Event, reload: asyncio.Event, daemon: Daemon, folder: Path) -> Configuration | None:
    """The configuration to go on with after a reload; None to stop."""
    ready = asyncio.create_task(_announce(daemon.ready))
    next_one: Configuration | None = None
    while next_one is None and not stop.is_set():
        await _any(stop, reload)
        if reload.is_set() and not stop.is_set():
            if not daemon.store.health.ok:
                await daemon.consumer.put(ConfigurationRefused(NOT_NOW))
                await _durable(stop, daemon)
                continue
            reload.clear()
            next_one, lines = _again(folder)
            if lines:
                await daemon.consumer.put(ConfigurationRefused(lines))
    ready.cancel()
    return next_one


async def _durable(stop: asyncio.Event, daemon: Daemon) -> None:
    """Returns once everything is written down, or when it is time to stop."""
    while not stop.is_set() and not daemon.store.health.ok:
        await _any(stop, within=LOOK_EVERY)


def _first(folder: Path, usual: Path) -> tuple[Configuration, tuple[str, ...]]:
    """The folder's configuration, else the last good copy with the faults that it stands in for."""
    before = digest(folder)
    try:
        configuration = load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        try:
            configuration = load_folder(find(folder, usual).state / LAST_GOOD, os.environ)
        except ConfigurationFaults:
            raise faults from None
        lines = tuple(str(fault) for fault in faults.faults)
        log.error("the configuration is faulty; the last good one is used", faults=lines)
        return configuration, lines
    _keep(folder, configuration, before)
    return configuration, ()


def _again(folder: Path) -> tuple[Configuration | None, tuple[str, ...]]:
    """The configuration after a reload; None, with the faults, where it is refused."""
    before = digest(folder)
    try:
        configuration = load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        lines = tuple(str(fault) for fault in faults.faults)
        log.error("the new configuration is refused; the one in force stays", faults=lines)
        return None, lines
    _keep(folder, configuration, before)
    log.info("the configuration is reloaded")
    return configuration, ()


def _keep(folder: Path, configuration: Configuration, before: str) -> None:
    try:
        keep_copy(folder, configuration.settings.state.directory / LAST_GOOD, before)
    except OSError as fault:
        log.warning("no copy of the configuration could be kept", reason=str(fault))


def _on_signals(stop: Callable[[], None], reload: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, reload)


async def _announce(ready: asyncio.Event) -> None:
    await ready.wait()
    systemd.ready("Watching every way in")


async def _any(*events: asyncio.Event, within: float | None = None) -> None:
    """Returns when one of them is set, or after `within` seconds."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
