"""The example organization loads, and is rich enough to show the procedure."""

from pathlib import Path

import phonenumbers
import pytest

from config.load import load
from config.types import Configuration

EXAMPLE = Path(__file__).parents[2] / "daemon" / "sandbox" / "example"
PLACES = {
    "imap_port": "1143",
    "smtp_port": "1025",
    "twilio_port": "8001",
    "web_port": "8080",
    "state_dir": "/tmp/murphy",
}


@pytest.fixture
def example(tmp_path: Path) -> Configuration:
    text = (EXAMPLE / "murphyd.toml.in").read_text()
    for name, value in PLACES.items():
        text = text.replace("{" + name + "}", value)
    assert "{" not in text
    (tmp_path / "murphyd.toml").write_text(text)
    for name in ("procedure.toml", "contacts.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    return load(tmp_path, {})


def test_people_of_three_languages_and_three_zones(example: Configuration) -> None:
    contacts = example.people.contacts.values()
    assert len(contacts) >= 14
    assert {c.language for c in contacts} == {"en", "nl", "fr"}
    assert {c.timezone for c in contacts} == {"Europe/Brussels", "Europe/London", "America/New_York"}
    assert len(example.people.on("incident-managers")) == 3


def test_a_management_and_operators_who_do_not_decide(example: Configuration) -> None:
    managers = set(example.people.on("incident-managers"))
    for name in ("operators", "management"):
        assert len(example.people.on(name)) == 2
        assert not managers & set(example.people.on(name))


def test_numbers_that_could_be_dialled(example: Configuration) -> None:
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(n)) for n in example.people.by_phone)


def test_a_service_that_takes_out_email_and_one_for_all_others(example: Configuration) -> None:
    services = {s.name: s for s in example.procedure.services}
    assert services["email"].disables == ("email",)
    assert all(services[name].impact for name in ("email", "webshop", "payments", "*"))
    assert len(example.procedure.bridges) == 2
