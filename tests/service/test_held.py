"""Whatever an object holds in a dict, set or list, what bounds it: one without a bound fills the memory in a year."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from daemon.core.facts import Archived
from daemon.identity.codes import WITHIN, Codes
from tests.architecture.tree import ROOT, Module
from tests.service.test_bounds import daemons, name_of
from tests.web.stage import busy

KINDS = frozenset(
    {"dict", "set", "list", "defaultdict", "deque", "Counter", "OrderedDict", "WeakSet", "WeakValueDictionary"}
)

SHORT_LIVED = {
    "config/": "one reading of the folder",
    "parsers/": "one message, of which 5 MB are fetched at most",
    "daemon/checking/": "one check",
    "daemon/commands/": "one command",
    "daemon/core/": "the state, of which what has ended is archived, or one stimulus",
    "daemon/document/": "one report",
    "daemon/importing/": "one import",
    "daemon/procedure/": "one written procedure",
    "daemon/review/": "one report",
    "daemon/setup/": "one new folder",
}
"""By where they are: nothing there outlives what it is made for."""

HELD = {
    "channels/apprise.py:Apprise._posted": "the posts of a minute, of which at most POSTS_AT_ONCE are under way",
    "channels/gsm.py:Gsm._recent": "maxlen",
    "channels/imap.py:Mailbox._handled": "messages in the folder that cannot be moved away yet",
    "channels/resolver.py:Resolver._known": "MOST",
    "channels/resolver.py:Resolver._lookups": "lookups under way, one for each name",
    "channels/smtp.py:Smtp._distrusted": "configured relays",
    "channels/smtp.py:Smtp._relays": "configured relays",
    "channels/smtp_kept.py:Kept._sessions": "the relay's sessions",
    "channels/smtp_pipeline.py:Pipeline._expected": "steps of the envelopes under way on one connection, a ROUND",
    "channels/smtp_pipeline.py:Pipeline._offered": "one answer to EHLO",
    "channels/smtp_pipeline.py:Pipeline._words": "LONGEST_REPLY",
    "channels/twilio_inbound.py:TextPoll._seen": "the texts of a day before the newest: OVERLAP",
    "daemon/attempts.py:Attempts._claimed": "attempts whose outcome is on its way to the state",
    "daemon/attempts.py:Attempts._numbers": "numbers to which an attempt is under way: it holds them weakly",
    "daemon/bridges.py:Bridges._due": "configured bridges",
    "daemon/canary.py:Canaries._back": "canaries under way, one for each relay and the modem",
    "daemon/console/desk.py:_Waiting.answers": "the answers to one command",
    "daemon/console/server.py:Console._talks": "AT_ONCE",
    "daemon/consumer.py:Consumer.releases": "the parts of the daemon that hear of facts, added at the start",
    "daemon/consumer.py:_Group.changes": "what is decided on one arrival, tick or batch of outcomes",
    "daemon/consumer.py:_Group.facts": "the same",
    "daemon/grants.py:Grants._sources": "grants in the configuration",
    "daemon/history.py:Sent.attempts": "one incident that is shown",
    "daemon/identity/codes.py:Codes._wrong": "people who sent a wrong code in the last hour: WITHIN",
    "daemon/inbox.py:Inbox._complaints": "configured sources, and of each MOST_COMPLAINTS",
    "daemon/inbox.py:Inbox.up": "configured sources",
    "daemon/inbox.py:Inbox.why": "configured sources",
    "daemon/lanes.py:_Ranked._ranks": "priorities, and of each at most one attempt for each open delivery",
    "daemon/outbox.py:Outbox._down": "channels",
    "daemon/outbox.py:Outbox._later": "waits of open deliveries, one for each attempt, which the ladder bounds",
    "daemon/outbox.py:Outbox._pumps": "priorities",
    "daemon/outbox.py:_Pump.waiting": "an entry for each notice given or delivery looked at again, taken out at once",
    "daemon/records.py:_adapters": "kinds of facts",
    "daemon/render/catalog.py:Table.forms": "verbs",
    "daemon/render/catalog.py:Table.status": "statuses",
    "daemon/render/catalog.py:Table.templates": "one language file",
    "daemon/render/catalog.py:Table.verbs": "one language file",
    "daemon/render/catalog.py:_Reader.faults": "one language file",
    "daemon/render/catalog.py:_Reader.forms": "one language file",
    "daemon/render/catalog.py:_Reader.status": "one language file",
    "daemon/render/catalog.py:_Reader.templates": "one language file",
    "daemon/render/catalog.py:_Reader.verbs": "one language file",
    "daemon/render/layout.py:Block.points": "one message",
    "daemon/render/layout.py:Block.rows": "one message",
    "daemon/render/renderer.py:Renderer._heard": "_KEPT",
    "daemon/render/renderer.py:Renderer._kept": "_KEPT",
    "daemon/render/renderer.py:Renderer._wordings": "languages and time zones in contacts.csv",
    "daemon/sending.py:Sending._active": "open deliveries",
    "daemon/sending.py:Sending._ended": "one batch of outcomes",
    "daemon/sending.py:Sending.trials": "channels",
    "daemon/state/files.py:Loaded.commits": "one journal, and nothing once it is open",
    "daemon/state/files.py:Loaded.damage": "what one start found",
    "daemon/state/files.py:Loaded.damaged": "files in the folder",
    "daemon/state/health.py:Vitals._warnings": "the few kinds of work beside the journal",
    "daemon/state/health.py:Vitals.listeners": "the parts of the daemon that hear of the disk, added at the start",
    "daemon/state/journal.py:Journal._compact_for": "who waits for a compaction",
    "daemon/state/journal.py:Journal._compacting_for": "who waits for a compaction",
    "daemon/state/journal.py:Journal._in_flight": "what is committed within the disk's deadline",
    "daemon/state/journal.py:Journal._waiting": "what is committed within the disk's deadline: then all are told",
    "daemon/state/keeping.py:Keeping._tasks": "groups of messages under way: the sources wait for them",
    "daemon/state/keeping.py:_Group.raws": "messages that came while one group was written: the sources wait for them",
    "daemon/state/memory.py:Memory._sizes": "the documents of the state",
    "daemon/state/memory.py:_NO_ROWS": "nothing: it stands for a table that is not there",
    "daemon/state/memory.py:Memory.tables": "the state, of which what has ended is archived",
    "daemon/state/tiny.py:Changes._gone": "one operation",
    "daemon/state/tiny.py:Changes._set": "one operation",
    "daemon/state/tiny.py:Changes.operations": "one operation",
    "daemon/status_page/speech.py:Speech._kept": "MOST_KEPT",
    "daemon/supervisor.py:Tasks._tasks": "the parts of the daemon, and what is told of one",
    "daemon/supervisor.py:Tasks.rounds": "the parts of the daemon, by name",
    "daemon/upkeep.py:Upkeep.parts": "the parts of the daemon, by name",
    "daemon/ways.py:Ways.beats": "configured sources",
    "daemon/ways.py:Ways.capacity": "configured channels",
    "daemon/ways.py:Ways.channels": "configured channels",
    "daemon/ways.py:Ways.sources": "configured sources",
    "daemon/web/assets.py:Assets._assets": "files of the package",
    "daemon/web/board/live.py:Changes._counts": "incidents that are not archived, and the channels",
    "daemon/web/board/live.py:Changes._streams": "MOST",
    "daemon/web/board/login.py:Login._entering": "logins that are being written down",
    "daemon/web/board/login.py:Login._under_way": "MOST_UNDER_WAY",
    "daemon/web/board/reached.py:Column.groups": "one page",
    "daemon/web/limits.py:Refusals._until": "MOST_ADDRESSES",
}
"""What each holds at most: in words, or the constant in that file."""


def held(module: Module) -> Iterator[str]:
    """Attributes, fields and variables of the module that begin as something that can grow."""
    for node in module.tree.body:
        for target, value in _assigned(node):
            if isinstance(target, ast.Name) and _grows(value) and _is_empty(value):
                yield f"{module.where}:{target.id}"
    for owner in (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)):
        for inner in ast.walk(owner):
            for target, value in _assigned(inner):
                match target:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name) if _grows(value):
                        yield f"{module.where}:{owner.name}.{name}"
                    case ast.Name(id=name) if inner in owner.body and any(map(_grows, _factories(value))):
                        yield f"{module.where}:{owner.name}.{name}"
                    case _:
                        pass


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield target, value
        case _:
            pass


def _factories(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.Call) and name_of(value.func) == "field":
        for keyword in value.keywords:
            if keyword.arg == "default_factory":
                yield keyword.value.body if isinstance(keyword.value, ast.Lambda) else keyword.value


def _grows(value: ast.expr) -> bool:
    match value:
        case ast.Dict() | ast.List() | ast.Set() | ast.DictComp() | ast.ListComp() | ast.SetComp():
            return True
        case ast.Call(func=function):
            return name_of(function) in KINDS
        case ast.Name(id=name):
            return name in KINDS
    return False


def _is_empty(value: ast.expr) -> bool:
    """One that is written out in full is a table."""
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(args=[]):
            return True
    return False


def lasting() -> Iterator[Module]:
    return (module for module in daemons() if not module.where.startswith(tuple(SHORT_LIVED)))


def test_whatever_is_held_has_a_bound() -> None:
    found = {one for module in lasting() for one in held(module)}
    assert sorted(found - HELD.keys()) == [], "say what bounds it"
    assert sorted(HELD.keys() - found) == [], "is not there any more"


def test_a_bound_that_is_a_constant_is_there_and_used() -> None:
    for place, bound in HELD.items():
        if re.fullmatch(r"[A-Z_]+", bound):
            text = (ROOT / place.partition(":")[0]).read_text()
            assert len(re.findall(rf"\b{bound}\b", text)) >= 2, f"{place}: {bound}"


def test_folders_of_what_is_short_lived_are_there() -> None:
    assert [name for name in SHORT_LIVED if not (ROOT / name).is_dir()] == []


def test_wrong_codes_are_remembered_for_an_hour_and_no_longer() -> None:
    codes, now = Codes(bytes(32)), datetime(2026, 3, 2, tzinfo=UTC)
    for number in range(300):
        wrong = f"{(int(codes.issue(f'c{number}', 'MI-1')) + 1) % 10_000:04}"
        codes.shown(wrong, f"c{number}", ("MI-1",), now + timedelta(minutes=number))
    assert len(codes._wrong) == WITHIN // timedelta(minutes=1)
    codes.shown(codes.issue("right", "MI-1"), "right", ("MI-1",), now + timedelta(hours=9))
    assert codes._wrong == {}


def test_changes_are_counted_of_incidents_that_are_not_archived() -> None:
    stage = busy()
    stage.says("Claire", "NOTE MI-3 there is more")
    known = set(stage.state.incidents)
    assert len(known) > 3
    seen = stage.changes.version(["MI-3"])
    stage.happens(Archived("MI-1", 9, 0, 0))
    stage.happens(Archived("MI-2", 9, 0, 0))
    assert stage.changes.version(["MI-3"]) == seen
    stage.says("Claire", "NOTE MI-3 and more")
    assert stage.changes.version(["MI-3"]) != seen
    assert set(stage.changes._counts) - {"channels"} <= known - {"MI-1", "MI-2"}
