"""`murphyd sandbox --scenario`: one scenario by itself, printed and checked: nothing missing, nothing too much."""

import json
import sys

from rich.console import Console

from daemon.sandbox.conversation import Conversation, Unexpected
from daemon.sandbox.organization import Organization
from daemon.sandbox.scenarios import SCENARIOS
from daemon.sandbox.transcript import Transcript


async def play(name: str, *, speed: float, as_json: bool) -> bool:
    """Whether it went as it should."""
    console = Console(file=sys.stdout, highlight=False)
    scenario = SCENARIOS[name]
    async with Organization() as organization:
        transcript = Transcript(organization)
        talk = Conversation(organization, speed=speed, after_step=lambda: None if as_json else transcript.show(console))
        failure = ""
        try:
            await scenario(talk)
        except Unexpected as unexpected:
            failure = str(unexpected)
        if as_json:
            document = {"scenario": name, "passed": not failure, "failure": failure, "messages": transcript.rows()}
            print(json.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201
        else:
            transcript.show(console)
            transcript.end(console, name, failure)
    return not failure
