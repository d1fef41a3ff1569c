"""Spans and values of references: damaged symbols, lists, plenums, congresses, statutes, and what is no reference."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.extractors.base import Context
from bantin.extractors.directives import extractor
from bantin.text import View, normalise
from bantin.types import Article, Block, Mention

SHARED = Path(__file__).parents[3] / ".." / "shared"


def find(text: str) -> list[Mention[Any]]:
    """The references in a text; each line is a block."""
    text, _ = normalise(text)
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    article = Article("a", text, tuple(blocks))
    return extractor().extract(Context(article, View(text), lambda window: ()))


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
        ("Nghị quyết số 57 – NQ / TW", "57-NQ/TW"),
        ("Nghị quyết số 57/NQ-TW", "57-NQ/TW"),
        ("Nghị quyết số 57 NQ/TW", "57-NQ/TW"),
        ("Nghị quyết số: 57-NQTW", "57-NQ/TW"),
        ("Nghị quyết 57-NQ/T.Ư", "57-NQ/TW"),
        ("Nghị quyết 57-NQ/TƯ", "57-NQ/TW"),
        ("nghị quyết số 57-nq/tw", "57-NQ/TW"),
        ("NGHỊ QUYẾT SỐ 57-NQ/TW", "57-NQ/TW"),
        ("Quyết định số 217-QÐ/TW", "217-QĐ/TW"),
        ("Quy dinh 66-QD/TW", "66-QĐ/TW"),
        ("Quy định số 08- QĐi/TW", "08-QĐi/TW"),
        ("Nghị quyết 30a/2008/NQ-CP", "30a/2008/NQ-CP"),
        ("Nghị quyết số 66.25/2026/NQ-CP", "66.25/2026/NQ-CP"),
        ("Nghị quyết 19-2016/NQ-CP", "19/2016/NQ-CP"),
        ("Chỉ thị số 16/CT-TTg", "16/CT-TTg"),
        ("Luật số 59/2020/QH14", "59/2020/QH14"),
        ("Thông tư liên tịch số 01/2001/TTLT- TAND- VKS- BTP", "01/2001/TTLT-TAND-VKS-BTP"),
        ("Tờ trình số 473/TTr - NN&PTNT", "473/TTr-NN&PTNT"),
        ("Công văn số 4567/BYT-DP", "4567/BYT-DP"),
        ("73-KH/ĐUQH", "73-KH/ĐUQH"),
        ("Nghị định 30/2020", "30/2020"),
    ],
)
def test_a_damaged_symbol_is_found_whole_and_written_canonically(printed: str, symbol: str) -> None:
    (m,) = find(f"Đảng bộ triển khai {printed}, ngày 02/3/2021.")
    assert (m.text, m.value.symbol, m.value.kind) == (printed, symbol, "symbol")


def test_a_number_broken_across_a_line_is_one_reference() -> None:
    text = "thực hiện Nghị quyết số\n    57-NQ/TW của Bộ Chính trị"
    article = Article("a", text, (Block("paragraph", 0, len(text)),))
    (m,) = extractor().extract(Context(article, View(text), lambda window: ()))
    assert (m.text, m.value.symbol) == ("Nghị quyết số\n    57-NQ/TW", "57-NQ/TW")


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "Nghị quyết số 42, 43 và 45-NQ/TW",
            [("Nghị quyết số 42", "42-NQ/TW"), ("43", "43-NQ/TW"), ("45-NQ/TW", "45-NQ/TW")],
        ),
        ("Nghị quyết 57, 59 của Bộ Chính trị", [("Nghị quyết 57", None), ("59", None)]),
        (
            "Quyết định số 217-QĐ/TW và 218-QĐ/TW",
            [("Quyết định số 217-QĐ/TW", "217-QĐ/TW"), ("218-QĐ/TW", "218-QĐ/TW")],
        ),
        ("Nghị quyết 35, 26/31 tập đoàn", [("Nghị quyết 35", None)]),
        ("Chỉ thị 05 và 3 nghị quyết", [("Chỉ thị 05", None)]),
        ("Chỉ thị 05, 12 tập thể được khen", [("Chỉ thị 05", None)]),
    ],
)
def test_every_member_of_a_list_is_a_reference(text: str, members: list[tuple[str, str | None]]) -> None:
    assert [(m.text, m.value.symbol) for m in find(text)] == members


def test_members_share_what_stands_once_and_different_types_do_not() -> None:
    one, two = find("Nghị quyết 18-NQ/TW, Nghị quyết 19-NQ/TW của Trung ương (khóa XII)")
    assert (one.value.issuer, one.value.term) == (two.value.issuer, two.value.term) == ("Trung ương", "XII")
    one, two = find("Chỉ thị 20-CT/TW và Kết luận 21-KL/TW của Bộ Chính trị")
    assert (one.value.issuer, two.value.issuer) == (None, "Bộ Chính trị")
    one, two = find("Nghị quyết 88/2014/QH13 và Nghị quyết 51/2017/QH14 của Quốc hội")
    assert (one.value.issuer, two.value.issuer) == ("Quốc hội", "Quốc hội")
    one, two = find("Nghị quyết 18-NQ/TW, Nghị quyết 11/NQ-CP của Chính phủ")
    assert (one.value.issuer, two.value.issuer) == (None, "Chính phủ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị quyết TW4 khóa 11", [("Nghị quyết TW4 khóa 11", "4", "XI")]),
        ("NQTW 4 (khóa XI, XII)", [("NQTW 4 (khóa XI", "4", "XI"), ("XII", "4", "XII")]),
        ("Nghị quyết Trung ương 5, 6 khóa XII", [("Nghị quyết Trung ương 5", "5", "XII"), ("6 khóa XII", "6", "XII")]),
        (
            "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI",
            [("Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI", "4", "XI")],
        ),
        (
            "Nghị quyết Hội nghị lần thứ 6 BCH Đảng bộ tỉnh khóa XVI",
            [("Nghị quyết Hội nghị lần thứ 6 BCH Đảng bộ tỉnh khóa XVI", "6", "XVI")],
        ),
        ("Nghị quyết Đại hội XII, XIII của Đảng", [("Nghị quyết Đại hội XII", "12", "XII"), ("XIII", "13", "XIII")]),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX", [("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX", "20", "XX")]),
        ("Nghị quyết Đại hội 13", [("Nghị quyết Đại hội 13", "13", "XIII")]),
    ],
)
def test_plenums_and_congresses(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(m.text, m.value.session, m.value.term) for m in find(text)] == found


@pytest.mark.parametrize(
    "name",
    [
        "Luật Đất đai",
        "Luật Nhà ở",
        "Luật Phòng, chống tham nhũng",
        "Luật Phòng chống tham nhũng",
        "Luật Hôn nhân và gia đình năm 2014",
        "Bộ luật Hình sự",
        "Pháp lệnh Ưu đãi người có công với cách mạng",
        "Luật Công nghiệp đường thủy",  # in no list: found by its form
        "Luật Sửa đổi, bổ sung một số điều của Luật Đất đai",
        "Hiến pháp năm 2013",
        "Điều lệ Đảng",
    ],
)
def test_a_statute_is_found_by_its_name_with_its_right_end(name: str) -> None:
    (m,) = find(f"tuyên truyền {name} đến người dân")
    assert (m.text, m.value.kind) == (name, "named")


@pytest.mark.parametrize(
    ("text", "issuer", "day", "title"),
    [
        ("Chỉ thị 40-CT/TW, ngày 22/11/2014 của Ban Bí thư", "Ban Bí thư", "22/11/2014", None),
        ("Ngày 12/6/2021, Bộ Chính trị đã ban hành Nghị quyết 02-NQ/TW", "Bộ Chính trị", "12/6/2021", None),
        ("Kết luận 21-KL/TW (25/10/2021)", None, "25/10/2021", None),
        ("Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh Lào Cai", "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", None, None),
        ("Kết luận của Bộ Chính trị số 37-KL/TW", "Bộ Chính trị", None, None),
        (
            "Chỉ thị 17-CT/TW của Ban Bí thư về “công tác tuyên truyền miệng”",
            "Ban Bí thư",
            None,
            "công tác tuyên truyền miệng",
        ),
        (
            "Nghị quyết 27-NQ/TW, ngày 21/5/2018 Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa XII",
            "Ban Chấp hành Trung ương",
            "21/5/2018",
            None,
        ),
        ("Quy định 24-QĐ/TW và hội nghị ngày 30/7/2021", None, None, None),
    ],
)
def test_what_stands_around(text: str, issuer: str | None, day: str | None, title: str | None) -> None:
    (m,) = find(text)
    span = m.value.issued_span
    assert (m.value.issuer, span and span.of(text), m.value.title) == (issuer, day, title)


def test_a_date_beyond_the_next_document_is_not_taken() -> None:
    one, two = find("Kết luận 01-KL/TW về thực hiện Chỉ thị 05-CT/TW ngày 15/5/2016")
    assert one.value.issued_span is None and two.value.issued_span is not None


def test_article_and_action() -> None:
    (m,) = find("căn cứ khoản 2 Điều 15 Nghị định 30/2020/NĐ-CP")
    assert (m.value.article_part, m.value.action) == ("khoản 2 Điều 15", "căn cứ")
    (m,) = find("sơ kết 03 năm thực hiện Kết luận số 01-KL/TW")
    assert m.value.action == "sơ kết"


@pytest.mark.parametrize(
    "text",
    [
        "phát biểu kết luận Hội nghị lần thứ 15 Ban Chấp hành Đảng bộ tỉnh, đồng chí Bí thư",
        "Kế hoạch năm 2024, kế hoạch 5 năm, nghị quyết 3 khâu đột phá, Nghị quyết năm 2022",
        "quyết định 5 nội dung, hướng dẫn 35 cơ sở, báo cáo 10 nội dung, thông báo 12 trường hợp",
        "Ban Chỉ đạo 389, nhà giàn DK1, ngày 30/4/1975, 26/31 tập đoàn, 15-20 văn bản",
        "Đại hội XIII của Đảng, Hội nghị Trung ương 8 khóa XIII, Quốc hội khóa XV",
        "pháp luật, kỷ luật, Luật sư Hà, Trường Đại học Luật Hà Nội, luật chơi",
        "đã ban hành 05 nghị quyết, 12 kế hoạch, 03 chỉ thị",
    ],
)
def test_no_reference(text: str) -> None:
    assert [(m.text, m.rule) for m in find(text)] == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Nghị quyết", "số", "57", "-NQ/TW", "30a/2008", "/", ",", " và ", "khóa XII", "Luật Đất đai", "(",
             "Trung ương 4", "ngày 1/2/2021", "của Bộ Chính trị", "“", "”", "\n", "Đại hội", "lần thứ", "năm", "\u00a0"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_text_gives_ordered_spans_that_quote_it(pieces: list[str]) -> None:
    text, _ = normalise(" ".join(pieces))
    end = 0
    for m in find(text):
        assert m.start >= end and text[m.start : m.end] == m.text
        end = m.end


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("", " "),
        ("", "1"),
        ("", "12 "),
        ("", "Nghị quyết "),
        ("", "Nghị quyết Đại hội "),
        ("", "khóa XII, "),
        ("", "Luật Đất "),
        ("", "_"),
        ("", "Nghị quyết số 42, "),
        ("Nghị quyết số ", "42, 43 và 45, "),
        ("Nghị quyết Hội nghị lần thứ ", "7, 8, "),
    ],
)
def test_time_grows_no_faster_than_the_text(head: str, unit: str) -> None:
    """On 1 MB and, of the lists, over 100,000 members. CPU time; both sizes in turn, the best of each, so that a busy
    machine slows both or neither; more turns are taken only while the ratio is above what it may be."""
    stage, sizes, best = extractor(), (250_000, 1_000_000), [1e9, 1e9]
    contexts = []
    for size in sizes:
        text = head + unit * (size // len(unit))
        view = View(text)
        view.lower, view.fused, view.runs  # noqa: B018 - folded once an article, for every family
        contexts.append(Context(Article("a", text, (Block("paragraph", 0, len(text)),)), view, lambda window: ()))
    for _ in range(8):
        for i, context in enumerate(contexts):
            start = time.process_time()
            stage.extract(context)
            best[i] = min(best[i], time.process_time() - start)
        if best[1] < 1.3 * 4 * best[0] + 0.01:
            return
    pytest.fail(f"4 times the text took {best[1] / best[0]:.1f} times as long: {best[0]:.3f} s and {best[1]:.3f} s")


def test_a_list_is_capped() -> None:
    found = find("Nghị quyết số " + ", ".join(["42"] * 2000))
    assert 100 <= len(found) <= 200


@pytest.mark.seeds
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_bulletins(name: str) -> None:
    files = sorted((SHARED / "gold").glob(f"{name}_*.json"))
    if not files:
        pytest.skip("the five bulletins of ../shared are not present")
    gold = json.loads(files[0].read_text(encoding="utf-8"))
    text = (SHARED / "seeds" / f"{gold['id']}.txt").read_text(encoding="utf-8")
    found = [m.text for m in find(text) if m.value.kind not in ("title", "anaphor")]
    need = [d["text"] for d in gold["directives"] if not d.get("optional")]
    may = [d["text"] for d in gold["directives"] if d.get("optional")]
    assert sorted(t for t in found if t not in may) == sorted(t for t in need if t not in may)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Thực hiện Nghị quyết số 18, 19 Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII.", ["18", "19"]),
        ("Quán triệt Nghị quyết số 18 và 19 Hội nghị Trung ương 6 khóa XII.", ["18", "19"]),
        ("Học tập Nghị quyết 18, 19 của Trung ương 6 (khóa XII).", ["18", "19"]),
        ("Triển khai Nghị quyết số 18, 19 hội nghị đã được tổ chức.", ["18"]),
    ],
)
def test_a_list_of_a_conference_has_its_term(text: str, numbers: list[str]) -> None:
    found = find(text)
    assert [m.value.number for m in found] == numbers
    assert {m.value.term for m in found} == ({"XII"} if len(numbers) > 1 else {None})


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("Thực hiện Quyết định 142-QĐ/HU của Huyện ủy, năm 2009 huyện mở 9 lớp.", None),
        ("Theo Kế hoạch số 12-KH/HU, năm 2010 có 5 xã tổ chức đại hội.", None),
        ("Theo Kế hoạch số 12-KH/HU, năm 2010.", "2010"),
        ("Quyết định số 15-QĐ/HU năm 2012 của Huyện ủy về công tác cán bộ.", "2012"),
    ],
)
def test_a_year_that_opens_a_clause_is_no_day_of_issue(text: str, issued: str | None) -> None:
    span = find(text)[0].value.issued_span
    assert (None if span is None else text[span.start : span.end]) == issued
