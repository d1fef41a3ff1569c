"""A match of a date rule as its handlers read it, and the items they make of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.calendar import Stretch
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon
from bantin.numbers import roman
from bantin.rules import Hit
from bantin.text import View
from bantin.types import Span

_MEMBER = re.compile(r"(?:ngày\s+)?(\w+)")


class Item(Struct, frozen=True):
    """One temporal expression. `stretch` is there where it may still join a neighbour to a longer stretch."""

    span: Span
    value: DateValue
    rule: str
    confidence: float
    stretch: Stretch | None = None


class Reading(Struct, frozen=True):
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
        return int(load_lexicon("month_words").matched(word))

    def count(self) -> Decimal | None:
        if digits := self.hit.group("n"):
            return Decimal(digits.replace(",", "."))
        word = self.hit.group("nw")
        return Decimal(load_lexicon("counts").matched(word)) if word else None

    def members(self, group: str) -> list[Span]:
        """Where each number of a list stands."""
        if (span := self.hit.span(group)) is None:
            return []
        return [Span(*m.span(1)) for m in _MEMBER.finditer(self.view.lower, span.start, span.end)]

    def item(self, value: DateValue, span: Span | None = None, stretch: Stretch | None = None) -> Item:
        return Item(
            span or Span(self.hit.start, self.hit.end), value, self.hit.rule.id, self.hit.rule.confidence, stretch
        )


Handler = Callable[[Reading], list[Item]]


def one(r: Reading, stretch: Stretch | None) -> list[Item]:
    if stretch is None:
        return []
    long = stretch.grain in ("decade", "century") or (stretch.grain == "month" and stretch.first[0] != stretch.last[0])
    return [r.item(cal.value(stretch, "period" if long else "date"), stretch=stretch)]


def between(r: Reading, a: Stretch | None, b: Stretch | None) -> list[Item]:
    if a is None or b is None or (joined := cal.interval(a, b)) is None:
        return []
    return [r.item(joined[0])]


SHIFT = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}


def shifted_year(r: Reading) -> int | None:
    """The year of "năm ngoái", "năm tới" behind a month, counted from publication."""
    word = r.hit.group("rel")
    return r.published.year + SHIFT[word] if word and r.published is not None else None


def quarter_number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return roman(word) or int(load_lexicon("counts").matched(word))
