"""Expressions that need another day to be placed, or have no place: relative, lunar, durations, sets, clock times."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates import lunar, relative
from bantin.extractors.dates.reading import SHIFT, Handler, Item, Reading, one, quarter_number
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon
from bantin.types import Span


def _part(r: Reading) -> list[Item]:
    part = load_lexicon("parts_of_year").matched(r.hit.group("part") or "")
    if (word := r.hit.group("q")) is not None:
        stretch = cal.quarter(r.year, quarter_number(word))
    elif (number := r.month) is not None:
        stretch = cal.month(r.year, number)
    elif r.hit.group("mw") or r.year is None:
        return []
    else:
        stretch = cal.year(r.year)
    return [] if stretch is None else [r.item(relative.of_part(cal.value(stretch), part))]


def _same_period(r: Reading) -> list[Item]:
    year = r.year
    if year is None and r.hit.group("rel") and r.published is not None:
        year = r.published.year - 1
    if year is None:
        return [r.item(DateValue("relative", "vague", "PAST_REF", modifier="SAME_PERIOD"))]
    return [r.item(replace(cal.value(cal.year(year)), kind="relative", modifier="SAME_PERIOD"))]


_UNITS = {"năm": "year", "tháng": "month", "tuần": "week", "ngày": "day"}


def _years_past(r: Reading) -> list[Item]:
    count = r.count()
    if count is None or count != int(count) or count > 500:
        return []
    ahead = (r.hit.group("dir") or "").split()[0] in ("tới", "tiếp")
    unit = _UNITS[r.hit.group("u") or "năm"]
    return [r.item(relative.span_of(int(count), unit, ahead=ahead, published=r.published))]


def _relative(r: Reading) -> list[Item]:
    code = load_lexicon("relative_times").matched(r.hit.group("form") or "")
    return [r.item(relative.from_code(code, r.published))]


def _weekday(r: Reading) -> list[Item]:
    number = int(load_lexicon("weekdays").matched(r.hit.group("wd") or ""))
    direction = {"này": 0, "tới": 1, "sau": 1}.get(r.hit.group("dir") or "này", -1)
    if r.hit.group("week"):
        return [r.item(relative.weekday(number, direction, r.published))]
    if direction == 0:
        return [r.item(relative.weekday(number, 0, r.published))]
    return [r.item(relative.weekday_from(number, ahead=direction > 0, published=r.published))]


def _weekday_alone(r: Reading) -> list[Item]:
    """`resolve.years` moves it a week on where the sentence speaks of what is to come."""
    span = r.hit.span("wd")
    if r.published is None or span is None:
        return []
    number = int(load_lexicon("weekdays").matched(r.hit.group("wd") or ""))
    return [r.item(relative.weekday_from(number, ahead=False, published=r.published, today=True), span)]


def _day_alone(r: Reading) -> list[Item]:
    """A day without its month: `extract` or `resolve.years` says which."""
    number = r.number("d")
    tail = r.hit.span("d")
    if number is None or tail is None:
        return []
    distance = r.hit.group("rel")
    if distance is None:
        text = f"{cal.UNKNOWN}-XX-{number:02d}"
        return [r.item(DateValue("date", "day", text, text, text, text), tail)]
    if r.published is None:
        return []
    at = r.published.year * 12 + r.published.month - 1 + SHIFT[distance]
    stretch = cal.day(at // 12, at % 12 + 1, number)
    return [
        replace(i, span=Span(tail.start, r.hit.end), value=replace(i.value, source="published"))
        for i in one(r, stretch)
    ]


def _holiday(r: Reading) -> list[Item]:
    code = load_lexicon("holidays").matched(r.hit.group("form") or "")
    month, number = int(code[-5:-3]), int(code[-2:])
    if not code.startswith("L"):
        stretch = cal.day(r.year, month, number)
        return [] if stretch is None else [r.item(replace(cal.value(stretch), kind="relative"))]
    if r.year is None and r.published is None:
        return []
    day = lunar.gregorian(r.year, month, number) if r.year else lunar.nearest(month, number, r.published or date.min)
    if day is None:
        return []
    text = day.isoformat()
    return [r.item(DateValue("relative", "day", text, text, text, text, "LUNAR"))]


_FREQUENCY = {"ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "năm": "P1Y"}


def _set(r: Reading) -> list[Item]:
    unit = r.hit.group("u") or "năm"
    return [r.item(DateValue("set", _UNITS.get(unit, "quarter"), f"R/{_FREQUENCY[unit]}"))]


_OF_THE_DAY = re.compile(r"\s+(?:sáng|trưa|chiều|tối|đêm|ngày\s+\d)")
_DIGIT = re.compile(r"\s*\d")
_REGULARLY = re.compile(r"(?<!\w)định\s+kỳ\s+$")


def _duration(r: Reading) -> list[Item]:
    count, unit = r.count(), load_lexicon("time_units").matched(r.hit.group("u") or "")
    after = r.view.lower[r.hit.end : r.hit.end + 12]
    if (
        count is None
        or count == 0
        or (unit == "TH" and _OF_THE_DAY.match(after))
        or (unit == "M" and _DIGIT.match(after))
    ):
        return []
    timed, letter = unit.startswith("T"), unit.removeprefix("T")
    size, letter = int(letter[:-1] or 1), letter[-1]
    total = count * size + (Decimal(size) / 2 if r.hit.group("half") else 0)
    if total != int(total) and letter == "Y":
        months = int((total - int(total)) * 12)
        text = f"P{int(total)}Y{months}M" if total > 1 else f"P{months}M"
    else:
        text = f"P{'T' if timed else ''}{total.normalize():f}{letter}"
    grain = {"Y": "year", "M": "minute" if timed else "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
    if r.hit.group("every") or _REGULARLY.search(r.view.lower[max(0, r.hit.start - 12) : r.hit.start]):
        return [r.item(DateValue("set", grain[letter], f"R/{text}"))]
    return [r.item(DateValue("duration", grain[letter], text))]


def _clock(r: Reading) -> list[Item]:
    hour, minute = r.number("h"), r.number("min") or (30 if r.hit.group("half") else 0)
    if hour is None or hour > 23:
        return []
    hour += 12 if r.hit.group("pm") and hour < 12 else 0
    return [r.item(DateValue("time", "minute", f"T{hour:02d}:{minute:02d}"))]


def _daypart(r: Reading) -> list[Item]:
    return [r.item(DateValue("time", "daypart", "T" + load_lexicon("dayparts").matched(r.hit.group("form") or "")))]


def _lunar_year(r: Reading) -> int | None:
    if (year := r.year) is not None:
        return year
    stem, branch = r.hit.group("stem"), r.hit.group("branch")
    near = r.published.year if r.published else 2020
    return lunar.year_named(stem, branch, near) if stem and branch else None


def _lunar(r: Reading) -> list[Item]:
    word = r.hit.group("mw")
    month = int(load_lexicon("month_words").matched(word)) if word else r.number("m")
    number = 15 if r.hit.group("full") else r.number("d")
    if month is None or number is None:
        return []
    year = _lunar_year(r)
    if year is not None:
        day = lunar.gregorian(year, month, number)
    else:
        day = lunar.nearest(month, number, r.published) if r.published else None
    if day is None:
        return [
            r.item(DateValue("relative", "day", f"{year or cal.UNKNOWN}-L{month:02d}-{number:02d}", modifier="LUNAR"))
        ]
    text = day.isoformat()
    value = DateValue("date", "day", text, text, text, text, "LUNAR")
    return [r.item(value if year is not None else replace(value, source="published"))]


def _lunar_new_year(r: Reading) -> list[Item]:
    year = _lunar_year(r)
    if r.hit.group("whole"):
        return [] if year is None else [r.item(replace(cal.value(cal.year(year)), kind="relative", modifier="LUNAR"))]
    if year is None and r.hit.group("stem"):
        return []
    number = r.number("d") or 1
    if year is not None:
        day = lunar.gregorian(year, 1, number)
    else:
        day = lunar.nearest(1, number, r.published) if r.published else None
    if day is None:
        return [r.item(DateValue("relative", "day", f"{year or cal.UNKNOWN}-L01-{number:02d}", modifier="LUNAR"))]
    text = day.isoformat()
    return [r.item(DateValue("relative", "day", text, f"{text}~", text, text, "LUNAR"))]


FORMS: dict[str, Handler] = {
    "part": _part,
    "same_period": _same_period,
    "years_past": _years_past,
    "relative": _relative,
    "weekday": _weekday,
    "weekday_alone": _weekday_alone,
    "day_alone": _day_alone,
    "holiday": _holiday,
    "set": _set,
    "duration": _duration,
    "clock": _clock,
    "daypart": _daypart,
    "lunar": _lunar,
    "lunar_new_year": _lunar_new_year,
}
"""What reads the matches of a rule, by its shape."""
