"""Who has a card on the page: everybody of the organization, by the part that they play."""

from collections.abc import Mapping
from typing import Any

from config.types import Configuration, Contact

PARTS: tuple[tuple[str, str, str], ...] = (
    ("managers", "Incident managers", "incident-managers"),
    ("desk", "Service desk", "service-desk"),
    ("engineers", "Engineers", "-engineers"),
    ("operators", "Operators", "operators"),
    ("management", "Management", "management"),
    ("staff", "Staff", ""),
)
"""The part, its heading, and the end of a list's name that makes somebody belong to it: the first that fits."""

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
        "parts": [{"name": name, "label": label} for name, label, _ in PARTS],
        "people": [_person(contact) for contact in contacts],
    }


def _person(contact: Contact) -> dict[str, Any]:
    lists = [name.replace("-", " ") for name in contact.lists if name != EVERYBODY]
    return {
        "id": contact.id,
        "name": contact.name,
        "part": next(part for part, _, end in PARTS if any(name.endswith(end) for name in contact.lists)),
        "lists": ", ".join(lists) or "staff",
        "language": LANGUAGES.get(contact.language, contact.language),
        "email": contact.emails[0] if contact.emails else "",
        "phone": contact.phones[0] if contact.phones else "",
    }
