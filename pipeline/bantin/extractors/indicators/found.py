"""A number with its unit on the way to a mention, before the slots around it are filled."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from bantin.extractors.indicators.amounts import Amount
from bantin.extractors.indicators.value import Status, UnitKind
from bantin.rules import Rule
from bantin.types import Span


class Found(Struct, frozen=True):
    """An indicator at [start, end): amount, unit, and where the counted noun stands (None for money, percent, ...)."""

    rule: Rule
    start: int
    end: int
    amount: Amount
    unit: str
    unit_kind: UnitKind
    noun: Span | None = None
    classifier_end: int | None = None
    confidence: float = 0.9
    flags: tuple[str, ...] = ()
    object: str | None = None
    status: Status | None = None
    """What the heading of its column says, for the cell of a table."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A number without a unit of its own, which may inherit one."""

    rule: Rule
    amount: Amount
    reason: str


class Refusal(Struct, frozen=True):
    """A number that is no indicator, and why: a key of `masks.REASONS`."""

    span: Span
    reason: str
