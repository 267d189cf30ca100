"""Who has a card on the page: everybody of the organization, by the part that they play."""

from collections.abc import Mapping
from typing import Any

from config.types import Configuration, Contact

PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("managers", "Incident managers", "Managers", "incident-managers"),
    ("desk", "Service desk", "Service desk", "service-desk"),
    ("engineers", "Engineers", "Engineers", "-engineers"),
    ("operators", "Operators", "Operators", "operators"),
    ("management", "Management", "Management", "management"),
    ("staff", "Staff", "Staff", ""),
)
"""The part, its heading, a shorter one, and how a list's name ends that makes somebody belong to it: the first fits."""

LANGUAGES: Mapping[str, str] = {"en": "English", "nl": "Dutch", "fr": "French"}

EVERYBODY = "all-staff"


def people(configuration: Configuration) -> dict[str, Any]:
    """What does not change while an organization plays."""
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
        "parts": [{"name": name, "label": label, "short": short} for name, label, short, _ in PARTS],
        "people": [_person(contact) for contact in contacts],
    }


def _person(contact: Contact) -> dict[str, Any]:
    part, *_, end = next(part for part in PARTS if any(name.endswith(part[-1]) for name in contact.lists))
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
