"""What a confidential notice leaves out."""

from dataclasses import replace
from typing import Any

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from parsers.types import Verb

LONG = frozenset({"summary", "details", "impact", "proposed_impact", "words", "management", "reason"})
"""The fields of a content that people, or the configuration, may fill with many words."""

_SILENT: dict[str, Any] = dict.fromkeys((*sorted(LONG), "title", "discipline"), "")

_OF_PEOPLE = frozenset({Verb.DEPUTY, Verb.HANDOVER})
"""After these verbs names are people's; after others they tell what is affected."""

_NAMING = frozenset({Kind.NO_SUCH_NAME, Kind.DECISION_SERVICE, Kind.DONE_SERVICE})

LACKING = frozenset({Kind.NO_ACTION, Kind.DONE_ACTION})
"""Whose `people` are lines that somebody wrote, and whose `reason` is a code."""


def discreet(notice: Notice) -> Notice:
    """A confidential notice without its content: the number and what to do, nothing more."""
    if not notice.confidential:
        return notice
    content = replace(notice.content, **_SILENT)
    content = replace(
        content,
        crews=tuple(replace(crew, discipline="") for crew in content.crews),
        actions=tuple(replace(action, what="") for action in content.actions),
    )
    if notice.kind in LACKING:
        content = replace(content, people=(), reason=notice.content.reason)
    if notice.kind in _NAMING and content.verb not in _OF_PEOPLE:
        content = replace(content, name="", people=())
    return replace(notice, subject="", content=content)
