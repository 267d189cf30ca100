"""Single values of the files, each parsed into what the program uses or refused with a reason (Wrong).

`Kind` names a value's form for the reference page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from email.utils import parseaddr
from functools import cache, lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import localedata
from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf

from config import types
from config.durations import format_duration, parse_duration
from config.faults import Wrong, nearest, shown
from config.phones import parse_phone

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?")
_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """The form of a value, in the words of the reference page."""

    words: str


def one_line(text: str) -> str:
    """`text` without blanks around it: one line, printable, at most 1000 characters."""
    line = text.strip()
    if any(not c.isprintable() for c in line):
        raise Wrong("holds a line break or another control character", "write it as one line of plain text")
    if len(line) > _LONGEST_LINE:
        raise Wrong(f"is {len(line)} characters long", f"write at most {_LONGEST_LINE}")
    return line


def filled(text: str) -> str:
    """One line that says something."""
    if not (line := one_line(text)):
        raise Wrong("is empty", "write it out")
    return line


def email_address(text: str) -> str:
    """An address (RFC 5321's plain form, ASCII), lower case."""
    address = text.strip()
    local, _, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or ".." in address or local.startswith(".") or local.endswith("."):
        raise Wrong(f"{shown(text)} is no email address", 'write it as in "ann@acme.example"')
    return f"{local}@{domain}".lower()


def sender(text: str) -> str:
    """A From header: an address, or a name and an address in angle brackets (RFC 5322 name-addr)."""
    line = one_line(text)
    name, address = parseaddr(line)
    if line and (not address or (line not in (address, f"<{address}>") and not name)):
        raise Wrong(f"{shown(text)} is no sender", 'write it as in "Acme Incidents <incidents@acme.example>"')
    if line:
        email_address(address)
    return line


def sender_pattern(text: str) -> str:
    """A shell pattern of addresses, lower case."""
    pattern = filled(text).lower()
    if pattern != "*" and pattern.count("@") != 1:
        raise Wrong(f"{shown(text)} matches no email address", 'write an address or a pattern, as in "*@acme.example"')
    return pattern


def host(text: str) -> str:
    """A host name or IP address."""
    name = text.strip().removeprefix("[").removesuffix("]")
    if not _HOST.fullmatch(name):
        raise Wrong(f"{shown(text)} is no host name", 'write only the name or address, as in "mail.acme.example"')
    return name


def is_loopback(name: str) -> bool:
    """Whether a host is this machine by its name alone, without asking the network."""
    if name.casefold() == "localhost":
        return True
    try:
        return ip_address(name.strip().removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def web_address(text: str) -> str:
    """An https URL, or http on loopback; no final slash."""
    url = filled(text).rstrip("/")
    try:
        parts = urlsplit(url)
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Wrong("is no web address", 'write it as in "https://murphy.acme.example"') from None
    if parts.scheme not in ("https", "http") or not name or " " in url:
        raise Wrong("is no web address", 'write it as in "https://murphy.acme.example"')
    if parts.scheme == "http" and not is_loopback(name):
        raise Wrong("is http://, which is accepted for this machine only", "write https://")
    return url


def optional_web_address(text: str) -> str:
    return web_address(text) if text.strip() else ""


def optional_base(text: str) -> str:
    """As `web_address`, with nothing that could not be followed by a path; "" is none."""
    url = optional_web_address(text)
    if "?" in url or "#" in url or "@" in urlsplit(url).netloc:
        raise Wrong("has more than a host and a path", 'write it as in "https://murphy.acme.example"')
    return url


def optional_site(text: str) -> str:
    """As `optional_base`, and nothing behind the host and port; "" is none."""
    url = optional_base(text)
    if url.partition("://")[2].rstrip("/") != urlsplit(url).netloc:
        raise Wrong("has a path", 'write the host only, as in "https://murphy.acme.example"')
    return url


def secret_address(secret: types.Secret) -> types.Secret:
    """A web address that nobody may see."""
    web_address(secret.value)
    return secret


def link(text: str) -> str:
    """What people click to join: a URL of any scheme but http."""
    url = one_line(text)
    return web_address(url) if not url or url.casefold().startswith(("http:", "https:")) else url


def zone(text: str) -> str:
    """An IANA time zone."""
    name = text.strip()
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Wrong(f"{shown(text)} is no time zone", _zone_meant_by(name[:60])) from None
    return name


@lru_cache(maxsize=1000)
def _zone_meant_by(name: str) -> str:
    near = nearest(name, _zones())
    return f'did you mean "{near}"?' if near else 'write its IANA name, as in "Europe/Brussels"'


@cache
def _zones() -> list[str]:
    return sorted(available_timezones())


def language(text: str) -> str:
    """A language (BCP 47: `en`, `nl-BE`)."""
    form = _LANGUAGE.fullmatch(text.strip())
    if form is None or not localedata.exists(form[1].lower()):
        raise Wrong(f"{shown(text)} is no language", 'write its code, as in "en", "nl" or "fr"')
    return f"{form[1].lower()}-{form[2]}" if form[2] else form[1].lower()


def slug(text: str) -> str:
    """A channel's name: what can stand between the "+" of a rung."""
    if not _SLUG.fullmatch(text):
        raise Wrong(f"{shown(text)} cannot name a channel", 'use a-z, 0-9, "-" and "_", as in "ntfy"')
    return text


def absolute(text: object) -> Path:
    if not isinstance(text, str) or not text.startswith("/") or "\0" in text:
        raise Wrong(f"{shown(text)} is no absolute path", "write the whole path, from the first /")
    return Path(text)


def file_path(text: object) -> Path:
    """A path, absolute or within the configuration folder."""
    if not isinstance(text, str) or not text or "\0" in text or ".." in Path(text).parts:
        raise Wrong(f"{shown(text)} is no usable path", "write a whole path, or one inside the configuration folder")
    return Path(text)


def ladder(rungs: object) -> types.Ladder:
    """`["email+sms", "voice"]` as rungs of channels."""
    example = 'write a list, as in ["email+sms", "voice"]'
    if not isinstance(rungs, list) or not rungs or not all(isinstance(r, str) for r in rungs):
        raise Wrong("is no list of channels", example)
    parsed = tuple(tuple(c.strip() for c in r.split("+")) for r in rungs)
    for written, rung in zip(rungs, parsed, strict=True):
        if "" in rung or len(set(rung)) != len(rung):
            raise Wrong(f"{shown(written)} is no rung", "join different channels by +, as in " + '"email+sms"')
    return parsed


def hours(text: object) -> tuple[time, time]:
    """`22:00-07:00` as start and end."""
    form = _HOURS.fullmatch(text) if isinstance(text, str) else None
    if form is None or form[1] + form[2] == form[3] + form[4]:
        raise Wrong(f"{shown(text)} is no span of hours", 'write it as in "22:00-07:00"')
    return time(int(form[1]), int(form[2])), time(int(form[3]), int(form[4]))


def listen(text: object) -> tuple[str, int]:
    """`127.0.0.1:8080` as host and port; port 0 is any free one."""
    name, _, port = text.rpartition(":") if isinstance(text, str) else ("", "", "")
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) < 65536 and name):
        raise Wrong(f"{shown(text)} is no address to listen at", 'write host and port, as in "127.0.0.1:8080"')
    return host(name), int(port)


