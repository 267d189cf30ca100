"""What a valid folder comes to: every key has its value, every optional one its default."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from config.types import (
    Auth,
    Contact,
    Decide,
    DecideRung,
    Detail,
    Inway,
    OnDamage,
    OnSilence,
    Quiet,
    Review,
    Security,
    Undecided,
    Unknown,
    UpdateRules,
    Web,
)
from tests.config.conftest import Folder


def test_settings_with_their_defaults(folder: Folder) -> None:
    settings = folder.load().settings
    mailbox, (primary, backup), twilio = settings.mailboxes[0], settings.relays, settings.twilio
    assert (mailbox.name, mailbox.address, mailbox.username) == ("incidents", "incidents@acme.example", "incidents")
    assert (mailbox.security, mailbox.port, mailbox.auth) == (Security.TLS, 993, Auth.PASSWORD)
    assert (mailbox.folder, mailbox.done, mailbox.subaddress) == ("INBOX", "Done", "+")
    assert (mailbox.max_age, mailbox.authserv_id, mailbox.ca_file) == (timedelta(hours=1), "", None)
    assert (primary.port, primary.sessions) == (587, 8)
    assert primary.sender == "Acme Major Incidents <incidents@acme.example>"
    assert (backup.port, backup.username, backup.password, backup.sender) == (2525, "", None, "")
    assert twilio is not None
    assert (twilio.api_base, twilio.poll_every) == ("https://api.twilio.com", timedelta(seconds=10))
    assert (twilio.inbound, twilio.public_url) == ((Inway.POLL, Inway.WEBHOOK), "https://murphy.acme.example")
    assert settings.gsm is not None
    assert (settings.gsm.inbox, settings.gsm.per_minute) == (Path("/var/spool/gammu/inbox"), 20)
    assert settings.canary is not None
    assert (settings.canary.every, settings.canary.phone) == (timedelta(minutes=15), "+32470000009")
    assert (settings.decide, settings.web) == (Decide.CODE, Web("127.0.0.1", 8080))
    assert settings.public_url == twilio.public_url, "where nothing else is said"
    assert (settings.state.directory, settings.state.on_damage) == (Path("/var/lib/murphyd"), OnDamage.CARRY_ON)


def test_the_procedure_with_its_defaults(folder: Folder) -> None:
    procedure = folder.load().procedure
    propose = procedure.propose
    assert (propose.senders, propose.unknown) == (("*@acme.example",), Unknown.HOLD)
    assert (propose.decide_by, propose.undecided) == (timedelta(minutes=30), Undecided.KEEP_ASKING)
    assert procedure.decide == (
        DecideRung(timedelta(0), "incident-managers", (("email", "sms"),), None),
        DecideRung(timedelta(minutes=5), "incident-managers", (("voice",), ("gsm",)), timedelta(minutes=5)),
    )
    stakeholders, management = procedure.audiences
    assert (stakeholders.detail, management.detail) == (Detail.PUBLIC, Detail.MANAGEMENT)
    assert stakeholders.via == (("email",), ("sms",), ("ntfy",))
    assert procedure.update == UpdateRules(timedelta(minutes=10), OnSilence.HOLDING, timedelta(0))
    assert procedure.quiet == Quiet(time(22), time(7), ("sms", "voice"))
    email, anything = procedure.services
    assert (email.aliases, email.disciplines, email.disables) == (("mail", "outlook"), ("network",), ("email",))
    assert (anything.name, anything.public_name, anything.impact, anything.confidential) == ("*", "", "", False)
    assert (procedure.disciplines[0].list, procedure.disciplines[0].need) == ("network-engineers", 1)
    assert procedure.disciplines[0].answer_within == timedelta(minutes=3)
    assert procedure.bridges[0].depends_on == ("internet",)
    assert procedure.review == Review(timedelta(days=3), timedelta(days=1))


def test_people_take_language_and_zone_from_the_organization(folder: Folder) -> None:
    people = folder.load().people
    assert list(people.contacts) == ["an.peeters@acme.example", "james@acme.example", "+447912000003"]
    assert people.contacts["an.peeters@acme.example"] == Contact(
        id="an.peeters@acme.example",
        name="An Peeters",
        emails=("an.peeters@acme.example", "an@home.example"),
        phones=("+32470000001",),
        lists=("incident-managers", "all-staff"),
        language="nl",
        timezone="Europe/Brussels",
    )
    assert (people.contacts["james@acme.example"].language, people.contacts["+447912000003"].timezone) == (
        "en",
        "Europe/Brussels",
    )
    assert people.on("all-staff") == tuple(people.contacts)
    assert people.by_email["an@home.example"] == people.by_phone["+32470000001"] == "an.peeters@acme.example"


def test_the_smallest_folder_is_one_mailbox_one_relay_one_manager(small: Folder) -> None:
    settings = small.load().settings
    assert (settings.mailboxes[0].name, settings.mailboxes[0].username) == ("incidents", "incidents@acme.example")
    assert (settings.relays[0].name, settings.relays[0].port) == ("smtp.acme.example", 465)
    assert (settings.twilio, settings.gsm, settings.others, settings.canary) == (None, None, (), None)


def test_xoauth2_takes_a_refresh_token(folder: Folder) -> None:
    folder.edit(
        "murphyd.toml",
        'password = "hunter2-mailbox"',
        'auth = "xoauth2"\ntoken_url = "https://id.acme.example/token"\nclient_id = "murphy"\n'
        'client_secret = "c"\nrefresh_token = "r"\nscope = "imap"\nca_file = "ca.pem"',
    )
    folder.write("ca.pem", "-----BEGIN CERTIFICATE-----")
    mailbox = folder.load().settings.mailboxes[0]
    assert mailbox.oauth is not None
    assert (mailbox.auth, mailbox.password, mailbox.oauth.scope) == (Auth.XOAUTH2, None, "imap")
    assert mailbox.oauth.refresh_token.value == "r"
    assert mailbox.ca_file == folder.path / "ca.pem"


def test_a_relay_by_xoauth2_needs_a_user_name(folder: Folder) -> None:
    folder.edit(
        "murphyd.toml",
        'username = "incidents"\npassword = "hunter2-relay"',
        'auth = "xoauth2"\ntoken_url = "https://id.acme.example/token"\nclient_id = "m"\nrefresh_token = "r"',
    )
    assert folder.faults() == ['murphyd.toml: relay.primary.username: is missing; auth = "xoauth2" needs it']


def test_an_empty_sender_is_the_mailbox_and_localhost_is_this_machine(small: Folder) -> None:
    small.edit("murphyd.toml", 'host = "smtp.acme.example"', 'host = "LocalHost"\nsecurity = "none"\nfrom = ""')
    relay = small.load().settings.relays[0]
    assert (relay.sender, relay.port, relay.security) == ("", 25, Security.NONE)


@pytest.mark.parametrize("host", ["::1", "[::1]", "127.0.0.1", "localhost"])
def test_this_machine_in_the_clear_however_it_is_written(small: Folder, host: str) -> None:
    small.edit("murphyd.toml", 'host = "smtp.acme.example"', f'host = "{host}"\nsecurity = "none"')
    assert small.load().settings.relays[0].host == host.strip("[]")
