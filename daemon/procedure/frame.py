"""What all sections are written from: the configuration, the renderer, and the procedure as rehearsed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from config.types import Configuration, Contact, Service
from daemon.procedure.rehearsal import Moment, Rehearsal
from daemon.render.renderer import Renderer


def no_token(*_: object) -> str:
    """Examples are answered by nobody."""
    return "example"


@dataclass(frozen=True)
class Frame:
    configuration: Configuration
    renderer: Renderer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "renderer", Renderer(self.configuration, no_token))

    @property
    def named(self) -> tuple[Service, ...]:
        """The services that can be named in a proposal."""
        return tuple(service for service in self.configuration.procedure.services if service.name != "*")

    def contacts(self, name: str) -> tuple[Contact, ...]:
        """Those on a list, in calling order as the file has it."""
        people = self.configuration.people
        return tuple(people.contacts[who] for who in people.on(name))

    def name(self, who: str) -> str:
        contact = self.configuration.people.contacts.get(who)
        return contact.name if contact else "the proposer"

    @cached_property
    def undecided(self) -> Rehearsal:
        """Nobody answers, until the last rung has repeated twice."""
        rehearsal = Rehearsal(self.configuration)
        rungs = self.configuration.procedure.decide
        last = rungs[-1].after + 2 * (rungs[-1].repeat or timedelta(0)) if rungs else timedelta(0)
        rehearsal.passes(max(last, timedelta(minutes=11), self.configuration.procedure.propose.decide_by))
        return rehearsal

    @cached_property
    def silent(self) -> Mapping[str, tuple[Moment, ...]]:
        """What goes out in each of the `silences`."""
        return {name: tuple(rehearsal.moments) for name, rehearsal in self.silences.items()}

    @cached_property
    def silences(self) -> Mapping[str, Rehearsal]:
        """By service ("*" for none named): accepted at minute 0; then nobody joins, and nobody writes an update."""
        services = ("*", *(service.name for service in self.named))
        return {name: self._silence(name) for name in services}

    def _silence(self, service: str) -> Rehearsal:
        rehearsal = Rehearsal(self.configuration, () if service == "*" else (service,))
        rehearsal.accept()
        procedure, people = self.configuration.procedure, self.configuration.people
        every = [audience.every for audience in procedure.audiences]
        calling = [d.answer_within * (len(people.on(d.list)) + 1) for d in procedure.disciplines]
        rehearsal.passes(max(2 * min(every, default=timedelta(minutes=30)), *calling, timedelta(0)))
        return rehearsal
