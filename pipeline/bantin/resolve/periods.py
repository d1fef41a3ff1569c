"""Indicators to periods: the one in their own sentence, else the reporting period that governs the passage.

Order of search: the heading of its column in a table, the sentence of the indicator, the earlier sentences of its
block, the way back over the blocks that begin with a period ("Trong quý I/2024, ..."), the first reporting period of
the article if it was named by then. Days count only within the sentence; issue dates, anniversaries, terms and bases of
comparison never.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bantin.extractors.dates.value import DateValue
from bantin.extractors.indicators.tables import tables
from bantin.extractors.indicators.value import IndicatorValue
from bantin.resolve.arithmetic import arithmetic
from bantin.text import View
from bantin.types import Article, Check, Mention, Span, valued

_SENTENCE = re.compile(r"[.!?…\n](?:(?<=\n)|(?=\s|\Z))")
_MARKS = (".", "!", "?", "…")
_NOT_A_PERIOD = re.compile(
    r"(?:so với|\bso|cùng kỳ|như|kỷ niệm|sinh ngày|sinh năm|khóa|nhiệm kỳ|chuyên đề|chủ đề|kế hoạch|chương trình|đề án|"
    r"luật|hiến pháp|nghị quyết|giải|danh hiệu|tầm nhìn đến)"
    r"(?:\s(?:công tác|với|năm|tháng|quý|đầu|cuối|cả|của|ngày))*\s{0,2}\Z"
)
_BASE = re.compile(r"so(?<!\wso)\s{1,2}(?:với\s{1,2})?[^,.;:()\n]{0,64}\Z")
"""Before a date: it belongs to what something is measured against."""
_RELATIVE = re.compile(
    r"(?:trong|cả|từ đầu|những tháng đầu|\d+ tháng).*(?:năm|quý|tháng)|năm (?:nay|qua)|quý này|tháng này"
)
_FOLLOWING = re.compile(
    r"[^,.;:()\n]{0,60}\b(?:trong|vào|đến|tới|năm|của|quý|tháng)\s{0,2}(?:hết\s|năm\s|ngày\s|quý\s|tháng\s){0,2}\Z"
)
_OPENING = 90
"""Characters at the start of a block in which a period governs the block and those below it."""
_WIDEST_DAYS = 370
"""A reporting period is at most a year; longer ones are terms and stages."""
_SHORTEST_DAYS = 27
"""A stretch between two days is reported on from a month up."""
_TO_NOW = re.compile(r"\s{1,2}(?:cho\s{1,2})?(?:đến|tới)\s{1,2}nay(?!\w)")
_UP_TO = re.compile(r"(?:đến|tới)\s{1,2}(?:hết\s{1,2}|thời điểm\s{1,2}|ngày\s{1,2}|khoảng\s{1,2}){0,2}\Z")
_SAME_AGAIN = re.compile(r"(?:trong|cả)\s{1,2}(?:năm|quý|tháng)")
"""What repeats the period that stands before it, whatever the day of publication: "Trong năm, các cấp ủy ..."."""
_NEVER = frozenset({"issued", "anniversary", "published"})
_IN_TERM = re.compile(
    r"(?<!\w)(?:trong|qua|suốt)\s{1,2}(?:(?:cả|toàn|suốt)\s{1,2})?(?:nhiệm kỳ|khóa)(?:\s{1,2}vừa qua)?"
    r"(?:\s{1,2}\(|,)?\s{0,2}\Z"
)
_YEARS = re.compile(r"(?:19|20)\d{2}")
"""Before the years of a term over which something was counted: "trong nhiệm kỳ 2017-2022 đã kết nạp"."""


class _Period(Struct, frozen=True):
    start: int
    end: int
    first: str | None
    last: str | None
    grain: str
    until: bool

    @property
    def days(self) -> int:
        """Length in days; 0 where an end is open."""
        if not self.first or not self.last:
            return 0
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days

    @property
    def reports(self) -> bool:
        """True for months, quarters, halves and years, and "từ đầu năm đến nay": what a report is about."""
        long = self.grain not in ("day", "minute", "daypart", "week") or self.days >= _SHORTEST_DAYS
        return long and 0 < self.days <= _WIDEST_DAYS


def resolve_periods(
    article: Article, view: View, mentions: Sequence[Mention[Any]]
) -> tuple[list[Mention[Any]], list[Check]]:
    """`mentions` with the periods of the indicators filled in, and the sums and shares that do not add up.

    Run after the dates are resolved: a date without its year governs nothing.
    """
    indicators = valued(mentions, IndicatorValue)
    if not indicators:
        return list(mentions), []
    finder = _Finder(article, view, mentions, indicators)
    out: list[Mention[Any]] = []
    for m in mentions:
        if m.family != "indicators":
            out.append(m)
            continue
        first, last = finder.period(m)
        out.append(replace(m, value=replace(m.value, period_start=first, period_end=last)))
    return out, arithmetic(view, article.blocks, valued(out, IndicatorValue))


class _Finder:
    def __init__(
        self,
        article: Article,
        view: View,
        mentions: Sequence[Mention[Any]],
        indicators: Sequence[Mention[IndicatorValue]],
    ) -> None:
        self._view = view
        self._blocks = article.blocks
        self._block_starts = [b.start for b in article.blocks]
        documents = sorted(m.end for m in mentions if m.family == "directives")
        self._periods = [
            p for m in valued(mentions, DateValue) if (p := _period(view, m, documents, article.published)) is not None
        ]
        self._periods = _repeated(view, self._periods)
        self._starts = [p.start for p in self._periods]
        self._sentences = [s.end() for s in _SENTENCE.finditer(view.lower)]
        self._indicator_starts = [m.start for m in indicators]
        self._governing = self._govern()
        self._first = next((p for p in self._periods if p.reports), None)
        self._columns = self._headed()

    def _govern(self) -> list[_Period | None]:
        """For each block the period that its opening or an earlier block's opening sets."""
        out: list[_Period | None] = []
        current: _Period | None = None
        for block in self._blocks:
            i = bisect_left(self._starts, block.start)
            while i < len(self._periods) and self._periods[i].start < min(block.start + _OPENING, block.end):
                if self._periods[i].reports:
                    current = self._periods[i]
                    break
                i += 1
            out.append(current)
        return out

    def _headed(self) -> dict[int, _Period]:
        """For the offset of each cell of a table the period that the headings of its column name."""
        out: dict[int, _Period] = {}
        if not self._periods:
            return out
        for table in tables(self._view, self._blocks):
            named = [next((p for c in column for p in self._inside(c)), None) for column in table.headings]
            for row in table.rows:
                out.update((c.start, p) for c, p in zip(row, named, strict=True) if c is not None and p is not None)
        return out

    def _inside(self, cell: Span) -> list[_Period]:
        """The reporting periods that a heading names."""
        i, k = bisect_left(self._starts, cell.start), bisect_left(self._starts, cell.end)
        return [p for p in self._periods[i:k] if p.reports]

    def period(self, m: Mention[IndicatorValue]) -> tuple[str | None, str | None]:
        """First and last day of what `m` reports on, ISO, inclusive."""
        k = bisect_right(self._block_starts, m.start) - 1
        if k < 0:
            return None, None
        block = self._blocks[k]
        named = self._first if self._first is not None and self._first.start < m.start else None
        p = self._columns.get(m.start) or self._own(m, block.start, block.end) or self._governing[k] or named
        if p is None:
            return None, None
        if p.until and p.last:  # "đến hết ngày 15/6/2024": from the start of what is reported on
            whole = next((w for w in (self._governing[k], self._first) if w is not None and not w.until), None)
            inside = whole is not None and whole.first is not None and whole.first <= p.last <= (whole.last or "")
            return (
                whole.first
                if whole and inside
                else f"{p.last[:4]}-01-01"
                if p.grain in ("day", "month", "quarter")
                else None
            ), p.last
        return p.first, p.last

    def _own(self, m: Mention[IndicatorValue], start: int, end: int) -> _Period | None:
        """The period of the indicator's sentence, else the nearest one of the earlier sentences of the block."""
        if self._view.lower[m.start - 1 : m.start] in _MARKS:  # the space behind a full stop was lost
            sentence = m.start
        else:
            k = bisect_right(self._sentences, m.start) - 1
            sentence = self._sentences[k] if k >= 0 and self._sentences[k] > max(start, m.start - 1200) else start
        i = bisect_left(self._starts, m.start) - 1
        earlier: _Period | None = None
        while i >= 0 and self._periods[i].start >= start:
            p = self._periods[i]
            if p.start >= sentence:
                return p
            if p.reports and earlier is None:
                earlier = p
                break
            i -= 1
        return self._behind(m, end) or earlier

    def _behind(self, m: Mention[IndicatorValue], end: int) -> _Period | None:
        """A period right behind the counted noun: "kết nạp 35 đảng viên trong năm 2023"."""
        i = bisect_left(self._starts, m.end)
        if i >= len(self._periods) or self._periods[i].start >= min(end, m.end + 72):
            return None
        p = self._periods[i]
        k = bisect_left(self._indicator_starts, m.end)
        if k < len(self._indicator_starts) and self._indicator_starts[k] < p.start:
            return None
        return p if _FOLLOWING.match(self._view.lower, m.end, p.start) else None


