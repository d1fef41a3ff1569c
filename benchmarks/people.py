"""Characters a second of the stage of people and posts alone on one core, beside `underthesea.ner` on the same text.

usage: python benchmarks/people.py [--characters 400000] [--pairs 5] [--peer-characters 20000]

The stage is everything between an article with its folded view and its people with their posts: `extractors.people`,
`extractors.roles` and `resolve.holders`. The text is the sample archive (and the seeds where they are present),
repeated to the asked size. `underthesea.ner` reads a sample of the same articles, paragraph by paragraph, because it is
slow; both are measured in turn, in CPU seconds of this process, after a warm-up; quote the median of the ratios.

Then the growth on hostile text: twice the text may take 1.3 times its share, that is 2.6 times the seconds.
Figures go to benchmarks/people.json; the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from measuring import GROWTH, articles, folders, growth, lines_of, seconds, told, viewed
from underthesea import ner

from bantin.extractors import Context, extractors
from bantin.resolve.holders import resolve_holders
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article

TARGET = 1_000_000
HOSTILE = {
    "capitals": "Nguyễn ",
    "names": "Nguyễn Văn An, ",
    "honorifics": "đồng chí ",
    "posts": "Bí thư ",
    "named posts": "ông Lê Văn An, Bí thư Tỉnh ủy, ",
    "posts without holders": "Phó Chủ tịch UBND tỉnh, ",
    "bodies": "Ban Tổ chức Tỉnh ủy, ",
    "shouted": "BAN CHẤP HÀNH ",
    "hyphens": "An-",
    "apostrophes": "H'",
    "credits": "Ảnh: ",
    "lines of names": "Lê Văn An\n",
    "glued": "LanHội",
}


def stage(prepared: tuple[Article, View]) -> int:
    """The people and posts of one article, with their holders. Returns how many there are."""
    article, view = prepared
    found: list[Any] = []
    for extractor in extractors():
        if extractor.family in ("people", "roles"):
            found += extractor.extract(Context(article, view, words, tuple(found)))
    return len(resolve_holders(article, view, found)[0])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--peer-characters", type=int, default=20_000)
    options.add_argument("--pairs", type=int, default=5)
    args = options.parse_args()

    bulletins = articles(folders())
    prepared = [viewed(a) for a in bulletins]
    size = sum(len(a.text) for a in bulletins)
    rounds = max(1, args.characters // size)

    sample = lines_of(bulletins, args.peer_characters)
    sample_size = sum(map(len, sample))

    def ours() -> int:
        return sum(stage(p) for _ in range(rounds) for p in prepared)

    def theirs() -> int:
        return sum(len(ner(line)) for line in sample)

    found = ours() // rounds  # warm-up, as is the line below
    ner(sample[0])
    mine, peers = [], []
    for _ in range(args.pairs):
        mine.append(size * rounds / seconds(ours))
        peers.append(sample_size / seconds(theirs))
    worst = {name: growth(stage, viewed, unit, 100_000) for name, unit in HOSTILE.items()}

    figures = {
        "characters": size * rounds,
        "people_and_posts_in_one_round": found,
        "people_stage_chars_per_cpu_second": round(statistics.median(mine)),
        "underthesea_ner_characters": sample_size,
        "underthesea_ner_chars_per_cpu_second": round(statistics.median(peers)),
        "ratio_median": round(statistics.median(a / b for a, b in zip(mine, peers, strict=True)), 1),
        "growth_on_hostile_text": worst,
    }
    reached = statistics.median(mine) >= TARGET and max(worst.values()) <= GROWTH
    told("people", figures, f"{TARGET:,} characters a second, growth at most {GROWTH}", reached)


if __name__ == "__main__":
    main()
