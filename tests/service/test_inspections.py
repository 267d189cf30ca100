"""The daily check beside a running daemon: what it finds goes to the operators, each finding once."""

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.inspections import Inspections
from daemon.sandbox.organization import Organization


async def test_its_findings_are_told_once_what_is_new_by_itself_and_what_is_back_again() -> None:
    async with Organization() as here:
        inspections = Inspections(here.configuration, here.daemon.consumer.put)

        def told() -> list[Notice]:
            return [n for n in here.daemon.state.notices.values() if n.kind is Kind.CHECK_FINDINGS]

        state = here.configuration.settings.state.directory
        for _ in range(2):
            await inspections.inspect()
        (first,) = told()
        assert {here.configuration.people.contacts[who].name for who in first.recipients} == {
            "Sofie Maes",
            "Tom Baker",
        }
        assert first.content.count >= len(first.content.people) > 0
        state.chmod(0o755)
        await inspections.inspect()
        assert [notice.content.count for notice in told()[1:]] == [1]
        assert "is open to other users" in told()[1].content.people[0]
        for mode in (0o700, 0o755):
            state.chmod(mode)
            await inspections.inspect()
        assert [notice.content.count for notice in told()[1:]] == [1, 1]
        await here.settle()
        mails = [seen for seen in here.seen if seen.person == "Sofie Maes" and "is open to other users" in seen.text]
        assert len(mails) == 2
