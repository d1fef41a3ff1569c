"""Years that the text leaves out: from the same coordination, the publication date, a heading, the article's own year.

The order is that of certainty, and `source` says which one decided: "sibling", "published", "heading", "dominant".
Where nothing is certain the year stays `XXXX`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec.structs import replace

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.relative import weekday_from
from bantin.extractors.dates.value import DateSource, DateValue
from bantin.resolve.clock_times import with_days
from bantin.resolve.date_checks import check_dates, weekday_before
from bantin.resolve.date_roles import cue_after, cue_before, is_dateline, sentence_after, sentence_before, with_roles
from bantin.resolve.lone_days import with_months
from bantin.text import View
from bantin.types import Article, Check, Mention

AHEAD = 60
"""How many days ahead of publication a day without any cue may lie before last year's is preferred."""

LOOK_BACK = 40
"""How many dates back the period is looked for that "cùng kỳ" compares with."""

WEEKDAY_DECIDES = 200
"""Days around publication within which the weekday printed beside a day tells its year."""

CONFIDENCE: dict[DateSource, float] = {"sibling": 0.95, "published": 0.9, "heading": 0.75, "dominant": 0.6}
"""Upper bound of the confidence of a year that was completed, by what it was completed from."""

_TIGHT = re.compile(
    r"\s*(?:[,&+/-]|và|hoặc|đến|tới|rồi)\s*(?:(?:hết|ngày|sáng|trưa|chiều|tối|các|hai|ba|trong|từ)\s*){0,3}"
)
_REPORTED = re.compile(r"(?:tổng kết|sơ kết|kết quả|báo cáo|đánh giá|tình hình|kiểm điểm)[^.;\n]{0,60}$")
_PLANNED = re.compile(r"(?:nhiệm vụ|phương hướng|kế hoạch|triển khai|chương trình|định hướng)[^.;\n]{0,60}$")
_BESIDE = re.compile(r"\s+((?:sắp\s+)?tới|vừa\s+(?:qua|rồi))(?!\w)(?!\s+(?:tháng|ngày|quý|năm)\b)")
"""Words right behind a date that say on which side of publication it lies: "tháng 1 tới", "ngày 5/1 vừa qua"."""
_SENTENCE_BREAK = re.compile(r"[.!?;]\s+[^\W\d_]|\n")
_OF_YEAR = ("date.months_of_year", "date.half_year")

AnyMention = Mention[Any]


def resolve_years(article: Article, view: View, mentions: list[AnyMention]) -> tuple[list[AnyMention], list[Check]]:
    """The mentions with years, times of day and roles of dates completed, and the contradictions among them."""
    published = article.published_day or _dateline(view, mentions)
    out = with_months(view, mentions, published)
    dates = [(i, m) for i, m in enumerate(out) if m.family == "dates"]
    done = _Completion(article, view, [m for _, m in dates], published).run()
    for (i, _), m in zip(dates, done, strict=True):
        out[i] = m
    out = with_roles(article, view, with_days(view, out))
    return out, check_dates(article, view, out)


def _dateline(view: View, mentions: list[AnyMention]) -> date | None:
    """The day of the first dateline, for an article that came without its day of publication."""
    for m in mentions:
        if m.family != "dates" or m.value.kind != "date" or m.value.grain != "day":
            continue
        day = m.value.start_date
        if day is not None and "X" not in day and is_dateline(view, m):
            return date.fromisoformat(day)
    return None


def _open(value: DateValue) -> bool:
    return value.start_date is not None and cal.UNKNOWN in value.start_date and value.kind != "set"


