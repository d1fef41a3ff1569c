"""Calendar arithmetic: stretches of the calendar, with or without a year, to the columns of `DateValue`.

`value` and `edtf` follow the notation of design §5: "2024-Q1", "2024-H1", "2023-01/2023-09", "../2030". EDTF has no
quarter or half year of an unknown year, and none inside an interval: there it is written in months, or left out.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from bantin.extractors.dates.value import DateKind, DateSource, DateValue

UNKNOWN = "XXXX"
"""Stands for a year that the text leaves out, in every column."""


class Stretch(Struct, frozen=True):
    """From the first day of `first` to the last day of `last`, two (month, day) pairs of one year.

    `year` is None where the text leaves it out. A year has grain "year"; a stretch of whole months that is neither
    month, quarter nor half year has grain "month".
    """

    grain: str
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    last_year: int | None = None

    @property
    def years(self) -> tuple[str, str]:
        """The printed years of both ends."""
        first = UNKNOWN if self.year is None else f"{self.year:04d}"
        return first, first if self.last_year is None else f"{self.last_year:04d}"

    @property
    def start_date(self) -> str:
        return f"{self.years[0]}-{self.first[0]:02d}-{self.first[1]:02d}"

    @property
    def end_date(self) -> str:
        return f"{self.years[1]}-{self.last[0]:02d}-{self.last[1]:02d}"

    @property
    def low(self) -> str:
        """The first end as an EDTF date of the coarsest precision that says it."""
        return self._end(self.years[0], self.first)

    @property
    def high(self) -> str:
        """The last end as an EDTF date of the coarsest precision that says it."""
        return self._end(self.years[1], self.last)

    def _end(self, year: str, day: tuple[int, int]) -> str:
        if self.grain in ("year", "decade", "century"):
            return year
        if self.grain == "day":
            return f"{year}-{day[0]:02d}-{day[1]:02d}"
        return f"{year}-{day[0]:02d}"

    @property
    def text(self) -> str:
        """The readable form: "2024-Q1", "2024-H2", "2023-01/2023-09", "2024-03-15", "199X"."""
        year = self.years[0]
        if self.grain == "quarter":
            return f"{year}-Q{self.last[0] // 3}"
        if self.grain == "half":
            return f"{year}-H{self.last[0] // 6}"
        if self.grain == "decade":
            return year[:3] + "X"
        if self.grain == "century":
            return year[:2] + "XX"
        low, high = self.low, self.high
        return low if low == high else f"{low}/{high}"

    @property
    def edtf(self) -> str | None:
        """EDTF, or None where EDTF has no form."""
        if self.grain in ("quarter", "half"):
            base = 32 + self.last[0] // 3 if self.grain == "quarter" else 39 + self.last[0] // 6
            return None if self.year is None else f"{self.year:04d}-{base}"
        return self.text

    def in_year(self, year: int | None) -> Stretch:
        """The same stretch in another year."""
        if year is None or self.year is not None:
            return self
        last = _last_day(year, self.last) if self.grain != "day" else self.last
        return replace(self, year=year, last=last)


def _last_day(year: int | None, day: tuple[int, int]) -> tuple[int, int]:
    if day[0] == 2 and day[1] >= 28:
        return (2, 29 if year is not None and isleap(year) else 28)
    return day


def day(year: int | None, month: int, number: int) -> Stretch | None:
    """One day, or None where the calendar has no such day (30/02, month 13)."""
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(2000 if year is None else year, month)[1]:
        return None
    return Stretch("day", year, (month, number), (month, number))


def months(year: int | None, first: int, last: int, grain: str = "month") -> Stretch | None:
    """Whole months of one year, both included."""
    if not 1 <= first <= last <= 12:
        return None
    end = monthrange(2001 if year is None else year, last)[1]
    return Stretch(grain, year, (first, 1), (last, end))


def month(year: int | None, number: int) -> Stretch | None:
    return months(year, number, number)


def quarter(year: int | None, number: int) -> Stretch | None:
    return months(year, 3 * number - 2, 3 * number, "quarter")


def half(year: int | None, number: int) -> Stretch | None:
    return months(year, 6 * number - 5, 6 * number, "half")


def first_months(year: int | None, count: int) -> Stretch | None:
    """The first `count` months of a year; three are not called a quarter, six are its first half."""
    return half(year, 1) if count == 6 else months(year, 1, count)


def last_months(year: int | None, count: int) -> Stretch | None:
    return half(year, 2) if count == 6 else months(year, 13 - count, 12)


def year(number: int) -> Stretch:
    return Stretch("year", number, (1, 1), (12, 31))


def decade(first: int) -> Stretch:
    """The ten years from `first`."""
    return Stretch("decade", first, (1, 1), (12, 31), first + 9)


def century(number: int) -> Stretch:
    """The years that begin with the same two digits, as EDTF counts them: the 21st is 20XX."""
    first = (number - 1) * 100
    return Stretch("century", first, (1, 1), (12, 31), first + 99)


def value(stretch: Stretch, kind: DateKind = "date", *, source: DateSource = "explicit") -> DateValue:
    """The columns of one stretch."""
    grain = stretch.grain
    if grain == "day":
        text = first = last = stretch.start_date
    else:
        text, first, last = stretch.text, stretch.start_date, stretch.end_date
    return DateValue(
        kind=kind,
        grain=grain,
        value=text,
        edtf=stretch.edtf if grain in ("quarter", "half") else text,
        start_date=first,
        end_date=last,
        source=source,
    )


def interval(first: Stretch, last: Stretch) -> tuple[DateValue, bool] | None:
    """Everything from `first` to `last`, and whether an end took its year from the other. None if it runs backwards.

    An end without a year takes the other's; over New Year it takes the year before or after.
    """
    a, b = first, last
    shared = (a.year is None) != (b.year is None)
    if a.year is None and b.year is not None:
        a = a.in_year(b.year if a.first <= b.last else b.year - 1)
    elif b.year is None and a.year is not None:
        b = b.in_year((a.last_year or a.year) if a.first <= b.last else a.year + 1)
    if (a.year is not None and a.start_date > b.end_date) or a == b:
        return None
    grain = a.grain if a.grain == b.grain else min(a.grain, b.grain, key=_fineness)
    text = f"{a.low}/{b.high}"
    crossing = a.year is None and a.first > b.last
    return (
        DateValue("period", grain, text, None if crossing else text, a.start_date, b.end_date),
        shared,
    )


def _fineness(grain: str) -> int:
    order = ("day", "month", "quarter", "half", "year", "decade", "century")
    return order.index(grain) if grain in order else 0


def of_days(first: date, last: date, grain: str, text: str) -> DateValue:
    """A value from two known days, for what is said relative to the day of publication."""
    return DateValue("relative", grain, text, None, first.isoformat(), last.isoformat())


def complete(value: DateValue, year: int) -> DateValue | None:
    """The value with the year that the text leaves out. `year` is that of its last day.

    None where that year has no such day (29/02). What runs over New Year begins in the year before.
    """
    if value.start_date is None or value.end_date is None or UNKNOWN not in value.start_date + value.end_date:
        return value
    if (days := days_in(value, year)) is None:
        return None
    first = year - 1 if value.start_date[4:] > value.end_date[4:] else year
    text = value.value.replace(UNKNOWN, f"{first:04d}", 1).replace(UNKNOWN, f"{year:04d}")
    told = value.kind in ("date", "period") or value.edtf == value.value  # parts of a year have an EDTF of their own
    edtf = _edtf_of(text, value.grain) if told else value.edtf
    return replace(value, value=text, edtf=edtf, start_date=days[0].isoformat(), end_date=days[1].isoformat())


def days_in(value: DateValue, year: int) -> tuple[date, date] | None:
    """First and last day of a value in the year of its last day, as `complete` sets them; None where it has none."""
    if value.start_date is None or value.end_date is None:
        return None
    first = year - 1 if value.start_date[4:] > value.end_date[4:] else year
    end = value.end_date.replace(UNKNOWN, f"{year:04d}")
    if end.endswith("-02-28") and isleap(year) and value.grain not in ("day", "minute", "daypart"):
        end = end[:-2] + "29"
    try:
        days = date.fromisoformat(value.start_date.replace(UNKNOWN, f"{first:04d}")), date.fromisoformat(end)
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def _edtf_of(text: str, grain: str) -> str | None:
    if grain in ("quarter", "half") and "-Q" in text:
        year, number = text.split("-Q")
        return None if ".." in text else f"{year}-{32 + int(number)}"
    if grain in ("quarter", "half") and "-H" in text:
        year, number = text.split("-H")
        return None if ".." in text else f"{year}-{39 + int(number)}"
    return text


def bounded(value: DateValue, modifier: str, now: date | None = None) -> DateValue:
    """A date that bounds an open stretch: "until" it, or "since" it (to `now` where the text says so).

    Days stay those of the date itself: they are what stands in the text. `value` and `edtf` say what is meant.
    """
    start, end = value.value, value.value
    if value.grain in ("quarter", "half") and value.start_date and value.end_date:  # EDTF intervals have months
        start, end = value.start_date[:7], value.end_date[:7]
    if "/" in start:
        return replace(value, modifier=modifier)
    if modifier in ("BEFORE", "ON_OR_BEFORE"):
        text = f"../{end}"
    elif now is not None and UNKNOWN not in start and start <= now.isoformat():
        text = f"{start}/{now.isoformat()}"
    else:
        text = f"{start}/.."
    return replace(value, value=text, edtf=None if UNKNOWN in text else text, modifier=modifier)
