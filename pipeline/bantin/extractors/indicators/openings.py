"""Which forms a number can have, told by the two or three characters behind its digits.

Every rule of the family begins at a digit, and most of them cannot match: what follows the digits of "35 đảng viên" is
no percent sign, no slash and no scale word. The table keeps a pattern from being tried where it must fail; it never
decides what a number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bantin.lexicon import load_lexicon
from bantin.rules import Rule
from bantin.text import View

_DIGITS = re.compile(r"(?:\d{1,3}(?: \d{3}){2,}(?![\d.,]*\d)|\d+(?:[.,]\d+)*)\s{0,3}")
_KEY = 3
_SCALES = frozenset({"tră", "ngh", "ngà", "vạn", "tri", "tỷ", "tỉ", "tr"})
_PERCENT = frozenset({"%", "phầ"})
_POINT = frozenset({"điể"})
_RANGE = frozenset({"%", "-", "÷", "~", "đến", "tới"})
_ANYTHING = frozenset({""})


@lru_cache(maxsize=1)
def _openings() -> dict[str, frozenset[str]]:
    currencies = frozenset({".", *(form[:_KEY] for form in load_lexicon("currencies"))})
    measures = frozenset(form[:_KEY] for form in load_lexicon("measures"))
    return {
        "ratio": frozenset("/"),
        "range": _RANGE | _SCALES,
        "percent_point": _POINT | _SCALES,
        "percent": _PERCENT | _SCALES,
        "money": currencies | _SCALES,
        "measure": measures | _SCALES,
        "scaled": _SCALES,
    }


class Forms:
    """The rules of a family that begin at a digit, looked up by what stands behind the digits."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._known: dict[str, tuple[Rule, ...]] = {}

    def possible(self, view: View, at: int, end: int) -> tuple[Rule, ...]:
        """The rules, in their order, that can match the number at `at`."""
        m = _DIGITS.match(view.lower, at, end)
        k = m.end() if m else at
        key = view.lower[k : min(k + _KEY, end)]
        rules = self._known.get(key)
        if rules is None:
            rules = self._rules_for(key)
            if len(self._known) < 4096:
                self._known[key] = rules
        return rules

    def _rules_for(self, key: str) -> tuple[Rule, ...]:
        known = _openings()
        if not key[:1].isprintable() or " " in key[:1]:
            return self._rules
        return tuple(
            r for r in self._rules
            if any(key.startswith(o) or o.startswith(key) for o in known.get(r.shape, _ANYTHING))
        )  # fmt: skip
