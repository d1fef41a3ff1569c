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


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # a state, a plan
        (
            "Bà Bùi Thị Mai, đang giữ chức Phó Bí thư Huyện ủy Yên Thế, được bầu làm Bí thư Huyện ủy Yên Thế.",
            [("elected", "Bùi Thị Mai", "Bí thư", "Huyện ủy Yên Thế", None)],
        ),
        ("Kỳ họp tới sẽ miễn nhiệm chức danh Chủ tịch HĐND huyện Yên Thế đối với ông Ngô Văn Tám.", []),
        # who leaves stands before "về hưu", who comes behind it
        (
            "Khi Giám đốc Sở Y tế Lương Văn Quý về hưu, ông Ngô Văn Tám được bổ nhiệm làm Giám đốc Sở Y tế.",
            [
                ("appointed", "Ngô Văn Tám", "Giám đốc", "Sở Y tế", None),
                ("retired", "Lương Văn Quý", "Giám đốc", "Sở Y tế", None),
            ],
        ),
        (
            "Tỉnh ủy bổ nhiệm ông Ngô Văn Tám giữ chức Giám đốc Sở Y tế. Quyết định có hiệu lực từ ngày 01/4/2019.",
            [("appointed", "Ngô Văn Tám", "Giám đốc", "Sở Y tế", "2019-04-01")],
        ),
        (
            "Ngày 12/5/2019, hội nghị công bố quyết định diễn ra. Tỉnh ủy bổ nhiệm ông Ngô Văn Tám giữ chức Giám đốc "
            "Sở Y tế.",
            [("appointed", "Ngô Văn Tám", "Giám đốc", "Sở Y tế", "2019-05-12")],
        ),
        (
            "Ông Ngô Văn Tám nghỉ hưu từ ngày 01/3/2019 và ông Lương Văn Quý nghỉ hưu từ ngày 01/4/2019.",
            [
                ("retired", "Ngô Văn Tám", None, None, "2019-03-01"),
                ("retired", "Lương Văn Quý", None, None, "2019-04-01"),
            ],
        ),
    ],
)
def test_events_in_their_sentences(
    text: str, events: list[tuple[str, str, str | None, str | None, str | None]]
) -> None:
    assert told(text) == events


def test_bodies_that_the_new_member_joins_decided_nothing() -> None:
    text = "Tỉnh ủy chỉ định ông Ngô Văn Tám tham gia Ban Thường vụ Huyện ủy, giữ chức Phó Bí thư Huyện ủy Yên Thế."
    assert {e.decided_by for e in bantin.extract(text).events} == {"Tỉnh ủy"}
