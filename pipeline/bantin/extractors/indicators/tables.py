"""Numbers that fill a cell of a table: the unit stands in a heading, in a column of its own, in the label of the row,
or in a line above the table ("ĐVT: triệu đồng").

A row of a table is a block of the kind `table_row` whose cells are joined by " | ". What a page merges is not in the
row: a row with fewer cells lacks the leftmost ones (a label over several rows, a total over the first columns), and a
second row of headings splits the last headings of the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bantin.extractors.indicators.normalize import unit_name
from bantin.extractors.indicators.nouns import phrases
from bantin.extractors.indicators.value import Status, UnitKind
from bantin.lexicon import load_lexicon
from bantin.numbers import SCALES, parse_digits
from bantin.text import View, canonical, fold_key
from bantin.types import Block, Span

_NUMBER = re.compile(r"\s*[+-]?\d[\d.,]*\s*%?\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s?=.*)?")
_ORDER = frozenset({"tt", "stt", "số tt", "số thứ tự", "#", "s tt", "thứ tự"})
_UNIT_COLUMN = frozenset({"đvt", "đơn vị tính", "đơn vị", "đv tính"})
_PARENTHESIS = re.compile(r"\((?:đvt\s?:\s?|đơn vị(?: tính)?\s?:\s?)?(?P<unit>[^()]{1,24})\)")
_ABOVE = re.compile(r"(?:đvt|đơn vị(?: tính)?)\s?:\s?(?P<unit>[^().;:\n]{1,24})")
_ABOVE_BLOCKS = 2
"""Blocks right above a table that may state its unit."""
_AMOUNT_OF = re.compile(r"(?:tổng\s{1,2}số|số\s{1,2}lượng|số)\s{1,2}")
_PLAN = re.compile(r"(?:kế hoạch|kh|dự toán|chỉ tiêu(?: giao)?|mục tiêu|phấn đấu|giao)(?![^\W\d_])")
_HEADING_ROWS = 2


@dataclass(frozen=True, slots=True)
class CellUnit:
    """What a cell's number counts: unit, kind, the factor of a scale word in the unit, and what row and column say."""

    unit: str
    kind: UnitKind
    factor: Decimal
    object: str
    status: Status


@dataclass(frozen=True, slots=True)
class Table:
    """A headed table: for each column the heading cells above it, and the rows below, each as wide as the headings.

    A row that lacks its leftmost cells begins with None.
    """

    headings: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[Span | None, ...], ...]
    first: int
    """The index of the block of the first row of headings."""
    heads: int
    """How many rows of headings there are."""


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


def tables(view: View, blocks: Sequence[Block]) -> Iterator[Table]:
    """The headed tables of an article, in reading order."""
    i = 0
    while i < len(blocks):
        if blocks[i].kind != "table_row":
            i += 1
            continue
        first = i
        while i < len(blocks) and blocks[i].kind == "table_row":
            i += 1
        rows = [cells(view, b) for b in blocks[first:i]]
        heads = 0
        while heads < min(_HEADING_ROWS, len(rows) - 1) and not _has_data(view, rows[heads]):
            heads += 1
        if heads == 0:
            continue
        width = max(len(r) for r in rows[heads:])
        columns = _columns(rows[:heads], width)
        if columns is not None:
            body = tuple((*(None,) * (width - len(r)), *r) for r in rows[heads:])
            yield Table(columns, body, first, heads)


def _is_number(view: View, cell: Span) -> bool:
    return _NUMBER.fullmatch(view.folded, cell.start, cell.end) is not None


def _has_data(view: View, row: Sequence[Span]) -> bool:
    """Whether a row holds numbers that are no years: headings do not."""
    return any(_is_number(view, c) and not _YEAR.fullmatch(view.folded, c.start, c.end) for c in row)


