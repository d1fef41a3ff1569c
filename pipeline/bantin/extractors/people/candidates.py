"""Candidates: stretches of capitalised syllables that may be a personal name, before any evidence is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bantin.names import (
    Piece,
    breaks_name,
    is_caps,
    is_name_syllable,
    name_length,
    place_length,
    runs,
    surname_class,
    words_of,
)
from bantin.text import View

_TERRITORY = re.compile(
    r"(?<![^\W_])(?:xã|phường|huyện|quận|thị\s+xã|thị\s+trấn|tỉnh|thành\s+phố|tp\.?|thôn|bản|ấp|xóm|buôn|làng|khu\s+phố|khu\s+vực|"
    r"đặc\s+khu|tx\.?|tt\.?|miền|vùng|đèo|quốc\s+lộ)\s*$"
)
MIDDLE_NAMES = frozenset(
    [
        "văn",
        "thị",
        "đức",
        "hữu",
        "công",
        "quốc",
        "đình",
        "xuân",
        "ngọc",
        "thanh",
        "minh",
        "quang",
        "bá",
        "duy",
        "trọng",
        "viết",
        "khắc",
        "sỹ",
        "sĩ",
        "thế",
        "mạnh",
        "hồng",
    ]
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name. `led` is the offset map's entry for what leads it: an honorific, a rank, a label."""

    start: int
    end: int
    words: tuple[str, ...]
    surname: str | None
    caps: bool

    @property
    def known(self) -> bool:
        """Whether every syllable is one that names have."""
        return all(is_name_syllable(w) or len(w) == 1 for w in self.words)

    @property
    def full(self) -> bool:
        """Whether the shape alone is that of a full name: surname, middle name, given name."""
        if len(self.words) < 3 or self.surname is None or not self.known:
            return False
        if self.surname in ("strong", "minority"):
            return not self.caps or self.words[0] in _CAPS_SURNAMES
        return self.words[1] in ("văn", "thị") and not self.caps


_CAPS_SURNAMES = frozenset(
    [
        "nguyễn",
        "trần",
        "phạm",
        "huỳnh",
        "hoàng",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "ngô",
        "dương",
        "đinh",
        "trịnh",
        "lê",
        "trương",
    ]
)


def candidates(view: View, start: int, end: int, led: Mapping[int, object]) -> Iterator[Candidate]:
    """Candidates of a block in reading order. `led` holds offsets at which a name is announced (honorific, label)."""
    low, folded = view.lower, view.folded
    for pieces in runs(folded, start, end):
        if len(pieces) == 1 and pieces[0][0] not in led:
            continue
        words = words_of(low, pieces)
        yield from _of_run(view, pieces, words, led, start)


def _of_run(
    view: View, pieces: Sequence[Piece], words: Sequence[str], led: Mapping[int, object], block_start: int
) -> Iterator[Candidate]:
    low, folded = view.lower, view.folded
    n = len(pieces)
    i = 0
    if pieces[0][0] not in led and _TERRITORY.search(low, max(block_start, pieces[0][0] - 14), pieces[0][0]):
        i = _territory(words, low[max(block_start, pieces[0][0] - 40) : pieces[0][0]])
    while i < n:
        at = pieces[i][0]
        announced = at in led
        if not announced and any(a in led for a, _ in pieces[i + 1 : i + 4]):  # "Ông" of "Ông Mai Văn C"
            i += 1
            continue
        kind = surname_class(words[i])
        if not announced and words[i : i + 3] != ("hồ", "chí", "minh"):
            place = place_length(words, i)
            if place and not (kind == "strong" and n - i - place == 1):
                i += place
                continue
        if breaks_name(low, at, words[i]):
            i += 1
            continue
        if words[i : i + 3] == ("hồ", "chí", "minh"):
            length = 3
        elif kind is None and not announced:
            i += 1
            continue
        else:
            length = name_length(folded, low, pieces, words, i)
        if length >= 2 or (announced and length):
            a, b = at, pieces[i + length - 1][1]
            yield Candidate(a, b, tuple(words[i : i + length]), kind, is_caps(folded[a : pieces[i][1]]))
            i += length
        else:
            i += 1


_PROVINCE = re.compile(r"(?:tỉnh|thành\s+phố|tp\.?)\s*$")
_BODY_OF = re.compile(
    r"(?:ubnd|hđnd|nhân\s+dân|công\s+an|quân\s+sự|đảng\s+bộ|mttq|việt\s+nam|tổ\s+quốc|đảng\s+ủy|chủ\s+tịch|bí\s+thư|đoàn|đbqh|quốc\s+hội|"
    r"phụ\s+nữ|nông\s+dân|chiến\s+binh|lao\s+động|biên\s+phòng|thanh\s+tra|hội)\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\s*$"
)


def _territory(words: Sequence[str], before: str) -> int:
    """How many syllables behind "xã", "huyện" ... are the place; the rest may be a name."""
    place = place_length(words, 0)
    if place and (len(words) == place or len(words) - place >= 2):
        return place
    if surname_class(words[0]) == "strong" and len(words) >= 2:
        if _PROVINCE.search(before):  # every province is known
            return 0
        if len(words) == 3 and all(map(is_name_syllable, words)) and _BODY_OF.search(before):
            return 0
    for split in (2, 1, 3):
        if len(words) - split >= 2 and surname_class(words[split]) == "strong" and is_name_syllable(words[split + 1]):
            return split
    return len(words)
