"""The corpus: gold is well-formed and quoted from its articles, splits are apart, scores stay above their floors."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path, PurePath

import pytest

from bantin.evaluate import evaluate
from bantin.gold import GoldArticle, check_gold, gold_hash, load_gold
from bantin.read import plan, read
from bantin.run import run
from bantin.types import Article

ROOT = Path(__file__).parents[1]
SPLITS = ("train", "dev", "test")
GOLD = {split: load_gold(ROOT / "corpus" / "gold" / split) for split in SPLITS}
FLOORS = tomllib.loads((ROOT / "corpus" / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, str | None], Article]:
    found = {}
    for source in plan([ROOT / "corpus" / "archive"]):
        for item in read(source):
            assert isinstance(item, Article), item
            found[PurePath(item.source_path).name, item.source_record] = item
    return found


def _article(gold: GoldArticle, articles: dict[tuple[str, str | None], Article]) -> Article:
    if gold.source:
        return articles[gold.source, gold.record]
    return next(a for (name, _), a in articles.items() if name.rsplit(".", 1)[0] == gold.id)


@pytest.mark.parametrize("gold", [g for s in SPLITS for g in GOLD[s]], ids=lambda g: g.id)
def test_gold_is_quoted_from_its_article(gold: GoldArticle, articles: dict[tuple[str, str | None], Article]) -> None:
    article = _article(gold, articles)
    assert check_gold(gold) == []
    unquoted = [
        item["text"]
        for family in ("directives", "dates", "people", "indicators")
        for item in gold.items(family)
        if item["text"] not in article.text
    ]
    assert unquoted == []


@pytest.mark.parametrize("gold", [g for s in SPLITS for g in GOLD[s]], ids=lambda g: g.id)
def test_title_and_publication_are_read(gold: GoldArticle, articles: dict[tuple[str, str | None], Article]) -> None:
    article = _article(gold, articles)
    if published := gold.data.get("published"):
        assert (article.published or "")[: len(published)] == published
    else:
        assert article.published is None
    if gold.data.get("title"):
        assert article.title == gold.data["title"]


def test_every_article_of_the_archive_has_gold_in_one_split(articles: dict[tuple[str, str | None], Article]) -> None:
    ids = Counter(g.id for s in SPLITS for g in GOLD[s])
    assert max(ids.values()) == 1
    assert len(ids) == len(articles) >= 30
    assert {_article(g, articles).article_id for s in SPLITS for g in GOLD[s]} == {
        a.article_id for a in articles.values()
    }


def test_the_archive_spans_years_shapes_and_faults(articles: dict[tuple[str, str | None], Article]) -> None:
    years = {a.published[:4] for a in articles.values() if a.published}
    assert {"2005", "2026"} <= years and len(years) >= 12
    names = {name for name, _ in articles}
    for shape in ("sharepoint", "liferay", "nukeviet", "dnn", "wordpress"):
        assert sum(shape in n for n in names) >= 2, shape
    assert any(n.endswith(".txt") for n in names) and any(n.endswith(".gz") for n in names)


@pytest.mark.parametrize("split", SPLITS)
def test_scores_stay_above_their_floors(split: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("corpus") / "dataset"
    run([ROOT / "corpus" / "archive"], out)
    floors = FLOORS[split]
    assert floors["gold_sha256"] == gold_hash(GOLD[split]), "the gold has changed: measure again and pin the new floors"
    result = evaluate(out, GOLD[split])
    assert result.absent == []
    scores = {family: score.f1 for family, score in result.families.items()}
    below = {f: (scores[f], floor) for f, floor in floors["f1"].items() if scores[f] < floor}
    assert below == {}
