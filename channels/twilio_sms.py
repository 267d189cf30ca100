"""The channel "sms": one text by Twilio's Messages API, and a look whether an uncertain one was taken.

A text is SENT once Twilio has queued it; what became of it comes later as a receipt.
"""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Any

from channels.twilio_api import TwilioApi, TwilioProblem, garbage
from channels.twilio_errors import result_of
from channels.types import ChannelDown, Failure, Message, Outcome, Result, Retry, Text

CLOCK_SKEW = timedelta(minutes=1)
"""How far our clock may be ahead of Twilio's, whose times are whole seconds."""

SEARCHED = 200
"""Texts to one recipient looked through, newest first."""

_NO_TEXT = Failure("not-a-text", "this channel carries texts only", Retry.NEXT)


class TwilioSms:
    """Texts from `number` (E.164). Where `public_url` is set, Twilio is asked to report there."""

    name = "sms"

    def __init__(self, api: TwilioApi, number: str, *, public_url: str = "") -> None:
        self._api = api
        self._number = number
        self._report = {"status_callback": f"{public_url.rstrip('/')}/twilio/status"} if public_url else {}

    async def send(self, message: Message) -> Outcome:
        if not isinstance(message, Text):
            return Outcome(Result.FAILED, failure=_NO_TEXT)
        request = self._api.messages.create_async(
            to=message.recipient, from_=self._number, body=message.body, **self._report
        )
        try:
            sent = await self._api.ask(request)
            if not sent.sid:
                raise garbage()
        except TwilioProblem as problem:
            unknown = problem.carried_out is None
            return Outcome(Result.UNCERTAIN if unknown else Result.FAILED, failure=problem.failure, by="twilio")
        return _outcome(sent)

    async def find(self, message: Message, since: datetime, known: Container[str] = ()) -> Outcome | None:
        if not isinstance(message, Text):
            return None
        request = self._api.messages.list_async(
            to=message.recipient, from_=self._number, limit=SEARCHED, page_size=SEARCHED
        )
        try:
            texts = await self._api.ask(request)
        except TwilioProblem as problem:
            raise ChannelDown(problem.failure) from problem
        same = [
            text
            for text in texts
            if text.body == message.body
            and text.sid not in known
            and isinstance(text.date_created, datetime)
            and text.date_created >= since - CLOCK_SKEW
        ]
        return _outcome(max(same, key=_created)) if same else None


def _created(text: Any) -> datetime:
    created: datetime = text.date_created
    return created


def _outcome(text: Any) -> Outcome:
    result, failure = result_of(text.status or "", text.error_code or 0)
    return Outcome(result, ref=text.sid or "", failure=failure, by="twilio")
