"""What goes out in which words: previews, the depth of management, confidential incidents."""

from tests.scenarios.play import BOTH, MANAGERS, TEAM, talking

PREVIEW = {'preview = "0s"': 'preview = "2m"'}
CRISIS = {
    "[update]": '[[audience]]\nname = "crisis"\nlists = ["management"]\ndetail = "management"\nevery = "60m"\n'
    'via = ["email"]\nconfidential = true\n\n[update]'
}
WORDS = "UPDATE Half is back. MGMT: 40 orders an hour wait."


async def test_an_update_is_shown_corrected_and_goes_out_in_two_depths() -> None:
    async with talking(PREVIEW) as talk:
        await talk.accepted()
        await talk.texts("An", "UPDATE Everything is back.")
        talk.gets("An", "preview", "sms", words=["Everything is back", "WAIT"])
        talk.nothing_else()
        await talk.texts("An", WORDS)
        talk.gets("An", "preview", "sms", words=["Half is back", "40 orders"])
        await talk.passes("1m")
        talk.nothing_else()
        await talk.passes("1m")
        talk.staff_gets("update", but=("Laura", "Marc"), words=["Half is back"])
        talk.gets("Laura", "update", words=["Half is back", "40 orders", "Rosa Alvarez", "An Peeters"])
        talk.gets("Marc", "update", words=["Half is back", "40 orders", "Rosa Alvarez"])
        talk.gets("An", "done-update", *BOTH)
        talk.nothing_else()


async def test_an_update_held_back_goes_to_nobody() -> None:
    async with talking(PREVIEW) as talk:
        await talk.accepted()
        await talk.texts("An", WORDS)
        talk.gets("An", "preview", "sms")
        await talk.texts("An", "UPDATE MI-1 WAIT")
        talk.gets("An", "preview-stopped", "sms")
        await talk.passes("5m")
        talk.nothing_else()


async def test_confidential_from_the_start() -> None:
    async with talking(CRISIS) as talk:
        await talk.mails("Lotte", "Fraud in the web shop", "Confidential: yes\nService: web shop\n\nAsk Piet.")
        talk.gets("Lotte", "proposal-received")
        for name in MANAGERS:
            for channel in BOTH:
                asked = talk.gets(name, "decision-request", channel)
                assert "Fraud" not in asked.subject + asked.text
        await talk.texts("An", "ACCEPT")
        talk.gets("An", "done-accept", "sms")
        talk.decided("decision-accepted", "An", "proposer-accepted")
        for name in TEAM:
            page = talk.gets(name, "page", "sms", words=["meet.acme.example"])
            assert not {"Fraud", "shop", "web", "database", "network"} & set(page.text.replace(":", " ").split())
        for name in ("Laura", "Marc"):
            told = talk.gets(name, "initial", words=["meet.acme.example"])
            assert "shop" not in (told.subject + told.text).lower()
        talk.nothing_else()
        await talk.texts("Nadia", "STATUS MI-1")
        talk.gets("Nadia", "no-such-incident", "sms")
        await talk.texts("Nadia", "STATUS")
        talk.gets("Nadia", "no-incident", "sms")
        talk.nothing_else()


async def test_confidential_midway_and_those_outside_hear_nothing_more() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "CONFIDENTIAL")
        talk.gets("An", "done-confidential", "sms")
        talk.all_get([name for name in MANAGERS if name != "An"], "decision-confidential", *BOTH)
        talk.nothing_else()
        await talk.texts("An", "UPDATE Half is back.")
        talk.gets("An", "done-update", "sms")
        talk.nothing_else()
        await talk.texts("Nadia", "STATUS")
        talk.gets("Nadia", "no-incident", "sms")
        await talk.texts("Laura", "STATUS MI-1")
        talk.gets("Laura", "no-such-incident", "sms")
        await talk.passes("90m")
        talk.nothing_else()
        await talk.texts("An", "RESOLVE It was Piet.")
        done = talk.gets("An", "done-resolve", "sms")
        assert "Piet" not in done.text
        talk.decided("decision-resolved", "An", "proposer-over")
        talk.team_over()
        talk.review_opens("An", *TEAM)
        talk.nothing_else()


async def test_help_lists_every_verb_and_other_answers_the_few() -> None:
    async with talking() as talk:
        await talk.accepted()
        await talk.texts("An", "HELP")
        talk.gets(
            "An", "help", "sms", words=["TEAM MI-1", "BRIDGE MI-1", "HANDOVER MI-1", "DEPUTY MI-1", "SERVICE MI-1"]
        )
        await talk.texts("An", "NOTE Rosa restarts the database")
        noted = talk.gets("An", "done-note", "sms", words=["UPDATE MI-1"])
        assert "HANDOVER" not in noted.text
        await talk.texts("Rosa", "HELP")
        helped = talk.gets("Rosa", "help", "sms", words=["NOTE MI-1", "DECLINE MI-1"])
        assert "UPDATE" not in helped.text
        for name in ("An", "Rosa"):
            talk.gets(name, "carrier", "sms")
        talk.nothing_else()
