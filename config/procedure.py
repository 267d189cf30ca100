"""procedure.toml: its keys, defaults and meanings, and how they become `types.Procedure`."""

from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import Field

from config import types
from config.fields import (
    Duration,
    DurationOrNone,
    Email,
    Hours,
    Ladder,
    Line,
    Link,
    LongDuration,
    OptionalLine,
    Phone,
    SenderPattern,
)
from config.settings import Table


class Propose(Table):
    """Who may propose, and what becomes of a proposal that nobody decides on."""

    senders: list[SenderPattern] = Field(
        alias="from",
        description="addresses that may propose by email, with `*` and `?`; by SMS, every contact may",
        examples=[["*@acme.example"]],
    )
    unknown: Annotated[types.Unknown, Field(strict=False)] = Field(
        default=types.Unknown.HOLD, description="a proposal from anyone else: ask the managers, or refuse"
    )
    decide_by: Duration = Field(default=timedelta(minutes=30), description="how long to wait for a decision")
    undecided: Annotated[types.Undecided, Field(strict=False)] = Field(
        default=types.Undecided.KEEP_ASKING, description="then: go on asking, or accept with nobody in charge"
    )

    same_within: DurationOrNone = Field(
        default=timedelta(hours=2),
        description='how long a later proposal that looks the same is asked about ("same as MI-7?"); `"0s"` never',
    )

    def frozen(self) -> types.Propose:
        return types.Propose(tuple(self.senders), self.unknown, self.decide_by, self.undecided, self.same_within)


class DecideRung(Table):
    """One rung of the ladder that is climbed until somebody decides, in the order of time."""

    after: DurationOrNone = Field(default=timedelta(0), description="how long after the proposal")
    who: Line = Field(default=types.MANAGERS, description="the list that is asked")
    via: Ladder = Field(description="by which channels", examples=[["email+sms"]])
    repeat: Duration | None = Field(default=None, description="the last rung only: asks again this often")

    def frozen(self) -> types.DecideRung:
        return types.DecideRung(self.after, self.who, self.via, self.repeat)


class Audience(Table):
    """The lists that get updates in one depth, at one interval, by one ladder."""

    name: Line = Field(description="what it is called", examples=["stakeholders"])
    lists: list[Line] = Field(min_length=1, description="lists of contacts.csv", examples=[["all-staff"]])
    detail: Annotated[types.Detail, Field(strict=False)] = Field(
        default=types.Detail.PUBLIC, description="how much it hears"
    )
    every: Duration = Field(description="the promised interval between updates", examples=["60m"])
    via: Ladder = Field(description="by which channels", examples=[["email", "sms"]])
    confidential: bool = Field(
        default=False, description="also told of confidential incidents, without their content: only to join the bridge"
    )

    def frozen(self) -> types.Audience:
        lists = tuple(dict.fromkeys(self.lists))
        return types.Audience(self.name, lists, self.detail, self.every, self.via, self.confidential)


class Update(Table):
    """How the promised interval is kept."""

    remind_before: DurationOrNone = Field(
        default=timedelta(minutes=10), description="how long before an update is due the manager is reminded"
    )
    on_silence: Annotated[types.OnSilence, Field(strict=False)] = Field(
        default=types.OnSilence.HOLDING, description="nobody wrote one: send a holding update on time, or only remind"
    )
    preview: DurationOrNone = Field(
        default=timedelta(0), description="time for the manager to correct an update before it goes out"
    )

    def frozen(self) -> types.UpdateRules:
        return types.UpdateRules(self.remind_before, self.on_silence, self.preview)


class Quiet(Table):
    """When audiences are not disturbed, in the recipient's zone."""

    hours: Hours = Field(description="from when to when", examples=["22:00-07:00"])
    channels: list[Line] = Field(min_length=1, description="channels that wait", examples=[["sms", "voice"]])

    def frozen(self) -> types.Quiet:
        return types.Quiet(*self.hours, tuple(self.channels))


class Service(Table):
    """A service that the business may be deprived of. The name `*` holds where none was named."""

    name: Line = Field(description="what it is called inside", examples=["email"])
    public_name: OptionalLine = Field(default="", description="what everybody calls it; by default its name")
    impact: OptionalLine = Field(default="", description="what everybody is told that they cannot do")
    aliases: list[Line] = Field(default=[], description="what else people call it")
    disciplines: list[Line] = Field(default=[], description="the disciplines that are paged")
    disables: list[Line] = Field(default=[], description="channels not to trust while this service is affected")
    confidential: bool = Field(default=False, description="its incidents are confidential from the start")

    def frozen(self) -> types.Service:
        return types.Service(
            name=self.name,
            public_name=self.public_name or ("" if self.name == "*" else self.name),
            impact=self.impact,
            aliases=tuple(self.aliases),
            disciplines=tuple(dict.fromkeys(self.disciplines)),
            disables=tuple(dict.fromkeys(self.disables)),
            confidential=self.confidential,
        )


