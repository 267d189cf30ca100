"""Twilio's words for how it went, as ours: error codes -> Failure, status -> Result.

Source: Twilio's "Error and Warning Dictionary", "Messages resource" and "Calls resource".
The grouping by what helps is ours.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from channels.types import Failure, Result, Retry

CODES: Mapping[int, tuple[Retry, str]] = {
    20429: (Retry.SAME, "too many requests"),
    30001: (Retry.SAME, "queue overflow"),
    30003: (Retry.SAME, "handset unreachable"),
    30008: (Retry.SAME, "unknown error at the carrier"),
    30009: (Retry.SAME, "a segment was lost"),
    30022: (Retry.SAME, "over the carrier's rate"),
    30410: (Retry.SAME, "the carrier timed out"),
    10004: (Retry.SAME, "too many calls at once"),
    30004: (Retry.NEXT, "blocked by the recipient or carrier"),
    30005: (Retry.NEXT, "unknown handset"),
    30007: (Retry.NEXT, "filtered as spam by the carrier"),
    30010: (Retry.NEXT, "over the price limit"),
    21408: (Retry.NEXT, "sending to this country is not enabled"),
    21602: (Retry.NEXT, "the text was empty"),
    21610: (Retry.NEXT, "the recipient has opted out with STOP"),
    21612: (Retry.NEXT, "no route from our number to this one"),
    21617: (Retry.NEXT, "the text was too long"),
    21214: (Retry.NEXT, "this number cannot be called"),
    21215: (Retry.NEXT, "calling this country is not enabled"),
    21216: (Retry.NEXT, "calls to this number are blocked"),
    30006: (Retry.NEVER, "a landline, or no texts there"),
    13224: (Retry.NEVER, "not a valid phone number"),
    21211: (Retry.NEVER, "not a valid phone number"),
    21217: (Retry.NEVER, "not a valid phone number"),
    21614: (Retry.NEVER, "not a mobile number"),
    21635: (Retry.NEVER, "a landline"),
    11200: (Retry.DOWN, "our webhook failed"),
    14107: (Retry.DOWN, "stopped as a reply loop"),
    20003: (Retry.DOWN, "authentication failed"),
    20005: (Retry.DOWN, "the account is not active"),
    20006: (Retry.DOWN, "access denied"),
    20008: (Retry.DOWN, "test credentials"),
    20404: (Retry.DOWN, "no such account or resource"),
    21210: (Retry.DOWN, "our number is not verified"),
    21219: (Retry.DOWN, "trial account: number not verified"),
    21603: (Retry.DOWN, "our number is missing"),
    21606: (Retry.DOWN, "our number cannot send texts"),
    21608: (Retry.DOWN, "trial account: number not verified"),
    21609: (Retry.DOWN, "the callback URL is not valid"),
    21611: (Retry.DOWN, "our number's queue is full"),
    30002: (Retry.DOWN, "the account is suspended"),
    30023: (Retry.DOWN, "over the carrier's daily limit"),
    30032: (Retry.DOWN, "our toll-free number is not verified"),
    30034: (Retry.DOWN, "our number is not registered for 10DLC"),
}

HTTP_STATUS: Mapping[int, tuple[Retry, str]] = {
    401: (Retry.DOWN, "authentication failed"),
    403: (Retry.DOWN, "access denied"),
    404: (Retry.DOWN, "no such account or resource"),
    408: (Retry.SAME, "the request timed out"),
    429: (Retry.SAME, "too many requests"),
}
"""For answers whose code is not in CODES. Other statuses by class: 3xx DOWN, 4xx NEXT, 5xx SAME."""

NO_WORD_FROM_BEHIND = frozenset({502, 504})
"""A gateway answered: the request may have been carried out (RFC 9110 sections 15.6.3 and 15.6.5)."""

STATUS: Mapping[str, Result] = {
    "accepted": Result.SENT,
    "scheduled": Result.SENT,
    "queued": Result.SENT,
    "sending": Result.SENT,
    "sent": Result.SENT,
    "delivered": Result.DELIVERED,
    "read": Result.DELIVERED,
    "undelivered": Result.FAILED,
    "failed": Result.FAILED,
    "canceled": Result.FAILED,
}

CALLS: Mapping[str, Failure | None] = {
    "queued": None,
    "initiated": None,
    "ringing": None,
    "in-progress": None,
    "completed": None,
    "busy": Failure("busy", "the line was busy", Retry.NEXT),
    "no-answer": Failure("no-answer", "nobody answered", Retry.NEXT),
    "failed": Failure("failed", "the call could not be made", Retry.NEXT),
    "canceled": Failure("canceled", "the call was canceled", Retry.NEXT),
}
"""A call that was picked up is sent, not delivered: it may have been a voicemail."""

LONGEST_WAIT = timedelta(hours=1)


def failure_of(code: int) -> Failure:
    """The failure of a message that Twilio took and could not deliver; `code` 0 where none was given."""
    retry, reason = CODES.get(code, (Retry.NEXT, "not delivered"))
    return Failure(str(code) if code else "undelivered", reason, retry)


def failure_of_answer(status: int, body: str, retry_after: str, now: datetime) -> Failure:
    """The failure of a request answered with an HTTP status of 300 or more."""
    code = _code_in(body)
    if code in CODES:
        retry, reason = CODES[code]
    elif status in HTTP_STATUS:
        retry, reason = HTTP_STATUS[status]
    elif status >= 500:
        retry, reason = Retry.SAME, "Twilio has a fault"
    elif status >= 400:
        retry, reason = Retry.NEXT, "Twilio refused it"
    else:
        retry, reason = Retry.DOWN, "an unexpected answer: is api_base right?"
    return Failure(str(code or status), reason, retry, _wait(retry_after, now) if retry is Retry.SAME else None)


def result_of(status: str, code: int) -> tuple[Result, Failure | None]:
    """How a message with this Twilio status stands; an unknown status is taken as sent."""
    result = STATUS.get(status, Result.SENT)
    return result, failure_of(code) if result is Result.FAILED else None


def result_of_call(status: str) -> tuple[Result, Failure | None]:
    """How a call with this Twilio status stands; an unknown status is taken as sent."""
    failure = CALLS.get(status)
    return Result.FAILED if failure else Result.SENT, failure


def _code_in(body: str) -> int:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    code = answer.get("code") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else 0


def _wait(header: str, now: datetime) -> timedelta | None:
    """Retry-After (RFC 9110 section 10.2.3): seconds or a date; None where absent or nonsense."""
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:6])), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - now, timedelta(0)), LONGEST_WAIT)
