"""Many messages on one SMTP connection with pipelining (RFC 2920): a message's data and the next envelope go together.

Takes over the transport of a client that aiosmtplib has made ready (connect, EHLO, TLS, login). An answer out of step
ends it: nothing that was asked can be told from what is answered any more.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

from aiosmtplib import SMTP

from channels.smtp_envelope import Envelope, envelope
from channels.smtp_replies import Refused, Stage, refusal
from channels.smtp_session import Lost
from channels.smtp_settings import Deadlines
from channels.types import Mail

LONGEST_REPLY = 64 * 1024
"""Bytes of one reply, all its lines; RFC 5321 section 4.5.3.1.5 has 512 for each."""

LOOK_EVERY = 0.5
"""Seconds between looks at how long an answer has been waited for."""

READ_AT_ONCE = 16 * 1024
"""Bytes. A protocol without a buffer of its own has 256 KB made for each read, which costs more than the read."""

_ROUND = re.compile(rb"250 ([ -~]*)\r\n250 [^\n]*\n25[012] [^\n]*\n354[ \r][^\n]*\n")
"""What nearly every packet is: a message was taken, and the next one's envelope is accepted."""

ROUND = 4
"""Its answers: to the data, MAIL, RCPT and DATA."""

Pull = Callable[[], Mail | None]
Settle = Callable[[Mail, "str | Refused | Lost"], None]


class OutOfStep(Lost):
    """The server answered what it cannot have been asked."""

    def __init__(self, stage: Stage, *, sent: bool) -> None:
        super().__init__("lost", stage, sent=sent)


class _Step(Enum):
    RSET = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    TAKEN = auto()
    VOID = auto()
    """The answer to a lone dot, after DATA was let through without a recipient."""


@dataclass(slots=True)
class _Sending:
    mail: Mail
    envelope: Envelope
    refused: Refused | None = None
    out: bool = False
    """Its data has been written: without an answer it may have been taken."""


