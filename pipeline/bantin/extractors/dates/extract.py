"""The date extractor: matches of the rules, read one by one, then joined to ranges and given their bounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from bantin.extractors.base import Context
from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.normalize import read
from bantin.extractors.dates.reading import Item
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.rules import REACH, RuleSet
from bantin.text import View
from bantin.types import Block, Family, Mention, Span

_NAMED = frozenset({"named", "session", "title", "anaphor"})
"""Kinds of document mentions whose name may hold a date of its own: "Hiến pháp năm 2013"."""

_TO = re.compile(
    r"\s*(?:[-_]|(?:cho\s+)?(?:đến|tới)(?:\s+hết)?)\s*(?:\d{1,2}\s?(?:h|giờ|:)\s?\d{0,2}\s*(?:phút)?\s*,?\s*)?"
    r"(?:(?:sáng|chiều|tối|hết|cuối)?\s*(?:ngày|năm)?)\s*"
)
_NOW = re.compile(r"\s*(?:cho\s+)?(?:đến|tới)\s+(?:nay|thời\s+điểm\s+này|thời\s+điểm\s+hiện\s+tại|giờ)(?!\w)")
_BOUNDS = load_lexicon("date_bounds")
_BOUND = re.compile(
    rf"(?<!\w)({trie_pattern(_BOUNDS)})\s+(?:(?:hết|cuối|ngày|năm|thời\s+điểm|mốc|hôm|trong|học|là|vào|sáng|chiều)\s+){{0,3}}$"
)
_LOOK_BACK = 32
"""Characters before a date in which the word that bounds it may stand."""


@dataclass(frozen=True, slots=True)
class DateExtractor:
    """Finds temporal expressions. Years that the text leaves out stay `XXXX`; `resolve.years` completes them."""

    rules: RuleSet
    family: Family = "dates"

    def extract(self, context: Context) -> list[Mention[DateValue]]:
        named = [m for m in context.found_of("directives") if m.value.kind not in _NAMED]
        masks = [m.start for m in named], [m.end for m in named]
        published = context.article.published_day
        out: list[Mention[DateValue]] = []
        for block in context.blocks:
            items = self._items(context.view, block, masks, published)
            items = _joined(context.view, items)
            for item in items:
                value = _bounded(context.view, block, item, published)
                out.append(
                    Mention(
                        self.family,
                        item.span.start,
                        item.span.end,
                        context.quote(item.span),
                        item.rule,
                        item.confidence,
                        value,
                    )
                )
        return out

    def _items(
        self, view: View, block: Block, masks: tuple[list[int], list[int]], published: date | None
    ) -> list[Item]:
        """Leftmost, then longest; a match that turns out to be no date leaves its place to the next.

        `masks` are where references to documents begin and end, in reading order; what overlaps one is no date.
        """
        items: list[Item] = []
        free_from = block.start
        starts, ends = masks
        for at, rules in self.rules.anchors(view, block.start, block.end):
            if at < free_from:
                continue
            next_mask = bisect_right(ends, at)
            free_to = starts[next_mask] if next_mask < len(starts) else block.end
            if free_to <= at:
                continue
            for hit in self.rules.hits(view, at, rules, min(block.end, at + REACH)):
                if hit.end <= free_to and (found := read(hit, view, published)):
                    items += found
                    free_from = found[-1].span.end
                    break
        return items


def _joined(view: View, items: list[Item]) -> list[Item]:
    """Two ends of a range become one item: "từ 28/4 đến ngày 3/5/2024"."""
    out: list[Item] = []
    for item in items:
        k = len(out) - 1
        if k >= 0 and out[k].value.kind == "time" and item.stretch is not None:
            k -= 1  # a clock time may stand between the ends
        first = out[k] if k >= 0 else None
        if first is not None and first.stretch is not None and item.stretch is not None:
            between = view.lower[first.span.end : item.span.start]
            if len(between) <= 40 and _TO.fullmatch(between):
                joined = cal.interval(first.stretch, item.stretch)
                if joined is not None:
                    value, shared = joined
                    value = replace(value, source="sibling") if shared else value
                    span = Span(first.span.start, item.span.end)
                    del out[k:]
                    out.append(Item(span, value, first.rule, min(first.confidence, item.confidence)))
                    continue
        out.append(item)
    return out


def _bounded(view: View, block: Block, item: Item, published: date | None) -> DateValue:
    """The value with the open stretch that the words around it make of it: "đến năm 2030", "từ 2021 đến nay"."""
    value = item.value
    lone = item.rule == "date.day_alone"
    if (item.stretch is None and not lone) or value.kind != "date" or value.start_date is None:
        return value
    if _NOW.match(view.lower, item.span.end, block.end):
        return cal.bounded(value, "ON_OR_AFTER", published)
    before = view.lower[max(block.start, item.span.start - _LOOK_BACK) : item.span.start]
    if m := _BOUND.search(before):
        return cal.bounded(value, _BOUNDS.matched(m[1]))
    return value
