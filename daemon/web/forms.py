"""A form as our pages and Twilio send it: small and urlencoded. All else is refused."""

from collections.abc import Mapping
from typing import cast

from aiohttp import web


async def form_of(request: web.Request) -> Mapping[str, str]:
    """Raises HTTPUnsupportedMediaType, HTTPBadRequest, HTTPRequestEntityTooLarge."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        return cast("Mapping[str, str]", await request.post())
    except (ValueError, LookupError):
        raise web.HTTPBadRequest from None
