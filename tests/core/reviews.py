"""An incident in review, for the cases of it."""

from daemon.core.model import Review
from daemon.core.notices import Notice
from tests.core.vocabulary import Came, Edits, Office, minutes

TEAM = ("Rosa", "Hugo", "Tom")
ASKED = {"An", *TEAM}


def in_review(edits: Edits | None = None, *, manager: str = "An") -> tuple[Office, Came]:
    """An accepted it, three joined; it has just been resolved."""
    office = Office(edits or {}).accepted(by=manager, body="Service: webshop")
    for name in TEAM:
        office.says(name, "JOIN MI-1")
    office.passes(minutes(10))
    return office, office.says(manager, "RESOLVE MI-1 It works again.")


def questions(came: Came, name: str = "Tom") -> Notice:
    """The mail with the questions that this person got."""
    return next(n for n in came.of("review-questions") if came.office.who(name) in n.recipients)


def review(office: Office) -> Review:
    found = office.incident.review
    assert found is not None
    return found
