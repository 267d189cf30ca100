"""Whether what shows who wrote is enough for what is asked, in this incident, now."""

from config.types import Decide
from daemon.core.authority import RULES
from daemon.core.case import Case
from daemon.core.facts import Spent
from daemon.core.identity import Evidence
from daemon.core.saying import disabled
from daemon.core.verbs import DECIDING, WITH_CODE
from parsers.types import Verb


def trusted(case: Case, verb: Verb) -> bool:
    """Whether the verb may be obeyed without asking its sender to confirm."""
    evidence = counting(case, verb)
    if evidence < RULES[verb].evidence:
        return False
    if evidence is Evidence.CONSOLE or case.state.configuration.settings.decide is not Decide.CODE:
        return True
    return verb not in WITH_CODE or case.incident.id in case.said.codes


def counting(case: Case, verb: Verb) -> Evidence:
    """The evidence that counts: none by mail where mail itself is in doubt, none by a token that has decided."""
    identity = case.said.identity
    if case.said.medium == "email":
        if case.incident.confidential or "email" in disabled(case.state, case.incident):
            return Evidence.NONE
        if identity.evidence is Evidence.TOKEN and identity.incident not in ("", case.incident.id):
            return Evidence.NONE
        if verb in DECIDING and identity.evidence is Evidence.TOKEN and _spent(case):
            return Evidence.NONE
    return identity.evidence


def _spent(case: Case) -> bool:
    notice = case.said.identity.notice
    return notice is not None and (notice, case.who) in case.state.spent


def spends(case: Case, verb: Verb) -> Spent | None:
    """The token that decides by this command."""
    identity = case.said.identity
    if verb in DECIDING and identity.evidence is Evidence.TOKEN and identity.notice is not None:
        return Spent(identity.notice, case.who)
    return None
