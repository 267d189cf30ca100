"""A free port on loopback, for a server that must be named before it starts, or that comes back at the same port."""

import os
import socket
from collections import deque

MOST = 200
"""So many are kept from others at a time."""

_held: deque[int] = deque()


def free_port() -> int:
    """Nobody is given this port meanwhile: it stays bound, without listening. SO_REUSEADDR lets a server listen."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        _held.append(held.detach())
    if len(_held) > MOST:
        os.close(_held.popleft())
    return port
