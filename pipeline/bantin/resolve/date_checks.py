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
from bantin.extractors.directives.value import DirectiveValue
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View
from bantin.types import Article, Check, Mention, Span

_WEEKDAY = re.compile(
    rf"(?<!\w)(?<!lần )({trie_pattern(load_lexicon('weekdays'))})"
    r"\s*[,:]?\s*[(]?\s*(?:ngày\s*)?(?:\d{1,2}:\d{2}\s*,?\s*(?:ngày\s*)?)?(?:m[ồù]ng\s+)?$"
)
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def check_dates(article: Article, view: View, mentions: Sequence[Mention[Any]]) -> list[Check]:
    """The checks `weekday_mismatch`, `report_after_publication` and `date_conflict`."""
    checks = []
    published = article.published_day
    for m in mentions:
        if not isinstance(m.value, DateValue) or m.value.kind not in ("date", "period") or m.value.start_date is None:
            continue
        if m.value.grain == "day" and m.value.source == "explicit" and UNKNOWN not in m.value.start_date:
            checks += _weekday(view, m, m.value.start_date)
        if published is not None and m.value.role == "report_period" and m.value.start_date > published.isoformat():
            checks.append(
                Check(
                    "report_after_publication",
                    (m.span,),
                    m.value.value,
                    f"before {published.isoformat()}",
                    f"a period reported on begins after the day of publication, {published.isoformat()}",
                )
            )
    return checks + _two_dates(mentions)


def _two_dates(mentions: Sequence[Mention[Any]]) -> list[Check]:
    """Documents that the article itself dates twice: the odd date against the one given most often, or first."""
    days = [
        (m.start, m.value.start_date)
        for m in mentions
        if isinstance(m.value, DateValue) and m.value.grain == "day" and m.value.source == "explicit"
    ]
    told: dict[tuple[str | None, str], list[tuple[Span, str]]] = {}
    for m in mentions:
        if isinstance(m.value, DirectiveValue) and m.value.symbol and (issued := m.value.issued_span) is not None:
            k = bisect_left(days, (issued.start, ""))
            if k < len(days) and days[k][0] < issued.end and (day := days[k][1]) is not None and UNKNOWN not in day:
                told.setdefault((m.value.type, m.value.symbol), []).append((m.span, day))
    checks = []
    for (_, symbol), dated in told.items():
        count = Counter(day for _, day in dated)
        usual = count.most_common(1)[0][0]
        checks += [
            Check("date_conflict", (span,), day, usual, f"{symbol} is dated {day} here and {usual} elsewhere")
            for span, day in dated
            if day != usual
        ]
    return checks


def weekday_before(view: View, at: int) -> tuple[int, int] | None:
    """The weekday printed right before the date at an offset (Monday is 0), and where its name begins."""
    from_ = max(view.text.rfind("\n", 0, at) + 1, at - 28)
    found = _WEEKDAY.search(view.lower[from_:at])
    return None if found is None else (int(load_lexicon("weekdays").entries[found[1]]), from_ + found.start(1))


def _weekday(view: View, m: Mention[Any], day: str) -> list[Check]:
    found = weekday_before(view, m.start)
    if found is None:
        return []
    said = found[0]
    true = date.fromisoformat(day).weekday()
    if said == true:
        return []
    span = Span(found[1], m.end)
    return [
        Check(
            "weekday_mismatch",
            (span,),
            _NAMES[said],
            _NAMES[true],
            f"{day} is a {_NAMES[true]}, the text says {_NAMES[said]}",
        )
    ]
