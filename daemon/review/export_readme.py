"""What the folder of an export says of itself: what is in it, what is kept and what is written anew, what it proves."""

from collections import Counter
from collections.abc import Collection
from zoneinfo import ZoneInfo

from daemon.history import History
from daemon.review.received import Received
from daemon.review.timeline_files import local

_TEXT = """\
{title}
{marks}
Times are UTC (…Z), and local beside it ({zone}). What is listed here is as of the incident's last event,
{last}.

incident.json       how it stands, and who its people are
timeline.json       everything that happened, in order, with all that is on record of it
timeline.csv        the same for reading; text that a spreadsheet would take for a formula begins with '
notices.json        everything that was said, to whom, and what it was to say
deliveries.csv      each notice and person: the outcome, the channel, the seconds, every attempt known of, the files
{reports}received/           what came in, byte for byte as it was kept ({kept} of {came})
received/index.csv  who sent each, when it came in, its SHA-256, and why one is not here
{sent}
SHA256SUMS          the checksum of every other file

To check that nothing in this folder was changed since it was written:

    sha256sum -c SHA256SUMS

and compare the sum of the ZIP file itself with the one that was printed when it was written, and noted elsewhere.

What that proves: that the files are those of the export. And each message that came in is known to the record by its
SHA-256 (received/index.csv, and timeline.csv where it was a proposal or an answer): a file in received/ that has this
sum is the very message that the record speaks of, and not one changed since it came in.
What it does not prove: that the record was not changed before. It is a file on the machine that runs Murphy, checked
against damage and not signed, and whoever may write there could have changed it. An export made soon after the incident
and kept elsewhere shows what was: two exports are equal, byte for byte, as long as nothing has been added or changed.

What is kept and what is not.
- Messages that came in are kept as they came, for the time that [state] keep_raw says; the index lists those removed.
  Of mail above 5 MB the beginning is kept. Automatic answers and delivery reports are not kept: what they came to is in
  deliveries.csv.
{anew}
"""

_SENT = """\
sent/               every message that went out, in a folder for each notice: mails as .eml, texts and calls as .txt
"""

_ANEW = """\
- Messages that went out are not kept. Those in sent/ are written anew, from what the record says of each notice, with
  the configuration of the day of the export. A mail is the same, byte for byte, as the one that was handed to the mail
  relay, if since then nobody has changed the templates, the organization's name and addresses, and this person's line
  in contacts.csv; what relays on the way added is not in it. A text or call is here in its words. The word "again",
  where it was not known whether a try before had come out, is not in it. Where a person has several addresses and the
  record does not say which was used, it is the first.
- The mails hold the reply tokens by which Murphy knows who answers. They count for 30 days, from the person's own
  address only. Keep this folder as confidential as the mails themselves."""

_NOT_ANEW = """\
- Messages that went out are not kept, and could not be written anew for this export: {why}."""

_REPORTS = """\
report.html         the report of the review, as of that event, too
report.md           the same as Markdown; its pictures are report-….svg
"""


def readme(
    found: History, came: tuple[Received, ...], zone: ZoneInfo, unrendered: str, reports: Collection[str]
) -> str:
    incident = found.incident
    kept = Counter(bool(one.path) for one in came)
    marks = ["CONFIDENTIAL: only for those who may know of this incident.\n"] if incident.confidential else []
    marks += ["An exercise: nothing of this was real.\n"] if incident.drill else []
    title = f"{incident.id} ({incident.status})"
    return _TEXT.format(
        title=f"{title}\n{'=' * len(title)}",
        marks="".join(f"\n{mark}" for mark in marks),
        zone=zone.key,
        last=local(max(event.at for event in found.events), zone),
        kept=kept[True],
        came=len(came),
        reports=_REPORTS if reports else "",
        sent=_SENT.rstrip("\n") if not unrendered else "",
        anew=_NOT_ANEW.format(why=unrendered) if unrendered else _ANEW,
    ).replace("\n\nSHA256SUMS", "\nSHA256SUMS")
