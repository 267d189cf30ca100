"""`murphyd run` as a process, between a mail server and a Twilio on loopback."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.organization import EXAMPLE
from daemon.sandbox.twilio_server import TwilioServer
from tests.end_to_end.daemon_process import DaemonProcess

QUICK: Mapping[str, str] = {'poll_every = "10s"': 'poll_every = "1s"'}
"""Texts are fetched every second."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    murphyd: DaemonProcess
    mail: MailServer
    twilio: TwilioServer


def example_settings(imap: int, smtp: int, twilio: int, edits: Mapping[str, str] | None = None) -> str:
    """The example's murphyd.toml with these ports, after `edits` (what stands there -> what shall)."""
    settings = (EXAMPLE / "murphyd.toml.in").read_text()
    for name, port in (("imap", imap), ("smtp", smtp), ("twilio", twilio)):
        settings = settings.replace(f"{{{name}_port}}", str(port))
    for old, new in (edits or {}).items():
        settings = settings.replace(old, new)
    return settings


@asynccontextmanager
async def surroundings(
    folder: Path, edits: Mapping[str, str] | None = None, *, auth_token: str = "sandbox"
) -> AsyncIterator[Surroundings]:
    """The daemon is not started yet, and killed in the end. `edits` are made in its settings."""
    mail = MailServer()
    await mail.start()
    try:
        async with TwilioServer(auth_token=auth_token) as twilio:
            murphyd = DaemonProcess(folder, example_settings(mail.imap_port, mail.smtp_port, twilio.port, edits))
            try:
                yield Surroundings(murphyd, mail, twilio)
            finally:
                await murphyd.kill()
    finally:
        await mail.stop()
