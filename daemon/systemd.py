"""What systemd is told, by its notification socket (sd_notify(3)); nothing where there is none."""

import os
import socket


def notify(message: str) -> None:
    """Sends "READY=1", "STOPPING=1" and the like."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as messenger:
        messenger.settimeout(1.0)
        try:
            messenger.sendto(message.encode(), address)
        except OSError:
            return