def _columns(heads: Sequence[Sequence[Span]], width: int) -> tuple[tuple[Span, ...], ...] | None:
    """The heading cells of each column; None where the headings do not fit the rows."""
    first, *rest = heads
    if not rest:
        return tuple((c,) for c in first) if len(first) == width else None
    second = rest[0]
    if len(first) == len(second) == width:
        return tuple(zip(first, second, strict=True))
    split = len(first) + len(second) - width  # so many of the last headings stand over the second row
    if 1 <= split <= len(first) and len(second) % split == 0:
        share = len(second) // split
        over = first[len(first) - split :]
        return (*((c,) for c in first[: len(first) - split]), *((over[i // share], c) for i, c in enumerate(second)))
    return tuple((c,) for c in second) if len(second) == width else None


@dataclass(frozen=True, slots=True)
class Cells:
    """What the tables of an article say about their numbers."""

    units: Mapping[int, CellUnit | None]
    """For the offset of each number that fills a cell: what it counts; None for a running number."""
    headings: frozenset[int]
    """Where the rows of headings begin: "(1.000 đồng)" counts nothing there."""


def read_cells(view: View, blocks: Sequence[Block]) -> Cells:
    """The numbers that fill the cells of an article's headed tables."""
    out: dict[int, CellUnit | None] = {}
    headings: set[int] = set()
    for table in tables(view, blocks):
        headings.update(b.start for b in blocks[table.first : table.first + table.heads])
        above = _stated_above(view, blocks, table.first)
        titles = [" ".join(c.of(view.text) for c in column if c.end > c.start) for column in table.headings]
        names = [fold_key(t) for t in titles]
        stated = next((i for i, n in enumerate(names) if n in _UNIT_COLUMN and _states_units(view, table, i)), None)
        running = {i for i, n in enumerate(names) if n in _ORDER or (not n and _counts_up(view, table, i))}
        for row in table.rows:
            _read_row(view, row, (titles, running, stated, above), out)
    return Cells(out, frozenset(headings))


_Columns = tuple[list[str], set[int], int | None, tuple[str, UnitKind, Decimal] | None]


def _read_row(view: View, row: Sequence[Span | None], columns: _Columns, out: dict[int, CellUnit | None]) -> None:
    titles, running, stated, above = columns
    present = [(i, c) for i, c in enumerate(row) if c is not None]
    numbered = all(c.end == c.start or _COLUMN_NUMBER.fullmatch(view.lower, c.start, c.end) for _, c in present)
    if numbered and len(present) > 1 and _ascending(view, [c for _, c in present]):
        out.update((c.start, None) for _, c in present)  # "(1) | (2) | (3)": the columns are numbered
        return
    numbers = [(i, c) for i, c in present if _is_number(view, c)]
    label = next((c for i, c in present if (i, c) not in numbers and i != stated and c.end > c.start), None)
    unit_cell = row[stated] if stated is not None else None
    for i, cell in numbers:
        if i in running:
            out[cell.start] = None
            continue
        unit = _unit(unit_cell.of(view.text)) if unit_cell is not None else None
        unit = unit or _in_heading(titles[i]) or (_in_heading(label.of(view.text)) if label else None) or above
        if unit is not None:
            about = [label.of(view.text)] if label else []
            status: Status = "plan" if _PLAN.match(fold_key(titles[i])) else "done"
            out[cell.start] = CellUnit(*unit, canonical(" - ".join([*about, titles[i]])), status)


def _states_units(view: View, table: Table, column: int) -> bool:
    """Whether a column called "Đơn vị" holds units, and not the names of bodies."""
    printed = [c.of(view.text) for row in table.rows if (c := row[column]) is not None and c.end > c.start]
    return any(_unit(p) is not None for p in printed)


def _ascending(view: View, row: Sequence[Span]) -> bool:
    """Whether the numbers of a row are 1, 2, 3 ..., with or without letters before them: "A | B | 1 | 2"."""
    numbers = [int(n) for c in row if (n := c.of(view.folded).strip("()").split("=")[0].strip()).isdigit()]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2


def _counts_up(view: View, table: Table, column: int) -> bool:
    """Whether a column without a heading holds 1, 2, 3 ..."""
    printed = [c.of(view.folded) for row in table.rows if (c := row[column]) is not None and c.end > c.start]
    return len(printed) > 1 and all(p.rstrip(".") == str(i) for i, p in enumerate(printed, 1))


def _stated_above(view: View, blocks: Sequence[Block], first: int) -> tuple[str, UnitKind, Decimal] | None:
    """The unit that a line right above a table states for all of it: "ĐVT: triệu đồng"."""
    for block in blocks[max(0, first - _ABOVE_BLOCKS) : first][::-1]:
        m = _ABOVE.search(view.lower, block.start, min(block.end, block.start + 160))
        if m is not None and (unit := _unit(m["unit"])) is not None:
            return unit
    return None


def _in_heading(title: str) -> tuple[str, UnitKind, Decimal] | None:
    """The unit in "Diện tích (ha)", "Tỷ lệ (%)", "% hoàn thành", or the noun in "Số đảng viên"."""
    low = fold_key(title)
    for m in _PARENTHESIS.finditer(low):
        if (unit := _unit(m["unit"])) is not None:
            return unit
    if "%" in low:
        return "%", "percent", Decimal(1)
    amount_of = _AMOUNT_OF.match(low)
    noun = _counted().match(low, amount_of.end() if amount_of else 0)
    return None if noun is None else (unit_name(noun.group()), "count", Decimal(1))


def _unit(printed: str) -> tuple[str, UnitKind, Decimal] | None:
    """A unit that stands alone: "%", "ha", "triệu đồng", "1.000 đồng", "tr.đ", "người"."""
    words = fold_key(printed).replace("tr.", "triệu ").replace("trđ", "triệu đ").split()
    factor = Decimal(1)
    if words and words[0][0].isdigit() and (thousands := parse_digits(words[0])) is not None:
        factor *= thousands.value
        words = words[1:]
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
