"""A working IMAP server (pymap's dict backend) on loopback, in the caller's loop: every address has a mailbox.

The address is the login, one password is everybody's. Subaddresses (`name+anything@`) share the mailbox of `name@`.
"""

import asyncio
import ssl
from argparse import Namespace
from datetime import datetime

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Event
from pymap.config import BackendCapability
from pymap.exceptions import InvalidAuth
from pymap.imap import IMAPServer
from pymap.interfaces.login import IdentityInterface
from pymap.parsing.message import AppendMessage
from pymap.selected import SelectedMailbox
from pymap.user import UserMetadata
from pysasl.creds.server import ServerCredentials
from pysasl.identity import ClearIdentity

from .faults import Drop, Hang, Refuse
from .ports import free_port


def mailbox_of(address: str) -> str:
    """The address without its subaddress, in lower case: what names a mailbox."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.split('+')[0]}@{domain}"


class _Config(Config):
    @property
    def backend_capability(self) -> BackendCapability:
        return BackendCapability(idle=self.idle, object_id=True, multi_append=True)

    idle = True


class _Inbox(MailboxData):
    async def update_selected(self, selected: SelectedMailbox, *, wait_on: Event | None = None) -> SelectedMailbox:
        """pymap would wait for the next change even where one came since it last looked: an IDLE missed it."""
        changed = selected.mod_sequence != self._mod_sequences.highest
        return await super().update_selected(selected, wait_on=None if changed else wait_on)


class _Everybody(Login):
    """Any address may log in by the one password."""

    def __init__(self, config: Config, password: str) -> None:
        super().__init__(config)
        self._password = password

    async def authenticate(self, credentials: ServerCredentials) -> Identity:
        if not credentials.verify(ClearIdentity(credentials.authcid, self._password)):
            raise InvalidAuth
        return self.identity(credentials.authcid)

    async def authorize(self, authenticated: IdentityInterface, _authzid: str) -> Identity:
        return self.identity(authenticated.name)

    def identity(self, address: str) -> Identity:
        name = mailbox_of(address)
        if name not in self.users_dict:
            self.users_dict[name] = UserMetadata(self.config, name)
            mailboxes = MailboxSet()
            mailboxes._inbox = _Inbox(mailboxes._content_cache, mailboxes._thread_cache)
            self.config.set_cache[name] = (mailboxes, FilterSet())
        return Identity(name, self, None, frozenset())


class ImapServer:
    """`port` is known after `start`. `idle=False` is a server without IDLE."""

    def __init__(self, password: str, *, idle: bool = True, tls: ssl.SSLContext | None = None) -> None:
        self.port = 0
        self.connections = 0
        """How many connections were ever made."""
        arguments = Namespace(
            host="127.0.0.1", port=0, debug=False, cert=None, key=None, tls=False, passlib_cfg=None, proxy_protocol=None
        )
        self._config = _Config(
            arguments,
            host="127.0.0.1",
            port=0,
            tls_enabled=False,
            demo_data=False,
            demo_user="",
            demo_password="",
            invalid_user_sleep=0.0,
        )
        self._config.idle = idle
        self._login = _Everybody(self._config, password)
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._hang = False

    async def start(self) -> None:
        """Listen; after a stop, on the same port again."""
        self._config.apply_context()
        serve = IMAPServer(self._login, self._config)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.connections += 1
            self._writers.add(writer)
            try:
                if self._hang:
                    await reader.read()
                    return
                await serve(reader, writer, SocketInfoLocal(writer))
            except (OSError, asyncio.CancelledError):
                pass
            finally:
                self._writers.discard(writer)
                writer.close()

        self.port = self.port or free_port()
        self._server = await asyncio.start_server(connected, "127.0.0.1", self.port, ssl=self._tls)

    async def stop(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop()

    def drop(self) -> None:
        """Cut every connection, without a word."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def fault(self, fault: Refuse | Hang | Drop) -> None:
        """Refuse and Hang cut what is open and last until `mend`; Drop cuts once."""
        match fault:
            case Refuse():
                await self.stop()
            case Hang():
                self._hang = True
                self.drop()
            case Drop():
                self.drop()

    async def mend(self) -> None:
        if self._hang:
            self._hang = False
            self.drop()
        if self._server is None:
            await self.start()

    async def folder(self, address: str, name: str = "INBOX") -> MailboxData:
        """Raises KeyError where there is no such folder."""
        mailboxes = await self._mailboxes(address)
        return await mailboxes.get_mailbox(name)

    async def renumber(self, address: str) -> None:
        """Give the INBOX another UIDVALIDITY, as a restored mailbox has."""
        inbox = await self.folder(address)
        inbox._uid_validity += 1

    async def append(self, address: str, raw: bytes, when: datetime) -> None:
        """Put a message into the address's INBOX; whoever is in IDLE there hears of it."""
        inbox = await self.folder(address)
        await inbox.append(AppendMessage(raw, when), recent=True)

    async def forget_oldest(self, address: str) -> None:
        """The oldest message in the address's INBOX, if there is one, is expunged."""
        inbox = await self.folder(address)
        oldest = [message.uid async for message in inbox.messages()][:1]
        await inbox.delete(oldest)

    async def _mailboxes(self, address: str) -> MailboxSet:
        async with self._login.identity(address).new_session() as session:
            return session.mailbox_set
