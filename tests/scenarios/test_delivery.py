"""Delivery that arrives: where one way fails, falls silent or is given up, each person is told by the next."""

from daemon.core.stimuli import CanaryBack, CanaryLost
from daemon.sandbox.faults import Answer, Step
from daemon.sandbox.twilio_faults import STUCK, undelivered
from tests.core.vocabulary import minutes
from tests.scenarios.play import BOTH, MANAGERS, Talk, talking

NADIA = "nadia.benali@acme.example"
AN_PHONE, OLIVER_PHONE = "+32470550101", "+447912555116"
OPERATORS = ("Sofie", "Tom")
CALLED = {'via = ["email+sms"]': 'via = ["email+sms", "voice"]'}


def calls(talk: Talk, number: str = AN_PHONE) -> int:
    """Every call to this number, whether anybody took it or not."""
    return sum(record.recipient == number for record in talk.organization.twilio._calls.values())


def bodies(talk: Talk, number: str) -> list[str]:
    """Every text to this number that Twilio took, whatever became of it."""
    return [record.body for record in talk.organization.twilio._messages.values() if record.recipient == number]


async def proposed_while_silent(talk: Talk) -> None:
    """An's phone takes texts and says nothing; the others have the question by both ways."""
    talk.organization.twilio.faults[AN_PHONE] = STUCK
    await talk.mails("Lotte", "Web shop is down", "")
    talk.gets("Lotte", "proposal-received")
    talk.all_get(MANAGERS, "decision-request")
    talk.all_get(("James", "Claire"), "decision-request", "sms")
    talk.nothing_else()


async def test_a_manager_whose_text_stays_silent_is_called_and_called_again() -> None:
    async with talking(CALLED) as talk:
        await proposed_while_silent(talk)
        await talk.passes("119s")
        assert calls(talk) == 0
        await talk.passes("1s")
        assert calls(talk) == 1
        await talk.passes("90s")
        assert calls(talk) == 2
        await talk.passes("80s")
        assert (calls(talk), calls(talk, "+32470550103")) == (2, 0)
        talk.nothing_else()


async def test_who_answers_is_not_called_again() -> None:
    async with talking(CALLED) as talk:
        await proposed_while_silent(talk)
        await talk.passes("2m")
        await talk.replies("An", "STATUS MI-1")
        talk.gets("An", "status")
        await talk.passes("2m")
        assert calls(talk) == 1
        talk.nothing_else()


async def test_nobody_is_called_once_another_has_decided() -> None:
    async with talking(CALLED) as talk:
        await proposed_while_silent(talk)
        await talk.texts("James", "REJECT")
        await talk.passes("10m")
        assert calls(talk, "+32470550103") == 0


async def test_a_handset_that_cannot_be_reached_is_called_at_once() -> None:
    async with talking(CALLED) as talk:
        talk.organization.twilio.faults[AN_PHONE] = undelivered(30003)
        await talk.mails("Lotte", "Web shop is down", "")
        assert (calls(talk), len(bodies(talk, AN_PHONE))) == (1, 1)
        talk.organization.twilio.faults.clear()
        await talk.passes("5s")
        talk.gets("An", "decision-request", *BOTH)


async def test_what_a_carrier_takes_for_spam_goes_once_more_without_its_link() -> None:
    async with talking() as talk:
        await talk.accepted()
        talk.organization.twilio.faults[OLIVER_PHONE] = undelivered(30007)
        await talk.texts("An", "UPDATE MI-1 See https://status.acme.example/shop for the shops that are open.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", but=["Oliver"])
        first, second = bodies(talk, OLIVER_PHONE)[-2:]
        assert "https://status.acme.example" in first
        assert "http" not in second
        assert "MI-1" in second
        talk.gets("An", "unreached", *BOTH, words=["Oliver Grant"])
        talk.nothing_else()


