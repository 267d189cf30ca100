"""A mail provider's autoconfiguration file, as Mozilla's wiki describes it ("Thunderbird:Autoconfiguration:
ConfigFileFormat"): hostile until parsed, and read for two servers and nothing else. Pure.
"""

from xml.etree import ElementTree

from config.faults import Wrong
from config.fields import host
from config.types import Security
from daemon.setup.providers import Server, Servers

LARGEST = 256 * 1024
"""Bytes of such a file."""

SOCKETS = {"SSL": Security.TLS, "STARTTLS": Security.STARTTLS}


def parse_autoconfig(content: bytes) -> Servers | None:
    """The first encrypted IMAP and SMTP servers in it; None for anything else. Never raises."""
    if len(content) >= LARGEST:
        return None
    try:
        text = content.decode()
        if "<!" in text.replace("<!--", ""):
            return None  # a document type could declare entities that grow without end
        root = ElementTree.fromstring(text)  # noqa: S314 (as above: nothing is left to be expanded)
    except (ElementTree.ParseError, ValueError):
        return None
    imap, smtp = _server(root, "incomingServer", "imap"), _server(root, "outgoingServer", "smtp")
    return Servers(imap, smtp) if imap and smtp else None


def _server(root: ElementTree.Element, tag: str, kind: str) -> Server | None:
    for element in root.iter(tag):
        if element.get("type", "").lower() != kind:
            continue
        security = SOCKETS.get(_text(element, "socketType").upper())
        port = _text(element, "port")
        try:
            name = host(_text(element, "hostname"))
        except Wrong:
            continue
        if security and port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536:
            return Server(name, int(port), security)
    return None


def _text(element: ElementTree.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
