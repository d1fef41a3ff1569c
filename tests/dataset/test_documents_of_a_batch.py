"""Documents over a batch: relations between real ids; documents that no registry knows, one row each."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bantin.run import run

ROWS: list[dict[str, str]] = [
    {
        "site": "baonamdinh.vn",
        "published": "2024-03-15",
        "text": "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch số 215-KH/TU ngày 12/3/2024 thực hiện Nghị quyết số 42-NQ/TW"
        " ngày 24/11/2023 của Ban Chấp hành Trung ương Đảng.",
    },
    {
        "site": "baonamdinh.vn",
        "published": "2024-04-02",
        "text": "Các huyện ủy quán triệt Kế hoạch số 215-KH/TU của Ban Thường vụ Tỉnh ủy trong tháng 4.",
    },
    {
        "site": "baobinhduong.vn",
        "published": "2024-04-02",
        "text": "Tỉnh ủy triển khai Kế hoạch số 215-KH/TU ngày 20/3/2024 của Ban Thường vụ Tỉnh ủy tới các chi bộ.",
    },
    {
        "site": "baobinhduong.vn",
        "published": "2024-05-02",
        "text": "Nghị định số 91/2022/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 126/2020/NĐ-CP về thuế.",
    },
    *(
        {
            "site": f"bao{n}.example.vn",
            "published": f"2024-06-0{n}",
            "text": f"Chi bộ {n} học tập Chỉ thị số 33-CT/TW ngày {day}/3/2024 của Ban Bí thư.",
        }
        for n, day in ((1, 20), (2, 20), (3, 21), (4, 20))
    ),
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    rows = [{**r, "url": f"https://{r['site']}/{n}"} for n, r in enumerate(ROWS)]
    (folder / "in.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    run(folder / "in.jsonl", folder / "out")
    return folder / "out"


def rows(out: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{out}/bantin.sqlite?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def test_relations_stand_between_documents(dataset: Path) -> None:
    sql = """SELECT s.symbol, r.relation, o.symbol, substr(a.text, r.char_start + 1, r.char_end - r.char_start)
             FROM directive_relations r JOIN articles a USING (article_id)
             JOIN directives s ON s.directive_id = r.subject_id JOIN directives o ON o.directive_id = r.object_id
             ORDER BY a.published"""
    first, second = rows(dataset, sql)
    assert first[:3] == ("215-KH/TU", "implements", "42-NQ/TW")
    assert first[3].startswith("Kế hoạch số 215-KH/TU") and first[3].endswith("Nghị quyết số 42-NQ/TW")
    assert second[:3] == ("91/2022/NĐ-CP", "amends", "126/2020/NĐ-CP")


def test_a_local_document_is_one_over_the_articles_of_its_own_site(dataset: Path) -> None:
    sql = "SELECT directive_id, articles, issued FROM directives WHERE symbol = '215-KH/TU' ORDER BY articles DESC"
    (ours, twice, day), (theirs, once, other) = rows(dataset, sql)
    assert (twice, day, once, other) == (2, "2024-03-12", 1, "2024-03-20")
    assert ours != theirs


def test_the_registered_object_is_marked(dataset: Path) -> None:
    sql = "SELECT registered FROM directives WHERE directive_id = 'vn:dang:tw:xiii:nq:42'"
    assert rows(dataset, sql) == [(1,)]


def test_a_day_that_contradicts_the_rest_of_the_batch_is_flagged_and_stays(dataset: Path) -> None:
    sql = """SELECT m.issued, m.flags, m.directive_id, c.kind, c.found, c.expected
             FROM checks c JOIN directive_mentions m ON c.mention_ids = json_array(m.mention_id)"""
    assert rows(dataset, sql) == [
        (
            "2024-03-21",
            '["date_conflict:2024-03-21→2024-03-20"]',
            "vn:dang:tw:xiii:ct:33",
            "date_conflict",
            "2024-03-21",
            "2024-03-20",
        )
    ]
