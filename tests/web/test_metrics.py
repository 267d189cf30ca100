"""What Prometheus reads, from conversations with the core."""

import re
from datetime import timedelta

import pytest

from channels.types import Result
from daemon.clock import MovedClock
from daemon.core.notices import Notice
from daemon.metrics import Metrics
from tests.core.vocabulary import REFUSED, WAY_DOWN, Came, Office, minutes

FIGURE = re.compile(r"^(\w+)(\{.*\})? ([-+0-9.e]+)$", re.MULTILINE)


class Watched(Office):
    """An office whose figures are kept."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.clock = MovedClock(self.now)
        self.metrics = Metrics(self.state, self.clock, ("email", "sms"), lambda: 4096)

    def gets(self, stimulus):  # type: ignore[no-untyped-def]
        came = super().gets(stimulus)
        self.metrics.observe(stimulus, came.facts)
        return came

    def figures(self) -> dict[str, float]:
        self.clock.move_to(self.now)
        text = self.metrics.text().decode()
        return {name + labels: float(value) for name, labels, value in FIGURE.findall(text)}


def initial(came: Came) -> Notice:
    return max(came.of("initial"), key=lambda notice: len(notice.recipients))


def test_what_comes_in_is_counted_by_way_and_verb() -> None:
    office = Watched()
    office.proposes()
    office.says("An", "ACCEPT")
    office.says("Nadia", "thanks, when will it work?")
    figures = office.figures()
    assert figures['murphy_messages_in_total{channel="email",outcome="words"}'] == 1
    assert figures['murphy_messages_in_total{channel="sms",outcome="accept"}'] == 1
    assert figures['murphy_messages_in_total{channel="sms",outcome="words"}'] == 1


def test_what_goes_out_is_counted_by_channel_outcome_and_rung() -> None:
    office = Watched()
    office.proposes()
    notice = initial(office.says("An", "ACCEPT"))
    office.now += timedelta(seconds=7)
    first, second, third = (office.first(who) for who in notice.recipients[:3])
    office.ends(notice, first, "email", Result.SENT)
    office.ends(notice, second, "email", Result.FAILED, REFUSED)
    office.ends(notice, second, "sms", Result.SENT)
    office.ends(notice, third, "email", Result.FAILED, WAY_DOWN)
    figures = office.figures()
    assert figures['murphy_attempts_total{channel="email",outcome="sent"}'] == 1
    assert figures['murphy_attempts_total{channel="email",outcome="failed"}'] == 2
    assert figures['murphy_rungs_total{rung="1"}'] == 1
    assert figures['murphy_rungs_total{rung="2"}'] == 1
    assert figures['murphy_deliveries_total{channel="email",ending="sent"}'] == 1
    assert figures['murphy_delivery_seconds_bucket{le="5.0",priority="stakeholders"}'] == 0
    assert figures['murphy_delivery_seconds_bucket{le="10.0",priority="stakeholders"}'] == 1
    assert figures['murphy_channel{channel="email"}'] == 0
    assert figures['murphy_channel{channel="sms"}'] == 2


def test_what_is_due_is_shown_until_it_is_late() -> None:
    assert "murphy_next_update_seconds" not in Watched().figures(), "nothing is promised"
    office = Watched().accepted()
    assert isinstance(office, Watched)
    due = min(promise.due for promise in office.incident.promises.values())
    assert office.figures()["murphy_next_update_seconds"] == (due - office.now).total_seconds()
    assert office.figures()["murphy_updates_overdue"] == 0
    office.now = due + minutes(3)
    assert office.figures()["murphy_next_update_seconds"] == -180
    assert office.figures()["murphy_updates_overdue"] >= 1
    assert office.figures()["murphy_incidents_open"] == 1
    assert office.figures()["murphy_state_bytes"] == 4096


def test_a_confidential_incident_does_not_show() -> None:
    office = Watched()
    before = office.figures()
    office.proposes(body="Confidential: yes\n\nSomebody is in our network.")
    assert office.incident.confidential
    office.says("An", "ACCEPT")
    figures = office.figures()
    for name in ("murphy_incidents_open", "murphy_next_update_seconds", "murphy_updates_overdue"):
        assert figures.get(name) == before.get(name)
    assert "MI-1" not in office.metrics.text().decode()


@pytest.mark.parametrize("name", ["An", "Lotte", "acme.example", "+32"])
def test_nobody_is_named(name: str) -> None:
    office = Watched()
    office.proposes()
    notice = initial(office.says("An", "ACCEPT"))
    office.sends(notice)
    assert name not in office.metrics.text().decode().replace("And ", "")
