"""Tries Twilio: the account, its balance, what its number can do, and where its texts are sent."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from channels.resolver import Resolver
from channels.twilio_api import TwilioApi, TwilioProblem
from channels.words import clean
from config.types import Inway, Settings, Twilio
from daemon.checking.trying import Broken, Tried, Try

LEAST_BALANCE = 20.0
"""In the account's currency: some hundreds of texts."""

Weak = tuple[str, str, str]


def of(settings: Settings, resolver: Resolver) -> Iterator[Try]:
    if settings.twilio:
        cure = "correct [twilio], or the account in Twilio's console: no text comes or goes"
        yield Try("Twilio", "twilio", partial(_twilio, settings.twilio, resolver), cure)


async def _twilio(twilio: Twilio, resolver: Resolver) -> Tried:
    token = twilio.auth_token.value
    async with TwilioApi(twilio.account_sid, token, twilio.api_base, resolver=resolver) as api:
        try:
            account = await api.ask(api.account.fetch_async())
            numbers = api.account.incoming_phone_numbers.list_async(phone_number=twilio.number, limit=1)
            owned, balance = await asyncio.gather(api.ask(numbers), _balance(api))
        except TwilioProblem as problem:
            raise Broken(problem.failure.reason) from None
    if account.status != "active":
        raise Broken(f"the account is {clean(str(account.status))}")
    if not owned:
        raise Broken(f"{twilio.number} is no number of this account")
    return Tried(*_judged(twilio, account, owned[0], balance))


async def _balance(api: TwilioApi) -> Any:
    """None where the account may not see it, as with a subaccount."""
    with suppress(TwilioProblem):
        return await api.ask(api.account.balance.fetch_async())
    return None


def _judged(twilio: Twilio, account: Any, number: Any, balance: Any) -> tuple[str, None, tuple[Weak, ...]]:
    can = number.capabilities or {}
    if not can.get("sms"):
        raise Broken(f"{twilio.number} takes and sends no texts")
    weak: list[Weak] = []
    if not can.get("voice"):
        weak.append(("no-voice", f"{twilio.number} makes no calls", "get a number that does"))
    if account.type == "Trial":
        problem = "is a trial account: it texts only numbers verified by hand"
        weak.append(("trial-account", problem, "upgrade it in Twilio's console"))
    left = _amount(balance.balance) if balance else None
    if left is not None and left < LEAST_BALANCE:
        problem = f"has {left:.2f} {clean(str(balance.currency))} left"
        weak.append(("low-balance", problem, "top it up, and let Twilio recharge it by itself"))
    url = f"{twilio.public_url}/twilio/sms"
    if Inway.WEBHOOK in twilio.inbound and number.sms_url != url:
        problem = f"sends texts that come in to {clean(number.sms_url or '') or 'nowhere'}"
        weak.append(("webhook-elsewhere", problem, f"set the number's messaging webhook to {url}"))
    shown = f", {left:.2f} {clean(str(balance.currency))} left" if left is not None else ""
    ways = " and ".join(name for name, there in (("texts", can.get("sms")), ("calls", can.get("voice"))) if there)
    return f"{clean(str(account.friendly_name))}, {twilio.number} for {ways}{shown}", None, tuple(weak)


def _amount(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None
