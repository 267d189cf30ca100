"""One incident's report, computed from its record."""

from dataclasses import replace
from datetime import date

from config.types import Contact
from daemon.core.kinds import Kind
from daemon.core.model import OPEN
from daemon.render.times import zone_of
from daemon.review.answers import about_factors, answers, asked, by_question
from daemon.review.charge import charges
from daemon.review.delivery import curves, evidence
from daemon.review.factors import factors
from daemon.review.figures import measured
from daemon.review.health import spells
from daemon.review.messages import messages
from daemon.review.promises import dues, paces
from daemon.review.record import Record
from daemon.review.responders import responders
from daemon.review.timeline import timeline
from daemon.review.values import ActionLine, InCharge, Meeting, Report


def report(record: Record) -> Report:
    """Pure."""
    incident, events, sent = record.history.incident, record.events, record.history.sent
    configuration = record.configuration
    known = {service.name: service for service in configuration.procedure.services}
    affected = [known[name] for name in incident.services if name in known]
    everything = [known["*"]] if not affected and "*" in known else []
    told = {who for one in sent if one.notice.audience for who in one.notice.recipients}
    deciders = {who for one in sent if one.notice.kind is Kind.DECISION_REQUEST for who in one.notice.recipients}
    over = incident.status not in OPEN
    end = (incident.ended if over else None) or record.now
    figures = measured(events, record.past, record.needs, configuration.procedure.targets, record.now)
    forms, answered = asked(record), answers(record)
    sorted_answers = by_question(forms, answered)
    result = Report(
        number=incident.id,
        title=incident.summary,
        organization=configuration.settings.organization.name,
        zone=record.zone,
        written=record.now,
        status=incident.status,
        over=over,
        drill=incident.drill,
        roll_call=incident.exercise is not None and incident.exercise.roll_call,
        confidential=incident.confidential,
        proposer=incident.proposer_name or record.name(incident.proposer),
        details=incident.details,
        proposed_impact=incident.impact,
        services=tuple(s.public_name or s.name for s in affected)
        + tuple(name for name in incident.services if name not in known),
        impacts=tuple(s.impact for s in (affected or everything) if s.impact),
        started=incident.proposed,
        ended=incident.ended if over else None,
        reason=incident.reason,
        last_words=incident.words,
        told=len(told),
        managers_asked=len(deciders),
        replies=incident.replies,
        in_charge=tuple(InCharge(record.name(c.who), c.how, c.since, c.until) for c in charges(events)),
        figures=figures,
        paces=paces(events),
        dues=dues(events),
        timeline=timeline(record),
        responders=tuple(replace(one, who=record.name(one.who)) for one in responders(events)),
        evidence=evidence(sent, events, configuration.people.contacts),
        curves=curves(sent),
        health=spells(record.health, incident.proposed, end),
        messages=messages(record),
        questions=forms[0],
        answers=answered,
        by_question=sorted_answers,
        said_factors=about_factors(forms[0], sorted_answers),
        record_factors=(),
        actions=_actions(record),
        meeting=_meeting(record),
        past=len(record.past),
    )
    return replace(result, record_factors=factors(result))


def _actions(record: Record) -> tuple[ActionLine, ...]:
    people = record.configuration.people.contacts
    return tuple(
        ActionLine(
            number=one.number,
            owner=record.name(one.owner),
            what=one.what,
            due=one.due,
            agreed=one.agreed,
            done=one.done,
            overdue=one.done is None and one.due < _today(record, people.get(one.owner)),
        )
        for one in record.history.incident.actions
    )


def _today(record: Record, owner: Contact | None) -> date:
    zone = zone_of(owner.timezone if owner else "", record.zone.key)
    return record.now.astimezone(zone).date()


def _meeting(record: Record) -> Meeting | None:
    review = record.history.incident.review
    if review is None:
        return None
    return Meeting(
        owner=record.name(review.owner),
        opened=review.opened,
        due=review.due,
        meets=review.meets,
        answered=tuple(record.name(who) for who in review.people if who in review.answered),
        waiting=tuple(record.name(who) for who in review.people if who not in review.answered),
        attendance=tuple((record.name(who), came) for who, came in review.attendance.items()),
        closed=review.closed,
    )
