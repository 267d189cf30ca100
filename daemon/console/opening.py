"""The console of one daemon: everything that can be asked of it, by name."""

from daemon.clock import Clock
from daemon.console.channels import Channels
from daemon.console.desk import Desk
from daemon.console.drilling import Drilling
from daemon.console.server import Console
from daemon.console.speaking import Speaking
from daemon.consumer import Consumer
from daemon.core.state import State
from daemon.inbox import Inbox
from daemon.state.store import Store
from daemon.ways import Ways


def console_of(
    state: State, store: Store, clock: Clock, consumer: Consumer, inbox: Inbox, ways: Ways, desk: Desk
) -> Console:
    speaking = Speaking(inbox.reader, store, clock, desk)
    drilling = Drilling(state, consumer)
    channels = Channels(state, ways, inbox, store, clock)
    handlers = {
        "say": speaking.say,
        "propose": speaking.propose,
        "channels": channels.report,
        "drill": drilling.begin,
        "stop-drill": drilling.end,
    }
    return Console(state.configuration.settings.state.directory, clock, handlers)
