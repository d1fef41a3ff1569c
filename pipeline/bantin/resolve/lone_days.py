"""Days whose month the text leaves out: "Trong tháng 3, ngày 15, ..." and "Sáng ngày 28, ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from bantin.extractors.dates import calendar as cal
from bantin.extractors.dates.value import DateSource, DateValue
from bantin.resolve.date_roles import cue_after, cue_before
from bantin.text import View
from bantin.types import Mention

RULE = "date.day_alone"
"""The rule whose mentions have no month."""

REACH = 160
"""Characters before a day in which its month may stand, within the sentence."""

_LONE = f"{cal.UNKNOWN}-XX"
_SENTENCE_BREAK = re.compile(r"[.!?]\s|\n")


def with_months(view: View, mentions: Sequence[Mention[Any]], published: date | None) -> list[Mention[Any]]:
    """The mentions with every lone day in its month: that of a date before it in its sentence, else of publication.

    A day that has neither is no date and is left out.
    """
    out: list[Mention[Any]] = []
    last: Mention[Any] | None = None  # the last date that names a month
    for m in mentions:
        if m.family != "dates":
            out.append(m)
            continue
        if m.rule == RULE and (m.value.start_date or "").startswith(_LONE):
            found = _beside(view, last, m) or (None if published is None else _near(view, m, published))
            if found is None:
                continue
            m = found  # noqa: PLW2901
        out.append(m)
        if m.value.kind != "set" and m.value.start_date is not None and m.value.grain in ("day", "month"):
            last = m
    return out


def _beside(view: View, last: Mention[Any] | None, m: Mention[Any]) -> Mention[Any] | None:
    if last is None or m.start - last.end > REACH or _SENTENCE_BREAK.search(view.lower, last.end, m.start):
        return None
    value: DateValue = last.value
    if value.start_date is None or value.start_date[:7] != (value.end_date or "")[:7]:
        return None
    return _in(m, value.start_date[:7], "sibling")


def _near(view: View, m: Mention[Any], published: date) -> Mention[Any] | None:
    """The last such day up to the day after publication, with a cue of the future the next from publication."""
    before, after = cue_before(view, m.start), cue_after(view, m.end)
    ahead = m.value.modifier == "BEFORE" or ("future" in (before, after) and "past" not in (before, after))
    number = int(m.value.start_date[-2:])
    at = published.year * 12 + published.month - 1
    for step in range(4):  # of four months in a row at least two have the day
        year, month = divmod(at + (step if ahead else -step), 12)
        if not 1 <= year <= 9999 or (day := cal.day(year, month + 1, number)) is None:
            continue
        distance = date.fromisoformat(day.start_date).toordinal() - published.toordinal()
        if distance >= 0 if ahead else distance <= 1:
            return _in(m, day.start_date[:7], "published")
    return None


def _in(m: Mention[Any], month: str, source: DateSource) -> Mention[Any] | None:
    """The mention in that month ("2024-03", "XXXX-03"), or None where the month has no such day."""
    value: DateValue = m.value
    year, number = month.split("-")
    day = cal.day(None if year == cal.UNKNOWN else int(year), int(number), int((value.start_date or "")[-2:]))
    if day is None:
        return None
    text = value.value.replace(_LONE, month)
    edtf = None if ".." in text and cal.UNKNOWN in text else text
    done = replace(value, value=text, edtf=edtf, start_date=day.start_date, end_date=day.end_date, source=source)
    return replace(m, value=done)
