"""F1 of the body on a folder in the format of the published article-extraction-benchmark, beside trafilatura's.

usage: python benchmarks/article_extraction.py FOLDER

FOLDER holds `html/ID.html.gz` and `ground-truth.json` ({ID: {"articleBody": ...}}), as scrapinghub's benchmark does;
its data are not in this repository. Both sides read the same pages in one run: ours as pages of no known site
(`bantin.read.html.body_text`; a page of another language than Vietnamese goes to trafilatura with `favor_precision`),
theirs with trafilatura's defaults. The score is the benchmark's: shingles of four words, precision and recall a page,
their means, and the F1 of the means. Exit 1 if ours is lower.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from bantin.errors import ReadError
from bantin.read.decode import decode
from bantin.read.html import body_text

_WORD = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def score(found: list[str], expected: list[str]) -> dict[str, float]:
    """Precision, recall and F1 over pages; a page without words on one side counts where there is one on the other."""
    precisions, recalls = [], []
    for one, gold in zip(found, expected, strict=True):
        a, b = shingles(one), shingles(gold)
        both = sum((a & b).values())
        if a:
            precisions.append(both / sum(a.values()))
        if b:
            recalls.append(both / sum(b.values()))
    p, r = (sum(v) / len(v) if v else 0.0 for v in (precisions, recalls))
    return {"f1": 2 * p * r / (p + r) if p + r else 0.0, "precision": p, "recall": r}


def ours(page: str) -> str:
    try:
        return body_text(page)
    except ReadError:
        return ""


def theirs(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def compare(folder: Path) -> dict[str, dict[str, float]]:
    """Scores and seconds a page of both sides on the pages of a folder."""
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [decode_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())) for name in gold]
    expected = [entry["articleBody"] for entry in gold.values()]
    out = {}
    sides: dict[str, Callable[[str], str]] = {"bantin": ours, "trafilatura": theirs}
    for name, side in sides.items():
        side(pages[0])
        begun = time.process_time()
        found = [side(p) for p in pages]
        out[name] = score(found, expected) | {"ms_a_page": (time.process_time() - begun) / len(pages) * 1000}
    return out


def decode_page(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return decode(data)
    except ReadError:
        return data.decode("utf-8", "replace")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    scores = compare(options.parse_args().folder)
    for name, figures in scores.items():
        print(f"{name:12} " + "  ".join(f"{key} {value:.4f}" for key, value in figures.items()))
    reached = scores["bantin"]["f1"] >= scores["trafilatura"]["f1"]
    print("target: at least trafilatura's F1:", "reached" if reached else "missed")
    raise SystemExit(0 if reached else 1)


if __name__ == "__main__":
    main()
