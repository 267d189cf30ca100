"""Every weakness that is looked for, in one table: its name, the file that has it, and the rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.files import CONTACTS, PROCEDURE, SETTINGS
from config.types import Configuration
from daemon.checking import bridges, channels, duties, ladders, people, services, templates
from daemon.checking.findings import Finding, Severity, Weaks


@dataclass(frozen=True, slots=True)
class Rule:
    """`why` is for docs/check.md: what happens in an incident to who has this weakness."""

    name: str
    file: str
    find: Callable[[Configuration], Weaks]
    why: str


RULES: tuple[Rule, ...] = (
    # People
    Rule("few-managers", CONTACTS, people.few_managers, "One is asleep, ill, or cut off: nobody decides."),
    Rule(
        "manager-without-phone", CONTACTS, people.manager_without_phone,
        "Without mail this manager is not reached. In a confidential incident, while mail is affected, or with "
        '`decide = "code"`, only a text, call or code decides.',
    ),
    Rule("manager-without-email", CONTACTS, people.manager_without_email, "Without phones this one is not reached."),
    Rule("no-operators", CONTACTS, people.no_operators, "Nobody hears that Murphy itself is in trouble."),
    Rule("operators-without-phone", CONTACTS, people.operators_without_phone, "That mail is down is told by mail."),
    Rule("unreachable", CONTACTS, people.unreachable, "They are never told: not one of the channels has an address."),
    Rule(
        "only-channel-disabled", CONTACTS, people.only_channel_disabled,
        "The incident takes out the one channel by which they could have been told of it.",
    ),
    Rule("manager-unreachable-at-times", CONTACTS, people.manager_unreachable_at_times, "Incidents keep no hours."),
    Rule("unknown-wish", CONTACTS, people.unknown_wish, "Who wants only this channel is not reached at all."),
    Rule("same-name", CONTACTS, people.same_name, "HANDOVER, DEPUTY and TEAM go by names, and nothing is guessed."),
    Rule("odd-number", CONTACTS, people.odd_number, "Texts to it fail, and are paid for."),
    Rule("no-phone-for-texts", CONTACTS, people.no_phone_for_texts, "Minutes are lost until the next one is paged."),
    Rule("language-without-templates", CONTACTS, people.language_without_templates, "They get another language."),
    Rule("list-misspelt", CONTACTS, people.list_misspelt, "They are on a list that nothing is sent to."),
    # Ladders
    Rule("late-first-rung", PROCEDURE, ladders.late_first_rung, "Minutes pass in which nobody knows."),
    Rule("managers-not-first", PROCEDURE, ladders.managers_not_first, "Those who decide are asked late."),
    Rule("late-rung", PROCEDURE, ladders.late_rung, "The first message was missed, and nothing follows it."),
    Rule("no-repeat", PROCEDURE, ladders.no_repeat, "Whoever wakes up later finds one old message."),
    Rule("one-way-to-ask", PROCEDURE, ladders.one_way_to_ask, "One failure, and nobody can be asked."),
    Rule("one-way-to-tell", PROCEDURE, ladders.one_way_to_tell, "One failure, and this audience hears nothing."),
    Rule("one-way-to-page", PROCEDURE, ladders.one_way_to_page, "One failure, and nobody of this discipline comes."),
    Rule("paged-by-mail-only", PROCEDURE, ladders.paged_by_mail_only, "Nobody is woken by a mail."),
    Rule("long-interval", PROCEDURE, ladders.long_interval, "Silence makes people call whoever they know."),
    Rule("early-reminder", PROCEDURE, ladders.early_reminder, "Who is reminded all the time stops reading."),
    Rule("long-preview", PROCEDURE, ladders.long_preview, "News arrives when it is old."),
    Rule("silent-at-night", PROCEDURE, ladders.silent_at_night, "They hear of it in the morning."),
    Rule("anybody-proposes", PROCEDURE, ladders.anybody_proposes, "Spam pages the managers."),
    Rule("nobody-proposes", PROCEDURE, ladders.nobody_proposes, "Every proposal by mail waits for a second look."),
    Rule("empty-list", PROCEDURE, ladders.empty_exercise, "An exercise without people."),
    # Services and who repairs them
    Rule("no-service-for-all", PROCEDURE, services.no_service_for_all, "Who proposes in a hurry names no service."),
    Rule("service-without-disciplines", PROCEDURE, services.service_without_disciplines, "Nobody is paged for it."),
    Rule("service-without-impact", PROCEDURE, services.service_without_impact, "The first notice says too little."),
    Rule("service-without-public-name", PROCEDURE, services.service_without_public_name, "It says not even what."),
    Rule("mail-trusts-itself", PROCEDURE, services.mail_trusts_itself, "Mail that is down is told by mail, first."),
    Rule("short-discipline", PROCEDURE, services.short_discipline, "One is on holiday, and nobody stands in."),
    Rule("short-rota", PROCEDURE, duties.short_rota, "A rota of one is no rota."),
    # Bridges
    Rule("no-bridge", PROCEDURE, bridges.no_bridge, "Engineers are paged, and call each other one by one."),
    Rule("one-bridge", PROCEDURE, bridges.one_bridge, "It fails with what it depends on, and there is no other."),
    Rule("bridge-without-dial-in", PROCEDURE, bridges.bridge_without_dial_in, "Nobody joins without internet."),
    Rule("bridges-fail-together", PROCEDURE, bridges.bridges_fail_together, "All of them fail together."),
    # Templates
    Rule("words-cut", PROCEDURE, templates.words_cut, "What people are told ends in the middle of a sentence."),
    Rule("spelling-twice", "templates", templates.spelling_twice, "One of its two meanings is never understood."),
    # Channels
    Rule("one-technology", SETTINGS, channels.one_technology, "When it fails, Murphy is mute."),
    Rule("one-relay", SETTINGS, channels.one_relay, "When it fails, everybody who has no phone is not told."),
    Rule("mailbox-and-relay-together", SETTINGS, channels.mailbox_and_relay_together, "One host, all of mail."),
    Rule("login-in-the-clear", SETTINGS, channels.login_in_the_clear, "Who listens on that machine has the password."),
    Rule("no-mailbox", SETTINGS, channels.no_mailbox, "People reply to a mail, and nobody reads it."),
    Rule("no-way-in-for-texts", SETTINGS, channels.no_way_in_for_texts, "People answer a text, and nobody reads it."),
    Rule("webhook-alone", SETTINGS, channels.webhook_alone, "A lost text is an ACCEPT that nobody hears."),
    Rule("webhook-nobody-reaches", SETTINGS, channels.webhook_nobody_reaches, "Nothing comes in by it."),
    Rule("voice-without-keys", SETTINGS, channels.voice_without_keys, "Who is called must write a text to answer."),
    Rule("slow-poll", SETTINGS, channels.slow_poll, "Somebody answered, and others are still being woken."),
    Rule("no-canary", SETTINGS, channels.no_canary, "A path that broke last month is found in the incident."),
    Rule("canary-to-itself", SETTINGS, channels.canary_to_itself, "The canary never arrives."),
    Rule("no-word-of-authentication", SETTINGS, channels.no_word_of_authentication, "Managers confirm more often."),
)  # fmt: skip


def weaknesses(configuration: Configuration) -> Iterator[Finding]:
    """What the rules see, in the table's order."""
    for rule in RULES:
        for weak in rule.find(configuration):
            yield Finding(Severity.WEAKNESS, rule.name, rule.file, weak.key, weak.problem, weak.cure)
