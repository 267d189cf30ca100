"""Exercises over the wires: nobody can mistake one, a verb without its number is not taken, something real ends it."""

from daemon.core.stimuli import DrillAsked, DrillStopped
from daemon.render.catalog import ours
from daemon.sandbox.conversation import Conversation
from daemon.sandbox.drill import DRILL
from daemon.sandbox.organization import Organization, Seen
from tests.scenarios.play import BOTH, MANAGERS, Talk, talking

REPORTED = ("An", "James", "Claire", "Sofie", "Tom")


async def begin(talk: Talk, **more: object) -> None:
    organization = talk.organization
    await organization.daemon.consumer.put(DrillAsked("console 1", **more))  # type: ignore[arg-type]
    await organization.settle()


def of_drill(talk: Talk) -> list[Seen]:
    sent = (seen for seen in talk.organization.seen if not seen.inbound and seen.channel != "note")
    return [s for s in sent if (n := talk.organization.notice_of(s)) is not None and n.incident.startswith("DR-")]


def all_are_marked(talk: Talk) -> int:
    """How many messages of the exercise there are; each says so in its first word, in its reader's language."""
    people = {contact.name: contact.language for contact in talk.organization.configuration.people.contacts.values()}
    messages = of_drill(talk)
    for seen in messages:
        word = ours(people[seen.person]).templates["exercise"]
        assert seen.text.startswith(word), f"{seen.person} by {seen.channel}: {seen.text[:80]!r}"
        if seen.channel == "email":
            assert seen.subject.startswith(word), f"{seen.person}: {seen.subject!r}"
    return len(messages)


async def test_the_sandboxs_exercise() -> None:
    async with Organization() as organization:
        await DRILL.play(Conversation(organization))


async def test_from_the_request_to_the_report() -> None:
    async with talking() as talk:
        await begin(talk, lists=("incident-managers", "service-desk"), service="webshop", words="The shop is down")
        talk.all_get(MANAGERS, "decision-request", *BOTH, words=("DR-1", "The shop is down"))
        talk.nothing_else()
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "which-incident", "sms", words=["DR-1"])
        await talk.texts("An", "ACCEPT DR-1")
        talk.gets("An", "done-accept", "sms")
        talk.all_get(("James", "Claire"), "decision-accepted", *BOTH)
        talk.all_get((*MANAGERS, "Lotte", "Nadia"), "initial", words=["DR-1"])
        talk.nothing_else()
        await talk.replies("Nadia", "Is this real?")
        talk.gets("Nadia", "drill-reply")
        await talk.replies("James", "RESOLVE thank you all")
        talk.gets("James", "which-incident")
        await talk.texts("An", "RESOLVE DR-1 thank you all")
        talk.gets("An", "done-resolve", "sms")
        talk.all_get(("James", "Claire"), "decision-resolved", *BOTH)
        talk.all_get((*MANAGERS, "Lotte", "Nadia"), "all-clear", words=["DR-1"])
        talk.nothing_else()
        assert all_are_marked(talk) > 20
        await talk.passes("20m")
        talk.all_get(REPORTED, "drill-report", words=["DR-1"])
        await talk.passes("3h")
        talk.nothing_else()


async def test_something_real_ends_it_at_once() -> None:
    async with talking() as talk:
        await begin(talk)
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        await talk.texts("Claire", "DR-1 accept")
        talk.forget()
        await talk.mails("Lotte", "Cards are refused", "Service: payments")
        talk.gets("Lotte", "proposal-received")
        talk.all_get(MANAGERS, "decision-request", *BOTH, words=["MI-1"])
        everybody = [name for name in talk.on_list("all-staff") if name.split()[0] not in MANAGERS]
        talk.all_get(MANAGERS, "drill-over", *BOTH)
        for name in everybody:
            talk.gets(name, "drill-over", "email" if talk.got(name, "email") else "sms")
        talk.ignores("page", "roster")
        talk.nothing_else()
        for name in MANAGERS:
            mine = [s for s in talk.organization.seen if s.person.startswith(name) and s.channel == "email"]
            kinds = [talk.kind(seen) for seen in mine if not seen.inbound]
            assert kinds.index("drill-over") > len(kinds) - 1 - kinds[::-1].index("decision-request")
        all_are_marked(talk)
        before = len(of_drill(talk))
        await talk.texts("An", "ACCEPT")
        assert talk.gets("An", "done-accept", "sms").text.startswith("MI-1")
        await talk.passes("20m")
        assert len(of_drill(talk)) == before


async def test_a_roll_call() -> None:
    async with talking() as talk:
        await begin(talk, roll_call=True, lists=("service-desk", "management", "network-engineers"))
        talk.all_get(("Lotte", "Nadia", "Laura", "Marc"), "roll-call", words=["JOIN DR-1"])
        for name in talk.on_list("network-engineers"):
            talk.gets(name, "roll-call", "sms", words=["JOIN DR-1"])
        talk.nothing_else()
        await talk.texts("Tom", "join dr-1")
        talk.gets("Tom", "drill-reply", "sms")
        await talk.replies("Nadia", "Bien reçu")
        talk.gets("Nadia", "drill-reply")
        assert all_are_marked(talk) == 9
        await talk.passes("25h")
        reports = [talk.gets(name, "drill-report", words=["DR-1"]) for name in REPORTED]
        assert any("7" in seen.text for seen in reports)
        await talk.passes("1h")
        talk.nothing_else()


async def test_it_goes_on_after_a_restart_and_is_stopped() -> None:
    async with talking() as talk:
        await begin(talk)
        talk.all_get(MANAGERS, "decision-request", *BOTH)
        await talk.organization.stop()
        await talk.organization.start()
        assert talk.organization.daemon.state.incidents["DR-1"].exercise is not None
        await talk.organization.daemon.consumer.put(DrillStopped("console 2"))
        await talk.organization.settle()
        talk.all_get(MANAGERS, "drill-over", *BOTH)
        talk.nothing_else()
