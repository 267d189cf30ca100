"""What Twilio tells us by webhook: texts that came in, keys pressed in a call, and what became of ours.

Only a request with Twilio's signature is read. It is answered with success once its effect is durable;
else with 503, on which Twilio tries once more, and polling finds what was missed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from ipaddress import ip_address

import structlog
from aiohttp import web

from channels.twilio_errors import result_of, result_of_call
from channels.twilio_voice import spoken
from channels.types import Arrival, Deliver, Receipt, TextArrival
from daemon.web.forms import form_of

SOURCE = "twilio"
VOICE = "voice"
SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

log = structlog.get_logger("web.twilio")


def _utcnow() -> datetime:
    return datetime.now(UTC)


class TwilioHooks:
    """The routes /twilio/sms, /twilio/keys and /twilio/status.

    The signature covers `public_url` with path and query. Where there is none, only loopback may call, and
    the URL is the one received.
    """

    def __init__(
        self,
        deliver: Deliver,
        auth_token: str,
        *,
        public_url: str = "",
        now: Callable[[], datetime] = _utcnow,
    ) -> None:
        self._deliver = deliver
        self._validator = import_module("twilio.request_validator").RequestValidator(auth_token)
        self._public_url = public_url.rstrip("/")
        self._now = now

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/twilio/sms", self._sms),
            web.post("/twilio/keys", self._keys),
            web.post("/twilio/status", self._status),
        ]

    async def _sms(self, request: web.Request) -> web.Response:
        form = await self._signed(request)
        sid, sender = form.get("MessageSid", ""), form.get("From", "")
        if not sid or not sender:
            raise web.HTTPBadRequest
        return await self._hand_on(
            TextArrival(
                source=SOURCE,
                ref=sid,
                sender=sender,
                recipient=form.get("To", ""),
                body=form.get("Body", ""),
                received=self._now(),
                media=_number(form.get("NumMedia", "")),
            )
        )

    async def _status(self, request: web.Request) -> web.Response:
        form = await self._signed(request)
        call = "CallSid" in form
        sid, status = (
            form.get("CallSid" if call else "MessageSid", ""),
            form.get("CallStatus" if call else "MessageStatus", ""),
        )
        if not sid or not status:
            raise web.HTTPBadRequest
        result, failure = result_of_call(status) if call else result_of(status, _number(form.get("ErrorCode", "")))
        return await self._hand_on(Receipt(SOURCE, sid, result, failure, self._now()))

    async def _keys(self, request: web.Request) -> web.Response:
        """A key pressed: the query of the URL, which we made and Twilio signed, says what it stands for."""
        form = await self._signed(request)
        sid, called, key = form.get("CallSid", ""), form.get("To", ""), form.get("Digits", "")
        if not sid or not called:
            raise web.HTTPBadRequest
        words = request.query.get(f"key{key}", "")
        if not words:
            return _twiml(SILENCE)
        await self._hand_on(
            TextArrival(
                source=VOICE,
                ref=f"{sid}-{key}",
                sender=called,
                recipient=form.get("From", ""),
                body=words,
                received=self._now(),
            )
        )
        return _twiml(spoken(words, request.query.get("language", "en")))

    async def _hand_on(self, arrival: Arrival) -> web.Response:
        if not await self._deliver(arrival):
            raise web.HTTPServiceUnavailable
        return _twiml(SILENCE)

    async def _signed(self, request: web.Request) -> Mapping[str, str]:
        """The form of a request that Twilio signed. Raises HTTPForbidden, and as `form_of` does."""
        form = await form_of(request)
        if not self._valid(request, form):
            log.warning("webhook without a valid signature refused", path=request.path, peer=request.remote)
            raise web.HTTPForbidden
        return form

    def _valid(self, request: web.Request, form: Mapping[str, str]) -> bool:
        base = self._public_url or (f"{request.scheme}://{request.host}" if _from_loopback(request) else "")
        signature = request.headers.get("X-Twilio-Signature", "")
        if not base or not signature:
            return False
        try:
            return bool(self._validator.validate(base + request.raw_path, form, signature))
        except ValueError:
            return False


def _from_loopback(request: web.Request) -> bool:
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def _twiml(document: str) -> web.Response:
    return web.Response(text=document, content_type="text/xml")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
