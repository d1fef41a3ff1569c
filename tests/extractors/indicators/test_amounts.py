"""Values: separators, scale words, compounds, ranges, ratios; exact to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .support import mentions, printed

VALUES = [
    ("1.480 tỷ đồng", "1480000000000", None, None, "VND"),
    ("34,450 tỷ đồng", "34450000000", None, None, "VND"),
    ("12.345,67 tấn", "12345.67", None, None, "tấn"),
    ("1,480.5 tỷ đồng", "1480500000000", None, None, "VND"),
    ("14,000 người", "14000", None, None, "người"),
    ("1 480 000 đồng", "1480000", None, None, "VND"),
    ("05 chi bộ", "5", None, None, "chi bộ"),
    ("5,3 nghìn tỷ đồng", "5300000000000", None, None, "VND"),
    ("3 tỷ 500 triệu đồng", "3500000000", None, None, "VND"),
    ("2 tỷ rưỡi", "2500000000", None, None, ""),
    ("12 ngàn lượt khách", "12000", None, None, "lượt khách"),
    ("50 trđ", "50000000", None, None, "VND"),
    ("từ 10 đến 15 triệu đồng", "10000000", "15000000", None, "VND"),
    ("3-5%", "3", "5", None, "%"),
    ("200-250 người", "200", "250", None, "người"),
    ("26/31 tập đoàn", "26", None, "31", "tập đoàn"),
    ("8/tổng số 20 xã", "8", None, "20", "xã"),
    ("87 phần trăm", "87", None, None, "%"),
    ("2,5 điểm phần trăm", "2.5", None, None, "điểm %"),
    ("1.250 m2", "1250", None, None, "m2"),
    ("12,5 triệu USD", "12500000", None, None, "USD"),
    ("300.000đ/suất", "300000", None, None, "VND/suất"),
]


@pytest.mark.parametrize(("text", "value", "value_max", "denominator", "unit"), VALUES)
def test_value(text: str, value: str, value_max: str | None, denominator: str | None, unit: str) -> None:
    [m] = mentions(text)
    v = m.value
    assert v.value == Decimal(value)
    assert v.value_max == (None if value_max is None else Decimal(value_max))
    assert v.denominator == (None if denominator is None else Decimal(denominator))
    assert v.unit == unit


def test_a_falling_range_is_two_numbers() -> None:
    assert printed("giảm từ 12% đến 5% hộ nghèo") == ["12%", "5%"]


def test_fused_amounts_are_apart() -> None:
    found = mentions("hỗ trợ 280.000 USD18,026 tỷ đồng)")
    assert [(m.value.value, m.value.unit) for m in found] == [(Decimal(280000), "USD"), (Decimal(18026000000), "VND")]


@given(st.integers(0, 10**12 - 1))
def test_grouped_digits_keep_their_value(n: int) -> None:
    text = f"{n:,}".replace(",", ".") + " lượt khách"
    [m] = mentions(text)
    assert m.value.value == n and m.text == text


@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from([("nghìn", 3), ("triệu", 6), ("tỷ", 9)]))
def test_scaled_decimals_are_exact(whole: int, cents: int, scale: tuple[str, int]) -> None:
    word, power = scale
    [m] = mentions(f"trị giá {whole},{cents:02} {word} đồng")
    assert m.value.value == Decimal(f"{whole}.{cents:02}").scaleb(power)
    assert "E" not in str(m.value.value)
