"""Twilio's webhook, called by those who are not Twilio, and by Twilio twice."""

from collections.abc import Mapping

import aiohttp
from twilio.request_validator import RequestValidator

from daemon.core.model import Status
from tests.trust.scene import JAMES, Stage, stage

PHONE = "+447912555102"
FORM = {"MessageSid": "SM" + "1" * 32, "From": PHONE, "To": "+32460000000", "Body": "ACCEPT MI-1", "NumMedia": "0"}


async def _post(here: Stage, form: Mapping[str, str], signature: str | None) -> int:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    url = here.organization.twilio.webhook
    async with aiohttp.ClientSession() as session, session.post(url, data=form, headers=headers) as answer:
        status = answer.status
    await here.organization.settle()
    return status


def _signed(here: Stage, form: Mapping[str, str], token: str = "sandbox") -> str:
    return str(RequestValidator(token).compute_signature(here.organization.twilio.webhook, form))


async def test_without_a_signature_or_with_a_wrong_one_nothing_happens() -> None:
    async with stage() as here:
        await here.proposed()
        other = _signed(here, FORM | {"Body": "STATUS"})
        for signature in (None, "", "nonsense", other, _signed(here, FORM, "stolen")):
            assert await _post(here, FORM, signature) == 403
        assert here.undecided
        here.talk.nothing_else()


async def test_the_same_text_again_has_no_second_effect_and_a_new_one_is_new() -> None:
    async with stage() as here:
        await here.proposed()
        form = FORM | {"Body": "NOTE MI-1 called them"}
        for _ in range(3):
            assert await _post(here, form, _signed(here, form)) == 200
        here.talk.hears("James", "sms", "MI-1", "Your note")
        here.talk.nothing_else()
        again = form | {"MessageSid": "SM" + "2" * 32}
        assert await _post(here, again, _signed(here, again)) == 200
        here.talk.hears("James", "sms", "MI-1", "Your note")
        here.talk.nothing_else()


async def test_a_replay_after_a_restart_has_no_effect() -> None:
    async with stage() as here:
        await here.proposed()
        form = FORM | {"Body": "NOTE MI-1 called them"}
        await _post(here, form, _signed(here, form))
        here.forget()
        await here.talk.restarts()
        await _post(here, form, _signed(here, form))
        here.talk.nothing_else()


async def test_a_text_of_a_real_number_by_the_webhook_decides() -> None:
    async with stage() as here:
        await here.proposed()
        assert await _post(here, FORM, _signed(here, FORM)) == 200
        assert here.status is Status.ACCEPTED
        assert here.organization.daemon.state.incidents["MI-1"].manager == JAMES


SENDERS = [
    "James Whitfield",
    "447912555102x",
    "+4479125551020",
    "+44791255510",
    "+447912555109",
    "",
    "anonymous",
    "12345",
]


async def test_a_number_that_only_looks_like_a_managers_gets_silence() -> None:
    async with stage() as here:
        await here.proposed()
        for number, sender in enumerate(SENDERS):
            form = FORM | {"From": sender, "MessageSid": f"SM{number:032}"}
            await _post(here, form, _signed(here, form))
            assert here.undecided, sender
            assert not here.sent(), sender
