"""Tables as frames, and SQL that can look at everything and change nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

import bantin
from bantin.errors import QueryError
from bantin.query import Dataset, load_dataset, query
from bantin.run import run

sys.path.insert(0, str(Path(__file__).parent / "dataset"))
import stand_in


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("a folder, with # and ?")
    run(stand_in.write_archive(where / "archive"), where / "out", extract=stand_in.extract)
    return where / "out"


def one(dataset: Path, sql: str) -> object:
    ((value,),) = query(dataset, sql).rows
    return value


def test_frames_by_name_and_attribute(dataset: Path) -> None:
    data = load_dataset(dataset)
    assert isinstance(data, Dataset)
    assert len(data) == 15
    assert list(data)[:2] == ["articles", "blocks"]
    assert data["indicators"]["value"].sum() == 16 * (182 + 80)
    assert data.indicators is data["indicators"]
    assert data.directives["registered"].dtype == "boolean"
    assert data.blocks["raw_start"].dtype == "Int64"
    assert data.directive_relations.empty
    assert "articles" in dir(data)
    assert bantin.load_dataset(str(dataset)).articles.shape == data.articles.shape


def test_frames_quote_their_article(dataset: Path) -> None:
    data = load_dataset(dataset)
    joined = data.directive_mentions.merge(data.articles, on="article_id", suffixes=("", "_of_article"))
    assert len(joined) == 32
    for row in joined.itertuples():
        assert row.text_of_article[row.char_start : row.char_end] == row.text


def test_an_unknown_table_is_told(dataset: Path) -> None:
    data = load_dataset(dataset)
    with pytest.raises(KeyError, match="indicators"):
        data["numbers"]
    with pytest.raises(AttributeError, match="indicators"):
        _ = data.numbers


def test_a_query(dataset: Path) -> None:
    result = query(dataset, "SELECT kind, count(*) AS n FROM directive_mentions GROUP BY kind")
    assert result.columns == ("kind", "n")
    assert result.rows == (("symbol", 32),)
    assert result.frame().to_dict("list") == {"kind": ["symbol"], "n": [32]}
    assert not result.truncated


def test_columns_of_one_name_are_told_apart(dataset: Path) -> None:
    assert query(dataset, "SELECT 1 AS a, 2 AS a, 3 AS a_2").columns == ("a", "a_2", "a_2_2")


def test_a_limit(dataset: Path) -> None:
    assert query(dataset, "SELECT * FROM articles", limit=3).truncated
    assert len(query(dataset, "SELECT * FROM articles", limit=3).rows) == 3
    assert not query(dataset, "SELECT * FROM articles", limit=16).truncated


@pytest.mark.parametrize(
    ("match", "articles"),
    [
        ("articles_exact MATCH '\"Huyện ủy\"'", 16),
        ("articles_exact MATCH exact_form('\"Huyện uỷ\"')", 16),
        ("articles_exact MATCH '\"huyen uy\"'", 0),  # exact keeps diacritics
        ("articles_folded MATCH '\"huyen uy\"'", 16),
        ("articles_folded MATCH folded_form('\"Đồng chí\"')", 16),
        ("articles_folded MATCH '\"dong chi\"'", 16),  # đ as d
        ("articles_folded MATCH 'bulletin'", 0),
    ],
)
def test_full_text_search(dataset: Path, match: str, articles: int) -> None:
    index = match.split()[0]
    assert one(dataset, f"SELECT count(*) FROM {index} WHERE {match}") == articles


def test_snippets_show_the_text_as_it_stands(dataset: Path) -> None:
    snippet = "snippet(articles_folded, 1, '[', ']', '', 6)"
    sql = f"SELECT {snippet} FROM articles_folded WHERE articles_folded MATCH 'huyen' LIMIT 1"
    assert "[Huyện] ủy" in str(one(dataset, sql))


def test_lists_are_json(dataset: Path) -> None:
    assert one(dataset, "SELECT count(*) FROM directive_mentions, json_each(flags) WHERE json_each.value = 'b'") == 16


def test_columns_can_be_looked_up(dataset: Path) -> None:
    assert one(dataset, "SELECT count(*) FROM pragma_table_info('checks')") == 6


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles SET title = 'x'",
        "DELETE FROM articles",
        "INSERT INTO checks VALUES (1, 2, 3, 4, 5, 6)",
        "DROP TABLE articles",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "UPDATE sqlite_master SET sql = ''",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'other.db'",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = WAL",
        "SELECT load_extension('x')",
        "INSERT INTO articles_exact (articles_exact) VALUES ('rebuild')",
        "BEGIN",
    ],
)
def test_nothing_can_be_changed_or_reached(
    dataset: Path, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = hashlib.sha256((dataset / "bantin.sqlite").read_bytes()).hexdigest()
    with pytest.raises(QueryError):
        query(dataset, sql)
    assert hashlib.sha256((dataset / "bantin.sqlite").read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == []
    assert sorted(p.name for p in dataset.iterdir() if p.name.startswith("bantin.")) == ["bantin.sqlite"]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT * FROM persons", "person_mentions"),
        ("SELECT symbol FROM articles", "symbol stands in directive_mentions, directives"),
        ("SELECT colour FROM articles", "pragma_table_info"),
        ("SELEC 1", "syntax error"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("", "SELECT"),
        ("SELECT zeroblob(1000000000)", "too big"),
        ("SELECT '\ud800'", "surrogates"),
    ],
)
def test_a_wrong_query_is_told_what_to_do(dataset: Path, sql: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        query(dataset, sql)


def test_a_query_without_end_is_stopped(dataset: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(QueryError, match=r"took over 0\.2 s"):
        query(dataset, endless, seconds=0.2)


def test_a_folder_without_a_dataset_is_told(dataset: Path, tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "nowhere", dataset / "articles.parquet"):
        with pytest.raises(QueryError, match="bantin run"):
            query(wrong, "SELECT 1")
        with pytest.raises(QueryError, match="bantin run"):
            load_dataset(wrong)


def test_a_dataset_without_its_descriptor_or_a_table_is_refused(dataset: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(dataset, copy)
    (copy / "blocks.parquet").unlink()
    with pytest.raises(QueryError, match=r"blocks\.parquet is missing"):
        load_dataset(copy)
    (copy / "datapackage.json").unlink()
    with pytest.raises(QueryError, match=r"datapackage\.json"):
        query(copy, "SELECT 1")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
def test_a_read_only_folder_can_be_queried(dataset: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(dataset, copy)
    copy.chmod(0o555)
    try:
        assert one(copy, "SELECT count(*) FROM articles") == 16
    finally:
        copy.chmod(0o755)
