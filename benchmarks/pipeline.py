"""Characters a second of the whole pipeline on one core, beside underthesea.word_tokenize alone on the same text.

usage: python benchmarks/pipeline.py [--texts FOLDER] [--characters 1000000] [--pairs 5]

The text is the sample archive (and the seeds where they are present), repeated up to the asked size as separate files;
the cache of segmented windows is switched off, because repeated text would flatter it. The pipeline reads the files,
extracts, resolves and writes every table, in process. Both sides are measured in turn in CPU seconds of this process,
after a warm-up; quote the median of the ratios with its range. Figures go to benchmarks/pipeline.json.

The pipeline's time goes with what there is to find, and the composed archive is twice as dense as real bulletins: so
`mentions_per_1000_characters` stands beside each ratio, and the seeds, which are real, are measured alone as well.
`as_it_stands` is one pass over the files as they are, HTML and JSONL too; its characters are those of the articles.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from measuring import SEEDS, articles, folders, seconds, told, viewed
from underthesea import word_tokenize

from bantin import engine
from bantin.dataset.schema import MENTION_TABLE
from bantin.extractors import Context, extractors
from bantin.run import run
from bantin.tokenize import words
from bantin.types import Article, Mention

TARGET = 2.0


def families(texts: list[Article]) -> dict[str, float]:
    """Characters a second of each family alone, given what the families before it found."""
    spent = dict.fromkeys((e.family for e in extractors()), 0.0)
    for a in texts:
        (_, view), found = viewed(a), list[Mention[Any]]()
        for e in extractors():
            start = time.process_time()
            more = e.extract(Context(a, view, words, tuple(found)))
            spent[e.family] += time.process_time() - start
            found += more
    size = sum(len(a.text) for a in texts)
    return {family: size / s for family, s in spent.items() if s}


def measured(base: list[Article], characters: int, pairs: int) -> dict[str, float]:
    """The articles of `base` as text files, repeated up to so many characters, through both sides in turn."""
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as tmp:
        archive = Path(tmp) / "archive"
        archive.mkdir()
        texts: list[str] = []
        while sum(map(len, texts)) < characters:
            for a in base:
                (archive / f"{len(texts):06}.txt").write_text(a.text, encoding="utf-8")
                texts.append(a.text)
        return compared([archive], texts, pairs)


def compared(inputs: list[Path], texts: list[str], pairs: int) -> dict[str, float]:
    """The pipeline over `inputs` beside the tokenizer over the `texts` of their articles."""
    size = sum(map(len, texts))
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as tmp:
        found = 0

        def pipeline() -> None:
            nonlocal found
            tables = run(inputs, Path(tmp) / "dataset", workers=1).tables
            found = sum(tables[t.name] for t in MENTION_TABLE.values())
            shutil.rmtree(Path(tmp) / "dataset")

        def tokenizer() -> None:
            for t in texts:
                word_tokenize(t)  # whole: line by line takes it a little longer

        ours, theirs = [], []
        for _ in range(pairs):
            ours.append(size / seconds(pipeline))
            theirs.append(size / seconds(tokenizer))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return {
        "characters": size,
        "articles": len(texts),
        "mentions_per_1000_characters": round(1000 * found / size, 1),
        "pipeline_chars_per_cpu_second": round(statistics.median(ours)),
        "word_tokenize_chars_per_cpu_second": round(statistics.median(theirs)),
        "ratio_median": round(statistics.median(ratios), 2),
        "ratio_min": round(min(ratios), 2),
        "ratio_max": round(max(ratios), 2),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, help="a folder of your own archive instead")
    options.add_argument("--characters", type=int, default=1_000_000)
    options.add_argument("--pairs", type=int, default=5)
    args = options.parse_args()

    inputs = [args.texts] if args.texts else folders()
    base = articles(inputs)
    engine.words = words.__wrapped__  # type: ignore[attr-defined, assignment]
    # Warm-up: what is imported, compiled and loaded once a process is no part of a rate.
    word_tokenize(base[0].text)
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as tmp:
        run(inputs, Path(tmp) / "warm-up")

    figures: dict[str, Any] = dict(measured(base, args.characters, args.pairs))
    if SEEDS in inputs:
        figures["real_bulletins"] = measured(articles([SEEDS]), args.characters // 4, args.pairs)
    figures["as_it_stands"] = compared(inputs, [a.text for a in base], args.pairs)
    figures["families_chars_per_cpu_second"] = {k: round(v) for k, v in families(base).items()}
    figures["load_average"] = round(os.getloadavg()[0], 1)
    told("pipeline", figures, f"{TARGET:g} times word_tokenize", figures["ratio_median"] >= TARGET)


if __name__ == "__main__":
    main()
