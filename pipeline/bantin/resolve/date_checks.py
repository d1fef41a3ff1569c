"""Contradictions among the dates of an article: a weekday against its date, a reported period still to come."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from bantin.extractors.dates.calendar import UNKNOWN
from bantin.extractors.dates.value import DateValue
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.resolve.date_roles import is_young, sentence_before, speaks_of_results
from bantin.text import View
from bantin.types import Article, Check, Mention, Span

_WEEKDAY = re.compile(
    rf"(?<!\w)(?<!lần )({trie_pattern(load_lexicon('weekdays'))})"
    r"\s*[,:-]?\s*[(]?\s*(?:ngày\s*)?(?:\d{1,2}:\d{2}\s*,?\s*(?:ngày\s*)?)?(?:m[ồù]ng\s+)?$"
)
_BEGUN = tuple({form.split()[0] for form in load_lexicon("weekdays")})
"""The words with which weekdays begin: to look for them first costs a fraction."""
_WEEKDAY_AFTER = re.compile(
    rf"\s*(?:[(]\s*|,?\s*(?:tức\s+)?(?:là|nhằm|vào)\s+)({trie_pattern(load_lexicon('weekdays'))})(?!\w)"
)
_YEARS_WORK = re.compile(
    r"(?<!\w)(?:tổng kết|kết quả)\s+(?:công tác|hoạt động|thực hiện|nhiệm vụ|phát triển)[^.,;]{0,60}năm\s*$"
)
CERTAIN = 60
"""Days around publication within which a day without its year is that of publication beyond doubt."""
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def check_dates(article: Article, view: View, mentions: Sequence[Mention[Any]]) -> list[Check]:
    """The checks `weekday_mismatch`, `report_after_publication` and `date_conflict`."""
    checks = []
    published = article.published_day
    for m in mentions:
        if m.family != "dates" or m.value.kind not in ("date", "period") or m.value.start_date is None:
            continue
        if m.value.grain == "day" and _certain(m.value, published):
            checks += _weekday(view, m, m.value.start_date)
        if published is not None and m.value.role == "report_period" and _to_come(view, m, published):
            checks.append(
                Check(
                    "report_after_publication",
                    (m.span,),
                    m.value.value,
                    f"before {published.isoformat()}",
                    f"a period is reported on, of which most was still to come on {published.isoformat()}",
                )
            )
    return checks + _two_dates(mentions)


def _certain(value: DateValue, published: date | None) -> bool:
    """Whether the year of a day is beyond doubt: printed, or that of a publication nearby."""
    if value.start_date is None or UNKNOWN in value.start_date:
        return False
    if value.source != "published" or published is None:
        return value.source in ("explicit", "sibling")
    return abs(date.fromisoformat(value.start_date).toordinal() - published.toordinal()) <= CERTAIN


def _to_come(view: View, m: Mention[Any], published: date) -> bool:
    """Whether a period cannot have been reported on yet: it had not begun, or results of its lesser half are told.

    A year or half year is reported on in its last weeks, and "năm 2024 đã" may be said at any time of it, so a period
    that has begun counts only where the words speak of its results or it is the first months of a year, all told.
    """
    value: DateValue = m.value
    if value.start_date is None or UNKNOWN in value.start_date or value.source != "explicit":
        return False
    if value.start_date > published.isoformat():
        return True
    if value.grain == "year":  # a month of action or a contest of a year ends long before the year does
        told = _YEARS_WORK.search(sentence_before(view, m.start)) is not None
    else:
        told = m.rule == "date.months_of_year" or speaks_of_results(view, m.start)
    return told and is_young(value, published)


def _two_dates(mentions: Sequence[Mention[Any]]) -> list[Check]:
    """Documents that the article itself dates twice: the odd date against the one given most often, or first."""
    dated = [m for m in mentions if m.family == "directives" and m.value.symbol and m.value.issued_span is not None]
    if len(dated) < 2:
        return []
    days = [
        (m.start, m.value.start_date)
        for m in mentions
        if m.family == "dates" and m.value.grain == "day" and m.value.source == "explicit"
    ]
    told: dict[tuple[str | None, str], list[tuple[Span, str]]] = {}
    for m in dated:
        issued = m.value.issued_span
        k = bisect_left(days, (issued.start, ""))
        if k < len(days) and days[k][0] < issued.end and (day := days[k][1]) is not None and UNKNOWN not in day:
            told.setdefault((m.value.type, m.value.symbol), []).append((m.span, day))
    checks = []
    for (_, symbol), given in told.items():
        if len(given) < 2:
            continue
        count = Counter(day for _, day in given)
        usual = count.most_common(1)[0][0]
        checks += [
            Check("date_conflict", (span,), day, usual, f"{symbol} is dated {day} here and {usual} elsewhere")
            for span, day in given
            if day != usual
        ]
    return checks


def weekday_before(view: View, at: int) -> tuple[int, int] | None:
    """The weekday printed right before the date at an offset (Monday is 0), and where its name begins."""
    from_ = max(view.text.rfind("\n", 0, at) + 1, at - 28)
    lead = view.lower[from_:at]
    if not any(map(lead.__contains__, _BEGUN)):
        return None
    found = _WEEKDAY.search(lead)
    return None if found is None else (int(load_lexicon("weekdays").matched(found[1])), from_ + found.start(1))


def _weekday(view: View, m: Mention[Any], day: str) -> list[Check]:
    found = weekday_before(view, m.start)
    span = m.span if found is None else Span(found[1], m.end)
    if found is not None:
        said = found[0]
    elif (behind := _WEEKDAY_AFTER.match(view.lower, m.end)) is not None:
        said, span = int(load_lexicon("weekdays").matched(behind[1])), Span(m.start, behind.end(1))
    else:
        return []
    true = date.fromisoformat(day).weekday()
    if said == true:
        return []
    return [
        Check(
            "weekday_mismatch",
            (span,),
            _NAMES[said],
            _NAMES[true],
            f"{day} is a {_NAMES[true]}, the text says {_NAMES[said]}",
        )
    ]
