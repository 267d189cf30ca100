"""Times, durations and names as one language writes them: what templates call as functions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import Locale

from daemon.render.catalog import Catalog
from daemon.render.parts import LONGEST_NAME
from daemon.render.plain import line
from daemon.render.times import clock, day, duration, joined, place, written


@dataclass(frozen=True, slots=True)
class Formats:
    """For a notice of `at`, read in `zone`; more than `most_names` names are counted."""

    catalog: Catalog
    locale: Locale
    zone: ZoneInfo
    at: dt.datetime
    most_names: int

    def time(self, moment: dt.datetime) -> str:
        return self._on(moment, day(moment, self.at, self.zone, self.locale))

    def when(self, moment: dt.datetime) -> str:
        """With its day in full."""
        return self._on(moment, self.date(moment))

    def date(self, which: dt.date) -> str:
        shown = which.astimezone(self.zone).date() if isinstance(which, dt.datetime) else which
        return written(shown, self.locale)

    def duration(self, span: dt.timedelta | int) -> str:
        """Of a span, or of seconds."""
        return duration(dt.timedelta(seconds=span) if isinstance(span, int) else span, self.locale)

    def names(self, people: Sequence[str]) -> str:
        shown = [line(name, LONGEST_NAME) for name in people[: self.most_names]]
        if len(people) > self.most_names:
            shown.append(self.catalog.render("others", {"count": len(people) - self.most_names}))
        return joined(shown, self.locale)

    def any_of(self, forms: Sequence[str]) -> str:
        return joined(list(forms), self.locale, "or")

    def _on(self, moment: dt.datetime, shown_day: str) -> str:
        hours = clock(moment, self.zone, self.locale)
        shown = {"hours": hours, "day": shown_day, "time": f"{shown_day} {hours}".strip()}
        return self.catalog.render("at", {**shown, "city": place(self.zone, moment, self.locale)})
