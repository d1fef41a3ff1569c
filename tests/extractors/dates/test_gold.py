"""Dates against the five real bulletins and the study's examples, where these are present."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import find

LISTS = {"tháng 11, 12 năm 2023", "trong các ngày 5, 6 và 7/6/2024"}
"""One value in the study; the annotation guide, which stands above it, makes a list one item a member."""


def _scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.seeds
def test_gold(shared: Path) -> None:
    score = _scorer(shared)
    right = wrong = missed = 0
    problems = []
    for file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        text = (shared / "seeds" / f"{gold['id']}.txt").read_text(encoding="utf-8")
        mentions, _ = find(text, gold["published"])
        rows = [
            {"kind": m.value.kind, "start_date": m.value.start_date, "end_date": m.value.end_date} for m in mentions
        ]
        required, optional = score.gold_items(gold, "dates")
        same = score.FAMILIES["dates"][1]
        pairs, lost, left = score.pair(required, score.predicted({"dates": {"a": rows}}, "a", "dates"), same)
        _, _, left = score.pair(optional, left, same)
        right, wrong, missed = right + len(pairs), wrong + len(left), missed + len(lost)
        problems += [(file.stem, lost, left)] if lost or left else []
    assert 2 * right / (2 * right + wrong + missed) >= 0.99, problems


@pytest.mark.seeds
def test_examples(shared: Path) -> None:
    lines = (shared / "reference" / "dates-numbers-examples.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [r for r in map(json.loads, lines) if r["table"] == "time"]
    assert len(rows) == 111
    for row in rows:
        values = [m.value for m in find(row["text"], row["published"])[0]]
        if row["value"] is None:
            assert values == [], row["text"]
        elif row["text"] in LISTS:
            first, last = row["value"].split("/")
            assert (values[0].value, values[-1].value) == (first, last), row["text"]
        else:
            assert row["value"] in [v.value for v in values], row["text"]
