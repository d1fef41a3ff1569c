"""Changes of posts as sentences tell them: type, person, post, day and who decided."""

from __future__ import annotations

import pytest

import bantin


def told(text: str, published: str = "2019-05-13") -> list[tuple[str, str, str | None, str | None, str | None]]:
    found = bantin.extract(text, published)
    return [(e.type, found.text[e.person.start : e.person.end], e.title, e.organisation, e.date) for e in found.events]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Ngày 12/5/2019, Ban Thường vụ Tỉnh ủy điều động, phân công đồng chí Trần Văn Hải, Phó Giám đốc Sở Nội vụ "
            "giữ chức Bí thư Huyện ủy Lục Ngạn.",
            [("transferred", "Trần Văn Hải", "Bí thư", "Huyện ủy Lục Ngạn", "2019-05-12")],
        ),
        (
            "HĐND tỉnh đã bầu ông Lê Quang Minh giữ chức Phó Chủ tịch UBND tỉnh.",
            [("elected", "Lê Quang Minh", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh", None)],
        ),
        (
            "Ban Bí thư chuẩn y đồng chí Đỗ Văn Sơn, Phó Bí thư Tỉnh ủy, giữ chức Bí thư Tỉnh ủy Bắc Giang.",
            [("confirmed", "Đỗ Văn Sơn", "Bí thư", "Tỉnh ủy Bắc Giang", None)],
        ),
        (
            "Đồng chí Nguyễn Thị Lan thôi giữ chức Phó Bí thư Huyện ủy Sơn Động để nhận nhiệm vụ mới.",
            [("left", "Nguyễn Thị Lan", "Phó Bí thư", "Huyện ủy Sơn Động", None)],
        ),
        (
            "Đồng chí Nguyễn Thị Lan thôi giữ chức Phó Bí thư Huyện ủy Sơn Động để nghỉ hưu.",
            [("retired", "Nguyễn Thị Lan", "Phó Bí thư", "Huyện ủy Sơn Động", None)],
        ),
        (
            "Ủy ban Kiểm tra Tỉnh ủy quyết định cách chức Bí thư Đảng ủy xã Hòa An đối với ông Phạm Văn Tú.",
            [("dismissed", "Phạm Văn Tú", "Bí thư", "Đảng ủy xã Hòa An", None)],
        ),
        (
            "Thủ tướng phê chuẩn kết quả miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Vũ Văn Kha.",
            [("relieved", "Vũ Văn Kha", "Chủ tịch", "Ủy ban nhân dân tỉnh", None)],
        ),
        (
            "HĐND huyện bầu bà Bùi Thị Mai giữ chức Phó Chủ tịch UBND huyện Yên Thế, thay ông Ngô Văn Tám nghỉ hưu.",
            [
                ("elected", "Bùi Thị Mai", "Phó Chủ tịch", "Ủy ban nhân dân huyện Yên Thế", None),
                ("retired", "Ngô Văn Tám", None, None, None),
            ],
        ),
        ("Hội nghị giới thiệu đồng chí Tạ Văn Bình để bầu giữ chức Chủ tịch UBND huyện Yên Thế.", []),
        ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy Lục Ngạn, phát biểu tại hội nghị về công tác bổ nhiệm cán bộ.", []),
        ("Đồng chí Lê Văn Hải trao quyết định nghỉ hưu và phát biểu.", []),
    ],
)
def test_events(text: str, events: list[tuple[str, str, str | None, str | None, str | None]]) -> None:
    assert told(text) == events


def test_who_decided() -> None:
    found = bantin.extract(
        "Ngày 12/5/2019, Ban Thường vụ Tỉnh ủy Bắc Giang bổ nhiệm đồng chí Trần Văn Hải giữ chức Giám đốc Sở Y tế."
    )
    assert [e.decided_by for e in found.events] == ["Ban Thường vụ Tỉnh ủy Bắc Giang"]
    assert found.events[0].role == found.of("roles")[0].span


def test_an_effective_day_comes_before_the_day_of_the_meeting() -> None:
    text = "Ngày 12/5/2019, UBND tỉnh bổ nhiệm ông Trần Văn Hải làm Giám đốc Sở Y tế từ ngày 01/6/2019."
    assert [e[4] for e in told(text)] == ["2019-06-01"]
