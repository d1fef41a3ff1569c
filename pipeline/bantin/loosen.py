"""Patterns of the `regex` module rewritten for Python's own `re`, to match where they match or a little more.

`re` is three times as fast but knows no look behind of varying length. Where that is asked first of all, it is asked
apart; else it is dropped, and the rewritten pattern tells where the true one is worth an attempt. Nor does `re` know
groups that share a name: where only one of them can take part in a match, each gets a name of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import combinations, groupby

_PIECE = re.compile(
    r"\\p\{\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]|\(\?(?:<[=!]|[=!>])|\(|\)(?:[*+?]|\{\d*,?\d*\})?\+?|.", re.DOTALL
)  # a class, how a group begins or ends, or a character
_NAMED = re.compile(r"\(\?P<(\w+)>")
_LOOKS = ("(?<=", "(?<!", "(?=", "(?!")
_REPEATED = (")*", ")+", "){")
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
            if not opened:
                raise re.error("unbalanced parenthesis")
            kind, start = opened.pop()
            if dropped > start and (kind in _ATOMIC or (len(piece) > 2 and piece[-1] == "+")):
                raise re.error("an atomic group may match less where something in it matches more")
            if kind in ("(?<=", "(?<!") and not _has_fixed_width("".join(out[start:])):
                out[start:] = ["(?:)"]
                dropped = start
    return "".join(out), dropped < 0


def parted(source: str) -> tuple[str, str]:
    """What `source` asks first of all of the text before it and `re` cannot, and the rest."""
    asked, kept = "", ""
    depth = begin = end = 0
    leading = True
    for m in _PIECE.finditer(source):
        if depth == 0:
            if m[0] == "|":
                return "", source
            leading = leading and (m[0].isspace() or m[0].startswith(_LOOKS))
            begin = m.start()
        depth += (m[0][0] == "(") - (m[0][0] == ")")
        if leading and depth == 0:
            end = m.end()
            piece = source[begin:end]
            if piece.startswith(_LOOKS[:2]) and not _can_be_asked(piece):
                asked += piece
            else:
                kept += piece
    return asked, kept + source[end:]


def _can_be_asked(look: str) -> bool:
    try:
        return loosened(look)[1]
    except re.error:
        return False


_Place = list[tuple[int, int]]
"""Where a group stands: the groups around it, outermost first, and in which alternative of each."""


def named_apart(source: str) -> str:
    """`source` with a name of its own for every group: what was twice "year" is "year" and "year__2".

    Raises re.error where two groups of one name can take part in one match, or one is referred back to.
    """
    around: _Place = [(-1, 0)]
    places: dict[str, list[_Place]] = {}
    repeated: set[int] = set()
    for m in _PIECE.finditer(source):
        piece, at = m[0], m.start()
        if piece == "|":
            around[-1] = around[-1][0], around[-1][1] + 1
        elif piece[0] == "(":
            if named := _NAMED.match(source, at):
                places.setdefault(named[1], []).append(around[:])
            around.append((at, 0))
        elif piece[0] == ")":
            group, _ = around.pop()
            if piece.startswith(_REPEATED):
                repeated.add(group)
    for name, several in places.items():
        apart = all(_exclude(one, two, repeated) for one, two in combinations(several, 2))
        if len(several) > 1 and (not apart or f"(?P={name})" in source):
            raise re.error(f"two groups {name!r} may take part in one match")
    seen: Counter[str] = Counter()

    def numbered(m: re.Match[str]) -> str:
        seen[m[1]] += 1
        return m[0] if seen[m[1]] == 1 else f"(?P<{m[1]}__{seen[m[1]]}>"

    return _NAMED.sub(numbered, source)


def _exclude(one: _Place, two: _Place, repeated: set[int]) -> bool:
    """Whether two groups stand in different alternatives of one group, which no repeat around takes anew."""
    for (group, alternative), (other, another) in zip(one, two, strict=False):
        if group != other or group in repeated:
            return False
        if alternative != another:
            return True
    return False


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
