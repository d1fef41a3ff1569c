"""Numbers to indicators: masks first, then the form, then what is counted, then the slots around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bantin.extractors.base import Context
from bantin.extractors.indicators import masks
from bantin.extractors.indicators.actors import Actor
from bantin.extractors.indicators.amounts import Amount, amount
from bantin.extractors.indicators.found import Bare, Found, Refusal
from bantin.extractors.indicators.inherit import Heirs, from_subject
from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import NoNoun, Noun, noun_after
from bantin.extractors.indicators.openings import Forms
from bantin.extractors.indicators.slots import fill
from bantin.extractors.indicators.tables import Cells, CellUnit, read_cells
from bantin.extractors.indicators.tails import fixed_unit, rate
from bantin.extractors.indicators.value import UnitKind
from bantin.extractors.indicators.words import in_words
from bantin.numbers import proves_english
from bantin.rules import Hit, Rule, RuleSet
from bantin.text import View
from bantin.types import Block, Family, Mention, Segmenter, Span

_MONEY_CUE = re.compile(
    r"tiền|kinh phí|trị giá|giá trị|vốn|ngân sách|thu nhập|doanh thu|lợi nhuận|hỗ trợ|ủng hộ|tài trợ"
    r"|quỹ|chi phí|nộp|đồng(?! chí)|usd|tặng|thưởng|mức|vay|nợ|lương"
)
_TOTAL = re.compile(r"\s{1,2}tổng\s{1,2}số(?=\s)")
_PLACE = re.compile(
    r"(?:xã|phường|huyện|quận|thị trấn|thị xã|thành phố|tỉnh|thôn|ấp|khu phố)\s{1,2}(?=[^\W\d_])(?![a-zà-ỹđ])"
)
_DIGITS = re.compile(r"\d+(?:[.,/:-]\d+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")


class Reading(Struct, frozen=True):
    """Everything a text's numbers came to: indicators, and the numbers that are none with their reasons."""

    mentions: list[Mention[Any]]
    refusals: list[Refusal]


class _Scene(Struct, frozen=True):
    """One block and what is known about it while its numbers are read."""

    view: View
    block: Block
    mask: masks.SpanMask
    segment: Segmenter
    cells: Cells
    english: bool


