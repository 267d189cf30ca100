"""Who counts as sitting at this machine."""

import pytest

from daemon.web.access import is_local

PUBLIC = "https://murphy.acme.example"


@pytest.mark.parametrize(
    ("peer", "host", "headers", "public_url", "local"),
    [
        pytest.param("127.0.0.1", "127.0.0.1:8080", {}, "", True, id="a browser at this machine"),
        pytest.param("::1", "[::1]:8080", {}, "", True, id="by IPv6"),
        pytest.param("127.0.0.1", "localhost:8080", {}, "", True, id="by name"),
        pytest.param("127.0.0.1", "localhost", {}, "", True, id="without a port"),
        pytest.param("127.0.0.1", "127.0.0.1:8080", {}, PUBLIC, False, id="a proxy may stand before it"),
        pytest.param("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "1.2.3.4"}, "", False, id="a proxy does"),
        pytest.param("127.0.0.1", "127.0.0.1", {"Forwarded": "for=1.2.3.4"}, "", False, id="a modern proxy does"),
        pytest.param("127.0.0.1", "127.0.0.1", {"x-forwarded-server": "www"}, "", False, id="one that names itself"),
        pytest.param("127.0.0.1", "127.0.0.1", {"CF-Connecting-IP": "1.2.3.4"}, "", False, id="the end of a tunnel"),
        pytest.param("127.0.0.1", "murphy.acme.example", {}, "", False, id="a proxy that keeps the Host"),
        pytest.param("127.0.0.1", "evil.example:8080", {}, "", False, id="a page that rebinds its name to us"),
        pytest.param("192.0.2.7", "127.0.0.1:8080", {}, "", False, id="another machine that says it is this one"),
        pytest.param("127.0.0.1", "", {}, "", False, id="no Host at all"),
        pytest.param("", "127.0.0.1:8080", {}, "", False, id="nobody on the other side"),
        pytest.param("127.0.0.1", "127.0.0.1.evil.example", {}, "", False, id="a name that begins like us"),
        pytest.param("127.0.0.1", "[::1].evil.example", {}, "", False, id="a name that begins like us in brackets"),
        pytest.param("127.0.0.1", "localhost:8080@evil.example", {}, "", False, id="a name that ends otherwise"),
    ],
)
def test_who_is_local(peer: str, host: str, headers: dict[str, str], public_url: str, local: bool) -> None:
    assert is_local(peer, host, headers, public_url=public_url) is local
