"""Bare numbers: the unit stands in the neighbouring clause ("khiển trách 17, cảnh cáo 4 trường hợp")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from bantin.extractors.indicators.found import Bare, Found
from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import phrases
from bantin.lexicon import load_lexicon
from bantin.text import View
from bantin.types import Block, Span

REACH = 320
"""Characters over which a unit is inherited; never over the end of a sentence."""

_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)|\n")
_BETWEEN_LISTED = re.compile(r"[^().!?…;:\n\d]{0,60}")
_LISTED = re.compile(r"\s{0,2}(?:[,;]|và(?!\w)|[^\W\d_]+\s[^\W\d_]+\s{0,2}(?:[,;]|và(?!\w)))")
_CLOSES = re.compile(
    r"\s{0,2}(?:[,;.)(]|\Z|và\b|còn\b|so với|trên tổng|khiển trách|cảnh cáo|cách chức|khai trừ"
    r"|hạ bậc|buộc thôi|giáng chức|trong đó|là nữ|nữ\b|nam\b|được\b)"
)
_PAIR = re.compile(
    r"\s{1,2}(?:trong(?:\s{1,2}tổng)?(?:\s{1,2}số)?|(?P<moved>lên|xuống(?:\s{1,2}còn)?|đến))\s{1,2}(?:(?:hơn|gần|trên)\s{1,2})?"
)
_FROM = re.compile(r"(?<!\w)từ\s{1,2}(?:(?:mức|hơn|gần|trên)\s{1,2})?\Z")
_SUBJECT_VERB = re.compile(
    r"(?:là|:|lên|đạt|gồm|còn|có|được|tới|bằng|xuống|thành)\s{0,2}(?:gần|hơn|trên|khoảng)?\s{0,2}\Z"
)


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return phrases(load_lexicon("counted_nouns"))


@lru_cache(maxsize=1)
def _subject() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:tổng\s+số|số\s+lượng|số)\s{{1,2}}(?:lượng\s{{1,2}})?(?P<noun>{_nouns().pattern})")


class Heirs:
    """The bare numbers of one block and the numbers with units that they may inherit from."""

    def __init__(self, view: View, block: Block, found: Sequence[Found], bares: Sequence[Bare]) -> None:
        self._view, self._block = view, block
        self._bares = bares
        self._found = found
        self._found_at = {f.start: f for f in found}
        self._bare_at = {b.amount.start: b for b in bares}

    def settle(self) -> tuple[list[Found], list[Bare]]:
        """All indicators of the block in reading order, and the bare numbers that inherit nothing."""
        out: list[Found] = []
        without: list[Bare] = []
        k = 0
        for bare in self._bares:
            while k < len(self._found) and self._found[k].start < bare.amount.start:
                out.append(self._found[k])
                k += 1
            heir = self._heir(bare, out) if bare.reason == "no_unit" else None
            if heir is None:
                without.append(bare)
            else:
                out.append(heir)
        return [*out, *self._found[k:]], without

    def _heir(self, bare: Bare, before: Sequence[Found]) -> Found | None:
        a, view, block = bare.amount, self._view, self._block
        if (paired := self._paired(bare)) is not None:
            return paired
        if not _CLOSES.match(view.lower, a.end, block.end) or a.reading in ("comma", "dot", "both"):
            return from_subject(view, block, bare)
        if (own := _behind_parenthesis(view, block, bare) or from_subject(view, block, bare)) is not None:
            return own
        source = self._forward(bare) or self._backward(bare, before)
        if source is None:
            return None
        return Found(
            rule=bare.rule, start=a.start, end=a.end, amount=a, unit=source.unit,
            unit_kind="ratio" if a.denominator else source.unit_kind, noun=source.noun,
            classifier_end=source.classifier_end, confidence=bare.rule.confidence, flags=("unit_inherited",),
        )  # fmt: skip

    def _paired(self, bare: Bare) -> Found | None:
        """ "2 trong 9 đầu mối", "từ 61,2 lên 66,8%": the second number states unit and scale of the first."""
        a, low = bare.amount, self._view.lower
        pair = _PAIR.match(low, a.end, self._block.end)
        if pair is None or (f := self._found_at.get(pair.end())) is None or f.amount.denominator is not None:
            return None
        if pair["moved"] and not _FROM.search(low, max(self._block.start, a.start - 16), a.start):
            return None
        return Found(
            rule=bare.rule, start=a.start, end=a.end, amount=replace(a, value=a.value * f.amount.factor), unit=f.unit,
            unit_kind=f.unit_kind, noun=f.noun, classifier_end=f.classifier_end, confidence=bare.rule.confidence,
            flags=("unit_inherited",),
        )  # fmt: skip

    def _forward(self, bare: Bare) -> Found | None:
        """The next number with a unit, reached over a list of bare numbers joined by commas."""
        at, low = bare.amount.end, self._view.lower
        for _ in range(8):
            step = _BETWEEN_LISTED.match(low, at, self._block.end)
            at = step.end() if step else at
            if (f := self._found_at.get(at)) is not None:
                return f if f.unit_kind == "count" and _LISTED.match(low, bare.amount.end, f.start) else None
            if (b := self._bare_at.get(at)) is None:
                return None
            at = b.amount.end
        return None

    def _backward(self, bare: Bare, before: Sequence[Found]) -> Found | None:
        """The nearest number with a counted noun before it in the sentence."""
        for f in reversed(before):
            if bare.amount.start - f.end > REACH:
                return None
            if f.unit_kind in ("count", "ratio") and f.unit != "lần":
                ended = _SENTENCE_END.search(self._view.lower, f.end, bare.amount.start)
                return None if ended else f
        return None


def _own(view: View, bare: Bare, noun: Span) -> Found:
    a = bare.amount
    return Found(
        rule=bare.rule, start=a.start, end=a.end, amount=a, unit=unit_name(noun.of(view.folded)),
        unit_kind="ratio" if a.denominator else "count", noun=noun, confidence=bare.rule.confidence,
        flags=("unit_inherited",),
    )  # fmt: skip


def _behind_parenthesis(view: View, block: Block, bare: Bare) -> Found | None:
    """ "100% (45/45) chi bộ": the noun behind the closing parenthesis."""
    a = bare.amount
    if a.denominator is None or view.folded[a.end : a.end + 2] != ") ":
        return None
    noun = _nouns().match(view.lower, a.end + 2, block.end)
    return None if noun is None else _own(view, bare, Span(noun.start(), noun.end()))


def from_subject(view: View, block: Block, bare: Bare) -> Found | None:
    """ "Tổng số đơn vị bầu cử ... là 184": the noun behind "số" in the same sentence."""
    start = max(block.start, bare.amount.start - 160)
    before = view.lower[start : bare.amount.start]
    if not _SUBJECT_VERB.search(before):
        return None
    hits = list(_subject().finditer(before))
    if not hits or _SENTENCE_END.search(before, hits[-1].end()):
        return None
    last = hits[-1]
    return _own(view, bare, Span(start + last.start("noun"), start + last.end("noun")))
