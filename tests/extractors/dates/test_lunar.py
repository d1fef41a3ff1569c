"""The lunar calendar is that of Việt Nam, at UTC+7, not that of Beijing."""

from __future__ import annotations

from datetime import date

import pytest

from bantin.extractors.dates import lunar


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1985, 1, 1, date(1985, 1, 21)),  # a month before the Chinese New Year
        (2007, 1, 1, date(2007, 2, 17)),  # a day before it
        (2030, 1, 1, date(2030, 2, 2)),
        (2024, 1, 1, date(2024, 2, 10)),
        (2024, 3, 10, date(2024, 4, 18)),
        (2017, 7, 15, date(2017, 9, 5)),  # after the leap sixth month
    ],
)
def test_gregorian(year: int, month: int, day: int, gregorian: date) -> None:
    assert lunar.gregorian(year, month, day) == gregorian


def test_outside_the_table_there_is_no_day() -> None:
    assert lunar.gregorian(1500, 1, 1) is None
    assert lunar.gregorian(2024, 1, 31) is None


@pytest.mark.parametrize(
    ("stem", "branch", "near", "year"),
    [
        ("Giáp", "Thìn", 2020, 2024),
        ("Mậu", "Thân", 1970, 1968),
        ("Quý", "Mão", 2024, 2023),
        ("Giáp", "Sửu", 2020, None),
    ],
)
def test_years_by_stem_and_branch(stem: str, branch: str, near: int, year: int | None) -> None:
    assert lunar.year_named(stem, branch, near) == year


def test_the_nearest_day_of_any_year() -> None:
    assert lunar.nearest(12, 23, date(2024, 1, 30)) == date(2024, 2, 2)
