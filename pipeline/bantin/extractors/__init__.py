"""The extractors, in the order they run: each sees what those before it found."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from bantin.extractors.base import Context, Extractor
from bantin.types import FAMILIES

__all__ = ["Context", "Extractor", "extractors"]


@lru_cache(maxsize=1)
def extractors() -> tuple[Extractor, ...]:
    """One extractor a family, in the order of `FAMILIES`. Each folder's `extractor()` compiles its rules once."""
    return tuple(import_module(f"bantin.extractors.{family}").extractor() for family in FAMILIES)
