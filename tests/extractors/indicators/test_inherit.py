"""Bare numbers take their unit from the neighbouring clause, and only inside the sentence."""

from __future__ import annotations

import pytest

from .support import mentions, reasons


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("khiển trách 17, cảnh cáo 4 trường hợp", ["trường hợp", "trường hợp"]),
        ("kỷ luật 29 tổ chức đảng, hình thức: khiển trách 26, cảnh cáo 03.", ["tổ chức đảng"] * 3),
        ("kỷ luật 90 đảng viên: 61 khiển trách, 20 cảnh cáo, 9 khai trừ.", ["đảng viên"] * 4),
        ("có 86 người dân tộc thiểu số (thiếu 4 so với dự kiến)", ["người dân tộc thiểu số"] * 2),
        ("Tổng số đơn vị bầu cử là 184 theo nghị quyết", ["đơn vị bầu cử"]),
        ("nâng tổng số hội viên toàn tỉnh lên hơn 230 nghìn, đạt 97%", ["hội viên", "%"]),
        ("hoàn thành 100% (45/45) chi bộ", ["%", "chi bộ"]),
        ("giảm 2 trong 9 đầu mối", ["đầu mối", "đầu mối"]),
        ("tăng từ 61,2 lên 66,8%", ["%", "%"]),
        ("có 7/14 ứng viên trúng cử, tỉnh bạn (1/3)", ["ứng viên"] * 2),
    ],
)
def test_inherited_units(text: str, units: list[str]) -> None:
    assert [m.value.unit for m in mentions(text)] == units


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Có 15 đảng viên mới. Khiển trách 26, cảnh cáo 3.", "26"),
        ("khiển trách 17 của năm trước", "17"),
        ("thu 15%, còn 12, sau đó", "12"),
    ],
)
def test_nothing_to_inherit(text: str, number: str) -> None:
    assert reasons(text)[number] == "no_unit"


def test_inheritance_is_flagged_and_less_sure() -> None:
    bare, own = mentions("khiển trách 17, cảnh cáo 4 trường hợp")
    assert bare.value.flags == ("unit_inherited",) and own.value.flags == ()
    assert bare.rule == "indicator.inherited" and bare.confidence < own.confidence


def test_a_pair_shares_the_scale() -> None:
    first, second = mentions("tăng từ 5 lên 10 tỷ đồng")
    assert (first.value.value, second.value.value) == (5_000_000_000, 10_000_000_000)
