"""References between tables and files: every name that is used must be the name of something."""

from collections.abc import Collection, Iterator

from config.durations import parse_duration
from config.faults import Wrong, nearest, one_of
from config.fields import web_address
from config.files import CONTACTS, PROCEDURE, SETTINGS
from config.rules import Raw, tables, text, texts
from config.secrets import variable
from config.types import MANAGERS, Fault, People

BUILT_IN = {
    "email": ("[[relay]]", ("relay",)),
    "sms": ("[twilio] or [gsm]", ("twilio", "gsm")),
    "voice": ("[twilio]", ("twilio",)),
    "gsm": ("[gsm]", ("gsm",)),
}
"""Channel -> what configures it, in words and as tables of murphyd.toml."""

CONSOLE = "console"
"""The channel by which an operator at the console is answered."""


def check_names(settings: Raw | None, procedure: Raw | None) -> Iterator[Fault]:
    """Two of the same kind by one name."""
    for file, raw, kinds in (
        (SETTINGS, settings, ("mailbox", "relay", "other")),
        (PROCEDURE, procedure, ("audience", "service", "discipline", "bridge")),
    ):
        for kind in kinds:
            seen: set[str] = set()
            for key, table in tables(raw or {}, kind):
                words = [text(table, "name"), *texts(table, "aliases")]
                own = {variable(word) if file == SETTINGS else word.casefold(): word for word in words if word}
                for folded, word in own.items():
                    if folded in seen:
                        problem = f'"{word}" names another {kind} as well'
                        yield Fault(file, f"{key}.name", problem, "give each its own name")
                seen.update(own)
    for key, table in tables(settings or {}, "other"):
        if text(table, "name") in (*BUILT_IN, CONSOLE):
            yield Fault(SETTINGS, f"{key}.name", "is the name of a built-in channel", "choose another name")


def check_lists(procedure: Raw, lists: Collection[str]) -> Iterator[Fault]:
    """Lists that nobody is on, other than the managers' list."""
    for key, table in tables(procedure, "decide"):
        if (who := text(table, "who", MANAGERS)) != MANAGERS:
            yield from _on_list(f"{key}.who", who, lists)
    for key, table in tables(procedure, "audience"):
        for name in texts(table, "lists"):
            yield from _on_list(f"{key}.lists", name, lists)
    for key, table in tables(procedure, "discipline"):
        yield from _on_list(f"{key}.list", text(table, "list"), lists)


def check_managers(lists: Collection[str]) -> Iterator[Fault]:
    if MANAGERS not in lists:
        near = nearest(MANAGERS, lists)
        cure = f'did you mean it by "{near}"?' if near else "put at least one person on it"
        yield Fault(CONTACTS, "lists", f'nobody is on the list "{MANAGERS}": nobody could accept an incident', cure)


def check_own(settings: Raw, people: People) -> Iterator[Fault]:
    """Murphy's own addresses and numbers among the contacts: it would talk to itself."""
    own = [(text(table, "address").strip().lower(), "[[mailbox]]") for _, table in tables(settings, "mailbox")]
    own += [(text(table, "number"), f"[{kind}]") for kind in ("twilio", "gsm") for _, table in tables(settings, kind)]
    for address, where in own:
        if contact := people.by_email.get(address) or people.by_phone.get(address.replace(" ", "")):
            problem = f"{address} is Murphy's own, by {where} of {SETTINGS}"
            yield Fault(CONTACTS, people.contacts[contact].name, problem, "give the person's own")


def check_duties(procedure: Raw, people: People) -> Iterator[Fault]:
    """Who is on duty is a contact on the list, and a calendar is a file, or on the web with https."""
    seen = set()
    for key, table in tables(procedure, "duty"):
        name = text(table, "list")
        yield from _on_list(f"{key}.list", name, people.lists)
        if name in seen:
            yield Fault(PROCEDURE, f"{key}.list", f'"{name}" has a [[duty]] already', "write one for each list")
        seen.add(name)
        if not texts(table, "rota") and not text(table, "calendar"):
            yield Fault(PROCEDURE, key, "says not who is on duty", "give a rota or a calendar")
        for address in texts(table, "rota"):
            yield from _of_list(f"{key}.rota", address.strip().lower(), name, people)
        if "://" in (calendar := text(table, "calendar")):
            try:
                web_address(calendar)
            except Wrong as wrong:
                yield wrong.at(PROCEDURE, f"{key}.calendar")


def _of_list(key: str, address: str, name: str, people: People) -> Iterator[Fault]:
    who = people.by_email.get(address)
    if who is None:
        near = one_of(address, people.by_email, f"write one of the addresses in {CONTACTS}")
        yield Fault(PROCEDURE, key, f"{address} is no contact's", near)
    elif name in people.lists and who not in people.on(name):
        yield Fault(PROCEDURE, key, f'{address} is not on the list "{name}"', f"put them on it in {CONTACTS}")


def check_disciplines(procedure: Raw) -> Iterator[Fault]:
    known = [text(table, "name") for _, table in tables(procedure, "discipline")]
    for key, table in tables(procedure, "service"):
        for name in texts(table, "disciplines"):
            if name not in known:
                cure = one_of(name, known, f'write a [[discipline]] with name = "{name}"')
                yield Fault(PROCEDURE, f"{key}.disciplines", f'there is no discipline "{name}"', cure)


def check_channels(procedure: Raw, settings: Raw) -> Iterator[Fault]:
    """Channels that are not configured, or not known at all."""
    others = [text(table, "name") for _, table in tables(settings, "other")]
    for kind in ("decide", "audience", "discipline"):
        for key, table in tables(procedure, kind):
            for rung in texts(table, "via"):
                for channel in rung.split("+"):
                    yield from _usable(f"{key}.via", channel.strip(), settings, others)
    quiet = procedure.get("quiet")
    quiet_tables = [("quiet", quiet)] if isinstance(quiet, dict) else []
    for key, table, part in (
        *((k, t, "disables") for k, t in tables(procedure, "service")),
        *((k, t, "channels") for k, t in quiet_tables),
    ):
        for channel in texts(table, part):
            yield from _named(f"{key}.{part}", channel, others)


def check_times(procedure: Raw) -> Iterator[Fault]:
    """The rungs of the decide ladder are in the order of time."""
    latest = None
    for key, table in tables(procedure, "decide"):
        try:
            after = parse_duration(table.get("after", "0m"))
        except Wrong:
            continue
        if latest is not None and after < latest:
            problem = f'is "{table.get("after", "0m")}", before the rung above it'
            yield Fault(PROCEDURE, f"{key}.after", problem, "write the [[decide]] tables in the order of time")
        latest = max(after, latest or after)


def _on_list(key: str, name: str, lists: Collection[str]) -> Iterator[Fault]:
    if name and name not in lists:
        yield Fault(PROCEDURE, key, f'nobody is on the list "{name}"', one_of(name, lists, "put somebody on it"))


def _named(key: str, channel: str, others: list[str]) -> Iterator[Fault]:
    if channel and channel not in BUILT_IN and channel not in others:
        yield Fault(PROCEDURE, key, f'there is no channel "{channel}"', one_of(channel, [*BUILT_IN, *others]))


def _usable(key: str, channel: str, settings: Raw, others: list[str]) -> Iterator[Fault]:
    yield from _named(key, channel, others)
    if channel in BUILT_IN:
        words, needed = BUILT_IN[channel]
        if not any(settings.get(name) for name in needed):
            problem = f'the channel "{channel}" is not configured'
            yield Fault(PROCEDURE, key, problem, f"write {words} in {SETTINGS}, or leave it out")
