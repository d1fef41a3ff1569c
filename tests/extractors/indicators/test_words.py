"""Numbers in words count only where the form is certain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .support import mentions, printed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("hai trăm linh năm đảng viên", 205, "đảng viên"),
        ("một nghìn hai trăm người", 1200, "người"),
        ("hai mươi tư đơn vị", 24, "đơn vị"),
        ("hai chục suất quà", 20, "suất quà"),
        ("ba tỷ năm trăm triệu đồng", 3_500_000_000, "VND"),
        ("năm mươi phần trăm", 50, "%"),
        ("có hai đồng chí được khen", 2, "đồng chí"),
    ],
)
def test_certain(text: str, value: int, unit: str) -> None:
    [m] = mentions(text)
    assert (m.value.value, m.value.unit) == (Decimal(value), unit)
    assert m.confidence < 0.9 and m.value.flags == ("in_words",)


@pytest.mark.parametrize(
    "text",
    ["một đồng chí", "trong năm đồng chí đã", "hội nghị lần thứ hai mươi đại biểu", "hàng trăm lượt người",
     "ba nội dung", "hai mươi năm xây dựng", "một trong những mô hình", "muôn người như một người"],
)  # fmt: skip
def test_not_certain(text: str) -> None:
    assert printed(text) == []
