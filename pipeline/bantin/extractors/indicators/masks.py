"""Which numbers count nothing: what other families found, names, ordinals, numbering, codes, page furniture.

A mask gives a reason; `extract` leaves the number out, `refused` reports it. Reasons are those of `REASONS`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from bantin.extractors.indicators.amounts import Amount
from bantin.extractors.indicators.normalize import last_word
from bantin.extractors.indicators.nouns import known_noun
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View
from bantin.types import Block, Mention, Span

REASONS: dict[str, str] = {
    "directive": "inside the number or symbol of a document",
    "date": "inside a date, a period or a clock time",
    "person": "inside a person or a post",
    "ordinal": "an ordinal, a grade, or a number after số, thứ, khóa, điều ...",
    "name": "part of the name of a body, a programme or a place",
    "numbering": "list numbering",
    "heading": "in the heading of a column",
    "code": "a code, a telephone number, an address on the net",
    "furniture": "a counter of the page",
    "duration": "a stretch of time",
    "clock": "a clock time",
    "age": "an age",
    "score": "a score or a rank",
    "fraction": "a third of something: neither a count nor a percentage",
    "title": "inside the quoted title of a programme or document",
    "year": "a year",
    "no_unit": "neither unit nor counted noun",
}

_FAMILIES = {"directives": "directive", "dates": "date", "people": "person", "roles": "person"}

LOOK_BACK = 48
"""Characters before a number that are looked at for names and qualifiers."""

_WORDS_BEFORE = 4
_BEFORE_DIGITS = " \u00a0\n-"
_OPENING_MARKS = "(\"“'[‘«"
_NUMBERING = re.compile(r"[.)\]/:-]{1,2}(?=\s|[^\W\d_])|\s?-\s")
_BULLET = re.compile(r"[\s(\[•*+·▪-]*\Z")
_CODE_LEFT = re.compile(r"(?:[^\W\d_]-|[@#_&=?]|\d[:.,+/-]|[^\W\d_]\d*|/|\\)\Z")
_CLOCK = re.compile(r"\d{1,2}\s?(?:[:hg]\s?\d{2}(?!\d)|h(?![^\W_])|giờ)")
_DAY_MONTH = re.compile(r"[0-3]?\d\s?[/.-]\s?(?:0?[1-9]|1[0-2])(?![\d%])")
_FULL_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d(?!\d)")
_DAY_CUE = re.compile(r"(?:ngày|sáng|trưa|chiều|tối|đêm|nay|qua|mai|hôm|lễ|tết|dịp|trước|sau|từ|đến)[\s,(]{1,3}\Z")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_COUNT_BEFORE_SO = re.compile(
    r"(?:tổng|trong|trên|con|dân|quân|sĩ|doanh|chỉ|hệ|đa|thiểu|ân|tham|hàm|thông|tần|cơ|kỷ|điểm|tỷ|tỉ|tổng\s+doanh)\s+số\s{0,3}\Z"
)
_QUOTE = re.compile(
    '[“"«](?P<inside>(?=\\S)[^“”"«»\n]{0,300})(?<=\\S)[”"»]'
)  # a stray mark opens nothing before a blank
_DURATION = re.compile(r"\d[\d.,]*\s{1,3}(?P<unit>[^\W\d_]+)")
_COUNTED_SET = re.compile(r"\d[\d\s.,-]*(?:kỳ|lần|lượt|buổi|cuộc|đợt|số|phiên)(?![^\W_])")  # "2 - 4 kỳ/năm" counts, too
_SPEECH = re.compile(r"[.!?…;]\s")


def _counts_after_all(view: View, m: Mention[object]) -> bool:
    """A duration or set whose time word begins a counted noun: "270 ngày công", "2 - 4 kỳ/năm"."""
    if not view.lower[m.start].isdecimal():
        return False
    if _COUNTED_SET.match(m.text.lower()):
        return True
    duration = _DURATION.fullmatch(view.lower, m.start, m.end)
    return duration is not None and (noun := known_noun(view, duration.start("unit"))) is not None and noun > m.end


class SpanMask:
    """Spans of other families, sorted, with the reason each stands for."""

    def __init__(self, view: View, found: Iterable[Mention[object]], extra: Iterable[tuple[Span, str]]) -> None:
        spans = [
            (m.start, m.end, reason)
            for m in found
            if (reason := _FAMILIES.get(m.family)) and not (reason == "date" and _counts_after_all(view, m))
        ]
        spans += [(s.start, s.end, reason) for s, reason in extra]
        spans.sort()
        self._starts: list[int] = []
        self._rows: list[tuple[int, int, str]] = []
        for start, end, reason in spans:  # a span inside an earlier one adds nothing; so ends ascend as starts do
            if not self._rows or end > self._rows[-1][1]:
                self._rows.append((start, end, reason))
                self._starts.append(start)

    def reason(self, start: int, end: int) -> str | None:
        """Why [start, end) is masked, or None."""
        i = bisect_right(self._starts, end - 1) - 1
        return self._rows[i][2] if i >= 0 and start < self._rows[i][1] else None

    def end(self, at: int) -> int:
        """Where the mask that covers `at` stops."""
        i = bisect_right(self._starts, at) - 1
        return max(at, self._rows[i][1]) if i >= 0 else at


@lru_cache(maxsize=1)
def _counters() -> re.Pattern[str]:
    forms = trie_pattern(load_lexicon("page_counters")).replace(r"\ ", r"\s{1,3}")
    return re.compile(rf"[\s•*|·-]*(?:{forms})\s*[:(|-]?\s*(?:\(\s*)?\d[\d.,]*\s*\)?\s*(?:\Z|[|•]|lượt|views?\b|người)")


def furniture(view: View, block: Block) -> bool:
    """True where a whole block is a counter of the page ("Đang online: 0") or nothing but a number."""
    if block.end - block.start > 60:
        return False
    line = view.lower[block.start : block.end].strip()
    return bool(_counters().match(line)) or not any(c.isalpha() or c == "%" for c in line.replace("gmt", ""))


def quoted_titles(view: View, block: Block) -> list[tuple[Span, str]]:
    """Quoted titles and slogans of a block: short, without the end of a sentence, not after a verb of saying."""
    text = view.folded
    out: list[tuple[Span, str]] = []
    printed = text[block.start : block.end]
    if "“" not in printed and '"' not in printed and "«" not in printed:
        return out
    for m in _QUOTE.finditer(text, block.start, block.end):
        said = text[max(block.start, m.start() - 2) : m.start()].rstrip().endswith(":")
        if not said and not _SPEECH.search(m["inside"]):
            out.append((Span(m.start(), m.end()), "title"))
    return out


@lru_cache(maxsize=1)
def _last_of_names() -> frozenset[str]:
    return frozenset(form.split()[-1] for form in load_lexicon("numbered_names"))


def left_risk(view: View, a: Amount, block: Block) -> str:
    """What stands before a number: "clean", "soft" (a known unit may follow), "hard" or "name" (only money or percent).

    "code" and "ordinal" refuse it whatever follows.
    """
    low = view.lower
    start = max(block.start, a.start - LOOK_BACK)
    before = low[start : a.start]
    if not before:
        return "clean"
    last = before[-1]
    if last.isalpha():
        return "glued"
    if ("©" in before or "(c)" in before) and before.rstrip().endswith(("©", "(c)")):
        return "code"
    if not last.isspace():
        if last == "/" and before[-2:-1].isalpha() and known_noun(view, a.end) is not None:
            return "clean"  # "19 vụ/48 bị can"
        if (last in "-/:.,+" and _CODE_LEFT.search(before)) or last in "@#_&=?\\":
            return "clean" if last in ".,:" and before[-2:-1].isalpha() else "code"
    word = last_word(before.rstrip(_BEFORE_DIGITS)).lstrip(_OPENING_MARKS)
    if not word[-1:].isalnum():
        return "clean"
    if word == "số":
        return "clean" if _COUNT_BEFORE_SO.search(before) else "ordinal"
    if word in _last_of_names():
        names = load_lexicon("numbered_names")
        words = _last_words(before)
        for i in range(len(words)):
            phrase = " ".join(words[i:])
            if phrase in names.entries:
                return names.notes[phrase].split(":")[0]
    at = start + before.rfind(word)
    capital = view.folded[at].isupper() and not _begins_sentence(view.folded, at, block.start)
    return "soft" if capital else "clean"


def _last_words(before: str) -> list[str]:
    """The words right before a number, at most four, back to the nearest punctuation mark."""
    out: list[str] = []
    for printed in reversed(before.rstrip(_BEFORE_DIGITS).rsplit(None, _WORDS_BEFORE)[-_WORDS_BEFORE:]):
        word = printed.lstrip(_OPENING_MARKS)
        if not word or not word[-1].isalnum():
            break
        out.insert(0, word)
        if word != printed:
            break
    return out


def _begins_sentence(text: str, at: int, start: int) -> bool:
    before = text[max(start, at - 3) : at].rstrip()
    return not before or before[-1] in '.:;!?-–•“"('


def numbering(view: View, a: Amount, block: Block) -> bool:
    """List numbering: "1.", "2)", "3.1.", "a/", at the start of a block or of a sentence inside one."""
    text = view.folded
    after = _NUMBERING.match(text, a.end, block.end)
    if after is None and text[a.end : a.end + 1] != ")":
        return False
    before = text[max(block.start, a.start - 12) : a.start]
    opened = before.rstrip().endswith("(")
    if opened and text[a.end : a.end + 1] == ")":
        return a.plain
    if after is None or a.value > 200:
        return False
    if _BULLET.fullmatch(before) and a.start - block.start < 12:
        return True
    if after.group().startswith(")"):
        return before.count("(") == 0 and "(" not in text[max(block.start, a.start - 120) : a.start].rpartition(")")[2]
    rest = text[after.end() : after.end() + 2].lstrip()
    return after.group().startswith(".") and bool(re.search(r"[.;:]\s{1,2}\Z", before)) and rest[:1].isupper()


def looks_like_clock(view: View, a: Amount, end: int) -> bool:
    """A clock time that no date covers: "8h30", "17:45", "14 giờ"."""
    return bool(_CLOCK.match(view.lower, a.start, end))


def looks_like_date(view: View, at: int, end: int) -> bool:
    """A whole date that the family of dates did not find, as in lists of other news: "(4/10/2021)"."""
    return bool(_FULL_DATE.match(view.lower, at, end))


def looks_like_day(view: View, a: Amount, block: Block) -> Literal["surely", "maybe", "no"]:
    """Whether a ratio that no date covers is a day of a month ("sáng 28/6"), and how surely."""
    if (
        a.denominator is None
        or a.denominator > 12
        or a.value > 31
        or not _DAY_MONTH.fullmatch(view.lower, a.start, a.end)
    ):
        return "no"
    before = view.lower[max(block.start, a.start - 12) : a.start]
    if "0" in (view.lower[a.start], *re.findall(r"/\s?(0)", view.lower[a.start : a.end])):
        return "surely" if before.endswith("(") else "maybe"
    return "surely" if _DAY_CUE.search(before) else "maybe"


def looks_like_year(view: View, a: Amount) -> bool:
    return a.end - a.start == 4 and a.plain and bool(_YEAR.match(view.lower, a.start, a.end))
