"""The family `indicators`: numbers that measure or count something, with what they need to be used."""

from __future__ import annotations

from functools import lru_cache

from bantin.extractors.base import Context
from bantin.extractors.indicators.extractor import IndicatorExtractor
from bantin.rules import load_rules
from bantin.types import Span

__all__ = ["extractor", "refused"]


@lru_cache(maxsize=1)
def extractor() -> IndicatorExtractor:
    """The extractor with its rules compiled; one for the process."""
    return IndicatorExtractor(load_rules("extractors", "indicators", "rules.toml"))


def refused(context: Context) -> list[tuple[Span, str]]:
    """Every number of a text that is no indicator, with its reason (a key of `masks.REASONS`), in reading order."""
    return [(r.span, r.reason) for r in extractor().read(context).refusals]
