"""What the configuration has no longer is not down: a mailbox, a channel or a part that was removed while it failed."""

from collections.abc import Callable

from config.types import Settings
from daemon.core.kinds import Kind
from daemon.core.settling import configured
from daemon.core.state import State

PARTS: dict[str, Callable[[Settings], object]] = {
    "heartbeat": lambda settings: settings.heartbeat,
    "heart": lambda settings: settings.heartbeat,
    "status page": lambda settings: settings.status_page,
    "status page: writing": lambda settings: settings.status_page,
    "metrics server": lambda settings: settings.web.metrics,
    "listening: metrics server": lambda settings: settings.web.metrics,
    "canaries": lambda settings: settings.canary,
    "receipts": lambda settings: settings.twilio,
}
"""Those that not every configuration has, and what they need."""

WAY_IN = "way in: "
"""The task that watches a source."""


def forget_removed(state: State) -> None:
    """Before anything is decided. Written down it stays, for when it is there again."""
    settings = state.configuration.settings
    sources = {box.name for box in settings.mailboxes}
    sources |= {name for name, there in (("twilio", settings.twilio), ("gsm", settings.gsm)) if there}
    channels = configured(state) | {f"email ({relay.name})" for relay in settings.relays}
    parts = {name for name, there in PARTS.items() if not there(settings)}
    parts |= set() if any(duty.calendar for duty in state.procedure.duties) else {"duty"}
    parts |= {name for name in state.ailing if name.startswith(WAY_IN) and name.removeprefix(WAY_IN) not in sources}
    state.unwatched &= sources
    state.ailing -= parts
    state.health = {name: health for name, health in state.health.items() if name in channels}
    here: dict[Kind, Callable[[str], bool]] = {
        Kind.SOURCE_UP: sources.__contains__,
        Kind.CHANNEL_UP: channels.__contains__,
        Kind.PART_UP: lambda name: name not in parts,
        Kind.STATE_UP: lambda _: True,
    }
    state.heard = {(kind, name): heard for (kind, name), heard in state.heard.items() if here[kind](name)}
