"""A reload is a new daemon in the same process: nothing of the one before stays in memory."""

import gc
import weakref

from daemon.consumer import Consumer
from daemon.sandbox.organization import Organization


async def used(here: Organization) -> weakref.ref[Consumer]:
    """A daemon that has sent mail and texts, been called by Twilio's webhook, and asked for its figures."""
    await here.texts("James", "STATUS")
    await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
    await here.settle()
    return weakref.ref(here.daemon.consumer)


async def test_nothing_of_the_daemon_before_stays() -> None:
    async with Organization() as here:
        before = []
        for _ in range(3):
            before.append(await used(here))
            await here.stop()
            await here.start()
        gc.unfreeze()
        gc.collect()
        assert [consumer() for consumer in before] == [None] * 3
