"""An office whose incident is in a status, people by what they are to it, and each verb with words that suit it."""

from tests.core.vocabulary import Office, minutes

ROLES = {"in charge": "An", "a manager": "James", "the proposer": "Lotte", "a contact": "Nadia"}

WORDS = {
    "ACCEPT": "ACCEPT MI-1",
    "REJECT": "REJECT MI-1 a false alarm",
    "WITHDRAW": "WITHDRAW MI-1 a false alarm",
    "UPDATE": "UPDATE MI-1 Half is back.",
    "RESOLVE": "RESOLVE MI-1 All is back.",
    "DOWNGRADE": "DOWNGRADE MI-1 a false alarm",
    "EVERY": "EVERY MI-1 20m",
    "NOTE": "NOTE MI-1 called them",
    "TAKE": "TAKE MI-1",
    "REOPEN": "REOPEN MI-1 again",
    "TEAM": "TEAM MI-1 messaging",
    "BRIDGE": "BRIDGE MI-1 next",
    "JOIN": "JOIN MI-1",
    "DECLINE": "DECLINE MI-1 on a train",
    "STATUS": "STATUS MI-1",
    "HELP": "HELP MI-1",
}

BEFORE = {
    "proposed": (),
    "rejected": (("James", "REJECT"),),
    "accepted": (("An", "ACCEPT"),),
    "resolved": (("An", "ACCEPT"), ("An", "RESOLVE")),
    "canceled": (("An", "ACCEPT"), ("An", "DOWNGRADE")),
}


def office(status: str) -> Office:
    office = Office()
    office.proposes()
    for name, words in BEFORE[status]:
        office.now += minutes(1)
        office.says(name, words)
    assert office.incident.status == status
    office.now += minutes(1)
    return office
