"""The files that pages need: style sheet, scripts, icon. Each has an address that changes with what is in it.

So a browser may keep them for ever, and never shows a page with the style of an older one.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

OURS = files("daemon.web") / "assets"

TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
"""What a folder of assets may hold, by the end of the name; anything else is not served."""

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    path: str
    body: bytes
    type: str


class Assets:
    """All files of these folders, read once. Raises OSError on making it, KeyError for a name that is not there."""

    def __init__(self, *folders: Traversable) -> None:
        self._assets = {
            file.name: _asset(file)
            for folder in folders or (OURS,)
            for file in folder.iterdir()
            if _end(file.name) in TYPES
        }

    def url(self, name: str) -> str:
        """The path at which the file of this name is served: "/assets/murphy.0123456789ab.css"."""
        return self._assets[name].path

    def routes(self) -> list[web.RouteDef]:
        return [web.get(asset.path, _answer(asset)) for asset in self._assets.values()]


def _asset(file: Traversable) -> Asset:
    body = file.read_bytes()
    stem, _, end = file.name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"/assets/{stem}.{digest}.{end}", body, TYPES[f".{end}"])


def _end(name: str) -> str:
    return "." + name.rpartition(".")[2]


def _answer(asset: Asset) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(
            body=asset.body, content_type=asset.type, charset="utf-8", headers={"Cache-Control": FOR_EVER}
        )

    return answer
