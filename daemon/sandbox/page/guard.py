"""Who may play at the page: a browser at this machine, from the page itself, with the token of this run.

Another site's page that the same browser has open can send requests here. It is told apart by the Host header (a name
of its own that leads to loopback), by Origin and Sec-Fetch-Site (Fetch Metadata Request Headers), and by the token,
which stands in the page alone.
"""

import hmac

from aiohttp import web

from daemon.web.access import is_local

TOKEN = "X-Sandbox-Token"  # noqa: S105 (the header's name)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "murphyd",
}


def refusal(request: web.Request, token: str) -> str:
    """Why this request is not answered; "" where it is."""
    if not is_local(request.remote or "", request.host, request.headers, public_url=""):
        return "this page is for a browser on this machine"
    if request.method in ("GET", "HEAD"):
        return "not from this page" if _embedded_elsewhere(request) else ""
    if request.headers.get("Origin") != f"http://{request.host}":
        return "not from this page"
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return "not from this page"
    if request.content_type != "application/json":
        return "not from this page"
    if not hmac.compare_digest(request.headers.get(TOKEN, "").encode(), token.encode()):
        return "the sandbox was started anew: reload the page"
    return ""


def _embedded_elsewhere(request: web.Request) -> bool:
    """Another site's page may lead here, and no more: not read, embed or keep a stream open."""
    site, mode = (request.headers.get(f"Sec-Fetch-{what}", "") for what in ("Site", "Mode"))
    return site not in ("", "none", "same-origin") and mode != "navigate"
