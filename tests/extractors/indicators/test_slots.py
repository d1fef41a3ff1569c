"""What stands around a number: qualifier, object, action, actor, status, change, base, whole."""

from __future__ import annotations

import pytest

from bantin.engine import extract

from .support import mentions


@pytest.mark.parametrize(
    ("text", "qualifier", "bound"),
    [
        ("hơn 867 tỷ đồng", "hơn", "gt"),
        ("gần 14.000 người", "gần", "lt"),
        ("không dưới 500 triệu đồng", "không dưới", "ge"),
        ("tối đa 20 người", "tối đa", "le"),
        ("khoảng 200-250 người", "khoảng", "approx"),
        ("ước đạt 1.200 tỷ đồng", "ước", "approx"),
        ("từ 80% trở lên", "trở lên", "ge"),
        ("trên địa bàn 80 xã", None, None),
        ("đạt 15%", None, None),
    ],
)
def test_qualifier(text: str, qualifier: str | None, bound: str | None) -> None:
    [m] = mentions(text)
    assert (m.value.qualifier, m.value.bound) == (qualifier, bound)


def test_a_qualifier_covers_the_first_number_only() -> None:
    first, second = mentions("với gần 300 cán bộ, 50 chiến sĩ")
    assert (first.value.qualifier, second.value.qualifier) == ("gần", None)


def test_actor_and_action_are_inherited_within_the_sentence() -> None:
    found = mentions("Trong quý, toàn Đảng bộ đã tổ chức 12 buổi tiếp dân, tiếp nhận 35 đơn thư.")
    assert [(m.value.actor, m.value.action, m.value.object) for m in found] == [
        ("toàn Đảng bộ", "tổ chức", "tiếp dân"),
        ("toàn Đảng bộ", "tiếp nhận", "đơn thư"),
    ]


def test_a_counted_body_is_the_actor_of_what_follows() -> None:
    found = mentions("Có 8/10 tập đoàn trong Khối đã hỗ trợ 14 huyện nghèo.")
    assert found[1].value.actor == "tập đoàn trong Khối"


def test_money_is_for_what_stands_before_it() -> None:
    [m] = mentions("Công ty đã ủng hộ Quỹ phòng, chống thiên tai tỉnh 1,5 tỷ đồng.")
    assert m.value.action == "ủng hộ"
    assert m.value.object == "Quỹ phòng, chống thiên tai tỉnh"


@pytest.mark.parametrize(
    ("text", "change", "base"),
    [
        ("Thu ngân sách tăng 15% so với cùng kỳ năm trước.", "up", "cùng kỳ năm trước"),
        ("Tỷ lệ hộ nghèo giảm 2,5 điểm phần trăm.", "down", None),
        ("giải ngân bằng 87% tổng số vốn được giao, vượt tiến độ", None, "tổng số vốn được giao"),
        ("đạt 51,8% so với dự toán", None, "dự toán"),
        ("tăng 17,7% so với cùng kỳ và đạt kế hoạch", "up", "cùng kỳ"),
    ],
)
def test_change_and_base(text: str, change: str | None, base: str | None) -> None:
    [m] = mentions(text)
    assert (m.value.change, m.value.base) == (change, base)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("đã kết nạp 15 đảng viên", "done"),
        ("phấn đấu kết nạp 15 đảng viên", "plan"),
        ("sẽ trao 15 suất quà", "plan"),
        ("đề nghị tỉnh khen thưởng 3 tập thể", "proposed"),
        ("có 20 mô hình đăng ký mới", "registered"),
        ("đề nghị các đơn vị thực hiện tốt 18 nhiệm vụ", "plan"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert mentions(text)[-1].value.status == status


def test_parts_know_their_whole() -> None:
    text = "có 182 mô hình, trong đó: 02 mô hình cấp tỉnh; 180 mô hình cấp xã."
    whole, *parts = mentions(text)
    assert whole.value.part_of is None
    assert [p.value.part_of for p in parts] == [whole.span, whole.span]


def test_parts_in_parentheses_and_of_another_noun_for_people() -> None:
    text = "mở 6 lớp cho 716 quần chúng (2 lớp cho trường: 289 quần chúng; 1 lớp cho 97 sinh viên)."
    found = mentions(text)
    of = {m.text: m.value.part_of and m.value.part_of.of(text) for m in found}
    assert of == {
        "6 lớp": None, "716 quần chúng": None, "2 lớp": "6 lớp", "289 quần chúng": "716 quần chúng", "1 lớp": "6 lớp",
        "97 sinh viên": "716 quần chúng",
    }  # fmt: skip


def test_what_rises_is_the_subject_before_the_verb() -> None:
    found = mentions("Tổng thu ngân sách ước đạt 3.370 tỷ đồng, tăng 17,7% và đạt 58% dự toán.")
    assert [m.value.object for m in found] == ["tổng thu ngân sách"] * 3


@pytest.mark.parametrize(
    ("text", "action", "counted"),
    [
        ("Có 7 chi bộ sinh hoạt chưa đúng kỳ.", "sinh hoạt", "chi bộ"),
        ("Hội đã xây 6 công trình thanh niên trị giá 90 triệu đồng.", "xây", "công trình thanh niên"),
        ("Đảng ủy mở lớp cho 21/22 bí thư chi, đảng bộ.", "mở", "bí thư chi, đảng bộ"),
    ],
)
def test_actions_are_whole_verbs_and_objects_end_before_theirs(text: str, action: str, counted: str) -> None:
    m = mentions(text)[0]
    assert (m.value.action, m.value.object) == (action, counted)


def test_a_count_over_a_term_has_the_years_of_the_term() -> None:
    [m] = extract("Riêng trong nhiệm kỳ 2012-2017 toàn Hội đã kết nạp 8.415 hội viên mới.", "2023-04-09").of(
        "indicators"
    )
    assert (m.value.period_start, m.value.period_end) == ("2012-01-01", "2017-12-31")
