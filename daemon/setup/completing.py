"""Answers with what was left out: the mailbox's server, and a relay with the mailbox's own login."""

from config.settings import Relay
from config.types import Auth
from daemon.setup.answers import Answers, Box
from daemon.setup.providers import Servers


def completed(answers: Answers, found: Servers | None) -> Answers:
    """`found` fills what was not given; None where nothing had to be, or nobody knows."""
    box = answers.mailbox
    if not box.host and found:
        box = _changed(box, host=found.imap.host, port=found.imap.port, security=found.imap.security)
        box = _changed(box, subaddress=found.subaddress, authserv_id=box.authserv_id or found.authserv_id)
    if not box.username:
        box = _changed(box, username=box.address)
    relays = answers.relay
    if not relays and found:
        relays = [_relay(box, found)]
    return answers.model_copy(update={"mailbox": box, "relay": relays})


def wants(answers: Answers) -> bool:
    """Whether servers have to be looked for."""
    return not answers.mailbox.host or not answers.relay


def _changed(box: Box, **values: object) -> Box:
    return box.model_copy(update=values)


def _relay(box: Box, found: Servers) -> Relay:
    login = [("password", box.password)]
    if box.auth is Auth.XOAUTH2:
        grant = ("token_url", "client_id", "client_secret", "refresh_token", "scope")
        login = [(key, getattr(box, key)) for key in grant]
    smtp = found.smtp
    where = {"name": "primary", "host": smtp.host, "port": smtp.port, "security": smtp.security, "auth": box.auth}
    trust = {"ca_file": str(box.ca_file)} if box.ca_file else {}
    return Relay.model_validate({**where, **trust, "username": box.username, **dict(login)})
