"""Where the organization asks for it, words are shown to their sender before they go out."""

from datetime import timedelta

import pytest

from tests.core.vocabulary import Came, Office, minutes

ON = {'preview = "0s"': 'preview = "2m"'}
WORDS = "UPDATE Half is back. MGMT: 40 orders an hour wait."


TEAM = {"page", "roster", "team-exhausted"}
"""What comes by the clock besides."""


def heard(came: Came) -> list[str]:
    return [kind for kind in came.kinds if kind not in TEAM]


def office() -> Office:
    return Office(ON).accepted()


def test_it_is_off_by_default() -> None:
    assert "update" in Office().accepted().says("An", WORDS).kinds


def test_the_sender_sees_what_goes_out_and_when() -> None:
    here = office()
    came = here.says("An", WORDS)
    assert came.kinds == ["preview"]
    shown = came.one("preview").content
    assert (shown.words, shown.management) == ("Half is back.", "40 orders an hour wait.")
    assert shown.due == here.now + minutes(2)
    assert shown.count == len(here.names("all-staff") | here.names("management"))


def test_it_goes_out_once_its_time_has_come() -> None:
    here = office()
    here.says("An", WORDS)
    assert heard(here.passes(timedelta(seconds=119))) == []
    came = here.passes(timedelta(seconds=1))
    assert heard(came) == ["update", "done-update"]
    assert came.to("done-update") == {"An"}
    by_audience = {notice.audience: notice.content for notice in came.of("update")}
    assert by_audience["stakeholders"].words == by_audience["management"].words == "Half is back."
    assert (by_audience["stakeholders"].management, by_audience["management"].management) == (
        "",
        "40 orders an hour wait.",
    )
    assert here.incident.preview is None


def test_a_correction_takes_its_place_with_the_whole_time_again() -> None:
    here = office()
    here.says("An", "UPDATE Everything is back.")
    here.passes(minutes(1))
    assert here.says("An", "UPDATE Only half is back.").kinds == ["preview"]
    assert heard(here.passes(minutes(1.5))) == []
    (first, *_) = here.passes(minutes(1)).of("update")
    assert first.content.words == "Only half is back."


def test_the_verb_alone_sends_it_at_once() -> None:
    here = office()
    here.says("An", WORDS)
    came = here.says("An", "UPDATE")
    assert came.kinds == ["update", "done-update"]
    assert here.passes(minutes(5)).of("update") == []


@pytest.mark.parametrize("stop", ["UPDATE MI-1 STOP", "update stop.", "UPDATE WAIT", "RESOLVE MI-1 STOP"])
def test_it_can_be_stopped(stop: str) -> None:
    here = office()
    here.says("An", WORDS)
    assert here.says("An", stop).kinds == ["preview-stopped"]
    assert heard(here.passes(minutes(5))) == []


def test_stop_is_never_sent_to_anybody() -> None:
    assert office().says("An", "UPDATE STOP").kinds == ["no-preview"]


def test_without_previews_stop_is_a_word_like_others() -> None:
    assert "update" in Office().accepted().says("An", "UPDATE STOP").kinds


def test_a_holding_update_never_goes_out_while_words_wait() -> None:
    here = office()
    here.passes(minutes(29))
    here.says("An", "UPDATE Half is back.")
    came = here.passes(minutes(3))
    assert heard(came) == ["update", "done-update"]


def test_a_promise_missed_by_then_is_kept_by_the_words() -> None:
    here = office()
    here.passes(minutes(29))
    here.says("An", "UPDATE Half is back.")
    here.says("An", "UPDATE STOP")
    assert "holding" in here.passes(minutes(2)).kinds


def test_the_last_words_are_shown_too_and_end_it_when_their_time_has_come() -> None:
    here = office()
    assert here.says("An", "RESOLVE It works again.").kinds == ["preview"]
    assert here.incident.status == "accepted"
    came = here.passes(minutes(2))
    assert here.incident.status == "resolved"
    assert came.kinds[0] == "all-clear"
    assert came.one("done-resolve").recipients == (here.who("An"),)
    assert {"decision-resolved", "proposer-over"} <= set(came.kinds)


def test_resolve_alone_ends_it_at_once_with_the_words_shown() -> None:
    here = office()
    here.says("An", "RESOLVE It works again.")
    came = here.says("An", "RESOLVE")
    assert {notice.content.words for notice in came.of("all-clear")} == {"It works again."}


def test_resolve_without_words_has_nothing_to_show() -> None:
    assert "all-clear" in office().says("An", "RESOLVE").kinds


def test_update_alone_does_not_end_what_resolve_would() -> None:
    here = office()
    here.says("An", "RESOLVE It works again.")
    assert here.says("An", "UPDATE").kinds == ["no-words"]
    assert here.incident.status == "accepted"


def test_words_in_doubt_that_were_confirmed_are_not_shown_again() -> None:
    here = office()
    assert here.says("An", WORDS, sure=False).kinds == ["confirm-words"]
    assert "update" in here.says("An", "UPDATE").kinds


def test_what_waits_ends_with_the_incident() -> None:
    here = office()
    here.says("An", WORDS)
    here.says("An", "DOWNGRADE")
    assert here.passes(minutes(5)).of("update") == []


def test_first_words_go_out_at_once() -> None:
    here = Office(ON)
    here.proposes()
    assert "initial" in here.says("An", "ACCEPT We are on it.").kinds


def test_a_restart_forgets_no_preview() -> None:
    here = office()
    here.says("An", WORDS)
    assert here.restored().incidents["MI-1"].preview == here.incident.preview


def test_a_confidential_incident_s_words_go_nowhere_so_nothing_is_shown() -> None:
    here = office()
    here.says("An", WORDS)
    here.says("An", "CONFIDENTIAL")
    assert heard(here.passes(minutes(2))) == ["done-update"]
    assert here.says("An", WORDS).kinds == ["done-update"]
    assert here.says("An", "UPDATE WAIT").kinds == ["no-preview"]


@pytest.mark.parametrize("verb", ["UPDATE", "RESOLVE"])
def test_whoever_takes_charge_sees_what_waits_and_can_hold_it_back(verb: str) -> None:
    here = Office({'preview = "0s"': 'preview = "20m"'}).accepted()
    here.says("An", f"{verb} Half is back.")
    here.says("An", "HANDOVER James")
    came = here.says("James", "JOIN")
    assert came.to("preview") == {"James"}
    assert (came.one("preview").content.words, came.one("preview").content.verb) == ("Half is back.", verb)
    assert here.says("James", f"{verb} WAIT").kinds == ["preview-stopped"]
    assert here.incident.preview is None
    here.says("James", f"{verb} All is back.")
    here.says("Claire", "TAKE")
    assert here.passes(minutes(5)).to("preview") == {"Claire"}


def test_where_nothing_waits_whoever_takes_charge_is_shown_nothing() -> None:
    here = office()
    here.says("Claire", "TAKE")
    came = here.passes(minutes(5))
    assert ("done-take" in came.kinds, came.of("preview")) == (True, [])
