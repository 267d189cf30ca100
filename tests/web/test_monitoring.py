"""The alerts and the dashboard ask for figures that there are."""

import json
import re

import pytest

from daemon.clock import MovedClock
from daemon.metrics import Metrics
from tests.architecture.tree import ROOT
from tests.core.vocabulary import Office

FOLDER = ROOT / "docs/monitoring"


def figures() -> set[str]:
    office = Office().accepted()
    text = Metrics(office.state, MovedClock(office.now), ("email",), lambda: 0).text().decode()
    families = re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE)
    return {name + "_bucket" if kind == "histogram" else name for name, kind in families}


@pytest.mark.parametrize("name", ["alerts.yml", "dashboard.json"])
def test_what_is_asked_for_exists(name: str) -> None:
    asked = set(re.findall(r"\bmurphy_\w+", (FOLDER / name).read_text()))
    assert asked
    assert asked <= figures()


def test_every_panel_has_a_place_of_its_own() -> None:
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)


def test_every_alert_says_what_to_do() -> None:
    alerts = (FOLDER / "alerts.yml").read_text()
    assert alerts.count("- alert: ") == alerts.count("summary: ") == alerts.count("action: ") == alerts.count("expr: ")
