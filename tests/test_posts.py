# ruff: noqa: E501
"""Posts: title, body, status, term."""

from __future__ import annotations

import pytest

from bantin.posts import post_heads, read_post
from bantin.text import View


@pytest.mark.parametrize(
    ("text", "title", "body", "status"),
    [
        ("Trưởng Ban Tuyên giáo Đảng ủy Khối", "Trưởng ban", "Ban Tuyên giáo Đảng ủy Khối", "current"),
        ("nguyên Phó Trưởng Ban Thường trực Ban Tổ chức Tỉnh ủy", "Phó Trưởng ban Thường trực", "Ban Tổ chức Tỉnh ủy", "former"),
        ("Thủ tướng Chính phủ", "Thủ tướng", "Chính phủ", "current"),
        ("Chánh Văn phòng Trung ương Đảng", "Chánh Văn phòng", "Văn phòng Trung ương Đảng", "current"),
        ("Phó ban Dân vận ĐUK", "Phó Trưởng ban", "Ban Dân vận Đảng ủy Khối", "current"),
        ("ĐBQH tỉnh", "Đại biểu", "Quốc hội tỉnh", "current"),
        ("UVBCH Đảng bộ tỉnh", "Ủy viên", "Ban Chấp hành Đảng bộ tỉnh", "current"),
        ("Tỉnh ủy viên", "Tỉnh ủy viên", None, "current"),
        ("Q. Giám đốc Sở Nội vụ", "Quyền Giám đốc", "Sở Nội vụ", "acting"),
        ("cố Tổng Bí thư", "Tổng Bí thư", None, "late"),
        ("Phó Vụ trưởng phụ trách Vụ Công nghiệp", "Phó Vụ trưởng phụ trách", "Vụ Công nghiệp", "current"),
        ("Phó Trưởng phòng giá - công sản, dự", "Phó Trưởng phòng", "Phòng giá - công sản", "current"),
        ("Chủ tịch nước Lào", "Chủ tịch nước", "Lào", "current"),
    ],
)  # fmt: skip
def test_read_post(text: str, title: str, body: str | None, status: str) -> None:
    view = View(text)
    post = read_post(view, next(post_heads(view, 0, len(text))), len(text))
    assert (post.title, post.organisation, post.status) == (title, body, status)


def test_a_term_is_no_part_of_the_body() -> None:
    text = "Phó Bí thư Tỉnh ủy (khóa XV), nhiệm kỳ 2010-2015"
    view = View(text)
    post = read_post(view, next(post_heads(view, 0, len(text))), len(text))
    assert (post.organisation, post.term, post.end) == ("Tỉnh ủy", "khóa XV, nhiệm kỳ 2010-2015", len(text))


def test_a_post_of_many_places_is_a_group() -> None:
    text = "Chủ tịch UBND 10 huyện, thị xã"
    view = View(text)
    assert read_post(view, next(post_heads(view, 0, len(text))), len(text)).group
