"""Our own verification of DKIM signatures (RFC 6376), for mailboxes whose server reports none."""

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from daemon.identity.authentication import aligned

Lookup = Callable[[bytes, float], bytes | None]
"""The TXT record of a name (b"selector._domainkey.acme.example."), or None. Takes at most so many seconds."""

Verifier = Callable[[str], bool]
"""Whether a signature of one message vouches for this From domain."""

_MAX_SIZE = 1_000_000
_MAX_SIGNATURES = 4
_SINGLE = frozenset({
    b"from", b"sender", b"reply-to", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to", b"references",
    b"mime-version", b"content-type", b"content-transfer-encoding",
})  # fmt: skip
_MUST_SIGN = frozenset({b"from", b"subject", b"date"})
_LONG_BLANK = re.compile(rb"[\t ]{200}")
_SILENT = logging.getLogger("murphyd.dkim")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


def is_signed(raw: bytes) -> bool:
    """Whether there can be anything to verify."""
    return b"dkim-signature" in raw.lower()


def verifier(raw: bytes, lookup: Lookup, deadline: timedelta = timedelta(seconds=5)) -> Verifier:
    """A check of this message, for `identify`. Waits for `lookup`, so call it off the event loop.

    A signature counts if it covers From, Subject, Date and the whole body, in a message that has each of the fields
    that say who and what only once. Any fault is a plain no. Signatures are tried until the deadline.
    """

    def verify(domain: str) -> bool:
        import dkim  # noqa: PLC0415 (with its resolver 3 MB, and few mailboxes need it)

        # dkimpy backtracks over long runs of blanks: a crafted body would take minutes.
        if len(raw) > _MAX_SIZE or _LONG_BLANK.search(raw):
            return False
        end = time.monotonic() + deadline.total_seconds()

        def remaining(name: bytes, timeout: float) -> bytes | None:  # noqa: ARG001 (as it is called)
            left = end - time.monotonic()
            return lookup(name, left) if left > 0 else None

        try:
            message = dkim.DKIM(raw, logger=_SILENT, minkey=1024)
            names = [name.lower() for name, _ in message.headers]
            if any(names.count(name) > 1 for name in _SINGLE):
                return False
            count = min(names.count(b"dkim-signature"), _MAX_SIGNATURES)
            return any(_holds(message, index, domain, remaining) for index in range(count))
        except Exception as fault:
            # dkimpy raises nearly anything on crafted keys and signatures.
            structlog.get_logger().info("dkim unreadable", fault=type(fault).__name__)
            return False

    return verify


def _holds(message: Any, index: int, domain: str, lookup: Callable[..., bytes | None]) -> bool:
    import dkim  # noqa: PLC0415 (as above)

    try:
        prepared = message.verify_headerprep(index)
        if not prepared:
            return False
        fields, signed, _ = prepared
        if b"l" in fields or not set(signed) >= _MUST_SIGN or not aligned(fields[b"d"].decode("ascii"), domain):
            return False
        return bool(message.verify(index, dnsfunc=lookup))
    except (dkim.DKIMException, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return False