def _with_year(m: AnyMention, year: int, source: DateSource) -> AnyMention | None:
    """The mention in that year, or None where the year has no such day."""
    value = cal.complete(m.value, year)
    if value is None:
        return None
    return replace(m, value=replace(value, source=source), confidence=min(m.confidence, CONFIDENCE[source]))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What an article without publication date says of its own time."""

    latest: date | None  # the last full day that it tells of
    reported: int | None  # the year it reports on
    planned: int | None  # the year it plans for
    dominant: int | None


class _Completion:
    """The years of the dates of one article, in reading order."""

    def __init__(self, article: Article, view: View, dates: list[AnyMention], published: date | None) -> None:
        self.article, self.view, self.dates, self.published = article, view, dates, published
        self.headings = [] if self.published else self._headings()
        self.evidence = _Evidence(None, None, None, None) if self.published else self._gather()

    def run(self) -> list[AnyMention]:
        for i in reversed(range(len(self.dates))):  # a chain takes the year of its last member
            if _open(self.dates[i].value) and (year := self._sibling(i)) is not None:
                self.dates[i] = _with_year(self.dates[i], year, "sibling") or self.dates[i]
        for i, m in enumerate(self.dates):
            if _open(m.value):
                self.dates[i] = self._completed(i)
        for i, m in enumerate(self.dates):
            if m.value.modifier == "SAME_PERIOD" and m.value.start_date is None:
                self.dates[i] = self._year_before(i)
            elif m.rule == "date.weekday_alone" and self.published is not None and self._cue(m) == "future":
                number = date.fromisoformat(m.value.start_date).weekday()
                self.dates[i] = replace(m, value=weekday_from(number, ahead=True, published=self.published, today=True))
        return self.dates

    def _completed(self, i: int) -> AnyMention:
        m = self.dates[i]
        ways: tuple[tuple[Callable[[int], int | None], DateSource], ...] = (
            (self._sibling, "sibling"),
            (self._by_publication, "published"),
            (self._by_heading, "heading"),
            (self._by_evidence, "dominant"),
        )
        for find, source in ways:
            if (year := find(i)) is not None and (done := _with_year(m, year, source)) is not None:
                return done
        return replace(m, confidence=min(m.confidence, 0.5))

    def _sibling(self, i: int) -> int | None:
        """The year of a neighbour in the same coordination; of a month or longer, in the same sentence."""
        me = self.dates[i]
        for j, ahead in ((i + 1, True), (i - 1, False)):
            if not 0 <= j < len(self.dates):
                continue
            other = self.dates[j]
            if other.value.kind not in ("date", "period") or _open(other.value):
                continue
            if (other.value.grain == "day") != (me.value.grain == "day"):
                continue
            between = self.view.lower[me.end : other.start] if ahead else self.view.lower[other.end : me.start]
            near = _TIGHT.fullmatch(between) is not None
            if not near and (me.value.grain == "day" or (self.published is not None and not ahead)):
                continue
            if not near and (
                other.value.grain != me.value.grain or len(between) > 140 or _SENTENCE_BREAK.search(between)
            ):
                continue
            if self.published is not None and ahead and not near and not self._leads_to(me, other):
                continue  # "tháng 12; tháng 01/2024": in reading order they may belong to two years
            return self._beside(me, other, ahead=ahead, near=near)
        return None

    def _leads_to(self, me: AnyMention, other: AnyMention) -> bool:
        """Whether `me` may take the year of the next date: it comes before it, or plans lead over New Year."""
        return me.value.start_date[5:] <= other.value.start_date[5:] or self._cue(other) in ("future", "plan")

    def _beside(self, me: AnyMention, other: AnyMention, *, ahead: bool, near: bool) -> int:
        """The year of a neighbour; over New Year the one before or after, where one leads to the other."""
        year = int(other.value.start_date[:4] if ahead else other.value.end_date[:4])
        if me.rule != other.rule or (me.value.kind == "period") != (other.value.kind == "period"):
            return year
        mine, theirs = (me.value.start_date[5:], other.value.start_date[5:])
        leads = near or self._cue(other if ahead else me) in ("future", "plan")
        if ahead and mine > theirs and leads:
            return year - 1
        if not ahead and mine < theirs and leads:
            return year + 1
        return year

    def _cue(self, m: AnyMention) -> str | None:
        """past, future, or None: what the sentence says of the time of this date."""
        if m.value.modifier == "BEFORE":
            return "future"
        if (beside := _BESIDE.match(self.view.lower, m.end)) is not None:
            return "future" if beside[1].split()[-1] == "tới" else "past"
        before, after = cue_before(self.view, m.start), cue_after(self.view, m.end)
        if m.value.grain == "day":
            if before == "future" or after == "future":
                return "past" if before == "past" and after != "future" else "future"
            return "past" if "past" in (before, after) else None
        return before or after

    def _by_publication(self, i: int) -> int | None:
        return None if self.published is None else self._near(self.dates[i], self.published)

    def _near(self, m: AnyMention, published: date) -> int | None:
        cue = self._cue(m)
        if m.rule in _OF_YEAR:
            return _of_this_year(m.value, published, cue)
        before, after = _last(m.value, published, planned=cue == "plan"), _next(m.value, published)
        if m.value.grain == "day" and (said := weekday_before(self.view, m.start)) is not None:
            told = [c for c in (before, after) if c is not None and _falls_on(m.value, c[1], said[0])]
            if told and min(told)[0] <= WEEKDAY_DECIDES:
                return min(told)[1]
        if before is None or after is None:
            return (before or after or (0, None))[1]
        if cue == "future":
            return after[1] if after[0] <= 300 else before[1]
        if cue == "plan":  # what is planned may have just ended, when it is looked back on
            return after[1] if after[0] < 2 * before[0] else before[1]
        if cue is None and m.value.grain != "day":  # a month or quarter is that of the year, but for its turn
            turn = published.month <= 2 and int(m.value.start_date[5:7]) >= 10
            return before[1] if turn else published.year
        return after[1] if cue is None and after[0] <= AHEAD and before[0] > 180 else before[1]

    def _gather(self) -> _Evidence:
        count: Counter[int] = Counter()
        reported: Counter[int] = Counter()
        planned: Counter[int] = Counter()
        latest: date | None = None
        title_end = self.article.blocks[0].end if self.article.blocks else 0
        for m in self.dates:
            v: DateValue = m.value
            if v.kind not in ("date", "period", "relative") or v.start_date is None or v.end_date is None or _open(v):
                continue
            if v.modifier in ("ON_OR_BEFORE", "BEFORE") and v.grain == "year":
                continue
            weight = 6 if m.start < title_end else 1
            before = sentence_before(self.view, m.start)
            if v.grain == "day":
                issued = re.search(r"\d\S*\s*,?\s*(?:ngày)?\s*$", before) is not None
                if issued or v.kind == "relative":
                    continue
                day = date.fromisoformat(v.end_date)
                latest = day if latest is None or day > latest else latest
                count[day.year] += weight
            elif v.start_date[:4] == v.end_date[:4]:
                year = int(v.start_date[:4])
                count[year] += weight
                if _PLANNED.search(before) and not _REPORTED.search(before[-30:]):
                    planned[year] += weight
                elif _REPORTED.search(before):
                    reported[year] += weight
        top = max(count, key=lambda y: (count[y], y), default=None)
        if latest is not None and top is not None and latest.year < top:
            latest = None  # a day of history
        first = reported.most_common(1)
        plan = planned.most_common(1)
        return _Evidence(latest, first[0][0] if first else None, plan[0][0] if plan else None, top)

    def _headings(self) -> list[tuple[int, int]]:
        """Where a heading ends that names one year, and that year, in reading order."""
        ends = {b.start: b.end for b in self.article.blocks if b.kind == "heading"}
        starts = sorted(ends)
        out = []
        for m in self.dates:
            k = bisect_right(starts, m.start) - 1
            if k < 0 or m.start >= ends[starts[k]] or m.value.kind not in ("date", "period") or _open(m.value):
                continue
            if m.value.grain != "day" and m.value.start_date[:4] == m.value.end_date[:4] and ".." not in m.value.value:
                out.append((ends[starts[k]], int(m.value.start_date[:4])))
        return out

    def _by_heading(self, i: int) -> int | None:
        k = bisect_right(self.headings, (self.dates[i].start, 9999)) - 1
        return self.headings[k][1] if k >= 0 else None

    def _by_evidence(self, i: int) -> int | None:
        m, e = self.dates[i], self.evidence
        if e.dominant is None:
            return None
        month = int(m.value.start_date[5:7])
        if m.value.grain == "day":
            if e.reported is not None and e.planned == e.reported + 1:
                return e.reported if month >= 4 else e.planned
            around = sentence_before(self.view, m.start) + " " + sentence_after(self.view, m.end, 200)
            if e.reported == e.dominant and month <= 2 and re.search(rf"tổng kết[^.]*{e.dominant}", around):
                return e.dominant + 1
            if e.planned == e.dominant and month >= 11:
                return e.dominant - 1
            if e.latest is not None and e.latest.year == e.dominant:
                return e.dominant
        return e.dominant

    def _year_before(self, i: int) -> AnyMention:
        """What "cùng kỳ" stands for: the governing period, one year earlier."""
        m = self.dates[i]
        governing = next((d for d in self.dates[i + 1 : i + 2] if d.start - m.end <= 3), None) or next(
            (
                d
                for d in reversed(self.dates[max(0, i - LOOK_BACK) : i])
                if d.value.kind in ("date", "period") and d.value.grain != "day"
            ),
            None,
        )
        if governing is None or governing.value.start_date is None or _open(governing.value):
            return m
        v: DateValue = governing.value
        year = int(v.end_date[:4]) if v.end_date else 0
        blank = replace(
            v,
            value=v.value.replace(f"{year:04d}", cal.UNKNOWN),
            start_date=(v.start_date or "").replace(f"{year:04d}", cal.UNKNOWN),
            end_date=(v.end_date or "").replace(f"{year:04d}", cal.UNKNOWN),
        )
        earlier = cal.complete(blank, year - 1) if _open(blank) and ".." not in v.value else None
        if earlier is None:
            return m
        return replace(
            m, value=replace(earlier, kind="relative", modifier="SAME_PERIOD", source="sibling"), confidence=0.7
        )


def _last(value: DateValue, published: date, *, planned: bool) -> tuple[int, int] | None:
    """The days since it last began, or ended if it is planned, up to the day after publication; and its year then."""
    for year in range(published.year + 1, published.year - 5, -1):
        if (days := cal.days_in(value, year)) is not None and days[0].toordinal() <= published.toordinal() + 1:
            return (published - days[planned]).days, year
    return None


def _next(value: DateValue, published: date) -> tuple[int, int] | None:
    """The days until it next begins, of what is not over on the day of publication; and its year then."""
    for year in range(published.year, published.year + 6):
        if (days := cal.days_in(value, year)) is not None and days[1] >= published:
            return (days[0] - published).days, year
    return None


def _falls_on(value: DateValue, year: int, weekday: int) -> bool:
    done = cal.complete(value, year)
    return done is not None and date.fromisoformat(done.start_date or "").weekday() == weekday


def _of_this_year(value: DateValue, published: date, cue: str | None) -> int:
    """The year of "9 tháng đầu năm": that of publication, unless it would be reported on before it began."""
    first = int((value.start_date or "0000-01")[5:7])
    last = int((value.end_date or "0000-12")[5:7])
    if cue in ("future", "plan"):
        return published.year + (1 if published.month >= 11 and last < published.month and first == 1 else 0)
    if published.month <= 2 and last > published.month:
        return published.year - 1
    return published.year
