"""How the report calls notices and numbers."""

from collections.abc import Mapping

from daemon.core.kinds import Kind

NOTICES: Mapping[Kind, str] = {
    Kind.INITIAL: "first notice",
    Kind.HOLDING: "holding update",
    Kind.ALL_CLEAR: "all-clear",
    Kind.REOPENED: "notice that it is back",
    Kind.CANCELED: "notice that it was none",
    Kind.DECISION_REQUEST: "request to decide",
    Kind.DECISION_ACCEPTED: "word that it was accepted",
    Kind.DECISION_UNMANAGED: "word that nobody is in charge",
    Kind.DECISION_REJECTED: "word that it was rejected",
    Kind.DECISION_WITHDRAWN: "word that it was withdrawn",
    Kind.DECISION_DOWNGRADED: "word that it was downgraded",
    Kind.DECISION_RESOLVED: "word that it was resolved",
    Kind.DECISION_REOPENED: "word that it was reopened",
    Kind.DECISION_TAKEN: "word of who took charge",
    Kind.DECISION_SERVICE: "word of its services",
    Kind.DECISION_CONFIDENTIAL: "word that it is confidential",
    Kind.DECISION_SAME: "word that it is the same",
    Kind.DECISION_NEW: "word that it is another one",
    Kind.DECISION_BUNDLE: "request to decide about several",
    Kind.SAME_REQUEST: "question whether it is the same",
    Kind.DECISION_HANDED_OVER: "word of who took over",
    Kind.ROSTER: "list of the team",
    Kind.TEAM_EXHAUSTED: "word that nobody is left to call",
    Kind.REMINDER: "reminder of an update",
    Kind.MISSED: "word that an update was missed",
    Kind.REPLY: "reply passed on",
    Kind.UNREACHED: "word of who was not reached",
    Kind.REVIEW_INVITED: "invitation to the review",
    Kind.REVIEW_MOVED: "new time of the review",
    Kind.REVIEW_OFF: "word that the review is off",
    Kind.REVIEW_QUESTIONS: "questions of the review",
    Kind.REVIEW_REMINDER: "reminder of the review",
    Kind.REVIEW_DUE: "word that the review is due",
    Kind.REVIEW_OVERDUE: "word that the review is overdue",
    Kind.REVIEW_CLOSED: "word that the review is closed",
    Kind.ACTION_AGREED: "word of an action",
    Kind.ACTION_REMINDER: "reminder of actions",
    Kind.ACTION_DONE: "word that an action is done",
    Kind.PROPOSAL_RECEIVED: "receipt of the proposal",
    Kind.PROPOSAL_WAITING: "word that nobody has decided yet",
    Kind.PROPOSER_ACCEPTED: "answer to the proposal: accepted",
    Kind.PROPOSER_REJECTED: "answer to the proposal: rejected",
    Kind.PROPOSER_OVER: "answer to the proposal: it is over",
    Kind.PROPOSER_SAME: "answer to the proposal: the same as another",
    Kind.PROPOSER_NEW: "answer to the proposal: another one",
    Kind.PAGE_OVER: "word that nobody more is needed",
    Kind.DONE_ANSWER: "thanks for an answer",
    Kind.REJECT_AFTER_ACCEPT: "answer to REJECT, too late",
    Kind.NEXT_WORD: "answer with when the next word comes",
}

ANSWER = "done-"


def named(kind: Kind) -> str:
    if kind in NOTICES:
        return NOTICES[kind]
    if kind.startswith(ANSWER):
        return f"answer to {kind.removeprefix(ANSWER).upper()}"
    return kind.replace("-", " ")


def many(number: int) -> str:
    """With its thousands apart."""
    return f"{number:,}"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
