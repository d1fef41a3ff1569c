"""Characters a second of the directive stage alone on one core, and its growth on hostile text.

usage: python benchmarks/directives.py [--characters 400000] [--rounds 5]

Three measurements, in CPU seconds of this process, interleaved, the best of the rounds each:

- nothing to find: `extractors.directives` on the lines of the sample archive (and of the five bulletins where they are
  present) in which it finds nothing;
- bulletins: the same on the whole articles;
- bulletins, resolved: the same with its share of resolving, `resolve.documents` and `resolve.relations`.

The folded views of a text are computed before, once an article, because every family reads them. Then the growth: twice
the text may take 1.3 times its share, that is 2.6 times the seconds, on 1 MB of spaces, digits, "Nghị quyết " repeated,
a list of 100,000 members, and others. Figures go to benchmarks/directives.json; the exit code is 1 where a target is
missed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from measuring import GROWTH, articles, folders, growth, seconds, told, viewed

from bantin.extractors import Context, extractors
from bantin.resolve.documents import resolve_documents
from bantin.resolve.relations import document_relations
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article, Block, Mention

TARGETS = {"nothing_to_find": 3_000_000, "bulletins": 1_000_000, "bulletins_resolved": 1_000_000}
SIZE = 1_000_000
HOSTILE = {
    "spaces": " ",
    "digits": "1",
    "Nghị quyết repeated": "Nghị quyết ",
    "a list of 100,000 members": "42, 43, 45, ",
    "heads of lists": "Nghị quyết số 42, ",
    "congresses": "Nghị quyết Đại hội ",
    "terms": "khóa XII, ",
    "laws": "Luật Đất ",
    "underscores": "_",
}
OPENS = {"a list of 100,000 members": "Nghị quyết số "}

Prepared = tuple[Article, View]
EXTRACTOR = next(e for e in extractors() if e.family == "directives")


def plain(text: str) -> Prepared:
    return viewed(Article("text", text, (Block("paragraph", 0, len(text)),), published="2024-04-09"))


def find(prepared: Prepared) -> list[Mention[Any]]:
    article, view = prepared
    return EXTRACTOR.extract(Context(article, view, words, ()))


def find_and_resolve(prepared: Prepared) -> int:
    article, view = prepared
    mentions, _ = resolve_documents(article, view, find(prepared))
    return len(document_relations(article, view, mentions))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--rounds", type=int, default=5)
    args = options.parse_args()

    base = articles(folders())
    lines = [line for a in base for line in a.text.split("\n") if len(line) > 60 and not find(plain(line))]
    text = "\n".join(lines)
    quiet = [plain(text)] * max(1, args.characters // len(text))
    bulletins = [viewed(a) for a in base] * max(1, args.characters // sum(len(a.text) for a in base))

    def size(prepared: list[Prepared]) -> int:
        return sum(len(a.text) for a, _ in prepared)

    works: dict[str, tuple[int, Callable[[], object]]] = {
        "nothing_to_find": (size(quiet), lambda: [find(p) for p in quiet]),
        "bulletins": (size(bulletins), lambda: [find(p) for p in bulletins]),
        "bulletins_resolved": (size(bulletins), lambda: [find_and_resolve(p) for p in bulletins]),
    }
    best = dict.fromkeys(works, 0.0)
    for _ in range(args.rounds + 1):  # the first is a warm-up that cannot be the best
        for name, (characters, work) in works.items():
            best[name] = max(best[name], characters / seconds(work))
    worst = {name: growth(find, viewed, unit, SIZE, OPENS.get(name, "")) for name, unit in HOSTILE.items()}

    figures = {
        "characters_with_nothing_to_find": size(quiet),
        "characters_of_bulletins": size(bulletins),
        "references_in_them": sum(len(find(p)) for p in bulletins),
        **{f"{name}_chars_per_cpu_second": round(rate) for name, rate in best.items()},
        "growth_on_hostile_text": worst,
    }
    reached = all(best[name] >= target for name, target in TARGETS.items()) and max(worst.values()) <= GROWTH
    told("directives", figures, f"{TARGETS}, growth at most {GROWTH}", reached)


if __name__ == "__main__":
    main()
