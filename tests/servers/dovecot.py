"""A real Dovecot (2.3; 2.4 by its documentation) on loopback: IMAP with and without TLS, LMTP in, and SASL for Postfix.

Every address has a mailbox, one password is everybody's, `name+detail@` is `name@`.
"""

import asyncio
import os
import signal
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from tests.servers.certificates import Certificates, certificates
from tests.servers.process import STARTS_WITHIN, free_ports, listening, program, run, server_folder, tail

PACKAGES = "dovecot-imapd dovecot-lmtpd"
PASSWORD = "correct-horse"
_STOPS_WITHIN = 2.0

_SETTINGS_2_3 = """\
mail_location = maildir:{folder}/mail/%Lu
disable_plaintext_auth = no
ssl_cert = <{certificates.chain}
ssl_key = <{certificates.key}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%Lu
}}
"""

_SETTINGS_2_4 = """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
mail_driver = maildir
mail_path = {folder}/mail/%{{user | lower}}
auth_allow_cleartext = yes
ssl_server_cert_file = {certificates.chain}
ssl_server_key_file = {certificates.key}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = mail
    gid = mail
    home = {folder}/mail/%{{user | lower}}
  }}
}}
"""

_SETTINGS = """\
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
recipient_delimiter = +
auth_failure_delay = 0
auth_mechanisms = plain login
ssl = yes
mail_max_userip_connections = 100
{capability}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener sasl {{
    mode = 0666
  }}
}}
"""


class Dovecot:
    """`port` speaks plain IMAP with STARTTLS, `tls_port` IMAP over TLS."""

    def __init__(self, folder: Path, certs: Certificates, capability: str) -> None:
        self.folder = folder
        self.certificates = certs
        self.port, self.tls_port = free_ports(2)
        self._program = program("dovecot", PACKAGES)
        self._conf = folder / "dovecot.conf"
        self._process: asyncio.subprocess.Process | None = None
        (folder / "mail").mkdir()
        (folder / "mail").chmod(0o777)
        self._capability = f"imap_capability = {capability}" if capability else ""

    @property
    def log(self) -> str:
        return tail(self.folder / "dovecot.log")

    async def start(self) -> None:
        version = await run(self._program, "--version")
        settings = (_SETTINGS_2_3 if version.startswith("2.3") else _SETTINGS_2_4) + _SETTINGS
        self._conf.write_text(
            settings.format(
                folder=self.folder,
                certificates=self.certificates,
                password=PASSWORD,
                imap=self.port,
                imaps=self.tls_port,
                capability=self._capability,
            )
        )
        self._process = await asyncio.create_subprocess_exec(
            self._program, "-F", "-c", str(self._conf), stdout=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        await listening(self.port, self.folder / "dovecot.log")

    async def stop(self) -> None:
        """With its whole process group: left to the master alone, a session in IDLE lives on for 10 seconds."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOPS_WITHIN):
                await self._process.wait()
        self._signal(signal.SIGKILL)
        await self._process.wait()
        self._process = None

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    async def deliver(self, raw: bytes, to: str) -> None:
        """By LMTP, as a mail server would."""

        def lmtp() -> None:
            with smtplib.LMTP(str(self.folder / "run/lmtp"), timeout=STARTS_WITHIN) as session:
                session.sendmail("someone@elsewhere.example", [to], raw)

        await asyncio.to_thread(lmtp)

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder, oldest first; by the Maildir, so that it works while the server is stopped."""
        home = self.folder / "mail" / address
        place = home if folder == "INBOX" else home / f".{folder}"
        while True:
            files = [file for part in ("new", "cur") for file in (place / part).glob("*")]
            found = {file.name.partition(":")[0]: file for file in files}
            with suppress(FileNotFoundError):  # moved or marked meanwhile
                return [found[name].read_bytes() for name in sorted(found)]

    def renumber(self, address: str) -> None:
        """Change the INBOX's UIDVALIDITY, as a restored mailbox has another. Only while stopped."""
        home = self.folder / "mail" / address
        listed = home / "dovecot-uidlist"
        version, validity, rest = listed.read_text().split(" ", 2)
        listed.write_text(f"{version} V{int(validity[1:]) + 1} {rest}")
        for index in home.glob("dovecot.index*"):
            index.unlink()


@asynccontextmanager
async def dovecot(*, capability: str = "", ends: datetime | None = None) -> AsyncIterator[Dovecot]:
    """A running Dovecot. `capability` replaces what it offers, as "IMAP4rev1 UIDPLUS"; its certificate `ends` then."""
    program("dovecot", PACKAGES)
    with server_folder() as folder:
        server = Dovecot(folder, certificates(folder, ends=ends), capability)
        try:
            await server.start()
            yield server
        finally:
            await server.stop()
