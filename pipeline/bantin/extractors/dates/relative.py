"""What is said relative to the day of publication: hôm qua, tuần tới, năm ngoái, 5 năm qua; and parts of a stretch."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec.structs import replace

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.value import DateValue

_CODE = re.compile(r"(day|week|month|quarter|year)([+-]\d+)(?::(START|MID|END|NOW))?")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def vague(reference: str) -> DateValue:
    """PAST_REF, PRESENT_REF or FUTURE_REF: no days."""
    return DateValue("relative", "vague", reference)


def from_code(code: str, published: date | None) -> DateValue:
    """The value of a code of the lexicon `relative_times`: "day-1", "year+0:START", "PAST_REF".

    Without a day of publication only the direction is known.
    """
    m = _CODE.fullmatch(code)
    if m is None:
        return vague(code)
    unit, distance, part = m[1], int(m[2]), m[3]
    if published is None:
        return vague("PRESENT_REF" if distance == 0 else "PAST_REF" if distance < 0 else "FUTURE_REF")
    try:
        value = _whole(unit, distance, published)
    except (ValueError, OverflowError):  # before year 1
        return vague("PAST_REF")
    if part == "NOW":
        start = value.start_date or ""
        return replace(value, grain="day", value=f"{start}/{published.isoformat()}", end_date=published.isoformat())
    return value if part is None else of_part(value, part)


def _whole(unit: str, distance: int, published: date) -> DateValue:
    if unit == "day":
        day = published + timedelta(days=distance)
        return cal.of_days(day, day, "day", day.isoformat())
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=distance)
        year, week, _ = monday.isocalendar()
        return cal.of_days(monday, monday + timedelta(days=6), "week", f"{year:04d}-W{week:02d}")
    size = _MONTHS[unit]
    at = (published.year * 12 + published.month - 1) // size + distance
    year, number = divmod(at * size, 12)
    first = date(year, number + 1, 1)
    last = date(year, number + size, monthrange(year, number + size)[1])
    text = {"month": f"{year:04d}-{number + 1:02d}", "quarter": f"{year:04d}-Q{number // 3 + 1}", "year": f"{year:04d}"}
    return cal.of_days(first, last, unit, text[unit])


def weekday(number: int, weeks: int, published: date | None) -> DateValue:
    """A day of the week (Monday 0) so many weeks from the week of publication."""
    if published is None:
        return vague("PRESENT_REF" if weeks == 0 else "PAST_REF" if weeks < 0 else "FUTURE_REF")
    try:
        day = published - timedelta(days=published.weekday()) + timedelta(weeks=weeks, days=number)
    except OverflowError:
        return vague("PAST_REF" if weeks < 0 else "FUTURE_REF")
    return cal.of_days(day, day, "day", day.isoformat())


def weekday_from(number: int, *, ahead: bool, published: date | None, today: bool = False) -> DateValue:
    """The nearest day of that name before or after publication; the day of publication itself only if `today`."""
    if published is None:
        return vague("FUTURE_REF" if ahead else "PAST_REF")
    try:
        if ahead:
            day = published + timedelta(days=(number - published.weekday() - (not today)) % 7 + (not today))
        else:
            day = published - timedelta(days=(published.weekday() - number - (not today)) % 7 + (not today))
    except OverflowError:
        return vague("FUTURE_REF" if ahead else "PAST_REF")
    return cal.of_days(day, day, "day", day.isoformat())


def span_of(count: int, unit: str, *, ahead: bool, published: date | None) -> DateValue:
    """The last or next `count` whole years, months, weeks or days, that of publication not included."""
    if published is None:
        return vague("FUTURE_REF" if ahead else "PAST_REF")
    try:
        if unit == "year":
            first, last = (
                (published.year + 1, published.year + count) if ahead else (published.year - count, published.year - 1)
            )
            return cal.of_days(date(first, 1, 1), date(last, 12, 31), "year", f"{first:04d}/{last:04d}")
        if unit == "month":
            near = _whole("month", 1 if ahead else -1, published)
            far = _whole("month", count if ahead else -count, published)
            a, b = (near, far) if ahead else (far, near)
            text = f"{a.value}/{b.value}"
            return DateValue("relative", "month", text, None, a.start_date, b.end_date)
        # Whole weeks, or days, without the one of publication.
        length = 7 if unit == "week" else 1
        today = published - timedelta(days=published.weekday() if unit == "week" else 0)
        if ahead:
            a2, b2 = today + timedelta(days=length), today + timedelta(days=length * (count + 1) - 1)
        else:
            a2, b2 = today - timedelta(days=length * count), today - timedelta(days=1)
    except (ValueError, OverflowError):
        return vague("FUTURE_REF" if ahead else "PAST_REF")
    return cal.of_days(a2, b2, "day", f"{a2.isoformat()}/{b2.isoformat()}")


_PART_OF_YEAR = {"START": ((1, 1), (3, 31)), "MID": ((5, 1), (8, 31)), "END": ((10, 1), (12, 31))}
_PART_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}


def of_part(value: DateValue, part: str) -> DateValue:
    """The beginning, middle or end of a year, quarter or month, as days that are a convention, hence kind relative.

    A year: its first quarter, May to August, its last quarter. A month: its thirds. A quarter: its months.
    """
    if value.start_date is None or value.end_date is None:
        return replace(value, kind="relative", modifier=part)
    year = value.start_date[:4]
    month, last_day = int(value.start_date[5:7]), int(value.end_date[8:10])
    if value.grain == "month":
        low, high = _PART_OF_MONTH[part]
        first, last = (month, low), (month, min(high, last_day))
    elif value.grain == "quarter":
        number = month + ("START", "MID", "END").index(part)
        length = monthrange(int(year) if year.isdigit() else 2001, number)[1]
        first, last = (number, 1), (number, length)
    else:
        first, last = _PART_OF_YEAR[part]
    edtf = None if cal.UNKNOWN in value.value or value.grain == "quarter" else f"{value.value}~"
    return replace(
        value,
        kind="relative",
        value=f"{value.value}-{part}",
        edtf=edtf,
        start_date=f"{year}-{first[0]:02d}-{first[1]:02d}",
        end_date=f"{year}-{last[0]:02d}-{last[1]:02d}",
        modifier=part,
    )
