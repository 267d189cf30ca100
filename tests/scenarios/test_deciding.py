"""Deciding over the real wires: the ladder, proposals that are the same, many at once, and who is in charge."""

from collections.abc import Mapping

from tests.scenarios.play import BOTH, MANAGERS, TEAM, Talk, talking

OPERATORS_NEXT: Mapping[str, str] = {'after = "5m"\nwho = "incident-managers"': 'after = "5m"\nwho = "operators"'}
ACCEPTED_BY_ITSELF: Mapping[str, str] = {
    'decide_by = "30m"\nundecided = "keep-asking"': 'decide_by = "4m"\nundecided = "accept"'
}


async def alike(talk: Talk, by: str = "Nadia", words: str = "The web shop does not work") -> None:
    """A minute later somebody else mails what looks the same."""
    await talk.passes("1m")
    await talk.mails(by, words, "")
    talk.gets(by, "proposal-received")
    talk.all_get(MANAGERS, "same-request", *BOTH, words=["MI-1", "SAME"])
    talk.nothing_else()


async def test_who_is_asked_and_who_is_next_and_it_stops_everywhere() -> None:
    async with talking(OPERATORS_NEXT) as talk:
        await talk.mails("Lotte", "Web shop is down", "")
        talk.gets("Lotte", "proposal-received")
        talk.gets("James", "decision-request", "email", words=["Claire Dubois", "Sofie Maes", "Tom Baker"])
        talk.gets("James", "decision-request", "sms")
        talk.all_get(("An", "Claire"), "decision-request", *BOTH)
        talk.nothing_else()
        await talk.passes("5m")
        talk.all_get(("Sofie", "Tom"), "decision-request", "sms")
        talk.nothing_else()
        await talk.texts("Claire", "REJECT 1: planned work")
        talk.gets("Claire", "done-reject", "sms")
        talk.all_get(("An", "James", "Sofie", "Tom"), "decision-rejected", *BOTH, words=["planned work"])
        talk.gets("Lotte", "proposer-rejected")
        await talk.passes("1h")
        talk.nothing_else()


async def test_nobody_decides_and_the_procedure_accepts() -> None:
    async with talking(ACCEPTED_BY_ITSELF) as talk:
        await talk.proposed()
        await talk.passes("4m")
        talk.all_get(MANAGERS, "decision-unmanaged", *BOTH)
        talk.gets("Lotte", "proposer-accepted")
        talk.staff_gets("initial")
        talk.team_paged()
        talk.nothing_else()


async def test_the_same_and_all_who_proposed_hear_what_follows() -> None:
    async with talking() as talk:
        await talk.proposed()
        await alike(talk)
        await talk.texts("An", "SAME 1")
        talk.gets("An", "done-same", "sms", words=["MI-1"])
        talk.all_get(("James", "Claire"), "decision-same", *BOTH, words=["MI-1"])
        talk.gets("Nadia", "proposer-same", words=["MI-1"])
        talk.nothing_else()
        await talk.texts("James", "ACCEPT")
        talk.gets("James", "done-accept", "sms", words=["MI-1"])
        talk.decided("decision-accepted", "James", "proposer-accepted")
        talk.gets("Nadia", "proposer-accepted", words=["https://meet.acme.example/major"])
        talk.staff_gets("initial")
        await talk.team_joins("James")
        talk.nothing_else()
        await talk.texts("James", "RESOLVE The shop is back.")
        talk.gets("James", "done-resolve", "sms")
        talk.decided("decision-resolved", "James", "proposer-over")
        talk.gets("Nadia", "proposer-over")
        talk.staff_gets("all-clear")
        talk.team_over()
        talk.review_opens("James", *TEAM)
        await talk.passes("1h")
        talk.nothing_else()


async def test_five_minutes_of_silence_give_it_its_own_ladder() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.passes("1m")
        await talk.mails("Nadia", "The web shop does not work", "")
        talk.gets("Nadia", "proposal-received")
        talk.all_get(MANAGERS, "same-request", *BOTH)
        await talk.passes("4m")
        talk.nothing_else()
        await talk.passes("1m")
        talk.all_get(MANAGERS, "decision-request", *BOTH, words=["MI-2"])
        talk.nothing_else()


async def test_new_after_same_and_same_after_new() -> None:
    async with talking() as talk:
        await talk.proposed()
        await alike(talk)
        await talk.replies("An", "SAME 1")
        talk.gets("An", "done-same")
        talk.all_get(("James", "Claire"), "decision-same", *BOTH)
        talk.gets("Nadia", "proposer-same")
        await talk.passes("1m")
        await talk.replies("Nadia", "NEW this is the one in Ghent")
        talk.gets("Nadia", "done-new", words=["MI-2"])
        talk.all_get(MANAGERS, "decision-request", *BOTH, words=["MI-2"])
        talk.nothing_else()
        await talk.passes("1m")
        await talk.texts("James", "MI-2 SAME 1")
        talk.gets("James", "done-same", "sms")
        talk.all_get(("An", "Claire"), "decision-same", *BOTH)
        talk.gets("Nadia", "proposer-same")
        await talk.passes("2m")
        talk.all_get(MANAGERS, "decision-request", "sms", words=["MI-1"])
        talk.nothing_else()


