"""What a folder needs besides what is written into it."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Makes creations and renames in it durable. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
