"""One connection of the web server. What is no HTTP gets a bare status: no version is told, and no traceback logged."""

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "murphyd",
}

LIMITS: dict[str, Any] = {
    "keepalive_timeout": 15,
    "lingering_time": 1,
    "max_line_size": 4096,
    "max_field_size": 8190,
    "max_headers": 64,
}
"""Seconds and bytes. A header has room for the cookies that browsers bring along from the domain above."""

_silent = logging.getLogger("daemon.web.connection")
_silent.setLevel(logging.CRITICAL)

Malformed = Callable[[str, str], None]
"""Hears the address of whoever sent what is no request, and in a word what was wrong."""


class Connection(RequestHandler):
    """As aiohttp's, within our limits. Handlers catch what they raise, so an error here is the other side's."""

    __slots__ = ("_malformed",)

    def __init__(self, server: web.Server, malformed: Malformed) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), access_log=None, logger=_silent, **LIMITS)  # type: ignore[arg-type]
        self._malformed = malformed

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 (as it is called)
    ) -> web.StreamResponse:
        """Raises ConnectionError where an answer has begun."""
        self._malformed(request.remote or "", type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer has begun already")
        answer = web.Response(status=status, reason=HTTPStatus(status).phrase, headers=HEADERS)
        answer.force_close()
        return answer
