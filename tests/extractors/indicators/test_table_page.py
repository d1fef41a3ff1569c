"""A table of figures in a page, through the whole pipeline: one row a cell, with what its column and row say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bantin.engine import extract_article
from bantin.read import plan, read
from bantin.types import Article

PAGE = """<html><head><title>Kết quả phát triển đảng viên của xã Bình Sơn</title></head><body><article>
<h1>Kết quả phát triển đảng viên của xã Bình Sơn</h1>
<p>Đảng ủy xã Bình Sơn công bố kết quả phát triển đảng viên của các chi bộ trực thuộc theo bảng dưới đây.</p>
<table>
<tr><th>TT</th><th>Chi bộ</th><th>Số đảng viên quý I/2024</th><th>Số đảng viên quý II/2024</th></tr>
<tr><td>1</td><td>Chi bộ Đông</td><td>12</td><td>15</td></tr>
<tr><td>2</td><td>Chi bộ Tây</td><td></td><td>7</td></tr>
<tr><td>3</td><td>Chi bộ Nam</td><td>9</td><td></td></tr>
</table>
<p>Các chi bộ tiếp tục bồi dưỡng quần chúng ưu tú để giới thiệu cho Đảng, bảo đảm chất lượng và đúng quy trình.</p>
</article></body></html>"""


HEAD = PAGE[: PAGE.index("<table>")]
TAIL = PAGE[PAGE.index("</table>") + len("</table>") :]


def figures(table: str, folder: Path) -> list[tuple[str, str, str | None, str | None, str]]:
    """Value, unit, object, first day of the period and status of each cell of a table in a page."""
    file = folder / "page.html"
    file.write_text(HEAD + table + TAIL, encoding="utf-8")
    [article] = read(plan([file])[0])
    assert isinstance(article, Article)
    return [
        (f"{m.value.value.normalize():f}", m.value.unit, m.value.object, m.value.period_start, m.value.status)
        for m in extract_article(article).of("indicators")
    ]


def test_merged_headings_and_a_total_over_two_columns(tmp_path: Path) -> None:
    table = """<table>
    <tr><th rowspan="2">STT</th><th rowspan="2">Đơn vị</th><th colspan="2">Số đảng viên</th>
    <th colspan="2">Quỹ (ha)</th></tr>
    <tr><th>Năm 2023</th><th>Năm 2024</th><th>Năm 2023</th><th>Năm 2024</th></tr>
    <tr><td>1</td><td>Xã Đông</td><td>12</td><td>15</td><td>3,5</td><td>4</td></tr>
    <tr><td>2</td><td>Xã Tây</td><td>9</td><td>7</td><td>2,5</td><td>3</td></tr>
    <tr><td colspan="2">Tổng cộng</td><td>21</td><td>22</td><td>6</td><td>7</td></tr></table>"""
    rows = figures(table, tmp_path)
    assert len(rows) == 12  # the running numbers are none
    assert rows[0] == ("12", "đảng viên", "Xã Đông - Số đảng viên Năm 2023", "2023-01-01", "done")
    assert rows[3] == ("4", "ha", "Xã Đông - Quỹ (ha) Năm 2024", "2024-01-01", "done")
    assert [r[0] for r in rows[8:]] == ["21", "22", "6", "7"]
    assert {r[2].split(" - ")[0] for r in rows[8:] if r[2]} == {"Tổng cộng"}


def test_a_label_over_several_rows(tmp_path: Path) -> None:
    table = """<table><tr><th>Huyện</th><th>Xã</th><th>Số hộ nghèo</th></tr>
    <tr><td rowspan="2">Huyện Nam</td><td>Xã Đông</td><td>45</td></tr><tr><td>Xã Tây</td><td>32</td></tr></table>"""
    assert [r[:2] for r in figures(table, tmp_path)] == [("45", "hộ nghèo"), ("32", "hộ nghèo")]


def test_the_unit_of_the_whole_table_above_it_and_plans(tmp_path: Path) -> None:
    table = """<p>ĐVT: triệu đồng</p><table><tr><th>TT</th><th>Nội dung</th><th>Dự toán</th><th>Thực hiện</th></tr>
    <tr><td>1</td><td>Thu nội địa</td><td>1.250</td><td>1.300,5</td></tr></table>"""
    assert figures(table, tmp_path) == [
        ("1250000000", "VND", "Thu nội địa - Dự toán", None, "plan"),
        ("1300500000", "VND", "Thu nội địa - Thực hiện", None, "done"),
    ]


def test_numbered_columns_count_nothing(tmp_path: Path) -> None:
    table = """<table><tr><th>TT</th><th>Xã</th><th>Số tiền (1.000 đồng)</th><th>Tỷ lệ %</th></tr>
    <tr><td>A</td><td>B</td><td>1</td><td>2</td></tr>
    <tr><td>1</td><td>Xã Đông</td><td>2.500</td><td>12,5</td></tr></table>"""
    assert [r[:2] for r in figures(table, tmp_path)] == [("2500000", "VND"), ("12.5", "%")]


def test_a_row_a_cell_with_the_period_of_its_column(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    [article] = read(plan([file])[0])
    assert isinstance(article, Article)
    rows = [
        (m.value.value, m.value.unit, m.value.object.split(" - ")[0], m.value.period_start, m.value.period_end)
        for m in extract_article(article).of("indicators")
    ]
    first, second = ("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30")
    assert rows == [
        (Decimal(12), "đảng viên", "Chi bộ Đông", *first),
        (Decimal(15), "đảng viên", "Chi bộ Đông", *second),
        (Decimal(7), "đảng viên", "Chi bộ Tây", *second),
        (Decimal(9), "đảng viên", "Chi bộ Nam", *first),
    ]
