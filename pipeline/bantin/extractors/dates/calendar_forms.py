"""Expressions that say their place on the calendar: days, months, quarters, years, decades, and stretches of them."""

from __future__ import annotations

from calendar import monthrange

from msgspec.structs import replace

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.calendar import Stretch
from bantin.extractors.dates.reading import Handler, Item, Reading, between, one, quarter_number, shifted_year
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon
from bantin.numbers import roman
from bantin.types import Span


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
        return one(r, first)
    jubilee = r.number("y2") or 0
    if year is not None and jubilee >= year + 5:  # "20/10/1930 - 2021": a founding day and its anniversary
        return between(r, first, cal.day(jubilee, month, number))
    short_of = Span(r.hit.start, r.hit.match.end("yy" if r.year is None else "y"))
    return [replace(i, span=short_of) for i in one(r, first)]


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
    return between(r, a, b)


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
    spans = r.members("list")
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
        return between(r, cal.month(None if first > last else r.year, first), cal.month(r.year, last))
    if spans := r.members("list"):
        numbers = [int(r.view.lower[s.start : s.end]) for s in spans] + [last]
        tail = r.hit.span("m")
        if tail is None:
            return []
        spans = [Span(r.hit.start, spans[0].end), *spans[1:], Span(tail.start, r.hit.end)]
        return _shared(r, [(s, cal.month(r.year, n)) for s, n in zip(spans, numbers, strict=True)])
    items = one(r, cal.month(r.year or shifted_year(r), last))
    return [replace(i, value=replace(i.value, source="published")) for i in items] if r.hit.group("rel") else items


def _quarter(r: Reading) -> list[Item]:
    word = r.hit.group("q")
    if word is None:
        return []
    last = quarter_number(word)
    if first := r.hit.group("q1"):
        return between(r, cal.quarter(r.year, quarter_number(first)), cal.quarter(r.year, last))
    if spans := r.members("list"):
        numbers = [quarter_number(r.view.lower[s.start : s.end]) for s in spans] + [last]
        tail = r.hit.span("q")
        if tail is None:
            return []
        spans = [Span(r.hit.start, spans[0].end), *spans[1:], Span(tail.start, r.hit.end)]
        return _shared(r, [(s, cal.quarter(r.year, n)) for s, n in zip(spans, numbers, strict=True)])
    items = one(r, cal.quarter(r.year or shifted_year(r), last))
    return [replace(i, value=replace(i.value, source="published")) for i in items] if r.hit.group("rel") else items


def _day_edge(r: Reading) -> list[Item]:
    """The first or last day of a month, a quarter or a year; its year may be left out like that of any day."""
    word = r.hit.group("q")
    last = (r.hit.group("part") or "").startswith("cuối")
    if word is not None:
        month: int | None = 3 * quarter_number(word) - (0 if last else 2)
    elif r.hit.group("m") or r.hit.group("mw"):
        month = r.month
    else:
        month = 12 if last else 1
    if month is None:
        return []
    number = monthrange(r.year or 2023, month)[1] if last else 1  # a February without a year has 28 days
    return one(r, cal.day(r.year, month, number))


def _months_of_year(r: Reading) -> list[Item]:
    count = r.count()
    if count is None or count != int(count) or not 1 <= count <= 12:
        return []
    year = r.year or shifted_year(r)
    part = r.hit.group("part") or "đầu"
    stretch = cal.first_months(year, int(count)) if part == "đầu" else cal.last_months(year, int(count))
    if stretch is None:
        return []
    item = r.item(cal.value(stretch, "date" if stretch.grain == "half" else "period"), stretch=stretch)
    return [replace(item, value=replace(item.value, source="published"))] if year and r.year is None else [item]


def _half_year(r: Reading) -> list[Item]:
    return one(r, cal.half(r.year, 1 if r.hit.group("part") == "đầu" else 2))


def _year(r: Reading) -> list[Item]:
    return [] if r.year is None else one(r, cal.year(r.year))


def _year_range(r: Reading) -> list[Item]:
    first, last = r.number("y1"), r.year
    if first is None or last is None or not 0 < last - first <= 120:
        return []
    items = between(r, cal.year(first), cal.year(last))
    if last == first + 1 and r.view.lower[max(0, r.hit.start - 9) : r.hit.start].rstrip().endswith("năm học"):
        opens, closes = f"{first}-09-01", f"{last}-05-31"  # by law, from September to the end of May
        items = [replace(i, value=replace(i.value, start_date=opens, end_date=closes)) for i in items]
    return items


def _century_number(r: Reading) -> int | None:
    word = r.hit.group("c")
    return None if word is None else int(word) if word.isdigit() else roman(word)


def _decade(r: Reading) -> list[Item]:
    if (year := r.year) is not None:
        return one(r, cal.decade(year))
    number, tens = _century_number(r), r.number("dec")
    if tens is None:
        return []
    number = number or 20
    return one(r, cal.decade((number - 1) * 100 + tens)) if number <= 25 else []


def _century(r: Reading) -> list[Item]:
    number = _century_number(r)
    return one(r, cal.century(number)) if number and 2 <= number <= 25 else []


FORMS: dict[str, Handler] = {
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
    "decade": _decade,
    "century": _century,
}
"""What reads the matches of a rule, by its shape."""
