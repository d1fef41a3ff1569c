"""Where the name of a body ends, its full form, its unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.organisations import canonical_organisation, organisation_end, unit_of
from bantin.text import View


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Đảng ủy Khối; đồng chí", "Đảng ủy Khối"),
        ("Ban Tuyên giáo Đảng ủy Khối chủ trì", "Ban Tuyên giáo Đảng ủy Khối"),
        ("UBND TP. Huế, tỉnh Thừa Thiên Huế phát biểu", "UBND TP. Huế, tỉnh Thừa Thiên Huế"),
        ("Sở Văn hóa, Thể thao và Du lịch tỉnh dự", "Sở Văn hóa, Thể thao và Du lịch tỉnh"),
        ("Tổng cục Công nghiệp quốc phòng, Bộ Quốc phòng thăm", "Tổng cục Công nghiệp quốc phòng, Bộ Quốc phòng"),
        ("Huyện ủy Hà Trung. Ủy ban Kiểm tra", "Huyện ủy Hà Trung"),
        ("Đảng ủy Tổng công ty Thuốc lá    Phát biểu", "Đảng ủy Tổng công ty Thuốc lá"),
        ("Tỉnh ủy và Chủ tịch UBND tỉnh", "Tỉnh ủy"),
        ("Quân khu 7 kiểm tra", "Quân khu 7"),
        ("UBND xã 10 năm qua", "UBND xã"),
        ("Vụ Công nghiệp, Ban Kinh tế Trung ương; cùng", "Vụ Công nghiệp, Ban Kinh tế Trung ương"),
        ("đề nghị các cấp", ""),
    ],
)
def test_where_a_body_ends(text: str, body: str) -> None:
    assert text[: organisation_end(View(text), 0, len(text))] == body


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("UBND TP. Huế", "Ủy ban nhân dân Thành phố Huế"),
        ("Ban Dân vận ĐUK", "Ban Dân vận Đảng ủy Khối"),
        ("Sở Tư pháp", "Sở Tư pháp"),
        ("HĐTV EVN", "Hội đồng thành viên EVN"),
        ("BAN DÂN VẬN ĐẢNG ỦY KHỐI", "Ban Dân vận Đảng ủy Khối"),
        ("Đảng uỷ khối", "Đảng ủy Khối"),
    ],
)
def test_abbreviations_are_written_out(printed: str, full: str) -> None:
    assert canonical_organisation(printed) == full


def test_an_organ_has_a_unit() -> None:
    assert unit_of("Ban Thường vụ Đảng ủy Khối") == ("Ban Thường vụ", "Đảng ủy Khối")
    assert unit_of("Ban Thường vụ") == ("Ban Thường vụ", "")
    assert unit_of("Tỉnh ủy") == ("", "Tỉnh ủy")


@given(st.text(alphabet="ỦyBanđảng ,.-và1TPA\n", max_size=60))
def test_an_end_lies_within_bounds(text: str) -> None:
    view = View(text)
    for at in range(len(text)):
        assert at <= organisation_end(view, at, len(text)) <= len(text)
