"""Each verb by each person in each status gives the answer that the procedure demands, and nothing else changes."""

import pytest

from parsers.types import Verb
from tests.core.situations import BEFORE, ROLES, WORDS, office
from tests.core.vocabulary import Office

# For each status: by "in charge" (who accepts it where anybody did), a manager, the proposer, a contact.
ANSWERS: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "proposed": {
        "ACCEPT": ("done-accept", "done-accept", "not-allowed", "not-allowed"),
        "REJECT": ("done-reject", "done-reject", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "done-withdraw", "not-allowed"),
        "UPDATE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "rejected": {
        "ACCEPT": ("done-accept", "done-accept", "not-allowed", "not-allowed"),
        "REJECT": ("already-decided", "already-decided", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("not-in-charge", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("done-reopen", "done-reopen", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "accepted": {
        "ACCEPT": ("already-decided", "already-decided", "not-allowed", "not-allowed"),
        "REJECT": ("reject-after-accept", "reject-after-accept", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("done-update", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("done-resolve", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("done-downgrade", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("done-every", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("already-decided", "take-waits", "not-allowed", "not-allowed"),
        "REOPEN": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
    "resolved": {
        "ACCEPT": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REJECT": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "WITHDRAW": ("not-allowed", "not-allowed", "wrong-status", "not-allowed"),
        "UPDATE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "RESOLVE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "DOWNGRADE": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "EVERY": ("wrong-status", "not-in-charge", "not-allowed", "not-allowed"),
        "NOTE": ("done-note", "done-note", "not-allowed", "not-allowed"),
        "TAKE": ("wrong-status", "wrong-status", "not-allowed", "not-allowed"),
        "REOPEN": ("done-reopen", "done-reopen", "not-allowed", "not-allowed"),
        "STATUS": ("status", "status", "status", "status"),
        "HELP": ("help", "help", "help", "help"),
    },
}
REFUSED = ("not-allowed", "not-allowed", "not-allowed", "not-allowed")
OTHERS = ("not-in-charge", "not-allowed", "not-allowed")
for status_, answers_ in ANSWERS.items():
    charge = "wrong-status" if status_ == "resolved" else "not-in-charge"
    answers_ |= {"JOIN": REFUSED, "DECLINE": REFUSED, "TEAM": (charge, *OTHERS), "BRIDGE": (charge, *OTHERS)}
ANSWERS["accepted"] |= {"TEAM": ("done-team", *OTHERS), "BRIDGE": ("done-bridge", *OTHERS)}
ANSWERS["canceled"] = {**ANSWERS["resolved"]}

CHANGES = {"done-accept", "done-reject", "done-withdraw", "done-update", "done-resolve", "done-downgrade",
           "done-every", "done-note", "done-reopen", "take-waits", "done-team", "done-bridge"}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "verb", "role", "answer"),
    [
        pytest.param(status, verb, role, answer, id=f"{verb} by {role} when {status}: {answer}")
        for status, verbs in ANSWERS.items()
        for verb, answers in verbs.items()
        for role, answer in zip(ROLES, answers, strict=True)
    ],
)
def test_every_verb_by_everybody_in_every_status(status: str, verb: str, role: str, answer: str) -> None:
    there = office(status)
    before = there.incident
    came = there.says(ROLES[role], WORDS[verb])
    assert [n.kind.value for n in came.notices if n.recipients == (there.who(ROLES[role]),) and n.answers] == [answer]
    assert bool(came.events) is (answer in CHANGES)
    if answer not in CHANGES:
        assert there.incident == before
        assert came.kinds == [answer]


def test_the_table_knows_every_verb_there_is() -> None:
    built = {verb.value for verb in Verb} & set(WORDS)
    assert all(set(verbs) == built for verbs in ANSWERS.values())


def test_nothing_is_agreed_before_the_all_clear() -> None:
    came = Office().accepted().says("An", "ACTION MI-1 Tom: check the cable by Friday")
    assert came.kinds == ["wrong-status"]
    assert came.events == []


@pytest.mark.parametrize("status", list(BEFORE))
def test_every_answer_lists_only_verbs_that_work(status: str) -> None:
    """What an answer offers, its reader may do: the same verb gives neither refusal nor a wrong status."""
    for name in ROLES.values():
        offered = office(status).says(name, "HELP MI-1").one("help").content.forms
        for verb in offered:
            came = office(status).says(name, WORDS.get(verb.value, verb.value))
            assert not {"not-allowed", "not-in-charge", "wrong-status", "already-decided"} & set(came.kinds), (
                name,
                verb,
            )
