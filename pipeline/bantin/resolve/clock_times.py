"""Times of day and parts of the day take the day of the date beside them: "sáng 29-4", "21:58 09/04/2024"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from bantin.extractors.dates.calendar import UNKNOWN
from bantin.extractors.dates.value import DateValue
from bantin.text import View
from bantin.types import Mention

REACH = 24
"""Characters between a time and its day."""


def with_days(view: View, mentions: Sequence[Mention[Any]]) -> list[Mention[Any]]:
    """The mentions with each time joined to the day behind it or, failing that, before it on the same line."""
    out = list(mentions)
    dates = [i for i, m in enumerate(out) if m.family == "dates"]
    for k, i in enumerate(dates):
        if out[i].value.kind != "time" or not out[i].value.value.startswith("T"):
            continue
        day = _day(view, out, dates[k + 1 : k + 4], out[i], ahead=True) or _day(
            view, out, dates[max(0, k - 3) : k][::-1], out[i], ahead=False
        )
        if day is not None:
            out[i] = replace(out[i], value=_on(out[i].value, day))
    return out


def _day(
    view: View, all_: Sequence[Mention[Any]], order: Sequence[int], time: Mention[Any], *, ahead: bool
) -> str | None:
    for j in order:
        other = all_[j]
        between = view.lower[time.end : other.start] if ahead else view.lower[other.end : time.start]
        if len(between) > REACH or "\n" in between or ";" in between:
            return None
        value: DateValue = other.value
        if value.kind in ("date", "period") and value.start_date is not None and value.grain == "day":
            return value.start_date
        if value.kind == "relative" and value.grain == "day":
            return value.start_date
    return None


def _on(value: DateValue, day: str) -> DateValue:
    if value.grain == "daypart":
        edtf: str | None = day
    elif UNKNOWN in day:
        edtf = None
    else:
        edtf = f"{day}{value.value}:00+07:00"
    return replace(value, value=f"{day}{value.value}", edtf=edtf, start_date=day, end_date=day)
