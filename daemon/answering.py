"""Whether a server of our own answers: asked as anybody else would, so that one which hangs is found."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

EVERY = 60.0
"""Seconds between two questions."""

WITHIN = 10.0
"""Seconds for an answer."""

Opening = Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]


async def answers(opening: Opening, question: bytes, expected: bytes, within: float = WITHIN) -> bool:
    """Whether the answer begins with what is `expected`, within so many seconds. Raises only on cancellation."""
    writer = None
    try:
        async with asyncio.timeout(within):
            reader, writer = await opening
            writer.write(question)
            return await reader.readexactly(len(expected)) == expected
    except (OSError, EOFError):  # a TimeoutError is an OSError, an IncompleteReadError an EOFError
        return False
    finally:
        if writer is not None:
            with suppress(OSError):
                writer.transport.abort()
