"""Weaknesses of who is asked and told, when, and by what: the decide ladder, audiences, quiet hours, proposing."""

from datetime import timedelta
from itertools import pairwise

from config.types import MANAGERS, Configuration, Detail
from daemon.checking.findings import Weak, Weaks, names
from daemon.checking.reaching import PHONES, carrier, channels, reached, uses

LONGEST = {Detail.PUBLIC: timedelta(minutes=60), Detail.MANAGEMENT: timedelta(minutes=30)}
"""Practice: an update at least every 20 to 30 minutes in the first two hours; an hour is what staff still bear."""

LONGEST_GAP = timedelta(minutes=10)
"""Practice: escalate at 5 minutes."""

LONGEST_REPEAT = timedelta(minutes=15)


def late_first_rung(configuration: Configuration) -> Weaks:
    first = configuration.procedure.decide[0]
    if first.after > timedelta(0):
        yield Weak("decide.1.after", f"nobody is asked for {_minutes(first.after)}", 'write after = "0m"')


def managers_not_first(configuration: Configuration) -> Weaks:
    first = configuration.procedure.decide[0]
    if first.who != MANAGERS:
        yield Weak("decide.1.who", f'asks "{first.who}" before the incident managers', f'write who = "{MANAGERS}"')


def late_rung(configuration: Configuration) -> Weaks:
    for number, (rung, following) in enumerate(pairwise(configuration.procedure.decide), 2):
        if (gap := following.after - rung.after) > LONGEST_GAP:
            problem = f"{_minutes(gap)} pass before anybody else, or by any other way, is asked"
            yield Weak(f"decide.{number}.after", problem, "climb after 5 minutes")


def no_repeat(configuration: Configuration) -> Weaks:
    rungs = configuration.procedure.decide
    last = rungs[-1]
    if last.repeat is None:
        yield Weak(f"decide.{len(rungs)}.repeat", "is missing: then nobody is asked again", 'write repeat = "5m"')
    elif last.repeat > LONGEST_REPEAT:
        problem = f"asks again only every {_minutes(last.repeat)}"
        yield Weak(f"decide.{len(rungs)}.repeat", problem, 'write repeat = "5m"')


def one_way_to_ask(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    used = {channel for rung in configuration.procedure.decide for channel in channels(rung.via)}
    carriers = {carrier(settings, channel) for channel in used}
    if len(carriers) == 1:
        problem = f"every rung depends on {carriers.pop()}: nobody can be asked when it fails"
        yield Weak("decide", problem, "let a rung use another channel as well")


def paged_by_mail_only(configuration: Configuration) -> Weaks:
    for discipline in configuration.procedure.disciplines:
        if not channels(discipline.via) & PHONES and channels(discipline.via) <= {"email"}:
            yield Weak(f"discipline.{discipline.name}.via", "is only email: nobody is woken by a mail", "add sms")


def one_way_to_page(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    for discipline in configuration.procedure.disciplines:
        carriers = {carrier(settings, channel) for channel in channels(discipline.via)}
        if len(carriers) == 1 and carriers != {"mail"}:
            problem = f"depends on {carriers.pop()} alone"
            yield Weak(f"discipline.{discipline.name}.via", problem, "add a channel that does not")


def one_way_to_tell(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    for audience in configuration.procedure.audiences:
        carriers = {carrier(settings, channel) for channel in channels(audience.via)}
        if len(carriers) == 1:
            problem = f"depends on {carriers.pop()} alone"
            yield Weak(f"audience.{audience.name}.via", problem, "add a channel that does not")


def long_interval(configuration: Configuration) -> Weaks:
    for audience in configuration.procedure.audiences:
        longest = LONGEST[audience.detail]
        if audience.every > longest:
            problem = f"is {_minutes(audience.every)}: people who hear nothing for so long start to call"
            yield Weak(f"audience.{audience.name}.every", problem, f"{_minutes(longest)} at most")


def early_reminder(configuration: Configuration) -> Weaks:
    before = configuration.procedure.update.remind_before
    shortest = min((audience.every for audience in configuration.procedure.audiences), default=None)
    if shortest is not None and before >= shortest:
        problem = f"is {_minutes(before)}, no less than the shortest interval: the reminder comes with the update"
        yield Weak("update.remind_before", problem, f"write less than {_minutes(shortest)}")


def long_preview(configuration: Configuration) -> Weaks:
    preview = configuration.procedure.update.preview
    if preview > timedelta(minutes=5):
        yield Weak("update.preview", f"holds every update back for {_minutes(preview)}", "5 minutes at most")


def silent_at_night(configuration: Configuration) -> Weaks:
    quiet = configuration.procedure.quiet
    people, settings = configuration.people, configuration.settings
    for use in uses(configuration) if quiet else ():
        if not use.audience or quiet is None:
            continue
        ways = {who: reached(settings, people.contacts[who]) & use.channels for who in use.people}
        mute = [who for who, reaching in ways.items() if reaching and reaching <= set(quiet.channels)]
        if mute:
            hours = f"{quiet.start:%H:%M} to {quiet.end:%H:%M}"
            problem = f"{names(people, mute)}: reached by nothing else, and so told nothing from {hours}"
            yield Weak(use.key, problem, "add email to its via or to the people, or shorten [quiet]")


def anybody_proposes(configuration: Configuration) -> Weaks:
    wide = [pattern for pattern in configuration.procedure.propose.senders if not pattern.partition("@")[2].strip("*.")]
    if wide:
        cure = "write the organization's domains, as in *@acme.example"
        yield Weak("propose.from", f'"{wide[0]}" lets the whole world page the managers', cure)


def nobody_proposes(configuration: Configuration) -> Weaks:
    if not configuration.procedure.propose.senders and configuration.settings.mailboxes:
        yield Weak("propose.from", "is empty: every proposal by mail is held", 'write from = ["*@acme.example"]')


def empty_exercise(configuration: Configuration) -> Weaks:
    procedure, people = configuration.procedure, configuration.people
    for name in procedure.drill.lists:
        if not people.on(name):
            yield Weak("drill.lists", f'nobody is on the list "{name}"', "put somebody on it, or correct the name")


def _minutes(duration: timedelta) -> str:
    minutes = duration.total_seconds() / 60
    return f"{minutes:g} minutes"
