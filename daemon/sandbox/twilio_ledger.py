"""What the simulated Twilio remembers, in the forms of its "Messages resource" and "Calls resource"."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from urllib.parse import urlencode

Json = dict[str, object]

E164 = re.compile(r"\+[1-9]\d{6,14}")
LONGEST_BODY = 1600

REASONS: Mapping[int, str] = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    21205: "Url or Twiml is required",
    21211: "Invalid 'To' Phone Number",
    21602: "Message body is required",
    21606: "The 'From' phone number is not a valid, message-capable Twilio phone number",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
}


@dataclass(slots=True)
class Record:
    """A message, or a call (whose `body` is its TwiML)."""

    sid: str
    sender: str
    recipient: str
    body: str
    direction: str
    status: str
    created: datetime
    updated: datetime
    sent: datetime | None = None
    code: int = 0
    media: int = 0
    callback: str = ""


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def refusal(form: Mapping[str, str], number: str, opted_out: set[str]) -> int:
    """The error code of a message that would not be taken; 0 for one that is."""
    body = form.get("Body", "")
    if not E164.fullmatch(form.get("To", "")):
        return 21211
    if form.get("From") != number:
        return 21606
    if not body:
        return 21602
    if len(body) > LONGEST_BODY:
        return 21617
    return 21610 if form["To"] in opted_out else 0


def message_json(record: Record, account: str) -> Json:
    return {
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": record.body,
        "date_created": _rfc2822(record.created),
        "date_sent": _rfc2822(record.sent),
        "date_updated": _rfc2822(record.updated),
        "direction": record.direction,
        "error_code": record.code or None,
        "error_message": None,
        "from": record.sender,
        "messaging_service_sid": None,
        "num_media": str(record.media),
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": record.sid,
        "status": record.status,
        "subresource_uris": {},
        "to": record.recipient,
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{record.sid}.json",
    }


def call_json(record: Record, account: str) -> Json:
    return {
        "account_sid": account,
        "date_created": _rfc2822(record.created),
        "date_updated": _rfc2822(record.updated),
        "direction": record.direction,
        "duration": None,
        "from": record.sender,
        "sid": record.sid,
        "start_time": _rfc2822(record.sent),
        "status": record.status,
        "to": record.recipient,
        "uri": f"/2010-04-01/Accounts/{account}/Calls/{record.sid}.json",
    }


def status_form(record: Record, account: str) -> dict[str, str]:
    """The parameters of a status callback."""
    form = {
        "SmsSid": record.sid,
        "SmsStatus": record.status,
        "MessageStatus": record.status,
        "To": record.recipient,
        "MessageSid": record.sid,
        "AccountSid": account,
        "From": record.sender,
        "ApiVersion": "2010-04-01",
    }
    return form | {"ErrorCode": str(record.code)} if record.code else form


def call_form(record: Record, account: str) -> dict[str, str]:
    """The parameters of a call's status callback, and of what else is asked during a call."""
    return {
        "CallSid": record.sid,
        "CallStatus": record.status,
        "To": record.recipient,
        "From": record.sender,
        "Direction": record.direction,
        "AccountSid": account,
        "ApiVersion": "2010-04-01",
    }


def inbound_form(record: Record, account: str) -> dict[str, str]:
    """The parameters of the webhook for a text that came in."""
    return {
        "ToCountry": "",
        "SmsMessageSid": record.sid,
        "NumMedia": str(record.media),
        "SmsSid": record.sid,
        "SmsStatus": "received",
        "Body": record.body,
        "To": record.recipient,
        "NumSegments": "1",
        "MessageSid": record.sid,
        "AccountSid": account,
        "From": record.sender,
        "ApiVersion": "2010-04-01",
    }


def page(records: Sequence[Record], query: Mapping[str, str], path: str) -> tuple[Sequence[Record], str | None]:
    """One page of `records` (oldest first), newest first, and the URI of the next one.

    Filters: To, From, DateSent, DateSent>, DateSent< (whole days, inclusive).
    """
    wanted = [record for record in reversed(records) if _matches(record, query)]
    last = query.get("PageToken", "").removeprefix("PA")
    start = next((place for place, record in enumerate(wanted, 1) if record.sid == last), 0)
    size = min(max(int(query.get("PageSize", "50")), 1), 1000)
    found = wanted[start : start + size]
    if len(wanted) <= start + size:
        return found, None
    number = int(query.get("Page", "0")) + 1
    following = dict(query) | {"PageSize": str(size), "Page": str(number), "PageToken": "PA" + found[-1].sid}
    return found, f"{path}?{urlencode(following)}"


def _matches(record: Record, query: Mapping[str, str]) -> bool:
    day = (record.sent or record.created).astimezone(UTC).date()
    return (
        query.get("To", record.recipient) == record.recipient
        and query.get("From", record.sender) == record.sender
        and _day(query.get("DateSent"), day) == day
        and _day(query.get("DateSent>"), day) <= day
        and _day(query.get("DateSent<"), day) >= day
    )


def _day(text: str | None, otherwise: date) -> date:
    return date.fromisoformat(text[:10]) if text else otherwise


def _rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at.astimezone(UTC)) if at else None
