"""Which lines belong to the page and not to the article: data in lexicons/furniture.csv and furniture.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from bantin.datafile import check_keys, packaged, read_toml
from bantin.errors import DataFileError
from bantin.lexicon import load_lexicon, trie_pattern

Drop = Literal["line", "image", "links", "rest"]
DROPS: tuple[Drop, ...] = ("line", "image", "links", "rest")
LONGEST = 160  # characters; furniture comes in short lines


@dataclass(frozen=True, slots=True)
class FurniturePattern:
    """One pattern of furniture.toml with its examples; matched on a whole folded line in lower case."""

    id: str
    drop: Drop
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def load_patterns(file: Traversable | Path | None = None) -> tuple[FurniturePattern, ...]:
    """The patterns of furniture.toml. Raises DataFileError for a wrong key, pattern or kind of drop."""
    file = file or packaged("read", "furniture.toml")
    out = []
    for table in read_toml(file).get("pattern", []):
        record = table.get("id", "?")
        check_keys(file, record, table, ("id", "drop", "why", "pattern", "yes", "no"))
        if table["drop"] not in DROPS:
            raise DataFileError(file, record, f"drop is {table['drop']!r}; one of {', '.join(DROPS)}")
        try:
            pattern = re.compile(table["pattern"])
        except re.error as e:
            raise DataFileError(file, record, f"pattern: {e}") from None
        out.append(FurniturePattern(record, table["drop"], pattern, tuple(table["yes"]), tuple(table["no"])))
    return tuple(out)


@cache
def _any_pattern() -> re.Pattern[str]:
    """A line that some pattern of furniture.toml matches."""
    return re.compile("|".join(f"(?:{p.pattern.pattern})" for p in load_patterns()))


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a line made only of furniture words, one such word)"""
    lexicon = load_lexicon("furniture")
    for form in lexicon:
        if lexicon.note(form) not in DROPS:
            raise DataFileError("lexicons/furniture.csv", form, f"note is not one of {', '.join(DROPS)}")
    one = trie_pattern(lexicon)
    return re.compile(rf"[\W\d_]*(?:{one}[\W\d_]*)+"), re.compile(one)


def furniture(key: str) -> Drop | None:
    """What to do with a line, given its folded key: None to keep it."""
    if not key or len(key) > LONGEST:
        return None
    whole, one = _words()
    if whole.fullmatch(key):
        lexicon = load_lexicon("furniture")
        return _strongest(lexicon.notes[m.group()] for m in one.finditer(key))
    if _any_pattern().fullmatch(key) is None:  # as with most lines
        return None
    return next(p.drop for p in load_patterns() if p.pattern.fullmatch(key))


def _strongest(drops: Iterable[str]) -> Drop:
    found = set(drops)
    if len(found) > 1:
        found.discard("image")  # a form's field with the picture that marks it
    return next(d for d in reversed(DROPS) if d in found)
