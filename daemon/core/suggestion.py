"""Services that a proposal speaks of where it names none: suggested to the managers, and not relied upon until then."""

import re
from functools import lru_cache

from config.types import Service
from daemon.core.model import Incident
from daemon.core.state import State

READ = 2000
"""Characters of a proposal that are searched."""


def suggested(state: State, incident: Incident) -> tuple[Service, ...]:
    """Those of which the name, public name or an alias stands in it as a word; none where it names one itself."""
    if incident.services:
        return ()
    text = f"{incident.summary}\n{incident.details}"[:READ].casefold()
    return tuple(s for s in state.procedure.services if s.name != "*" and _named(s).search(text))


@lru_cache(maxsize=200)
def _named(service: Service) -> re.Pattern[str]:
    names = (service.name, service.public_name, *service.aliases)
    return re.compile("|".join(rf"(?<!\w){re.escape(name.casefold())}(?!\w)" for name in names if name))
