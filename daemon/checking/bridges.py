"""Weaknesses of the communication bridges."""

from urllib.parse import urlsplit

from config.types import Configuration
from daemon.checking.findings import Weak, Weaks


def no_bridge(configuration: Configuration) -> Weaks:
    if not configuration.procedure.bridges:
        yield Weak("bridge", "none is written: the team has nowhere to meet", "write at least two [[bridge]] tables")


def one_bridge(configuration: Configuration) -> Weaks:
    if len(configuration.procedure.bridges) == 1:
        yield Weak("bridge", "there is only one: BRIDGE NEXT has nowhere to go", "write a second [[bridge]]")


def bridge_without_dial_in(configuration: Configuration) -> Weaks:
    for bridge in configuration.procedure.bridges:
        if not bridge.phone:
            problem = "is missing: nobody joins without internet, or from a car"
            yield Weak(f"bridge.{bridge.name}.phone", problem, "give the number to dial in")


def bridges_fail_together(configuration: Configuration) -> Weaks:
    bridges = configuration.procedure.bridges
    if len(bridges) < 2:
        return
    shared = set.intersection(*({name.casefold() for name in bridge.depends_on} for bridge in bridges))
    hosts = {urlsplit(bridge.url).hostname for bridge in bridges}
    if shared:
        problem = f"all of them depend on {', '.join(sorted(shared))}"
        yield Weak("bridge.depends_on", problem, "add one that does not, as a dial-in of the telephone company")
    elif len(hosts) == 1 and None not in hosts:
        yield Weak("bridge.url", f"all of them are at {hosts.pop()}", "add one somewhere else")
