"""`murphyd review --all` and `--actions`: over all incidents."""

from collections.abc import Iterator
from datetime import datetime

import typer

from config.types import Configuration
from daemon.commands.console import say_json
from daemon.commands.place import Place
from daemon.commands.progress import Advance, progress
from daemon.document.markdown import markdown
from daemon.review import actions_list, trends_page
from daemon.review.past import Past, bad_times, past
from daemon.review.trends import trends
from daemon.state.store import Reading


def list_actions(
    reading: Reading, place: Place, configuration: Configuration, now: datetime, *, done: bool, as_json: bool
) -> None:
    """The open ones by due day; with `done` the others after them. A table, or one JSON document."""
    with progress("reading the incidents", as_json=as_json) as advance:
        found = actions_list.listed(
            _each(reading, configuration, now, advance), place.people, place.zone, now, done=done
        )
    if as_json:
        say_json(actions_list.actions_json(found, place.name))
    else:
        actions_list.print_actions(found, place.name, place.zone)


def list_trends(
    reading: Reading, place: Place, configuration: Configuration, now: datetime, *, as_markdown: bool, as_json: bool
) -> None:
    """Tables on a terminal, Markdown, or one JSON document with times in seconds."""
    with progress("reading the incidents", as_json=as_json) as advance:
        each = _each(reading, configuration, now, advance)
        found = trends(each, bad_times(reading, now), place.name, place.zone, now)
    if as_json:
        say_json(trends_page.as_json(found))
    elif as_markdown:
        name = configuration.settings.organization.name
        typer.echo(markdown(trends_page.document(found, name)), nl=False)
    else:
        trends_page.terminal(found)


def _each(reading: Reading, configuration: Configuration, now: datetime, advance: Advance) -> Iterator[Past]:
    needs = {discipline.name: discipline.need for discipline in configuration.procedure.disciplines}
    for one in past(reading, needs, now):
        advance(1)
        yield one
