"""What `murphyd review` does beside the report: files for elsewhere, and lists over all incidents."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from daemon.commands import review_all, review_export
from daemon.commands.options import fault
from daemon.commands.place import Place
from daemon.commands.review import configuration
from daemon.state.store import Reading


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The options as they were given."""

    number: str
    timeline: str
    export: Path | None
    actions: bool
    done: bool
    trends: bool
    as_markdown: bool
    as_json: bool

    @property
    def asked(self) -> bool:
        """Whether it is not the report that is asked for. What makes no sense ends the program."""
        over_all = self.actions or self.trends
        if self.actions and self.trends:
            fault("--actions or --all: one at a time")
        if over_all and (self.number or self.timeline or self.export):
            fault("--actions and --all are over all incidents: leave the number, --timeline and --export away")
        if not over_all and not self.number:
            fault("say which incident, as in `murphyd review MI-7`; over all of them there are --actions and --all")
        if self.timeline and self.timeline not in list(review_export.Form):
            fault(f"--timeline {self.timeline}: it is json or csv")
        if self.done and not self.actions:
            fault("--done goes with --actions")
        if self.as_markdown and not self.trends:
            fault("--markdown goes with --all; a report is Markdown anyway")
        if self.as_json and not over_all:
            fault("--json goes with --actions and --all; of one incident there is `--timeline json`")
        return bool(over_all or self.timeline or self.export)

    def run(self, place: Place, reading: Reading, folder: Path) -> None:
        """Raises NoSuchIncident, ConfigurationFaults, OSError."""
        now = datetime.now(UTC)
        if self.actions:
            review_all.list_actions(
                reading, place, configuration(folder, place), now, done=self.done, as_json=self.as_json
            )
            return
        if self.trends:
            review_all.list_trends(
                reading, place, configuration(folder, place), now, as_markdown=self.as_markdown, as_json=self.as_json
            )
            return
        about = review_export.read_record(reading, place, folder, self.number)
        if self.export:
            review_export.write_export(about, reading, place.state, self.export)
        if self.timeline:
            review_export.print_timeline(about, review_export.Form(self.timeline))
