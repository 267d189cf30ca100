"""Any Apprise URL as a named channel: chat rooms, push services and the like.

What the contact is called is filled into the URL, quoted. A URL without any of it is one place for everybody:
the same words are posted there once a minute. Neither the URL nor the service's own words are ever passed on.
"""

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from channels.types import Failure, Message, Outcome, Post, Result, Retry

SAME_WITHIN = 60.0
"""Seconds in which the same words are one post, where everybody has one place; later it is a repetition."""

_PLACE = re.compile(r"\{contact\.(id|name|email|phone|language)\}")
_STATUS = re.compile(r"\berror[ =:]+([1-5][0-9]{2})\b")

ANSWERS: Mapping[int, tuple[Retry, str]] = {
    401: (Retry.DOWN, "the service refused our login"),
    403: (Retry.DOWN, "the service refused our login"),
    408: (Retry.SAME, "the service was too slow"),
    413: (Retry.NEXT, "the message is too long for the service"),
    425: (Retry.SAME, "the service was too slow"),
    429: (Retry.SAME, "too many messages for the service"),
}
"""HTTP's, as Apprise logs them. Others by class: 3xx DOWN, 4xx NEXT, 5xx SAME."""

_NO_POST = Failure("not-a-post", "this channel cannot carry such a message", Retry.NEXT)
_BAD_URL = Failure("url", "the URL is none that Apprise knows", Retry.DOWN)
_UNREACHABLE = Failure("connect", "the service cannot be reached", Retry.DOWN)
_NOT_TAKEN = Failure("refused", "the service did not take it", Retry.NEXT)
_BUSY = Failure("busy", "earlier messages still wait for the service", Retry.DOWN)
_TIMEOUT = Failure("timeout", "no answer in time", Retry.SAME)
_BROKEN = Failure("error", "the service's plugin broke", Retry.NEXT)


class Apprise:
    """The channel `name`; `deadline` is in seconds, for one post, and `at_once` bounds the threads used.

    The library costs 40 MB and a fifth of a second: it is imported with the first post.
    """

    def __init__(self, name: str, url: str, *, deadline: float = 15.0, at_once: int = 4) -> None:
        self.name = name
        self._url = url
        self._deadline = deadline
        self._slots = asyncio.Semaphore(at_once)
        self._personal = bool(_PLACE.search(url))
        self._posted: dict[tuple[str, str], tuple[float, asyncio.Future[Outcome]]] = {}

    async def send(self, message: Message) -> Outcome:
        if not isinstance(message, Post):
            return self._failed(_NO_POST)
        missing = next((what for what in _PLACE.findall(self._url) if not _of(message, what)), "")
        if missing:
            return self._failed(Failure("contact", f"the contact has no {missing}", Retry.NEXT))
        if self._personal:
            return await self._post(message)
        return await self._once(message)

    async def _once(self, post: Post) -> Outcome:
        """One post for all who are told the same; whoever comes meanwhile waits for its outcome."""
        now, words = asyncio.get_running_loop().time(), (post.title, post.body)
        self._posted = {key: known for key, known in self._posted.items() if now - known[0] < SAME_WITHIN}
        if words not in self._posted:
            self._posted[words] = (now, asyncio.ensure_future(self._post(post)))
        under_way = self._posted[words]
        outcome = await asyncio.shield(under_way[1])
        if outcome.result is not Result.SENT and self._posted.get(words) is under_way:
            del self._posted[words]
        return outcome

    async def _post(self, post: Post) -> Outcome:
        url = _PLACE.sub(lambda found: quote(_of(post, found[1]), safe=""), self._url)
        try:
            async with asyncio.timeout(self._deadline):
                await self._slots.acquire()
        except TimeoutError:
            return self._failed(_BUSY)
        try:
            async with asyncio.timeout(self._deadline + 1.0):
                failure = await _in_thread(lambda: _notify(url, post, self._deadline), self._slots.release)
        except TimeoutError:
            failure = _TIMEOUT
        if failure is _TIMEOUT:
            return Outcome(Result.UNCERTAIN, failure=failure, by=self.name)
        return self._failed(failure) if failure else Outcome(Result.SENT, by=self.name)

    def _failed(self, failure: Failure) -> Outcome:
        return Outcome(Result.FAILED, failure=failure, by=self.name)


async def check(url: str) -> Failure | None:
    """Whether Apprise knows the URL; nothing is sent. Raises TimeoutError."""
    sample = Post("", "", "", *("sample",) * 4)
    filled = _PLACE.sub(lambda found: quote(_of(sample, found[1]) or "sample", safe=""), url)
    async with asyncio.timeout(15.0):
        return await _in_thread(lambda: None if _instance(filled) else _BAD_URL, lambda: None)


def _of(post: Post, what: str) -> str:
    return {
        "id": post.recipient,
        "name": post.name,
        "email": post.email,
        "phone": post.phone,
        "language": post.language,
    }[what]


async def _in_thread(work: Callable[[], Failure | None], ended: Callable[[], None]) -> Failure | None:
    """In a thread of its own: one that hangs holds up neither the others, nor the disk, nor the exit."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Failure | None] = loop.create_future()

    def settle(failure: Failure | None) -> None:
        ended()
        if not done.done():
            done.set_result(failure)

    def run() -> None:
        try:
            failure = work()
        except Exception:  # a plugin may raise anything, with the URL in its words
            failure = _BROKEN
        try:
            loop.call_soon_threadsafe(settle, failure)
        except RuntimeError:
            return

    threading.Thread(target=run, name="apprise", daemon=True).start()
    return await done


def _instance(url: str) -> Any:
    """The service that a URL stands for; None where Apprise knows none."""
    import apprise  # noqa: PLC0415 (see the class)

    logger = logging.getLogger("apprise")
    logger.propagate = False  # its warnings may name a token
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return apprise.Apprise.instantiate(url, suppress_exceptions=True)


def _notify(url: str, post: Post, deadline: float) -> Failure | None:
    """None where the service took it."""
    import apprise  # noqa: PLC0415 (see the class)

    service = _instance(url)
    if service is None:
        return _BAD_URL
    result = apprise.Apprise(service).notify(
        body=post.body, title=post.title, body_format=apprise.NotifyFormat.TEXT, timeout=deadline
    )
    if result:
        return None
    if result.timeout_count:
        return _TIMEOUT
    return _why(str(entry.message) for entry in result.logs())


def _why(words: Iterable[str]) -> Failure:
    """What Apprise says only in its log, without its words."""
    for line in words:
        if found := _STATUS.search(line):
            status = int(found[1])
            retry, reason = ANSWERS.get(status) or _by_class(status)
            return Failure(str(status), reason, retry)
        if "connection error" in line.lower():
            return _UNREACHABLE
    return _NOT_TAKEN


def _by_class(status: int) -> tuple[Retry, str]:
    if status >= 500:
        return Retry.SAME, "the service has a fault"
    return (Retry.NEXT, "the service refused it") if status >= 400 else (Retry.DOWN, "an unexpected answer")
