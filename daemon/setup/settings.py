"""murphyd.toml of some answers, and the files of its secrets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.durations import format_duration
from config.settings import Account, Relay
from config.types import Auth, Secret
from daemon.setup.answers import Answers
from daemon.setup.toml import Key, proposed, table

CREDENTIALS = "credentials"
"""The folder of secrets, which the unit hands to the service alone."""

NO_TWILIO = proposed("""\
Texts and calls: they reach people while mail is what has failed.
[twilio]
account_sid = "AC…"
auth_token_file = "credentials/twilio.auth_token"
number = "+32460000000"
public_url = "https://murphy.acme.example"   # to hear the keys pressed in a call
""")

NO_SECOND_RELAY = proposed("""\
A second way out for mail, at another provider: without one no mail goes out when the first fails.
[[relay]]
name = "second"
host = "smtp.another.example"
username = "incidents"
password_file = "credentials/relay.second.password"
""")


@dataclass(slots=True)
class Files:
    """`texts` and `secrets` by their path in the folder."""

    texts: dict[Path, str] = field(default_factory=dict)
    secrets: dict[Path, Secret] = field(default_factory=dict)

    def secret(self, name: str, secret: Secret | None) -> str | None:
        """Where the secret will lie, as murphyd.toml has it."""
        if secret is None:
            return None
        path = Path(CREDENTIALS, name)
        self.secrets[path] = secret
        return str(path)


def settings(answers: Answers, state: Path, files: Files) -> str:
    """The text of murphyd.toml; its secrets are put into `files`. Mailbox and relays are complete by now."""
    return "\n".join(_parts(answers, state, files))


def _parts(answers: Answers, state: Path, files: Files) -> Iterator[str]:
    whose, box, relays = answers.organization, answers.mailbox, answers.relay
    yield f"# How Murphy reaches the world at {whose.name}. Afterwards: murphyd check\n"
    language = ("language", whose.language, "of who has none in contacts.csv")
    zone = ("timezone", whose.timezone, "")
    yield table("organization", [("name", whose.name, "as it stands in messages"), zone, language])
    head: list[Key] = [("address", box.address, "where people propose and answer")]
    more: list[Key] = [
        ("folder", _unless(box.folder, "INBOX"), ""),
        ("done", _unless(box.done, "Done"), ""),
        ("subaddress", _unless(box.subaddress, "+"), ""),
        ("authserv_id", box.authserv_id or None, "whose word on a sender counts (Authentication-Results)"),
    ]
    yield table("mailbox", [*head, *_account("mailbox", box, box.username, files), *more], array=True)
    for number, relay in enumerate(relays):
        yield _relay(relay, relay.name or ("primary", "second")[number > 0] + str(number + 1) * (number > 1), files)
    if len(relays) < 2:
        yield NO_SECOND_RELAY
    yield _texts(answers, files)
    if gsm := answers.gsm:
        folders: list[Key] = [(name, getattr(gsm, name), "") for name in ("inbox", "outbox", "sent", "error")]
        yield table("gsm", [("number", gsm.number, ""), *folders, ("per_minute", gsm.per_minute, "")])
    canary = answers.canary
    phone = ("phone", canary.phone, "where a text goes, to see that texts arrive")
    yield table("canary", [("every", canary.every, "a mail to ourselves, to see that mail arrives"), phone])
    yield table("state", [("directory", state, "what happened: on a disk, and backed up")])


def _relay(relay: Relay, name: str, files: Files) -> str:
    keys: list[Key] = [("name", name, ""), *_account(f"relay.{name}", relay, relay.username, files)]
    return table("relay", [*keys, ("from", relay.sender or None, "")], array=True)


def _account(name: str, account: Account, username: str, files: Files) -> list[Key]:
    oauth = account.auth is Auth.XOAUTH2
    return [
        ("host", account.host, ""),
        ("port", account.port, ""),
        ("security", account.security, ""),
        ("username", username or None, ""),
        ("password_file", files.secret(f"{name}.password", account.password), "a file of this folder, for root only"),
        ("auth", account.auth if oauth else None, ""),
        ("token_url", account.token_url or None, ""),
        ("client_id", account.client_id or None, ""),
        ("client_secret_file", files.secret(f"{name}.client_secret", account.client_secret), ""),
        ("refresh_token_file", files.secret(f"{name}.refresh_token", account.refresh_token), ""),
        ("scope", account.scope or None, ""),
        ("ca_file", account.ca_file, ""),
    ]


def _texts(answers: Answers, files: Files) -> str:
    twilio = answers.twilio
    if twilio is None:
        return NO_TWILIO
    token = files.secret("twilio.auth_token", twilio.auth_token)
    return table("twilio", [
        ("account_sid", twilio.account_sid, ""),
        ("auth_token_file", token, ""),
        ("number", twilio.number, "that sends and receives"),
        ("api_base", _unless(twilio.api_base, "https://api.twilio.com"), ""),
        ("inbound", [str(way) for way in twilio.inbound], "poll needs no public address"),
        ("poll_every", _unless(format_duration(twilio.poll_every), "10s"), ""),
        ("public_url", twilio.public_url or None, "where Twilio reaches [web]: to hear the keys pressed in a call"),
    ])  # fmt: skip


def _unless(value: str, usual: str) -> str | None:
    return None if value == usual else value
