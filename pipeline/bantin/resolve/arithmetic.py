"""Numbers of an article that contradict one another: sums, shares, growth, totals of lists and of tables.

A check speaks only where the text itself says how the numbers hang together, and allows for their rounding: what a text
prints to three places is right to half of the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bantin.extractors.indicators.value import IndicatorValue
from bantin.numbers import SCALES, parse_digits
from bantin.text import View
from bantin.types import Block, Check, Mention

Row = Mention[IndicatorValue]

_SENTENCE = re.compile(r"[.!?…;](?=\s|\Z)|\n")
_EXHAUSTIVE = re.compile(
    r"trong đó\s{0,2}:|gồm\s{0,2}:|hình thức\s{0,2}:|\((?:khiển trách|cảnh cáo)|:\s{0,2}khiển trách"
)
_RESTATES = re.compile(
    r"[^.;:\n\d]{0,48}(?:bằng|(?:,|\()\s{0,2}(?:đạt|chiếm|tỷ lệ|tỉ lệ)|\()\s{0,2}(?:tỷ lệ|tỉ lệ|là|đạt)?\s{0,2}\Z"
)
"""Not "138/162 xã đạt 100%", which says what each of them reached."""
_SHARE = re.compile(r"[^.;:\n\d%]{0,48}(?:,\s|\()\s{0,2}(?:chiếm|đạt|bằng)\s{0,2}(?:tỷ lệ|tỉ lệ|là)?\s{0,2}\Z")
_CORRESPONDS = re.compile(
    r"[^.;\n\d%]{0,60}(?:tương ứng|tương đương với|tỷ lệ tăng|tỷ lệ giảm|tức|hay|\(\+?)[^.;:\n\d%,]{0,14}\Z"
)
_FROM = re.compile(r"(?<!\w)từ\s{1,2}(?:mức\s{1,2}|gần\s{1,2}|hơn\s{1,2}|trên\s{1,2})?\Z")
_TO = re.compile(
    r"[^.;:\n\d]{0,24}(?:lên|xuống|còn)(?:\s{1,2}(?:còn|đến|tới|thành))?\s{1,2}(?:gần\s{1,2}|hơn\s{1,2}|trên\s{1,2})?\Z"
)
_THEN = re.compile(r"[^.;:\n\d%]{0,32}(?:,|\()\s{0,2}(?:tức\s{1,2})?(?:tăng|giảm)\s{1,2}\Z")
_TOTAL = re.compile(
    r"(?<!\w)(?:tổng cộng|cộng chung|cả thảy|tổng cộng là|tổng cộng có)\s{1,2}(?:là\s{1,2}|có\s{1,2})?\Z"
)
_TOTAL_ROW = re.compile(r"(?:tổng(?: số| cộng)?|cộng|tổng toàn \w+)\s?:?\Z")
_SUBTOTAL_ROW = re.compile(r"(?:[ivx]{1,4}|[a-d])(?:[.)\s]|\Z)|trong đó|\d+\.\d|-|\+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALED = re.compile(r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?:\s{1,2}(?=(?:tỷ|tỉ)(?!\w))|(?!\w)))+")
_MEASURED = frozenset({"money", "measure"})


def arithmetic(view: View, blocks: Sequence[Block], rows: Sequence[Row]) -> list[Check]:
    """Every contradiction among the indicators of an article, in reading order."""
    checks = [
        *_sums(view, rows), *_ratios(view, rows), *_shares(view, rows), *_growth(view, rows), *_moves(view, rows),
        *_against_years(view, rows), *_lists(view, rows), *_tables(view, blocks, rows),
    ]  # fmt: skip
    return sorted(checks, key=lambda c: c.spans[0])


def _ulp(row: Row) -> Decimal:
    """One unit of the last place of a number as it was printed: 0.1 tỷ for "34,5 tỷ", 1 triệu for "3 tỷ 500 triệu"."""
    scales = _SCALED.findall(row.text.lower())
    factor = Decimal(1)
    if "table" in row.value.flags and (cell := parse_digits(row.text.strip(" %"))) is not None and cell.value:
        factor = row.value.value / cell.value  # the unit of the column: "triệu đồng"
    for word in scales[-1].split() if scales else ():
        factor *= SCALES[word]
    return factor * _places((row.value.value / factor).normalize())


def _blur(row: Row) -> Decimal:
    """How far a number may be from the truth: counts are exact, what is measured is rounded."""
    return _ulp(row) / 2 if row.value.unit_kind in _MEASURED else Decimal(0)


def _places(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)


def _single(row: Row) -> bool:
    v = row.value
    return v.value_max is None and v.denominator is None and v.bound is None


def _sums(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """Parts that a text lists as the whole of a number, and that add up to something else."""
    parts: dict[tuple[int, int], list[Row]] = {}
    for m in rows:
        if m.value.part_of is not None and m.value.value_max is None and m.value.change is None:
            parts.setdefault((m.value.part_of.start, m.value.part_of.end), []).append(m)
    wholes = {(m.start, m.end): m for m in rows} if parts else {}
    for key, ms in parts.items():
        whole = wholes.get(key)
        if whole is None or len(ms) < 2 or any(p.value.unit != whole.value.unit for p in ms):
            continue
        if not _single(whole) or not all(_single(p) for p in ms):
            continue
        if _EXHAUSTIVE.search(view.lower, whole.end, ms[0].start):
            yield from _added(whole, ms, f"the parts of {whole.text!r}")


def _added(whole: Row, ms: Sequence[Row], what: str) -> Iterator[Check]:
    total = sum((p.value.value for p in ms), Decimal(0))
    if abs(total - whole.value.value) > _blur(whole) + sum((_blur(p) for p in ms), Decimal(0)):
        spans = (whole.span, *(p.span for p in ms))
        yield Check("sum_mismatch", spans, str(total), str(whole.value.value), f"{what} add up to {total}")


def _ratios(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """A ratio and the percentage that restates it: 54/62 is 87.1 %, rounded as printed."""
    for a, b in pairwise(rows):
        ratio, percent = (a, b) if a.value.denominator else (b, a)
        whole = ratio.value.denominator
        if not whole or percent.value.unit != "%" or percent.value.change or not _single(percent):
            continue
        if _RESTATES.fullmatch(view.lower, a.end, b.start):
            yield from _share(ratio, ratio.value.value, whole, percent)


def _shares(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """A part and its share of the whole: "26.652 hộ, trong đó có 1.665 hộ nghèo, chiếm 6,25%"."""
    wholes: dict[tuple[int, int], Row] = {}
    for part, percent in pairwise(rows):
        of = part.value.part_of
        if of is None or percent.value.unit != "%" or percent.value.change or percent.value.base:
            continue
        wholes = wholes or {(m.start, m.end): m for m in rows}
        whole = wholes.get((of.start, of.end))
        if whole is None:
            continue
        if part.value.unit_kind != "count" or not all(_single(m) for m in (part, whole, percent)):
            continue
        if whole.value.value and _SHARE.fullmatch(view.lower, part.end, percent.start):
            yield from _share(part, part.value.value, whole.value.value, percent)


def _share(row: Row, part: Decimal, whole: Decimal, percent: Row) -> Iterator[Check]:
    share, printed = part / whole * 100, percent.value.value
    if abs(share - printed) > _places(printed):
        yield Check(
            "ratio_mismatch", (row.span, percent.span), f"{printed} %", f"{_rounded(share, printed)} %",
            f"{row.text!r} is not {percent.text!r}",
        )  # fmt: skip


def _rounded(share: Decimal, printed: Decimal) -> Decimal:
    return share.quantize(min(_places(printed), Decimal("0.1")))


def _growth(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """A value, by how much it rose, and the percentage that restates it: "531 tỷ, tăng 65 tỷ, tương ứng 14%"."""
    for value, by, percent in zip(rows, rows[1:], rows[2:], strict=False):
        if percent.value.unit != "%" or by.value.change is None or by.value.unit != value.value.unit:
            continue
        if value.value.change or not all(_single(m) for m in (value, by, percent)) or value.value.unit == "%":
            continue
        low = view.lower
        if _SENTENCE.search(low, value.end, by.start) or by.start - value.end > 60:
            continue
        if not _CORRESPONDS.fullmatch(low, by.end, percent.start):
            continue
        sign = -1 if by.value.change == "up" else 1
        ends = [
            (by.value.value + db) / (value.value.value + dv + sign * (by.value.value + db)) * 100
            for db in (-_blur(by), _blur(by))
            for dv in (-_blur(value), _blur(value))
            if value.value.value + dv + sign * (by.value.value + db) > 0
        ]
        yield from _outside(ends, (value, by), percent)


def _moves(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """From one value to another, and the percentage: "từ 120 lên 150 hộ, tăng 25%"."""
    low = view.lower
    for before, after, percent in zip(rows, rows[1:], rows[2:], strict=False):
        if before.value.unit != after.value.unit or before.value.unit == "%" or not before.value.value:
            continue
        if percent.value.unit != "%" or percent.value.change is None or percent.value.base:
            continue
        if not all(_single(m) for m in (before, after, percent)):
            continue
        if not _FROM.search(low, max(0, before.start - 12), before.start):
            continue
        if _TO.fullmatch(low, before.end, after.start) and _THEN.fullmatch(low, after.end, percent.start):
            yield from _outside(_changes(before, after), (before, after), percent)


def _against_years(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """Values of two years in one sentence, and the growth from one to the other."""
    low = view.lower
    for i, percent in enumerate(rows):
        v = percent.value
        year = _YEAR.search(v.base or "")
        if i < 2 or v.unit != "%" or v.change is None or year is None or not _single(percent):
            continue
        after, before = rows[i - 1], rows[i - 2]
        if (
            before.value.unit != after.value.unit
            or after.value.unit == "%"
            or after.value.change
            or before.value.change
        ):
            continue
        if _SENTENCE.search(low, before.start, percent.start) or not _single(after) or not _single(before):
            continue
        first, last = before.value.period_start, before.value.period_end
        if (first, last) != (f"{year[0]}-01-01", f"{year[0]}-12-31") or not before.value.value:
            continue
        about = (before.value.object or "").lower()
        same = about == (after.value.object or "").lower()
        if about and same and _whole_year(after) and after.value.period_start != first:
            yield from _outside(_changes(before, after), (before, after), percent)


def _whole_year(row: Row) -> bool:
    first, last = row.value.period_start, row.value.period_end
    return bool(first and last and first[4:] == "-01-01" and last[4:] == "-12-31" and first[:4] == last[:4])


def _changes(before: Row, after: Row) -> list[Decimal]:
    """The change in percent at the ends of what rounding allows."""
    return [
        abs(after.value.value + da - before.value.value - db) / (before.value.value + db) * 100
        for da in (-_blur(after), _blur(after))
        for db in (-_blur(before), _blur(before))
        if before.value.value + db > 0
    ]


def _outside(ends: Sequence[Decimal], rows: tuple[Row, Row], percent: Row) -> Iterator[Check]:
    printed = percent.value.value
    step = _places(printed)
    if not ends or min(ends) - step <= printed <= max(ends) + step:
        return
    middle = sum(ends, Decimal(0)) / len(ends)
    yield Check(
        "growth_mismatch", (rows[0].span, rows[1].span, percent.span), f"{printed} %", f"{_rounded(middle, printed)} %",
        f"{rows[0].text!r} and {rows[1].text!r} make no change of {percent.text!r}",
    )  # fmt: skip


def _lists(view: View, rows: Sequence[Row]) -> Iterator[Check]:
    """A list and its total in one sentence: "xã A 20 suất, xã B 30 suất, tổng cộng 50 suất"."""
    low = view.lower
    if "cộng" not in low and "cả thảy" not in low:
        return
    for i, total in enumerate(rows):
        if not _single(total) or not _TOTAL.search(low, max(0, total.start - 24), total.start):
            continue
        items: list[Row] = []
        for m in reversed(rows[:i]):
            if _SENTENCE.search(low, m.end, total.start):
                break
            items.append(m)
        alike = all(m.value.unit == total.value.unit and _single(m) and not m.value.change for m in items)
        if len(items) >= 2 and alike and not any(m.value.part_of for m in items):
            yield from _added(total, items[::-1], "the items of the list")


def _tables(view: View, blocks: Sequence[Block], rows: Sequence[Row]) -> Iterator[Check]:
    """The last row of a table against the rows above it, column by column, where it says that it is the total."""
    cells = {m.start: m for m in rows if "table" in m.value.flags}
    if not cells:
        return
    table: list[tuple[str, list[Row | None]]] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "table_row":
            table.append(_table_row(view, block, cells))
            continue
        if len(table) > 3 and _TOTAL_ROW.match(table[-1][0]):
            yield from _columns(table)
        table = []


def _table_row(view: View, block: Block, cells: dict[int, Row]) -> tuple[str, list[Row | None]]:
    """The label of a row, which is its first cell of words, and the number of each cell."""
    out: list[Row | None] = []
    label, at = "", block.start
    for cell in view.lower[block.start : block.end].split("|"):
        start = at + len(cell) - len(cell.lstrip())
        out.append(cells.get(start))
        if not label and any(c.isalpha() for c in cell):
            label = cell.strip()
        at += len(cell) + 1
    return label, out


def _columns(table: Sequence[tuple[str, list[Row | None]]]) -> Iterator[Check]:
    *body, (_, totals) = table
    body = [row for row in body if any(row[1])]
    if len(body) < 2 or any(_SUBTOTAL_ROW.match(label) or _TOTAL_ROW.match(label) for label, _ in body):
        return
    for i, total in enumerate(reversed(totals), 1):  # from the right: a total spans the first columns
        column = [row[-i] if i <= len(row) else None for _, row in body]
        items = [m for m in column if m is not None]
        if total is None or len(items) != len(column) or total.value.unit_kind not in ("count", "money", "measure"):
            continue
        if all(_single(m) and m.value.unit == total.value.unit for m in (total, *items)):
            yield from _added(total, items, "the rows of the table")
