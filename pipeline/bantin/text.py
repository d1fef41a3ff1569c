"""NFC with a map back to the source, and the length-preserving view that rules match on.

Two steps, kept apart. `normalise` makes the article's text (the coordinate system): NFC, LF line ends, no zero-width
characters. `View` folds that text without moving a single offset: one kind of space, one kind of dash, `Ð` to `Đ`, one
placement of tone marks, and beside it the same in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, compress, count, islice

import regex
from msgspec import Struct

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED = re.compile(f"[{ZERO_WIDTH}]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# One placement of the tone mark: "uỷ" to "ủy", "khoá" to "khóa", "hoè" to "hòe"; open syllables only, never after q.
_TONE_OPEN = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_QU = {"ú": "uý", "ù": "uỳ", "ủ": "uỷ", "ũ": "uỹ", "ụ": "uỵ"}

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\u0085"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"
_FOLD = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | {"\u00d0": "Đ", "\u0189": "Đ", "\u2215": "/", "\u2044": "/", "\uff0f": "/"}
)
# Whatever folding changes. The first letter is consumed first, so that the scan skips what begins nothing.
_FIRST = "".join(map(re.escape, _FOLD))
_FOLDED = re.compile(
    rf"[{_FIRST}oOuUqQ](?:(?<=[{_FIRST}])"
    r"|(?<=[oO])(?<![qQ].)[àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ](?!\w)"
    r"|(?<=[uU])(?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ](?!\w)"
    r"|(?<=[qQ])[úùủũụÚÙỦŨỤ][yY](?!\w))"  # "Qúy" is a common slip for "Quý"
)

# A word of Vietnamese letters is told by a table, which costs less than what Unicode says of each of its letters.
_RUN = re.compile(r"([a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]++(?![^\W\d_])|\d+|[^\W\d_]+)")
DIGITS = tuple(r"\d" * length for length in range(1, 6))
"""What stands for a run of digits among words: `\\d` once for each of them, five times for more."""

_FUSED = regex.compile(r"(?<=[\p{Ll}\d][\p{Ll}])\p{Lu}(?=\p{Ll})")


class OffsetMap(Struct, frozen=True):
    """Maps offsets of a normalised text back to its source. Identity where `steps` is empty.

    `steps` holds (offset in the text, offset in the source) wherever the distance between the two changes.
    """

    steps: tuple[tuple[int, int], ...] = ()

    def to_source(self, offset: int) -> int:
        """The offset in the source of the character at `offset` in the normalised text."""
        i = bisect_right(self.steps, (offset, 1 << 60)) - 1
        return offset if i < 0 else self.steps[i][1] + (offset - self.steps[i][0])


def normalise(source: str) -> tuple[str, OffsetMap]:
    """NFC, LF line ends, no zero-width or control characters; and the map back to `source`."""
    if unicodedata.is_normalized("NFC", source) and "\r" not in source and not _DROPPED.search(source):
        return source, OffsetMap()
    out: list[str] = []
    steps: list[tuple[int, int]] = []
    made = 0  # length of the output so far
    for m in _PIECE.finditer(source):
        piece = m.group().replace("\r\n", "\n").replace("\r", "\n")
        piece = _DROPPED.sub("", piece)
        new = unicodedata.normalize("NFC", piece)
        out.append(new)
        made += len(new)
        if len(new) != m.end() - m.start():
            steps.append((made, m.end()))
    text = "".join(out)
    if not unicodedata.is_normalized("NFC", text):  # compositions across pieces: conjoining jamo and the like
        return unicodedata.normalize("NFC", text), OffsetMap(((0, 0),))
    return text, OffsetMap(tuple(steps))


# A stretch of plain letters, or one character with everything that composes with it or is dropped behind it.
_PIECE = re.compile(
    "\r\n"
    f"|(?:[^{ZERO_WIDTH}\x00-\x08\x0b-\x1f\x7f\u0300-\u036f](?![{ZERO_WIDTH}\x00-\x08\x0b-\x1f\x7f\u0300-\u036f]))+"
    f"|.[{ZERO_WIDTH}\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0300-\u036f]*",
    re.DOTALL,
)


def _refold(m: re.Match[str]) -> str:
    old = m.group()
    if len(old) == 1:
        return _FOLD[old]
    new = _TONE_OPEN[old.lower()] if len(old) == 2 else old[0] + _QU[old[1].lower()]
    return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))


def fold(text: str) -> str:
    """`text` with one kind of space and dash, `Ð` as `Đ`, and canonical tone marks. Same length, idempotent."""
    return _FOLDED.sub(_refold, text)


def lower(folded: str) -> str:
    """Lower case of the same length (the few letters that would grow are left as they are)."""
    low = folded.lower()
    return low if len(low) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


@lru_cache(maxsize=1 << 14)
def fold_key(text: str) -> str:
    """The key under which a lexicon form is found: NFC, folded, lower case, single spaces, trimmed."""
    return " ".join(lower(fold(unicodedata.normalize("NFC", text))).split())


def first_words(forms: Iterable[str]) -> frozenset[str]:
    """The runs of letters with which folded forms begin: where `View.finditer` looks for them."""
    return frozenset(m.group() for form in forms if (m := _RUN.match(form)) is not None)


@dataclass(frozen=True)
class View:
    """A text and its folded forms, all of the same length, so that an offset means the same in each."""

    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def lower(self) -> str:
        return lower(self.folded)

    @cached_property
    def runs(self) -> tuple[list[int], list[str]]:
        """Where each run of letters or of digits begins in `lower`, and what it is: a word, or one of `DIGITS`."""
        pieces = _RUN.split(self.lower)  # what stands between runs, and the runs, in turn
        starts = list(islice(accumulate(map(len, pieces)), 0, len(pieces) - 1, 2))
        runs = pieces[1::2]
        for i in compress(count(), map(str.isdecimal, runs)):
            runs[i] = DIGITS[min(len(runs[i]), len(DIGITS)) - 1]
        return starts, runs

    def finditer(
        self, pattern: re.Pattern[str], firsts: Container[str], start: int, end: int, *, cased: bool = False
    ) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` gives within [start, end), for a pattern that begins with a word of `firsts` only.

        It is tried where these words stand and nowhere else, which costs little on the rest of the text. Matches on
        `lower`, or on `folded` if `cased`.
        """
        text = self.folded if cased else self.lower
        starts, runs = self.runs
        i, k = bisect_left(starts, start), bisect_left(starts, end)
        for at in compress(starts[i:k], map(firsts.__contains__, runs[i:k])):
            if at >= start and (m := pattern.match(text, at, end)) is not None:
                yield m
                start = m.end()

    @cached_property
    def fused(self) -> tuple[int, ...]:
        """Offsets where a word begins although the space before it was lost: "lần thứ nămHội nghị"."""
        return tuple(m.start() for m in _FUSED.finditer(self.folded))


def canonical(text: str) -> str:
    """Canonical spelling for normalised columns: folded (`ủy`, `khóa`), single spaces, trimmed. Case is kept."""
    return " ".join(fold(unicodedata.normalize("NFC", text)).split())
