"""The web server of one daemon: health, figures, and the webhook where there is one."""

from collections.abc import Callable, Iterable

from aiohttp import web

from config.types import Inway
from daemon.clock import Clock
from daemon.consumer import Consumer
from daemon.inbox import Inbox
from daemon.metrics import Metrics
from daemon.state.store import Store
from daemon.web.figures import figures
from daemon.web.server import WebServer
from daemon.web.twilio_hooks import TwilioHooks


def web_of(
    store: Store, clock: Clock, consumer: Consumer, inbox: Inbox, channels: Iterable[str], ready: Callable[[], bool]
) -> WebServer:
    settings = consumer.state.configuration.settings
    metrics = Metrics(consumer.state, clock, channels, lambda: store.size)
    consumer.observe, consumer.on_commit = metrics.observe, metrics.committed
    twilio = settings.twilio
    routes = [web.get("/metrics", figures(metrics, twilio.public_url if twilio else ""))]
    if twilio and (twilio.public_url or Inway.WEBHOOK in twilio.inbound):
        hooks = TwilioHooks(inbox.deliver, twilio.auth_token.value, public_url=twilio.public_url, now=clock.now)
        routes += hooks.routes()
    return WebServer(settings.web.host, settings.web.port, routes=routes, healthy=lambda: store.health.ok, ready=ready)
