"""The Vietnamese lunar calendar: lunar days to Gregorian days, years by stem and branch to numbers.

The calendar is reckoned at UTC+7, so Tết may differ from the Chinese New Year (1985, 2007, 2030). `lunar_vn` follows
the published algorithm of Hồ Ngọc Đức and is imported on first use.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bantin.lexicon import load_lexicon

RANGE = (1900, 2100)
"""Lunar years that the library knows."""


@lru_cache(maxsize=1024)
def gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a lunar day, or None where the lunar month has no such day or the year is out of range."""
    from lunar_vn import LunarDate, lunar_to_solar

    if not RANGE[0] < year < RANGE[1]:
        return None
    try:
        return lunar_to_solar(LunarDate(day, month, year))
    except ValueError:
        return None


def full_moon(year: int, month: int) -> date | None:
    """The 15th day of a lunar month."""
    return gregorian(year, month, 15)


def year_named(stem: str, branch: str, near: int) -> int | None:
    """The year of that stem and branch closest to `near`; None for a pair that the cycle of sixty does not have.

    >>> year_named("Giáp", "Thìn", 2020)
    2024
    """
    tens = load_lexicon("heavenly_stems").canonical(stem)
    twelves = load_lexicon("earthly_branches").canonical(branch)
    if tens is None or twelves is None:
        return None
    return next((y for y in range(near - 30, near + 30) if y % 10 == int(tens) and y % 12 == int(twelves)), None)


def nearest(month: int, day: int, near: date) -> date | None:
    """The Gregorian day, closest to `near`, of a lunar day whose year the text leaves out."""
    days = [d for y in (near.year - 1, near.year, near.year + 1) if (d := gregorian(y, month, day)) is not None]
    return min(days, key=lambda d: abs((d - near).days), default=None)
