"""What is counted from the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates import relative
from bantin.lexicon import load_lexicon

DAY = date(2024, 4, 9)


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("day-1", "2024-04-08", "2024-04-08", "2024-04-08"),
        ("week-1", "2024-W14", "2024-04-01", "2024-04-07"),
        ("month-1", "2024-03", "2024-03-01", "2024-03-31"),
        ("quarter+0", "2024-Q2", "2024-04-01", "2024-06-30"),
        ("quarter-2", "2023-Q4", "2023-10-01", "2023-12-31"),
        ("year-1", "2023", "2023-01-01", "2023-12-31"),
        ("year+0:END", "2024-END", "2024-10-01", "2024-12-31"),
        ("month+0:START", "2024-04-START", "2024-04-01", "2024-04-10"),
        ("year+0:NOW", "2024-01-01/2024-04-09", "2024-01-01", "2024-04-09"),
    ],
)
def test_codes(code: str, text: str, start: str, end: str) -> None:
    value = relative.from_code(code, DAY)
    assert (value.value, value.start_date, value.end_date, value.kind) == (text, start, end, "relative")


def test_every_code_of_the_lexicon_is_known() -> None:
    for code in load_lexicon("relative_times").entries.values():
        value = relative.from_code(code, DAY)
        assert value.value != code or code.endswith("_REF"), code


def test_without_a_day_of_publication_only_the_direction_is_known() -> None:
    assert [relative.from_code(c, None).value for c in ("day-1", "week+0", "year+1")] == [
        "PAST_REF", "PRESENT_REF", "FUTURE_REF",
    ]  # fmt: skip
    assert relative.weekday(0, 1, None).value == "FUTURE_REF"


def test_spans_before_and_after() -> None:
    assert relative.span_of(5, "year", ahead=False, published=DAY).value == "2019/2023"
    assert relative.span_of(3, "month", ahead=True, published=DAY).value == "2024-05/2024-07"
    assert relative.span_of(10, "day", ahead=False, published=DAY).value == "2024-03-30/2024-04-08"
    assert relative.span_of(9999, "year", ahead=False, published=DAY).value == "PAST_REF"


def test_the_day_of_publication_is_in_neither() -> None:
    assert relative.span_of(3, "day", ahead=True, published=DAY).value == "2024-04-10/2024-04-12"
    assert relative.span_of(2, "week", ahead=False, published=DAY).value == "2024-03-25/2024-04-07"
    assert relative.span_of(1, "week", ahead=True, published=DAY).value == "2024-04-15/2024-04-21"


@pytest.mark.parametrize(
    ("number", "ahead", "today", "day"),
    [
        (0, False, True, "2024-04-08"),
        (1, False, True, "2024-04-09"),
        (1, False, False, "2024-04-02"),
        (1, True, True, "2024-04-09"),
        (1, True, False, "2024-04-16"),
        (2, True, False, "2024-04-10"),
        (2, False, False, "2024-04-03"),
    ],
)
def test_the_nearest_weekday(number: int, ahead: bool, today: bool, day: str) -> None:
    assert relative.weekday_from(number, ahead=ahead, published=DAY, today=today).value == day


def test_weekdays() -> None:
    assert relative.weekday(0, 1, DAY).value == "2024-04-15"
    assert relative.weekday(6, 1, date.max).value == "FUTURE_REF"
    assert relative.weekday_from(0, ahead=True, published=date.max).value == "FUTURE_REF"


def test_parts() -> None:
    quarter = cal.quarter(2024, 3)
    assert quarter is not None
    value = relative.of_part(cal.value(quarter), "END")
    assert (value.value, value.start_date, value.end_date) == ("2024-Q3-END", "2024-09-01", "2024-09-30")
