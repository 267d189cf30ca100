"""The flow diagram of docs/concepts.md: an incident of the example organization is played through in the core, which
says whom it tells what. `python -m tests.procedure.flow` writes it to standard output (Mermaid)."""

import sys
from collections.abc import Iterator
from datetime import timedelta

from config.types import MANAGERS
from daemon.core.kinds import Kind
from daemon.core.model import Status
from daemon.core.notices import Notice
from daemon.document import words
from daemon.procedure.verbs import BY_TEXT
from parsers.types import Verb
from tests.core.vocabulary import Came, Office

PROPOSER, LEADERS, MURPHY, TEAM, AUDIENCES = COLUMNS = ("proposer", "managers", "Murphy", "team", "audiences")

PROPOSES, MANAGES = "Lotte", "An"

Step = tuple[str, str] | timedelta
"""Who writes what; or nobody writes for so long."""

STORY: tuple[Step, ...] = (
    (PROPOSES, "PROPOSE Web shop is down"),
    (MANAGES, "ACCEPT"),
    ("Tom", "JOIN"),
    (MANAGES, "UPDATE Half of it is back"),
    timedelta(minutes=30),
    (MANAGES, "RESOLVE It works again"),
    timedelta(days=3),
    (MANAGES, "REVIEWED"),
)

ANSWER = "done-"
"""How the kinds begin by which a verb is answered. The diagram leaves them out: each verb has one."""


def flow() -> Iterator[str]:
    """The diagram, line by line."""
    office, status = Office(), None
    yield "sequenceDiagram\n"
    yield from (f"    participant {name}\n" for name in COLUMNS)
    for step in STORY:
        if isinstance(step, timedelta):
            yield f"    Note over {MURPHY}: {words.lasting(step)} pass\n"
            came = office.passes(step)
        else:
            who, said = step
            came = office.says(who, said)
            verb = Verb(said.split()[0])
            by_mail = ", or a mail" if verb in BY_TEXT else ""
            yield f"    {_column(office, office.who(who))} ->> {MURPHY}: {verb}{by_mail}\n"
        yield from _told(office, came)
        if office.incident.status is not status:
            status = office.incident.status
            yield f"    Note over {COLUMNS[0]},{COLUMNS[-1]}: {status}\n"
    assert status is Status.REVIEWED, status


def _told(office: Office, came: Came) -> Iterator[str]:
    """An arrow for each column, with all that it is told."""
    told: dict[str, dict[Kind, None]] = {}
    for notice in came.notices:
        if not notice.kind.startswith(ANSWER):
            for column in _columns(office, notice):
                told.setdefault(column, {})[notice.kind] = None
    for column in COLUMNS:
        if kinds := told.get(column):
            yield f"    {MURPHY} -->> {column}: {', '.join(kind.value.replace('-', ' ') for kind in kinds)}\n"


def _columns(office: Office, notice: Notice) -> set[str]:
    return {AUDIENCES} if notice.audience else {_column(office, who) for who in notice.recipients}


def _column(office: Office, who: str) -> str:
    if who == office.who(PROPOSES):
        return PROPOSER
    return LEADERS if who in office.configuration.people.on(MANAGERS) else TEAM


if __name__ == "__main__":
    sys.stdout.write("".join(flow()))
