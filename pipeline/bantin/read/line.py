"""A line on its way to becoming a block: where it came from and what the page said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bantin.read.dateline import parse_dateline
from bantin.read.furniture import furniture
from bantin.text import OffsetMap, fold_key, normalise
from bantin.types import BlockKind

_LIST = re.compile(r"\s*(?:[-–—+*•●▪■◦‣·➢➤✓]\s|[-–+•●]\w|(?:\d{1,2}|[a-zđ])[.)]\s)")
_ENDED = re.compile(r"""[.!?…:;]["”’)\]»*]*$""")
_WRAP = 40  # a line shorter than this that ends with a comma may be an item of a list


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line begins in a normalised text, and that text's map to its source of `length` code points."""

    start: int
    offsets: OffsetMap
    length: int

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Code points into the source of a stretch of the line."""
        first, last = (self.offsets.to_source(self.start + at) for at in (start, end))
        return min(first, self.length), min(last, self.length)


@dataclass(slots=True)
class Line:
    """A trimmed, non-empty stretch of text. `place` is where it stands in its source, None where that is not known.

    `hint` is what the markup says it is; `image` that a picture stands right before it; `repeated` that the
    same line followed it; `indent` its leading spaces; `linked` the share of its letters that are links.
    """

    text: str
    place: Place | None = None
    hint: BlockKind | None = None
    image: bool = False
    repeated: bool = False
    indent: int = 0
    linked: float = 0.0
    _key: str | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """The folded text, under which repeats and furniture are found."""
        if self._key is None:
            self._key = fold_key(self.text)
        return self._key

    def repeats(self, other: Line) -> bool:
        """Is this the same line again, whatever its spaces? Only of lines long enough to be told apart."""
        return len(other.text) >= 12 and self.text[:6] == other.text[:6] and self.key == other.key

    @property
    def is_item(self) -> bool:
        """Does the line begin like an item of a list: a bullet, a number, a letter?"""
        return _LIST.match(self.text) is not None

    @property
    def ended(self) -> bool:
        """Does the line end like a sentence or a clause?"""
        return _ENDED.search(self.text, max(0, len(self.text) - 12)) is not None


def text_lines(source: str, joined: bool = True) -> tuple[str, list[Line]]:
    """The normalised text of a source, and its non-blank lines with their place in the source.

    With `joined`, a line that was broken in the middle of a sentence (pasted from a page of fixed width) is one line
    again; the line break stays inside it.
    """
    text, offsets = normalise(source)
    spans: list[tuple[int, int, int]] = []  # start, end, indent
    at = 0  # where this line begins
    last: Line | None = None  # the line right above, if no blank line stands between
    for printed in text.split("\n"):
        piece = printed.strip()
        line = None
        if piece:
            indent = len(printed) - len(printed.lstrip())
            start, end = at + indent, at + indent + len(piece)
            line = Line(piece)
            if joined and last and indent == 0 and _continues(last, line):
                spans[-1] = (spans[-1][0], end, spans[-1][2])
            else:
                spans.append((start, end, indent))
        last = line
        at += len(printed) + 1
    return text, [Line(text[a:b], Place(a, offsets, len(source)), indent=indent) for a, b, indent in spans]


def _continues(above: Line, line: Line) -> bool:
    # A sentence goes on: the line above is open, and this one begins in the middle of a clause.
    begun = line.text[0].islower() or (len(above.text) >= _WRAP and above.text.endswith((",", "-", "–")))
    if not begun or above.ended or line.is_item or furniture(line.key) or furniture(above.key):
        return False
    return parse_dateline(line.text) is None and parse_dateline(above.text) is None
