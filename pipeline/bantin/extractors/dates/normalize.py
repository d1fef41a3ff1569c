"""From a match of a date rule to the items it stands for: where each stands, and its value."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates import lunar, relative
from bantin.extractors.dates.calendar import Stretch
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon
from bantin.numbers import roman
from bantin.rules import Hit
from bantin.text import View
from bantin.types import Span


@dataclass(frozen=True, slots=True)
class Item:
    """One temporal expression. `stretch` is there where it may still join a neighbour to a longer stretch."""

    span: Span
    value: DateValue
    rule: str
    confidence: float
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A match to be read: the hit, the text around it, and the day of publication where it is known."""

    hit: Hit
    view: View
    published: date | None

    def number(self, group: str) -> int | None:
        digits = self.hit.group(group)
        return int(digits) if digits else None

    @property
    def year(self) -> int | None:
        return self.number("y")

    @property
    def month(self) -> int | None:
        """The month by number or by name; a name that is also a number counts only with a capital."""
        if (number := self.number("m")) is not None:
            return number
        word = self.hit.group("mw")
        if word is None:
            return None
        span = self.hit.span("mw")
        if word in ("năm", "một") and span is not None and not self.view.folded[span.start].isupper():
            return None
        return int(load_lexicon("month_words").entries[word])

    def count(self) -> Decimal | None:
        if digits := self.hit.group("n"):
            return Decimal(digits.replace(",", "."))
        word = self.hit.group("nw")
        return Decimal(load_lexicon("counts").entries[word]) if word else None

    def item(self, value: DateValue, span: Span | None = None, stretch: Stretch | None = None) -> Item:
        return Item(
            span or Span(self.hit.start, self.hit.end), value, self.hit.rule.id, self.hit.rule.confidence, stretch
        )


Handler = Callable[[Reading], list[Item]]


def read(hit: Hit, view: View, published: date | None) -> list[Item]:
    """The items of a match in reading order; none where the match is no date after all (30/02, a range backwards)."""
    return _HANDLERS[hit.rule.shape](Reading(hit, view, published))


def _one(r: Reading, stretch: Stretch | None) -> list[Item]:
    if stretch is None:
        return []
    long = stretch.grain in ("decade", "century") or (stretch.grain == "month" and stretch.first[0] != stretch.last[0])
    return [r.item(cal.value(stretch, "period" if long else "date"), stretch=stretch)]


def _day(r: Reading) -> list[Item]:
    number, month = r.number("d"), r.month
    if number is None or month is None:
        return []
    if r.hit.group("mw") in ("giêng", "chạp"):  # months of the lunar calendar
        return []
    year = r.year
    if year is None and (short := r.number("yy")) is not None:
        year = short + (2000 if short < 40 else 1900)
    first = cal.day(year, month, number)
    tail = r.hit.span("y2")
    if tail is None:
        return _one(r, first)
    jubilee = r.number("y2") or 0
    if year is not None and jubilee >= year + 5:  # "20/10/1930 - 2021": a founding day and its anniversary
        return _between(r, first, cal.day(jubilee, month, number))
    short_of = Span(r.hit.start, r.hit.match.end("yy" if r.year is None else "y"))
    return [replace(i, span=short_of) for i in _one(r, first)]


def _day_fixed(r: Reading) -> list[Item]:
    number, month = r.number("d"), r.number("m")
    known = f"{number:02d}-{month:02d}" in load_lexicon("fixed_days").entries
    return _day(r) if known else []


def _day_set(r: Reading) -> list[Item]:
    last = r.number("d")
    if last is None:
        return []
    if r.number("m") is None:
        return [r.item(DateValue("set", "day", f"R/{cal.UNKNOWN}-XX-{last:02d}"))]
    found = _day(r)
    if not found or found[0].stretch is None:
        return []
    text = found[0].stretch.text
    if (number := r.number("d1")) is not None and (month := r.number("m1")) is not None:
        first = cal.day(None, month, number)
        text = text if first is None else f"{first.text}/{text}"
    return [r.item(DateValue("set", "day", f"R/{text}", text))]


def _day_range(r: Reading) -> list[Item]:
    month = r.month
    first, last = r.number("d1"), r.number("d")
    if month is None or first is None or last is None or first >= last or not (r.year or _is_day(r)):
        return []
    a, b = cal.day(r.year, month, first), cal.day(r.year, month, last)
    return _between(r, a, b)


def _between(r: Reading, a: Stretch | None, b: Stretch | None) -> list[Item]:
    if a is None or b is None or (joined := cal.interval(a, b)) is None:
        return []
    return [r.item(joined[0])]


