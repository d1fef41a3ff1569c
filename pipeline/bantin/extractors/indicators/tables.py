"""Numbers that fill a cell of a table: the unit stands in the heading of the column or in a column of its own.

A row of a table is a block of the kind `table_row` whose cells are joined by " | ".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import phrases
from bantin.extractors.indicators.value import UnitKind
from bantin.lexicon import load_lexicon
from bantin.numbers import SCALES
from bantin.text import View, canonical, fold_key
from bantin.types import Block, Span

_NUMBER = re.compile(r"\s*\d[\d.,]*\s*%?\s*")
_ORDER = frozenset({"tt", "stt", "số tt", "số thứ tự", "#"})
_UNIT_COLUMN = frozenset({"đvt", "đơn vị tính", "đơn vị"})
_PARENTHESIS = re.compile(r"\((?:đvt\s?:\s?|đơn vị(?: tính)?\s?:\s?)?(?P<unit>[^()]{1,24})\)")
_AMOUNT_OF = re.compile(r"(?:tổng\s{1,2}số|số\s{1,2}lượng|số)\s{1,2}")


@dataclass(frozen=True, slots=True)
class CellUnit:
    """What a cell's number counts: unit, kind, the factor of a scale word in the unit, and what row and column say."""

    unit: str
    kind: UnitKind
    factor: Decimal
    object: str


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    return phrases(load_lexicon("counted_nouns"))


def cells(view: View, row: Block) -> list[Span]:
    """The cells of a row, without the blanks around them."""
    out, at = [], row.start
    for cell in view.folded[row.start : row.end].split("|"):
        start = at + len(cell) - len(cell.lstrip())
        out.append(Span(start, max(start, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return out


def cell_units(view: View, blocks: Sequence[Block]) -> dict[int, CellUnit | None]:
    """For the offset of each number that fills a cell of a headed table: what it counts; None for a running number."""
    out: dict[int, CellUnit | None] = {}
    heading: list[Span] = []
    for block in blocks:
        if block.kind != "table_row":
            heading = []
            continue
        row = cells(view, block)
        numbers = [i for i, c in enumerate(row) if _NUMBER.fullmatch(view.folded, c.start, c.end)]
        if not heading:
            heading = row if not numbers else []
            continue
        if len(row) != len(heading):
            continue
        names = [fold_key(c.of(view.text)) for c in heading]
        stated = next((i for i, n in enumerate(names) if n in _UNIT_COLUMN), None)
        label = next((c for i, c in enumerate(row) if i not in numbers and i != stated), None)
        for i in numbers:
            if names[i] in _ORDER:
                out[row[i].start] = None
                continue
            title = heading[i].of(view.text)
            unit = _unit(row[stated].of(view.text)) if stated is not None else None
            unit = unit or _in_heading(title) or (_in_heading(label.of(view.text)) if label else None)
            if unit is not None:
                about = [label.of(view.text)] if label else []
                out[row[i].start] = CellUnit(*unit, canonical(" - ".join([*about, title])))
    return out


def _in_heading(title: str) -> tuple[str, UnitKind, Decimal] | None:
    """The unit in "Diện tích (ha)", "Tỷ lệ (%)", or the noun in "Số đảng viên"."""
    low = fold_key(title)
    for m in _PARENTHESIS.finditer(low):
        if (unit := _unit(m["unit"])) is not None:
            return unit
    amount_of = _AMOUNT_OF.match(low)
    noun = _counted().match(low, amount_of.end() if amount_of else 0)
    return None if noun is None else (unit_name(noun.group()), "count", Decimal(1))


def _unit(printed: str) -> tuple[str, UnitKind, Decimal] | None:
    """A unit that stands alone: "%", "ha", "triệu đồng", "người"."""
    words = fold_key(printed).split()
    factor = Decimal(1)
    while words and words[0] in SCALES:
        factor *= SCALES[words.pop(0)]
    rest = " ".join(words)
    if rest in ("%", "phần trăm", "tỷ lệ %"):
        return "%", "percent", factor
    if currency := load_lexicon("currencies").canonical(rest):
        return currency, "money", factor
    if measure := load_lexicon("measures").canonical(rest):
        return measure, "measure", factor
    noun = _counted().match(rest)
    return (unit_name(rest), "count", factor) if noun and noun.end() == len(rest) else None
