"""People on their way into the tables: what names somebody, figures of history, bodies that no article locates."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bantin.dataset.people import mention_key
from bantin.run import run


def people(folder: Path, *rows: tuple[str, str, str | None]) -> list[dict[str, Any]]:
    """The people of a batch of rows (text, day, address)."""
    lines = [{"text": t, "published": d} | ({"url": u} if u else {}) for t, d, u in rows]
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    run(file, folder / "out")
    with closing(sqlite3.connect(folder / "out" / "bantin.sqlite")) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM people ORDER BY name, person_id")]


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("Trần Văn Hoà", "mention", "trần văn hòa"),
        ("TRẦN VĂN HÒA", "mention", "trần văn hòa"),
        ("Nhân", "mention", None),
        ("LH", "byline", None),
        ("Viết Thọ", "byline", "viết thọ"),
        ("Nguyễn Tri Phương", "in_name", "nguyễn tri phương"),
        ("Kim Tuyến", "in_name", None),
        ("Nguyễn Ái Quốc", "mention", "hồ chí minh"),
    ],
)
def test_what_names_somebody(name: str, kind: str, key: str | None) -> None:
    assert mention_key(name, kind) == key


SITE, OTHER = "https://bacgiang.example.vn/1", "https://hagiang.example.vn/1"


def test_spellings_of_a_name_are_aliases(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ("Đồng chí Trần Văn Hòa, Giám đốc Sở Y tế, dự hội nghị.", "2019-05-01", SITE),
        ("Đồng chí TRẦN VĂN HOÀ, Giám đốc Sở Y tế, phát biểu.", "2019-06-01", SITE),
        ("Đồng chí Trần Văn Hòa, Giám đốc Sở Y tế, dự hội nghị.", "2019-05-01", OTHER),
    )
    assert {(p["name"], p["kind"]) for p in found} == {("Trần Văn Hòa", "official")}
    assert sorted(p["articles"] for p in found) == [1, 2]


def test_a_figure_of_history_is_one_whoever_names_the_street(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.", "2019-05-01", SITE),
        ("Chủ tịch Hồ Chí Minh về thăm tỉnh năm 1961.", "2005-05-01", OTHER),
        ("Đồng chí Trần Phú Quý, Giám đốc Sở Y tế, dự hội nghị tại đường Trần Phú.", "2019-05-01", SITE),
    )
    assert [(p["name"], p["kind"]) for p in found] == [
        ("Hồ Chí Minh", "historical"),
        ("Trần Phú", "historical"),
        ("Trần Phú Quý", "official"),
    ]
    assert found[0]["articles"] == 2


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ("Đồng chí Vũ Minh Khôi, Giám đốc Sở Y tế tỉnh Nghệ An, phát biểu.", 1),  # the only one that is located
        ("Đồng chí Vũ Minh Khôi, Giám đốc Sở Y tế, phát biểu.", 1),
        ("Đồng chí Vũ Minh Khôi, Giám đốc Sở Nội vụ, phát biểu.", 2),
        ("Đồng chí Vũ Minh Khôi, Bí thư Đảng ủy xã, phát biểu.", 2),
    ],
)
def test_bodies_of_an_archive_of_unknown_origin(second: str, count: int, tmp_path: Path) -> None:
    first = ("Đồng chí Vũ Minh Khôi, Phó Giám đốc Sở Y tế, dự hội nghị.", "2018-05-01", None)
    assert len(people(tmp_path, first, (second, "2019-06-01", None))) == count


def test_an_article_without_a_day_has_that_of_its_meeting(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    text = "Ngày 12/5/2019, đồng chí Vũ Minh Khôi, Giám đốc Sở Y tế tỉnh Nghệ An, chủ trì hội nghị."
    file.write_text(json.dumps({"text": text}, ensure_ascii=False) + "\n", encoding="utf-8")
    run(file, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "bantin.sqlite")) as db:
        assert db.execute("SELECT start_max, end_min FROM positions").fetchall() == [("2019-05-12", "2019-05-12")]
        assert db.execute("SELECT first_published FROM people").fetchall() == [(None,)]
