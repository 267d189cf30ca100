"""Weaknesses of contacts.csv: people who cannot be reached, or not when it matters, and lists that miss somebody."""

from collections import Counter
from functools import cache

import phonenumbers
from phonenumbers import PhoneNumberType

from config.faults import nearest
from config.types import MANAGERS, OPERATORS, Configuration, Decide
from daemon.checking.findings import Weak, Weaks, grouped, names
from daemon.checking.reaching import DAY, PHONES, channels, configured, open_minutes, reached, uses
from daemon.render.catalog import load

SILENT = frozenset({
    PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN,
    PhoneNumberType.SHARED_COST, PhoneNumberType.VOICEMAIL,
})  # fmt: skip
"""Kinds of numbers that take no texts."""


def few_managers(configuration: Configuration) -> Weaks:
    count = len(configuration.people.on(MANAGERS))
    if count < 2:
        yield Weak(MANAGERS, f"only {count} can decide", "put at least two people on it, better three")


def manager_without_phone(configuration: Configuration) -> Weaks:
    people = configuration.people
    strict = configuration.settings.decide is Decide.CODE
    why = (
        "cannot decide at all, as [security] decide asks for the code of a text"
        if strict
        else ("cannot be reached when mail is down, nor decide in a confidential incident")
    )
    for who in people.on(MANAGERS):
        if not people.contacts[who].phones:
            yield Weak(people.contacts[who].name, f"has no phone: {why}", "add a mobile number")


def manager_without_email(configuration: Configuration) -> Weaks:
    people = configuration.people
    for who in people.on(MANAGERS):
        if not people.contacts[who].emails:
            yield Weak(people.contacts[who].name, "has no email: only phones reach this manager", "add an address")


def no_operators(configuration: Configuration) -> Weaks:
    if not configuration.people.on(OPERATORS):
        problem = "nobody is on it: nobody hears that a mailbox, a relay or the disk fails"
        yield Weak(OPERATORS, problem, "put those on it who look after Murphy")


def operators_without_phone(configuration: Configuration) -> Weaks:
    people = configuration.people
    on = people.on(OPERATORS)
    if on and not any(people.contacts[who].phones for who in on):
        yield Weak(OPERATORS, "none has a phone: nobody hears that mail is down", "add a mobile number to one of them")


def unreachable(configuration: Configuration) -> Weaks:
    people, settings = configuration.people, configuration.settings
    for use in uses(configuration):
        lost = [who for who in use.people if not reached(settings, people.contacts[who]) & use.channels]
        if lost:
            ways = ", ".join(sorted(use.channels))
            problem = f"{names(people, lost)}: no address for any of its channels ({ways})"
            yield Weak(use.key, problem, "add an address, or a channel that reaches them")


def only_channel_disabled(configuration: Configuration) -> Weaks:
    people, settings = configuration.people, configuration.settings
    for service in configuration.procedure.services:
        failing = frozenset(service.disables)
        for use in uses(configuration) if failing else ():
            lost = [who for who in use.people if _only(reached(settings, people.contacts[who]) & use.channels, failing)]
            if lost:
                problem = f'{names(people, lost)}: reached only by what the service "{service.name}" takes away'
                yield Weak(use.key, problem, f"add another channel for {use.title}, or another address for them")


def _only(ways: frozenset[str], failing: frozenset[str]) -> bool:
    return bool(ways) and ways <= failing


def manager_unreachable_at_times(configuration: Configuration) -> Weaks:
    people = configuration.people
    for who in people.on(MANAGERS):
        contact = people.contacts[who]
        if missing := DAY - open_minutes(contact.reach) if contact.reach else 0:
            problem = f"wants to be reached by nothing during {missing / 60:g} h of each day, and will be all the same"
            yield Weak(f"{contact.name}, channels", problem, "give one channel without hours")


def unknown_wish(configuration: Configuration) -> Weaks:
    there = configured(configuration.settings)
    for contact in configuration.people.contacts.values():
        strange = [reach.channel for reach in contact.reach if reach.channel not in there]
        if strange:
            known = ", ".join(sorted(there))
            problem = f"{', '.join(strange)}: no such channel is configured"
            yield Weak(f"{contact.name}, channels", problem, f"there is {known}")


def same_name(configuration: Configuration) -> Weaks:
    contacts = configuration.people.contacts.values()
    count = Counter(contact.name.casefold() for contact in contacts)
    found = grouped((c.name.casefold(), c.id) for c in contacts if count[c.name.casefold()] > 1)
    for ids in found.values():
        name = configuration.people.contacts[ids[0]].name
        problem = f"is there more than once ({', '.join(ids)}): HANDOVER and TEAM cannot tell them apart"
        yield Weak(name, problem, "merge the lines of one person, or write the names apart")


def odd_number(configuration: Configuration) -> Weaks:
    texted = {who for use in uses(configuration) if use.channels & {"sms", "gsm"} for who in use.people}
    for contact in configuration.people.contacts.values():
        kinds = {phone: _kind(phone) for phone in contact.phones}
        for phone, kind in kinds.items():
            if kind is None:
                yield Weak(contact.name, f"{phone} is in no range in use", "check the number")
        if contact.id in texted and kinds and all(kind in SILENT for kind in kinds.values()):
            phones = ", ".join(kinds)
            yield Weak(contact.name, f"{phones} takes no texts: it is not a mobile number", "add a mobile number")


@cache
def _kind(phone: str) -> int | None:
    number = phonenumbers.parse(phone)
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None


def language_without_templates(configuration: Configuration) -> Weaks:
    known = load(configuration.templates)
    contacts = configuration.people.contacts.values()
    spoken = grouped((c.language, c.id) for c in contacts)
    for language, ids in spoken.items():
        if language.lower() not in known and language.lower().partition("-")[0] not in known:
            problem = f"{names(configuration.people, ids)}: there are no templates in it"
            cure = f"write templates/{language}.toml, or give a language of {', '.join(sorted(known))}"
            yield Weak(f"language {language}", problem, cure)


def list_misspelt(configuration: Configuration) -> Weaks:
    procedure = configuration.procedure
    used = {MANAGERS, OPERATORS, *procedure.drill.lists}
    used |= {rung.who for rung in procedure.decide} | {duty.list for duty in procedure.duties}
    used |= {name for audience in procedure.audiences for name in audience.lists}
    used |= {discipline.list for discipline in procedure.disciplines}
    for name, ids in configuration.people.lists.items():
        if name not in used and (meant := nearest(name, used)):
            problem = f"{names(configuration.people, ids)}: the procedure has no such list"
            yield Weak(f'lists, "{name}"', problem, f'did you mean "{meant}"?')


def no_phone_for_texts(configuration: Configuration) -> Weaks:
    """People of a discipline who can only be mailed: nobody is woken by a mail."""
    people = configuration.people
    for discipline in configuration.procedure.disciplines:
        mute = [who for who in people.on(discipline.list) if not people.contacts[who].phones]
        if mute and channels(discipline.via) & PHONES:
            problem = f"{names(people, mute)}: no phone, and a mail wakes nobody"
            yield Weak(f'list "{discipline.list}"', problem, "add a mobile number")