def _shared(r: Reading, groups: list[tuple[Span, Stretch | None]]) -> list[Item]:
    """Items of a coordination; all but the last take what they lack from the last."""
    items: list[Item] = []
    for i, (span, stretch) in enumerate(groups):
        if stretch is None:
            return []
        whole = stretch.year is not None and i < len(groups) - 1
        items.append(r.item(cal.value(stretch, source="sibling" if whole else "explicit"), span, stretch))
    return items


def _day_list(r: Reading) -> list[Item]:
    month, last = r.month, r.number("d")
    spans = r.hit.spans("n")
    tail = r.hit.span("d")
    if month is None or last is None or tail is None:
        return []
    numbers = [int(r.view.lower[s.start : s.end]) for s in spans] + [last]
    if numbers != sorted(set(numbers)):
        return []
    between = r.view.lower[spans[-1].end : tail.start]
    if not (_has_head(r) or ("ngày" not in between and "," not in between and (r.year is not None or _is_day(r)))):
        return []
    spans.append(Span(tail.start, r.hit.end))
    return _shared(r, [(s, cal.day(r.year, month, n)) for s, n in zip(spans, numbers, strict=True)])


def _is_day(r: Reading) -> bool:
    """Whether day and month without a year stand where a day stands, not a part of a whole ("3-4/5 tổ")."""
    text = r.view.lower
    if r.hit.group("mw") or r.hit.end == len(text) or text[r.hit.end] in ",.;:)\n":
        return True
    return _has_head(r, "day_heads", "day_cues")


def _has_head(r: Reading, *lexicons: str) -> bool:
    """Whether a word that a day follows stands before the match."""
    words = r.view.lower[max(0, r.hit.start - 20) : r.hit.start].rstrip(" (,").split()
    last = (" ".join(words[-2:]), words[-1]) if words else ()
    return any(w in load_lexicon(name) for w in last for name in lexicons or ("day_heads",))


def _month(r: Reading) -> list[Item]:
    last = r.month
    if last is None:
        return []
    if (first := r.number("m1")) is not None:
        return _between(r, cal.month(None if first > last else r.year, first), cal.month(r.year, last))
    if spans := r.hit.spans("n"):
        numbers = [int(r.view.lower[s.start : s.end]) for s in spans] + [last]
        tail = r.hit.span("m")
        if tail is None:
            return []
        spans = [Span(r.hit.start, spans[0].end), *spans[1:], Span(tail.start, r.hit.end)]
        return _shared(r, [(s, cal.month(r.year, n)) for s, n in zip(spans, numbers, strict=True)])
    items = _one(r, cal.month(r.year or _shifted_year(r), last))
    return [replace(i, value=replace(i.value, source="published")) for i in items] if r.hit.group("rel") else items


_SHIFT = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}


def _shifted_year(r: Reading) -> int | None:
    """The year of "năm ngoái", "năm tới" behind a month, counted from publication."""
    word = r.hit.group("rel")
    return r.published.year + _SHIFT[word] if word and r.published is not None else None


def _quarter_number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return roman(word) or int(load_lexicon("counts").entries[word])


def _quarter(r: Reading) -> list[Item]:
    word = r.hit.group("q")
    if word is None:
        return []
    last = _quarter_number(word)
    if first := r.hit.group("q1"):
        return _between(r, cal.quarter(r.year, _quarter_number(first)), cal.quarter(r.year, last))
    if spans := r.hit.spans("n"):
        numbers = [_quarter_number(r.view.lower[s.start : s.end]) for s in spans] + [last]
        tail = r.hit.span("q")
        if tail is None:
            return []
        spans = [Span(r.hit.start, spans[0].end), *spans[1:], Span(tail.start, r.hit.end)]
        return _shared(r, [(s, cal.quarter(r.year, n)) for s, n in zip(spans, numbers, strict=True)])
    items = _one(r, cal.quarter(r.year or _shifted_year(r), last))
    return [replace(i, value=replace(i.value, source="published")) for i in items] if r.hit.group("rel") else items


def _day_edge(r: Reading) -> list[Item]:
    """The first or last day of a month, a quarter or a year; its year may be left out like that of any day."""
    word = r.hit.group("q")
    last = (r.hit.group("part") or "").startswith("cuối")
    if word is not None:
        month: int | None = 3 * _quarter_number(word) - (0 if last else 2)
    elif r.hit.group("m") or r.hit.group("mw"):
        month = r.month
    else:
        month = 12 if last else 1
    if month is None:
        return []
    number = monthrange(r.year or 2023, month)[1] if last else 1  # a February without a year has 28 days
    return _one(r, cal.day(r.year, month, number))


