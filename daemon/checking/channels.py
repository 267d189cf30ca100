"""Weaknesses of the ways out and in: one of a kind, two that fail together, and ways whose failing nobody notices."""

from datetime import timedelta
from urllib.parse import urlsplit

from config.fields import is_loopback
from config.types import Configuration, Inway, Security
from daemon.checking.findings import Weak, Weaks
from daemon.checking.reaching import carrier, channels, configured

SLOW_POLL = timedelta(seconds=30)


def one_technology(configuration: Configuration) -> Weaks:
    carriers = {carrier(configuration.settings, channel) for channel in configured(configuration.settings)}
    if len(carriers) < 2:
        problem = f"{carriers.pop() if carriers else 'nothing'} is the only way out: nobody is told when it fails"
        yield Weak("", problem, "add [twilio], [gsm] or a [[relay]]")


def one_relay(configuration: Configuration) -> Weaks:
    relays = configuration.settings.relays
    if len(relays) == 1:
        yield Weak("relay", "there is only one: no mail goes out when it fails", "add a [[relay]] at another host")
    elif len(relays) > 1 and len({relay.host for relay in relays}) == 1:
        yield Weak("relay", f"all of them are at {relays[0].host}", "add one at another host")


def mailbox_and_relay_together(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    boxes, relays = {box.host for box in settings.mailboxes}, {relay.host for relay in settings.relays}
    if boxes and relays and relays <= boxes:
        problem = f"everything about mail is at {', '.join(sorted(relays))}: it comes in and goes out, or neither"
        yield Weak("relay", problem, "add a [[relay]] at another host")


def login_in_the_clear(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    accounts = [(f"mailbox.{box.name}", box.security) for box in settings.mailboxes]
    accounts += [(f"relay.{relay.name}", relay.security) for relay in settings.relays if relay.username]
    for key, security in accounts:
        if security is Security.NONE:
            yield Weak(f"{key}.security", 'is "none": the password is sent in the clear', 'write "tls" or "starttls"')


def no_mailbox(configuration: Configuration) -> Weaks:
    if not configuration.settings.mailboxes:
        yield Weak("mailbox", "is missing: nobody can propose or answer by mail", "write a [[mailbox]]")


def no_way_in_for_texts(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    if settings.twilio and not settings.twilio.inbound and not settings.gsm:
        yield Weak("twilio.inbound", "is empty: no text is ever read", 'write inbound = ["poll"]')


def webhook_alone(configuration: Configuration) -> Weaks:
    twilio = configuration.settings.twilio
    if twilio and twilio.inbound == (Inway.WEBHOOK,):
        problem = "has no poll: a text that comes while Murphy cannot be reached is lost after one retry"
        yield Weak("twilio.inbound", problem, 'write inbound = ["webhook", "poll"]')


def webhook_nobody_reaches(configuration: Configuration) -> Weaks:
    twilio = configuration.settings.twilio
    host = urlsplit(twilio.public_url).hostname if twilio and twilio.public_url else None
    if host and is_loopback(host):
        yield Weak("twilio.public_url", f"{host} is this machine: Twilio cannot reach it", "give the address outside")


def voice_without_keys(configuration: Configuration) -> Weaks:
    twilio, procedure = configuration.settings.twilio, configuration.procedure
    ladders = [rung.via for rung in procedure.decide] + [discipline.via for discipline in procedure.disciplines]
    called = any("voice" in channels(via) for via in ladders)
    if twilio and called and not twilio.public_url:
        problem = "is missing: keys pressed in a call are not heard, and people must text their answer"
        yield Weak("twilio.public_url", problem, "give the https address at which Twilio reaches [web]")


def slow_poll(configuration: Configuration) -> Weaks:
    twilio = configuration.settings.twilio
    if twilio and Inway.POLL in twilio.inbound and twilio.poll_every > SLOW_POLL:
        seconds = twilio.poll_every.total_seconds()
        yield Weak("twilio.poll_every", f"an answer by text may wait {seconds:g} seconds", 'write poll_every = "10s"')


def no_canary(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    if settings.canary is None:
        yield Weak("canary", "is missing: a path that breaks is noticed in the incident", "write [canary]")
    elif not settings.canary.phone and (settings.twilio or settings.gsm):
        problem = "is missing: nobody notices that texts do not arrive"
        yield Weak("canary.phone", problem, "give the number of a phone that is always on")


def canary_to_itself(configuration: Configuration) -> Weaks:
    settings = configuration.settings
    own = {way.number for way in (settings.twilio, settings.gsm) if way}
    if settings.canary and settings.canary.phone in own:
        yield Weak("canary.phone", "is Murphy's own number, which cannot text itself", "give another phone's number")


def no_word_of_authentication(configuration: Configuration) -> Weaks:
    for box in configuration.settings.mailboxes:
        if not box.authserv_id:
            problem = "is missing: what its server found out about a sender does not count"
            yield Weak(f"mailbox.{box.name}.authserv_id", problem, "copy it from an Authentication-Results header")
