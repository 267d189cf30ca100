"""What one notice says to one contact on one channel."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from channels.types import Call, Mail, Message, Post, Text
from config.types import Configuration, Contact, Inway, OnSilence
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.verbs import WITH_CODE
from daemon.render.catalog import FALLBACK, load
from daemon.render.invitation import invitation, invites
from daemon.render.layout import html
from daemon.render.mail import Attached, Said, Sender, personal_part, said, shared_part
from daemon.render.plain import line
from daemon.render.times import locale_of, zone_of
from daemon.render.wording import Wording, Words
from parsers.types import Verb

IssueToken = Callable[[Notice, str], str]
"""The reply token of a notice and a contact id; the same each time it is asked."""

IssueCode = Callable[[str, str], str]
"""The short code of a contact id and an incident, which texts show where the organization asks for it."""

IssueLink = Callable[[Notice], str]
"""The address that opens the board for whom this notice goes to."""

Attach = Callable[[Notice], Sequence[Attached]]
"""The files that go with the mail of a notice."""

_KEPT = 256
_ANY_TIME = datetime.min.replace(tzinfo=UTC)
_KEYS = (("1", Verb.ACCEPT), ("2", Verb.REJECT), ("1", Verb.JOIN), ("2", Verb.DECLINE))
"""What a key pressed in a call stands for; a notice offers one pair or the other."""


@dataclass(frozen=True, slots=True)
class _Kept:
    notice: Notice
    made: bytes | str


class Renderer:
    """Renders for one configuration. Everything but the personal headers is made once for a language and zone."""

    def __init__(
        self,
        configuration: Configuration,
        issue_token: IssueToken,
        issue_code: IssueCode | None = None,
        issue_link: IssueLink | None = None,
    ) -> None:
        self._issue_token = issue_token
        self._issue_link = issue_link
        self.attach: Attach = _nothing
        self._issue_code = issue_code
        self._organization = configuration.settings.organization
        self._holding = configuration.procedure.update.on_silence is OnSilence.HOLDING
        self._catalogs = load(configuration.templates)
        mailboxes, relays = configuration.settings.mailboxes, configuration.settings.relays
        self._sender = Sender.of(
            relays[0].sender if relays else "",
            mailboxes[0].address if mailboxes else "",
            mailboxes[0].subaddress if mailboxes else "",
        )
        twilio, gsm = configuration.settings.twilio, configuration.settings.gsm
        self._keys_heard = twilio is not None and bool(twilio.public_url) and Inway.WEBHOOK in twilio.inbound
        ways_in = [twilio.number] if twilio and twilio.inbound else [gsm.number] if gsm else []
        self._number = " ".join(next(iter(ways_in), ""))
        self._wordings: dict[tuple[str, str], Wording] = {}
        self._kept: OrderedDict[tuple[int, str, str, str], _Kept] = OrderedDict()
        self._heard: OrderedDict[tuple[str, str, date, Notice], Said] = OrderedDict()

    def render(self, notice: Notice, contact: Contact, channel: str, address: str) -> Message:
        """The message for `address` on `channel`: Mail for email, Call for voice, Text for texts, else Post."""
        if notice.kind is Kind.BOARD_LINK and self._issue_link:
            notice = replace(notice, content=replace(notice.content, link=self._issue_link(notice)))
        match channel:
            case "email":
                token = self._issue_token(notice, contact.id)
                shared = self._once(notice, contact, "email", self._mail)
                assert isinstance(shared, bytes)
                return Mail(
                    sender=self._sender.address,
                    recipient=address,
                    head=personal_part(self._sender, token, contact.name, address),
                    message_id=f"<{token}@{self._sender.domain}>",
                    envid=token,
                    body=shared,
                )
            case "sms" | "gsm":
                if self._issue_code and notice.incident and WITH_CODE.intersection(notice.content.forms):
                    code = self._issue_code(contact.id, notice.incident)
                    return Text(address, self._wording(contact).text(notice, code))
                return Text(address, str(self._once(notice, contact, "sms", Wording.text)))
            case "voice":
                speech = str(self._once(notice, contact, "voice", Wording.speech))
                keys, room = self._call_keys(notice), conference(notice)
                return Call(address, self.language(contact), speech, () if room else keys, room)
            case _:
                title, _, body = str(self._once(notice, contact, "other", _chat)).partition("\n\n")
                email, phone = next(iter(contact.emails), ""), next(iter(contact.phones), "")
                return Post(contact.id, title, body, contact.name, email, phone, contact.language)

    def plain(self, notice: Notice, contact: Contact) -> str:
        """The plain text of a mail, as its recipient may quote it."""
        wording = self._wording(contact)
        words = wording.mail(notice)
        return words.whole(words.mark, wording.organization, notice.incident)

    def words(self, notice: Notice, contact: Contact) -> Words:
        """The subject and the plain text of a mail, for documents and previews."""
        return self._wording(contact).mail(notice)

    def _call_keys(self, notice: Notice) -> tuple[tuple[str, str], ...]:
        if not self._keys_heard:
            return ()
        offered = [(key, f"{verb} {notice.incident}") for key, verb in _KEYS if verb in notice.content.forms]
        return tuple(offered[:2])

    def _once(
        self, notice: Notice, contact: Contact, form: str, make: Callable[[Wording, Notice], bytes | str]
    ) -> bytes | str:
        wording = self._wording(contact)
        key = (notice.id, form, wording.catalog.language, wording.zone.key)
        kept = self._kept.get(key)
        if kept is None or not (kept.notice is notice or kept.notice == notice):
            kept = self._kept[key] = _Kept(notice, make(wording, notice))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept.made

    def _mail(self, wording: Wording, notice: Notice) -> bytes:
        return shared_part(
            self._said(wording, notice),
            at=notice.at,
            incident=notice.incident,
            kind=notice.kind.value,
            domain=self._sender.domain,
            answers=notice.answers,
        )

    def _said(self, wording: Wording, notice: Notice) -> Said:
        """Answers that say the same to many are put into words once: only the day that it is said on is in them."""
        files = self.attach(notice)
        if files or invites(notice):
            return self._say(wording, notice, files)
        said_on = notice.at.astimezone(wording.zone).date()
        same = replace(notice, id=0, at=_ANY_TIME, recipients=(), answers="")
        key = (wording.catalog.language, wording.zone.key, said_on, same)
        made = self._heard.get(key)
        if made is None:
            made = self._heard[key] = self._say(wording, notice)
            if len(self._heard) > _KEPT:
                self._heard.popitem(last=False)
        self._heard.move_to_end(key)
        return made

    def _say(self, wording: Wording, notice: Notice, files: Sequence[Attached] = ()) -> Said:
        words = wording.mail(notice)
        page = html(
            language=wording.catalog.language,
            organization=wording.organization,
            incident=notice.incident,
            subject=words.subject,
            exercise=words.exercise,
            links=links(notice),
            state=words.state,
            status=words.status,
            body=words.body,
            footer=words.footer,
        )
        text = words.whole(words.mark, wording.organization, notice.incident)
        return said(words.subject, text, page, files, invitation(notice, wording) if invites(notice) else None)

    def _wording(self, contact: Contact) -> Wording:
        key = (contact.language, contact.timezone)
        if key not in self._wordings:
            language = self.language(contact)
            zone = zone_of(contact.timezone, self._organization.timezone)
            name = line(self._organization.name)
            self._wordings[key] = Wording(
                self._catalogs[language],
                locale_of(language),
                zone,
                name,
                self._holding,
                keys=self._keys_heard,
                number=self._number,
            )
        return self._wordings[key]

    def language(self, contact: Contact) -> str:
        """The contact's language, else the organization's, else English; "fr-CA" is "fr" where it has no file."""
        for wanted in (contact.language, self._organization.language):
            for language in (wanted.lower(), wanted.lower().partition("-")[0]):
                if language in self._catalogs:
                    return language
        return FALLBACK


def conference(notice: Notice) -> str:
    """The conference of this incident's calls: one name in one account; "" for a call that only speaks."""
    return f"murphy {notice.incident}" if notice.kind is Kind.BRIDGE_CALL else ""


def links(notice: Notice) -> tuple[str, ...]:
    """What a mail makes easy to follow: the board's and the bridge's own address, and nobody's else."""
    meeting, board = notice.content.meeting, notice.content.link
    ways = (meeting.url, meeting.phone) if meeting and not meeting.words else ()
    return tuple(filter(None, (board, *ways)))


def _nothing(_: Notice) -> Sequence[Attached]:
    return ()


def _chat(wording: Wording, notice: Notice) -> str:
    """For named channels: the title, an empty line, and the rest."""
    words = wording.mail(notice)
    return words.whole(words.subject)
