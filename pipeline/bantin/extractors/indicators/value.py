"""A number that measures or counts something, with what it needs to be used."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bantin.types import Span

UnitKind = Literal["count", "money", "percent", "percent_point", "ratio", "measure", "frequency"]
Bound = Literal["lt", "gt", "le", "ge", "approx"]
Status = Literal["done", "plan", "registered", "proposed"]


class IndicatorValue(Struct, frozen=True):
    """Fields are the columns of `indicators` (design §5). Values are exact, in base units.

    `unit` is "VND", "USD", "%", "ha", "m2", "km" or the counted noun with its classifier. `part_of` is the span of the
    indicator this one is a part of. `period_start`/`period_end` are ISO days, inclusive.
    """

    value: Decimal
    unit: str
    unit_kind: UnitKind
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    qualifier: str | None = None
    bound: Bound | None = None
    object: str | None = None
    action: str | None = None
    actor: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    status: Status = "done"
    change: Literal["up", "down"] | None = None
    base: str | None = None
    part_of: Span | None = None
    flags: tuple[str, ...] = ()
