"""The words of the page, by the organization's templates in its own language and zone."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton

from config.types import Configuration, Contact
from daemon.core.model import Status
from daemon.core.notices import Notice
from daemon.procedure.templates import language_of
from daemon.render.catalog import Catalog, load
from daemon.render.plain import line
from daemon.render.renderer import Renderer
from daemon.render.times import clock, locale_of, place, zone_of
from daemon.render.wording import Words

MOST_KEPT = 1000
"""Messages whose words are not made again for each page that shows them."""


@dataclass(frozen=True, slots=True)
class Speech:
    """`words` are those of the mail that the public got."""

    renderer: Renderer
    reader: Contact
    catalog: Catalog
    locale: Locale
    zone: ZoneInfo
    organization: str
    _kept: dict[int, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, configuration: Configuration, renderer: Renderer) -> "Speech":
        organization = configuration.settings.organization
        language = language_of(configuration)
        anybody = Contact("", "", (), (), (), organization.language, organization.timezone)
        return cls(
            renderer,
            anybody,
            load(configuration.templates)[language],
            locale_of(language),
            zone_of(organization.timezone, "UTC"),
            line(organization.name),
        )

    @property
    def language(self) -> str:
        return self.catalog.language

    def words(self, notice: Notice) -> Words:
        kept = self._kept.get(notice.id) if notice.id else None
        if kept is None:
            kept = self.renderer.words(notice, self.reader)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[notice.id] = kept
        return kept

    def status(self, status: Status) -> str:
        return self.catalog.status[status]

    def phrase(self, name: str, **variables: str) -> str:
        """The phrase `page_…` of the templates."""
        return line(self.catalog.render(f"page_{name}", {"organization": self.organization, **variables}))

    def moment(self, when: datetime) -> str:
        """With its day: the page is read days later, too."""
        hours, day = clock(when, self.zone, self.locale), self._day(when)
        city = place(self.zone, when, self.locale)
        return self.catalog.render("at", {"hours": hours, "day": day, "time": f"{day} {hours}", "city": city})

    def _day(self, when: datetime) -> str:
        return str(format_skeleton("yMMMEd", when, tzinfo=self.zone, locale=self.locale))
