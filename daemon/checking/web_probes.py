"""Tries the bridges' addresses, named channels, and Murphy's own address outside."""

import asyncio
import ssl
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from channels.apprise import check as known_to_apprise
from channels.resolver import Resolver
from channels.tls import expiry, tls_context, why_invalid
from config.fields import is_loopback
from config.files import PROCEDURE
from config.types import Bridge, Configuration, Inway, Other
from daemon.bridges import checkable, why_down
from daemon.checking.trying import Broken, Tried, Try


def of(configuration: Configuration, resolver: Resolver) -> Iterator[Try]:
    settings, procedure = configuration.settings, configuration.procedure
    hosts = dict.fromkeys([box.host for box in settings.mailboxes] + [relay.host for relay in settings.relays])
    if names := [host for host in hosts if any(map(str.isalpha, host)) and not is_loopback(host)]:
        yield Try("DNS", "", partial(_dns, tuple(names), resolver), "correct the names, or this machine's resolver")
    for other in settings.others:
        cure = "write it as Apprise's documentation says"
        yield Try(f"channel {other.name}", f"other.{other.name}.url", partial(_other, other), cure)
    for bridge in procedure.bridges:
        if checkable(bridge):
            run, key = partial(_bridge, bridge), f"bridge.{bridge.name}.url"
            cure = "correct the address, or write check = false where it works from elsewhere only"
            yield Try(f"bridge {bridge.name}", key, run, cure, needed=False, file=PROCEDURE)
    if settings.twilio and Inway.WEBHOOK in settings.twilio.inbound:
        run = partial(_outside, settings.twilio.public_url)
        cure = "have what stands before [web] put right; from inside it may be seen otherwise than from Twilio"
        yield Try("public_url", "twilio.public_url", run, cure, needed=False)


async def _dns(names: tuple[str, ...], resolver: Resolver) -> Tried:
    found = await asyncio.gather(*(resolver.resolve(name) for name in names), return_exceptions=True)
    lost = [name for name, addresses in zip(names, found, strict=True) if isinstance(addresses, BaseException)]
    if lost:
        raise Broken(f"{', '.join(lost)} cannot be resolved")
    return Tried(f"resolves {', '.join(names)}")


async def _other(other: Other) -> Tried:
    if failure := await known_to_apprise(other.url.value):
        raise Broken(failure.reason)
    return Tried("its URL is one that Apprise knows; whether it arrives shows only when something is sent")


async def _bridge(bridge: Bridge) -> Tried:
    if reason := await why_down(bridge.url):
        raise Broken(reason)
    expires, invalid = await _certificate(bridge.url)
    if not invalid:
        return Tried("it answers", expires)
    # The daemon counts it as up: an authority of its own may be known to the organization's browsers.
    problem = f"its certificate {invalid}: a browser warns of it, and a telephone's app may refuse it"
    cure = "have it renewed or corrected, or write check = false where it is right on your people's machines"
    return Tried("it answers", weak=(("certificate-invalid", problem, cure),))


async def _outside(url: str) -> Tried:
    """By the way that Twilio takes: what stands before may let nothing else through. Asking is not posting: 405."""
    if reason := await why_down(url + "/twilio/sms"):
        raise Broken(f"seen from here, {reason}")
    expires, invalid = await _certificate(url)
    if invalid:
        raise Broken(f"seen from here, its certificate {invalid}: Twilio refuses that, and nothing comes in by it")
    return Tried("it answers", expires)


async def _certificate(url: str) -> tuple[datetime | None, str]:
    """When the certificate at an https address ends, None where that cannot be known; why it is not valid, or ""."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return None, ""
    try:
        _, writer = await asyncio.open_connection(parts.hostname, parts.port or 443, ssl=tls_context(None))
    except ssl.SSLCertVerificationError as fault:
        return None, why_invalid(fault)
    except OSError:
        return None, ""
    try:
        return expiry(writer.transport), ""
    finally:
        writer.close()
