"""The web server of one daemon: the board, health, figures, and the webhook where there is one."""

from collections.abc import Callable

from aiohttp import web

from config.types import Inway
from daemon.clock import Clock
from daemon.consumer import Consumer
from daemon.identity.passes import Passes
from daemon.inbox import Inbox
from daemon.metrics import Metrics
from daemon.state.store import Store
from daemon.ways import Ways
from daemon.web.board.channels import Standing
from daemon.web.board.live import Changes
from daemon.web.board.routes import Board
from daemon.web.figures import figures
from daemon.web.server import WebServer
from daemon.web.twilio_hooks import TwilioHooks


def web_of(
    store: Store,
    clock: Clock,
    consumer: Consumer,
    inbox: Inbox,
    ways: Ways,
    passes: Passes,
    healthy: Callable[[], bool],
    *,
    board_here: bool,
) -> WebServer:
    state, settings = consumer.state, consumer.state.configuration.settings
    metrics = Metrics(state, clock, ways.out, lambda: store.size, healthy)
    consumer.observe, consumer.on_commit = metrics.observe, metrics.committed
    twilio = settings.twilio
    changes = Changes(state)
    consumer.releases.append(changes.release)
    standing = Standing(state, ways.out, tuple(ways.sources), inbox.up, inbox.why, lambda: store.health.ok)
    board = Board(state, clock, standing, changes, passes, consumer.put, here=board_here)
    routes = [web.get("/metrics", figures(metrics, settings.public_url)), *board.routes()]
    if twilio and (twilio.public_url or Inway.WEBHOOK in twilio.inbound):
        hooks = TwilioHooks(inbox.deliver, twilio.auth_token.value, public_url=twilio.public_url, now=clock.now)
        routes += hooks.routes()
    return WebServer(
        settings.web.host,
        settings.web.port,
        routes=routes,
        healthy=healthy,
        ready=lambda: all(inbox.up.get(source, False) for source in ways.sources),
        closing=changes.close,
    )
