"""The main job, and what is said around it: from the proposal to the all-clear."""

from daemon.sandbox.conversation import Conversation
from daemon.sandbox.organization import Organization
from daemon.sandbox.outage import OUTAGE
from tests.scenarios.play import BOTH, MANAGERS, TEAM, talking


async def test_the_outage() -> None:
    async with Organization() as organization:
        await OUTAGE.play(Conversation(organization))


async def test_nobody_decides() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.passes("5m")
        talk.gets("James", "decision-request", "sms", words=["again:"])
        talk.all_get(("An", "Claire"), "decision-request", "sms")
        talk.nothing_else()
        await talk.passes("5m")
        talk.all_get(MANAGERS, "decision-request", "sms")
        talk.gets("Lotte", "proposal-waiting", words=["An Peeters", "James Whitfield", "Claire Dubois"])
        talk.nothing_else()
        await talk.passes("10m")
        talk.all_get(MANAGERS, "decision-request", "sms")
        talk.all_get(MANAGERS, "decision-request", "sms")
        talk.nothing_else()
        await talk.texts("Claire", "7 accept")
        talk.gets("Claire", "no-such-incident", "sms", words=["MI-7"])
        await talk.texts("Claire", "1 accept")
        talk.gets("Claire", "done-accept", "sms")
        talk.decided("decision-accepted", "Claire", "proposer-accepted")
        talk.staff_gets("initial")
        await talk.team_joins("Claire")
        await talk.passes("19m")
        talk.nothing_else()


async def test_rejected_and_accepted_after_all() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.replies("James", "Reject: only one customer")
        talk.gets("James", "done-reject")
        talk.decided("decision-rejected", "James", "proposer-rejected")
        talk.nothing_else()
        await talk.passes("30m")
        talk.nothing_else()
        await talk.texts("An", "accept")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted")
        talk.staff_gets("initial")
        talk.team_paged()
        talk.nothing_else()


async def test_withdrawn() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.replies("Lotte", "WITHDRAW my mistake")
        talk.gets("Lotte", "done-withdraw")
        talk.all_get(MANAGERS, "decision-withdrawn", *BOTH, words=["my mistake"])
        await talk.texts("Nadia", "STATUS MI-1")
        status = talk.gets("Nadia", "status", "sms")
        assert "mistake" not in status.text
        await talk.passes("1h")
        talk.nothing_else()


async def test_downgraded_the_reason_stays_inside() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.replies("An", "DOWNGRADE Piet pulled the wrong plug")
        talk.gets("An", "done-downgrade")
        talk.team_over()
        talk.decided("decision-downgraded", "An", "proposer-over")
        for name in talk.on_list("all-staff"):
            by = "email" if talk.organization.person(name).emails else "sms"
            seen = talk.gets(name, "canceled", by)
            assert ("Piet" in seen.text) is (name in ("Laura Chen", "Marc Lambert"))
        await talk.passes("2h")
        talk.nothing_else()


async def test_resolved_and_reopened() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "RESOLVE MI-1 The shop works again.")
        talk.gets("An", "done-resolve", "sms")
        talk.team_over()
        talk.decided("decision-resolved", "An", "proposer-over")
        talk.staff_gets("all-clear", words=["The shop works again."])
        talk.review_opens("An", *TEAM)
        await talk.texts("An", "UPDATE MI-1 still fine")
        talk.gets("An", "wrong-status", "sms", words=["REOPEN MI-1"])
        talk.nothing_else()
        await talk.passes("1h")
        await talk.replies("Claire", "REOPEN it is down again")
        talk.gets("Claire", "done-reopen")
        talk.decided("decision-reopened", "Claire", "proposer-accepted")
        talk.staff_gets("reopened")
        talk.all_get(("An", *TEAM), "review-off")
        await talk.team_joins("Claire")
        talk.nothing_else()
        await talk.passes("20m")
        talk.gets("Claire", "reminder", *BOTH)
        talk.nothing_else()


