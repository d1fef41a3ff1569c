"""Lines that say who wrote the text, where the reader of the page has not labelled them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bantin.lexicon import load_lexicon
from bantin.names import breaks_name, is_name_syllable, place_length, runs, words_of
from bantin.text import View
from bantin.types import Block

_LONG = 80
"""Characters from which a block counts as a paragraph of the text, not as a line beside it."""
_LAST_LINES = 14
_FIRST_LINES = 8
_DAY = re.compile(
    r"\s*(?:[,|-]\s*)?(?:\d{1,2}[:h]\d{2}'?\s*(?:[,|-]\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật|ngày)\s*,?\s*(?:ngày\s+)?\d{1,2}[/.-]\d{1,2})"
)
_SEPARATOR = re.compile(r"\s*(?:,|-|&|/|và|;)\s*")
_OUTLET = re.compile(r"\s*(?:[-,]\s*)?(?:\([^()\n]{2,60}\)|[-–]\s*[^\n]{2,90})?\s*\.?\s*")
_INITIALS = re.compile(r"\s*([^\W\d_a-z](?:\.?[^\W\d_a-z]){1,2})\.?\s*(?:\([^()\n]*\))?\s*")
_NO_INITIALS = frozenset(
    ["PV", "BTV", "CTV", "BBT", "TTXVN", "VP", "BTC", "VOV", "VTV", "TTX", "TW", "NNB", "BHXH", "QĐ", "TM", "KT", "TL"]
)


def byline_blocks(blocks: Sequence[Block], view: View) -> dict[int, bool]:
    """Offsets of the blocks that are bylines: labelled so, or a line of names behind a paragraph near the end."""
    labelled = (b for b in blocks if b.kind == "byline")
    out = {b.start: True for b in labelled if view.lower[b.start : b.end].strip() not in _page_words()}
    out |= {b.start: True for b in blocks[:_FIRST_LINES] if b.end - b.start < _LONG and _dated(view, b)}
    behind = False
    for i, b in enumerate(blocks):
        length = b.end - b.start
        if length >= _LONG:
            behind = True
        elif (
            behind
            and len(blocks) - i <= _LAST_LINES
            and b.kind not in ("heading", "title", "dateline")
            and (_names_only(view, b) or initials_line(view, b))
        ):
            out[b.start] = True
    return out


def _dated(view: View, block: Block) -> bool:
    """Whether a line is a name and the day of publication: "Trần Khánh Thứ hai, ngày 04/12/2023"."""
    pieces = next(runs(view.folded, block.start, block.end), None)
    if pieces is None or view.folded[block.start : pieces[0][0]].strip():
        return False
    for i, (a, _) in enumerate(pieces):
        if i and (m := _DAY.match(view.lower, a, block.end)) and m.start() == a:
            words = words_of(view.lower, pieces[:i])
            return 2 <= i <= 4 and all(is_name_syllable(w) for w in words) and " ".join(words) not in _page_words()
    words = words_of(view.lower, pieces)
    if not 2 <= len(words) <= 4 or not all(is_name_syllable(w) for w in words) or " ".join(words) in _page_words():
        return False
    piped = view.folded[pieces[-1][1] : block.end].strip() == "|"
    return piped or _DAY.match(view.lower, pieces[-1][1], block.end) is not None


@cache
def _page_words() -> frozenset[str]:
    """Headings and menu entries whose syllables all occur in names."""
    return frozenset(load_lexicon("page_words"))


def _names_only(view: View, block: Block) -> bool:
    folded, low = view.folded, view.lower
    start = block.start
    while start < block.end and folded[start].isspace():
        start += 1
    pos, seen, last = start, 0, start
    for pieces in runs(folded, start, block.end):
        if pieces[0][0] != pos:
            break
        words = words_of(low, pieces)
        shape = 2 <= len(words) <= 4 and all(is_name_syllable(w) for w in words)
        if not shape or place_length(words, 0) == len(words) or breaks_name(low, pos, words[0]):
            break
        if any(breaks_name(low, a, w) for (a, _), w in zip(pieces, words, strict=True)):
            break
        if " ".join(words) in _page_words():
            break
        seen += 1
        pos = last = pieces[-1][1]
        if m := _SEPARATOR.match(low, pos, block.end):
            pos = m.end()
    if not seen:
        return False
    m = _OUTLET.fullmatch(folded, last, block.end)
    return m is not None or folded[last : block.end].strip(" .|\n") == ""


def initials_line(view: View, block: Block) -> tuple[int, int] | None:
    """Where the initials stand if the block is nothing but initials ("LH"), or None."""
    m = _INITIALS.fullmatch(view.folded, block.start, block.end)
    return m.span(1) if m and m[1] not in _NO_INITIALS and m[1].isupper() else None
