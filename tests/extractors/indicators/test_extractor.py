"""The extractor as a whole: what counts, what does not, spans, order, masks, hostile text."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.extractors.indicators import extractor, masks

from .support import context, mentions, printed, reasons

COUNTED = [
    ("Toàn tỉnh có 1.250 đảng viên mới.", ["1.250 đảng viên"]),
    ("mở 04 lớp tập huấn cho 215 lượt cán bộ, hội viên", ["04 lớp", "215 lượt cán bộ"]),
    ("tổ chức 35 buổi nói chuyện chuyên đề", ["35 buổi nói chuyện chuyên đề"]),
    ("tặng 12 suất học bổng, 3 chiếc xe đạp", ["12 suất học bổng", "3 chiếc xe đạp"]),
    ("có 7 tổ chức, 15 cá nhân được khen", ["7 tổ chức", "15 cá nhân"]),
    ("giám sát 9 tổ chức đảng cấp dưới", ["9 tổ chức đảng cấp dưới"]),
    ("trao 5 “Mái ấm công đoàn” cho đoàn viên", ["5 “Mái ấm công đoàn”"]),
    ("khởi tố 14 vụ/29 bị can", ["14 vụ", "29 bị can"]),
    ("kiểm tra 2.104tổ chức đảng", ["2.104tổ chức đảng"]),
    ("huy động 310 ngày công lao động", ["310 ngày công lao động"]),
    ("Hội thi có 19 điểm thi", ["19 điểm thi"]),
    ("hỗ trợ 45 triệu đồngcho hội viên", ["45 triệu đồng"]),
    ("Tổng trị giá 320 triệu.", ["320 triệu"]),
    ("thưởng 15 suất/đơn vị", ["15 suất/đơn vị"]),
    ('dài 30" có 5 xã, "nhà sạch" có 7 thôn', ["5 xã", "7 thôn"]),
    ("TRAO 40 SUẤT QUÀ TẾT", ["40 SUẤT QUÀ"]),
    ("bầu 3 Phó Bí thư, 11 Ủy viên", ["3 Phó Bí thư", "11 Ủy viên"]),
    ("sản lượng 12.345,67 tấn, năng suất 62,5 tạ/ha", ["12.345,67 tấn", "62,5 tạ/ha"]),
    ("tăng trưởng bình quân 9,5%/năm", ["9,5%"]),
    ("hoàn thành 100% (38/38) chi bộ", ["100%", "38/38"]),
]

NOT_COUNTED = [
    ("Ban Chỉ đạo 35 của Tỉnh ủy", "35", "name"),
    ("Tiểu đoàn 8 tổ chức ra quân", "8", "name"),
    ("Hội nghị lần thứ 12 của Ban Chấp hành", "12", "ordinal"),
    ("tại số nhà 25 phố Huế", "25", "ordinal"),
    ("xã đảo, Nhà giàn DK1 đã", "1", "code"),
    ("phòng, chống dịch COVID-19 trên", "19", "code"),
    ("1. Về công tác tư tưởng", "1", "numbering"),
    ("2) Về công tác tổ chức", "2", "numbering"),
    ("Kế hoạch đáp ứng yêu cầu (3); tiếp tục", "3", "numbering"),
    ("Đang truy cập: 15", "15", "furniture"),
    ("trong 3 ngày làm việc", "3", "duration"),
    ("tuyên dương người cao tuổi trên 85 tuổi", "85", "age"),
    ("đạt 98 điểm, xếp loại tốt", "98", "score"),
    ("chương trình OCOP 4 sao", "4", "ordinal"),
    ("Có 1/3 số hộ tham gia", "1/3", "fraction"),
    ("cuộc vận động “5 không, 3 sạch”", "5 không, 3 sạch”", "title"),
    ("© 2008 Hội Cựu chiến binh huyện", "2008", "code"),
    ("(4/10/2021) tin cũ", "4/10/2021", "date"),
    ("chiều 28/6, Đảng ủy họp", "28/6", "date"),
    ("lúc 8h30 khai mạc", "8", "clock"),
    ("điện thoại 0225.3842.567 gặp", "0225.3842.567", "code"),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_counts(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(("text", "number", "reason"), NOT_COUNTED)
def test_refuses_with_a_reason(text: str, number: str, reason: str) -> None:
    assert printed(text) == []
    assert reasons(text) == {number: reason} or reasons(text)[number] == reason


@pytest.mark.parametrize("text", ["một trong những nội dung", "hàng trăm lượt người", "hai mặt của vấn đề", ""])
def test_words_of_idioms_are_no_numbers(text: str) -> None:
    assert printed(text) == []


def test_other_families_mask_their_numbers() -> None:
    text = "Thực hiện Nghị quyết số 18 từ 5/3, đã mở 18 lớp."
    masked = {"Nghị quyết số 18": "directives", "5/3": "dates"}
    assert printed(text, masked) == ["18 lớp"]
    assert reasons(text, masked) == {"18": "directive", "5/3": "date"}


def test_a_set_that_counts_is_not_masked() -> None:
    text = "sinh hoạt chuyên đề 2 - 4 kỳ/ năm"
    assert printed(text, {"2 - 4 kỳ/ năm": "dates"}) == ["2 - 4 kỳ/ năm"]


def test_every_number_is_found_or_refused() -> None:
    text = "Năm 2023, Đảng bộ 35 kết nạp 12 đảng viên, đạt 85%; mục 3.1; COVID-19; tặng 5 suất quà."
    spans = [m.span for m in mentions(text)] + [s for s, _ in extractor_refusals(text)]
    for i, char in enumerate(text):
        if char.isdigit():
            assert any(s.start <= i < s.end for s in spans), text[i:]


def extractor_refusals(text: str) -> list[tuple[object, str]]:
    from bantin.extractors.indicators import refused

    found = refused(context(text))
    assert all(reason in masks.REASONS for _, reason in found)
    return found


def test_uncertain_separators_lower_the_confidence() -> None:
    [certain] = mentions("gần 14.000 người dự")
    [uncertain] = mentions("gần 14,000 người dự")
    assert certain.value.value == uncertain.value.value == Decimal(14000)
    assert uncertain.confidence < 0.9 <= certain.confidence
    assert uncertain.value.flags == ("separator_comma3_count",)


def test_never_across_blocks() -> None:
    assert printed("tổng cộng 25\nđảng viên dự") == []


PIECES = st.sampled_from(
    ["12", "3.450", "85,5", "%", " ", "/", "-", "(", ")", ".", ",", ";", ":", "\n", "“", "”", "tỷ đồng", "đảng viên",
     "lượt ", "trong đó", "tăng", "gần", "số", "khiển trách", "hai mươi", "đồng", "m2", "năm", "Ban", "đ", "́", "\u00a0",
     "tr", "1a"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_ordered_true_spans(text: str) -> None:
    found = mentions(text)
    for a, b in pairwise(found):
        assert a.end <= b.start
    for m in found:
        assert text[m.start : m.end] == m.text
        assert m.family == "indicators" and m.value.unit_kind
    refusals = extractor_refusals(text)
    assert [s for s, _ in refusals] == sorted(s for s, _ in refusals)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    "piece", ["1", "12 ", "1.", "1/", "5 người ", "(", "“", "trong đó 5 người, ", "là ", "hai mươi ", "5 tỷ 3 triệu "]
)
def test_linear_on_hostile_text(piece: str) -> None:
    def seconds(size: int) -> float:
        c = context(piece * (size // len(piece)))
        start = time.process_time()
        extractor().extract(c)
        return time.process_time() - start

    seconds(1000)
    small, large = seconds(10_000), seconds(40_000)
    assert large < 10 * small + 0.3


def test_extractor_is_one_and_pure() -> None:
    text = "Đã trao 15 suất quà, mỗi suất 500.000 đồng."
    assert extractor() is extractor()
    assert mentions(text) == mentions(text)
