"""`murphyd say` and `murphyd propose`: an operator at the console, in the name of a person on file."""

import typer

from config.types import MANAGERS
from daemon.commands.acting import act
from daemon.commands.console import say_json
from daemon.commands.place import Place
from daemon.console.requests import Refusal, Values
from daemon.console.speaking import named

REFUSALS = frozenset({
    "already-decided", "reject-after-accept", "wrong-status", "not-allowed", "not-in-charge", "which-incident",
    "no-such-incident", "no-incident", "no-words", "bad-interval", "not-understood", "did-you-mean",
    "stale", "confirm-sender", "confirm-words", "no-such-name", "no-bridge", "proposal-empty", "proposal-refused",
    "no-action", "no-such-action", "no-review",
})  # fmt: skip
"""Answers after which nothing has happened."""

LEFT = "No daemon runs here. It is written down, and will be done once, when murphyd starts next."


def say(place: Place, name: str, words: str, *, as_json: bool = False) -> bool:
    """Prints what Murphy answers; False where nothing came of it. Raises Refusal, StateDamaged, OSError."""
    return _spoken(place, {"do": "say", "as": _who(place, name), "words": words}, as_json)


def propose(
    place: Place, name: str, words: str, *, service: str, impact: str, confidential: bool, as_json: bool = False
) -> bool:
    """As `say`."""
    values = {"words": words, "service": service, "impact": impact, "confidential": confidential}
    return _spoken(place, {"do": "propose", "as": _who(place, name), **values}, as_json)


def _who(place: Place, name: str) -> str:
    """The contact's id: what `--as` means is said before anything is done. Raises Refusal."""
    if not name.strip():
        managers = ", ".join(place.name(who) for who in place.people.on(MANAGERS)) or "nobody"
        raise Refusal(f"say who speaks: --as NAME. The incident managers are {managers}")
    return named(place.people, name).id


def _spoken(place: Place, values: Values, as_json: bool) -> bool:
    answer = act(place, values)
    kinds = answer.get("kinds", []) if answer else []
    done = not kinds or not REFUSALS.issuperset(kinds)
    if as_json:
        say_json({"daemon": answer is not None, "done": done, **(answer or {})})
        return done
    if answer is None:
        typer.echo(LEFT)
        return True
    words = answer.get("answers", [])
    typer.echo("\n\n".join(words) or ("The answer goes by mail and text." if kinds else "Murphy has kept it."))
    if not answer.get("durable", True):
        typer.echo("Attention: the disk fails; this is held in memory only.", err=True)
    return done
