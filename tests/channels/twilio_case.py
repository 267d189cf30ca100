"""A simulated Twilio and an account at it, for tests."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.twilio_api import TwilioApi
from channels.types import Arrival
from daemon.sandbox.twilio_server import TwilioServer

ANN = "+32470000001"
BOB = "+32470000002"


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **duration: float) -> None:
        self.at += timedelta(**duration)


@dataclass
class Case:
    server: TwilioServer
    api: TwilioApi
    clock: Clock


@asynccontextmanager
async def twilio(deadline: float = 10.0) -> AsyncIterator[Case]:
    clock = Clock()
    async with (
        TwilioServer(now=clock) as server,
        TwilioApi(server.account_sid, server.auth_token, server.url, deadline=deadline) as api,
    ):
        yield Case(server, api, clock)


class Ledger:
    """A Deliver that keeps what it is given; `full` makes it refuse what it says True for."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.full: Callable[[Arrival], bool] = lambda _: False

    async def __call__(self, arrival: Arrival) -> bool:
        if self.full(arrival):
            return False
        self.arrivals.append(arrival)
        return True

    def take(self) -> list[Arrival]:
        taken, self.arrivals = self.arrivals, []
        return taken
