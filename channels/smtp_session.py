"""One SMTP session (aiosmtplib) that is ready for mail: one transaction after another."""

from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from channels.resolver import Resolver
from channels.smtp_envelope import envelope
from channels.smtp_opening import abort, open_session
from channels.smtp_replies import Refused, Stage, refusal
from channels.smtp_settings import Deadlines, RelaySettings
from channels.types import Mail


class Lost(Exception):
    """The session ended in the middle. `sent`: the whole message was out, so it may have been taken."""

    def __init__(self, code: Literal["lost", "timeout"], stage: Stage, *, sent: bool) -> None:
        super().__init__(f"{'no answer' if code == 'timeout' else 'the connection was lost'} at {stage}")
        self.code = code
        self.stage = stage
        self.sent = sent


class Session:
    """Use `open`. After Lost, or any other exception than Refused, it must be aborted."""

    def __init__(self, client: SMTP, deadlines: Deadlines) -> None:
        self._client = client
        self._deadlines = deadlines
        self._dirty = False

    @classmethod
    async def open(cls, settings: RelaySettings, deadlines: Deadlines, resolver: Resolver) -> "Session":
        """Raises Refused, always about the relay as a whole."""
        return cls(await open_session(settings, deadlines, resolver), deadlines)

    @property
    def is_open(self) -> bool:
        return self._client.is_connected

    async def transact(self, mail: Mail) -> str:
        """Hand over one message; the relay's words on taking it. Raises Refused or Lost."""
        written = envelope(mail, self._client.esmtp_extensions)
        stage = Stage.MAIL
        sent = False
        try:
            if self._dirty:
                await self._client.rset(timeout=self._deadlines.command)
            self._dirty = True
            await self._ask(written.mail, 250)
            stage = Stage.RCPT
            await self._ask(written.rcpt, 250, 251, 252)
            stage = Stage.DATA
            await self._ask(b"DATA", 354)
            protocol = self._client.protocol
            if protocol is None:
                raise SMTPServerDisconnected("Connection lost")
            protocol.write(written.data)
            sent = True
            taken = await protocol.read_response(timeout=self._deadlines.message)
            if taken.code != 250:
                raise SMTPResponseException(taken.code, taken.message)
        except SMTPTimeoutError:
            raise Lost("timeout", stage, sent=sent) from None
        except SMTPResponseException as error:
            if error.code < 0:
                raise Lost("lost", stage, sent=sent) from None
            raise Refused(refusal(stage, error.code, error.message)) from None
        except (SMTPException, OSError, RuntimeError):
            raise Lost("lost", stage, sent=sent) from None
        self._dirty = False
        return taken.message

    async def _ask(self, command: bytes, *expected: int) -> None:
        answer = await self._client.execute_command(command, timeout=self._deadlines.command)
        if answer.code not in expected:
            raise SMTPResponseException(answer.code, answer.message)

    def close(self) -> None:
        """Say goodbye without waiting for the answer."""
        if self._client.protocol is not None and self._client.is_connected:
            self._client.protocol.write(b"QUIT\r\n")
        self._client.close()

    def abort(self) -> None:
        abort(self._client)
