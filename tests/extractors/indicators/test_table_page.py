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
