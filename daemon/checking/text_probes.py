"""Tries Twilio: the account, its balance, what its number can do, and where its texts are sent."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from channels.resolver import Resolver
from channels.twilio_api import Answer, TwilioApi, TwilioProblem
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
            account = await api.account()
            numbers = api.page("IncomingPhoneNumbers", {"PhoneNumber": twilio.number, "PageSize": 1})
            owned, balance = await asyncio.gather(numbers, _balance(api))
        except TwilioProblem as problem:
            raise Broken(problem.failure.reason) from None
    if account.text("status") != "active":
        raise Broken(f"the account is {clean(account.text('status')) or 'not active'}")
    if not owned.answers:
        raise Broken(f"{twilio.number} is no number of this account")
    return Tried(*_judged(twilio, account, owned.answers[0], balance))


async def _balance(api: TwilioApi) -> Answer | None:
    """None where the account may not see it, as with a subaccount."""
    with suppress(TwilioProblem):
        return await api.balance()
    return None


def _judged(
    twilio: Twilio, account: Answer, number: Answer, balance: Answer | None
) -> tuple[str, None, tuple[Weak, ...]]:
    if not number.can("sms"):
        raise Broken(f"{twilio.number} takes and sends no texts")
    weak: list[Weak] = []
    if not number.can("voice"):
        weak.append(("no-voice", f"{twilio.number} makes no calls", "get a number that does"))
    if account.text("type") == "Trial":
        problem = "is a trial account: it texts only numbers verified by hand"
        weak.append(("trial-account", problem, "upgrade it in Twilio's console"))
    left, currency = (_amount(balance.text("balance")), clean(balance.text("currency"))) if balance else (None, "")
    if left is not None and left < LEAST_BALANCE:
        problem = f"has {left:.2f} {currency} left"
        weak.append(("low-balance", problem, "top it up, and let Twilio recharge it by itself"))
    url = f"{twilio.public_url}/twilio/sms"
    if Inway.WEBHOOK in twilio.inbound and number.text("sms_url") != url:
        problem = f"sends texts that come in to {clean(number.text('sms_url')) or 'nowhere'}"
        weak.append(("webhook-elsewhere", problem, f"set the number's messaging webhook to {url}"))
    shown = f", {left:.2f} {currency} left" if left is not None else ""
    ways = " and ".join(name for name, what in (("texts", "sms"), ("calls", "voice")) if number.can(what))
    return f"{clean(account.text('friendly_name'))}, {twilio.number} for {ways}{shown}", None, tuple(weak)


def _amount(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
