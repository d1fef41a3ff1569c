"""Days whose month stands elsewhere, and weekdays without a date."""

from __future__ import annotations

import pytest

import bantin


def dates(text: str, published: str | None) -> list[tuple[str, str]]:
    found = bantin.extract(text, published).of("dates")
    return [(m.text, m.value.value) for m in found if m.rule in ("date.day_alone", "date.weekday_alone")]


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("Trong tháng 3/2024, ngày 15, Ban Bí thư họp.", None, [("15", "2024-03-15")]),
        ("Kế hoạch tháng 12 nêu rõ: ngày 20, tổng kết năm.", "2024-01-05", [("20", "2023-12-20")]),
        ("Ngày 12/5/2023 khởi công, đến ngày 30, công trình hoàn thành.", None, [("30", "../2023-05-30")]),
        ("Tháng 2/2023, ngày 30, chi bộ họp.", None, []),  # no such day
        ("Tháng 3/2024 đã qua. Ngày 15, Ban Bí thư họp.", None, []),  # another sentence
        ("Ngày 15, Ban Bí thư họp.", "2024-04-09", [("15", "2024-03-15")]),
        ("Ngày 8, Ban Bí thư họp.", "2024-04-09", [("8", "2024-04-08")]),
        ("Ngày 31, Ban Bí thư đã họp.", "2024-05-01", [("31", "2024-03-31")]),
        ("Hội thi sẽ khai mạc ngày 5.", "2024-04-09", [("5", "2024-05-05")]),
        ("Ngày 15 tháng trước, chi bộ họp.", "2024-01-09", [("15 tháng trước", "2023-12-15")]),
        ("Khoản 2 Điều 15, mỗi ngày 8 tiếng, hai ngày 5 buổi", "2024-04-09", []),
        ("giao ban trong ngày 1, bước sang ngày 2, tổng kết", "2024-04-09", []),
        ("vào các ngày 5, 6 và 7", "2024-04-09", []),
        ("Sáng thứ Hai, đoàn về cơ sở.", "2024-04-10", [("thứ Hai", "2024-04-08")]),
        ("Sáng thứ Tư, đoàn về cơ sở.", "2024-04-10", [("thứ Tư", "2024-04-10")]),
        ("Chiều thứ Sáu, Đảng ủy sẽ khai mạc hội thi.", "2024-04-10", [("thứ Sáu", "2024-04-12")]),
        ("Sáng thứ Hai, đoàn về cơ sở.", None, []),
        ("Sáng thứ Hai, 08/4/2024, đoàn về cơ sở.", "2024-04-10", []),  # its date stands with it
        ("Sáng thứ Hai hằng tuần, chào cờ.", "2024-04-10", []),
    ],
)
def test_a_day_without_its_month(text: str, published: str | None, found: list[tuple[str, str]]) -> None:
    assert dates(text, published) == found


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Chủ nhật, ngày 09/4, tỉnh sẽ bầu cử.", "2023-02-02", "2023-04-09"),
        ("Chủ nhật, ngày 09/4, tỉnh tổ chức hội chợ.", "2023-02-02", "2023-04-09"),
        ("Thứ Tư, ngày 28/12, chi bộ họp.", "2022-12-01", "2022-12-28"),  # still to come: that year's is a Wednesday
        ("Ngày 09/4, tỉnh tổ chức hội chợ.", "2023-02-02", "2022-04-09"),
    ],
)
def test_a_weekday_tells_the_year(text: str, published: str, value: str) -> None:
    assert [m.value.value for m in bantin.extract(text, published).of("dates")] == [value]


def test_without_its_month_a_day_is_less_certain() -> None:
    (m,) = bantin.extract("Ngày 15, Ban Bí thư họp.", "2024-04-09").of("dates")
    assert (m.value.source, m.value.edtf, m.confidence) == ("published", "2024-03-15", 0.7)
