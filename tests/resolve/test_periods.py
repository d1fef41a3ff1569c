"""The period each number reports on, and numbers that contradict one another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bantin.extractors.base import Context
from bantin.extractors.dates.value import DateValue
from bantin.extractors.indicators import extractor
from bantin.resolve.periods import resolve_periods
from bantin.text import View
from bantin.types import Article, Block, Check, Mention

Q1 = ("quarter", "2024-01-01", "2024-03-31")
Q2 = ("quarter", "2024-04-01", "2024-06-30")
Y23 = ("year", "2023-01-01", "2023-12-31")
Y24 = ("year", "2024-01-01", "2024-12-31")


def resolved(
    text: str, dates: dict[str, tuple[str, str | None, str]], roles: dict[str, str] | None = None
) -> tuple[list[tuple[str, str | None, str | None]], list[Check]]:
    """Number, first and last day of its period; `dates` gives the dates in the order they stand in `text`."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    found: list[Mention] = []
    at = 0
    for printed, (grain, first, last) in dates.items():
        at = text.index(printed.rstrip("*"), at)
        value = DateValue("date", grain, "", None, first, last, "ON_OR_BEFORE" if first is None else None)
        if roles and printed in roles:
            value = replace(value, role=roles[printed])
        end = at + len(printed.rstrip("*"))
        found.append(Mention("dates", at, end, text[at:end], "test", 1.0, value))
        at = end
    article = Article("t", text, tuple(blocks))
    view = View(text)
    found += extractor().extract(Context(article, view, lambda _: (), tuple(found)))
    found.sort(key=lambda m: m.start)
    mentions, checks = resolve_periods(article, view, found)
    assert len(mentions) == len(found)
    return [(m.text, m.value.period_start, m.value.period_end) for m in mentions if m.family == "indicators"], checks


def test_the_period_of_its_own_sentence() -> None:
    rows, _ = resolved("Quý I/2024 đã mở 5 lớp. Quý II/2024 mở 3 lớp.", {"Quý I/2024": Q1, "Quý II/2024": Q2})
    assert rows == [("5 lớp", *Q1[1:]), ("3 lớp", *Q2[1:])]


def test_a_period_behind_the_number() -> None:
    rows, _ = resolved("Kết nạp 35 đảng viên trong năm 2023.", {"2023": Y23})
    assert rows == [("35 đảng viên", *Y23[1:])]


def test_inherited_from_the_earlier_sentence_and_from_the_opening_of_a_block() -> None:
    text = "Hội nghị sơ kết.\nTrong quý I/2024 đã mở 5 lớp. Có 80 học viên.\nTặng 12 suất quà."
    rows, _ = resolved(text, {"quý I/2024": Q1})
    assert [r[1:] for r in rows] == [Q1[1:]] * 3


def test_a_heading_governs_what_is_below_it() -> None:
    text = "Kết quả quý I/2024\nMở 5 lớp.\nVề nhiệm vụ quý II/2024\nThực hiện 18 nhiệm vụ."
    rows, _ = resolved(text, {"quý I/2024": Q1, "quý II/2024": Q2})
    assert rows == [("5 lớp", *Q1[1:]), ("18 nhiệm vụ", *Q2[1:])]


def test_until_a_day_counts_from_the_start_of_what_is_reported() -> None:
    text = "Báo cáo năm 2024\nTính đến hết ngày 15/6/2024 đã có 182 mô hình."
    rows, _ = resolved(text, {"2024": Y24, "15/6/2024": ("day", None, "2024-06-15")})
    assert rows == [("182 mô hình", "2024-01-01", "2024-06-15")]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("tăng 15% so với năm 2023", {"2023": Y23}),
        ("Chuyên đề năm 2023 có 5 nội dung", {"2023": Y23}),
        ("nhiệm kỳ 2020 - 2025 có 5 chỉ tiêu", {"2020 - 2025": ("year", "2020-01-01", "2025-12-31")}),
        ("6 tháng đầu năm mở 5 lớp", {"6 tháng đầu năm": ("half", "XXXX-01-01", "XXXX-06-30")}),
        ("mở 5 lớp", {}),
    ],
)
def test_no_period(text: str, dates: dict[str, tuple[str, str, str]]) -> None:
    rows, _ = resolved(text, dates)
    assert [r[1:] for r in rows] == [(None, None)]


def test_an_issue_date_is_no_period() -> None:
    text = "Thực hiện kế hoạch ngày 05/3/2024 đã mở 5 lớp"
    rows, _ = resolved(text, {"05/3/2024": ("day", "2024-03-05", "2024-03-05")}, {"05/3/2024": "issued"})
    assert rows == [("5 lớp", None, None)]


def test_sums() -> None:
    text = "có {} mô hình, trong đó: 02 mô hình mới; 100 mô hình duy trì; 80 mô hình nhân rộng."
    assert resolved(text.format(182), {})[1] == []
    [check] = resolved(text.format(190), {})[1]
    assert (check.kind, check.found, check.expected) == ("sum_mismatch", "182", "190")
    assert len(check.spans) == 4


def test_a_part_alone_is_no_sum() -> None:
    assert resolved("có 190 mô hình, trong đó có 2 mô hình mới và 5 mô hình nhân rộng.", {})[1] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("hỗ trợ 54/62 huyện nghèo, bằng 87% tổng số", []),
        ("hỗ trợ 54/62 huyện nghèo, bằng 78% tổng số", ["ratio_mismatch"]),
        ("có 100% (45/45) chi bộ", []),
        ("có 90% (45/45) chi bộ", ["ratio_mismatch"]),
        ("35.599/35.900 đảng viên, đạt 99,16%", []),
        ("54/62 huyện, tăng 15% so với năm trước", []),
    ],
)
def test_ratio_against_percentage(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in resolved(text, {})[1]] == kinds


def test_a_period_says_nothing_of_the_numbers_before_it() -> None:
    lines = (
        "Dự Đại hội có 219 đại biểu.",
        "Đồng chí Bí thư nêu rõ, với quyết tâm cao của toàn Đảng bộ, trong khó khăn chung, năm 2023 huyện mở 9 lớp.",
        "Huyện sửa 16 ngôi nhà.",
    )
    rows, _ = resolved("\n".join(lines), {"2023": Y23})
    assert rows == [("219 đại biểu", None, None), ("9 lớp", *Y23[1:]), ("16 ngôi nhà", *Y23[1:])]
