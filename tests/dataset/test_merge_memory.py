"""What the merge holds in memory for each further article: its link where it repeats another, and no documents."""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from bantin.dataset import duplicates
from bantin.dataset.directives import Directives
from bantin.resolve.across import Reference, Referrer

BYTES_AN_ARTICLE = 450
"""Its numbers, its link, and its part in the longest share that is sorted: of keys that all articles have."""


def test_what_is_held_of_an_article_is_its_numbers_and_its_link(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its worst: each article resembles every other."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    import linking_memory

    monkeypatch.setattr(linking_memory, "LENGTH", 1_000)
    monkeypatch.setattr(duplicates, "_KEYS_A_SHARE", 1 << 11)
    peaks = []
    for articles in (500, 2_000):
        folder = tmp_path / str(articles)
        numbers = range(articles // linking_memory.ARTICLES_A_PART)
        parts = [part for n in numbers for part in linking_memory.write_part(folder, articles, 500, 1, n)]
        tracemalloc.start()
        links = duplicates.find_duplicates(parts, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert links.repeating.mean() > 0.9
    assert peaks[1] - peaks[0] < 1_500 * BYTES_AN_ARTICLE, peaks


def test_of_documents_only_those_of_one_part_are_held(tmp_path: Path) -> None:
    peaks = []
    for articles in (2_000, 500, 2_000):  # the first fills the caches, whose bounds are no growth
        plans = [Reference("Kế hoạch", "symbol", "Kế hoạch", str(n), f"{n}-KH/TU") for n in range(articles)]
        referrers = [Referrer(f"a{n}", "s", "2024-05-01") for n in range(articles)]
        tracemalloc.start()
        with closing(Directives(tmp_path / f"{len(peaks)}.sqlite")) as batch:
            for take in (batch.note, batch.identify):
                for n in range(articles):
                    take(referrers[n], [plans[n]])
                    if n % 100 == 99:
                        batch.flush()
            assert sum(1 for _ in batch.rows()) == articles
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < 50_000, peaks
