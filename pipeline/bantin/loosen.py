"""Patterns of the `regex` module rewritten for Python's own `re`, to match where they match or a little more.

`re` is three times as fast but knows no look behind of varying length. Such a condition is dropped; the rewritten
pattern then tells where the true one is worth an attempt.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"\[\\p\{L\}\\d\]|\\p\{L\}|\\.|\[\^?\]?|\]|\(\?(?:<[=!]|[=!>])|\(|\)(?:[*+?]|\{\d*,?\d*\})?\+?|.", re.DOTALL
)  # a class, how a group begins or ends, or a character
_ATOMIC = ("(?!", "(?<!", "(?>")
_WRITTEN = {r"\p{L}": r"[^\W\d_]", r"[\p{L}\d]": r"[^\W_]"}


def loosened(source: str) -> tuple[str, bool]:
    """`source` for `re`: it matches wherever `source` does; and whether it does only there.

    Raises re.error where that cannot be said; compiling the result raises it for what else `re` does not know.
    """
    out: list[str] = []
    opened: list[tuple[str, int]] = []  # how each open group begins, and where in `out`
    dropped = -1
    in_class = False
    for m in _PIECE.finditer(source):
        piece = m[0]
        if piece in _WRITTEN and not in_class:
            out.append(_WRITTEN[piece])
            continue
        out.append(piece)
        if in_class:
            in_class = piece != "]"
        elif piece[0] == "[":
            in_class = True
        elif piece[0] == "(":
            opened.append((piece, len(out) - 1))
        elif piece[0] == ")":
            kind, start = opened.pop()
            if dropped > start and (kind in _ATOMIC or (len(piece) > 2 and piece[-1] == "+")):
                raise re.error("an atomic group may match less where something in it matches more")
            if kind in ("(?<=", "(?<!") and not _has_fixed_width("".join(out[start:])):
                out[start:] = ["(?:)"]
                dropped = start
    return "".join(out), dropped < 0


def _has_fixed_width(behind: str) -> bool:
    try:
        re.compile(behind, re.VERBOSE)
    except re.error:
        return False
    return True
