"""The five real bulletins and the worked examples, where they are present; never copied into the repository."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bantin.extractors.indicators import extractor
from bantin.types import Mention

from .support import context, mentions

pytestmark = pytest.mark.seeds
BOUNDS = {"eq": None, "near_lt": "lt", "near_gt": "gt", "ge": "ge", "le": "le", "approx": "approx"}


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bulletins(shared: Path) -> list[tuple[dict[str, Any], str]]:
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((shared / "gold").glob("*.json"))]
    return [
        (g, unicodedata.normalize("NFC", (shared / "seeds" / f"{g['id']}.txt").read_text(encoding="utf-8")))
        for g in golds
    ]


def masked(gold: dict[str, Any], text: str) -> list[Mention]:
    """The gold's own documents and dates, so that this measures the numbers alone."""
    out = []
    for family in ("directives", "dates"):
        for item in gold[family]:
            at = -1
            for _ in range(item.get("nth", 1)):
                at = text.find(item["text"], at + 1)
            out.append(Mention(family, at, at + len(item["text"]), item["text"], "gold", 1.0, None))
    return sorted(out, key=lambda m: (m.start, m.end))


def test_gold(shared: Path) -> None:
    score = scorer(shared)
    key, same = score.FAMILIES["indicators"]
    right = wrong = missing = 0
    for gold, text in bulletins(shared):
        c = context(text)
        found = extractor().extract(type(c)(c.article, c.view, c.segment, tuple(masked(gold, text))))
        rows = [
            {
                "value": m.value.value,
                "value_max": m.value.value_max,
                "denominator": m.value.denominator,
                "unit": m.value.unit,
            }
            for m in found
        ]
        required, optional = score.gold_items(gold, "indicators")
        pairs, missed, left = score.pair(required, score.distinct(key(r) for r in rows), same)
        _, _, left = score.pair(optional, left, same)
        right, missing, wrong = right + len(pairs), missing + len(missed), wrong + len(left)
        spans = {(m.text, m.value.qualifier) for m in found}
        assert {(i["text"], i["qualifier"]) for i in gold["indicators"] if not i.get("optional")} <= spans
    assert (right, wrong, missing) == (43, 0, 0)


def examples(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "reference" / "dates-numbers-examples.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["table"] == "indicator"]


def test_examples(shared: Path) -> None:
    score = scorer(shared)
    rows = [r for r in examples(shared) if r["cat"] != "negative"]
    assert len(rows) == 59

    def alike(unit: str) -> tuple[int, int, int, str]:
        return 0, 0, 0, score.unit(unit)

    for row in rows:
        found = mentions(row["text"])
        if row["value"] is None:  # "hàng trăm": no number
            assert found == [], row
            continue
        # One row for 100 % and one for 45/45: the denominator stands with the ratio that states it.
        assert row["of_value"] is None or any(m.value.denominator == row["of_value"] for m in found), row
        value, top = Decimal(str(row["value"])), row["value_max"]
        hits = [
            m for m in found
            if m.value.value == value and m.value.value_max == (None if top is None else Decimal(str(top)))
            and (m.value.unit == row["unit"] or score.same_indicator(alike(row["unit"]), alike(m.value.unit)))
        ]  # fmt: skip
        assert hits, row
        assert hits[0].value.bound == BOUNDS[row["qualifier"]], row


def test_traps(shared: Path) -> None:
    rows = [r for r in examples(shared) if r["cat"] == "negative"]
    assert len(rows) == 25
    assert {r["text"]: [m.text for m in mentions(r["text"])] for r in rows} == {r["text"]: [] for r in rows}
