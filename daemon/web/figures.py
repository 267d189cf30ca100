"""`/metrics`, for a Prometheus: on this machine, or wherever `[web] metrics` lets it ask."""

from aiohttp import web

from daemon.metrics import CONTENT_TYPE, Metrics
from daemon.web.access import is_local
from daemon.web.server import Handler


def figures(metrics: Metrics) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return answer


def local(handler: Handler, public_url: str) -> Handler:
    """To anybody else there is no such page."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not is_local(request.remote or "", request.host, request.headers, public_url=public_url):
            raise web.HTTPNotFound
        return await handler(request)

    return answer
