"""Planted contradictions are found, and the same text with true numbers stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.engine import extract, extract_article
from bantin.read import plan, read
from bantin.types import Article

ARITHMETIC = {"sum_mismatch", "ratio_mismatch", "growth_mismatch"}

# text with a gap, the true number, a false one, the kind of the contradiction
PLANTED = [
    ("Có {} mô hình, trong đó: 02 mô hình tỉnh; 100 mô hình huyện; 80 mô hình xã.", "182", "190", "sum_mismatch"),
    ("Đã kỷ luật 7 đảng viên (khiển trách: {}; cảnh cáo: 2; khai trừ: 4).", "1", "2", "sum_mismatch"),
    ("Kỷ luật {} đảng viên, bằng các hình thức: khiển trách 22, cảnh cáo 8.", "30", "31", "sum_mismatch"),
    ("Tổng vốn 858,4 tỷ đồng, gồm: vay 637,4 tỷ đồng; góp {} tỷ đồng; 194,4 tỷ đồng.", "26,6", "62,6", "sum_mismatch"),
    ("Xã Tân An nhận 20 suất quà, xã Tân Bình nhận 35 suất quà, tổng cộng {} suất quà.", "55", "65", "sum_mismatch"),
    ("Đã hỗ trợ {}/62 huyện nghèo, bằng 87% tổng số huyện nghèo.", "54", "45", "ratio_mismatch"),
    ("Có {}% (45/45) chi bộ hoàn thành nhiệm vụ.", "100", "90", "ratio_mismatch"),
    ("Học tập nghị quyết có 35.599/35.900 đảng viên, đạt {}%.", "99,16", "96,19", "ratio_mismatch"),
    ("Toàn huyện có 26.652 hộ, trong đó có 1.665 hộ nghèo, chiếm {}%.", "6,25", "5,26", "ratio_mismatch"),
    ("Thành phố bầu 95 đại biểu, trong đó có {} đại biểu nữ (chiếm 24,21%).", "23", "32", "ratio_mismatch"),
    ("Tổng dư nợ đạt 2.758,9 tỷ đồng, tăng 132,4 tỷ đồng (+{}%) so với đầu năm.", "5,04", "4,05", "growth_mismatch"),
    ("Thu ngân sách đạt 115 tỷ đồng, tăng {} tỷ đồng, tương ứng 15% so với cùng kỳ.", "15", "25", "growth_mismatch"),
    ("Số mô hình tăng từ 120 lên {} mô hình, tăng 25%.", "150", "160", "growth_mismatch"),
    ("Số vụ giảm từ 40 xuống còn 30 vụ, giảm {}%.", "25", "52", "growth_mismatch"),
    (
        "Thu ngân sách năm 2022 đạt 100 tỷ đồng, thu ngân sách năm 2023 đạt {} tỷ đồng, tăng 20% so với năm 2022.",
        "120", "150", "growth_mismatch",
    ),
]  # fmt: skip

SILENT = [
    "Có 190 mô hình, trong đó có 2 mô hình mới và 5 mô hình nhân rộng.",
    "Quỹ hiện có trên 57 tỷ đồng, trong đó: hơn 8 tỷ đồng do Trung ương cấp, hơn 13 tỷ đồng do tỉnh cấp.",
    "Có 18 chỉ tiêu đạt kế hoạch; trong đó, kinh tế 4/4 chỉ tiêu; văn hóa - xã hội 9/10 chỉ tiêu.",
    "Đã hỗ trợ 54/62 huyện nghèo, tăng 15% so với năm trước.",
    "Kết nạp 36/35 đảng viên, đạt 103% chỉ tiêu giao.",
    "Có 12 dự án, trong đó 5 dự án mới, chiếm 40% tổng vốn đăng ký.",
    "Dư nợ đạt 531,4 tỷ đồng, tăng 65,5 tỷ đồng so với đầu năm, đạt 99,1% kế hoạch.",
    "Tỷ lệ hộ nghèo giảm từ 57% xuống còn 48%, giảm 9%.",
    "Thu nhập tăng từ 35 lên khoảng 52 triệu đồng, tăng 50%.",
    "Trao 12 suất quà, tổng cộng 24 triệu đồng.",
    "Thu ngân sách đạt 120 tỷ đồng, tăng 20% so với cùng kỳ năm 2022.",
    "Toàn tỉnh có 123/159 xã, phường, thị trấn đạt 100%.",
]


def kinds(text: str) -> list[str]:
    return [c.kind for c in extract(text, "2024-04-09").checks if c.kind in ARITHMETIC]


@pytest.mark.parametrize(("text", "true", "false", "kind"), PLANTED)
def test_a_planted_fault_is_found_and_the_truth_is_silent(text: str, true: str, false: str, kind: str) -> None:
    assert kinds(text.format(true)) == []
    assert kinds(text.format(false)) == [kind]


@pytest.mark.parametrize("text", SILENT)
def test_what_need_not_agree_is_silent(text: str) -> None:
    assert kinds(text) == []


def test_a_check_says_what_stands_there_and_what_was_expected() -> None:
    [check] = extract("Đã hỗ trợ 45/62 huyện nghèo, bằng 87% tổng số huyện nghèo.").checks
    assert (check.found, check.expected) == ("87 %", "72.6 %")
    assert len(check.spans) == 2


TABLE = """<html><head><title>Kết quả thu quỹ của các xã</title></head><body><article>
<h1>Kết quả thu quỹ của các xã</h1><p>Hội Nông dân huyện công bố kết quả thu quỹ của các xã trong bảng dưới đây.</p>
<table><tr><th>TT</th><th>Đơn vị</th><th>Số hội viên</th><th>Số tiền (triệu đồng)</th></tr>
<tr><td>1</td><td>Xã Tân An</td><td>120</td><td>15,5</td></tr>
<tr><td>2</td><td>Xã Tân Bình</td><td>95</td><td>12</td></tr>
<tr><td>3</td><td>Xã Tân Hòa</td><td>85</td><td>10,5</td></tr>
<tr><td></td><td>Tổng cộng</td><td>{}</td><td>{}</td></tr></table>
<p>Các xã tiếp tục vận động hội viên đóng góp, bảo đảm hoàn thành chỉ tiêu được giao.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("people", "money", "expected"),
    [("300", "38", []), ("310", "38", ["300"]), ("300", "83", ["38000000.0"])],
)
def test_totals_of_a_table(people: str, money: str, expected: list[str], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(TABLE.format(people, money), encoding="utf-8")
    [article] = read(plan([file])[0])
    assert isinstance(article, Article)
    assert [c.found for c in extract_article(article).checks if c.kind == "sum_mismatch"] == expected


def test_the_sample_archive_is_silent(root: Path) -> None:
    """Composed bulletins whose numbers agree: what speaks here is a false alarm."""
    alarms = []
    for source in plan([root / "corpus" / "archive"]):
        for article in read(source):
            if isinstance(article, Article):
                alarms += [c.message for c in extract_article(article).checks if c.kind in ARITHMETIC]
    assert alarms == []
