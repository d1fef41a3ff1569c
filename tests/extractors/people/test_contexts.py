"""What people do where they are named: composed sentences, one act a person."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from bantin.engine import extract

TABLE = [
    ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy, chủ trì hội nghị.", "chair"),
    ("Chủ trì hội nghị là đồng chí Lê Văn Hải, Bí thư Huyện ủy.", "chair"),
    ("Hội nghị diễn ra dưới sự chủ trì của đồng chí Lê Văn Hải.", "chair"),
    ("Các đồng chí Lê Văn Hải, Bí thư Huyện ủy và Trần Thị Mơ, Phó Bí thư Huyện ủy đồng chủ trì.", "chair chair"),
    ("Đồng chí Lê Văn Hải - Phó Trưởng ban Ban Chỉ đạo diễn tập huyện chủ trì buổi họp.", "chair"),
    ("Lễ kỷ niệm 110 năm Ngày sinh đồng chí Lê Văn Hải.", "historical"),
    ("Tỉnh dâng hương tưởng niệm cố Tổng Bí thư Lê Văn Hải.", "historical"),
    ("Đoàn đến viếng đồng chí Lê Văn Hải, nguyên Bí thư Tỉnh ủy.", "subject"),
    ("Tiếp và làm việc với đoàn có ông Lê Văn Hải, Phó Chủ tịch UBND tỉnh.", "attendee"),
    ("Phát biểu tại buổi lễ, bà Trần Thị Mơ ghi nhận kết quả.", "speaker"),
    ("Bà Trần Thị Mơ, Chủ tịch Hội Nông dân xã, cho biết vụ này được mùa.", "speaker"),
    ("Theo ông Lê Văn Hải, giống lúa mới cho năng suất cao.", "speaker"),
    ("Theo ông Lê Văn Hải, Giám đốc Sở Công Thương, giá đã giảm.", "speaker"),
    ("Bí thư Tỉnh ủy Lê Văn Hải nhấn mạnh ba nhiệm vụ.", "speaker"),
    ("Đồng chí Lê Văn Hải đã phát biểu kết luận.", "speaker"),
    ("Thay mặt Ban Thường vụ, đồng chí Lê Văn Hải yêu cầu các chi bộ thực hiện nghiêm.", "speaker"),
    ("Ông Lê Văn Hải khẳng định quyết tâm của xã.", "speaker"),
    ("Dự buổi lễ có đồng chí Lê Văn Hải, Bí thư Đảng ủy; bà Trần Thị Mơ, Chủ tịch UBND xã.", "attendee attendee"),
    ("Tham dự hội nghị có các đồng chí: Lê Văn Hải, Bí thư Đảng ủy; Trần Thị Mơ, Chủ tịch UBND xã; Vũ Đình Nam, Chủ tịch HĐND xã.", "attendee attendee attendee"),
    ("Về phía tỉnh có ông Lê Văn Hải, Phó Chủ tịch UBND tỉnh.", "attendee"),
    ("Cùng đi có đồng chí Trần Thị Mơ, Chánh Văn phòng Tỉnh ủy.", "attendee"),
    ("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy đến dự và chỉ đạo đại hội.", "attendee"),
    ("Phó Chủ tịch nước Trần Thị Mơ tham dự lễ khai giảng.", "attendee"),
    ("Đồng chí Lê Văn Hải, Phó Bí thư Huyện ủy, được bầu giữ chức Chủ tịch UBND huyện.", "appointee"),
    ("Đại hội bầu đồng chí Lê Văn Hải làm Bí thư Đảng ủy.", "appointee"),
    ("Ban Thường vụ Tỉnh ủy công bố quyết định bổ nhiệm ông Lê Văn Hải giữ chức Giám đốc Sở Nội vụ.", "appointee"),
    ("Bà Trần Thị Mơ tái đắc cử Bí thư Tỉnh đoàn.", "appointee"),
    ("Ông Lê Văn Hải trúng cử chức danh Phó Chủ tịch HĐND tỉnh.", "appointee"),
    ("Thủ tướng phê chuẩn kết quả bầu chức vụ Chủ tịch UBND tỉnh đối với ông Lê Văn Hải.", "appointee"),
    ("HĐND huyện miễn nhiệm chức danh Phó Chủ tịch UBND huyện đối với ông Lê Văn Hải.", "subject"),
    ("Ủy ban Kiểm tra thi hành kỷ luật cảnh cáo đối với ông Lê Văn Hải, nguyên Giám đốc Sở.", "subject"),
    ("Các chi bộ nghiên cứu bài viết “Giữ vững niềm tin” của đồng chí Lê Văn Hải.", "author_of_work"),
    ("Học tập tác phẩm của Tổng Bí thư Lê Văn Hải.", "author_of_work"),
    ("Phóng viên ghi lại bài phát biểu của Chủ tịch Quốc hội Trần Thị Mơ.", "author_of_work"),
    ("Kỷ niệm Ngày sinh Chủ tịch Hồ Chí Minh.", "historical"),
    ("Đoàn thăm gia đình cố Bí thư Tỉnh ủy Lê Văn Hải.", "historical"),
    ("Đoàn dâng hương liệt sĩ Lê Văn Hải tại nghĩa trang.", "historical"),
    ("Đồng chí Lê Văn Hải trao quà cho các hộ nghèo.", "subject"),
    ("Chủ tịch UBND tỉnh Lê Văn Hải tiếp đoàn đại biểu.", "subject"),
    ("Chủ tịch UBND huyện Lê Văn Hải kiểm tra công trình thủy lợi.", "subject"),
    ("Ông Lê Văn Hải sinh năm 1970.", "subject"),
    ("Quang cảnh buổi lễ. Ảnh: Trần Thị Mơ", "photographer"),
    ("Tin, bài: Lê Văn Hải", "author"),
    ("Bí thư Tỉnh ủy Lê Văn Hải (bên phải).", "-"),
    ("Đồng chí Trần Thị Mơ, Bí thư Chi bộ đọc báo cáo; đồng chí Lê Văn Hải điều hành thảo luận.", "speaker chair"),
    ("Dự có đồng chí Lê Văn Hải, Bí thư Đảng ủy. Đồng chí Trần Thị Mơ phát biểu khai mạc.", "attendee speaker"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_act_of_a_person(text: str, acts: str) -> None:
    found = [m.value.context or "-" for m in extract(text).of("people")]
    assert found == acts.split()


def test_long_lists_are_linear() -> None:
    text = "Dự hội nghị có các đồng chí: " + "; ".join(["Lê Văn Hải, Bí thư Đảng ủy"] * 3000) + "."
    assert all(m.value.context == "attendee" for m in extract(text).of("people"))