class Discipline(Table):
    """A kind of engineer."""

    name: Line = Field(description="what it is called", examples=["network"])
    list_: Line = Field(
        alias="list", description="a list of contacts.csv, in calling order", examples=["network-engineers"]
    )
    need: int = Field(default=1, ge=1, le=100, description="how many are needed")
    answer_within: Duration = Field(default=timedelta(minutes=3), description="then the next one is paged")
    via: Ladder = Field(description="by which channels", examples=[["sms", "voice"]])

    def frozen(self) -> types.Discipline:
        return types.Discipline(self.name, self.list_, self.need, self.answer_within, self.via)


class Bridge(Table):
    """A communication bridge, in the order in which they are tried."""

    name: Line = Field(description="what it is called", examples=["Conference"])
    url: Link = Field(default="", description="where to click")
    phone: Phone | None = Field(default=None, description="where to dial in")
    pin: OptionalLine = Field(default="", description="what to key in")
    depends_on: list[Line] = Field(default=[], description="services and other things without which it does not work")
    check: bool = Field(default=True, description="try its web address before people are sent there")

    def frozen(self) -> types.Bridge:
        return types.Bridge(self.name, self.url, self.phone or "", self.pin, tuple(self.depends_on), self.check)


class Duty(Table):
    """Who of a list is called first: by turns of a week, or as a calendar says; the others follow in their order."""

    list_: Line = Field(alias="list", description="a list of contacts.csv", examples=["network-engineers"])
    rota: list[Email] = Field(
        default=[], description="addresses of its contacts, a week each in turn", examples=[["ann@acme.example"]]
    )
    starts: datetime | None = Field(
        default=None, description="when the first of the rota begins, in the organization's zone: 2026-01-05T09:00:00"
    )
    calendar: OptionalLine = Field(
        default="", description="an iCalendar file, as a path or https address, whose events name who is on duty"
    )

    def frozen(self) -> types.Duty:
        return types.Duty(self.list_, tuple(self.rota), self.starts, self.calendar)


class Delivery(Table):
    """When a message counts as not arrived."""

    receipt_within: Duration = Field(
        default=timedelta(minutes=2), description="urgent texts: without a receipt by then the next rung is tried"
    )

    def frozen(self) -> types.DeliveryRules:
        return types.DeliveryRules(self.receipt_within)


class Drill(Table):
    """Exercises by themselves."""

    every: LongDuration | None = Field(
        default=None, description="how often; left out, never by itself", examples=["90d"]
    )
    lists: list[Line] = Field(default=[], description="the lists that take part; by default everybody")
    roll_call_every: LongDuration | None = Field(
        default=None, description="how often everybody is only asked to answer; left out, never", examples=["90d"]
    )

    def frozen(self) -> types.DrillRules:
        return types.DrillRules(self.every, tuple(dict.fromkeys(self.lists)), self.roll_call_every)


class Review(Table):
    """The post-incident review."""

    within: Duration = Field(default=timedelta(days=3), description="when it is due, after the all-clear")
    remind_every: Duration = Field(
        default=timedelta(days=1), description="how often people are reminded of their answers and overdue actions"
    )
    hours: Hours = Field(
        default=(time(9), time(17)), description="when people may meet, on working days in the organization's zone"
    )
    lasts: Duration = Field(default=timedelta(hours=1), description="how long the meeting lasts")
    questions: list[Line] = Field(
        default=[], max_length=20, description="what the team is asked; by default a few questions in each language"
    )

    def frozen(self) -> types.Review:
        return types.Review(self.within, self.remind_every, self.hours, self.lasts, tuple(self.questions))


class Target(Table):
    """How long each may take; the review's report has it beside what it took. `"0s"`: no target."""

    decide: DurationOrNone = Field(default=timedelta(minutes=10), description="from the proposal to the decision")
    first_notice: DurationOrNone = Field(
        default=timedelta(minutes=15), description="from the proposal to the first notice"
    )
    team: DurationOrNone = Field(
        default=timedelta(minutes=15), description="from the acceptance until every discipline has whom it needs"
    )
    resolve: DurationOrNone = Field(default=timedelta(0), description="from the proposal to the all-clear")

    def frozen(self) -> types.Targets:
        return types.Targets(self.decide or None, self.first_notice or None, self.team or None, self.resolve or None)


class ProcedureFile(Table):
    """The procedure."""

    propose: Propose
    decide: list[DecideRung] = Field(default=[])
    audience: list[Audience] = Field(default=[])
    update: Update = Update()
    quiet: Quiet | None = None
    service: list[Service] = Field(default=[])
    discipline: list[Discipline] = Field(default=[])
    bridge: list[Bridge] = Field(default=[])
    duty: list[Duty] = Field(default=[])
    delivery: Delivery = Delivery()
    drill: Drill = Drill()
    review: Review = Review()
    target: Target = Target()

    def frozen(self) -> types.Procedure:
        return types.Procedure(
            propose=self.propose.frozen(),
            decide=tuple(r.frozen() for r in self.decide),
            audiences=tuple(a.frozen() for a in self.audience),
            update=self.update.frozen(),
            quiet=self.quiet.frozen() if self.quiet else None,
            services=tuple(s.frozen() for s in self.service),
            disciplines=tuple(d.frozen() for d in self.discipline),
            bridges=tuple(b.frozen() for b in self.bridge),
            review=self.review.frozen(),
            duties=tuple(d.frozen() for d in self.duty),
            delivery=self.delivery.frozen(),
            drill=self.drill.frozen(),
            targets=self.target.frozen(),
        )