class IndicatorExtractor:
    """The family `indicators`. Stateless after its rules are compiled."""

    family: Family = "indicators"

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._forms = Forms(r for r in rules if r"\d" in r.anchors)

    def extract(self, context: Context) -> list[Mention[Any]]:
        """The indicators of an article, in reading order."""
        return self.read(context).mentions

    def read(self, context: Context) -> Reading:
        """Indicators and refused numbers of an article, block by block."""
        view = context.view
        mentions: list[Mention[Any]] = []
        refusals: list[Refusal] = []
        anchored = [(b, a) for b in context.blocks if (a := self.rules.anchors(view, b.start, b.end))]
        mask = masks.SpanMask(view, context.found, [t for b, _ in anchored for t in masks.quoted_titles(view, b)])
        table = read_cells(view, context.blocks)
        section: Actor | None = None
        english = proves_english(view.lower)
        times = sorted(m.end for m in context.found if m.family == "dates")
        for block, anchors in anchored:
            found, refused = self._block(_Scene(view, block, mask, context.segment, table, english), anchors)
            refusals += refused
            if found:
                inside = times[bisect_right(times, block.start) : bisect_right(times, block.end)]
                filled, section = fill(context, block, found, inside, section)
                mentions += filled
        return Reading(mentions, refusals)

    def _block(
        self, scene: _Scene, anchors: Iterable[tuple[int, tuple[Rule, ...]]]
    ) -> tuple[list[Found], list[Refusal]]:
        view, block, mask, low = scene.view, scene.block, scene.mask, scene.view.lower
        found: list[Found] = []
        bares: list[Bare] = []
        refusals: list[Refusal] = []
        counter: bool | None = None
        taken = block.start
        for at, rules in anchors:
            if at < taken:
                continue
            if not low[at].isdigit():
                if (f := self._words(scene, at, rules)) is not None:
                    found.append(f)
                    taken = f.end
                continue
            if counter is None:
                counter = block.kind != "table_row" and masks.furniture(view, block)
            reason = "furniture" if counter else mask.reason(at, at + 1)
            result = self._number(scene, at) if reason is None else reason
            if isinstance(result, str):
                taken = mask.end(at)
                behind = low[taken : taken + 1]
                if taken == at or behind.isdecimal() or behind in ".,/:-":  # the digits may go on behind the mask
                    taken = max(taken, _digits_end(view, at, block.end))
                refusals.append(Refusal(Span(at, taken), result))
            elif isinstance(result, Found):
                found.append(result)
                taken = result.end
            else:
                bares.append(result)
                taken = result.amount.end
        if bares:
            found, without = Heirs(view, block, found, bares).settle()
            refusals += [Refusal(Span(b.amount.start, b.amount.end), b.reason) for b in without]
            refusals.sort(key=lambda r: r.span)
        return found, refusals

    def _words(self, scene: _Scene, at: int, rules: tuple[Rule, ...]) -> Found | None:
        for rule in rules:
            m = rule.match(scene.view, at, scene.block.end)
            if m is not None and scene.mask.reason(m.start(), m.end()) is None:
                return in_words(scene.view, Hit(rule, m), scene.block.end, scene.segment)
        return None

    def _number(self, scene: _Scene, at: int) -> Found | Bare | str:
        """The indicator at the digit `at`, which no mask covers, a bare number, or the reason why it is neither."""
        view, block, mask = scene.view, scene.block, scene.mask
        if block.start in scene.cells.headings:
            return "heading"
        if masks.looks_like_date(view, at, block.end):
            return "date"
        for rule in self._forms.possible(view, at, block.end):
            m = rule.match(view, at, block.end)
            if m is None:
                continue
            hit = Hit(rule, m)
            a = amount(hit, english=scene.english)
            if a is None:
                continue
            if at in scene.cells.units and hit.rule.shape in ("percent", "inherited"):
                cell = scene.cells.units[at]
                return "numbering" if cell is None else _in_cell(hit, a, cell)
            if mask.reason(a.start, a.end) is not None:
                continue  # the second term belongs to somebody else: try the form without it
            verdict = self._judge(scene, hit, a)
            if verdict is not None:
                return verdict
        return "code"

    def _judge(self, scene: _Scene, hit: Hit, a: Amount) -> Found | Bare | str | None:
        """What the match of one rule comes to; None leaves the number to the next rule."""
        view, block, mask, segment = scene.view, scene.block, scene.mask, scene.segment
        shape = hit.rule.shape
        risk = masks.left_risk(view, a, block)
        if risk in ("code", "ordinal"):
            return risk
        if masks.numbering(view, a, block):
            return "numbering"
        if fixed := fixed_unit(hit):
            if risk == "glued" and not a.scaled and fixed[1] == "measure":
                return "code"
            return self._with_unit(scene, hit, a, fixed)
        if a.scaled and not _noun_follows(view, a, block, segment):
            return self._scaled(view, hit, a, block)
        if shape == "scaled":
            return None
        if risk in ("hard", "name"):
            return "name" if risk == "name" else "ordinal"
        if masks.looks_like_clock(view, a, block.end):
            return "clock"
        day = masks.looks_like_day(view, a, block)
        if day == "surely":
            return "date"
        behind = _TOTAL.match(view.lower, a.end, block.end) if a.denominator is not None else None
        doubtful = risk != "clean" or day == "maybe" or masks.looks_like_year(view, a)  # no weak noun will do
        noun = noun_after(view, behind.end() if behind else a.end, block.end, segment, weak=not doubtful)
        if isinstance(noun, Noun) and a.denominator is not None and view.lower[noun.start : noun.end].startswith("số"):
            return "fraction"
        if isinstance(noun, NoNoun) or mask.reason(noun.start, noun.start + 1) == "date":
            if shape in ("ratio", "range", "inherited"):
                if day == "maybe" and view.lower[a.start - 1 : a.start] != "(":
                    return "date"
                return self._without_noun(a, hit, noun, risk)
            return None
        if risk == "soft" and _PLACE.match(view.folded, noun.start, block.end):
            return "name"  # "xóm 3 xã Tân Phú"
        adjacent = noun.start == a.end
        weak = noun.strength == "weak"
        if weak and day == "maybe":
            return "date"
        if weak and (doubtful or adjacent):
            return "code" if adjacent or risk == "glued" else "name" if risk == "soft" else "year"
        if risk == "glued" and not _word_glued(view, a):
            return "code"
        rated, end, timed = rate(view, noun.end, block.end, "count")
        unit = unit_name(view.folded[noun.start : noun.end]) + rated
        kind: UnitKind = "ratio" if a.denominator is not None else "frequency" if timed else "count"
        confidence = round(hit.rule.confidence - 0.15, 2) if weak else hit.rule.confidence
        return Found(
            hit.rule, a.start, end, a, unit, kind, Span(noun.start, noun.end), noun.classifier_end,
            confidence if a.certain else min(confidence, 0.85),
        )  # fmt: skip

    def _with_unit(self, scene: _Scene, hit: Hit, a: Amount, fixed: tuple[str, UnitKind, int]) -> Found:
        unit, kind, end = fixed
        view, block = scene.view, scene.block
        rated, end = ("", end) if kind in ("percent", "percent_point") else rate(view, end, block.end, kind)[:2]
        confidence = hit.rule.confidence if a.certain else min(hit.rule.confidence, 0.85)
        return Found(hit.rule, a.start, end, a, unit + rated, kind, confidence=confidence)

    def _scaled(self, view: View, hit: Hit, a: Amount, block: Block) -> Found | Bare | None:
        """ "770 triệu" with nothing behind it: money where the sentence speaks of money, else without a unit."""
        if hit.rule.shape not in ("scaled", "range"):
            return None
        if (heir := from_subject(view, block, Bare(hit.rule, a, "no_unit"))) is not None:
            return heir
        if a.value < 10**6 and not _MONEY_CUE.search(view.lower[max(block.start, a.start - 40) : a.start]):
            return Bare(hit.rule, a, "no_unit")
        nearby = view.lower[max(block.start, a.start - 120) : min(block.end, a.end + 60)]
        unit = "VND" if _MONEY_CUE.search(nearby) else ""
        rated, end, _ = rate(view, a.end, block.end, "money")
        return Found(
            hit.rule, a.start, end, a, unit + rated, "money" if unit else "count", confidence=hit.rule.confidence
        )

    def _without_noun(self, a: Amount, hit: Hit, behind: NoNoun | Noun, risk: str) -> Bare | str:
        reason = behind.reason if isinstance(behind, NoNoun) else "date"
        if risk == "glued":
            return "code"
        if reason in ("duration", "clock", "age", "score", "date"):
            return reason
        if risk == "soft":
            return "name"
        if a.year_like:
            return "year"
        return Bare(hit.rule, a, "no_unit")


def _in_cell(hit: Hit, a: Amount, cell: CellUnit) -> Found:
    """The number that fills a cell, in the unit that its table states."""
    value = replace(a, value=a.value * cell.factor)
    return Found(
        hit.rule,
        a.start,
        a.end,
        value,
        cell.unit,
        cell.kind,
        None,
        None,
        hit.rule.confidence,
        ("table",),
        cell.object,
        cell.status,
    )


def _noun_follows(view: View, a: Amount, block: Block, segment: Segmenter) -> bool:
    return isinstance(noun_after(view, a.end, block.end, segment, weak=False), Noun)


def _word_glued(view: View, a: Amount) -> bool:
    """True where the word right before the digits is a word that lost its space, not the letters of a code."""
    before = _WORD_BEFORE.search(view.folded[max(0, a.start - 16) : a.start])
    return before is not None and len(before.group()) > 1 and not before.group().isupper()


def _digits_end(view: View, at: int, end: int) -> int:
    m = _DIGITS.match(view.lower, at, end)
    return m.end() if m else at + 1
