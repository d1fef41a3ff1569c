"""Characters a second of the indicator stage alone on one core: numbers, slots, periods and arithmetic checks.

usage: python benchmarks/indicators.py [--characters 400000] [--rounds 5]

The indicator stage is everything between an article with its documents, dates and people and its indicators with every
slot filled: `extractors.indicators` and `resolve.periods`. The text is the sample archive (and the seeds where they are
present), repeated to the asked size, in CPU seconds of this process, after a warm-up. No other tool fills the slots of
an indicator, so none stands beside it.

Then the growth on hostile text: twice the text may take 1.3 times its share, that is 2.6 times the seconds.
Figures go to benchmarks/indicators.json; the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from measuring import GROWTH, articles, folders, growth, seconds, told, viewed

from bantin.engine import extract_article
from bantin.extractors import Context, extractors
from bantin.resolve.periods import resolve_periods
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article, Mention

TARGET = 300_000
HOSTILE = {
    "digits": "1",
    "counts": "5 người ",
    "parts": "trong đó 5 người, ",
    "ratios": "7/9 xã đạt 5%, ",
    "money": "1.234,5 tỷ đồng, ",
    "brackets": "(5 xã ",
    "subjects": "Đảng ủy xã và ",
    "members of a list": "các đơn vị, ",
    "agents": "5 xã do tỉnh hỗ trợ ",
    "told": "đề nghị các xã trao 5 suất quà, ",
    "owners": "của Đảng ủy xã đạt 5% ",
    "reporters": "theo báo cáo của ",
    "targets": "chỉ tiêu là 5 xã, ",
    "bases": "tăng 5% so với kế hoạch ",
    "moves": "từ 5 lên 6 xã, tăng 20%, ",
    "sums of money": "tổng số tiền là ",
    "words": "hai mươi tư đơn vị ",
}

Prepared = tuple[Article, View, tuple[Mention[Any], ...]]


def prepare(article: Article) -> Prepared:
    """What stands before the indicator stage: the folded views, and the other families with their years."""
    article, view = viewed(article)
    return article, view, tuple(m for m in extract_article(article).mentions if m.family != "indicators")


def indicator_stage(prepared: Prepared) -> int:
    """The indicators of one article, with slots, periods and checks. Returns how many there are."""
    article, view, found = prepared
    family = next(e for e in extractors() if e.family == "indicators")
    more = family.extract(Context(article, view, words, found))
    resolve_periods(article, view, sorted([*found, *more], key=lambda m: (m.start, m.end)))
    return len(more)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--rounds", type=int, default=5)
    args = options.parse_args()

    prepared = [prepare(a) for a in articles(folders())]
    size = sum(len(a.text) for a, _, _ in prepared)
    times = max(1, args.characters // size)

    def work() -> int:
        return sum(indicator_stage(p) for _ in range(times) for p in prepared)

    found = work() // times  # warm-up
    speed = [size * times / seconds(work) for _ in range(args.rounds)]
    worst = {name: growth(indicator_stage, prepare, unit, 120_000) for name, unit in HOSTILE.items()}
    figures = {
        "characters": size * times,
        "indicators_in_one_round": found,
        "indicator_stage_chars_per_cpu_second": round(statistics.median(speed)),
        "growth_on_hostile_text": worst,
    }
    reached = statistics.median(speed) >= TARGET and max(worst.values()) <= GROWTH
    told("indicators", figures, f"{TARGET:,} characters a second, growth at most {GROWTH}", reached)


if __name__ == "__main__":
    main()
