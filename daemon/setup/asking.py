"""The questions of `murphyd init`: as few as will do, and each asked again until it is answered.

Answers become the tables that an answers file would have. Nothing is written, so that leaving leaves nothing.
"""

from collections.abc import Callable
from typing import Any

import typer

from config.faults import Wrong
from config.fields import email_address, filled, host, language, link, one_line, zone
from config.types import Secret
from daemon.commands.console import say
from daemon.importing.numbers import e164
from daemon.setup import machine
from daemon.setup.providers import Servers

Raw = dict[str, Any]
Find = Callable[[str], Servers | None]
Try = Callable[[Raw], str]
"""Logs in with the tables so far; why that fails, "" where it works."""


def ask_all(find: Find, tries: Try) -> Raw:
    """Every table that the person at the keyboard gives. Raises typer.Abort."""
    say("A few questions. What stands in brackets is taken by Enter; Ctrl-C leaves nothing behind.\n")
    name = ask("Name of the organization", filled)
    where = ask("Time zone", zone, machine.zone())
    spoken = ask(f"Language of its messages ({', '.join(machine.SPOKEN)})", _spoken, machine.language())
    raw: Raw = {"organization": {"name": name, "timezone": where, "language": spoken}}
    _ask_mail(raw, find, tries)
    raw["manager"] = _people("incident manager", where, "who decides whether it is a major incident", least=1)
    say("\nEngineers are called to repair it. Enter at once: the managers are.")
    raw["engineer"] = _people("engineer", where, "", least=0)
    _ask_twilio(raw, where)
    _ask_bridges(raw, where)
    return raw


def ask(question: str, parse: Callable[[str], str], default: str | None = None, *, hidden: bool = False) -> str:
    """Asked until it is right; with `default` "" Enter alone is an answer. Raises typer.Abort."""
    while True:
        shown = default not in (None, "")
        given = typer.prompt(question, default=default, hide_input=hidden, show_default=shown, err=True, type=str)
        if default == "" and not given.strip():
            return ""
        try:
            return parse(given)
        except Wrong as wrong:
            say((f"  {wrong}", "yellow"), err=True)


def _spoken(text: str) -> str:
    """Raises Wrong where there are no words for it: who writes their own begins with those of another language."""
    tag = language(text)
    if tag.partition("-")[0] not in machine.SPOKEN:
        raise Wrong(f"there are no templates in {tag}", "take one that there is; your own go into templates/ later")
    return tag


def _ask_mail(raw: Raw, find: Find, tries: Try) -> None:
    say("\nThe mailbox where people propose and answer: Murphy reads it, and files what it has handled.")
    box: Raw = {"address": ask("Its address", email_address)}
    raw["mailbox"] = box
    found = find(box["address"])
    if found:
        say(f"  {found.how}: {found.imap} and {found.smtp}")
        servers = found
        box |= {"host": servers.imap.host, "port": servers.imap.port, "security": str(servers.imap.security)}
        box |= {"subaddress": found.subaddress, "authserv_id": found.authserv_id}
        raw["relay"] = [{"name": "primary", "host": found.smtp.host, "port": found.smtp.port}]
        raw["relay"][0]["security"] = str(found.smtp.security)
    else:
        say("  Nobody tells where its mail is.")
        box |= _server("Server that it is read from (IMAP)", 993)
        raw["relay"] = [{"name": "primary", **_server("Server that sends its mail (SMTP)", 465)}]
    if found and found.hint:
        say(f"  {found.hint}.")
    while True:
        _ask_login(raw, found)
        why = tries(raw)
        if not why:
            return
        say((f"  {why}", "yellow"), err=True)
        if not typer.confirm("Try another login?", default=True, err=True):
            say("  Go on then; murphyd.toml and the files in credentials/ can be corrected later.")
            return


def _server(question: str, usual: int) -> Raw:
    """Host and port as in "mail.acme.example:993"; TLS from the start on the usual ports of it, else STARTTLS."""

    def parse(text: str) -> str:
        name, _, port = text.strip().rpartition(":") if text.strip().rpartition(":")[2].isdigit() else (text, "", "")
        if port and not 0 < int(port[:6]) < 65536:
            raise Wrong("is no port", 'write it as in "mail.acme.example:993"')
        return f"{host(name)}:{port or usual}"

    name, _, port = ask(question, parse).rpartition(":")
    return {"host": name, "port": int(port), "security": "tls" if int(port) in (993, 465) else "starttls"}


def _ask_login(raw: Raw, found: Servers | None) -> None:
    box, relay = raw["mailbox"], raw["relay"][0]
    box["username"] = ask("User name", one_line, box.get("username") or box["address"])
    login: Raw
    if found and found.token_url:
        login = {"auth": "xoauth2", "token_url": found.token_url, "scope": found.scope}
        login["client_id"] = ask("Client id of the application", filled)
        login["client_secret"] = Secret(ask("Its secret (Enter: none; not shown)", filled, "", hidden=True))
        login["refresh_token"] = Secret(ask("Refresh token (not shown)", filled, hidden=True))
        if not login["client_secret"].value:
            del login["client_secret"]
    else:
        login = {"password": Secret(ask("Password (not shown)", filled, hidden=True))}
    box |= login
    relay |= {"username": box["username"], **login}


def _people(kind: str, where: str, which: str, *, least: int) -> list[Raw]:
    say(f"\nThe {kind}s: {which}. At least one, better three." if which else "", err=False)
    found: list[Raw] = []
    while True:
        first = len(found) < least
        name = ask(
            f"Name of the {kind}" if not found else f"Next {kind} (Enter: no more)", filled, None if first else ""
        )
        if not name:
            return found
        email = ask("  Email (Enter: none)", email_address, "")
        phone = ask(
            "  Mobile phone" if email else "  Mobile phone (needed without email)", lambda t: e164(t, where), ""
        )
        if not email and not phone:
            say(("  Without either, nobody can be reached; again.", "yellow"), err=True)
            continue
        found.append({key: value for key, value in (("name", name), ("email", email), ("phone", phone)) if value})


def _ask_twilio(raw: Raw, where: str) -> None:
    say("\nTexts and calls reach people while mail is what has failed. Murphy uses an account at Twilio for them.")
    account = ask("Account SID, as in AC… (Enter: not now)", filled, "")
    if account:
        token = Secret(ask("Auth token (not shown)", filled, hidden=True))
        number = ask("The number that sends, as in +32460000000", lambda text: e164(text, where))
        raw["twilio"] = {"account_sid": account, "auth_token": token, "number": number}


def _ask_bridges(raw: Raw, where: str) -> None:
    say("\nThe communication bridge is where the team meets. Better two, of which one works without internet.")
    raw["bridge"] = []
    while True:
        more = "Link of the next one" if raw["bridge"] else "Its link"
        url = ask(f"{more} (Enter: none)", link, "")
        phone = ask("  Number to dial in (Enter: none)", lambda text: e164(text, where), "")
        if not url and not phone:
            return
        pin = ask("  PIN (Enter: none)", one_line, "")
        name = f"Bridge {len(raw['bridge']) + 1}"
        found = {"name": name, "url": url, "phone": phone, "pin": pin}
        needs = {"depends_on": ["internet"]} if url else {}
        raw["bridge"].append({**{key: value for key, value in found.items() if value}, **needs})