async def test_many_at_once_are_one_text_to_each() -> None:
    async with talking() as talk:
        await talk.texts("Lotte", "PROPOSE Web shop is down")
        talk.gets("Lotte", "proposal-received", "sms")
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        for who, what in (("Nadia", "Cards are refused"), ("Hugo", "Printers jam"), ("Emma", "web shop dead")):
            await talk.texts(who, f"PROPOSE {what}")
            talk.gets(who, "proposal-received", "sms")
        talk.nothing_else()
        await talk.passes("1m")
        talk.gets("James", "decision-bundle", "sms", words=["MI-2", "MI-3", "MI-4", "Cards are refused"])
        talk.gets("James", "decision-bundle", "email", words=["Printers jam"])
        talk.all_get(("An", "Claire"), "decision-bundle", *BOTH)
        talk.nothing_else()
        await talk.replies("James", "ACCEPT 2")
        talk.gets("James", "done-accept", words=["MI-2"])
        talk.decided("decision-accepted", "James", "proposer-accepted", told="Nadia")
        talk.staff_gets("initial")


async def test_handed_over_by_a_briefing_and_join() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "HANDOVER james")
        talk.gets("An", "done-handover", "sms", words=["James"])
        talk.gets("James", "handover-briefing", *BOTH, words=["JOIN"])
        talk.gets("Claire", "handover-offered", *BOTH, words=["James Whitfield"])
        talk.nothing_else()
        await talk.replies("James", "JOIN")
        talk.gets("James", "done-take")
        talk.all_get(("An", "Claire"), "decision-handed-over", *BOTH, words=["James Whitfield"])
        talk.nothing_else()
        await talk.texts("An", "UPDATE Half is back.")
        talk.gets("An", "not-in-charge", "sms")
        await talk.texts("James", "UPDATE Half is back.")
        talk.gets("James", "done-update", "sms")
        talk.staff_gets("update", words=["Half is back."])
        talk.nothing_else()


async def test_handed_over_to_somebody_silent() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "HANDOVER Claire")
        talk.gets("An", "done-handover", "sms")
        talk.gets("Claire", "handover-briefing", *BOTH)
        talk.gets("James", "handover-offered", *BOTH)
        await talk.passes("5m")
        talk.all_get(MANAGERS, "handover-failed", *BOTH)
        talk.nothing_else()


async def test_whoever_took_over_is_not_left_alone_either() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "HANDOVER Claire")
        await talk.texts("Claire", "JOIN")
        talk.forget()
        await talk.passes("60m")
        talk.all_get(("An", "James"), "take-request", *BOTH, words=["Claire Dubois"])
        talk.ignores("reminder", "missed", "holding")
        talk.nothing_else()
        await talk.texts("An", "TAKE")
        talk.gets("An", "done-take", *BOTH)
        talk.all_get(("James", "Claire"), "decision-taken", *BOTH)
        talk.nothing_else()


async def test_two_who_want_to_take_charge() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("James", "TAKE")
        talk.gets("James", "take-waits", "sms")
        talk.gets("An", "take-announced", *BOTH)
        await talk.passes("1m")
        await talk.texts("Claire", "TAKE")
        talk.gets("Claire", "take-waits", "sms", words=["James Whitfield"])
        await talk.passes("4m")
        talk.gets("James", "done-take", *BOTH)
        talk.all_get(("An", "Claire"), "decision-taken", *BOTH, words=["James Whitfield"])
        talk.nothing_else()


async def test_a_deputy_speaks() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "DEPUTY Claire")
        talk.gets("An", "done-deputy", "sms", words=["Claire Dubois"])
        talk.all_get(("Claire", "James"), "deputy-named", *BOTH)
        await talk.texts("Claire", "UPDATE Half is back.")
        talk.gets("Claire", "done-update", "sms")
        talk.staff_gets("update")
        talk.nothing_else()


async def test_the_service_named_later_is_email_and_all_goes_by_text() -> None:
    async with talking() as talk:
        await talk.accepted(body="", team=("Tom",))
        await talk.texts("James", "SERVICE outlok")
        talk.gets("James", "no-such-name", "sms", words=["Email and calendar"])
        await talk.texts("James", "SERVICE outlook")
        talk.gets("James", "done-service", "sms")
        talk.all_get(("An", "Claire"), "decision-service", *BOTH)
        talk.gets("Jan", "page", "sms")
        talk.nothing_else()
        await talk.texts("An", "UPDATE Mail is out. Use the telephone.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", "sms")
        for name in talk.on_list("all-staff", with_email=True):
            talk.gets(name, "update")
        talk.nothing_else()


async def test_confidential_from_now_on() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "CONFIDENTIAL")
        talk.gets("An", "done-confidential", "sms")
        talk.all_get(("James", "Claire"), "decision-confidential", *BOTH)
        talk.nothing_else()
        await talk.texts("Nadia", "STATUS MI-1")
        talk.gets("Nadia", "no-such-incident", "sms")
        await talk.texts("An", "UPDATE Do not tell anybody.")
        talk.gets("An", "done-update", "sms")
        await talk.passes("2h")
        talk.nothing_else()
