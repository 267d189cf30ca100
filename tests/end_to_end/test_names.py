"""DNS is down: servers are found at their last good addresses, also by a daemon that starts meanwhile."""

from pathlib import Path

from channels.resolver import MOST, Resolver
from channels.twilio_api import TwilioApi
from channels.twilio_sms import TwilioSms
from channels.types import Result, Text
from daemon.addresses import kept_resolver
from daemon.sandbox.twilio_server import ACCOUNT, TOKEN, TwilioServer
from daemon.state.store import Put, open_store

UNKNOWN = "api.twilio.invalid"
"""No DNS knows it (RFC 6761)."""


async def test_what_was_found_is_known_after_a_restart(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    found = await kept_resolver(store).resolve("localhost")
    await store.close()

    store = await open_store(tmp_path)
    again = kept_resolver(store)
    assert dict(again.addresses) == {"localhost": found}
    await store.close()


async def test_of_ever_other_names_the_oldest_are_forgotten_on_the_disk_too(tmp_path: Path) -> None:
    """A server of a calendar may send us on to another host each time."""
    store = await open_store(tmp_path)
    await store.commit([Put("addresses", f"host{n}", {"addresses": ["127.0.0.1"]}) for n in range(MOST + 1)])
    resolver = kept_resolver(store)
    await resolver.resolve("localhost")
    assert list(resolver.addresses) == [*(f"host{n}" for n in range(2, MOST + 1)), "localhost"]
    await store.close()

    store = await open_store(tmp_path)
    assert set(kept_resolver(store).addresses) == set(resolver.addresses)
    await store.close()


async def test_addresses_that_damage_made_unusable_are_left_out(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    odd: tuple[object, ...] = ([], "127.0.0.1", [1], None)
    await store.commit([Put("addresses", f"host{n}", {"addresses": value}) for n, value in enumerate(odd)])
    assert dict(kept_resolver(store).addresses) == {}
    await store.close()


async def test_twilio_is_reached_by_a_name_that_dns_does_not_know() -> None:
    async with TwilioServer() as server:
        base = f"http://{UNKNOWN}:{server.port}"
        known = Resolver({UNKNOWN: ("127.0.0.1",)})
        async with TwilioApi(ACCOUNT, TOKEN, base, resolver=known) as api:
            outcome = await TwilioSms(api, server.number).send(Text("+32470000001", "MI-7"))
            assert outcome.result is Result.SENT
        async with TwilioApi(ACCOUNT, TOKEN, base) as api:
            failed = await TwilioSms(api, server.number).send(Text("+32470000001", "MI-7"))
            assert failed.failure is not None
            assert failed.failure.code == "connect"
        await server.settle()
        assert len(server.phones.inbox("+32470000001")) == 1
