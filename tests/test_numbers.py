"""Digit groups, number words, Roman numerals and ordinals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.numbers import SEPARATOR_RULES, parse_digits, parse_ordinal, parse_words, roman, to_roman


@pytest.mark.parametrize(
    ("digits", "measured", "value", "rule"),
    [
        ("26", False, "26", "plain"),
        ("02", False, "2", "padded"),
        ("1.480", False, "1480", "dot3"),
        ("14.000", True, "14000", "dot3"),
        ("85.23", True, "85.23", "dot"),
        ("0.125", True, "0.125", "dot"),
        ("85,23", True, "85.23", "comma"),
        ("34,450", True, "34.450", "comma3_measure"),
        ("14,000", False, "14000", "comma3_count"),
        ("1.234.567", False, "1234567", "grouped"),
        ("1,234,567", False, "1234567", "grouped"),
        ("12.345,67", True, "12345.67", "both"),
        ("1,480.5", True, "1480.5", "both"),
        ("1 480 000", False, "1480000", "spaced"),
    ],
)
def test_separators(digits: str, measured: bool, value: str, rule: str) -> None:
    number = parse_digits(digits, measured=measured)
    assert number is not None
    assert (number.value, number.rule) == (Decimal(value), rule)
    assert number.certain == (rule not in ("dot", "comma3_count", "comma3_measure"))


@pytest.mark.parametrize("digits", ["1.2.3", "12.34.567", "0225.3842.567", "1.234,5,6", "1.23,4"])
def test_no_number(digits: str) -> None:
    assert parse_digits(digits) is None


@given(st.integers(0, 10**15))
def test_grouping_round_trip(n: int) -> None:
    for separator in ".,":
        number = parse_digits(f"{n:,}".replace(",", separator))
        assert number is not None and number.value == n and number.rule in SEPARATOR_RULES


@given(st.text("0123456789.,", max_size=14))
def test_any_run_of_digits_is_safe(digits: str) -> None:
    if digits[:1].isdigit() and digits[-1:].isdigit() and ".," not in digits:
        parts = list(digits.replace(",", ".").split("."))
        if all(parts):
            parse_digits(digits)
            parse_digits(digits, measured=True)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("không", 0), ("mười", 10), ("mười lăm", 15), ("hai mươi tư", 24), ("hai mốt", 21), ("ba lăm", 35),
        ("một trăm", 100), ("một trăm hai", 120), ("hai trăm linh năm", 205), ("hai trăm lẻ năm", 205),
        ("chín trăm chín mươi chín", 999), ("một nghìn hai trăm", 1200), ("hai nghìn không trăm hai mươi tư", 2024),
        ("ba tỷ năm trăm triệu", 3_500_000_000), ("hai tỷ rưỡi", 2_500_000_000), ("hai chục", 20),
        ("năm vạn", 50_000), ("hai triệu ba", 2_300_000), ("một nghìn tỷ", 10**12), ("Hai  Mươi", 20),
    ],
)  # fmt: skip
def test_words(words: str, value: int) -> None:
    assert parse_words(words) == value


@pytest.mark.parametrize("words", ["", "đảng viên", "mươi", "trăm", "hàng trăm", "hai ba", "rưỡi", "linh năm trăm x"])
def test_no_words(words: str) -> None:
    assert parse_words(words) is None


ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    out = [f"{ONES[hundreds]} trăm"] if hundreds else []
    if tens == 0 and ones:
        out.append(f"linh {ONES[ones]}" if hundreds else ONES[ones])
    elif tens:
        out.append("mười" if tens == 1 else f"{ONES[tens]} mươi")
        if ones:
            out.append("lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else ONES[ones])
    return " ".join(out)


@given(st.integers(1, 999))
def test_words_round_trip(n: int) -> None:
    assert parse_words(below_thousand(n)) == n


@given(st.integers(1, 3999))
def test_roman_round_trip(n: int) -> None:
    assert roman(to_roman(n)) == n
    assert roman(to_roman(n).lower()) == n


@pytest.mark.parametrize("text", ["", "IIII", "VX", "ABC", "XIIIX", "13"])
def test_no_roman(text: str) -> None:
    assert roman(text) is None


@pytest.mark.parametrize("value", [0, -1, 4000])
def test_roman_out_of_range(value: int) -> None:
    with pytest.raises(ValueError, match="no Roman numeral"):
        to_roman(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("XIII", 13),
        ("13", 13),
        ("thứ năm", 5),
        ("tư", 4),
        ("nhất", 1),
        ("nhì", 2),
        ("mười một", 11),
        ("bao nhiêu", None),
    ],
)
def test_ordinal(text: str, value: int | None) -> None:
    assert parse_ordinal(text) == value
