"""The channel "voice": a call that speaks the text twice, or once before it dials a person into a conference.

Keys are taken where a webhook can be reached; all else needs none.
Source: Twilio's "Calls resource" (inline TwiML, at most 4,000 characters), "TwiML Voice: Say" and "Gather".
"""

import re
from collections.abc import Container, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from channels.twilio_api import TwilioApi, TwilioProblem, garbage
from channels.twilio_errors import result_of_call
from channels.types import Call, ChannelDown, Failure, Message, Outcome, Result, Retry

LONGEST_TWIML = 4000
RING = 30
"""Seconds that it may ring."""
CLOCK_SKEW = timedelta(seconds=5)
"""Short: a call repeated on purpose must not be taken for the one before."""

VOICES: Mapping[str, str] = {
    "ar": "arb",
    "ca": "ca-ES",
    "cs": "cs-CZ",
    "da": "da-DK",
    "de": "de-DE",
    "el": "el-GR",
    "en": "en-GB",
    "es": "es-ES",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "hu": "hu-HU",
    "it": "it-IT",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "no": "nb-NO",
    "pl": "pl-PL",
    "pt": "pt-PT",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "sk": "sk-SK",
    "sv": "sv-SE",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "zh": "cmn-CN",
}
"""A language (ISO 639-1) -> the <Say> language; others are spoken as English."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NO_CALL = Failure("not-a-call", "this channel makes calls only", Retry.NEXT)


class TwilioVoice:
    """Calls from `number` (E.164). Keys are asked for where `public_url` is set."""

    name = "voice"

    def __init__(self, api: TwilioApi, number: str, *, public_url: str = "") -> None:
        self._api = api
        self._number = number
        self._public_url = public_url.rstrip("/")
        self._report = {"status_callback": f"{self._public_url}/twilio/status"} if public_url else {}

    async def send(self, message: Message) -> Outcome:
        if not isinstance(message, Call):
            return Outcome(Result.FAILED, failure=_NO_CALL)
        request = self._api.calls.create_async(
            to=message.recipient,
            from_=self._number,
            twiml=twiml(message, self._public_url),
            timeout=RING,
            **self._report,
        )
        try:
            call = await self._api.ask(request)
            if not call.sid:
                raise garbage()
        except TwilioProblem as problem:
            unknown = problem.carried_out is None
            return Outcome(Result.UNCERTAIN if unknown else Result.FAILED, failure=problem.failure, by="twilio")
        return _outcome(call)

    async def find(self, message: Message, since: datetime, known: Container[str] = ()) -> Outcome | None:
        """The newest call to this recipient: Twilio does not tell the words of a call."""
        if not isinstance(message, Call):
            return None
        request = self._api.calls.list_async(to=message.recipient, from_=self._number, limit=20, page_size=20)
        try:
            calls = await self._api.ask(request)
        except TwilioProblem as problem:
            raise ChannelDown(problem.failure) from problem
        later = [
            call
            for call in calls
            if call.sid not in known
            and isinstance(call.date_created, datetime)
            and call.date_created >= since - CLOCK_SKEW
        ]
        return _outcome(later[0]) if later else None


def twiml(call: Call, public_url: str) -> str:
    """What is played, in TwiML; a text too long for it is cut."""
    body = call.body
    while len(document := _document(call, body, public_url)) > LONGEST_TWIML and body:
        body = body[: len(body) * 9 // 10]
    return document


def spoken(words: str, language: str) -> str:
    """TwiML that says some words once, and hangs up."""
    return f"<Response>{_say(words, language)}</Response>"


def _document(call: Call, body: str, public_url: str) -> str:
    say = _say(body, call.language)
    if call.conference:
        name = escape(NOT_XML.sub(" ", call.conference))
        return f"<Response>{say}<Dial><Conference>{name}</Conference></Dial></Response>"
    speech = f'{say}<Pause length="1"/>{say}'
    if call.keys and public_url:
        meanings = {f"key{key}": words for key, words in call.keys} | {"language": call.language}
        action = quoteattr(f"{public_url}/twilio/keys?{urlencode(meanings)}")
        speech = f'<Gather numDigits="1" timeout="8" action={action}>{speech}</Gather>'
    return f"<Response>{speech}</Response>"


def _say(words: str, language: str) -> str:
    voice = VOICES.get(language.replace("_", "-").split("-")[0].lower(), VOICES["en"])
    return f'<Say language="{voice}">{escape(NOT_XML.sub(" ", words))}</Say>'


def _outcome(call: Any) -> Outcome:
    result, failure = result_of_call(call.status or "")
    return Outcome(result, ref=call.sid or "", failure=failure, by="twilio")
