"""TLS towards mail servers."""

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

from channels.types import ChannelDown, Failure, Retry


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or later; name and certificate verified, by `ca_file` alone where there is one. Raises ChannelDown."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as fault:
        why = "holds no certificate" if isinstance(fault, ssl.SSLError) else f"cannot be read ({fault.strerror})"
        raise ChannelDown(Failure("ca_file", f"ca_file {why}", Retry.DOWN)) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def expiry(transport: asyncio.BaseTransport | None) -> datetime | None:
    """When the other side's certificate ends (RFC 5280 notAfter); None where there is no TLS."""
    tls = transport.get_extra_info("ssl_object") if transport else None
    certificate = tls.getpeercert() if tls else None
    ends = certificate.get("notAfter") if certificate else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None
