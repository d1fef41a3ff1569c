"""What the benchmarks of speed share: the articles, CPU seconds, growth on hostile text, the file of figures."""

from __future__ import annotations

import gc
import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from bantin.read import plan, read
from bantin.text import View
from bantin.types import Article, Block

ROOT = Path(__file__).parents[1]
ARCHIVE = ROOT / "corpus" / "archive"
SEEDS = ROOT.parent / "shared" / "seeds"
GROWTH = 1.3
"""Twice the text may take so many times its share: 2.6 times the seconds."""
SHORTEST = 0.02
"""Seconds below which a run is noise: what takes less is fast whatever its growth."""

Prepared = TypeVar("Prepared")


def folders() -> list[Path]:
    """The sample archive, and the five real bulletins where they are present."""
    return [ARCHIVE, *([SEEDS] if SEEDS.is_dir() else [])]


def articles(of: Sequence[Path]) -> list[Article]:
    """Every article of some folders."""
    return [a for source in plan(of) for a in read(source) if isinstance(a, Article)]


def viewed(article: Article) -> tuple[Article, View]:
    """The article with its folded views, which are made once, whichever family reads them first."""
    view = View(article.text)
    view.lower, view.fused  # noqa: B018
    return article, view


def lines_of(bulletins: Sequence[Article], characters: int) -> list[str]:
    """Lines of the first bulletins, so many characters or a little more: for a peer that is slow."""
    lines: list[str] = []
    for a in bulletins:
        if sum(map(len, lines)) < characters:
            lines += [line for line in a.text.split("\n") if line.strip()]
    return lines


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def anonymous() -> float:
    """MB of this process that no file lies under."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def growth(
    stage: Callable[[Prepared], object], prepare: Callable[[Article], Prepared], unit: str, size: int, opening: str = ""
) -> float:
    """Seconds a character on `size` characters over those on half as many, the best of three each: 1 is linear.

    The text is `opening` and then `unit` again and again; each line is a block. The cycle collector is off meanwhile:
    where it happens to set in is no growth of the stage.
    """
    half, whole = (prepare(_hostile(opening + unit * (n // len(unit)))) for n in (size // 2, size))
    stage(prepare(_hostile(opening + unit)))
    best = [float("inf"), float("inf")]
    gc.disable()
    for _ in range(3):
        best = [min(best[0], seconds(lambda: stage(half))), min(best[1], seconds(lambda: stage(whole)))]
    gc.enable()
    return round(best[1] / max(best[0], SHORTEST) / 2, 2)


def _hostile(text: str) -> Article:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return Article("hostile", text, tuple(blocks), published="2024-04-09")


def told(name: str, figures: Mapping[str, Any], target: str, reached: bool, *, keep: bool = True) -> NoReturn:
    """Prints figures and whether the target is reached, writes them to benchmarks/<name>.json, and exits with it."""
    figures = {**figures, "python": platform.python_version()}
    for key, value in figures.items():
        print(f"{key:42} {value}")
    print(f"target: {target}: {'reached' if reached else 'missed'}")
    if keep:
        (ROOT / "benchmarks" / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(0 if reached else 1)