def _repeated(view: View, periods: Sequence[_Period]) -> list[_Period]:
    """`periods` where "trong năm" stands for the year that was named before it."""
    out: list[_Period] = []
    last: dict[str, _Period] = {}
    for p in periods:
        named = last.get(p.grain) if _SAME_AGAIN.fullmatch(view.lower, p.start, p.end) else None
        out.append(replace(p, first=named.first, last=named.last) if named else p)
        if named is None and p.reports:
            last[p.grain] = p
    return out


def _period(view: View, m: Mention[DateValue], documents: Sequence[int], published: str | None) -> _Period | None:
    """A date as a period of an indicator, or None where it is something else."""
    v = m.value
    if v.role in _NEVER or v.kind not in ("date", "period", "relative") or not v.end_date or "X" in v.end_date:
        return None
    if v.start_date and "X" in v.start_date:
        return None
    low = view.lower
    years = _YEARS.search(low, m.start, m.end)
    termed = years is not None and _IN_TERM.search(low, max(0, m.start - 40), years.start()) is not None
    if termed:
        return _Period(m.start, m.end, v.start_date, v.end_date, v.grain, False)
    if v.role == "term":
        return None
    if v.modifier == "START" and v.start_date and published and _TO_NOW.match(low, m.end):
        return _Period(m.start, m.end, v.start_date, published[:10], "day", False)  # "từ đầu năm 2022 đến nay"
    if v.kind == "relative" and v.role != "report_period" and not _RELATIVE.search(low[m.start : m.end]):
        return None
    if _NOT_A_PERIOD.search(low[max(0, m.start - 40) : m.start]) or _BASE.search(low, max(0, m.start - 80), m.start):
        return None
    i = bisect_right(documents, m.start) - 1
    if v.grain == "day" and i >= 0 and m.start - documents[i] <= 12:
        return None  # an issue date
    until = v.modifier == "ON_OR_BEFORE" or (v.modifier == "END" and _UP_TO.search(low[max(0, m.start - 24) : m.start]))
    return _Period(m.start, m.end, v.start_date, v.end_date, v.grain, bool(until))
