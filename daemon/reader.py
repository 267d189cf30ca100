"""What a message says and who wrote it, put together as the core is told of it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from config.types import Contact, Decide
from daemon.core.hear import refused
from daemon.core.identity import Evidence, Identity
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.review_times import zone_of
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.identity.codes import Codes, without
from daemon.identity.dns import txt_record
from daemon.identity.evidence import identify, thread
from daemon.identity.signature import Verifier, is_signed, verifier
from daemon.identity.tokens import Tokens
from parsers.actions import parse_actions
from parsers.command import parse_command
from parsers.inline import between
from parsers.proposal import parse_proposal
from parsers.types import ActionLine, Inbound, Medium, Verb, Verbs

log = structlog.get_logger()

FORWARDED = 4000
"""Characters of a proposal that has nothing but what somebody else wrote, as a forwarded alarm."""


MONTH_FIRST = "en-us"
"""Who writes this language means 12 January by 1/12."""

QUESTIONS = frozenset({Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER})

Shown = frozenset[str]

_MARK = re.compile(r"\[([A-Z]{2}-[1-9][0-9]{0,8})\]")
"""The incident in the subjects of our mails."""

_FORWARDED = re.compile(r"\s*(?:fw|fwd|wg|vl|vb|doorst|enc|rv|tr|转发|轉寄|転送)\s?[:：]", re.IGNORECASE)


@dataclass(slots=True)
class Reader:
    """`verbs` are all spellings in use. `sent` is asked only where answers may stand between our own lines."""

    state: State
    tokens: Tokens
    codes: Codes
    verbs: Verbs
    sent: Callable[[Notice, Contact], str] = lambda *_: ""
    """The plain text of the mail that this contact got of a notice."""

    async def who_mailed(self, inbound: Inbound, raw: bytes, source: str, now: datetime) -> Identity:
        """Where the mailbox's own server says nothing of authentication, signatures are verified here."""
        known = self._identified(inbound, source, now, None)
        settings = self.state.configuration.settings
        speaks = any(box.authserv_id for box in settings.mailboxes if box.name == source)
        if speaks or known.doubtful or known.evidence > Evidence.NONE or not is_signed(raw):
            return known
        return await asyncio.to_thread(self._identified, inbound, source, now, verifier(raw, txt_record))

    def _identified(self, inbound: Inbound, source: str, now: datetime, dkim: Verifier | None) -> Identity:
        configuration = self.state.configuration
        people, settings = configuration.people, configuration.settings
        return identify(inbound, people, settings, self.tokens, now, vouched=False, dkim=dkim, mailbox=source)

    def who_texted(self, inbound: Inbound, now: datetime) -> Identity:
        """By an authenticated poll, a validly signed webhook or our own modem."""
        configuration = self.state.configuration
        return identify(
            inbound, configuration.people, configuration.settings, self.tokens, now, vouched=True, dkim=None
        )

    def said(
        self,
        inbound: Inbound,
        identity: Identity,
        key: str,
        source: str,
        raw: str,
        *,
        written: datetime,
        received: datetime,
        late: bool,
    ) -> Said:
        """`raw` names the kept message; the times are aware."""
        mail = inbound.medium is Medium.EMAIL
        refers = self._refers(inbound, identity) if mail else None
        inbound, identity, codes = self._without_code(inbound, identity, received)
        command = parse_command(inbound, self.verbs)
        actions, rest, whole = self._actions(inbound, identity, refers, written)
        proposes = command.verb is Verb.PROPOSE
        said = Said(
            key=key,
            medium=inbound.medium.value,
            identity=identity,
            command=command,
            proposal=parse_proposal(
                inbound.subject if mail and not proposes else "",
                command.words if proposes else inbound.visible_text or inbound.text[:FORWARDED],
            ),
            text=inbound.visible_text,
            subject=inbound.subject,
            message_id=inbound.message_id,
            thread=refers,
            fresh_mail=mail and refers is None,
            late=late,
            written=written,
            received=received,
            raw=raw,
            source=source,
            codes=codes,
            attachments=tuple(f"{a.name} ({a.size} bytes)" for a in inbound.attachments),
            actions=actions,
            rest=rest,
            whole=whole,
        )
        log.info(
            "message",
            source=source,
            contact=identity.contact or "",
            evidence=identity.evidence.name,
            verb=command.verb or "",
            problem=command.problem or "",
            refused=refused(self.state, said),
        )
        return said

    def _actions(
        self, inbound: Inbound, identity: Identity, refers: tuple[str, int] | None, written: datetime
    ) -> tuple[tuple[ActionLine, ...], str, str]:
        """Its lines ACTION, by the calendar of who wrote them, the rest, and both; answers between ours count."""
        who = self.state.person(identity.contact or identity.address)
        text = inbound.visible_text
        notice = self.state.notices.get(refers[1]) if refers else None
        if notice is not None and notice.kind in QUESTIONS and who.id in notice.recipients:
            text = between(inbound.text, text, self.sent(notice, who))
        zone = zone_of(who.timezone, self.state.configuration.settings.organization.timezone)
        today = written.astimezone(zone).date()
        month_first = who.language.lower() == MONTH_FIRST
        return *parse_actions(text, today, self.verbs, month_first=month_first), text

    def _refers(self, inbound: Inbound, identity: Identity) -> tuple[str, int] | None:
        """By token, or by our subject where all else was lost on the way, from someone who was told of it."""
        found = thread(inbound, self.state.configuration.settings)
        marked = None if _FORWARDED.match(inbound.subject) else _MARK.search(inbound.subject)
        told = self.state.told.get(marked[1], {}) if marked else {}
        return found or ((marked[1], 0) if marked and (identity.contact or identity.address) in told else None)

    def _without_code(self, inbound: Inbound, identity: Identity, now: datetime) -> tuple[Inbound, Identity, Shown]:
        """The incidents whose code is shown, and the message without it: a code is no number, and is never sent on."""
        if self.state.configuration.settings.decide is not Decide.CODE:
            return inbound, identity, frozenset()
        who = identity.contact or identity.address
        told = tuple(number for number, told in self.state.told.items() if who in told)
        # Without evidence a code shows nothing, and a forger must not use up its owner's tries.
        tried = (inbound.visible_text.strip() or inbound.subject) if identity.evidence > Evidence.NONE else ""
        shown = self.codes.shown(tried, who, told, now)
        if shown is None:
            identity = replace(identity, refused=(*identity.refused, "too many wrong codes"))
        secret = {self.codes.issue(who, number) for number in told}
        return (
            replace(
                inbound,
                subject=without(inbound.subject, secret),
                text=without(inbound.text, secret),
                deciding_line=without(inbound.deciding_line, secret),
                visible_text=without(inbound.visible_text, secret),
                public_text=without(inbound.public_text, secret),
            ),
            identity,
            shown or frozenset(),
        )
