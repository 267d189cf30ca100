"""Weaknesses of who is on duty."""

from config.types import Configuration
from daemon.checking.findings import Weak, Weaks


def short_rota(configuration: Configuration) -> Weaks:
    for duty in configuration.procedure.duties:
        if len(set(duty.rota)) == 1 and not duty.calendar:
            problem = "is one person, on duty in every week"
            yield Weak(f"duty.{duty.list}.rota", problem, "add somebody, or leave [[duty]] out: the list has an order")
