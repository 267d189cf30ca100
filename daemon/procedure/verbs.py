"""The verbs: how each is written, who may use it, what it does. As the daemon's own tables have it."""

from collections.abc import Mapping

from daemon.core.authority import RULES, Role
from daemon.core.hear import ANYTIME, HANDLERS
from daemon.document.model import Code, Paragraph, Section, Table, Words, joined
from daemon.procedure.frame import Frame
from daemon.procedure.opening import ways_in
from daemon.render.catalog import load
from parsers.types import Verb

WHO: Mapping[Role, str] = {
    Role.MANAGER: "incident managers and whom a rung asked",
    Role.IN_CHARGE: "the incident manager",
    Role.DEPUTY: "the deputy",
    Role.PROPOSER: "the proposer",
    Role.PAGED: "whoever was paged",
    Role.TEAM: "the team",
    Role.ASKED: "whoever is asked in the review",
    Role.OWNER: "the owner of the review",
    Role.CONTACT: "every contact",
}

INSTEAD = " (where that person is silent or gone, any incident manager)"
"""Who else counts as the owner of the review."""

DOES: Mapping[Verb, str] = {
    Verb.PROPOSE: "proposes a major incident, by text message; an email needs no verb",
    Verb.ACCEPT: "it is a major incident, and you are the incident manager",
    Verb.REJECT: "it is none; the reason goes to the proposer and the managers",
    Verb.WITHDRAW: "takes the proposal back",
    Verb.SAME: "the proposal is part of the incident of that number",
    Verb.NEW: "it is not: it is an incident of its own",
    Verb.SERVICE: "names the affected services; ladder, team and bridge follow at once",
    Verb.CONFIDENTIAL: "from now on only the number and what to do are said, to those who need it",
    Verb.UPDATE: "tells every audience now; what follows MGMT: goes to management only",
    Verb.RESOLVE: "ends it with the all-clear",
    Verb.TEAM: "pages a discipline, or +name and -name",
    Verb.JOIN: "you are on it; for a handover: you are in charge",
    Verb.DECLINE: "the next one is asked; after JOIN: you leave",
    Verb.BRIDGE: "sends the bridge again; NEXT moves to the next, CALL dials everybody in, other words replace it",
    Verb.NOTE: "goes into the timeline, to nobody",
    Verb.EVERY: "changes the interval of updates",
    Verb.DEPUTY: "names somebody who may write updates and the all-clear too",
    Verb.HANDOVER: "asks that manager to take over; after the all-clear: that person owns the review",
    Verb.TAKE: "takes charge",
    Verb.DOWNGRADE: "no major incident after all: everyone who heard is told",
    Verb.REOPEN: "brings it back, and you are in charge",
    Verb.ACTION: "an action for the review, with its owner and date",
    Verb.DONE: "that action is done",
    Verb.REVIEWED: "closes the review",
    Verb.STATUS: "where it stands, in one answer",
    Verb.HELP: "what works for you now",
    Verb.STOP: "no more texts to this number",
    Verb.START: "texts again",
}

ALWAYS: Mapping[Verb, str] = {
    Verb.PROPOSE: "every contact",
    Verb.HELP: "everyone",
    Verb.STOP: "everyone",
    Verb.START: "everyone",
}

BY_TEXT = frozenset({Verb.PROPOSE, Verb.STOP, Verb.START})
"""Verbs that are for texts only."""


def works(verb: Verb) -> bool:
    """Whether the daemon does anything with it."""
    return verb in HANDLERS or verb in ANYTIME or verb in ALWAYS


def who(verb: Verb) -> str:
    """Who may use it."""
    if verb in ALWAYS or verb not in RULES:
        return ALWAYS.get(verb, "the team, the owner")
    allowed = RULES[verb].roles
    allowed -= {Role.DEPUTY} if Role.IN_CHARGE not in allowed else set()
    instead = INSTEAD if Role.OWNER in allowed and Role.MANAGER not in allowed else ""
    return ", ".join(WHO[role] for role in Role if role in allowed) + instead


def form(frame: Frame, verb: Verb) -> str:
    """How it is written, in the organization's language."""
    configuration = frame.configuration
    catalogs = load(configuration.templates)
    language = configuration.settings.organization.language.lower()
    catalog = catalogs.get(language) or catalogs.get(language.partition("-")[0]) or catalogs["en"]
    return catalog.form(verb, "MI-7")


def spoken() -> tuple[Verb, ...]:
    return tuple(verb for verb in Verb if works(verb))


def verbs(frame: Frame) -> Section:
    texts = bool(ways_in(frame))
    shown = (verb for verb in spoken() if texts or verb not in BY_TEXT)
    rows: tuple[tuple[Words, ...], ...] = tuple((Code(form(frame, v)), who(v), DOES[v]) for v in shown)
    return Section(
        "Verbs",
        (
            Paragraph(
                (
                    "Reply to a message and begin with a verb; or write to the address or number above, with the "
                    "number of the incident. Without a number the verb means the incident of the message answered, or "
                    "the only one that you were told of. ",
                    joined([Code("ACCEPT MI-7"), Code("accept 7"), Code("7 accept")], ", "),
                    " mean the same. When in doubt Murphy asks; nothing is guessed.",
                )
            ),
            Table(("write", "who", "does"), rows),
        ),
    )
