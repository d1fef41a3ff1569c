"""Canonical units, and what a printed qualifier says about the number it covers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from bantin.extractors.indicators.value import Bound
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View

_LONGEST = 24
_AFTER = re.compile(r"(?:\s{1,2}[^\W\d_]+){0,3}?\s{1,2}(?P<q>trở lên|trở xuống|đổ lên|đổ xuống)(?!\w)")


def phrase(view: View, start: int, end: int) -> str:
    """The canonical spelling of [start, end): what `canonical` makes of it, read off the view, which is folded."""
    return " ".join(view.folded[start:end].split())


def last_word(text: str) -> str:
    """What stands behind the last blank inside `text`, "" where there is nothing but blanks."""
    words = text.rsplit(None, 1)
    return words[-1] if words else ""


def unit_name(folded: str) -> str:
    """A counted noun, read off the view, as it stands in the column `unit`: small letters, abbreviations kept."""
    words = folded.strip().strip('“”"').split()
    return " ".join(words if folded.islower() else [w if len(w) > 1 and w.isupper() else w.lower() for w in words])


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    lexicon = load_lexicon("number_qualifiers")
    forms = trie_pattern(f for f in lexicon if not lexicon.note(f).startswith("after")).replace(r"\ ", r"\s{1,2}")
    return re.compile(rf"(?<![^\W\d_])(?:{forms})\s{{0,3}}\Z")


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(form.split()[-1] for form in load_lexicon("number_qualifiers"))


def qualifier(view: View, start: int, unit_end: int, block_start: int, block_end: int) -> tuple[str, Bound] | None:
    """The qualifier right before the number at `start`, or "trở lên" behind its unit; with the bound it sets."""
    low = view.lower
    before = low[max(block_start, start - _LONGEST) : start]
    word = last_word(before)
    may = word[-1:].isalpha() and (word in _last_words() or not word.isalpha())
    if may and (m := _before().search(before)) is not None:
        lexicon, form = load_lexicon("number_qualifiers"), " ".join(m.group().split())
        return lexicon.canonical(form) or form, cast("Bound", lexicon.note(form))
    behind = low[unit_end : min(block_end, unit_end + 40)]
    if ("trở " in behind or "đổ " in behind) and (after := _AFTER.match(behind)) is not None:
        note = load_lexicon("number_qualifiers").note(after["q"])
        return after["q"], cast("Bound", note.removeprefix("after "))
    return None
