"""Linking over a generated corpus through the whole pipeline: B-cubed, wrong merges; the tables that come of it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bantin.run import run

Corpus = tuple[Path, list[dict[str, int]], Any]
"""The folder, who is named in each bulletin, and the world it was written about."""


@pytest.fixture(scope="module")
def scripts(root: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root / "benchmarks"))
        import careers
        import linking

        yield careers, linking


@pytest.fixture(scope="module")
def corpus(scripts: Any, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    careers, _ = scripts
    folder = tmp_path_factory.mktemp("careers")
    world, truth = careers.write_corpus(folder / "corpus.jsonl", seed=3, people=120, bulletins=1200, namesakes=0.1)
    run(folder / "corpus.jsonl", folder / "dataset")
    return folder, truth, world


@pytest.fixture
def db(corpus: Corpus) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(corpus[0] / "dataset" / "bantin.sqlite")) as db:
        yield db


def test_people_are_told_apart_and_together(scripts: Any, corpus: Corpus) -> None:
    _, linking = scripts
    folder, truth, world = corpus
    figures = linking.score(truth, linking.predicted(folder / "dataset"))
    assert figures["sightings"] > 2500
    assert figures["b_cubed_f1"] >= 0.97, figures
    assert figures["wrong_merge_share"] <= 0.001, figures
    bounds = linking.tenures(world, truth, folder / "dataset")
    assert bounds["event_backed"] > 30
    assert bounds["bounds_right"] >= 0.99, bounds


def test_the_measure_sees_a_wrong_merge_and_a_split(scripts: Any) -> None:
    _, linking = scripts
    truth = [{"Lê A": 1}, {"Lê A": 1}, {"Lê A": 2}, {"Lê A": 2}]
    key = "lê a"
    right = linking.score(truth, {(0, key): "p", (1, key): "p", (2, key): "q", (3, key): "q"})
    assert (right["b_cubed_f1"], right["wrong_merges"]) == (1.0, 0)
    merged = linking.score(truth, {(i, key): "p" for i in range(4)})
    assert (merged["b_cubed_precision"], merged["b_cubed_recall"], merged["wrong_merges"]) == (0.5, 1.0, 1)
    split = linking.score(truth, {(0, key): "p", (1, key): None, (2, key): "q"})
    assert (split["b_cubed_precision"], split["b_cubed_recall"], split["left_open"]) == (1.0, 0.5, 1)


def test_every_link_leads_somewhere(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    counted = "SELECT count(*) FROM people p WHERE mentions != (SELECT count(*) FROM person_mentions m "
    assert db.execute(counted + "WHERE m.person_id = p.person_id)").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM organisations WHERE parent_id IS NOT NULL").fetchone()[0] > 10


def test_positions_rest_on_their_mentions(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT person_id, title, start_min, start_max, end_min, end_max, evidence FROM positions"
    ).fetchall()
    assert len(rows) > 200
    of_role = "SELECT person_mention_id FROM role_mentions WHERE mention_id = ?"
    of_person = f"SELECT person_id FROM person_mentions WHERE mention_id IN (?, ({of_role}))"
    for person, _, start_min, start_max, end_min, end_max, evidence in rows:
        for mention in json.loads(evidence):
            assert (person,) in db.execute(of_person, (mention, mention)).fetchall()
        assert start_min is None or start_min <= start_max
        assert None in (end_min, end_max) or end_min <= end_max
        assert None in (start_max, end_max) or start_max <= end_max


def test_events_name_their_person(db: sqlite3.Connection) -> None:
    told = db.execute("SELECT count(*), count(person_id), count(organisation_id) FROM position_events").fetchone()
    assert told[0] > 50
    assert told[1] == told[0]
    assert told[2] > 0.9 * told[0]


def test_two_holders_of_one_post_are_a_check(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT article_id, mention_ids, found, expected FROM checks WHERE kind = 'holder_conflict'"
    ).fetchall()
    assert rows  # careers of the corpus do not wait for a post to be free
    for article, mentions, found, expected in rows:
        name_of = "SELECT name FROM role_mentions WHERE mention_id = ?"
        names = [db.execute(name_of, (m,)).fetchone() for m in json.loads(mentions)]
        assert json.loads(mentions)[1].startswith(article)
        assert {n[0] for n in names if n} <= {found, expected}


def test_workers_change_nothing(corpus: Corpus, tmp_path: Path) -> None:
    run(corpus[0] / "corpus.jsonl", tmp_path / "two", workers=2)
    for file in sorted((corpus[0] / "dataset").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@pytest.mark.soak
def test_the_whole_corpus(scripts: Any, tmp_path: Path) -> None:
    """20,000 bulletins, 2,000 people, 5 % namesakes; the last figures stand in benchmarks/linking.json."""
    _, linking = scripts
    figures = linking.measure(tmp_path, seed=20, people=2000, bulletins=20_000, workers=2)
    assert figures["b_cubed_f1"] >= linking.F1_AT_LEAST, figures
    assert figures["wrong_merge_share"] <= linking.WRONG_AT_MOST, figures
    assert figures["bounds_right"] >= 0.99, figures


@pytest.mark.soak
def test_memory_does_not_grow_with_the_batch(root: Path) -> None:
    """100 and 300 MB of text merged: what all of it holds; figures in benchmarks/linking_memory.json."""
    script = root / "benchmarks" / "linking_memory.py"
    command = [sys.executable, str(script), "--megabytes", "100", "300"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
