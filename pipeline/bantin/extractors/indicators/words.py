"""Numbers written in words, where the form is certain: "hai mươi tư đơn vị", "ba tỷ năm trăm triệu đồng".

A single word counts only before a person or a body ("hai đồng chí"), and "một" and "năm" never: they are an article and
a year.
"""

from __future__ import annotations

import re

from bantin.extractors.indicators.amounts import Amount
from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import Noun, gap, noun_after
from bantin.lexicon import load_lexicon
from bantin.numbers import parse_words
from bantin.rules import Hit
from bantin.text import View
from bantin.types import Segmenter, Span

_NOT_AFTER = re.compile(
    r"(?:thứ|lần|khóa|hàng|hằng|vài|mấy|năm|tháng|ngày|mồng|mùng|quý|điều"
    r"|số|trăm|nghìn|một|cả|chỉ thị|nghị quyết|tuổi|kỳ|phần)\s{1,3}\Z"
)
_CURRENCY = re.compile(r"(?P<money>đồng|usd)(?![^\W\d_]|\s{1,2}(?:chí|bào|đội|hồ|nghiệp|phục|thời)(?![^\W\d_]))")
_PERCENT = re.compile(r"%|phần\s{1,2}trăm(?![^\W\d_])")
_TENS = frozenset({"mười", "mươi", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"})
_CERTAIN = frozenset({"đồng chí", "tập thể", "cá nhân", "đảng viên", "trường hợp", "người"})
_FLAGS = ("in_words",)
_ALONE = frozenset({"hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười"})


def in_words(view: View, hit: Hit, end: int, segment: Segmenter) -> Found | None:
    """The indicator of a match of the rule for words, or None where the form is not certain."""
    low = view.lower
    text = hit.match["words"]
    parts = text.split()
    compound = len(parts) > 1 and not _TENS.isdisjoint(parts)
    if not compound and (len(parts) > 1 or parts[0] not in _ALONE):
        return None
    if _NOT_AFTER.search(low[max(0, hit.start - 14) : hit.start]):
        return None
    value = parse_words(text)
    if value is None:
        return None
    at = hit.match.end("words")
    amount = Amount(hit.start, at, value)
    confidence = hit.rule.confidence if compound else 0.6
    start = gap(view, at, end)
    if compound and (m := _PERCENT.match(low, start, end)):
        return Found(hit.rule, hit.start, m.end(), amount, "%", "percent", None, None, confidence, _FLAGS)
    if compound and (m := _CURRENCY.match(low, start, end)):
        unit = load_lexicon("currencies").canonical(m["money"]) or "VND"
        return Found(hit.rule, hit.start, m.end(), amount, unit, "money", None, None, confidence, _FLAGS)
    noun = noun_after(view, at, end, segment, weak=False)
    if not isinstance(noun, Noun) or noun.strength != "known":
        return None
    unit = unit_name(view.folded[noun.start : noun.end])
    if not compound and not any(unit == c or unit.startswith(f"{c} ") for c in _CERTAIN):
        return None
    counted = Span(noun.start, noun.end)
    return Found(hit.rule, hit.start, noun.end, amount, unit, "count", counted, noun.classifier_end, confidence, _FLAGS)
