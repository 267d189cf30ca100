"""Large mail providers, by the names of the servers that take a domain's mail (MX)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.types import Security

IMAP_TLS, SMTP_TLS, SMTP_STARTTLS = 993, 465, 587


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Servers:
    """Where a mailbox is read (IMAP) and its mail goes out (SMTP). `how` says who told, in words.

    `hint` is what its users must know; `token_url` is there where passwords are refused (RFC 6749, with `scope`).
    `authserv_id` is whose Authentication-Results its own servers write (RFC 8601), "" where that is not known.
    """

    imap: Server
    smtp: Server
    how: str = ""
    hint: str = ""
    token_url: str = ""
    scope: str = ""
    authserv_id: str = ""
    subaddress: str = "+"


def _of(name: str, imap: str, smtp: str, port: int = SMTP_TLS, **more: str) -> Servers:
    security = Security.TLS if port == SMTP_TLS else Security.STARTTLS
    return Servers(Server(imap, IMAP_TLS, Security.TLS), Server(smtp, port, security), f"{name}", **more)


GOOGLE = _of(
    "Google", "imap.gmail.com", "smtp.gmail.com",
    hint="Google wants an app password (myaccount.google.com/apppasswords), not the one of the account",
    authserv_id="mx.google.com",
)  # fmt: skip
MICROSOFT = _of(
    "Microsoft 365", "outlook.office365.com", "smtp.office365.com", SMTP_STARTTLS,
    hint="Microsoft takes no password here, but a registered application: its client id and a refresh token",
    token_url="https://login.microsoftonline.com/common/oauth2/v2.0/token",  # noqa: S106 (an address, not a secret)
    scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
)  # fmt: skip
APPLE = _of(
    "iCloud", "imap.mail.me.com", "smtp.mail.me.com", SMTP_STARTTLS,
    hint="Apple wants an app-specific password (account.apple.com), not the one of the account",
)  # fmt: skip
FASTMAIL = _of(
    "Fastmail", "imap.fastmail.com", "smtp.fastmail.com",
    hint="Fastmail wants an app password (Settings, Privacy & Security), not the one of the account",
)  # fmt: skip
YAHOO = _of(
    "Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com",
    hint="Yahoo wants an app password (Account security), not the one of the account",
)  # fmt: skip

PROVIDERS: Mapping[str, Servers] = {
    "google.com": GOOGLE,
    "googlemail.com": GOOGLE,
    "mail.protection.outlook.com": MICROSOFT,
    "olc.protection.outlook.com": MICROSOFT,
    "mail.icloud.com": APPLE,
    "messagingengine.com": FASTMAIL,
    "yahoodns.net": YAHOO,
    "zoho.com": _of("Zoho", "imappro.zoho.com", "smtppro.zoho.com"),
    "zoho.eu": _of("Zoho", "imappro.zoho.eu", "smtppro.zoho.eu"),
    "ionos.com": _of("IONOS", "imap.ionos.com", "smtp.ionos.com"),
    "kundenserver.de": _of("IONOS", "imap.ionos.de", "smtp.ionos.de"),
    "ovh.net": _of("OVH", "ssl0.ovh.net", "ssl0.ovh.net"),
    "gandi.net": _of("Gandi", "mail.gandi.net", "mail.gandi.net"),
    "infomaniak.ch": _of("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com"),
    "mailbox.org": _of("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org"),
    "gmx.net": _of("GMX", "imap.gmx.net", "mail.gmx.net"),
    "migadu.com": _of("Migadu", "imap.migadu.com", "smtp.migadu.com"),
    "emailsrvr.com": _of("Rackspace", "secure.emailsrvr.com", "secure.emailsrvr.com"),
    "secureserver.net": _of("GoDaddy", "imap.secureserver.net", "smtpout.secureserver.net"),
    "one.com": _of("one.com", "imap.one.com", "send.one.com"),
    "transip.email": _of("TransIP", "imap.transip.email", "smtp.transip.email"),
    "strato.de": _of("Strato", "imap.strato.de", "smtp.strato.de"),
    "rzone.de": _of("Strato", "imap.strato.de", "smtp.strato.de"),
    "mail.ru": _of("Mail.ru", "imap.mail.ru", "smtp.mail.ru"),
}

EVERYBODYS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com",
    "mac.com", "yahoo.com", "gmx.net", "gmx.de", "gmx.com", "web.de", "mail.com", "proton.me", "protonmail.com",
    "fastmail.com", "mailbox.org", "zoho.com", "aol.com", "telenet.be", "skynet.be", "proximus.be", "orange.fr",
    "free.fr", "laposte.net", "wanadoo.fr", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "t-online.de", "freenet.de",
    "mail.ru",
})  # fmt: skip
"""Domains at which anybody in the world has an address: that somebody writes from there says nothing."""


def by_mx(names: Iterable[str]) -> Servers | None:
    """The provider that one of these servers belongs to."""
    for name in names:
        labels = name.rstrip(".").lower().split(".")
        for start in range(len(labels)):
            if found := PROVIDERS.get(".".join(labels[start:])):
                return found
    return None


def usual(domain: str) -> Servers:
    """Where a domain's mail is by its name alone: at its provider, else under the names that most servers have."""
    return by_mx([domain]) or _of("Not looked for; by the usual names", f"imap.{domain}", f"smtp.{domain}")
