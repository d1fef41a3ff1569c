"""Rows of CSV and Parquet files: the same articles as from JSONL, faults named by row."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bantin.read import plan, read
from bantin.types import Article, Reject

TEXT = 'Ngày 5/3, Đảng ủy họp\nHội nghị có 120 đại biểu, "Bàn về kế hoạch".'
ROWS = [
    {"text": TEXT, "url": "https://a.example/1", "title": "Hội nghị", "published": "2024-03-06", "author": "Minh Anh"},
    {"text": "", "url": "", "title": "", "published": "", "author": ""},
    {"text": "Năm 2024, có 3 lớp.", "url": "", "title": "", "published": "6/3/2024 08:15", "author": ""},
]


def found(path: Path) -> list[Article | Reject]:
    return list(read(plan([path])[0]))


def write_csv(path: Path) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0].keys())
        writer.writeheader()
        writer.writerows(ROWS)


def test_rows_of_every_kind_of_table_are_the_same_articles(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv")
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(r) for r in ROWS), encoding="utf-8")
    listed = []
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        first, second, third = found(tmp_path / name)
        assert isinstance(first, Article)
        assert isinstance(third, Article)
        assert isinstance(second, Reject)
        assert (second.reason, second.source_record) == ("empty", "2")
        assert (first.url, first.author, third.published) == (
            "https://a.example/1",
            "Minh Anh",
            "2024-03-06T08:15+07:00",
        )
        listed.append([(a.text, a.title, a.published, a.source_record) for a in (first, third)])
    assert listed[0] == listed[1] == listed[2]
    assert listed[0][0][0] == TEXT


def test_dates_of_a_parquet_file_are_dates(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "published": date(2024, 3, 6)}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    pq.write_table(
        pa.Table.from_pylist([{"text": TEXT, "published": datetime(2024, 3, 6, 8, 15)}]), tmp_path / "b.parquet"
    )
    assert [getattr(i, "published", None) for n in "ab" for i in found(tmp_path / f"{n}.parquet")] == [
        "2024-03-06",
        "2024-03-06T08:15+07:00",
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason", "record"),
    [
        ("a.csv", b"", "malformed", None),
        ("a.csv", b"a,b\n1,2\n", "malformed", None),
        ("a.csv", "text\nHội nghị\n".encode("utf-16"), "undecodable", "1"),
        ("a.csv", b"text\n" + b"\xff\n", "undecodable", "1"),
        ("a.csv", b"text\n" + b"a" * 30_000_000, "malformed", "1"),
        ("a.parquet", b"", "malformed", None),
        ("a.parquet", b"PAR1" + b"x" * 500 + b"PAR1", "malformed", None),
    ],
)
def test_a_table_that_cannot_be_read_is_one_reject(
    name: str, data: bytes, reason: str, record: str | None, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = found(tmp_path / name)
    assert isinstance(item, Reject)
    assert (item.reason, item.source_record) == (reason, record)
