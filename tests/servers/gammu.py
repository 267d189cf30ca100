"""A real gammu-smsd (files service) with its dummy phone, for tests: no modem is needed."""

import asyncio
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Self

SETTINGS = """\
[gammu]
port = {folder}/phone
connection = none
model = dummy
gammuloc =
[smsd]
service = files
inboxpath = {folder}/inbox/
outboxpath = {folder}/outbox/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/error/
inboxformat = {inboxformat}
transmitformat = auto
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
receivefrequency = 1
loopsleep = 1
commtimeout = 1
logfile = {folder}/log
"""

# Gammu's dummy phone ends at once where these are missing.
PHONE = ("pbk/DC", "pbk/SM", "pbk/ME", "pbk/MC", "pbk/RC", "alarm", "fs/incoming", "note", "calendar", "todo")


class GammuMissing(RuntimeError):
    """gammu-smsd is not installed."""


def smsd() -> str:
    """The path of gammu-smsd. Raises GammuMissing, which names the cure."""
    found = shutil.which("gammu-smsd") or shutil.which("gammu-smsd", path="/usr/sbin:/usr/bin")
    if not found:
        raise GammuMissing("gammu-smsd is missing: apt-get install --no-install-recommends gammu-smsd")
    return found


class Gammu:
    """An async context manager; `inboxformat` is unicode, standard or detail."""

    def __init__(self, folder: Path, inboxformat: str = "unicode") -> None:
        self.inbox = folder / "inbox"
        self.outbox = folder / "outbox"
        self.sent = folder / "sent"
        self.error = folder / "error"
        self._folder = folder
        self._inboxformat = inboxformat
        self._count = 0
        for name in ("inbox", "outbox", "sent", "error"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name in (*PHONE, *(f"sms/{memory}" for memory in range(1, 6))):
            (folder / "phone" / name).mkdir(parents=True, exist_ok=True)

    async def __aenter__(self) -> Self:
        settings = self._folder / "smsdrc"
        settings.write_text(SETTINGS.format(folder=self._folder, inboxformat=self._inboxformat))
        self._process = await asyncio.create_subprocess_exec(
            smsd(), "-c", str(settings), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(45):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    def receive(self, sender: str, parts: Sequence[str]) -> None:
        """A text in one or more parts reaches the phone. May be called before entry as well."""
        for number, part in enumerate(parts, 1):
            header = f"050003C1{len(parts):02X}{number:02X}" if len(parts) > 1 else ""
            self._count += 1
            draft = self._folder / "draft"
            draft.write_text(_backup(sender, part, header))
            draft.rename(self._folder / "phone" / "sms" / "1" / str(self._count))


def _backup(sender: str, body: str, header: str) -> str:
    """One SMS as the dummy phone keeps it, in Gammu's "Backup format for SMS"."""
    digits = body.encode("utf-16-be").hex().upper()
    lines = [
        "[SMSBackup000]",
        'SMSC = "+32470000999"',
        "State = UnRead",
        f'Number = "{sender}"',
        "Coding = Unicode_No_Compression",
        "DateTime = 20260301T120000",
        "PDU = Deliver",
        "Folder = 1",
        *([f"UDH = {header}"] if header else []),
        *(f"Text{at // 200:02} = {digits[at : at + 200]}" for at in range(0, len(digits), 200)),
        f"Length = {len(digits) // 4}",
    ]
    return "\n".join(lines) + "\n"
