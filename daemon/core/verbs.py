"""Which verbs decide or broadcast: literal sets, for those who ask for evidence and those who show verbs."""

from parsers.types import Verb

DECIDING = frozenset({Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW})
"""A reply token decides once."""

WITH_CODE = DECIDING | {
    Verb.UPDATE, Verb.RESOLVE, Verb.DOWNGRADE, Verb.REOPEN, Verb.TAKE, Verb.EVERY, Verb.SAME, Verb.SERVICE, Verb.TEAM,
    Verb.BRIDGE, Verb.DEPUTY, Verb.HANDOVER,
}  # fmt: skip
"""Verbs that need the code of our text as well, where the organization asks for it."""
