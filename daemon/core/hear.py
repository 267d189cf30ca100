"""Somebody wrote: a proposal, a command about an incident, or plain words. Each gets its one handler."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from config.types import MANAGERS
from daemon.core import actions, affecting, bridge, deciding, handing, joining, reviewing, speaking, teaming
from daemon.core.answering import answered, answers
from daemon.core.asking import help_, status, which_one
from daemon.core.authority import RULES, Role, roles
from daemon.core.case import Case
from daemon.core.content import Content
from daemon.core.drilling import note
from daemon.core.exercise import is_over, scoped
from daemon.core.facts import Barred, Fact, Unbarred
from daemon.core.forms import forms
from daemon.core.identity import Evidence
from daemon.core.kinds import Kind
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.pairing import meant
from daemon.core.proposing import may_propose, propose
from daemon.core.replies import reply
from daemon.core.saying import ANSWER, CONSOLE, answer
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.trust import doubt, needs_code, no_mail, spends
from daemon.core.which import OF_REVIEW, Missing, Nothing, Several
from parsers.types import Verb

Handler = Callable[[Case], Iterator[Fact]]

HANDLERS: Mapping[Verb, Handler] = {
    Verb.ACCEPT: deciding.accept,
    Verb.REJECT: deciding.reject,
    Verb.WITHDRAW: deciding.withdraw,
    Verb.DOWNGRADE: deciding.downgrade,
    Verb.RESOLVE: deciding.resolve,
    Verb.REOPEN: deciding.reopen,
    Verb.TAKE: deciding.take,
    Verb.UPDATE: speaking.update,
    Verb.EVERY: speaking.every,
    Verb.NOTE: speaking.note,
    Verb.TEAM: teaming.team,
    Verb.JOIN: teaming.join,
    Verb.DECLINE: teaming.decline,
    Verb.BRIDGE: bridge.bridge,
    Verb.SAME: joining.same,
    Verb.NEW: joining.new,
    Verb.SERVICE: affecting.service,
    Verb.CONFIDENTIAL: affecting.confidential,
    Verb.DEPUTY: handing.deputy,
    Verb.HANDOVER: handing.handover,
    Verb.ACTION: actions.action,
    Verb.DONE: actions.done,
    Verb.REVIEWED: reviewing.reviewed,
}

OLD_WORDS = timedelta(minutes=15)
"""UPDATE and RESOLVE older than this when they arrive are not applied."""

AGING = frozenset({Verb.UPDATE, Verb.RESOLVE})

OPTIONAL_LINES = frozenset({Verb.SERVICE.value, Verb.CONFIDENTIAL.value})
"""Verbs that a proposal's lines are called, too."""

ANYTIME = frozenset({Verb.STATUS, Verb.HELP})

DECISIONS = frozenset({Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.TAKE})
"""Alone, or from a manager, these are commands whatever there is to decide."""

OTHER_WAY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "email": (("sms",), ("email",)),
    "sms": (("email",), ("sms",)),
}


def hear(state: State, said: Said, now: datetime) -> Iterator[Fact]:
    """What this message comes to. A stranger gets silence, and what nobody sent is no proposal."""
    who = said.identity.contact or said.identity.address
    if not who:
        return
    verb = said.command.verb
    if verb in (Verb.STOP, Verb.START):
        yield from _opted(state, said, verb, now)
        return
    if _is_proposal(state, said, who, now):
        yield from propose(state, said, now)
        return
    if said.identity.contact is None and not _has_part(state, said, who):
        return
    if incident := answers(state, said, who, now):
        yield from _answer(Case(state, said, who, incident, now))
        return
    about = meant(state, said, who, now)
    if isinstance(about, Incident):
        state = scoped(state, about)
        if about.exercise is not None and about.exercise.roll_call and verb not in ANYTIME:
            yield from note(state, said, who, about, now)
            return
    if verb is None:
        yield from reply(state, said, who, about if isinstance(about, Incident) else None, now)
    elif verb in ANYTIME:
        named = about if isinstance(about, Incident) and (said.command.incident or said.thread) else None
        if isinstance(about, Missing):
            yield answer(state, said, Kind.NO_SUCH_INCIDENT, now, None, Content(reason=about.number))
        elif verb is Verb.STATUS:
            yield from status(state, said, who, named, now)
        else:
            yield from help_(state, said, who, about if isinstance(about, Incident) else None, now)
    else:
        yield from _about(state, said, who, about, now)


def _is_proposal(state: State, said: Said, who: str, now: datetime) -> bool:
    """PROPOSE by text; by mail whatever refers to nothing of ours, but for a command of someone who may give it."""
    verb = said.command.verb
    if verb is Verb.PROPOSE:
        return said.medium != "email" or said.fresh_mail
    if not said.fresh_mail:
        return False
    if verb is None or said.identity.contact is None or _is_optional_line(said):
        return True
    if verb in ANYTIME or said.command.incident:
        return False
    if verb in DECISIONS and (not said.command.words or who in state.configuration.people.on(MANAGERS)):
        return False
    about = meant(state, said, who, now)
    several = (about,) if isinstance(about, Incident) else about.incidents if isinstance(about, Several) else ()
    rule = RULES.get(verb)
    return rule is None or not any(rule.roles & roles(state, incident, who) for incident in several)


def _is_optional_line(said: Said) -> bool:
    """A new mail may begin with "Service: email" or "Confidential: yes", which say something of what it proposes."""
    name, colon, _ = said.text.lstrip().partition(":")
    return bool(colon) and name.strip().upper() in OPTIONAL_LINES


