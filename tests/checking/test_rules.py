"""Each weakness, seeded in the example organization: a line of its files is changed, and one rule sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.types import Canary, Security
from daemon.checking.findings import Finding
from daemon.checking.rules import RULES, weaknesses
from tests.core.vocabulary import example

OF_THE_SANDBOX = {
    "one-relay", "mailbox-and-relay-together", "login-in-the-clear", "webhook-nobody-reaches", "no-canary",
}  # fmt: skip
"""All of the sandbox is on one machine."""

AN = "an.peeters@acme.example,+32470550101,incident-managers;all-staff,nl,Europe/Brussels"
SOFIE = "sofie.maes@acme.example,+32470550104,operators;all-staff,nl,"
TOM = "tom.baker@acme.example,+447912555105,operators;network-engineers;all-staff,en,Europe/London"
DECIDE = '[[decide]]\nafter = "5m"\nwho = "incident-managers"\nvia = ["sms"]\nrepeat = "5m"\n'
RELAY = '[[relay]]\nname = "primary"'
CANARY = "[state]\n"
COLUMNS = "name,email,phone,lists,language,timezone\n"
WISHES = "name,email,phone,lists,language,timezone,channels\n"
DIAL_IN = '[[bridge]]\nname = "Dial-in"\nphone = "+442079460018"\npin = "771204"\n'
LONG = "You may be unable to send or receive email. " * 12


@dataclass(frozen=True)
class Seed:
    rule: str
    edits: Mapping[str, str]
    says: str
    other: frozenset[str] = field(default_factory=frozenset)
    """Weaknesses that come with it."""


def seed(rule: str, says: str, edits: Mapping[str, str], *other: str) -> Seed:
    return Seed(rule, edits, says, frozenset(other))


def without_lists(*who: str) -> Mapping[str, str]:
    return {f"{name},incident-managers;all-staff": f"{name},all-staff" for name in who}


JAMES, CLAIRE = "jw@home.example,+447912555102", "claire.dubois@acme.example,+32470550103"

SEEDS = (
    seed("few-managers", "only 1 can decide", without_lists(JAMES, CLAIRE)),
    seed(
        "manager-without-phone", "An Peeters: has no phone: cannot be reached when mail is down",
        {",+32470550101,": ",,"}, "only-channel-disabled",
    ),
    seed("manager-without-email", "An Peeters: has no email", {"an.peeters@acme.example,": ","}),
    seed(
        "no-operators", "nobody hears that a mailbox",
        {SOFIE: SOFIE.replace("operators;", ""), TOM: TOM.replace("operators;", "")},
    ),
    seed(
        "operators-without-phone", "nobody hears that mail is down",
        {SOFIE: SOFIE.replace("+32470550104", ""), TOM: TOM.replace("operators;", "")}, "only-channel-disabled",
    ),
    seed(
        "unreachable", "decide, incident-managers: An Peeters: no address for any of its channels (sms)",
        {'via = ["email+sms"]': 'via = ["sms"]', ",+32470550101,": ",,"},
        "manager-without-phone", "only-channel-disabled", "one-way-to-ask",
    ),
    seed(
        "only-channel-disabled", 'Lotte Claes: reached only by what the service "email" takes away',
        {",+32470550114,": ",,"},
    ),
    seed(
        "manager-unreachable-at-times", "An Peeters, channels: wants to be reached by nothing during 8 h",
        {COLUMNS: WISHES, AN: f"{AN},sms 06:00-20:00;email 19:00-22:00"},
    ),
    seed(
        "unknown-wish", "pigeon: no such channel is configured; there is email, sms",
        {COLUMNS: WISHES, AN: f"{AN},pigeon;sms;email"},
    ),
    seed("same-name", "is there more than once (laura.chen@acme.example, david.kim@", {"David Kim": "Laura Chen"}),
    seed("odd-number", "Emma Clarke: +442079460018 takes no texts", {"+447912555111": "+442079460018"}),
    seed("odd-number", "Emma Clarke: +32999888777 is in no range", {"+447912555111": "+32999888777"}),
    seed(
        "no-phone-for-texts", "Pieter Jacobs: no phone, and a mail wakes nobody",
        {",+32470550108,": ",,"}, "only-channel-disabled",
    ),
    seed(
        "language-without-templates", "Sofie Maes: there are no templates in it; write templates/it.toml",
        {SOFIE: SOFIE.replace(",nl,", ",it,")},
    ),
    seed("list-misspelt", 'Lotte Claes: the procedure has no such list; did you mean "all-staff"?',
         {"service-desk;all-staff,nl": "al-staff;service-desk;all-staff,nl"}),
    seed("late-first-rung", "nobody is asked for 2 minutes", {'after = "0m"': 'after = "2m"'}),
    seed("managers-not-first", 'asks "service-desk" before', {
        '[[decide]]\nafter = "0m"\nwho = "incident-managers"': '[[decide]]\nafter = "0m"\nwho = "service-desk"',
    }),
    seed("late-rung", "30 minutes pass", {'after = "5m"': 'after = "30m"'}),
    seed("no-repeat", "is missing: then nobody is asked again", {'repeat = "5m"\n': ""}),
    seed("no-repeat", "asks again only every 60 minutes", {'repeat = "5m"': 'repeat = "1h"'}),
    seed("one-way-to-ask", "every rung depends on Twilio", {'via = ["email+sms"]': 'via = ["sms"]'}),
    seed("one-way-to-tell", "audience.management.via: depends on mail alone", {
        'every = "30m"\nvia = ["email", "sms"]': 'every = "30m"\nvia = ["email"]',
    }, "only-channel-disabled"),
    seed("one-way-to-page", "discipline.web.via: depends on Twilio alone", {
        'answer_within = "5m"\nvia = ["sms", "email"]': 'answer_within = "5m"\nvia = ["sms", "voice"]',
    }),
    seed("paged-by-mail-only", "discipline.web.via: is only email", {
        'answer_within = "5m"\nvia = ["sms", "email"]': 'answer_within = "5m"\nvia = ["email"]',
    }, "only-channel-disabled"),
    seed("long-interval", "audience.stakeholders.every: is 120 minutes", {'every = "60m"': 'every = "2h"'}),
    seed("long-interval", "audience.management.every: is 45 minutes", {'every = "30m"': 'every = "45m"'}),
    seed("early-reminder", "no less than the shortest interval", {'remind_before = "10m"': 'remind_before = "30m"'}),
    seed("long-preview", "holds every update back for 10 minutes", {'preview = "0s"': 'preview = "10m"'}),
    seed("silent-at-night", "Oliver Grant: reached by nothing else, and so told nothing from 22:00 to 07:00", {
        "[review]": '[quiet]\nhours = "22:00-07:00"\nchannels = ["sms"]\n\n[review]',
    }),
    seed("anybody-proposes", '"*@*" lets the whole world', {'from = ["*@acme.example"]': 'from = ["*@*"]'}),
    seed("nobody-proposes", "is empty", {'from = ["*@acme.example"]': "from = []"}),
    seed("empty-list", 'drill.lists: nobody is on the list "everybody"', {
        "[review]": '[drill]\nlists = ["everybody"]\n\n[review]',
    }),
    seed("no-service-for-all", "nothing holds where no service was named", {'name = "*"': 'name = "other"'}),
    seed("service-without-disciplines", "service.payments.disciplines", {
        '"checkout"]\ndisciplines = ["database", "network"]': '"checkout"]',
    }),
    seed("service-without-impact", "service.webshop.impact: is missing", {
        'impact = "Customers may be unable to order online."\n': "",
    }),
    seed("service-without-public-name", "service.*.public_name", {'public_name = "An essential service"\n': ""}),
    seed("mail-trusts-itself", "service.email.disables: does not name email", {'disables = ["email"]\n': ""}),
    seed("short-discipline", 'needs 3, and its list "web-engineers" has 2', {
        'list = "web-engineers"\nneed = 1': 'list = "web-engineers"\nneed = 3',
    }),
    seed("short-discipline", "has no more people than the 2 that it needs", {
        'list = "web-engineers"\nneed = 1': 'list = "web-engineers"\nneed = 2',
    }),
    seed("short-rota", "is one person", {
        "[review]": '[[duty]]\nlist = "network-engineers"\nrota = ["tom.baker@acme.example"]\n\n[review]',
    }),
    seed("one-bridge", "BRIDGE NEXT has nowhere to go", {DIAL_IN: ""}),
    seed("bridge-without-dial-in", "bridge.Conference.phone", {'phone = "+3225550100"\n': ""}),
    seed("bridges-fail-together", "all of them depend on internet", {
        DIAL_IN: f'{DIAL_IN}depends_on = ["Internet", "power"]\n',
    }),
    seed("bridges-fail-together", "all of them are at meet.acme.example", {
        DIAL_IN: f'{DIAL_IN}url = "https://meet.acme.example/second"\n',
    }),
    seed("words-cut", "service.email.impact: does not fit into the first text message (en, fr, nl)", {
        "You may be unable to send or receive email.": LONG.strip(),
    }),
    seed("one-relay", "all of them are at 127.0.0.1", {RELAY: f'{RELAY.replace("primary", "second")}\n'
         'host = "127.0.0.1"\nport = 2525\nsecurity = "none"\n\n' + RELAY}),
    seed("no-way-in-for-texts", "no text is ever read", {'inbound = ["poll", "webhook"]': "inbound = []"}),
    seed("webhook-alone", "lost after one retry", {'inbound = ["poll", "webhook"]': 'inbound = ["webhook"]'}),
    seed("slow-poll", "may wait 120 seconds", {'poll_every = "10s"': 'poll_every = "2m"'}),
    seed("no-canary", "nobody notices that texts do not arrive", {CANARY: '[canary]\nevery = "15m"\n' + CANARY}),
    seed("canary-to-itself", "which cannot text itself", {CANARY: '[canary]\nphone = "+32460000000"\n' + CANARY}),
    seed("no-word-of-authentication", "mailbox.incidents.authserv_id", {'authserv_id = "mx.acme.example"\n': ""}),
)  # fmt: skip


def found(edits: Mapping[str, str]) -> list[Finding]:
    return list(weaknesses(example(dict(edits))))


@pytest.mark.parametrize("case", SEEDS, ids=lambda case: f"{case.rule}: {case.says[:50]}")
def test_a_weakness_is_found_with_what_comes_with_it_and_nothing_else(case: Seed) -> None:
    findings = found(case.edits)
    assert case.says in "\n".join(map(str, (finding for finding in findings if finding.rule == case.rule)))
    assert {finding.rule for finding in findings} - OF_THE_SANDBOX == {case.rule, *case.other} - OF_THE_SANDBOX


def test_the_example_has_the_weaknesses_of_its_one_machine_and_no_other() -> None:
    assert {finding.rule for finding in found({})} == OF_THE_SANDBOX


def test_an_organization_without_anything_but_mail(tmp_path: Path) -> None:
    whole = example()
    settings = replace(whole.settings, twilio=None, mailboxes=())
    procedure = replace(whole.procedure, services=(), bridges=())
    rules = {finding.rule for finding in weaknesses(replace(whole, settings=settings, procedure=procedure))}
    assert {"one-technology", "no-mailbox", "no-service-for-all", "no-bridge"} <= rules


def test_voice_without_a_way_for_keys() -> None:
    whole = example({'after = "5m"\nwho = "incident-managers"\nvia = ["sms"]': 'after = "5m"\nvia = ["voice"]'})
    assert whole.settings.twilio
    deaf = replace(whole, settings=replace(whole.settings, twilio=replace(whole.settings.twilio, public_url="")))
    assert "voice-without-keys" in {finding.rule for finding in weaknesses(deaf)}
    assert "voice-without-keys" not in {finding.rule for finding in weaknesses(whole)}


def test_a_spelling_with_two_meanings_in_the_organizations_templates(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text('[verbs]\nACCEPT = ["weiger"]\n')
    rules = {f.rule: f for f in weaknesses(replace(example(), templates=tmp_path))}
    assert "WEIGER means ACCEPT (fr) and REJECT (nl)" in rules["spelling-twice"].problem


SEEDED_ELSEWHERE = {
    *OF_THE_SANDBOX, "one-technology", "no-mailbox", "no-bridge", "voice-without-keys", "spelling-twice",
}  # fmt: skip


def test_every_rule_is_seeded() -> None:
    assert {rule.name for rule in RULES} == {case.rule for case in SEEDS} | SEEDED_ELSEWHERE
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_an_organization_that_has_thought_of_it_all_has_no_weakness() -> None:
    whole = example()
    settings = whole.settings
    (mailbox,), (relay,), twilio = settings.mailboxes, settings.relays, settings.twilio
    assert twilio
    ready = replace(
        settings,
        mailboxes=(replace(mailbox, host="imap.acme.example", security=Security.TLS),),
        relays=tuple(replace(relay, name=n, host=f"{n}.example", security=Security.TLS) for n in ("one", "two")),
        twilio=replace(twilio, public_url="https://murphy.acme.example"),
        canary=Canary(timedelta(minutes=15), "+32470550120"),
    )
    assert [str(finding) for finding in weaknesses(replace(whole, settings=ready))] == []
