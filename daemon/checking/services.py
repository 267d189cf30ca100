"""Weaknesses of services and of who repairs them."""

from config.types import Configuration
from daemon.checking.findings import Weak, Weaks

EVERYTHING = "*"
MAIL = ("mail", "outlook", "exchange")


def no_service_for_all(configuration: Configuration) -> Weaks:
    services = configuration.procedure.services
    if not services:
        yield Weak("service", "none is written: nobody is paged for anything", "write a [[service]] for each")
    elif all(service.name != EVERYTHING for service in services):
        problem = "nothing holds where no service was named: nobody would be paged"
        yield Weak("service", problem, 'write a [[service]] with name = "*"')


def service_without_disciplines(configuration: Configuration) -> Weaks:
    for service in configuration.procedure.services:
        if not service.disciplines:
            yield Weak(f"service.{service.name}.disciplines", "is empty: nobody is paged for it", "name whom it takes")


def service_without_impact(configuration: Configuration) -> Weaks:
    for service in configuration.procedure.services:
        if not service.impact:
            problem = "is missing: the first notice cannot say what people are unable to do"
            yield Weak(f"service.{service.name}.impact", problem, 'write it as in "You may be unable to …"')


def service_without_public_name(configuration: Configuration) -> Weaks:
    for service in configuration.procedure.services:
        if not service.public_name:
            problem = "is missing: the first notice cannot say what has failed"
            yield Weak(f"service.{service.name}.public_name", problem, "write what everybody calls it")


def mail_trusts_itself(configuration: Configuration) -> Weaks:
    for service in configuration.procedure.services:
        words = [word.casefold() for word in (service.name, *service.aliases)]
        if "email" not in service.disables and any(hint in word for word in words for hint in MAIL):
            problem = "does not name email: while mail is down, it would still be tried first"
            yield Weak(f"service.{service.name}.disables", problem, 'write disables = ["email"]')


def short_discipline(configuration: Configuration) -> Weaks:
    people = configuration.people
    for discipline in configuration.procedure.disciplines:
        count = len(people.on(discipline.list))
        if count < discipline.need:
            problem = f'needs {discipline.need}, and its list "{discipline.list}" has {count}'
            yield Weak(f"discipline.{discipline.name}.need", problem, "put more people on the list, or need fewer")
        elif count == discipline.need:
            problem = f'its list "{discipline.list}" has no more people than the {count} that it needs'
            yield Weak(f"discipline.{discipline.name}.list", problem, "put somebody on it who stands in")
