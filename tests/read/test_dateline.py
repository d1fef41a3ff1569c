"""Datelines: every way in which the sites print when a page appeared, and lines that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.read.dateline import parse_dateline, parse_published

LINES = [
    ("21:58 09/04/2024", "2024-04-09T21:58+07:00"),
    ("Thứ 2, Ngày 12 / 12 / 2022", "2022-12-12"),
    ("Thứ Năm, 29/12/2011|15:28", "2011-12-29T15:28+07:00"),
    ("14h30 ngày 3/2/2021", "2021-02-03T14:30+07:00"),
    ("09:05 SA 14/03/2013", "2013-03-14T09:05+07:00"),
    ("14/03/2013 03:20 CH", "2013-03-14T15:20+07:00"),
    ("08/3/2024 3:20:11 PM", "2024-03-08T15:20+07:00"),
    ("14:07' 05/03/2019", "2019-03-05T14:07+07:00"),
    ("T.Hai, 05.02.18", "2018-02-05"),
    ("ngày 01 tháng 7 năm 2019", "2019-07-01"),
    ("Hà Nội, ngày 01 tháng 7 năm 2019", "2019-07-01"),
    ("Thứ Năm, 8/6/2023 14:46'(GMT+7)", "2023-06-08T14:46+07:00"),
    ("Cập nhật lúc: 18:00 |22/05/2022", "2022-05-22T18:00+07:00"),
    ("Ngày đăng: 05/11/2019 - Lượt xem: 1.204", "2019-11-05"),
    ("Lượt xem: 7370 | Gửi lúc: 05/12/2013 15:42:27", "2013-12-05T15:42+07:00"),
    ("Chủ nhật - 29/09/2024 19:43 35 0", "2024-09-29T19:43+07:00"),
    ("Đăng ngày 7-8-2015", "2015-08-07"),
    ("(14/07/2005 09:05)", "2005-07-14T09:05+07:00"),
    ("2020-03-20 08:00", "2020-03-20T08:00+07:00"),
    ("20/03/2020 00:00", "2020-03-20"),
    ("Thứ 2, 18/11/2024, 06:37[GMT+7]", "2024-11-18T06:37+07:00"),
    ("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", "2015-04-08T08:11+07:00"),
    ("Số lượt xem 135Ngày cập nhật 10/03/2021", "2021-03-10"),
    ("Ngày đăng: 06/10/2021 5:05:00 CH | Cỡ chữ | Bản in", "2021-10-06T17:05+07:00"),
    ("27 Tháng Ba, 2023", "2023-03-27"),
    ("09:47, 15/03/2021", "2021-03-15T09:47+07:00"),
    ("(Ngày 21/7/2006)", "2006-07-21"),
    ("Thứ sáu, 05 Tháng 7 2019", "2019-07-05"),
    ("15:30 | 20/10/2020", "2020-10-20T15:30+07:00"),
    ("Thứ tư, ngày 01/01/2014 (GMT+7)", "2014-01-01"),
    ("Đăng lúc: Thứ hai - 12/08/2019 10:12 - Người đăng bài viết: admin", "2019-08-12T10:12+07:00"),
]


@pytest.mark.parametrize(("line", "published"), LINES)
def test_a_dateline_is_read(line: str, published: str) -> None:
    found = parse_dateline(line)
    assert found is not None
    assert found.published == published
    assert found.timed == ("T" in published)


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 08/4, tại Hà Nội, Ban Tuyên giáo tổ chức hội nghị.",
        "Ngày 15/6/2024 đã có 182 mô hình đăng ký",
        "Chỉ thị số 36-CT/TW, ngày 30-5-2014 của Bộ Chính trị khóa XI",
        "Quý II/2024",
        "Năm 2022",
        "Giai đoạn 2021 - 2023",
        "(03/02/1930 - 03/02/2020) 90 năm ngày thành lập Đảng",
        "Hôm qua, 10:30",
        "Điện thoại: 0241.3822.123",
        "Kỷ niệm 19/5/1890",
    ],
)
def test_a_line_with_more_than_a_date_is_none(line: str) -> None:
    assert parse_dateline(line) is None


@pytest.mark.parametrize("line", ["31/02/2020", "00/00/0000", "01/01/0001 00:00", "12/31/2020", "03/02/1930"])
def test_a_date_that_cannot_be_gives_no_publication(line: str) -> None:
    found = parse_dateline(line)
    assert found is None or found.published is None


def test_an_update_beside_the_publication_is_the_modification() -> None:
    found = parse_dateline("Đăng ngày: 05/03/2019 | Cập nhật: 07/03/2019 10:00")
    assert found is not None
    assert (found.published, found.modified) == ("2019-03-05", "2019-03-07T10:00+07:00")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-04-09", ("2024-04-09", "day")),
        ("2024-04-09T21:58", ("2024-04-09T21:58+07:00", "minute")),
        ("2024-04-09 21:58:30", ("2024-04-09T21:58+07:00", "minute")),
        ("2024-04-09T21:58+07:00", ("2024-04-09T21:58+07:00", "minute")),
        ("2024-04-09T18:30:00Z", ("2024-04-10T01:30+07:00", "minute")),
        ("2024-04-09T00:00:00+07:00", ("2024-04-09", "day")),
        ("9/4/2024", ("2024-04-09", "day")),
        ("09/04/2024 21:58", ("2024-04-09T21:58+07:00", "minute")),
        ("32/1/2024", None),
        ("hôm qua", None),
        ("", None),
        (None, None),
        (20240409, None),
        (["2024-04-09"], None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:00-10:00", None),
    ],
)
def test_a_field_published_is_iso_or_day_first_or_nothing(value: object, expected: object) -> None:
    assert parse_published(value) == expected


@given(st.dates(min_value=__import__("datetime").date(1991, 1, 1), max_value=__import__("datetime").date(2099, 1, 1)))
def test_any_day_is_read_day_first(day: object) -> None:
    line = f"Thứ Hai, {day:%d/%m/%Y} 07:05"
    found = parse_dateline(line)
    assert found is not None
    assert found.published == f"{day:%Y-%m-%d}T07:05+07:00"


@given(st.text(max_size=200))
def test_any_text_is_a_dateline_or_not(text: str) -> None:
    parse_dateline(text)
    parse_published(text)
