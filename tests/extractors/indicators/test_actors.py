"""Who did what was counted: subjects, agents, who is told, who owns a figure, inheritance; composed sentences."""

from __future__ import annotations

import pytest

from bantin.engine import extract


def actors(text: str) -> list[str | None]:
    return [m.value.actor for m in extract(text, "2024-04-09").of("indicators")]


CASES = [
    ("Trong năm 2023, toàn Đảng bộ huyện kết nạp được 96 đảng viên.", ["toàn Đảng bộ huyện"]),
    ("Năm 2023 địa phương kết nạp được 33 đảng viên.", ["địa phương"]),
    ("Ngay từ đầu năm, Ban Thường vụ Đảng ủy Khối tổ chức 3 hội nghị.", ["Ban Thường vụ Đảng ủy Khối"]),
    ("Hà Tĩnh giải quyết việc làm cho 2.125 người.", ["Hà Tĩnh"]),
    ("Thanh tra các sở, ngành triển khai 25 cuộc thanh tra.", ["Thanh tra các sở, ngành"]),
    ("UBKT Huyện ủy thi hành kỷ luật 7 đảng viên.", ["Ủy ban Kiểm tra Huyện ủy"]),
    ("Câu lạc bộ Hướng Dương, trực thuộc Hội Chữ thập đỏ tỉnh, đã trao 20 suất quà.", ["Câu lạc bộ Hướng Dương"]),
    ("Hội Nông dân xã đã phối hợp với các tổ chức, các doanh nghiệp trao 20 suất quà.", ["Hội Nông dân xã"]),
    ("Quỹ có 57 tỷ đồng, trong đó 8 tỷ đồng do tỉnh cấp.", ["Quỹ", "tỉnh"]),
    ("Đề nghị các chi bộ trực thuộc thực hiện tốt 18 nhiệm vụ.", ["các chi bộ trực thuộc"]),
    ("Có 26/31 tập đoàn trong Khối hỗ trợ 54 huyện nghèo.", ["tập đoàn trong Khối"] * 2),
    ("Có 100% chi bộ tổ chức cho 95% đảng viên học tập.", ["chi bộ"] * 2),
    ("Tổng dư nợ của Ngân hàng Chính sách xã hội huyện đạt 486 tỷ đồng.", ["Ngân hàng Chính sách xã hội huyện"]),
    ("Theo Hội Nông dân tỉnh, đến nay có 223 dự án.", ["Hội Nông dân tỉnh"]),
    ("Công an tỉnh cho biết, các đơn vị đã xử lý 5 vụ.", ["các đơn vị"]),
    ("Chi bộ đã mở 3 lớp. Đã có 80 học viên.", ["Chi bộ"] * 2),
    ("Đảng ủy xã đã mở 3 lớp.\nTặng 12 suất quà.", ["Đảng ủy xã"] * 2),
    ("Đảng ủy xã mở 3 lớp; Hội Phụ nữ xã tặng 12 suất quà.", ["Đảng ủy xã", "Hội Phụ nữ xã"]),
    ("Đảng ủy xã công nhận 24 chi, đảng bộ đạt trong sạch; 12 chi bộ hoàn thành.", ["Đảng ủy xã"] * 2),
    ("Huyện có 5 xã nông thôn mới nâng cao, 3 xã nông thôn mới kiểu mẫu.", ["Huyện"] * 2),
    ("Các chủ trương, đơn vị tổ chức 5 lớp.", [None]),
    ("Hàng năm có 5 lớp được mở.", [None]),
    ("Chi bộ Phòng Tư pháp huyện thiếu kiểm tra, để mất 2 hồ sơ.", ["Chi bộ Phòng Tư pháp huyện"]),
    ("Ủy ban Kiểm tra Huyện ủy ghi nhận thị xã đã giảm 12 người.", ["thị xã"]),
    ("Kỳ họp thông qua 9 nghị quyết.", [None]),
    ("Có 11 đoàn viên ưu tú được kết nạp.", [None]),
    ("Các cấp công đoàn quán triệt 4 văn bản.", ["các cấp công đoàn"]),
    ("Hội Nông dân xã long trọng kỷ niệm ngày thành lập, trao 8 suất quà.", ["Hội Nông dân xã"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:50] for c in CASES])
def test_actor(text: str, expected: list[str | None]) -> None:
    assert actors(text) == expected
