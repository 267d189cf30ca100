"""What systemd is told, by its notification socket (sd_notify(3)); nothing where there is none."""

import os
import socket
import time


def ready(status: str) -> None:
    notify("READY=1", f"STATUS={status}")


def status(words: str) -> None:
    """The line that `systemctl status` shows."""
    notify(f"STATUS={words}")


def reloading() -> None:
    """systemd.service(5) wants the moment, in microseconds, with a reload."""
    notify("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}", "STATUS=Reading the configuration again")


def stopping() -> None:
    notify("STOPPING=1", "STATUS=Ending")


def alive() -> None:
    notify("WATCHDOG=1")


def notify(*messages: str) -> None:
    """Sends them together. Never raises: nothing depends on whether anybody listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as messenger:
        messenger.settimeout(1.0)
        try:
            messenger.sendto("\n".join(messages).encode(), address)
        except OSError:
            return
