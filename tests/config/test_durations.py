"""Durations are read and written without loss, and nothing else is a duration."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.durations import LONGEST, format_duration, parse_duration
from config.faults import Wrong


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("5m", 300), ("2h", 7200), ("3d", 259200), ("0m", 0), ("007s", 7), ("60m", 3600)],
)
def test_read(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (1, "1s"), (90, "90s"), (300, "5m"), (3600, "1h"), (5400, "90m"), (86400, "1d"), (90000, "25h")],
)
def test_written_in_the_largest_unit_that_divides(seconds: int, text: str) -> None:
    assert format_duration(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    "text", ["", "5", "m", "5 m", "-5m", "+5m", "1.5h", "5M", "1h30m", "5m\n", "٥m", 5, None, True, []]
)
def test_no_duration(text: object) -> None:
    with pytest.raises(Wrong, match="no duration"):
        parse_duration(text)


def test_a_negative_duration_has_no_writing() -> None:
    with pytest.raises(ValueError, match="never negative"):
        format_duration(timedelta(seconds=-1))


@given(st.integers(0, int(LONGEST.total_seconds())))
def test_writing_then_reading_gives_the_same(seconds: int) -> None:
    assert parse_duration(format_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,12}[smhd]", fullmatch=True))
def test_any_text_is_a_bounded_duration_or_wrong(text: str) -> None:
    with suppress(Wrong):
        assert timedelta(0) <= parse_duration(text) <= LONGEST
