"""Candidates: stretches of capitalised syllables that may be a personal name, before any evidence is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from bantin.names import (
    SYLLABLE,
    Piece,
    are_name_syllables,
    break_end,
    is_caps,
    is_foreign,
    is_name_syllable,
    is_of_highlands,
    is_vietnamese,
    name_length,
    place_length,
    runs,
    surname_class,
    words_of,
)
from bantin.posts import post_heads, read_post
from bantin.text import View
from bantin.types import Block

_TERRITORY = re.compile(
    r"(?<![^\W_])(?:xã|phường|huyện|quận|thị\s+xã|thị\s+trấn|tỉnh|thành\s+phố|tp\.?|thôn|(?<!nhật\s)bản|ấp|xóm|buôn|làng|khu\s+phố|khu\s+vực|"
    r"cửa\s+khẩu|khu\s+kinh\s+tế|khu\s+công\s+nghiệp|cụm\s+công\s+nghiệp|khu\s+du\s+lịch|sân\s+bay|cảng|nhà\s+ga|ga|đặc\s+khu|tx\.?|tt\.?|miền|vùng|đèo|quốc\s+lộ)\s*$"
)


class Candidate(Struct, frozen=True):
    """A stretch that may be a name: syllables in lower case, class of the surname, whether it is in capitals."""

    start: int
    end: int
    words: tuple[str, ...]
    surname: str | None
    caps: bool

    @property
    def known(self) -> bool:
        """Whether every syllable is one that names have."""
        return are_name_syllables(self.words) or are_name_syllables([w for w in self.words if len(w) > 1])

    @property
    def full(self) -> bool:
        """Whether the shape alone is that of a full name: surname, middle name, given name."""
        if len(self.words) < 3 or self.surname is None:
            return False
        typical = self.words[1] in ("văn", "thị") and not self.caps and self.surname in ("strong", "minority")
        if not self.known and not (typical and len(self.words) == 3):
            return False
        if self.surname in ("strong", "minority"):
            return not self.caps or self.words[0] in _CAPS_SURNAMES
        return self.words[1] in ("văn", "thị") and not self.caps


_CAPS_SURNAMES = frozenset({
    "nguyễn", "trần", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "đinh",
    "trịnh", "lê", "trương",
})  # fmt: skip
"""Surnames that a line of capitals may be searched for; others are words of headings too."""


def local_places(view: View) -> frozenset[tuple[str, ...]]:
    """The places that the article itself calls so ("huyện Trà Côn"), as syllables in lower case."""
    out = set()
    for m in view.finditer(_CALLED, _TERRITORIES, 0, len(view.text), cased=True):
        words = tuple(view.lower[m.start(1) : m.end(1)].split())
        if len(words) == 2 or surname_class(words[0]) not in ("strong", "minority"):
            out.add(words)
    return frozenset(out)


_TERRITORIES = frozenset({"xã", "phường", "huyện", "quận", "thị", "thôn", "bản", "ấp"})
_CALLED = re.compile(
    r"(?<![^\W_])(?:[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Tt]hôn|(?<!Nhật )[Bb]ản|[Ấấ]p) "
    rf"({SYLLABLE}(?: {SYLLABLE}){{1,2}})(?! {SYLLABLE})"
)


def inner_offsets(view: View, block: Block, offsets: Sequence[int]) -> set[int]:
    """Those offsets that stand inside a run of capitals: the "Anh" of "Trần Anh Tú" addresses nobody."""
    low, folded = view.lower, view.folded
    out = set()
    for at in offsets:
        if at > block.start + 1 and folded[at].isupper() and folded[at - 1] == " " and folded[at - 2].isalpha():
            before = folded.rfind(" ", block.start, at - 1) + 1 or block.start
            kin = low.startswith(("anh ", "chị ", "em ", "cô ", "chú ", "bác ", "cụ ", "má "), at)
            led = folded[before].isupper() and not folded[at + 1].isupper()
            if led and (kin or surname_class(low[before : at - 1])):
                out.add(at)
    return out


def candidates(
    view: View, block: Block, led: Mapping[int, object], places: frozenset[tuple[str, ...]]
) -> Iterator[Candidate]:
    """Candidates of a block in reading order. `led` holds offsets at which a name is announced (honorific, label)."""
    low, folded = view.lower, view.folded
    for pieces in runs(folded, block.start, block.end, led):
        at = pieces[0][0]
        if len(pieces) == 1 and at not in led and not is_of_highlands(folded[slice(*pieces[0])]):
            continue
        words = words_of(low, pieces)
        first = 0
        if at not in led and word_before(folded, at) and _TERRITORY.search(low, max(block.start, at - 18), at):
            first = _territory(view, words, block.start, at)
        yield from _of_run(view, pieces, words, first, led=led, places=places)


def _of_run(
    view: View,
    pieces: Sequence[Piece],
    words: tuple[str, ...],
    i: int,
    *,
    led: Mapping[int, object],
    places: frozenset[tuple[str, ...]],
) -> Iterator[Candidate]:
    low, folded = view.lower, view.folded
    n = len(pieces)
    told = [a in led for a, _ in pieces] if led else [False] * n
    while i < n:
        at, announced = pieces[i][0], told[i]
        # "Ông" of "Ông Mai Văn C", also where a label announces it: "Ảnh: Bà Lê Thị B"
        if True in told[i + 1 : i + (2 if announced else 4)]:
            i += 1
            continue
        kind = surname_class(words[i])
        if words[i] == "đoàn" and _CENTRAL.search(low, max(0, at - 10), at):  # "Bí thư T.Ư Đoàn Lê Văn A"
            i += 1
            continue
        leader = words[i] == "hồ" and words[i + 1 : i + 3] == ("chí", "minh")
        if not announced and not leader:
            place = place_length(words, i) or _local(words, i, places)
            if place and not (kind == "strong" and n - i - place == 1):
                i += place
                continue
        if closed := break_end(low, at, words[i]):
            i += 1
            while i < n and pieces[i][1] <= closed and words[i : i + 3] != ("hồ", "chí", "minh"):
                i += 1
            continue
        if leader:
            length = 3
        elif words[i] == "hồ" and words[i + 1 :] == ("chí",) and low.startswith(" minh", pieces[-1][1]):
            # "Hồ Chí minh": a slip of the printed text
            yield Candidate(at, pieces[-1][1] + 5, ("hồ", "chí", "minh"), kind, False)
            break
        elif kind is None and not announced and _unknown_surname(words, i):
            kind, length = "unknown", name_length(folded, low, pieces, words, i)
        elif kind is None and not announced:
            length = _foreign_length(words, i)
            if length > 1:
                yield Candidate(at, pieces[i + length - 1][1], tuple(words[i : i + length]), "foreign", False)
            i += max(length, 1)
            continue
        else:
            length = name_length(folded, low, pieces, words, i)
        if length >= 2 or (length and (announced or is_of_highlands(folded[slice(*pieces[i])]))):
            a, b = at, pieces[i + length - 1][1]
            yield Candidate(a, b, tuple(words[i : i + length]), kind, is_caps(folded[a : pieces[i][1]]))
            i += length
        else:
            i += 1


_CENTRAL = re.compile(r"(?<![^\W_])(?:trung\s+ương|t\.?\s?[ưw]\.?)\s+$")
_PROVINCE = re.compile(r"(?:tỉnh|thành\s+phố|tp\.?)\s*$")


def _territory(view: View, words: Sequence[str], block_start: int, at: int) -> int:
    """How many syllables behind "xã", "huyện" ... are the place; the rest may be a name."""
    place = place_length(words, 0)
    if place and (len(words) == place or len(words) - place >= 2):
        return place
    if surname_class(words[0]) in ("strong", "minority") and len(words) >= 2:
        if _PROVINCE.search(view.lower, max(block_start, at - 12), at):  # every province is known
            return 0
        if len(words) == 3 and behind_post(view, block_start, at):
            return 0
    middle = len(words) > 2 and words[1] in ("văn", "thị") and surname_class(words[0]) is not None
    if middle and behind_post(view, block_start, at):
        return 0
    for split in (2, 1, 3):
        kind = surname_class(words[split]) if len(words) - split >= 2 else None
        if kind == "strong" and is_name_syllable(words[split + 1]):
            return split
        if kind == "minority" and split > 1 and behind_post(view, block_start, at):
            return split
    return len(words)


def _unknown_surname(words: Sequence[str], at: int) -> bool:
    """Whether the middle and given names are known and the surname is not: "Chẩu Văn Lâm"."""
    if at + 2 >= len(words) or words[at + 1] not in ("văn", "thị") or is_name_syllable(words[at]):
        return False
    return is_vietnamese(words[at]) and is_name_syllable(words[at + 2])


def _foreign_length(words: Sequence[str], at: int) -> int:
    n = 0
    while n < 4 and at + n < len(words) and is_foreign(words[at + n]):
        n += 1
    return n


def _local(words: tuple[str, ...], at: int, places: frozenset[tuple[str, ...]]) -> int:
    if not places:
        return 0
    return 3 if words[at : at + 3] in places else 2 if words[at : at + 2] in places else 0


def word_before(folded: str, at: int) -> bool:
    """Whether a word stands before `at`, or may: no mark that parts what follows from it."""
    return not folded[max(0, at - 3) : at].rstrip().endswith((",", ";", ":", "("))


def behind_post(view: View, block_start: int, at: int) -> bool:
    """Whether a post and its body end right before `at`."""
    if not word_before(view.folded, at):
        return False
    last = None
    for m in post_heads(view, max(block_start, at - 160), at):
        last = m
    return last is not None and not view.folded[read_post(view, last, at).end : at].strip()