def _months_of_year(r: Reading) -> list[Item]:
    count = r.count()
    if count is None or count != int(count) or not 1 <= count <= 12:
        return []
    year = r.year or _shifted_year(r)
    part = r.hit.group("part") or "đầu"
    stretch = cal.first_months(year, int(count)) if part == "đầu" else cal.last_months(year, int(count))
    if stretch is None:
        return []
    item = r.item(cal.value(stretch, "date" if stretch.grain == "half" else "period"), stretch=stretch)
    return [replace(item, value=replace(item.value, source="published"))] if year and r.year is None else [item]


def _half_year(r: Reading) -> list[Item]:
    return _one(r, cal.half(r.year, 1 if r.hit.group("part") == "đầu" else 2))


def _year(r: Reading) -> list[Item]:
    return [] if r.year is None else _one(r, cal.year(r.year))


def _year_range(r: Reading) -> list[Item]:
    first, last = r.number("y1"), r.year
    if first is None or last is None or not 0 < last - first <= 120:
        return []
    items = _between(r, cal.year(first), cal.year(last))
    if last == first + 1 and r.view.lower[max(0, r.hit.start - 9) : r.hit.start].rstrip().endswith("năm học"):
        opens, closes = f"{first}-09-01", f"{last}-05-31"  # by law, from September to the end of May
        items = [replace(i, value=replace(i.value, start_date=opens, end_date=closes)) for i in items]
    return items


def _part(r: Reading) -> list[Item]:
    part = load_lexicon("parts_of_year").entries[" ".join((r.hit.group("part") or "").split())]
    if (word := r.hit.group("q")) is not None:
        stretch = cal.quarter(r.year, _quarter_number(word))
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
    code = load_lexicon("relative_times").entries[" ".join((r.hit.group("form") or "").split())]
    return [r.item(relative.from_code(code, r.published))]


def _weekday(r: Reading) -> list[Item]:
    number = int(load_lexicon("weekdays").entries[" ".join((r.hit.group("wd") or "").split())])
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
    number = int(load_lexicon("weekdays").entries[" ".join((r.hit.group("wd") or "").split())])
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
    at = r.published.year * 12 + r.published.month - 1 + _SHIFT[distance]
    stretch = cal.day(at // 12, at % 12 + 1, number)
    return [
        replace(i, span=Span(tail.start, r.hit.end), value=replace(i.value, source="published"))
        for i in _one(r, stretch)
    ]


def _holiday(r: Reading) -> list[Item]:
    code = load_lexicon("holidays").entries[" ".join((r.hit.group("form") or "").split())]
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
    count, unit = r.count(), load_lexicon("time_units").entries[" ".join((r.hit.group("u") or "").split())]
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
    return [r.item(DateValue("time", "daypart", "T" + load_lexicon("dayparts").entries[r.hit.group("form") or ""]))]


def _century_number(r: Reading) -> int | None:
    word = r.hit.group("c")
    return None if word is None else int(word) if word.isdigit() else roman(word)


def _decade(r: Reading) -> list[Item]:
    if (year := r.year) is not None:
        return _one(r, cal.decade(year))
    number, tens = _century_number(r), r.number("dec")
    if tens is None:
        return []
    number = number or 20
    return _one(r, cal.decade((number - 1) * 100 + tens)) if number <= 25 else []


def _century(r: Reading) -> list[Item]:
    number = _century_number(r)
    return _one(r, cal.century(number)) if number and 2 <= number <= 25 else []


def _lunar_year(r: Reading) -> int | None:
    if (year := r.year) is not None:
        return year
    stem, branch = r.hit.group("stem"), r.hit.group("branch")
    near = r.published.year if r.published else 2020
    return lunar.year_named(stem, branch, near) if stem and branch else None


def _lunar(r: Reading) -> list[Item]:
    word = r.hit.group("mw")
    month = int(load_lexicon("month_words").entries[word]) if word else r.number("m")
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


_HANDLERS: dict[str, Handler] = {
    "day_iso": _day,
    "day_full": _day,
    "day_words": _day,
    "day_month": _day,
    "day_month_cue": _day,
    "day_fixed": _day_fixed,
    "day_after_month": _day,
    "day_set": _day_set,
    "day_range": _day_range,
    "day_list": _day_list,
    "month": _month,
    "month_digits": _month,
    "quarter": _quarter,
    "day_edge": _day_edge,
    "months_of_year": _months_of_year,
    "half_year": _half_year,
    "year": _year,
    "year_bare": _year,
    "year_range": _year_range,
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
    "decade": _decade,
    "century": _century,
    "lunar": _lunar,
    "lunar_new_year": _lunar_new_year,
}