async def test_who_has_opted_out_is_asked_by_mail_once_and_texted_again_after_start() -> None:
    async with talking() as talk:
        talk.organization.twilio.opted_out.add(AN_PHONE)
        await talk.mails("Lotte", "Web shop is down", "")
        talk.gets("Lotte", "proposal-received")
        talk.all_get(MANAGERS, "decision-request")
        talk.all_get(("James", "Claire"), "decision-request", "sms")
        talk.gets("An", "opted-out")
        talk.nothing_else()
        await talk.passes("5m")
        talk.all_get(("James", "Claire"), "decision-request", "sms")
        talk.nothing_else()
        await talk.texts("An", "START")
        talk.gets("An", "carrier", "sms")
        talk.gets("An", "started", "sms")
        await talk.passes("5m")
        talk.all_get(MANAGERS, "decision-request", "sms")


async def test_quiet_hours_are_those_where_the_recipient_is() -> None:
    quiet = '[quiet]\nhours = "22:00-08:05"\nchannels = ["sms"]\n\n[update]'
    async with talking({"[update]": quiet}) as talk:
        await talk.proposed()
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted")
        talk.staff_gets("initial", but=["Oliver"])
        await talk.team_joins("An")
        talk.nothing_else()
        await talk.passes("4m")
        talk.nothing_else()
        await talk.passes("1m")
        talk.gets("Oliver", "initial", "sms")
        talk.nothing_else()


async def test_a_relay_that_is_known_to_be_down_is_not_tried_and_everybody_is_texted_at_the_providers_pace() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.cuts_relay()
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        talk.all_get(OPERATORS, "channel-down", "sms")
        talk.nothing_else()
        await talk.mends_relay()
        talk.organization.twilio.rate = 10
        await talk.texts("An", "UPDATE MI-1 All of it is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        talk.nothing_else()


async def test_when_the_relay_is_back_the_first_mail_tries_it_and_the_others_follow() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.cuts_relay()
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        await talk.mends_relay()
        await talk.passes("1m")
        talk.forget()
        await talk.texts("An", "UPDATE MI-1 All of it is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update")
        talk.all_get(OPERATORS, "channel-up", *BOTH)
        talk.nothing_else()


async def test_what_a_relay_took_and_lost_is_said_again_by_text_and_only_once() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.passes("1m")
        daemon, now = talk.organization.daemon, talk.organization.clock.now()
        await daemon.consumer.put(CanaryBack("email", now, minutes(0)))
        await talk.passes("1m")
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update")
        talk.nothing_else()
        for _ in range(2):
            await daemon.consumer.put(CanaryLost("email", now, "a mail to ourselves did not arrive"))
        await talk.organization.settle()
        for name in talk.on_list("all-staff", with_email=True):
            again = AGAIN[talk.organization.person(name).language]
            assert talk.gets(name, "update", "sms").text.startswith(f"MI-1: {again} ")
        talk.all_get(OPERATORS, "canary-lost", "sms")
        talk.nothing_else()
        await talk.texts("An", "UPDATE MI-1 All is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        await daemon.consumer.put(CanaryBack("email", talk.organization.clock.now(), minutes(0)))
        await talk.organization.settle()
        talk.all_get(OPERATORS, "channel-up", *BOTH)
        talk.nothing_else()


async def test_a_late_bounce_adds_only_its_own_name_to_those_not_reached() -> None:
    async with talking() as talk:
        await talk.accepted()
        talk.organization.twilio.faults[OLIVER_PHONE] = undelivered(30005)
        await talk.organization.mail.relay.fault(Step.RCPT, Answer("550 5.1.1 No such user"), NADIA)
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", but=["Oliver", "Nadia"])
        talk.gets("Nadia", "update", "sms")
        talk.gets("An", "unreached", *BOTH, words=["Oliver Grant"])
        talk.nothing_else()


AGAIN = {"en": "again:", "nl": "opnieuw:", "fr": "rappel :"}
