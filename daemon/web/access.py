"""Who may see what the web server shows beside the webhook: whoever sits at this machine, and nobody that passes by.

A proxy on this machine looks like somebody at it. So loopback is trusted only where nothing is public, the request was
forwarded by nobody, and it was made for this machine by name (which keeps other sites' pages out, too).
"""

from collections.abc import Mapping
from ipaddress import ip_address

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


def is_local(peer: str, host: str, headers: Mapping[str, str], *, public_url: str) -> bool:
    """`peer` is the address of the other side, `host` the Host header as it came."""
    if public_url or any(name in headers for name in FORWARDED):
        return False
    return _is_loopback(peer) and _is_loopback(_name(host))


def _name(host: str) -> str:
    """Without its port: "[::1]:8080" is "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
