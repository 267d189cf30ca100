"""Who may see what the web server shows beside the webhook: whoever sits at this machine, and nobody that passes by.

A proxy on this machine looks like somebody at it. So loopback is trusted only where nothing is public, the request was
forwarded by nobody, and it was made for this machine by name (which keeps other sites' pages out, too).
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address

FORWARDED = frozenset({
    "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-original-host",
    "x-envoy-external-address", "cf-connecting-ip", "true-client-ip", "fastly-client-ip", "fly-client-ip",
})  # fmt: skip
"""Beside all that begin with "x-forwarded": what proxies, tunnels and content networks say of themselves."""

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:@/]+))(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
"""A name or address, with its port (RFC 9110 section 7.2)."""


def is_local(peer: str, host: str, headers: Mapping[str, str], *, public_url: str) -> bool:
    """`peer` is the address of the other side, `host` the Host header as it came."""
    if public_url or any(map(_forwards, headers)):
        return False
    named = _HOST.fullmatch(host)
    return named is not None and _is_loopback(peer) and _is_loopback(named[1] or named[2])


def _forwards(header: str) -> bool:
    name = header.lower()
    return name.startswith("x-forwarded") or name in FORWARDED


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
