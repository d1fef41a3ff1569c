"""Vietnamese numbers: digit groups, number words and Roman numerals to exact values. Never a float.

The reading of separators follows the numbered rules of `SEPARATOR_RULES`; each reading names the rule that decided.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from bantin.text import fold_key

SEPARATOR_RULES = {
    "plain": "digits only",
    "padded": "leading zeros are padding: 02 is 2",
    "both": "both . and ,: the last one is decimal",
    "grouped": "the same separator twice or more groups thousands",
    "dot3": "one . and exactly three digits groups thousands: 1.480",
    "dot": "one . otherwise is an English decimal point: 85.23",
    "comma": "one , and one, two, or four and more digits is decimal: 85,23",
    "comma3_measure": "one , and three digits before a scale word, % or measure is decimal: 34,450 tỷ",
    "comma3_count": "one , and three digits before a counted noun groups thousands, English style: 14,000 người",
    "english_comma3": "one , and three digits groups where the document proves English style: 3,125 tỷ is 3125 tỷ",
    "english_dot3": "one . and three digits before a measure is decimal where the document proves English style",
    "spaced": "groups of three digits set apart by spaces",
}

DIGITS = r"\d+(?:[.,]\d+)*"
"""A run of digits with its separators; never crosses letters, so "USD18,026" begins at 18."""

_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


class Number(Struct, frozen=True):
    """An exact value and the rule of `SEPARATOR_RULES` by which it was read."""

    value: Decimal
    rule: str

    @property
    def certain(self) -> bool:
        """False where the reading rests on the context or on English separators."""
        return self.rule not in ("dot", "comma3_count", "comma3_measure", "english_comma3", "english_dot3")


_PROOF = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?P<en>(?:,\d{3})+\.\d+|,\d{3}(?:,\d{3})+)|(?:\.\d{3})+,\d+|\.\d{3}(?:\.\d{3})+)(?![\d.,]*\d)"
)


_ENGLISH = re.compile(r",\d{3}[.,]\d")
"""What stands in every proof of English style."""


def proves_english(text: str) -> bool:
    """Whether a text holds a number that can only be written in English style, and none that can only be Vietnamese."""
    if _ENGLISH.search(text) is None:
        return False
    english = False
    for m in _PROOF.finditer(text):
        if m["en"] is None:
            return False
        english = True
    return english


def parse_digits(digits: str, *, measured: bool = False, english: bool = False) -> Number | None:
    """Reads a run of digits with separators; `measured` says that a scale word, % or measure follows.

    `english`: the document writes numbers in English style (see `proves_english`).

    None where the run is no number in either style ("1.2.3", "12.34.567").
    """
    if " " in digits and _SPACED.fullmatch(digits):
        return Number(Decimal(digits.replace(" ", "")), "spaced")
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return Number(Decimal(digits), "padded" if len(digits) > 1 and digits[0] == "0" else "plain")
    if dots and commas:
        group, decimal = (".", ",") if digits.rindex(",") > digits.rindex(".") else (",", ".")
        if digits.count(decimal) > 1:
            return None
        whole, fraction = digits.split(decimal)
        if not _groups(whole, group):
            return None
        return Number(Decimal(f"{whole.replace(group, '')}.{fraction}"), "both")
    sep = "." if dots else ","
    if dots + commas > 1:
        return Number(Decimal(digits.replace(sep, "")), "grouped") if _groups(digits, sep) else None
    whole, tail = digits.split(sep)
    three = len(tail) == 3 and len(whole) <= 3 and not whole.startswith("0")
    if three and english and measured:
        return (
            Number(Decimal(whole + tail), "english_comma3") if sep == "," else Number(Decimal(digits), "english_dot3")
        )
    if sep == ".":
        return Number(Decimal(whole + tail), "dot3") if three else Number(Decimal(f"{whole}.{tail}"), "dot")
    if not three:
        return Number(Decimal(f"{whole}.{tail}"), "comma")
    if measured:
        return Number(Decimal(f"{whole}.{tail}"), "comma3_measure")
    return Number(Decimal(whole + tail), "comma3_count")


def _groups(digits: str, sep: str) -> bool:
    first, *rest = digits.split(sep)
    return 1 <= len(first) <= 3 and all(len(g) == 3 for g in rest)


def roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals or small letters, or None: "XIII" is 13, "IIII" is none."""
    up = text.upper()
    if not up or not _ROMAN.fullmatch(up):
        return None
    values = [_ROMAN_DIGITS[c] for c in up]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def to_roman(value: int) -> str:
    """The Roman numeral of a whole number from 1 to 3999. Raises ValueError outside that range."""
    if not 1 <= value <= 3999:
        raise ValueError(f"no Roman numeral for {value}")
    out = ""
    for number, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += letters * (value // number)
        value %= number
    return out


_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
SCALES: dict[str, int] = {fold_key(k): v for k, v in _SCALES.items()}
"""Scale words, folded: nghìn, ngàn, vạn, triệu, tr, tỷ, tỉ."""
MULTIPLIERS: dict[str, int] = {**SCALES, "trăm": 100}
"""What may multiply digits: "3 trăm triệu"."""
_WORDS = {fold_key(k): v for k, v in _UNITS.items()}
_TEN, _TENS, _HUNDRED, _DOZEN = "mười", "mươi", "trăm", "chục"
_ZERO_TENS = {"linh", "lẻ"}
_HALF = "rưỡi"
NUMBER_WORDS: frozenset[str] = frozenset({*_WORDS, *SCALES, _TEN, _TENS, _HUNDRED, _DOZEN, _HALF, *_ZERO_TENS} - {"tr"})
"""Every word a number can be written with, folded."""


def parse_words(text: str) -> Decimal | None:
    """The value of a number written in words, or None: "hai mươi tư" is 24, "ba tỷ năm trăm triệu" is 3,500,000,000.

    Colloquial tails count as the next lower place ("hai mốt" is 21, "một trăm hai" is 120); "rưỡi" is half of the last
    scale ("hai tỷ rưỡi").
    """
    words = fold_key(text).split()
    if not words or any(w not in NUMBER_WORDS for w in words):
        return None
    total = Decimal(0)
    group: list[str] = []
    last_scale = 0
    for i, w in enumerate(words):
        if w in SCALES:
            scale = SCALES[w]
            value = _small(group) if group else None
            if value is None:
                if not group and i and words[i - 1] in SCALES:  # "nghìn tỷ": a scale of a scale
                    total *= scale
                    last_scale *= scale
                    continue
                return None
            if last_scale and scale >= last_scale:
                total = (total + value) * scale
            else:
                total += value * scale
            last_scale, group = scale, []
        elif w == _HALF:
            place = last_scale if not group else 0
            if group and group[-1] in (_HUNDRED, _TENS, _DOZEN):
                value = _small(group)
                return None if value is None else total + value + (50 if group[-1] == _HUNDRED else 5)
            if not place:
                return None
            total += Decimal(place) / 2
            return total if i == len(words) - 1 else None
        else:
            group.append(w)
    if group:
        value = _small(group)
        if value is None:
            return None
        if last_scale >= 1000 and len(group) == 1 and group[0] in _WORDS:
            value *= last_scale // 10  # "hai triệu ba": the next lower place
        total += value
    return total


def _small(words: list[str]) -> Decimal | None:
    """A number below a thousand."""
    rest = list(words)
    total = 0
    if len(rest) >= 2 and rest[1] == _HUNDRED and rest[0] in _WORDS:
        total = _WORDS[rest[0]] * 100
        rest = rest[2:]
        if not rest:
            return Decimal(total)
        if rest[0] in _ZERO_TENS:
            if len(rest) == 2 and rest[1] in _WORDS:
                return Decimal(total + _WORDS[rest[1]])
            return None
        if len(rest) == 1 and rest[0] in _WORDS:
            return Decimal(total + _WORDS[rest[0]] * 10)
    elif rest[0] in _ZERO_TENS and len(rest) == 2 and rest[1] in _WORDS:
        return Decimal(_WORDS[rest[1]])
    if rest[0] == _TEN:
        total += 10
        rest = rest[1:]
        if not rest:
            return Decimal(total)
        return Decimal(total + _WORDS[rest[0]]) if len(rest) == 1 and rest[0] in _WORDS else None
    if rest[0] == _DOZEN and len(rest) == 1 and total == 0:
        return Decimal(10)
    if rest[0] not in _WORDS:
        return None
    unit = _WORDS[rest[0]]
    if len(rest) == 1:
        return Decimal(total + unit)
    if rest[1] in (_TENS, _DOZEN):
        total += unit * 10
        rest = rest[2:]
        if not rest:
            return Decimal(total)
        return Decimal(total + _WORDS[rest[0]]) if len(rest) == 1 and rest[0] in _WORDS else None
    if len(rest) == 2 and rest[1] in ("mốt", "tư", "lăm", "nhăm") and total == 0:
        return Decimal(unit * 10 + _WORDS[rest[1]])  # "hai mốt", "ba lăm"
    return None


def parse_ordinal(text: str) -> int | None:
    """The number behind an ordinal or a term: "XIII", "13", "thứ năm", "tư", "nhất", "mười một"."""
    key = fold_key(text).removeprefix("thứ ").strip()
    if key.isdigit():
        return int(key)
    if key in ("nhất", "đầu tiên"):
        return 1
    if key == "nhì":
        return 2
    if (r := roman(key)) is not None:
        return r
    words = parse_words(key)
    return int(words) if words is not None else None
