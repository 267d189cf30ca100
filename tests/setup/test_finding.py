"""Where an address's mail is: by records of a real name server on loopback, by published files, by what answers."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as some

from config.types import Security
from daemon.setup.autoconfig import parse_autoconfig
from daemon.setup.finding import Finder
from daemon.setup.providers import EVERYBODYS, PROVIDERS, Server, by_mx, usual

Records = Mapping[tuple[str, str], list[str]]

AUTOCONFIG = """<?xml version="1.0"?>
<!-- as providers publish it -->
<clientConfig version="1.1"><emailProvider id="acme.example">
<incomingServer type="pop3"><hostname>pop.acme.example</hostname><port>995</port><socketType>SSL</socketType>
</incomingServer>
<incomingServer type="imap"><hostname>imap.acme.example</hostname><port>993</port><socketType>SSL</socketType>
</incomingServer>
<outgoingServer type="smtp"><hostname>smtp.acme.example</hostname><port>25</port><socketType>plain</socketType>
</outgoingServer>
<outgoingServer type="smtp"><hostname>smtp.acme.example</hostname><port>587</port><socketType>STARTTLS</socketType>
</outgoingServer>
</emailProvider></clientConfig>"""


class _Names(asyncio.DatagramProtocol):
    """Answers from `records`, by (name, kind); NXDOMAIN for all others."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        asked = dns.message.from_wire(data)
        question = asked.question[0]
        kind = dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(asked)
        rows = self._records.get((question.name.to_text(omit_final_dot=True), kind), [])
        if rows:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *rows))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        self._transport.sendto(answer.to_wire(), addr)


@asynccontextmanager
async def names(records: Records) -> AsyncIterator[dns.asyncresolver.Resolver]:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Names(records), local_addr=("127.0.0.1", 0))
    asks = dns.asyncresolver.Resolver(configure=False)
    asks.nameservers, asks.port = ["127.0.0.1"], transport.get_extra_info("sockname")[1]
    try:
        yield asks
    finally:
        transport.close()


SRV: Records = {
    ("_imaps._tcp.acme.example", "SRV"): ["10 1 1993 low.acme.example.", "0 1 993 imap.acme.example."],
    ("_submissions._tcp.acme.example", "SRV"): ["0 0 0 ."],
    ("_submission._tcp.acme.example", "SRV"): ["0 1 587 smtp.acme.example."],
}


async def test_srv_records_tell_it_and_a_dot_means_not_there() -> None:
    async with names(SRV) as asks:
        found = await Finder(asks, ()).find("incidents@acme.example")
    assert found is not None
    assert found.imap == Server("imap.acme.example", 993, Security.TLS)
    assert found.smtp == Server("smtp.acme.example", 587, Security.STARTTLS)


async def test_a_provider_is_known_by_who_takes_the_mail() -> None:
    records = {**SRV, ("acme.example", "MX"): ["10 acme-example.mail.protection.outlook.com."]}
    async with names(records) as asks:
        found = await Finder(asks, ()).find("incidents@acme.example")
    assert found is not None
    assert found.imap.host == "outlook.office365.com"
    assert found.token_url


async def test_a_published_file_tells_it_where_no_record_does() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text=AUTOCONFIG, content_type="text/xml")

    application = web.Application()
    application.router.add_get("/acme.example.xml", page)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    (address,) = runner.addresses
    pages = (f"http://127.0.0.1:{address[1]}/missing", f"http://127.0.0.1:{address[1]}/{{domain}}.xml")
    try:
        async with names({}) as asks:
            found = await Finder(asks, pages).find("incidents@acme.example")
    finally:
        await runner.cleanup()
    assert found is not None
    assert (found.imap.port, found.smtp.port) == (993, 587)


async def test_nobody_tells_and_nothing_answers() -> None:
    async with names({}) as asks:
        assert await Finder(asks, ()).find("incidents@acme.invalid") is None


BAD = {
    "nothing": "",
    "no XML": "clientConfig",
    "in the clear only": AUTOCONFIG.replace("STARTTLS", "plain"),
    "no IMAP": AUTOCONFIG.replace('type="imap"', 'type="pop3"'),
    "entities": AUTOCONFIG.replace("<clientConfig", '<!DOCTYPE a [<!ENTITY b "c">]><clientConfig'),
    "a host that is none": AUTOCONFIG.replace("imap.acme.example", "imap acme"),
    "a port that is none": AUTOCONFIG.replace("993", "99300"),
    "too long": AUTOCONFIG + " " * 300_000,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_file_that_is_no_good(text: str) -> None:
    assert parse_autoconfig(text.encode()) is None


@pytest.mark.parametrize("encoding", ["utf-16", "cp037", "utf-7"])
def test_an_encoding_in_which_entities_could_hide(encoding: str) -> None:
    assert parse_autoconfig(BAD["entities"].encode(encoding)) is None


@given(some.binary() | some.text().map(lambda text: AUTOCONFIG.replace("993", text).encode("utf-8", "replace")))
def test_whatever_the_bytes(content: bytes) -> None:
    parse_autoconfig(content)


def test_the_table_of_providers() -> None:
    for servers in PROVIDERS.values():
        assert Security.NONE not in (servers.imap.security, servers.smtp.security)
    assert by_mx(["aspmx.l.google.com"]) is PROVIDERS["google.com"]
    assert by_mx(["mx.notgoogle.com"]) is None
    assert usual("acme.example").imap.host == "imap.acme.example"
    assert "gmail.com" in EVERYBODYS
