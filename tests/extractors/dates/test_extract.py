"""The date extractor on sentences: forms, traps, masks, and texts that are damaged or hostile."""

from __future__ import annotations

import time
import unicodedata

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.extractors.dates.value import DateValue
from bantin.extractors.directives.value import DirectiveValue
from bantin.types import Mention

from .conftest import EXTRACTOR, Dated, find

PUBLISHED = "2024-04-09"

FORMS = [
    ("họp ngày 05.6.2023", ["2023-06-05"]),
    ("họp ngày 5/6-2023", ["2023-06-05"]),
    ("họp ngày 22-10-2018", ["2018-10-22"]),
    ("Thứ 2, Ngày 12 / 12 / 2022", ["2022-12-12"]),
    ("ngày 16 tháng 5, 2016", ["2016-05-16"]),
    ("ngày 16 tháng 5/2016", ["2016-05-16"]),
    ("ngày 02/3/24", ["2024-03-02"]),
    ("NGÀY 19/5/2023", ["2023-05-19"]),
    ("năm1973", ["1973"]),
    ("ngày 14 tháng 01 năm 2021công đoàn", ["2021-01-14"]),
    ("tháng 5-2024", ["2024-05"]),
    ("tháng 5.2024", ["2024-05"]),
    ("quý III/2023, Quý 1-2024, quý I năm 2022", ["2023-Q3", "2024-Q1", "2022-Q1"]),
    ("quý I, II và III/2023", ["2023-Q1", "2023-Q2", "2023-Q3"]),
    ("quý III, IV năm 2022", ["2022-Q3", "2022-Q4"]),
    ("Quý 1+2 năm 2023", ["2023-Q1", "2023-Q2"]),
    ("từ quý I đến quý III/2023", ["2023-01/2023-09"]),
    ("6 tháng đầu năm 2024", ["2024-H1"]),
    ("6 tháng đầu 2024", ["2024-H1"]),
    ("10 tháng của năm 2023", ["2023-01/2023-10"]),
    ("7 tháng đầu năm 2017", ["2017-01/2017-07"]),
    ("hai tháng cuối năm 2020", ["2020-11/2020-12"]),
    ("nửa cuối năm 2023", ["2023-H2"]),
    ("từ ngày 01/01/2023 đến ngày 30/6/2023", ["2023-01-01/2023-06-30"]),
    ("từ 8h00 ngày 12/5/2024 đến 17h00 ngày 13/5/2024", ["2024-05-12/2024-05-13"]),
    ("từ ngày 11 đến ngày 13 tháng 7 năm 2016", ["2016-07-11/2016-07-13"]),
    ("từ ngày 14 - 31/10/1930", ["1930-10-14/1930-10-31"]),
    ("trong các ngày 21- 22/3", ["2024-03-21/2024-03-22"]),
    ("từ tháng 11/2023 đến tháng 3/2024", ["2023-11/2024-03"]),
    ("tháng 3 đến tháng 5 năm 2023", ["2023-03/2023-05"]),
    ("các tháng 1, 2 và 3 năm 2024", ["2024-01", "2024-02", "2024-03"]),
    ("tổ chức vào ngày 13,14 tháng 8 năm 2023", ["2023-08-13", "2023-08-14"]),
    ("trong hai ngày 2 và 3/4", ["2024-04-02", "2024-04-03"]),
    ("ngày 10 và ngày 12/3/2024", ["2024-03-10", "2024-03-12"]),
    ("(03/02/1930 - 03/02/2024)", ["1930-02-03/2024-02-03"]),
    ("các năm 2019, 2020 và 2021", ["2019", "2020", "2021"]),
    ("kế hoạch 5 năm 2021-2025", ["2021/2025"]),
    ("nhiệm kỳ 2025 đến 2030", ["2025/2030"]),
    ("niên vụ 2022/2023", ["2022/2023"]),
    ("từ nay đến năm 2020", ["../2020"]),
    ("trước 30/6/2024, sau ngày 1/7/2024", ["../2024-06-30", "2024-07-01/.."]),
    ("từ ngày 15/3/2024 đến nay", ["2024-03-15/2024-04-09"]),
    ("thập niên 1980", ["198X"]),
    ("Hiến pháp năm 2013, Bộ luật Lao động 2019", ["2013", "2019"]),
    ("Tháng Thanh niên 2023 và lễ tuyên dương", ["2023"]),
    ("Sáng nay, 9-4, và chiều nay (9/4)", ["2024-04-09", "2024-04-09"]),
    ("ngày bầu cử 23-5", ["2024-05-23"]),
    ("10/3 âm lịch", ["2024-04-18"]),
    ("ngày 29, 30/6 và 01/7/2023", ["2023-06-29", "2023-06-30", "2023-07-01"]),
    ("tầm nhìn 2045 của tỉnh", ["2045"]),
    ("từ ngày 01/5/2024 trở đi, kể từ quý III/2024", ["2024-05-01/..", "2024-07/.."]),
    ("sau năm 2025, trước năm 2030", ["2025/..", "../2030"]),
    ("(20/10/1930 - 2021)", ["1930-10-20/2021-10-20"]),
    ("(19-5-1890_ 19-5-2019)", ["1890-05-19/2019-05-19"]),
    ("ngày 23 tháng Chạp", ["2024-02-02"]),
    ("từ ngày 6-12.9", ["2023-09-06/2023-09-12"]),
    ("thông xe 3/9/19", ["2019-09-03"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), FORMS, ids=[t for t, _ in FORMS])
def test_form(dated: Dated, text: str, values: list[str]) -> None:
    scored = [m.value.value for m in dated(text, PUBLISHED) if m.value.kind in ("date", "period")]
    assert scored == values


TRAPS = [
    "Nghị quyết 30a/2008/NQ-CP, Thông tư 08/2018/TT-BTP, số 05/2021/BB-TTr",
    "26/31 tập đoàn, 12/12 chi bộ (100%), 5/7 xã, 3/4 số hộ, đạt 9/10",
    "Cách mạng tháng Tám, Cách mạng tháng Mười",
    "Hội nghị lần thứ năm, lần thứ sáu, lần thứ 7, 8; năm nhiệm vụ; Thứ ba là",
    "điện thoại 0225.3842.567, 0912-345-678, 84.24.3825.4321",
    "ngày 30/02/2023, ngày 15/20/2010, tháng 13/2022",
    "đường 3/2, phố 30/4, số nhà 12/5, Sân vận động 19-8, Quốc lộ 1A",
    "gần 2.000 người, 1975 người, từ 2000 tấn, hơn 2020 lượt",
    "tỷ lệ 1:500, chia đôi 50/50, 4.0, OCOP 4 sao, trực 24/7",
    "những tháng năm hào hùng, mỗi tháng một lần",
    "1/5\n2/3\nKế hoạch 05/2024, đợt 2/2024",
    "Quyết định 1719, Chương trình 135, Ban Chỉ đạo 35, Nghị quyết 2021",
]


@pytest.mark.parametrize("text", TRAPS)
def test_trap(dated: Dated, text: str) -> None:
    assert [(m.text, m.rule) for m in dated(text, PUBLISHED) if m.value.kind in ("date", "period", "time")] == []


def _directive(text: str, core: str, kind: str) -> Mention[DirectiveValue]:
    at = text.index(core)
    return Mention("directives", at, at + len(core), core, "directive.test", 0.9, DirectiveValue(kind))  # type: ignore[arg-type]


def test_the_number_of_a_document_holds_no_date(dated: Dated) -> None:
    text = "Văn bản 12/2018, năm 2019"
    assert [m.text for m in dated(text, PUBLISHED)] == ["12/2018", "2019"]
    found = (_directive(text, "Văn bản 12/2018", "symbol"),)
    assert [m.text for m in dated(text, PUBLISHED, found)] == ["2019"]


def test_the_name_of_a_law_may_hold_its_year(dated: Dated) -> None:
    text = "theo Luật Đấu thầu năm 2013"
    found = (_directive(text, "Luật Đấu thầu năm 2013", "named"),)
    assert [m.text for m in dated(text, PUBLISHED, found)] == ["2013"]


def test_nothing_is_read_across_lines(dated: Dated) -> None:
    assert [m.text for m in dated("giai đoạn 2021\n- 2025 xã đạt chuẩn", PUBLISHED)] == ["2021"]
    assert [m.text for m in dated("ngày 12\n/5/2024", PUBLISHED)] == []


SENTENCES = " ".join(t for t, _ in FORMS) + " ".join(TRAPS)


def test_decomposed_text_gives_the_same(dated: Dated) -> None:
    for text in [t for t, _ in FORMS] + TRAPS:
        plain = [(m.text, m.value) for m in dated(text, PUBLISHED)]
        assert [(m.text, m.value) for m in dated(unicodedata.normalize("NFD", text), PUBLISHED)] == plain


def test_a_space_is_a_space_and_a_dash_a_dash(dated: Dated) -> None:
    for text in [t for t, _ in FORMS]:
        plain = [m.value.value for m in dated(text, PUBLISHED)]
        odd = text.replace(" ", "\u00a0").replace("-", "–")
        assert [m.value.value for m in dated(odd, PUBLISHED)] == plain, text


pieces = st.lists(
    st.one_of(
        st.sampled_from([w for t in SENTENCES.split() for w in (t, t.upper())]),
        st.sampled_from([" ", "\n", "\r\n", "\u00a0", "-", "–", "/", ".", ",", "và", "đến", "ngày", "tháng", "năm"]),
        st.from_regex(r"[0-9]{1,4}[/.\-][0-9]{1,4}([/.\-][0-9]{1,4})?", fullmatch=True),
        st.text(max_size=3),
    ),
    max_size=30,
)


@given(
    pieces,
    st.sampled_from(["", " "]),
    st.sampled_from([None, "2024-01-03", "2023-12-28T08:00", "0001-01-01", "9999-12-31"]),
)
def test_whatever_the_text_the_values_hold(words: list[str], glue: str, published: str | None) -> None:
    mentions, _ = find(glue.join(words), published)
    end = 0
    for m in mentions:
        assert m.start >= end
        end = m.end
        value: DateValue = m.value
        assert (value.start_date is None) == (value.end_date is None)
        if value.start_date is not None and value.end_date is not None and "X" not in value.start_date + value.end_date:
            assert value.start_date <= value.end_date
        if value.edtf is not None:
            parse_edtf(value.edtf)


BULLETIN = """Giao ban công tác Quý I, nhiệm vụ Quý II/2024
21:58 09/04/2024
Ngày 08/4, Ban Tuyên giáo họp; trong hai ngày 15 và 16/7/2024 sẽ tập huấn. Từ ngày 28/4 đến ngày 3/5/2024 nghỉ lễ.
Chỉ thị số 20-CT/TW, ngày 18/01/2018; giai đoạn 2019-2023; 6 tháng đầu năm, 6 tháng cuối năm 2024; khóa XIII.
Tết Nguyên đán Giáp Thìn; mồng 10 tháng 3 âm lịch năm 2024; hằng quý; 05 năm; hôm qua; đến năm 2030; ngày uỷ thác."""

MUTATIONS = (
    lambda t, i: unicodedata.normalize("NFD", t),
    lambda t, i: t.replace(" ", "\u00a0"),
    lambda t, i: t[:i] + t[i:].replace(" ", "", 1),
    lambda t, i: t.replace("\n", "\r\n"),
    lambda t, i: t.replace("quý", "qúy").replace("Quý", "Qúy").replace("uỷ", "ủy"),
    lambda t, i: t[:i] + "\u200b" + t[i:],
    lambda t, i: t[:i] + t[i + 1 :],
    lambda t, i: t[:i] + t[i : i + 3] + t[i:],
    lambda t, i: t[i:] + t[:i],
    lambda t, i: t.upper(),
)


def _mutated(order: list[tuple[int, int]]) -> None:
    text = BULLETIN
    for which, at in order:
        text = MUTATIONS[which](text, at % max(1, len(text)))
    plain = [(m.start, m.value) for m in find(unicodedata.normalize("NFC", text), PUBLISHED)[0]]
    assert [(m.start, m.value) for m in find(unicodedata.normalize("NFD", text), PUBLISHED)[0]] == plain


orders = st.lists(st.tuples(st.integers(0, len(MUTATIONS) - 1), st.integers(0, 600)), max_size=4)


@given(orders)
def test_a_damaged_bulletin_is_read(order: list[tuple[int, int]]) -> None:
    _mutated(order)


@pytest.mark.soak
@settings(max_examples=10_000)
@given(orders)
def test_ten_thousand_damaged_bulletins_are_read(order: list[tuple[int, int]]) -> None:
    _mutated(order)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1/",
        "12/5 ",
        "5, ",
        "2021-",
        "tháng ",
        "ngày 5, ",
        "quý I, ",
        "năm ",
        " ",
        "12 và ",
        "từ 5 đến ",
        "cuối ",
        "2021, ",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        find(text, PUBLISHED)
        return time.process_time() - begin

    seconds(1000)
    # The best of a few: other work on the machine only ever adds. Quadratic growth would be 8 times the limit's half.
    small, large = max(min(seconds(4_000) for _ in range(3)), 0.005), min(seconds(32_000) for _ in range(2))
    assert large < small * 8 * 4


def test_every_rule_has_a_reader() -> None:
    for rule in EXTRACTOR.rules:
        for example in rule.yes:
            find(example.text, example.published)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("năm 2023", "2023"),
        ("ngày 16 tháng 5 năm 2016", "16 tháng 5 năm 2016"),
        ("giai đoạn 2019-2023", "2019-2023"),
        ("Quý I/2024", "Quý I/2024"),
        ("từ tháng 1 đến tháng 9-2019", "tháng 1 đến tháng 9-2019"),
        ("từ ngày 28/4 đến ngày 3/5/2024", "28/4 đến ngày 3/5/2024"),
    ],
)
def test_the_span_is_the_shortest_that_holds_the_value(dated: Dated, text: str, span: str) -> None:
    assert [m.text for m in dated(text)] == [span]
