"""TLS towards servers."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from channels.types import ChannelDown, Failure, Retry

INVALID: Mapping[int, str] = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    19: "is by an authority that nobody knows",
    20: "is by an authority that nobody knows, or those in between are not sent with it",
    21: "is by an authority that nobody knows, or those in between are not sent with it",
    62: "is for another name",
    64: "is for another address",
}
"""By the codes of X509_STORE_CTX_get_error(3)."""


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or later; name and certificate verified, by `ca_file` alone where there is one. Raises ChannelDown."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as fault:
        why = "holds no certificate" if isinstance(fault, ssl.SSLError) else f"cannot be read ({fault.strerror})"
        raise ChannelDown(Failure("ca_file", f"ca_file {why}", Retry.DOWN)) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def why_invalid(fault: ssl.SSLCertVerificationError) -> str:
    """What is wrong with the other side's certificate, after "its certificate"."""
    return INVALID.get(fault.verify_code, f"is not valid: {fault.verify_message}")


def expiry(transport: asyncio.BaseTransport | None) -> datetime | None:
    """When the other side's certificate ends (RFC 5280 notAfter); None where there is no TLS."""
    tls = transport.get_extra_info("ssl_object") if transport else None
    certificate = tls.getpeercert() if tls else None
    ends = certificate.get("notAfter") if certificate else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None
