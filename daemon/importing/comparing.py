"""What an import would change, before anything is: who is new, what becomes different, who is gone, what is refused.

A person is recognized by an address, else by a number. Lists, wishes and whatever the files do not say stay as they
are; addresses that the files do not have go only where removing is wanted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.types import Contact, People
from daemon.importing.entries import Person, Refused


@dataclass(frozen=True, slots=True)
class Change:
    """One field, as contacts.csv has it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """`id` is who it is on file by; `person` how they will be."""

    id: str
    name: str
    lists: tuple[str, ...]
    changes: tuple[Change, ...]
    person: Person


@dataclass(slots=True)
class Plan:
    """`gone` are contacts that no file has; they are removed only where `removes`."""

    removes: bool
    added: list[Person] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    gone: list[Contact] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    same: int = 0

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.changed or (self.removes and self.gone))


def compared(persons: Sequence[Person], people: People, lists: Sequence[str], *, removes: bool) -> Plan:
    """`lists` are for who is new, beside those that the file names."""
    plan = Plan(removes)
    seen: set[str] = set()
    for person in _each_once(persons, plan):
        match _on_file(person, people):
            case str(fault):
                plan.refused.append(Refused(person.file, person.line, person.name, fault))
            case Contact() as contact if contact.id in seen:
                fault = f"is {contact.name} ({contact.id}), whom an earlier line has"
                plan.refused.append(Refused(person.file, person.line, person.name, fault))
            case Contact() as contact:
                seen.add(contact.id)
                _compare(person, contact, plan)
            case None:
                plan.added.append(replace(person, lists=tuple(dict.fromkeys((*person.lists, *lists)))))
    plan.gone = [contact for contact in people.contacts.values() if contact.id not in seen]
    return plan


def _each_once(persons: Sequence[Person], plan: Plan) -> Iterator[Person]:
    """Without second lines of one person, and without numbers that several share, as a switchboard's."""
    sharing = Counter(phone for person in persons for phone in person.phones)
    first: dict[str, Person] = {}
    for person in persons:
        if before := next((first[email] for email in person.emails if email in first), None):
            same = "this is the same person" if before.name == person.name else f"{before.name} has it"
            where = f"line {before.line}" if before.file == person.file else f"{before.file}, line {before.line}"
            shared = next(email for email in person.emails if email in first)
            fault = f"{shared} is on {where} already: {same}"
            plan.refused.append(Refused(person.file, person.line, person.name, fault))
            continue
        first.update(dict.fromkeys(person.emails, person))
        own = tuple(phone for phone in person.phones if sharing[phone] == 1)
        for phone in (phone for phone in person.phones if sharing[phone] > 1):
            fault = f"{phone} is the number of {sharing[phone]} people"
            plan.refused.append(Refused(person.file, person.line, person.name, fault, whole=False))
        if own or person.emails:
            yield replace(person, phones=own)
        else:
            fault = "no email, and no phone of their own"
            plan.refused.append(Refused(person.file, person.line, person.name, fault))


def _on_file(person: Person, people: People) -> Contact | str | None:
    """Who it is; or in words why that cannot be told."""
    by_email = {people.by_email[email] for email in person.emails if email in people.by_email}
    by_phone = {people.by_phone[phone] for phone in person.phones if phone in people.by_phone}
    both = [people.contacts[one] for one in sorted(by_email | by_phone)]
    if len(both) > 1:
        named = " and ".join(f"{contact.name} ({contact.id})" for contact in both[:3])
        return f"has addresses of several people on file: {named}; correct one of them first"
    if not both:
        return None
    (contact,) = both
    stranger = not by_email and person.emails and contact.emails
    if stranger and contact.name.casefold() != person.name.casefold():
        number = next(phone for phone in person.phones if phone in contact.phones)
        return f"{number} is the number of {contact.name} ({contact.id}) on file"
    return contact


def _compare(person: Person, contact: Contact, plan: Plan) -> None:
    emails, phones = (
        new if new and plan.removes else tuple(dict.fromkeys((*new, *old)))
        for new, old in ((person.emails, contact.emails), (person.phones, contact.phones))
    )
    named = person.name if person.name not in (*person.emails, *person.phones) else contact.name
    fields: Mapping[str, tuple[str, str]] = {
        "name": (contact.name, named),
        "email": (";".join(contact.emails), ";".join(emails)),
        "phone": (";".join(contact.phones), ";".join(phones)),
        "language": (contact.language, person.language or contact.language),
        "timezone": (contact.timezone, person.timezone or contact.timezone),
    }
    changes = tuple(Change(name, before, after) for name, (before, after) in fields.items() if before != after)
    if changes:
        will = replace(person, name=named, emails=emails, phones=phones)
        plan.changed.append(Changed(contact.id, contact.name, contact.lists, changes, will))
    else:
        plan.same += 1
