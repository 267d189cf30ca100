"""What a page is told first, and does not change while an organization plays: its people, by their parts."""

from collections.abc import Mapping
from typing import Any

from config.types import Configuration, Contact
from daemon.sandbox.scenarios import SCENARIOS
from daemon.sandbox.switchboard import SWITCHES

PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("managers", "Incident managers", "Managers", "incident-managers"),
    ("desk", "Service desk and operators", "Desk", "service-desk"),
    ("engineers", "Engineers", "Engineers", "-engineers"),
    ("desk", "", "", "operators"),
    ("management", "Management and staff", "Management, staff", "management"),
    ("management", "", "", ""),
)
"""The part, its heading, a shorter one, and how a list's name ends whose people belong to it: the first that fits."""

LANGUAGES: Mapping[str, str] = {"en": "English", "nl": "Dutch", "fr": "French"}

EVERYBODY = "all-staff"


def people(configuration: Configuration) -> dict[str, Any]:
    contacts = configuration.people.contacts.values()
    return {
        "organization": configuration.settings.organization.name,
        "timezone": configuration.settings.organization.timezone,
        "address": configuration.settings.mailboxes[0].address,
        "services": [
            {"name": service.name, "label": service.public_name}
            for service in configuration.procedure.services
            if service.name != "*"
        ],
        "switches": [{"name": s.name, "label": s.label, "about": s.about} for s in SWITCHES],
        "scenarios": [{"name": s.name, "label": s.label} for s in SCENARIOS.values()],
        "parts": [{"name": name, "label": label, "short": short} for name, label, short, _ in PARTS if label],
        "people": [_person(contact) for contact in sorted(contacts, key=_place)],
    }


def _place(contact: Contact) -> int:
    return next(n for n, (*_, end) in enumerate(PARTS) if any(name.endswith(end) for name in contact.lists))


def _person(contact: Contact) -> dict[str, Any]:
    part, *_, end = PARTS[_place(contact)]
    others = [name.removesuffix(end).replace("-", " ") for name in contact.lists if name not in (end, EVERYBODY)]
    return {
        "id": contact.id,
        "name": contact.name,
        "part": part,
        "lists": ", ".join(others),
        "language": LANGUAGES.get(contact.language, contact.language),
        "email": contact.emails[0] if contact.emails else "",
        "phone": contact.phones[0] if contact.phones else "",
    }
