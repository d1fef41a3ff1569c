"""The card in models/ describes the rule set in the package, and its scores can be measured again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bantin.cli.models import measure
from bantin.errors import DataFileError
from bantin.models import card_problems, counts, fingerprint, read_card, write_card


def test_the_card_describes_this_rule_set(root: Path) -> None:
    assert card_problems(root / "models") == []


def test_the_scores_of_the_card_are_measured_again(root: Path) -> None:
    assert measure(root / "corpus") == read_card(root / "models")["scores"]


def test_a_stale_card_is_found(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "models", tmp_path / "models")
    file = next((tmp_path / "models").glob("*/card.json"))
    card = json.loads(file.read_text(encoding="utf-8"))
    card["counts"]["rules"]["dates"] += 1
    file.write_text(json.dumps(card), encoding="utf-8")
    assert any("counts" in p for p in card_problems(tmp_path / "models"))


def test_write_and_read(tmp_path: Path) -> None:
    write_card(tmp_path, {"dev": {}}, "2026-11-24")
    assert read_card(tmp_path)["fingerprint"] == fingerprint()
    assert card_problems(tmp_path) == []
    assert all(n > 0 for n in counts()["rules"].values())


def test_no_card_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="make models"):
        read_card(tmp_path)