class Pipeline(asyncio.BufferedProtocol):
    """One `run` at a time. After Lost it is of no use. `client` was ready for mail, and is not used again."""

    def __init__(self, client: SMTP, deadlines: Deadlines) -> None:
        self._client = client
        self._offered = dict(client.esmtp_extensions)
        self._deadlines = deadlines
        self._transport = cast(asyncio.Transport, client.transport)
        self._loop = asyncio.get_running_loop()
        self._arriving = memoryview(bytearray(READ_AT_ONCE))
        self._buffer = bytearray()
        self._words: list[str] = []
        self._expected: deque[tuple[_Sending, _Step]] = deque()
        self._open: _Sending | None = None
        self._dirty = False
        self._ended = False
        self._heard = 0.0
        self._pull: Pull = lambda: None
        self._settle: Settle = lambda _mail, _how: None
        self._over: asyncio.Future[None] = self._loop.create_future()
        self._transport.set_protocol(self)

    @property
    def is_open(self) -> bool:
        return not (self._ended or self._transport.is_closing())

    async def run(self, pull: Pull, settle: Settle) -> None:
        """Sends what `pull` gives until it gives None, and settles each: the relay's words, Refused or Lost.

        Raises Lost where the connection did not outlive it; by then every message has been settled.
        """
        if not self.is_open:
            raise Lost("lost", Stage.MAIL, sent=False)
        self._pull, self._settle = pull, settle
        self._over = self._loop.create_future()
        self._heard = self._loop.time()
        watch = asyncio.create_task(self._watch())
        try:
            self._advance(b"")
            await self._over
        finally:
            watch.cancel()
            if self._expected or self._open:
                self._end(Lost("lost", Stage.DATA, sent=True))

    def close(self) -> None:
        """Say goodbye without waiting for the answer."""
        if self.is_open:
            self._transport.write(b"QUIT\r\n")
        self._ended = True
        self._transport.close()

    def abort(self) -> None:
        self._ended = True
        self._transport.abort()

    def _advance(self, before: bytes) -> None:
        """Writes what is ready, and after it the next envelope; ends the run where there is neither."""
        sending = self._next()
        if sending is None:
            if before:
                self._transport.write(before)
            elif not self._expected and not self._over.done():
                self._over.set_result(None)
            return
        self._open = sending
        reset = b"RSET\r\n" if self._dirty else b""
        if self._dirty:
            self._expected.append((sending, _Step.RSET))
        self._dirty = False
        self._expected.extend((sending, step) for step in (_Step.MAIL, _Step.RCPT, _Step.DATA))
        self._transport.write(before + reset + sending.envelope.commands)

    def _next(self) -> _Sending | None:
        while (mail := self._pull()) is not None:
            try:
                return _Sending(mail, envelope(mail, self._offered))
            except Refused as refused:
                self._settle(mail, refused)
        return None

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 (asyncio's hook)
        return self._arriving

    def buffer_updated(self, nbytes: int) -> None:
        self._received(bytes(self._arriving[:nbytes]))

    def _received(self, data: bytes) -> None:
        self._heard = self._loop.time()
        if self._full_round and (said := _ROUND.fullmatch(data)):
            self._round(said[1].decode("ascii").strip())
            return
        self._buffer += data
        while not self._ended and (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end]).rstrip(b"\r")
            del self._buffer[: end + 1]
            self._line(line)
        if len(self._buffer) > LONGEST_REPLY:
            self._out_of_step()

    @property
    def _full_round(self) -> bool:
        """Whether the answers to one message's data and to the next one's envelope are all that is waited for."""
        waited = self._expected
        return len(waited) == ROUND and waited[0][1] is _Step.TAKEN and not (self._buffer or self._words)

    def _round(self, text: str) -> None:
        """The same as line by line, which costs a tenth of all that is done for a mail."""
        (taken, _), (sending, _), *_ = self._expected
        self._expected.clear()
        self._settle(taken.mail, text)
        self._write_data(sending)

    def _line(self, line: bytes) -> None:
        code, more = line[:3], line[3:4] == b"-"
        if not code.isdigit() or line[3:4] not in (b"", b" ", b"-") or len(self._words) > LONGEST_REPLY // 80:
            self._out_of_step()
            return
        self._words.append(line[4:].decode("utf-8", "replace").strip())
        if not more:
            text = "\n".join(self._words)
            self._words.clear()
            self._reply(int(code), text)

    def _reply(self, code: int, text: str) -> None:
        if not self._expected:
            self._out_of_step()
            return
        sending, step = self._expected.popleft()
        match step, code // 100:
            case _Step.RSET, 2:
                pass
            case ((_Step.MAIL | _Step.RCPT), (2 | 4 | 5)):
                if code >= 400 and sending.refused is None:
                    stage = Stage.MAIL if step is _Step.MAIL else Stage.RCPT
                    sending.refused = Refused(refusal(stage, code, text))
            case _Step.DATA, 3 if sending.refused:
                self._expected.append((sending, _Step.VOID))
                self._transport.write(b".\r\n")
            case _Step.DATA, 3:
                self._write_data(sending)
            case _Step.DATA, (4 | 5):
                self._refused(sending, sending.refused or Refused(refusal(Stage.DATA, code, text)))
            case _Step.VOID, (2 | 4 | 5):
                self._refused(sending, sending.refused)
            case _Step.TAKEN, 2:
                self._settle(sending.mail, text)
                self._rest()
            case _Step.TAKEN, (4 | 5):
                self._settle(sending.mail, Refused(refusal(Stage.DATA, code, text)))
                self._rest()
            case _:
                self._expected.appendleft((sending, step))
                self._out_of_step()

    def _write_data(self, sending: _Sending) -> None:
        sending.out = True
        self._open = None
        self._expected.append((sending, _Step.TAKEN))
        self._advance(sending.envelope.data)

    def _refused(self, sending: _Sending, why: Refused | None) -> None:
        """Nothing of this message was taken; the transaction may still be open on the other side."""
        assert why is not None
        self._open = None
        self._dirty = True
        self._settle(sending.mail, why)
        self._advance(b"")

    def _rest(self) -> None:
        """A message has its answer; with nothing more on its way there may be another to pull by now."""
        if not self._expected:
            self._advance(b"")

    async def _watch(self) -> None:
        """Nothing is waited for longer than its deadline."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if self._expected:
                step = self._expected[0][1]
                limit = self._deadlines.message if step in (_Step.TAKEN, _Step.VOID) else self._deadlines.command
                if self._loop.time() - self._heard > limit:
                    self._end(Lost("timeout", self._stage(), sent=self._expected[0][0].out))

    def _stage(self) -> Stage:
        step = self._expected[0][1] if self._expected else _Step.MAIL
        return {_Step.RSET: Stage.MAIL, _Step.MAIL: Stage.MAIL, _Step.RCPT: Stage.RCPT}.get(step, Stage.DATA)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, _exc: Exception | None) -> None:
        self._end(Lost("lost", self._stage(), sent=False))

    def _out_of_step(self) -> None:
        self._end(OutOfStep(self._stage(), sent=False))

    def _end(self, lost: Lost) -> None:
        """Whatever is on its way is lost: taken or not where the message was out, not sent where it was not."""
        if self._ended:
            return
        self._ended = True
        self._transport.abort()
        stage = self._stage()
        sendings = {id(sending): sending for sending, _ in self._expected}
        self._expected.clear()
        self._open = None
        for sending in sendings.values():
            how = sending.refused or Lost(lost.code, stage if sending.out else Stage.MAIL, sent=sending.out)
            self._settle(sending.mail, how)
        if not self._over.done():
            self._over.set_exception(lost)
            self._over.exception()
