"""Whether what shows who wrote is enough for what is asked, in this incident, now."""

from config.types import Decide
from daemon.core.authority import RULES
from daemon.core.case import Case
from daemon.core.facts import Spent
from daemon.core.identity import Evidence
from daemon.core.knowing import disabled
from daemon.core.verbs import DECIDING, WITH_CODE
from parsers.types import Verb

VOICE = "voice"
"""The way in of keys pressed in a call. Nobody can answer a call to a number on file but whoever holds it."""


def doubt(case: Case, verb: Verb) -> str:
    """Why the verb may not be obeyed before its sender has confirmed it; "" where it may."""
    evidence, reason = counting(case, verb)
    if evidence < RULES[verb].evidence:
        return reason or "no evidence of who wrote"
    if needs_code(case, verb) and case.incident.id not in case.said.codes:
        return "without the code of our text"
    return ""


def needs_code(case: Case, verb: Verb) -> bool:
    """Whether the organization asks for the code of our text as well."""
    if case.state.configuration.settings.decide is not Decide.CODE or verb not in WITH_CODE:
        return False
    return case.said.identity.evidence is not Evidence.CONSOLE and case.said.source != VOICE


def counting(case: Case, verb: Verb) -> tuple[Evidence, str]:
    """The evidence that counts, and why any other does not: mail may itself be in doubt, a token decides once."""
    identity = case.said.identity
    if case.said.medium == "email":
        if reason := no_mail(case):
            return Evidence.NONE, reason
        without = Evidence.DOMAIN if identity.verified else Evidence.NONE
        if identity.evidence is Evidence.TOKEN and identity.incident not in ("", case.incident.id):
            return without, "a token of another incident"
        if verb in DECIDING and identity.evidence is Evidence.TOKEN and _spent(case):
            return without, "a token that has decided already"
    return identity.evidence, ""


def no_mail(case: Case) -> str:
    """Why no mail is evidence in this incident; "" where it is."""
    if case.incident.confidential:
        return "mail is no evidence in a confidential incident"
    affected = "email" in disabled(case.state, case.incident, named=True)
    return "mail is no evidence while it is affected" if affected else ""


def _spent(case: Case) -> bool:
    notice = case.said.identity.notice
    return notice is not None and (notice, case.who) in case.state.spent


def spends(case: Case, verb: Verb) -> Spent | None:
    """The token that decides by this command."""
    identity = case.said.identity
    if verb in DECIDING and identity.evidence is Evidence.TOKEN and identity.notice is not None:
        return Spent(identity.notice, case.who)
    return None
