"""Every queue has a bound, and whatever is remembered of calls too: else something outside could fill the memory."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, modules

QUEUES = frozenset({"Queue", "LifoQueue", "PriorityQueue", "SimpleQueue"})

BOUNDED_OTHERWISE = {
    "daemon/lanes.py:_Ranked": "at most one attempt for each open delivery",
    "channels/smtp_pipeline.py:deque": "at most the envelopes that are under way on one connection",
    "daemon/lanes.py:deque": "the same as _Ranked's",
    "daemon/outbox.py:deque": "an entry for each notice given or delivery looked at again, taken out at once",
    "daemon/console/desk.py:Queue": "the answers to one command",
}
"""Queues without a size of their own, and what bounds them."""

REMEMBERED = {
    "daemon/checking/people.py:_kind": "the telephone numbers of contacts.csv",
    "daemon/render/catalog.py:layered": "languages",
    "daemon/render/catalog.py:ours": "languages",
    "config/phones.py:_region": "time zones",
}
"""Functions that remember all their calls, and what bounds those."""


def daemons() -> Iterator[Module]:
    """All that runs for years: the sandbox does not."""
    return (module for module in modules().values() if not module.name.startswith("daemon.sandbox"))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def without_a_size(module: Module) -> Iterator[str]:
    own = {node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef) and _is_queue(node)}
    for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
        name = name_of(call.func)
        given = bool(call.args or call.keywords)
        if (name in QUEUES | own and not given) or (name == "deque" and not _sized(call)):
            yield f"{module.where}:{name}"
        for made in (keyword.value for keyword in call.keywords if keyword.arg == "default_factory"):
            if name_of(made) in QUEUES | own | {"deque"}:
                yield f"{module.where}:{name_of(made)}"


def _is_queue(node: ast.ClassDef) -> bool:
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return any(name_of(base) in QUEUES for base in bases)


def _sized(call: ast.Call) -> bool:
    return any(keyword.arg == "maxlen" for keyword in call.keywords)


def remembering(module: Module) -> Iterator[str]:
    """Functions with parameters under functools.cache, or lru_cache without a size."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and node.args.args:
            for decorator in node.decorator_list:
                call = decorator if isinstance(decorator, ast.Call) else None
                name = name_of(call.func if call else decorator)
                sizes = [k.value for k in call.keywords if k.arg == "maxsize"] if call else []
                whole = [*sizes, *(call.args if call else [])]
                unbounded = any(isinstance(size, ast.Constant) and size.value is None for size in whole)
                if name == "cache" or (name == "lru_cache" and unbounded):
                    yield f"{module.where}:{node.name}"


def test_every_queue_has_a_bound() -> None:
    found = {where for module in daemons() for where in without_a_size(module)}
    assert found == BOUNDED_OTHERWISE.keys()


def test_what_remembers_its_calls_has_a_bound() -> None:
    found = {where for module in daemons() for where in remembering(module)}
    assert found == REMEMBERED.keys()
