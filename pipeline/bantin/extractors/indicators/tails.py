"""What stands behind a number: percent, money, a measure, a counted noun; and the rate behind that ("/năm")."""

from __future__ import annotations

import re
from functools import lru_cache

from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import phrases
from bantin.extractors.indicators.value import UnitKind
from bantin.lexicon import load_lexicon
from bantin.rules import Hit
from bantin.text import View

_SLASH = re.compile(r"\s?/\s?(?:0?1\s)?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")


def fixed_unit(hit: Hit) -> tuple[str, UnitKind, int] | None:
    """Unit, kind and end where the rule itself matched a percent sign, a currency or a measure."""
    m = hit.match
    match m.lastgroup:  # the unit is the last part of every rule that has one
        case "percent_point":
            return "điểm %", "percent_point", m.end("percent_point")
        case "percent":
            return "%", "percent", m.end("percent")
        case "currency":
            return load_lexicon("currencies").canonical(m["currency"]) or m["currency"], "money", m.end("currency")
        case "measure":
            return load_lexicon("measures").canonical(m["measure"]) or m["measure"], "measure", m.end("measure")
        case _:
            return None


@lru_cache(maxsize=1)
def _per() -> re.Pattern[str]:
    return phrases({*load_lexicon("counted_nouns"), *load_lexicon("per_units"), *load_lexicon("measures")})


def rate(view: View, at: int, end: int, kind: UnitKind) -> tuple[str, int, bool]:
    """The rate behind a unit ("/năm", "/người/tháng"), its end, and whether it is a rate over time.

    Behind a counted noun only what things are dealt out to makes a rate ("suất/đơn vị"): "cán bộ/công chức" names two
    kinds of people.
    """
    if "/" not in view.lower[at : at + 2]:
        return "", at, False
    out, timed = "", False
    times, units = load_lexicon("time_and_scores"), load_lexicon("per_units")
    for _ in range(2):
        slash = _SLASH.match(view.lower, at, end)
        if slash is None:
            break
        word = _per().match(view.lower, slash.end(), end)
        if word is None and kind == "money":
            word = _WORD.match(view.lower, slash.end(), end)
        if word is None or (kind == "count" and word.group() not in units):
            break
        timed = timed or times.note(word.group()) == "duration"
        name = load_lexicon("measures").canonical(word.group()) or unit_name(word.group())
        out, at = f"{out}/{name}", word.end()
    return out, at, timed
