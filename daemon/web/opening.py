"""The web servers of one daemon: the board, health, figures, and the webhook where there is one; figures alone."""

from collections.abc import Callable, Mapping

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
from daemon.web.figures import figures, local
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
) -> Mapping[str, WebServer]:
    """By the names of parts of Murphy."""
    state, settings = consumer.state, consumer.state.configuration.settings
    metrics = Metrics(state, clock, ways.out, lambda: store.size, healthy)
    consumer.observe, consumer.on_commit = metrics.observe, metrics.committed
    twilio = settings.twilio
    changes = Changes(state)
    consumer.releases.append(changes.release)
    standing = Standing(state, ways.out, tuple(ways.sources), inbox.up, inbox.why, lambda: store.health.ok)
    board = Board(state, clock, standing, changes, passes, consumer.put, here=board_here)
    routes = [web.get("/metrics", local(figures(metrics), settings.public_url)), *board.routes()]
    if twilio and (twilio.public_url or Inway.WEBHOOK in twilio.inbound):
        hooks = TwilioHooks(inbox.deliver, twilio.auth_token.value, public_url=twilio.public_url, now=clock.now)
        routes += hooks.routes()

    def ready() -> bool:
        return all(inbox.up.get(source, False) for source in ways.sources)

    here = settings.web
    servers = {
        "web server": WebServer(
            here.host, here.port, routes=routes, healthy=healthy, ready=ready, closing=changes.close
        )
    }
    if here.metrics:
        alone = [web.get("/metrics", figures(metrics))]
        servers["metrics server"] = WebServer(*here.metrics, routes=alone, healthy=healthy, ready=ready)
    return servers