def _has_part(state: State, said: Said, who: str) -> bool:
    """Someone not on file who proposed an incident, and can show to be the same."""
    return said.identity.evidence > Evidence.NONE and any(i.proposer == who for i in state.incidents.values())


def _about(
    state: State, said: Said, who: str, about: Incident | Missing | Several | Nothing, now: datetime
) -> Iterator[Fact]:
    verb = said.command.verb
    match about:
        case Missing(number):
            yield answer(state, said, Kind.NO_SUCH_INCIDENT, now, None, Content(reason=number, verb=verb))
        case Several():
            yield from which_one(state, said, who, about, now)
        case Nothing():
            yield answer(state, said, Kind.NO_INCIDENT, now, None, Content(verb=verb, forms=forms(state, None, who)))
        case Incident():
            yield from _command(Case(state, said, who, about, now))


def _command(case: Case) -> Iterator[Fact]:
    """Authority, evidence and age, then the verb's handler."""
    verb = case.said.command.verb
    if is_over(case.state, case.incident) and verb is not Verb.NOTE:
        yield case.answer(Kind.NO_REVIEW if verb in OF_REVIEW else Kind.WRONG_STATUS)
        return
    handler = HANDLERS.get(verb) if verb else None
    if verb is None or handler is None:
        yield case.answer(Kind.NOT_ALLOWED, replace(case.content(), forms=(Verb.PROPOSE, Verb.STATUS)))
        return
    rule = RULES[verb]
    mine = roles(case.state, case.incident, case.who)
    if not rule.roles & mine:
        elsewhere = Role.IN_CHARGE in rule.roles and Role.MANAGER in mine
        yield case.answer(Kind.NOT_IN_CHARGE if elsewhere else Kind.NOT_ALLOWED, _modest(case, mine))
        return
    if doubt(case, verb):
        yield _confirm(case, verb)
        return
    if verb in AGING and (case.now - case.written > OLD_WORDS or case.stale()):
        yield case.answer(Kind.STALE)
        return
    if spent := spends(case, verb):
        yield spent
    yield from handler(case)


def _answer(case: Case) -> Iterator[Fact]:
    """Of an answer in the review that comes with actions, those are noted only from whoever may give that verb."""
    rule = RULES[Verb.ACTION]
    if not actions.lines(case):
        yield from answered(case)
    elif not rule.roles & roles(case.state, case.incident, case.who):
        yield from answered(replace(case, said=replace(case.said, actions=())))
        yield case.answer(Kind.NOT_ALLOWED, Content(verb=Verb.ACTION))
    elif doubt(case, Verb.ACTION):
        yield from answered(replace(case, said=replace(case.said, actions=())))
        yield _confirm(case, Verb.ACTION)
    else:
        yield from answered(case)


def _confirm(case: Case, verb: Verb) -> Notice:
    """By another channel than the command came in on; by text where only a text, or its code, can show who it is."""
    coded = needs_code(case, verb)
    content = replace(case.content(), words=case.words, forms=(verb,))
    if coded or no_mail(case):
        content = replace(content, source="sms")
    via = OTHER_WAY["email"] if coded else OTHER_WAY.get(case.said.medium)
    return answer(case.state, case.said, Kind.CONFIRM_SENDER, case.now, case.incident, content, via=via)


def _modest(case: Case, mine: frozenset[Role]) -> Content:
    """To someone without a part in it, an answer has the public words only."""
    if mine & {Role.MANAGER, Role.IN_CHARGE, Role.PROPOSER, Role.PAGED}:
        return case.content()
    return Content(verb=case.said.command.verb)


def _opted(state: State, said: Said, verb: Verb, now: datetime) -> Iterator[Fact]:
    """No texts to this number, or by mail to any of the sender's; a text is answered by the carrier as well."""
    who = said.identity.contact
    numbers: tuple[str, ...] = (said.identity.address,)
    if said.medium in ("email", CONSOLE):
        if who is None:
            return
        if said.identity.evidence is Evidence.NONE:
            via = OTHER_WAY[said.medium]
            yield answer(state, said, Kind.CONFIRM_SENDER, now, None, Content(verb=verb, forms=(verb,)), via=via)
            return
        numbers = state.person(who).phones
    for number in numbers:
        yield Barred("sms", number, "opted out by STOP", now) if verb is Verb.STOP else Unbarred("sms", number)
    if who and verb is Verb.STOP:
        via = ANSWER[CONSOLE] if said.medium == CONSOLE else (("email",),)
        yield answer(state, said, Kind.STOPPED, now, None, Content(), via=via)
    elif who:
        yield answer(state, said, Kind.STARTED, now, None, Content())


def refused(state: State, said: Said) -> str:
    """What of a message does not count, and why, for the log; "" where all does."""
    who = said.identity.contact or said.identity.address
    verb = said.command.verb
    reasons = list(said.identity.refused)
    if said.identity.contact is None and not _has_part(state, said, who):
        if not (who and said.fresh_mail and may_propose(state, said)):
            reasons.insert(0, "a stranger")
    elif verb and verb in RULES and not _is_proposal(state, said, who, said.received):
        about = meant(state, said, who, said.received)
        if isinstance(about, Incident):
            case = Case(state, said, who, about, said.received)
            mine = roles(state, about, who)
            reasons.append(doubt(case, verb) if RULES[verb].roles & mine else f"{verb} by one who may not")
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))
