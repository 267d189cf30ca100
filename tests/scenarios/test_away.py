"""Murphy itself is away for a while, or starts for the first time: nothing is lost, nothing said twice."""

from datetime import timedelta

from tests.scenarios.play import BOTH, Talk, talking

OPERATORS = ("Sofie", "Tom")


async def test_stopped_in_the_middle_and_started_three_hours_later() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.passes("15m")
        talk.nothing_else()
        await talk.organization.stop()
        talk.organization.clock.move_to(talk.organization.clock.now() + timedelta(hours=3))
        await talk.organization.start()
        talk.staff_gets("holding")
        talk.gets("An", "missed", *BOTH)
        talk.nothing_else()
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update")
        talk.nothing_else()


async def test_stopped_and_started_again_at_once_says_nothing() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.restarts()
        await talk.passes("5m")
        talk.nothing_else()


async def test_decided_by_mail_and_by_text_while_it_was_down() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.organization.stop()
        await talk.organization.replies("James", "ACCEPT")
        await talk.organization.texts("Claire", "ACCEPT")
        await talk.organization.start()
        talk._collect()
        winner = next(n for n in ("James", "Claire") if talk.organization.person(n).id == _manager(talk))
        loser = "Claire" if winner == "James" else "James"
        talk.gets(winner, "done-accept", "email" if winner == "James" else "sms")
        talk.gets(loser, "already-decided", "email" if loser == "James" else "sms")
        talk.decided("decision-accepted", winner, "proposer-accepted")
        talk.staff_gets("initial")
        talk.team_paged()
        talk.nothing_else()


def _manager(talk: Talk) -> str:
    return talk.organization.daemon.state.incidents["MI-1"].manager


async def test_mail_that_lay_there_at_first_start_is_counted_and_not_acted_on() -> None:
    async with talking(asleep=True) as talk:
        for number in range(3):
            await talk.drops("lotte.claes@acme.example", f"Web shop is down {number}", "Old.")
        await talk.organization.start()
        talk.all_get(OPERATORS, "first-sight", *BOTH, words=["3"])
        await talk.restarts()
        talk.nothing_else()
        await talk.proposed()


async def test_texts_from_before_the_first_start_are_counted_and_not_acted_on() -> None:
    async with talking(asleep=True) as talk:
        for words in ("PROPOSE web shop is down", "ACCEPT"):
            await talk.organization.twilio.text(talk.organization.person("Nadia").phones[0], words)
        await talk.organization.start()
        talk.all_get(OPERATORS, "first-sight", *BOTH, words=["2"])
        await talk.restarts()
        talk.nothing_else()


async def test_a_proposal_that_waited_three_hours_goes_to_the_managers_as_a_late_one() -> None:
    async with talking() as talk:
        await talk.organization.stop()
        await talk.organization.mails("Lotte", "Web shop is down", "")
        talk.organization.clock.move_to(talk.organization.clock.now() + timedelta(hours=3))
        await talk.organization.start()
        talk.gets("Lotte", "proposal-received")
        talk.gets("James", "decision-request", "email", words=["08:00 (London time)", "delayed on its way"])
        talk.gets("James", "decision-request", "sms", words=["late"])
        talk.all_get(("An", "Claire"), "decision-request", *BOTH)
        await talk.passes("9m")
        talk.nothing_else()


async def test_an_update_that_waited_twenty_minutes_is_not_sent() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.stop()
        await talk.organization.replies("An", "UPDATE Half is back.")
        talk.organization.clock.move_to(talk.organization.clock.now() + timedelta(minutes=19))
        await talk.organization.start()
        talk.gets("An", "stale")
        talk.nothing_else()


async def test_what_was_down_over_a_start_is_told_once_and_so_is_its_return() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.organization.cut_mailbox()
        await talk.organization.settle()
        talk.all_get(OPERATORS, "source-down", *BOTH)
        await talk.cuts_relay()
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        talk.all_get(OPERATORS, "channel-down", "sms")
        await talk.restarts()
        await talk.texts("An", "UPDATE MI-1 Nearly all is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        talk.nothing_else()
        await talk.organization.stop()
        await talk.mends_relay()
        await talk.organization.mail.imap.mend()
        await talk.organization.start()
        talk.all_get(OPERATORS, "source-up", *BOTH)
        talk.all_get(OPERATORS, "channel-up", *BOTH)
        talk.nothing_else()
