"""From the parts of a matched number to its exact value: scale words, compounds, ranges, ratios."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from bantin.numbers import MULTIPLIERS, Number, parse_digits
from bantin.rules import Hit

LONGEST_DIGITS = 20
"""Longer runs of digits are codes: nothing in this genre counts to a trillion trillions."""

_PART = re.compile(r"(\d+(?:,\d+)?)\s*([^\W\d_]+)")


class Amount(Struct, frozen=True):
    """A number in base units; `end` is where its digits and scale words stop, `scaled`: it has a scale word."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    scaled: bool = False
    reading: str = "plain"
    certain: bool = True
    factor: Decimal = Decimal(1)

    @property
    def plain(self) -> bool:
        """A single number without separators, scale, range or ratio: what names and years look like."""
        return self.value_max is None and self.denominator is None and self.reading in ("plain", "padded")

    @property
    def year_like(self) -> bool:
        """Four digits that a year could have: where nothing says what they count, they count nothing."""
        return self.plain and self.end - self.start == 4 and 1900 <= self.value < 2100


def _times(words: str) -> Decimal:
    """The factor of "triệu", "nghìn tỷ", "tr"."""
    factor = Decimal(1)
    for word in words.split():
        factor *= MULTIPLIERS[word]
    return factor


def _exact(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 7.80 tỷ is 7800000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _digits(start: int, end: int, number: Number) -> Amount:
    """Digits and no more."""
    exact = number.value if number.rule in ("plain", "padded") else _exact(number.value)
    return Amount(start, end, exact, None, None, False, number.rule, number.certain)


def amount(hit: Hit, *, english: bool = False) -> Amount | None:
    """The value of a rule's match, or None where the digits are no number or the range does not rise.

    `english`: the document writes its separators in English style.
    """
    m = hit.match
    digits = m["n"]
    if m.lastgroup == "n":  # most numbers are digits and no more
        alone = parse_digits(digits, english=english) if len(digits) <= LONGEST_DIGITS else None
        return None if alone is None else _digits(m.start(), m.end("n"), alone)
    groups: dict[str, str | None] = m.groupdict()
    part = groups.get
    last_digits, whole_digits = part("n2"), part("of")
    if max(len(digits), len(last_digits or ""), len(whole_digits or "")) > LONGEST_DIGITS:
        return None
    scale, scale2 = part("scale"), part("scale2")
    measured = bool(scale or scale2 or part("percent") or part("percent_point") or part("measure"))
    first = parse_digits(digits, measured=measured, english=english)
    if first is None:
        return None
    value = first.value
    if scale:
        value *= _times(scale)
        for smaller_digits, word in _PART.findall(part("more") or ""):
            smaller = parse_digits(smaller_digits, measured=True)
            if smaller is None:
                return None
            value += smaller.value * _times(word)
        if part("half"):
            value += _times(scale.split()[-1]) / 2
    end = m.end("half" if part("half") else "more") if scale else m.end("n")
    if whole_digits:
        whole = parse_digits(whole_digits, measured=bool(scale2))
        if whole is None or not whole.value:
            return None
        factor = _times(scale2) if scale2 else Decimal(1)  # both terms share the trailing scale: "345/500 tỷ đồng"
        end = m.end("scale2" if scale2 else "of")
        terms = _exact(value * factor), None, _exact(whole.value * factor)
        return Amount(m.start(), end, *terms, bool(scale2), first.rule, first.certain, factor)
    if last_digits:
        last = parse_digits(last_digits, measured=measured, english=english)
        if last is None:
            return None
        top = last.value * _times(scale2) if scale2 else last.value
        if scale2 and not scale:
            value *= _times(scale2)  # a range shares the trailing scale: "10 đến 15 triệu"
        elif scale and not scale2:
            return None
        if top <= value:
            return None
        reading = first.rule if not first.certain else last.rule
        end = m.end("scale2" if scale2 else "n2")
        return Amount(
            m.start(), end, _exact(value), _exact(top), None, bool(scale2), reading, first.certain and last.certain
        )
    if not scale:
        return _digits(m.start(), end, first)
    return Amount(m.start(), end, _exact(value), None, None, True, first.rule, first.certain, _times(scale))
