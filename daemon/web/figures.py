"""`/metrics`, for a Prometheus on this machine."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from daemon.metrics import CONTENT_TYPE, Metrics
from daemon.web.access import is_local


def figures(metrics: Metrics, public_url: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """To anybody else there is no such page."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not is_local(request.remote or "", request.host, request.headers, public_url=public_url):
            raise web.HTTPNotFound
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return answer
