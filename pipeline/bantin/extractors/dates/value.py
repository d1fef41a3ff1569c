"""What a temporal expression stands for."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

DateKind = Literal["date", "period", "time", "duration", "set", "relative"]
DateRole = Literal["published", "event", "issued", "report_period", "plan_period", "term", "deadline", "anniversary"]
DateSource = Literal["explicit", "sibling", "heading", "published", "dominant"]


class DateValue(Struct, frozen=True):
    """Fields are the columns of `date_mentions` (design §5).

    `start_date` and `end_date` are ISO days, inclusive; "XXXX-10-19" where the year is unknown; None where open.
    `value` is the readable form ("2024-Q1", "2019/2023", "../2030", "P5Y", "R/P3M"); `edtf` None where EDTF has none.
    `grain` is minute, daypart, day, week, month, quarter, half, year, decade, century, or a unit of a duration.
    """

    kind: DateKind
    grain: str
    value: str
    edtf: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    modifier: str | None = None
    role: DateRole | None = None
    source: DateSource = "explicit"
