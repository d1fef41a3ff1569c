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
import statistics
import warnings
from typing import Any

from dateparser.search import search_dates
from measuring import GROWTH, articles, folders, growth, lines_of, seconds, told, viewed

from bantin.extractors import Context, extractors
from bantin.resolve.years import resolve_years
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article, Mention

TARGET = 1_000_000
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
    article, view = viewed(article)
    directives = next(e for e in extractors() if e.family == "directives")
    return article, view, tuple(directives.extract(Context(article, view, words, ())))


def date_stage(prepared: Prepared) -> int:
    """The dates of one article, with years, roles and checks. Returns how many there are."""
    article, view, found = prepared
    dates = next(e for e in extractors() if e.family == "dates")
    more = dates.extract(Context(article, view, words, found))
    resolve_years(article, view, sorted([*found, *more], key=lambda m: (m.start, m.end)))
    return len(more)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--peer-characters", type=int, default=40_000)
    options.add_argument("--pairs", type=int, default=5)
    args = options.parse_args()
    warnings.filterwarnings("ignore")  # of dateparser, about time zones

    bulletins = articles(folders())
    prepared = [prepare(a) for a in bulletins]
    size = sum(len(a.text) for a in bulletins)
    rounds = max(1, args.characters // size)

    sample = lines_of(bulletins, args.peer_characters)
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
    worst = {name: growth(date_stage, prepare, unit, 200_000) for name, unit in HOSTILE.items()}

    ratios = [a / b for a, b in zip(mine, peers, strict=True)]
    figures = {
        "characters": size * rounds,
        "dates_in_one_round": found,
        "date_stage_chars_per_cpu_second": round(statistics.median(mine)),
        "search_dates_characters": sample_size,
        "search_dates_chars_per_cpu_second": round(statistics.median(peers)),
        "ratio_median": round(statistics.median(ratios), 1),
        "growth_on_hostile_text": worst,
    }
    reached = statistics.median(mine) >= TARGET and max(worst.values()) <= GROWTH
    told("dates", figures, f"{TARGET:,} characters a second, growth at most {GROWTH}", reached)


if __name__ == "__main__":
    main()
