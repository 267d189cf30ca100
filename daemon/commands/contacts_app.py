"""`murphyd contacts [LIST]`, and `murphyd contacts import FILE…`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from daemon.commands.completing import list_names, lists_and_commands
from daemon.commands.helping import PlainGroup, example
from daemon.commands.options import CONFIG, STATE, AsJson, ConfigFolder

SHOWN = "show"


class ShownByDefault(PlainGroup):
    """`murphyd contacts operators` is `murphyd contacts show operators`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Options of the group itself end the search for a command's name."""
        known = {*self.commands, "--help"}
        if not args or args[0] not in known:
            args = [SHOWN, *args]
        return super().parse_args(ctx, args)


contacts = typer.Typer(
    cls=ShownByDefault,
    help="Show who is on file, by what each can be reached, and who is barred; or import people.",
    **example("murphyd contacts import export.csv"),
)


@contacts.command(SHOWN, **example("murphyd contacts operators"))
def show(
    of_list: Annotated[
        str,
        typer.Argument(
            help="Only those on this list, in calling order.", metavar="LIST", autocompletion=lists_and_commands
        ),
    ] = "",
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Show who is on file, by what each can be reached, and who is barred."""
    from daemon.commands import contacts as commands
    from daemon.commands.place import find

    commands.contacts(find(config, STATE), of_list, as_json=json)


@contacts.command("import", **example("murphyd contacts import export.csv --lists all-staff"))
def import_(
    files: Annotated[list[Path], typer.Argument(help="CSV with any headings, vCard or LDIF.", metavar="FILE…")],
    lists: Annotated[
        str, typer.Option(help="The lists for those who are new.", metavar="A,B", autocompletion=list_names)
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="Which column is what, as in name='Display Name'; may be repeated.", metavar="FIELD=HEADING"),
    ] = None,
    country: Annotated[
        str, typer.Option(help="Of numbers without it; by default the organization's.", metavar="BE")
    ] = "",
    remove: Annotated[
        bool, typer.Option("--remove", help="Also take away what the files do not have: people, and their addresses.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking.")] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Take people from other programs' files into contacts.csv. What would change is shown first.

    Recognized by an address, else by a number. Lists of those on file stay.
    Exit 1: rows were refused, or nobody said yes.
    """
    from daemon.commands.importing import Wanted, import_contacts

    wanted = Wanted(tuple(column or ()), lists, country.upper(), removes=remove)
    if code := import_contacts(config, files, wanted, sure=yes, as_json=json):
        raise typer.Exit(code)
