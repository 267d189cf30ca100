"""A link to the board: for whom, how often, for how long, and once."""

from datetime import timedelta

import pytest

from daemon.core.boarding import LINK_LIFE, MOST_TEXTS, has_left, link_of, may_look, opens
from daemon.core.facts import Spent
from daemon.core.stimuli import BoardAsked, BoardEntered, BoardLeft
from tests.core.vocabulary import Came, Office, minutes


def asked(office: Office, name: str = "An", medium: str = "email") -> Came:
    return office.gets(BoardAsked(office.who(name), medium))


@pytest.mark.parametrize(
    ("name", "gets"),
    [
        pytest.param("Claire", True, id="an incident manager"),
        pytest.param("Sofie", True, id="an operator"),
        pytest.param("Laura", False, id="management"),
        pytest.param("Hugo", False, id="an engineer"),
        pytest.param("Lotte", False, id="somebody in an audience"),
        pytest.param("mallory@evil.example", False, id="a stranger"),
    ],
)
def test_who_gets_a_link(name: str, gets: bool) -> None:
    office = Office()
    came = asked(office, name)
    assert came.kinds == (["board-link"] if gets else [])
    assert may_look(office.state, office.who(name)) is gets


@pytest.mark.parametrize(
    ("medium", "via"), [("email", (("email",), ("sms",))), ("sms", (("sms",), ("email",)))], ids=["mail", "text"]
)
def test_it_goes_the_way_it_was_asked_for_and_by_the_other_where_that_fails(
    medium: str, via: tuple[tuple[str, ...], ...]
) -> None:
    notice = asked(Office(), medium=medium).one("board-link")
    assert notice.via == via
    assert (notice.incident, notice.content.due) == ("", notice.at + LINK_LIFE)
    assert not notice.content.forms, "no verb is offered: there is nothing to decide"


def test_three_in_ten_minutes_for_one_person() -> None:
    office = Office()
    assert [len(asked(office).notices) for _ in range(5)] == [1, 1, 1, 0, 0]
    assert asked(office, "Claire").kinds == ["board-link"]
    office.jumps(minutes(11))
    assert asked(office).kinds == ["board-link"]


def texted(office: Office, times: int, *, used: bool = False) -> list[bool]:
    """Asked for by text so many times, each a quarter of an hour after the one before: whether it came by text."""
    found = []
    for _ in range(times):
        office.jumps(minutes(15))
        notice = asked(office, medium="sms").one("board-link")
        found.append(notice.via[0] == ("sms",))
        if used:
            office.gets(BoardEntered(notice.id))
    return found


def test_whoever_asks_all_night_in_somebody_s_name_wakes_them_a_few_times_only() -> None:
    office = Office()
    assert texted(office, MOST_TEXTS + 3) == [True] * MOST_TEXTS + [False] * 3
    assert asked(office, "Claire", "sms").one("board-link").via[0] == ("sms",)
    office.jumps(timedelta(days=1))
    assert texted(office, 1) == [True]


def test_who_uses_the_links_gets_as_many_texts_as_wanted() -> None:
    assert texted(Office(), MOST_TEXTS * 2, used=True) == [True] * MOST_TEXTS * 2


def test_it_is_used_once_in_ten_minutes_whatever_restarts() -> None:
    office = Office()
    notice = asked(office).one("board-link")
    used = office.gets(BoardEntered(notice.id))
    assert used.facts == (Spent(notice.id, office.who("An")),)
    assert office.gets(BoardEntered(notice.id)).facts == ()
    restored = office.restored()
    assert not opens(restored, restored.notices[notice.id], office.now)


@pytest.mark.parametrize("after", [LINK_LIFE, timedelta(days=2)])
def test_later_it_is_nothing(after: timedelta) -> None:
    office = Office()
    notice = asked(office).one("board-link")
    office.jumps(after)
    assert office.gets(BoardEntered(notice.id)).facts == ()


def test_who_logs_out_stays_out_whatever_restarts() -> None:
    office = Office()
    notice = asked(office).one("board-link")
    office.gets(BoardEntered(notice.id))
    assert not has_left(office.state, notice.id)
    assert office.gets(BoardLeft(notice.id)).facts == (Spent(notice.id, ""),)
    assert office.gets(BoardLeft(notice.id)).facts == ()
    assert has_left(office.restored(), notice.id)


def test_no_other_notice_is_a_link() -> None:
    office = Office().accepted()
    for number in (*office.state.notices, 0, 999):
        assert link_of(office.state, number) is None
        assert office.gets(BoardEntered(number)).facts == office.gets(BoardLeft(number)).facts == ()
