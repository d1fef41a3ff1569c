"""Dates, periods, times of day, durations and frequencies: every calendar expression to its days."""

from __future__ import annotations

from bantin.extractors.base import Extractor
from bantin.extractors.dates.extract import DateExtractor
from bantin.rules import load_rules


def extractor() -> Extractor:
    """The date extractor with its rules compiled."""
    return DateExtractor(load_rules("extractors", "dates", "rules.toml"))
