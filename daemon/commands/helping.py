"""How the commands' help reads: as people write a command, without the types of the language it is written in."""

import inspect
from typing import Any

import typer
from rich.markup import escape
from typer.core import TyperCommand, TyperGroup

EVERY_DAY = "Every day"
WRONG = "When something is wrong"
SETTING_UP = "Setting up"

EXAMPLE = "Example: "


class _Plainly:
    """For Typer's commands and groups: an option without a value shows none, an argument its name and no type."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in params:
            if one.param_type_name == "argument":
                one.display_type_rich = _no_type
            elif one.is_flag and one.metavar is None:
                one.metavar = ""
        return params

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        named = {tuple(one.get_usage_pieces(ctx)): _usage(one) for one in self.get_params(ctx)}
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [named.get((piece,), piece) for piece in pieces]


class PlainCommand(_Plainly, TyperCommand): ...


class PlainGroup(_Plainly, TyperGroup): ...


def _no_type(ctx: Any) -> None:  # noqa: ARG001 (as it is called)
    return None


def _usage(param: Any) -> str:
    return param.metavar or "" if param.required else f"[{param.metavar}]"


def example(words: str) -> dict[str, Any]:
    """How a command is called, for its line in the list of commands and the end of its help."""
    return {"epilog": f"{EXAMPLE}{words}"}


def show_examples(app: typer.Typer) -> None:
    """In the list of commands, in the order of their groups, below what each is for."""
    panels = (EVERY_DAY, WRONG, SETTING_UP)
    app.registered_commands.sort(
        key=lambda one: panels.index(p) if (p := one.rich_help_panel) in panels else len(panels)
    )
    for command in app.registered_commands:
        command.cls = PlainCommand
        about = inspect.cleandoc(getattr(command.callback, "__doc__", None) or "").partition("\n\n")[0]
        _show_example(command, about)
    for group in app.registered_groups:
        if group.typer_instance:
            inner = group.typer_instance.info
            group.epilog = inner.epilog
            _show_example(group, str(inner.help))
            show_examples(group.typer_instance)


def _show_example(shown: Any, about: str) -> None:
    called = shown.epilog
    if isinstance(called, str) and called.startswith(EXAMPLE) and not isinstance(shown.short_help, str):
        shown.short_help = f"{about}\n[dim]{escape(called.removeprefix(EXAMPLE))}[/dim]"
