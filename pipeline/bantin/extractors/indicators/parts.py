"""Wholes and parts: "trong đó", parentheses and lists say of which number the next ones are a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from bantin.extractors.indicators.found import Found
from bantin.lexicon import load_lexicon
from bantin.text import View

_SCOPE = re.compile(r"trong (?:đó|số đó)|(?:với|bằng) (?:các )?hình thức|bao gồm|gồm|[()]")
_CLOSED = re.compile(r"[;)]")
_REACH = 40
"""Numbers looked back over for a whole: linear on any text."""

_SENTENCE = re.compile(r"[.!?…](?=\s|\Z)|\n")


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    nouns = load_lexicon("counted_nouns")
    return frozenset(f.split()[0] for f in nouns if nouns.note(f) == "person") | {"đồng", "lượt"}


def parents(view: View, found: Sequence[Found], sentences: Sequence[int], changed: Sequence[bool]) -> dict[int, int]:
    """For the index of a part the index of its whole. A change ("tăng 3") is no part of what changed.

    `sentences`: where the sentence of each number begins. Where parts already add up to their whole, what follows is
    none of them.
    """
    out: dict[int, int] = {}
    low = view.lower
    summed: dict[int, Decimal] = {}
    for i, f in enumerate(found):
        if i == 0 or f.unit_kind not in ("count", "money", "ratio", "measure") or changed[i]:
            continue
        scope = _scope(low, max(found[max(0, i - _REACH)].end, sentences[i]), f.start)
        if scope is None:
            continue
        for j in range(i - 1, max(-1, i - _REACH), -1):
            g = found[j]
            if g.end > scope:
                continue
            if _SENTENCE.search(low, g.end, scope):
                break
            if low[scope] == "(" and _CLOSED.search(low, g.end, scope):
                break
            if changed[j] or not _same_kind(g, f) or g.amount.value < f.amount.value:
                continue
            if summed.get(j) == g.amount.value and ":" not in low[scope : scope + 12]:
                break
            out[i] = j
            summed[j] = summed.get(j, Decimal(0)) + f.amount.value
            break
    return out


def _scope(low: str, start: int, at: int) -> int | None:
    """Where the opener in [start, at) stands whose scope reaches `at`: an open parenthesis, or "trong đó"."""
    if low[at - 1] in ".!?…" or not _opens(low[start:at]):
        return None
    opened: int | None = None
    depth: list[int] = []
    for m in _SCOPE.finditer(low, start, at):
        mark = m.group()
        if mark == "(":
            depth.append(m.start())
        elif mark == ")":
            if depth:
                depth.pop()
        else:
            opened = m.start()
    return depth[-1] if depth else opened


def _opens(text: str) -> bool:
    """Whether a match of `_SCOPE` that opens may stand in `text`: sooner told than by the pattern."""
    return "(" in text or "trong " in text or "gồm" in text or "hình thức" in text


def _same_kind(whole: Found, part: Found) -> bool:
    if whole.unit == part.unit:
        return True
    if "money" in (whole.unit_kind, part.unit_kind):
        return False
    a, b = whole.unit.split()[:1], part.unit.split()[:1]
    return a == b or (bool(a) and bool(b) and a[0] in _persons() and b[0] in _persons())
