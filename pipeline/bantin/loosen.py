"""Patterns of the `regex` module rewritten for Python's own `re`, to match where they match or a little more.

`re` is three times as fast but knows no look behind of varying length. Such a condition is dropped; the rewritten
pattern then tells where the true one is worth an attempt.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

_PIECE = re.compile(
    r"\\p\{\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]|\(\?(?:<[=!]|[=!>])|\(|\)(?:[*+?]|\{\d*,?\d*\})?\+?|.", re.DOTALL
)  # a class, how a group begins or ends, or a character
_ATOMIC = ("(?!", "(?<!", "(?>")
_LETTER, _LETTER_OR_DIGIT = r"[^\W\d_]", r"[^\W_]"
_CASED = (r"\p{Lu}", r"\p{Ll}")
_CASED_BELOW = 0x2000
"""Scripts that know capitals and are met in Việt Nam stand below: Latin with all its marks, Greek, Cyrillic."""


def loosened(source: str) -> tuple[str, bool]:
    """`source` for `re`: it matches wherever `source` does; and whether it does only there.

    Raises re.error where that cannot be said; compiling the result raises it for what else `re` does not know.
    """
    out: list[str] = []
    opened: list[tuple[str, int]] = []  # how each open group begins, and where in `out`
    dropped = -1
    for m in _PIECE.finditer(source):
        piece = m[0]
        if r"\p{" in piece:
            out.append(_written(piece))
            continue
        out.append(piece)
        if piece[0] == "(":
            opened.append((piece, len(out) - 1))
        elif piece[0] == ")":
            kind, start = opened.pop()
            if dropped > start and (kind in _ATOMIC or (len(piece) > 2 and piece[-1] == "+")):
                raise re.error("an atomic group may match less where something in it matches more")
            if kind in ("(?<=", "(?<!") and not _has_fixed_width("".join(out[start:])):
                out[start:] = ["(?:)"]
                dropped = start
    return "".join(out), dropped < 0


def _written(piece: str) -> str:
    r"""A class, or a property alone, without the properties that `re` does not know: `[\p{L}&]`, `\p{Lu}`."""
    inside = piece[1:-1] if piece[0] == "[" else piece
    for cased in _CASED:
        inside = inside.replace(cased, _cased(cased[3:5]))
    if r"\p{L}" not in inside:
        return f"[{inside}]"
    others = inside.replace(r"\p{L}", "")
    if others in ("", r"\d"):
        return _LETTER_OR_DIGIT if others else _LETTER
    if inside[0] == "^" or re.search(r"(?<!\\)\d|_|-.", others):
        raise re.error("a class with letters and more that has no form without properties")
    never = "_" if r"\d" in others else r"_|\d"
    return rf"(?:(?!{never})[\w{others}])"


@cache
def _cased(category: str) -> str:
    """The letters of a category as ranges of a class."""
    letters = (c for c in range(_CASED_BELOW) if unicodedata.category(chr(c)) == category)
    runs = [list(run) for _, run in groupby(enumerate(letters), lambda at: at[1] - at[0])]
    return "".join(chr(run[0][1]) if len(run) == 1 else f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


def _has_fixed_width(behind: str) -> bool:
    try:
        re.compile(behind, re.VERBOSE)
    except re.error:
        return False
    return True
