"""Times as a viewer reads them: in their own zone, else the organization's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from daemon.render.times import clock, day, duration, locale_of, place

ENGLISH = locale_of("en")


@dataclass(frozen=True, slots=True)
class Times:
    now: datetime
    zone: ZoneInfo
    locale: Locale = ENGLISH

    @property
    def city(self) -> str:
        return place(self.zone, self.now, self.locale)

    def at(self, moment: datetime) -> str:
        """Hours and minutes, with the day where it is not today."""
        return f"{day(moment, self.now, self.zone, self.locale)} {self.hours(moment)}".strip()

    def hours(self, moment: datetime) -> str:
        return clock(moment, self.zone, self.locale)

    def on(self, moment: datetime) -> str:
        return self.written(moment.astimezone(self.zone).date())

    def written(self, day: date) -> str:
        return f"{day:%A} {day.day} {day:%B %Y}"

    def lasts(self, length: timedelta) -> str:
        return duration(length, self.locale)

    def left(self, moment: datetime) -> str:
        """ "in 12 minutes", "late by 3 minutes"."""
        left = moment - self.now
        return f"in {self.lasts(left)}" if left > timedelta(0) else f"late by {self.lasts(-left)}"

    def iso(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%dT%H:%M:%S%z}"
