"""The scores, the gold they rest on, and agreement with the reference scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from bantin.errors import DataFileError, InputError, QueryError
from bantin.evaluate import FAMILIES, TABLES, evaluate, fold, fold_symbol, pair
from bantin.evaluation_report import error_lines, evaluation_html
from bantin.gold import check_gold, gold_hash, load_gold

GOLD = {
    "id": "one",
    "published": None,
    "title": None,
    "author": None,
    "directives": [
        {"text": "Chỉ thị số 20-CT/TW", "nth": 1, "kind": "symbol", "type": "Chỉ thị", "symbol": "20-CT/TW",
         "number": "20", "session": None, "issuer": "Ban Bí thư", "date": "2018-01-18", "title": None, "term": "XII"},
        {"text": "Nghị quyết 42", "nth": 1, "kind": "number", "type": "Nghị quyết", "symbol": None, "number": "42",
         "session": None, "issuer": None, "date": None, "title": None, "term": None},
    ],
    "dates": [
        {"text": "19/10", "nth": 1, "kind": "date", "start": "XXXX-10-19", "end": "XXXX-10-19"},
        {"text": "2024", "nth": 1, "kind": "date", "start": "2024-01-01", "end": "2024-12-31", "optional": True},
    ],
    "people": [
        {"text": "Trần Thị Mai", "nth": 1, "name": "Trần Thị Mai", "as": "mention",
         "roles": [{"title": "Bí thư", "org": "Đảng ủy xã Hòa An", "former": False}]},
    ],
    "indicators": [{"text": "182 văn bản", "nth": 1, "value": 182, "unit": "văn bản"}],
}  # fmt: skip


def _rows(article: str) -> dict[str, list[dict[str, Any]]]:
    place = {"article_id": article, "char_start": 0, "char_end": 5, "rule": "x.y", "text": "x"}
    person = place | {"name": "Trần Thị Mai", "mention_type": "mention"}
    return {
        "articles": [{"article_id": article, "source_path": "in/one.txt", "source_record": None, "text": "x" * 40}],
        "directive_mentions": [
            place | {"kind": "symbol", "type": "Chỉ thị", "number": "20", "symbol": "20-CT/TW", "issuer": "Ban Bí thư",
                     "issued": "2018-01-18", "term": "XI", "session": None, "text": "Chỉ thị số 20-CT/TW"},
            place | {"kind": "symbol", "type": "Nghị quyết", "number": "42", "symbol": "42-NQ/TW", "issuer": None,
                     "issued": None, "term": None, "session": None, "text": "Nghị quyết 42"},
            place | {"kind": "anaphor", "type": "Nghị quyết", "number": None, "symbol": None, "issuer": None,
                     "issued": None, "term": None, "session": None, "text": "Nghị quyết này"},
        ],
        "date_mentions": [
            place | {"kind": "date", "start_date": "2023-10-19", "end_date": "2023-10-19"},
            place | {"kind": "date", "start_date": "2024-01-01", "end_date": "2024-12-31"},
            place | {"kind": "date", "start_date": "2020-01-01", "end_date": "2020-12-31"},
        ],
        "person_mentions": [person, person | {"name": "Hồ Chí Minh", "mention_type": "in_name"}],
        "role_mentions": [place | {"name": "Trần Thị Mai", "title": "Bí thư", "organisation": "ĐUK"}],
        "indicators": [
            place | {"value": 182.0, "value_max": None, "denominator": None, "unit": "văn bản chỉ đạo"},
            place | {"value": 7.0, "value_max": None, "denominator": None, "unit": "lớp"},
        ],
    }  # fmt: skip


def _write(folder: Path, tables: dict[str, list[dict[str, Any]]]) -> Path:
    import pandas as pd

    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        pd.DataFrame(rows).to_parquet(folder / f"{name}.parquet")
    return folder


@pytest.fixture
def gold_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    return folder


def test_counts_and_errors(tmp_path: Path, gold_dir: Path) -> None:
    result = evaluate(_write(tmp_path / "d", _rows("a1")), load_gold(gold_dir))
    counts = {f: s.counts() for f, s in result.families.items()}
    assert counts == {
        "directives": (2, 0, 0),  # a number may be completed to its symbol; an anaphor is left out
        "dates": (1, 1, 0),  # any year where the gold knows none; the optional 2024 is free; 2020 is wrong
        "people": (1, 0, 0),  # a name inside a name is left out
        "roles": (0, 1, 1),  # another body
        "indicators": (1, 1, 0),  # a longer unit is close enough
    }
    assert result.attributes == {"date": (1, 1), "term": (0, 1), "issuer": (1, 1)}
    assert any("2020-01-01" in line for line in error_lines(result.families["dates"]))
    page = evaluation_html(result, "<b>&")
    assert "&lt;b&gt;&amp;" in page and "missed" in page and "wrong" in page
    low, high = result.families["dates"].interval()
    assert 0 <= low <= high <= 1


def test_an_absent_article_is_missed_not_ignored(tmp_path: Path, gold_dir: Path) -> None:
    tables = _rows("a1")
    tables["articles"][0]["source_path"] = "in/other.txt"
    result = evaluate(_write(tmp_path / "d", tables), load_gold(gold_dir))
    assert result.absent == ["one"]
    assert result.families["directives"].recall == 0.0


def test_pair_takes_the_exact_match_first() -> None:
    close = lambda g, p: g[0] == p[0]  # noqa: E731
    assert pair([("a", 1), ("a", 2)], [("a", 2), ("a", 3)], close) == ([], [])
    assert pair([("a", 1)], [("b", 1)], close) == ([("a", 1)], [("b", 1)])


@pytest.mark.parametrize(
    ("a", "b"), [("Đảng uỷ Khối", "ĐUK"), ("BCH Đảng bộ", "Ban Chấp hành Đảng bộ"), ("khoá XIII", "Khóa XIII")]
)
def test_fold_equates(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_fold_symbol() -> None:
    assert fold_symbol("16/NQ-TW") == fold_symbol("016 - NQ/T.Ư")


def _reference(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _by_reference(shared: Path, dataset: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    capsys.readouterr()
    _reference(shared).main([str(dataset), str(gold)])
    return dict(json.loads(capsys.readouterr().out.strip().splitlines()[-1]))


def _by_us(dataset: Path, gold: Path) -> dict[str, float]:
    result = evaluate(dataset, load_gold(gold))
    scores = {f: round(result.families[f].f1, 4) for f in FAMILIES}
    return scores | {f"directive_{k}": round(r / n, 4) for k, (r, n) in result.attributes.items() if n}


@pytest.mark.seeds
def test_agrees_with_the_reference_scorer(
    shared: Path, tmp_path: Path, gold_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = _write(tmp_path / "d", _rows("a1"))
    assert _by_us(dataset, gold_dir) == _by_reference(shared, dataset, gold_dir, capsys)


@pytest.mark.seeds
def test_agrees_on_the_seeds_and_on_damaged_tables(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pandas as pd

    from bantin.run import run

    dataset = tmp_path / "seeds"
    run([shared / "seeds"], dataset)
    gold = shared / "gold"
    ours = _by_us(dataset, gold)
    assert ours == _by_reference(shared, dataset, gold, capsys)
    draw = random.Random(7)
    for name in TABLES.values():  # drop and repeat rows: agreement must not rest on a good score
        file = dataset / f"{name}.parquet"
        frame = pd.read_parquet(file)
        keep = [i for i in range(len(frame)) for _ in range(draw.choice([0, 1, 1, 2]))]
        frame.iloc[keep].to_parquet(file)
    damaged = _by_us(dataset, gold)
    assert damaged == _by_reference(shared, dataset, gold, capsys)
    assert damaged != ours


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"directives": [{"text": "x", "kind": "odd", "type": "Luật"}]}, "kind 'odd'"),
        ({"dates": [{"text": "2024", "kind": "date"}]}, "needs start and end"),
        ({"dates": [{"text": "2024", "kind": "date", "start": "2024-02-01", "end": "2024-01-01"}]}, "after it ends"),
        ({"people": [{"text": "A", "name": "A"}]}, "missing as"),
        ({"indicators": [{"text": "5", "colour": 1, "value": 5}]}, "unknown key colour"),
        ({"people": None}, "no list 'people'"),
    ],
)
def test_check_gold_finds(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(GOLD | change, ensure_ascii=False), encoding="utf-8")
    assert any(says in p for p in check_gold(load_gold(file)[0]))


def test_check_gold_finds_a_quote_that_is_not_there(gold_dir: Path) -> None:
    article = load_gold(gold_dir)[0]
    text = " ".join(i["text"] for f in ("directives", "dates", "people", "indicators") for i in article.items(f))
    assert check_gold(article, text) == []
    assert any("182" in p for p in check_gold(article, text.replace("182", "183")))


def test_gold_errors(tmp_path: Path, gold_dir: Path) -> None:
    with pytest.raises(InputError, match="no gold files"):
        load_gold(tmp_path / "d")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"bad\.json"):
        load_gold(tmp_path / "bad.json")
    with pytest.raises(QueryError, match="bantin run"):
        evaluate(tmp_path, load_gold(gold_dir))


def test_gold_hash_follows_content_not_layout(gold_dir: Path) -> None:
    before = gold_hash(load_gold(gold_dir))
    (gold_dir / "one.json").write_text(json.dumps(GOLD, ensure_ascii=False, indent=3), encoding="utf-8")
    assert gold_hash(load_gold(gold_dir)) == before
    (gold_dir / "one.json").write_text(json.dumps(GOLD | {"title": "x"}), encoding="utf-8")
    assert gold_hash(load_gold(gold_dir)) != before
