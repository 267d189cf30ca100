"""The roll call of contacts, every quarter by itself: announced, one message each, counted, reported."""

from datetime import timedelta

from daemon.sandbox.organization import Organization

QUARTERLY = {'[review]\nwithin = "3d"': '[drill]\nroll_call_every = "90d"\n\n[review]\nwithin = "3d"'}


def kinds(here: Organization) -> dict[str, list[str]]:
    """By kind: who got a message of it on whatever channel, each copy."""
    found: dict[str, list[str]] = {}
    for seen in here.seen:
        if not seen.inbound and (notice := here.notice_of(seen)) is not None:
            found.setdefault(notice.kind.value, []).append(seen.person)
    return found


async def test_it_begins_by_itself_and_everybody_gets_one_message() -> None:
    async with Organization(edits=QUARTERLY) as here:
        for _ in range(95):
            if here.daemon.state.last_drill:
                break
            await here.pass_time(timedelta(days=1))
        everybody = sorted(contact.name for contact in here.configuration.people.contacts.values())
        came = kinds(here)
        assert sorted(set(came["drill-soon"])) == sorted(
            here.configuration.people.contacts[who].name
            for who in {*here.configuration.people.on("incident-managers"), *here.configuration.people.on("operators")}
        )
        assert sorted(set(came["roll-call"])) == everybody
        assert set(came) <= {"drill-soon", "roll-call", "drill-report"}
        asked = len(here.seen)
        await here.texts("Oliver", "JOIN DR-1")
        await here.settle()
        await here.pass_time(timedelta(days=2))
        state = here.daemon.state
        assert "DR-1" in state.incidents
        reports = [notice for notice in state.notices.values() if notice.kind.value == "drill-report"]
        assert len(reports) == 1
        reach = reports[0].content.reach
        assert reach is not None
        assert reach.people == len(everybody)
        assert reach.answered == 1
        assert len(here.seen) > asked
        assert state.last_drill == 1, "and not again"
