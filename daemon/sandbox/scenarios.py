"""The scenarios that the sandbox plays, by name: conversations that end with "nothing else was sent"."""

from collections.abc import Awaitable, Callable, Mapping

from daemon.sandbox.conversation import Conversation
from daemon.sandbox.drill import drill
from daemon.sandbox.outage import outage

Scenario = Callable[[Conversation], Awaitable[None]]

SCENARIOS: Mapping[str, Scenario] = {"outage": outage, "drill": drill}
