"""Bylines: persons, publishers and desks told apart; lines that are none; bylines glued to the last sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.read.byline import parse_byline, split_fused


@pytest.mark.parametrize(
    ("line", "author", "publisher"),
    [
        ("Tin, ảnh: Hoàng Gia Minh", "Hoàng Gia Minh", None),
        ("Bài và ảnh: Thu Hà – Quốc Việt", "Thu Hà, Quốc Việt", None),
        ("Tin bài: Nguyễn Văn Nam (Văn phòng Đảng ủy)", "Nguyễn Văn Nam", None),
        ("Minh Hương (Báo Bắc Giang)", "Minh Hương", "Báo Bắc Giang"),
        ("Lê Văn Dũng - Phó trưởng ban Tuyên giáo ĐUK", "Lê Văn Dũng", None),
        ("Lê Văn Dũng, Ban Tổ chức Tỉnh ủy", "Lê Văn Dũng", None),
        ("Viết Thanh", "Viết Thanh", None),
        ("NGUYỄN HẢI", "Nguyễn Hải", None),
        ("LH", "LH", None),
        ("T.H", "T.H", None),
        ("Theo dangcongsan.vn", None, "Báo điện tử Đảng Cộng sản Việt Nam"),
        ("(Theo TTXVN)", None, "Thông tấn xã Việt Nam"),
        ("Nguồn: Báo Nhân Dân", None, "Báo Nhân Dân"),
        ("Theo Minh Anh (Báo Hải Dương)", "Minh Anh", "Báo Hải Dương"),
        ("Minh Anh/TTXVN", "Minh Anh", "Thông tấn xã Việt Nam"),
        ("Minh Anh (Theo TTXVN)", "Minh Anh", "Thông tấn xã Việt Nam"),
        ("Cổng TTĐT Chính phủ", None, "Cổng Thông tin điện tử Chính phủ"),
        ("BBT", "Ban Biên tập", None),
        ("Đăng bởi Ban Biên tập", "Ban Biên tập", None),
        ("Tác giả bài viết: Văn Chương", "Văn Chương", None),
        ("Tin: Thu Cúc; ảnh: Lê Toán", "Thu Cúc", None),
        ("Bài: Minh Châu. Ảnh: Ð.N.A", "Minh Châu", None),
        ("Đặng Hữu Phước - Chánh Văn phòng Đảng ủy", "Đặng Hữu Phước", None),
        ("H'Liên Niê", "H'Liên Niê", None),
        ("CTV Đức Thành (Tỉnh đoàn)", "Đức Thành", None),
        ("Nguồn Hà Nội TV : https://example.vn/a-1.htm", None, "Hà Nội TV"),
        ("CTV", None, None),
        ("Đăng bởi: admin", None, None),
        ("PV Minh Anh", "Minh Anh", None),
        ("Tác giả: Quốc Khánh", "Quốc Khánh", None),
        ("Ảnh: TTXVN", None, "Thông tấn xã Việt Nam"),
    ],
)
def test_a_byline_is_read(line: str, author: str | None, publisher: str | None) -> None:
    found = parse_byline(line)
    assert found is not None
    assert (found.author, found.publisher) == (author, publisher)


@pytest.mark.parametrize(
    "line",
    [
        "Quang cảnh hội nghị",
        "Đồng chí Lê Minh phát biểu",
        "Theo báo cáo của Ban Tổ chức, đã kết nạp 120 đảng viên mới trong quý",
        "Đại Hội Đảng Bộ",
        "Ban Tuyên Giáo",
        "Bài học kinh nghiệm",
        "Tin cậy, gắn bó với cơ sở",
        "Hội nghị kết thúc tốt đẹp.",
        "Về công tác cán bộ",
        "Lê Minh, Bí thư Tỉnh ủy " + "phát biểu khai mạc hội nghị tổng kết, " * 4,
        "",
    ],
)
def test_a_line_that_is_no_byline(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("Xây dựng xã hội công bằng, văn minh./.Lê Văn Dũng", "Lê Văn Dũng"),
        ("Xây dựng xã hội công bằng, văn minh./. Lê Văn Dũng", "Lê Văn Dũng"),
        ("Hội nghị thông qua nghị quyết.Minh Hương", "Minh Hương"),
        ("Hội nghị thông qua nghị quyết. Tin, ảnh: Minh Hương", "Tin, ảnh: Minh Hương"),
        ("Hội nghị thông qua nghị quyết. (Theo TTXVN)", "(Theo TTXVN)"),
    ],
)
def test_a_byline_glued_to_the_last_sentence_is_split(text: str, byline: str) -> None:
    found = split_fused(text)
    assert found is not None
    assert text[found[0] :] == byline


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị do đồng chí Lê Văn Dũng chủ trì.",
        "Trao giải cho hai đơn vị. Chủ trì hội nghị là đồng chí Lê Văn Dũng",
        "Lê Văn Dũng",
    ],
)
def test_a_name_inside_a_sentence_stays(text: str) -> None:
    assert split_fused(text) is None


@given(st.text(max_size=200))
def test_any_text_is_a_byline_or_not(text: str) -> None:
    parse_byline(text)
    split_fused(text)
