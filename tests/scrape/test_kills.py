"""SIGKILL at random moments: nothing lost, nothing archived twice, nothing fetched twice but what was on the wire."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .archived import stored
from .fixture_site import NewsSite
from .kills import kill_often
from .runs import begin, finish
from .test_run import numbers

CONNECTIONS = 8


def survive(folder: Path, articles: int, kills: int, most: int, seed: int) -> None:
    site = NewsSite(articles)
    try:
        config: dict[str, Any] = {
            "sites": site.sites(), "exempt": [(site.address, site.port)], "settings": {"connections": CONNECTIONS},
        }  # fmt: skip
        hit = kill_often(lambda: begin(folder, config), site, kills, most, seed)
        outcome = finish(begin(folder, config), 600)
    finally:
        site.close()
    assert hit >= kills * 3 // 4
    assert outcome["finished"] and outcome["lost"] == {}
    found = numbers(stored(folder / "archive"))
    lost, twice = set(range(articles)) - set(found), [n for n, count in found.items() if count > 1]
    assert (lost, twice) == (set(), [])
    assert not [path for path in site.paths() if path.startswith("/cam/")]
    again = sum(count - 1 for path, count in Counter(site.paths()).items() if "tin-so-" in path or "/tin/" in path)
    assert again <= CONNECTIONS * hit
    with sqlite3.connect(folder / "archive" / ".bantin" / "frontier.sqlite") as db:
        (indexed,) = db.execute("SELECT count(*) FROM records WHERE file NOT LIKE '.bantin/%'").fetchone()
    assert indexed == len(stored(folder / "archive"))


def test_a_few_kills(tmp_path: Path) -> None:
    survive(tmp_path, articles=400, kills=8, most=70, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
def test_a_hundred_kills(tmp_path: Path, seed: int) -> None:
    """Twenty kills on 2,000 articles, five times."""
    survive(tmp_path, articles=2_000, kills=20, most=150, seed=seed)
