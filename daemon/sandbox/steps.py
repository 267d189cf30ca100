"""A scenario is steps, each with a sentence on what happens and one on what is to be seen; then it plays and checks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from daemon.sandbox.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Step:
    happens: str
    seen: str
    play: Callable[[Conversation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """An incident to be played by itself: `label` names it for people, `about` says in a sentence what happens."""

    name: str
    label: str
    about: str
    steps: tuple[Step, ...]

    async def play(self, talk: Conversation) -> None:
        """From the first step to the last. Raises Unexpected."""
        for step in self.steps:
            await step.play(talk)
