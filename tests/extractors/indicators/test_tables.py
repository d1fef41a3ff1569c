"""Cells of a table take their unit from the heading of the column, a unit column, or the label of the row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bantin.extractors.indicators import extractor, refused

from .support import context


def read(*rows: str) -> list[tuple[str, Decimal, str, str | None]]:
    c = context("\n".join(rows))
    blocks = tuple(replace(b, kind="table_row") for b in c.article.blocks)
    c = replace(c, article=replace(c.article, blocks=blocks))
    assert {r for _, r in refused(c)} <= {"numbering", "no_unit", "code", "fraction"}
    return [(m.text, m.value.value, m.value.unit, m.value.object) for m in extractor().extract(c)]


def test_units_of_columns() -> None:
    assert read("TT | Đơn vị hành chính | Số đảng viên | Diện tích (ha)", "1 | Xã An Phú | 1.250 | 34,5") == [
        ("1.250", Decimal(1250), "đảng viên", "Xã An Phú - Số đảng viên"),
        ("34,5", Decimal("34.5"), "ha", "Xã An Phú - Diện tích (ha)"),
    ]


def test_a_column_of_units() -> None:
    rows = read(
        "Chỉ tiêu | ĐVT | Kết quả",
        "Thu ngân sách | tỷ đồng | 12,5",
        "Kết nạp mới | đảng viên | 45",
        "Tỷ lệ hộ nghèo | % | 3,2",
    )
    assert [r[1:3] for r in rows] == [
        (Decimal(12_500_000_000), "VND"), (Decimal(45), "đảng viên"), (Decimal("3.2"), "%"),
    ]  # fmt: skip


def test_the_label_of_the_row() -> None:
    assert read("Nội dung | Kết quả", "Số mô hình | 12")[0][2] == "mô hình"


@pytest.mark.parametrize(
    "rows",
    [
        ("1 | 2 | 3", "4 | 5 | 6"),
        ("Tên | Điểm", "An | 9,5"),
        ("Số đảng viên | Xã", "15 | 20 | 30"),
    ],
)
def test_without_a_heading_that_fits_nothing_counts(rows: tuple[str, ...]) -> None:
    assert read(*rows) == []
