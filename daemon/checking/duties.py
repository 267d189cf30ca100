"""Weaknesses of who is on duty."""

from config.types import Configuration
from daemon.checking.findings import Weak, Weaks


def stranger_on_rota(configuration: Configuration) -> Weaks:
    people = configuration.people
    for duty in configuration.procedure.duties:
        on = people.on(duty.list)
        strangers = [address for address in duty.rota if people.by_email.get(address.lower()) not in on]
        if strangers:
            problem = f'{", ".join(strangers)}: not on the list "{duty.list}"; nobody is on duty in that week'
            yield Weak(f"duty.{duty.list}.rota", problem, "put them on the list, or take them off the rota")


def empty_duty(configuration: Configuration) -> Weaks:
    for duty in configuration.procedure.duties:
        if not duty.rota and not duty.calendar:
            yield Weak(f"duty.{duty.list}", "has neither a rota nor a calendar", "give one of the two, or leave it out")


def short_rota(configuration: Configuration) -> Weaks:
    for duty in configuration.procedure.duties:
        if len(set(duty.rota)) == 1 and not duty.calendar:
            problem = "is one person, on duty in every week"
            yield Weak(f"duty.{duty.list}.rota", problem, "add somebody, or leave [[duty]] out: the list has an order")
