"""TLS towards mail servers."""

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or later; name and certificate verified, by `ca_file` alone where there is one. Raises OSError."""
    context = ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def expiry(transport: asyncio.BaseTransport | None) -> datetime | None:
    """When the other side's certificate ends (RFC 5280 notAfter); None where there is no TLS."""
    tls = transport.get_extra_info("ssl_object") if transport else None
    certificate = tls.getpeercert() if tls else None
    ends = certificate.get("notAfter") if certificate else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None
