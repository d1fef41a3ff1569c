"""Characters a second of the date stage alone on one core, beside `dateparser.search.search_dates` on the same text.

usage: python benchmarks/dates.py [--characters 400000] [--pairs 5] [--peer-characters 40000]

The date stage is everything between an article with its directives and its resolved dates: `extractors.dates` and
`resolve.years`. The text is the sample archive (and the seeds where they are present), repeated to the asked size.
`search_dates(languages=["vi"])` reads a sample of the same articles, paragraph by paragraph, because it is slow; both
are measured in turn, in CPU seconds of this process, after a warm-up; quote the median of the ratios.

Then the growth on hostile text: twice the text may take 1.3 times its share, that is 2.6 times the seconds.
Figures go to benchmarks/dates.json; the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateparser.search import search_dates

from bantin.extractors import Context, extractors
from bantin.read import plan, read
from bantin.resolve.years import resolve_years
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article, Block, Mention

ROOT = Path(__file__).parents[1]
TARGET = 1_000_000
GROWTH = 1.3
HOSTILE = {
    "digits": "1",
    "days": "12/5 ",
    "fractions": "1/",
    "listed days": "ngày 5, ",
    "months": "tháng ",
    "quarters": "quý I, ",
    "year ranges": "2021-",
    "open ranges": "từ 5 đến ",
    "spaces": " ",
    "weekdays": "sáng thứ hai ",
}

Prepared = tuple[Article, View, tuple[Mention[Any], ...]]


def prepare(article: Article) -> Prepared:
    """What stands before the date stage: the folded views and the directives, whose numbers hold no dates."""
    view = View(article.text)
    view.lower, view.fused  # noqa: B018 - computed once an article, whoever reads it first
    directives = next(e for e in extractors() if e.family == "directives")
    return article, view, tuple(directives.extract(Context(article, view, words, ())))


def date_stage(prepared: Prepared) -> int:
    """The dates of one article, with years, roles and checks. Returns how many there are."""
    article, view, found = prepared
    dates = next(e for e in extractors() if e.family == "dates")
    more = dates.extract(Context(article, view, words, found))
    resolve_years(article, view, sorted([*found, *more], key=lambda m: (m.start, m.end)))
    return len(more)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def growth(unit: str, size: int = 100_000) -> float:
    """Seconds a character on twice the text over seconds a character on the text: 1 is linear."""

    def spent(length: int) -> float:
        text = unit * (length // len(unit))
        article = Article("hostile", text, (Block("paragraph", 0, len(text)),), published="2024-04-09")
        prepared: Prepared = (article, View(text), ())
        prepared[1].lower, prepared[1].fused
        return min(seconds(lambda: date_stage(prepared)) for _ in range(3))

    spent(1_000)
    return spent(2 * size) / max(spent(size), 1e-3) / 2


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--peer-characters", type=int, default=40_000)
    options.add_argument("--pairs", type=int, default=5)
    args = options.parse_args()
    warnings.filterwarnings("ignore")  # of dateparser, about time zones

    folders = [ROOT / "corpus" / "archive"]
    seeds = ROOT.parent / "shared" / "seeds"
    if seeds.is_dir():
        folders.append(seeds)
    articles = [a for s in plan(folders) for a in read(s) if isinstance(a, Article)]
    prepared = [prepare(a) for a in articles]
    size = sum(len(a.text) for a in articles)
    rounds = max(1, args.characters // size)

    sample: list[str] = []
    for a in articles:
        if sum(map(len, sample)) < args.peer_characters:
            sample += [line for line in a.text.split("\n") if line.strip()]
    sample_size = sum(map(len, sample))

    def ours() -> int:
        return sum(date_stage(p) for _ in range(rounds) for p in prepared)

    def theirs() -> int:
        return sum(len(search_dates(line, languages=["vi"]) or ()) for line in sample)

    found = ours() // rounds  # warm-up, as is the line below
    search_dates(sample[0], languages=["vi"])
    mine, peers = [], []
    for _ in range(args.pairs):
        mine.append(size * rounds / seconds(ours))
        peers.append(sample_size / seconds(theirs))
    worst = {name: round(growth(unit), 2) for name, unit in HOSTILE.items()}

    ratios = [a / b for a, b in zip(mine, peers, strict=True)]
    figures: dict[str, Any] = {
        "characters": size * rounds,
        "dates_in_one_round": found,
        "date_stage_chars_per_cpu_second": round(statistics.median(mine)),
        "search_dates_characters": sample_size,
        "search_dates_chars_per_cpu_second": round(statistics.median(peers)),
        "ratio_median": round(statistics.median(ratios), 1),
        "growth_on_hostile_text": worst,
        "python": platform.python_version(),
    }
    for key, value in figures.items():
        print(f"{key:36} {value}")
    reached = statistics.median(mine) >= TARGET and max(worst.values()) <= GROWTH
    print(f"target: {TARGET:,} characters a second, growth at most {GROWTH}: {'reached' if reached else 'missed'}")
    (ROOT / "benchmarks" / "dates.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(0 if reached else 1)


if __name__ == "__main__":
    main()
