"""Stretches of the calendar: what each is worth in every column, and what the calendar does not have."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from bantin.extractors.dates import calendar as cal

years = st.one_of(st.none(), st.integers(1500, 2199))
stretches = st.one_of(
    st.builds(cal.day, years, st.integers(1, 12), st.integers(1, 31)),
    st.builds(cal.month, years, st.integers(1, 12)),
    st.builds(cal.quarter, years, st.integers(1, 4)),
    st.builds(cal.half, years, st.integers(1, 2)),
    st.builds(cal.first_months, years, st.integers(1, 12)),
    st.builds(cal.last_months, years, st.integers(1, 12)),
    st.builds(cal.year, st.integers(1500, 2199)),
    st.builds(cal.decade, st.integers(150, 219).map(lambda n: n * 10)),
    st.builds(cal.century, st.integers(2, 22)),
).filter(lambda s: s is not None)


@pytest.mark.parametrize(
    ("stretch", "text", "edtf", "start", "end"),
    [
        (cal.day(2024, 2, 29), "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"),
        (cal.day(None, 10, 19), "XXXX-10-19", "XXXX-10-19", "XXXX-10-19", "XXXX-10-19"),
        (cal.month(2024, 2), "2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        (cal.month(2023, 2), "2023-02", "2023-02", "2023-02-01", "2023-02-28"),
        (cal.quarter(2024, 3), "2024-Q3", "2024-35", "2024-07-01", "2024-09-30"),
        (cal.quarter(None, 3), "XXXX-Q3", None, "XXXX-07-01", "XXXX-09-30"),
        (cal.half(2024, 2), "2024-H2", "2024-41", "2024-07-01", "2024-12-31"),
        (cal.first_months(2023, 9), "2023-01/2023-09", "2023-01/2023-09", "2023-01-01", "2023-09-30"),
        (cal.first_months(2023, 6), "2023-H1", "2023-40", "2023-01-01", "2023-06-30"),
        (cal.last_months(2023, 3), "2023-10/2023-12", "2023-10/2023-12", "2023-10-01", "2023-12-31"),
        (cal.year(1945), "1945", "1945", "1945-01-01", "1945-12-31"),
        (cal.decade(1990), "199X", "199X", "1990-01-01", "1999-12-31"),
        (cal.century(21), "20XX", "20XX", "2000-01-01", "2099-12-31"),
    ],
)
def test_columns(stretch: cal.Stretch, text: str, edtf: str | None, start: str, end: str) -> None:
    assert (stretch.text, stretch.edtf, stretch.start_date, stretch.end_date) == (text, edtf, start, end)


@pytest.mark.parametrize(("year", "month", "day"), [(2023, 2, 29), (None, 2, 30), (2024, 13, 1), (2024, 4, 31)])
def test_no_such_day(year: int | None, month: int, day: int) -> None:
    assert cal.day(year, month, day) is None


@given(stretches)
def test_a_stretch_begins_before_it_ends_and_its_edtf_is_edtf(stretch: cal.Stretch) -> None:
    assert stretch.start_date <= stretch.end_date
    if stretch.edtf is not None:
        parse_edtf(stretch.edtf)


@given(stretches, stretches)
def test_an_interval_begins_before_it_ends_and_its_edtf_is_edtf(a: cal.Stretch, b: cal.Stretch) -> None:
    joined = cal.interval(a, b)
    if joined is None:
        return
    value, _ = joined
    assert value.kind == "period"
    if value.edtf is not None and "X" not in value.edtf:
        parse_edtf(value.edtf)
    if cal.UNKNOWN not in value.value:
        assert (value.start_date or "") <= (value.end_date or "")


@pytest.mark.parametrize(
    ("a", "b", "text"),
    [
        (cal.day(None, 4, 28), cal.day(2024, 5, 3), "2024-04-28/2024-05-03"),
        (cal.day(None, 12, 28), cal.day(2024, 1, 3), "2023-12-28/2024-01-03"),
        (cal.month(2023, 11), cal.month(None, 3), "2023-11/2024-03"),
        (cal.quarter(2023, 1), cal.quarter(2023, 3), "2023-01/2023-09"),
        (cal.year(2019), cal.year(2023), "2019/2023"),
    ],
)
def test_an_end_takes_the_year_of_the_other(a: cal.Stretch, b: cal.Stretch, text: str) -> None:
    joined = cal.interval(a, b)
    assert joined is not None
    assert joined[0].value == text


def test_a_range_does_not_run_backwards() -> None:
    assert cal.interval(cal.year(2023), cal.year(2019)) is None


@given(stretches, st.integers(1600, 2150))
def test_completing_a_year_gives_that_year(stretch: cal.Stretch, year: int) -> None:
    value = cal.value(stretch)
    done = cal.complete(value, year)
    if done is None:
        assert value.start_date == "XXXX-02-29"
        return
    if stretch.year is None:
        assert done.end_date is not None and done.start_date is not None
        assert done.end_date.startswith(str(year))
        assert date.fromisoformat(done.start_date) <= date.fromisoformat(done.end_date)
        assert done == cal.value(stretch.in_year(year))
    else:
        assert done == value


def test_what_runs_over_new_year_begins_in_the_year_before() -> None:
    a, b = cal.day(None, 12, 28), cal.day(None, 1, 3)
    assert a is not None and b is not None
    joined = cal.interval(a, b)
    assert joined is not None
    done = cal.complete(joined[0], 2024)
    assert done is not None
    assert (done.value, done.start_date, done.end_date) == ("2023-12-28/2024-01-03", "2023-12-28", "2024-01-03")


@pytest.mark.parametrize(
    ("stretch", "modifier", "text"),
    [
        (cal.year(2030), "ON_OR_BEFORE", "../2030"),
        (cal.day(2024, 6, 30), "BEFORE", "../2024-06-30"),
        (cal.quarter(2024, 2), "ON_OR_BEFORE", "../2024-06"),
        (cal.day(2024, 1, 1), "ON_OR_AFTER", "2024-01-01/.."),
    ],
)
def test_bounds(stretch: cal.Stretch, modifier: str, text: str) -> None:
    value = cal.bounded(cal.value(stretch), modifier)
    assert (value.value, value.modifier, value.start_date) == (text, modifier, stretch.start_date)
    parse_edtf(text)


def test_since_then_until_now() -> None:
    value = cal.bounded(cal.value(cal.year(2021)), "ON_OR_AFTER", date(2024, 4, 9))
    assert value.value == "2021/2024-04-09"
