"""Where a mail address is read and sent from: by its domain's SRV records (RFC 6186, RFC 8314), its provider, its
autoconfiguration file, else by the names that most servers have. Nothing here logs in.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace

import aiohttp
import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype

from channels.resolver import Resolver
from config.types import Security
from daemon.setup.autoconfig import LARGEST, parse_autoconfig
from daemon.setup.providers import IMAP_TLS, SMTP_STARTTLS, SMTP_TLS, Server, Servers, by_mx

DNS_WITHIN = 4.0
WEB_WITHIN = 6.0
KNOCK_WITHIN = 4.0
"""Seconds for one question, one page, one connection."""

PAGES = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    "https://autoconfig.thunderbird.net/v1.1/{domain}",
)
"""Mozilla's wiki, "Thunderbird:Autoconfiguration"; the last one hears the domain alone."""

IMAP_RECORDS = (("_imaps._tcp", Security.TLS), ("_imap._tcp", Security.STARTTLS))
SMTP_RECORDS = (("_submissions._tcp", Security.TLS), ("_submission._tcp", Security.STARTTLS))

IMAP_NAMES = ("imap.{}", "mail.{}", "{}")
SMTP_NAMES = ("smtp.{}", "mail.{}", "{}")


class Finder:
    """`asks` has the name servers to ask, by default the system's; `pages` the addresses of autoconfiguration."""

    def __init__(self, asks: dns.asyncresolver.Resolver | None = None, pages: Sequence[str] = PAGES) -> None:
        self._asks = asks
        self._pages = pages
        self._resolver = Resolver()

    async def find(self, address: str) -> Servers | None:
        """None where nobody tells and nothing answers. Never raises but on cancellation; half a minute at most."""
        domain = address.rpartition("@")[2]
        exchangers, records = await asyncio.gather(self._exchangers(domain), self._records(domain))
        provider = by_mx([*exchangers, domain])
        if provider:
            return replace(provider, how=f"{domain} has its mail at {provider.how}")
        return records or await self._published(address, domain) or await self._guessed(domain, exchangers)

    async def _records(self, domain: str) -> Servers | None:
        imap, smtp = await asyncio.gather(self._best(domain, IMAP_RECORDS), self._best(domain, SMTP_RECORDS))
        return Servers(imap, smtp, f"{domain} says so in its SRV records") if imap and smtp else None

    async def _best(self, domain: str, records: Iterable[tuple[str, Security]]) -> Server | None:
        for service, security in records:
            rows = await self._answers(f"{service}.{domain}", "SRV")
            for _, _, port, host in sorted((int(p), -int(w), int(port), host) for p, w, port, host in rows):
                if host.strip("."):  # "." says that there is no such service (RFC 6186 section 3.4)
                    return Server(host.rstrip("."), port, security)
        return None

    async def _exchangers(self, domain: str) -> list[str]:
        return [host.rstrip(".") for _, host in sorted(await self._answers(domain, "MX"))]

    async def _answers(self, name: str, kind: str) -> list[tuple[str, ...]]:
        """Each record's fields. Empty where there is none, or nobody answers."""
        try:
            if self._asks is None:
                self._asks = dns.asyncresolver.Resolver()
            found = await self._asks.resolve(name, kind, lifetime=DNS_WITHIN, search=False)
        except (dns.exception.DNSException, OSError, ValueError):
            return []
        return [tuple(record.to_text().split()) for record in found]

    async def _published(self, address: str, domain: str) -> Servers | None:
        async def page(url: str) -> Servers | None:
            try:
                async with asyncio.timeout(WEB_WITHIN), session.get(url) as answer:
                    content = await answer.content.read(LARGEST) if answer.status == 200 else b""
            except (OSError, aiohttp.ClientError, TimeoutError, ValueError):
                return None
            found = parse_autoconfig(content)
            return replace(found, how=f"as {answer.host} publishes") if found else None

        async with aiohttp.ClientSession() as session:
            urls = [url.format(domain=domain, address=address) for url in self._pages]
            return next((one for one in await asyncio.gather(*map(page, urls)) if one), None)

    async def _guessed(self, domain: str, exchangers: Sequence[str]) -> Servers | None:
        """The first names and ports that take a connection."""
        names = [name.format(domain) for name in IMAP_NAMES] + list(exchangers[:1])
        imap = [Server(name, IMAP_TLS, Security.TLS) for name in names]
        names = [name.format(domain) for name in SMTP_NAMES] + list(exchangers[:1])
        smtp = [Server(name, SMTP_TLS, Security.TLS) for name in names]
        smtp += [Server(name, SMTP_STARTTLS, Security.STARTTLS) for name in names]
        open_imap, open_smtp = await asyncio.gather(self._first(imap), self._first(smtp))
        return Servers(open_imap, open_smtp, "they answer under the usual names") if open_imap and open_smtp else None

    async def _first(self, servers: Sequence[Server]) -> Server | None:
        answers = await asyncio.gather(*map(self._answering, servers))
        return next((server for server, there in zip(servers, answers, strict=True) if there), None)

    async def _answering(self, server: Server) -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(KNOCK_WITHIN):
                with closing(await self._resolver.connect(server.host, server.port)):
                    return True
        return False