def _between(least: timedelta) -> Callable[[Any], timedelta]:
    def check(text: Any) -> timedelta:
        if (duration := parse_duration(text)) < least:
            raise Wrong(f"{shown(text)} is too short", f'write at least "{format_duration(least)}"')
        return duration

    return check


Line = Annotated[str, AfterValidator(filled), Kind("text")]
OptionalLine = Annotated[str, AfterValidator(one_line), Kind("text")]
Email = Annotated[str, AfterValidator(email_address), Kind("email address")]
Sender = Annotated[str, AfterValidator(sender), Kind("name and address")]
SenderPattern = Annotated[str, AfterValidator(sender_pattern), Kind("address or pattern")]
Phone = Annotated[str, BeforeValidator(parse_phone), Kind("phone number (E.164)")]
Host = Annotated[str, AfterValidator(host), Kind("host")]
Port = Annotated[int, Field(ge=1, le=65535), Kind("port")]
WebAddress = Annotated[str, AfterValidator(web_address), Kind("https URL")]
OptionalWebAddress = Annotated[str, AfterValidator(optional_web_address), Kind("https URL")]
OptionalBase = Annotated[str, AfterValidator(optional_base), Kind("https URL")]
OptionalSite = Annotated[str, AfterValidator(optional_site), Kind("https URL")]
Link = Annotated[str, AfterValidator(link), Kind("URL")]
Zone = Annotated[str, AfterValidator(zone), Kind("time zone")]
Language = Annotated[str, AfterValidator(language), Kind("language")]
Slug = Annotated[str, AfterValidator(slug), Kind("name (a-z, 0-9, - and _)")]
Folder = Annotated[Path, BeforeValidator(absolute), Kind("absolute path")]
FilePath = Annotated[Path, BeforeValidator(file_path), Kind("path")]
Ladder = Annotated[types.Ladder, BeforeValidator(ladder), Kind("ladder")]
Hours = Annotated[tuple[time, time], BeforeValidator(hours), Kind("hours")]
Listen = Annotated[tuple[str, int], BeforeValidator(listen), Kind("host:port")]
Duration = Annotated[timedelta, BeforeValidator(_between(timedelta(seconds=1))), Kind("duration")]
DurationOrNone = Annotated[timedelta, BeforeValidator(_between(timedelta(0))), Kind("duration, `0s` allowed")]
LongDuration = Annotated[timedelta, BeforeValidator(_between(timedelta(days=1))), Kind("duration, at least `1d`")]
SecretText = Annotated[InstanceOf[types.Secret], Kind("secret")]
SecretAddress = Annotated[InstanceOf[types.Secret], AfterValidator(secret_address), Kind("secret, an https URL")]
