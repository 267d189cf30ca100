"""Answers to an invitation as calendar programs really write them."""

from base64 import b64encode

OUTLOOK = """\
From: Tom Baker <tom.baker@acme.example>
To: Acme <incidents@acme.example>
Subject: {subject}
Message-ID: <AM0PR04MB@eurprd04.prod.outlook.com>
In-Reply-To: <mi7-12-abc@acme.example>
Content-Language: en-US
X-MS-Has-Attach:
Content-Type: multipart/alternative; boundary="_000_"
MIME-Version: 1.0

--_000_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable



--_000_
Content-Type: text/calendar; charset="utf-8"; method={method}
Content-Transfer-Encoding: base64

{calendar}
--_000_--
"""

OUTLOOK_REPLY = """\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN=Tom Baker:mailto:tom.baker@acme.example
COMMENT;LANGUAGE=en-US:I may be\\, say\\, five minutes late.\\n
UID:review.mi-7@acme.example
SUMMARY;LANGUAGE=en-US:Accepted: MI-7: review of Web shop
DTSTART;TZID=Romance Standard Time:20261126T150000
DTEND;TZID=Romance Standard Time:20261126T160000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261124T091500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=en-US:https://meet.acme.example/major
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""

OUTLOOK_COUNTER = (
    OUTLOOK_REPLY.replace("METHOD:REPLY", "METHOD:COUNTER")
    .replace("PARTSTAT=ACCEPTED", "PARTSTAT=TENTATIVE")
    .replace("20261126T150000", "20261127T100000")
    .replace("20261126T160000", "20261127T110000")
)

GOOGLE = """\
MIME-Version: 1.0
Reply-To: Tom Baker <tom.baker@acme.example>
Sender: Google Calendar <calendar-notification@google.com>
Message-ID: <calendar-6f1c@google.com>
Subject: {subject}
From: Tom Baker <tom.baker@acme.example>
To: incidents@acme.example
Content-Type: multipart/mixed; boundary="0000000000007d"

--0000000000007d
Content-Type: multipart/alternative; boundary="0000000000007e"

--0000000000007e
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

VG9tIEJha2VyIGhhcyBkZWNsaW5lZCB0aGlzIGludml0YXRpb24uDQo=

--0000000000007e
Content-Type: text/calendar; charset="UTF-8"; method={method}
Content-Transfer-Encoding: 7bit

{calendar}
--0000000000007e--

--0000000000007d
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: 7bit

{calendar}
--0000000000007d--
"""

GOOGLE_REPLY = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261126T140000Z
DTEND:20261126T150000Z
DTSTAMP:20261124T091500Z
ORGANIZER;CN=Acme Retail:mailto:incidents@acme.example
UID:review.mi-7@acme.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Tom Ba
 ker;X-NUM-GUESTS=0:mailto:Tom.Baker@acme.example
CREATED:20261123T210000Z
DESCRIPTION:
LAST-MODIFIED:20261124T091500Z
LOCATION:https://meet.acme.example/major
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:MI-7: review of Web shop
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""

GOOGLE_COUNTER = (
    GOOGLE_REPLY.replace("METHOD:REPLY", "METHOD:COUNTER")
    .replace("PARTSTAT=DECLINED", "PARTSTAT=TENTATIVE")
    .replace("20261126T140000Z", "20261127T090000Z")
    .replace("DESCRIPTION:\n", "DESCRIPTION:\nCOMMENT:On Friday I am back\n")
)

APPLE = """\
From: Tom Baker <tom.baker@acme.example>
Content-Type: multipart/alternative;
 boundary="Apple-Mail=_5F0B"
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Subject: {subject}
Message-Id: <9B1F@acme.example>
To: incidents@acme.example
X-Mailer: iCal 15.0

--Apple-Mail=_5F0B
Content-Transfer-Encoding: 7bit
Content-Type: text/plain;
\tcharset=us-ascii

Tom Baker accepted the invitation to the event: MI-7
--Apple-Mail=_5F0B
Content-Disposition: inline;
\tfilename=iCal-20261124-101500.ics
Content-Type: text/calendar;
\tmethod={method};
\tname=iCal-20261124-101500.ics
Content-Transfer-Encoding: quoted-printable

{calendar}
--Apple-Mail=_5F0B--
"""

APPLE_REPLY = """\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
VERSION:2.0
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.0//EN
BEGIN:VEVENT
CREATED:20261124T091500Z
UID:review.mi-7@acme.example
DTEND;TZID=3DEurope/Brussels:20261126T160000
SUMMARY:MI-7: review
LAST-MODIFIED:20261124T091500Z
DTSTAMP:20261124T091500Z
DTSTART;TZID=3DEurope/Brussels:20261126T150000
SEQUENCE:1
ORGANIZER:mailto:incidents@acme.example
ATTENDEE;CN=3D"Baker, Tom";CUTYPE=3DINDIVIDUAL;EMAIL=3Dtom.baker@acme.example=
;PARTSTAT=3DACCEPTED;ROLE=3DREQ-PARTICIPANT:mailto:tom.baker@acme.example
END:VEVENT
END:VCALENDAR
"""

THUNDERBIRD = """\
From: Tom Baker <tom.baker@acme.example>
To: incidents@acme.example
Subject: {subject}
Message-ID: <7b2d@acme.example>
MIME-version: 1.0
Content-type: multipart/mixed;
 boundary="Boundary_(ID_qyG4Z)"

--Boundary_(ID_qyG4Z)
Content-type: multipart/alternative;
 boundary="Boundary_(ID_p1a2)"

--Boundary_(ID_p1a2)
Content-type: text/plain; charset=UTF-8
Content-transfer-encoding: base64

VG9tIEJha2VyIGhhcyBhY2NlcHRlZCB5b3VyIGV2ZW50IGludml0YXRpb24u
--Boundary_(ID_p1a2)
Content-type: text/calendar; method={method}; charset=UTF-8
Content-transfer-encoding: 8bit

{calendar}
--Boundary_(ID_p1a2)--
--Boundary_(ID_qyG4Z)
Content-type: application/ics; name=invite.ics
Content-disposition: attachment; filename=invite.ics

{calendar}
--Boundary_(ID_qyG4Z)--
"""

THUNDERBIRD_REPLY = """\
BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:20261124T091500Z
LAST-MODIFIED:20261124T091500Z
DTSTAMP:20261124T091500Z
UID:review.mi-7@acme.example
SUMMARY:MI-7: évaluation
ORGANIZER:mailto:incidents@acme.example
ATTENDEE;RSVP=TRUE;CN=Zoë Müller;PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT:
 mailto:tom.baker@acme.example
DTSTART:20261126T140000Z
DTEND:20261126T150000Z
SEQUENCE:3
END:VEVENT
END:VCALENDAR
"""


def mail(form: str, calendar: str, *, coded: bool = False) -> bytes:
    """A mail of that program, with this calendar in it; `coded` in base64."""
    method = "COUNTER" if "METHOD:COUNTER" in calendar else "REPLY"
    body = calendar.replace("\n", "\r\n")
    body = b64encode(body.encode()).decode() if coded else body
    whole = form.format(subject="Accepted: MI-7", method=method, calendar=body)
    return whole.replace("\r\n", "\n").replace("\n", "\r\n").encode()
