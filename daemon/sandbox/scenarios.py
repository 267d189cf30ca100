"""The scenarios that the sandbox plays, by name: conversations that end with "nothing else was sent"."""

from collections.abc import Mapping

from daemon.sandbox.drill import DRILL
from daemon.sandbox.outage import OUTAGE
from daemon.sandbox.steps import Scenario

SCENARIOS: Mapping[str, Scenario] = {scenario.name: scenario for scenario in (OUTAGE, DRILL)}
