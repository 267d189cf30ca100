"""Words whose end is in doubt: the sender sees what each audience would get, and confirms by the verb alone."""

from collections.abc import Iterator
from dataclasses import replace

from daemon.core.case import Case
from daemon.core.facts import Draft, Fact
from daemon.core.kinds import Kind
from parsers.types import Verb


def shown_to(case: Case) -> Draft | None:
    """The words that the sender was shown, unless the incident has changed hands or status since."""
    shown = case.state.drafts.get((case.incident.id, case.who))
    return shown if shown and shown.at >= case.incident.since else None


def in_doubt(case: Case) -> bool:
    """Whether nobody can be sure which words may go out. Of a confidential incident none do."""
    command = case.said.command
    return not command.words_sure and bool(command.words or command.management) and not case.incident.confidential


def draft(case: Case, verb: Verb) -> Iterator[Fact]:
    command = case.said.command
    waiting = Draft(case.incident.id, case.who, verb, command.words, command.management, case.now)
    yield waiting
    shown = replace(case.content(), words=waiting.words, management=waiting.management, verb=verb, forms=(verb,))
    yield case.answer(Kind.CONFIRM_WORDS, shown)
