"""Times and durations as each reader has them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.types import Detail
from daemon.core.kinds import Kind
from daemon.render.examples import full
from daemon.render.times import duration, joined, locale_of, zone_of
from tests.render.world import LANGUAGES, reader, renderer, text

NOON = datetime(2026, 3, 17, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("en", "Europe/Brussels", "13:30 (Brussels time)"),
        ("en", "America/New_York", "08:30 (New York time)"),
        ("en", "Asia/Kolkata", "18:00 (Kolkata time)"),
        ("en", "UTC", "12:30 (UTC)"),
        ("en", "Etc/GMT+3", "09:30 (UTC-3)"),
        ("en", "Asia/Tokyo", "21:30 (Tokyo time)"),
        ("en", "Pacific/Kiritimati", "02:30 on Wed 18 Mar (Kiritimati time)"),
        ("nl", "Europe/Brussels", "13:30 (tijd in Brussel)"),
        ("fr", "Europe/Brussels", "13:30 (heure de Bruxelles)"),
        ("fr", "Europe/Amsterdam", "13:30 (heure d'Amsterdam)"),
        ("de", "Europe/Vienna", "13:30 Uhr (Zeit in Wien)"),
        ("es", "Europe/Madrid", "13:30 (hora de Madrid)"),
        ("xx", "Europe/Brussels", "13:30 (Brussels time)"),
        ("en", "No/Where", "13:30 (Brussels time)"),
        ("en", "", "13:30 (Brussels time)"),
        ("en", "../../etc/passwd", "13:30 (Brussels time)"),
    ],
)
def test_the_next_update_in_the_reader_s_zone(language: str, zone: str, shown: str) -> None:
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=NOON)
    notice = replace(notice, content=replace(notice.content, due=NOON + timedelta(minutes=30), last_word=None))
    if zone == "Pacific/Kiritimati":
        notice = replace(notice, at=NOON - timedelta(hours=3))
    assert shown in text(notice, reader(language=language, timezone=zone))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "by 13:00 on Wed 18 Mar (Brussels time)"),
        ("nl", "om 13:00 op wo 18 mrt (tijd in Brussel)"),
        ("fr", "à 13:00 le mer. 18 mars (heure de Bruxelles)"),
        ("de", "um 13:00 Uhr am Mi., 18. März (Zeit in Brüssel)"),
        ("es", "a las 13:00 del mié, 18 mar (hora de Bruselas)"),
    ],
)
def test_another_day_is_named(language: str, shown: str) -> None:
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=NOON)
    notice = replace(notice, content=replace(notice.content, due=NOON + timedelta(days=1), last_word=None))
    message = renderer().words(notice, reader(language=language))
    assert shown in message.body


def test_midnight_in_the_reader_s_zone_makes_the_day() -> None:
    late = datetime(2026, 3, 17, 22, 50, tzinfo=UTC)
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=late)
    notice = replace(notice, content=replace(notice.content, due=late + timedelta(minutes=30), last_word=None))
    assert "00:20 on Wed 18 Mar (Brussels time)" in text(notice)
    assert " by 22:20 (UTC-1)" in text(notice, reader(timezone="Etc/GMT+1"))


def test_summer_time_is_kept() -> None:
    july = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=july)
    notice = replace(notice, content=replace(notice.content, due=july, last_word=None))
    assert "14:00 (Brussels time)" in text(notice)


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        pytest.param("2026-10-24T22:30", "Europe/Brussels", "00:30 (Brussels time)", id="before"),
        pytest.param("2026-10-25T00:30", "Europe/Brussels", "02:30 (UTC+2)", id="the first 02:30"),
        pytest.param("2026-10-25T01:30", "Europe/Brussels", "02:30 (UTC+1)", id="the second 02:30"),
        pytest.param("2026-10-25T02:30", "Europe/Brussels", "03:30 (Brussels time)", id="after"),
        pytest.param("2026-03-29T00:59", "Europe/Brussels", "01:59 (Brussels time)", id="before the gap"),
        pytest.param("2026-03-29T01:00", "Europe/Brussels", "03:00 (Brussels time)", id="after the gap"),
        pytest.param("2026-11-01T06:15", "America/New_York", "01:15 (UTC-5)", id="elsewhere, another day"),
        pytest.param("2026-04-04T15:00", "Australia/Lord_Howe", "01:30 (UTC+10:30)", id="half an hour repeated"),
        pytest.param("2026-06-01T00:00", "Pacific/Chatham", "12:45 (Chatham time)", id="12:45 ahead"),
    ],
)
def test_the_clocks_change(moment: str, zone: str, shown: str) -> None:
    due = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=due)
    notice = replace(notice, content=replace(notice.content, due=due, last_word=None))
    assert shown in text(notice, reader(timezone=zone))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_repeated_hour_in_every_language(language: str) -> None:
    due = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    notice = replace(full(Kind.HOLDING, Detail.PUBLIC), at=due)
    notice = replace(notice, content=replace(notice.content, due=due, last_word=None))
    assert "(UTC+1)" in text(notice, reader(language=language))


@pytest.mark.parametrize(
    ("length", "language", "shown"),
    [
        (timedelta(minutes=30), "en", "30 minutes"),
        (timedelta(hours=1), "en", "1 hour"),
        (timedelta(minutes=90), "en", "1 hour 30 minutes"),
        (timedelta(seconds=45), "en", "45 seconds"),
        (timedelta(days=1), "nl", "1 dag"),
        (timedelta(hours=1), "nl", "1 uur"),
        (timedelta(minutes=20), "de", "20 Minuten"),
        (timedelta(minutes=20), "es", "20 minutos"),
        (timedelta(minutes=90), "nl", "1 uur 30 minuten"),
        (timedelta(minutes=90), "fr", "1\xa0heure 30 minutes"),
        (timedelta(minutes=90), "de", "1 Stunde 30 Minuten"),
        (timedelta(minutes=90), "es", "1 hora 30 minutos"),
        (timedelta(days=1, hours=2), "fr", "1\xa0jour 2\xa0heures"),
        (timedelta(days=3), "de", "3 Tage"),
        (timedelta(seconds=1), "es", "1 segundo"),
    ],
)
def test_durations(length: timedelta, language: str, shown: str) -> None:
    assert duration(length, locale_of(language)) == shown


def test_names_are_listed_as_the_language_does() -> None:
    names = ["Ann", "Bob", "Cy"]
    assert joined(names, locale_of("en")) == "Ann, Bob and Cy"
    assert joined(names, locale_of("nl"), "or") == "Ann, Bob of Cy"
    assert joined([], locale_of("en")) == ""


def test_an_unknown_zone_is_the_organization_s() -> None:
    assert zone_of("Mars/Olympus", "Europe/Paris") == ZoneInfo("Europe/Paris")
    assert zone_of("Mars/Olympus", "") == ZoneInfo("UTC")
