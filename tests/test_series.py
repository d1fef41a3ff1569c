"""Series: the same indicator of the same body over periods side by side, by the query that the README gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.query import query
from bantin.run import run

SERIES = """
SELECT a.actor, a.action, a.unit, a.period_start, a.value, b.period_start AS next_start, b.value AS next_value
FROM indicators a JOIN articles x ON x.article_id = a.article_id
JOIN indicators b ON b.actor = a.actor AND b.action = a.action AND b.object = a.object AND b.unit = a.unit
JOIN articles y ON y.article_id = b.article_id AND y.site = x.site
WHERE b.period_start = date(a.period_end, '+1 day') AND a.status = 'done' AND b.status = 'done'
AND a.change IS NULL AND b.change IS NULL ORDER BY 1, 2, 3, 4
"""
QUARTERS = ("2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01")
EXPECTED = {
    ("Đảng ủy Khối", "kết nạp", "đảng viên"): (31, 46, 38, 57),
    ("Đảng ủy Khối", "mở", "lớp"): (2, 3, 2, 4),
    ("Đảng ủy Khối", "mở", "quần chúng"): (118, 171, 124, 203),
    ("các chi bộ, Đảng bộ trực thuộc", "tổ chức", "buổi đối thoại"): (24, 31, 27, 40),
    ("các chi bộ, Đảng bộ trực thuộc", "ủng hộ", "VND"): (415_000_000, 520_000_000, 468_500_000, 1_200_000_000),
    ("Ủy ban Kiểm tra Đảng ủy Khối", "kiểm tra", "tổ chức đảng"): (6, 9, 8, 11),
    ("Ủy ban Kiểm tra Đảng ủy Khối", "kiểm tra", "đảng viên"): (14, 20, 17, 29),
}


@pytest.fixture(scope="module")
def dataset(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("series") / "dataset"
    run([root / "corpus" / "archive"], out)
    return out


def test_four_quarters_stand_side_by_side(dataset: Path) -> None:
    rows = {(r[0], r[1], r[2], r[3]): r[4:] for r in query(str(dataset), SERIES).rows}
    wanted = {
        (*key, start): (values[i], QUARTERS[i + 1], values[i + 1])
        for key, values in EXPECTED.items()
        for i, start in enumerate(QUARTERS[:-1])
    }
    assert {k: tuple(v) for k, v in rows.items()} == wanted
