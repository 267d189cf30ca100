"""A whole, valid configuration folder with everything in it, which a case damages in one place."""

from pathlib import Path

import pytest

from config.faults import ConfigurationFaults
from config.load import load
from config.types import Configuration

SETTINGS = """
[organization]
name = "Acme Retail"
timezone = "Europe/Brussels"
language = "en"

[[mailbox]]
name = "incidents"
address = "Incidents@acme.example"
host = "imap.acme.example"
username = "incidents"
password = "hunter2-mailbox"

[[relay]]
name = "primary"
host = "smtp.acme.example"
security = "starttls"
username = "incidents"
password = "hunter2-relay"
from = "Acme Major Incidents <incidents@acme.example>"

[[relay]]
name = "backup"
host = "127.0.0.1"
port = 2525
security = "none"

[twilio]
account_sid = "AC0123"
auth_token = "hunter2-twilio"
number = "+32460000000"
inbound = ["poll", "webhook"]
public_url = "https://murphy.acme.example/"

[gsm]
number = "+32470009999"
inbox = "/var/spool/gammu/inbox/"
outbox = "/var/spool/gammu/outbox/"
sent = "/var/spool/gammu/sent/"
error = "/var/spool/gammu/error/"

[[other]]
name = "ntfy"
url = "ntfy://hunter2-other@ntfy.acme.example/{contact.email}"

[security]
decide = "code"

[canary]
phone = "+32470000009"

[state]
directory = "/var/lib/murphyd"
"""

PROCEDURE = """
[propose]
from = ["*@Acme.example"]

[[decide]]
via = ["email+sms"]
[[decide]]
after = "5m"
via = ["voice", "gsm"]
repeat = "5m"

[[audience]]
name = "stakeholders"
lists = ["all-staff"]
every = "60m"
via = ["email", "sms", "ntfy"]
[[audience]]
name = "management"
lists = ["management"]
detail = "management"
every = "30m"
via = ["email", "sms"]

[quiet]
hours = "22:00-07:00"
channels = ["sms", "voice"]

[[service]]
name = "email"
public_name = "Email and calendar"
impact = "You may be unable to send or receive email."
aliases = ["mail", "outlook"]
disciplines = ["network"]
disables = ["email"]
[[service]]
name = "*"

[[discipline]]
name = "network"
list = "network-engineers"
via = ["sms", "voice"]

[[bridge]]
name = "Conference"
url = "https://meet.acme.example/major"
phone = "+3220000000"
pin = "1234"
depends_on = ["internet"]
"""

CONTACTS = """name,email,phone,lists,language,timezone
An Peeters,An.Peeters@acme.example;an@home.example,+32 470 00 00 01,incident-managers;all-staff,nl,Europe/Brussels
James Whitfield,james@acme.example,+447912000002,network-engineers;management;all-staff,,Europe/London
Oliver Grant,,+447912000003,all-staff,fr,
"""


SMALL_SETTINGS = """
[organization]
name = "Acme"
timezone = "Europe/Brussels"
[[mailbox]]
address = "incidents@acme.example"
host = "imap.acme.example"
password = "x"
[[relay]]
host = "smtp.acme.example"
"""

SMALL_PROCEDURE = """
[propose]
from = []
[[decide]]
via = ["email"]
[[audience]]
name = "all"
lists = ["incident-managers"]
every = "1h"
via = ["email"]
"""

SMALL_CONTACTS = "name,email,lists\nAn,an@acme.example,incident-managers\n"


class Folder:
    """A folder to damage, and what `load` says of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environ: dict[str, str] = {}
        self.write("murphyd.toml", SETTINGS)
        self.write("procedure.toml", PROCEDURE)
        self.write("contacts.csv", CONTACTS)

    def write(self, name: str, content: str | bytes) -> None:
        (self.path / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def load(self) -> Configuration:
        return load(self.path, self.environ)

    def faults(self) -> list[str]:
        """The lines of a refusal; [] for none."""
        refusal = self.refusal()
        return str(refusal).split("\n") if refusal else []

    def refusal(self) -> ConfigurationFaults | None:
        try:
            self.load()
        except ConfigurationFaults as refusal:
            return refusal
        return None


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "etc").mkdir()
    return Folder(tmp_path / "etc")


@pytest.fixture
def small(folder: Folder) -> Folder:
    """The least that is a configuration."""
    folder.write("murphyd.toml", SMALL_SETTINGS)
    folder.write("procedure.toml", SMALL_PROCEDURE)
    folder.write("contacts.csv", SMALL_CONTACTS)
    return folder