async def test_updates_intervals_and_notes() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "EVERY MI-1 2h stakeholders")
        talk.gets("An", "done-every", "sms")
        await talk.texts("An", "NOTE MI-1 the supplier has been called")
        talk.gets("An", "done-note", "sms")
        await talk.texts("An", "UPDATE MI-1 Half of the orders work. MGMT: 40 orders a minute are lost")
        talk.gets("An", "done-update", "sms")
        for name in talk.on_list("all-staff"):
            by = "email" if talk.organization.person(name).emails else "sms"
            seen = talk.gets(name, "update", by, words=["Half of the orders work."])
            assert ("are lost" in seen.text) is (name in ("Laura Chen", "Marc Lambert"))
            assert "supplier" not in seen.text
        talk.nothing_else()
        await talk.texts("An", "UPDATE MI-1 MGMT: it will cost us")
        talk.gets("An", "done-update", "sms")
        talk.all_get(("Laura", "Marc"), "update", words=["it will cost us"])
        talk.nothing_else()
        await talk.passes("31m")
        talk.gets("An", "reminder", *BOTH)
        talk.all_get(("Laura", "Marc"), "holding")
        talk.gets("An", "missed", *BOTH)
        talk.nothing_else()


async def test_nobody_writes_an_update_and_another_takes_charge() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.passes("30m")
        talk.gets("An", "reminder", *BOTH)
        talk.all_get(("Laura", "Marc"), "holding")
        talk.gets("An", "missed", *BOTH)
        talk.nothing_else()
        await talk.passes("30m")
        talk.gets("An", "reminder", *BOTH)
        talk.staff_gets("holding")
        talk.gets("An", "missed", *BOTH)
        talk.all_get(("James", "Claire"), "take-request", *BOTH)
        talk.nothing_else()
        await talk.replies("James", "TAKE")
        talk.gets("James", "done-take", *BOTH)
        talk.decided("decision-taken", "James")
        talk.nothing_else()
        await talk.texts("An", "UPDATE MI-1 I am back")
        talk.gets("An", "not-in-charge", "sms", words=["James Whitfield"])
        await talk.texts("James", "UPDATE MI-1 Half is back.")
        talk.gets("James", "done-update", "sms")
        talk.staff_gets("update", words=["Half is back."])
        talk.nothing_else()


async def test_take_from_a_manager_who_objects() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("Claire", "TAKE")
        talk.gets("Claire", "take-waits", "sms")
        talk.gets("An", "take-announced", *BOTH)
        await talk.replies("An", "TAKE")
        talk.gets("An", "already-decided")
        talk.gets("Claire", "take-objected", *BOTH)
        await talk.passes("10m")
        talk.nothing_else()


async def test_two_incidents_and_no_number() -> None:
    async with talking() as talk:
        await talk.proposed()
        await talk.passes("2m")
        await talk.mails("Nadia", "Cards are refused", "Service: payments")
        talk.gets("Nadia", "proposal-received")
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "which-incident", "sms", words=["MI-1", "MI-2"])
        talk.nothing_else()
        await talk.texts("An", "ACCEPT MI-2")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted", told="Nadia")
        talk.staff_gets("initial")
        talk.team_paged(("Hugo", "Tom"))
        await talk.texts("Nadia", "STATUS")
        talk.gets("Nadia", "status", "sms", words=["MI-1", "MI-2"])
        talk.nothing_else()


async def test_help_status_stop_and_start_by_text() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("Nadia", "Status?")
        talk.gets("Nadia", "status", "sms", words=["Web shop"])
        await talk.texts("Hugo", "help")
        talk.gets("Hugo", "carrier", "sms")
        talk.gets("Hugo", "help", "sms")
        await talk.texts("Oliver", "STOP")
        talk.gets("Oliver", "carrier", "sms")
        talk.nothing_else()
        await talk.texts("An", "UPDATE MI-1 Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update", but=["Oliver"])
        talk.gets("An", "unreached", *BOTH, words=["Oliver Grant"])
        await talk.texts("Oliver", "START")
        talk.gets("Oliver", "carrier", "sms")
        talk.gets("Oliver", "started", "sms")
        await talk.texts("An", "UPDATE MI-1 All is back.")
        talk.gets("An", "done-update", "sms")
        talk.staff_gets("update")
        talk.nothing_else()


async def test_a_verbless_reply_is_counted_and_answered_once() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.replies("Nadia", "thanks, when will it work?")
        talk.gets("Nadia", "next-word")
        await talk.replies("Nadia", "hello?")
        await talk.replies("Lotte", "the phones are out as well")
        talk.gets("Lotte", "next-word")
        talk.gets("An", "reply", *BOTH, words=["the phones are out as well"])
        talk.nothing_else()
        await talk.passes("20m")
        talk.gets("An", "reminder", "email", words=["3"])
        talk.gets("An", "reminder", "sms")
        talk.nothing_else()
