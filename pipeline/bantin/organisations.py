"""How bodies are named: where the name of an organisation ends, its full form, and the unit an organ belongs to.

A body is a head ("Ban Tuyên giáo", "Tỉnh ủy", "Công ty") and what specifies it: capitalised words, known lower-case
words, parents to the right ("Ban Tuyên giáo" of "Đảng ủy Khối"), territories after a comma. Offsets are code points.
"""

from __future__ import annotations

import re
from functools import cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View, canonical, fold_key

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[.&'’][^\W_]+)*\.?(?=\W|$)")
_NEXT = re.compile(r"(?P<sep>(?:[ ]{1,4}|\s*\n\s*)(?:[-&]\s+)?|-|,[ \n]{0,2}|\s*/\s*)(?=[^\W_])")
_DOTTED = frozenset({"tp", "tx", "p", "q", "h"})
_SECOND = re.compile(r" ([^\W\d_A-Z][^\W\d_]*)(?![^\W_])")
_NUMBER = re.compile(r"\d+[A-Za-z]?(?![\d/.,-]*\d)(?!\w)")
_AND = re.compile(r"và\s+")
_TAIL = re.compile(r"(?:[\s,&-]+(?:các|của|thuộc|trực\s+thuộc|và|cấp|ngành|số|tại))+$")
_ACRONYM = re.compile(r"[^\W\d_a-z][\w&.-]*")


@cache
def _forms(note: str) -> re.Pattern[str]:
    lexicon = load_lexicon("organisations")
    forms = [f for f in lexicon if note in ("", lexicon.notes[f])]
    return re.compile(rf"(?:{flexible(sorted(forms))})(?![^\W\d_])")


@cache
def _verbs() -> frozenset[str]:
    lexicon = load_lexicon("organisation_words")
    return frozenset(f for f in lexicon if lexicon.notes[f] == "verb")


@cache
def _lower_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{flexible(sorted(load_lexicon('organisation_words')))})(?![^\W\d_])")


@cache
def _stops() -> re.Pattern[str]:
    """What never belongs to the name of a body: a post, an honorific, a rank."""
    forms = {f for name in ("posts", "honorifics", "ranks") for f in load_lexicon(name)}
    forms -= {"anh", "em", "cn", "ct", "má", "ks", "uv"}
    return re.compile(rf"(?:phó\s+|nguyên\s+)?(?:{flexible(sorted(forms))})(?![^\W\d_])")


def head_end(view: View, at: int, end: int) -> int | None:
    """Where the head of a body that begins at `at` ends, or None if none begins there."""
    m = _forms("").match(view.lower, at, end)
    return m.end() if m else None


def stops(view: View, at: int, end: int) -> bool:
    """Whether a post, an honorific or a rank begins at `at`."""
    return _stops().match(view.lower, at, end) is not None


def organisation_end(view: View, at: int, end: int) -> int:
    """Where the name of a body that begins at `at` ends; `at` itself if none begins there. Nothing beyond `end`."""
    low, folded = view.lower, view.folded
    first = head_end(view, at, end)
    if first is None:
        w = _WORD.match(folded, at, end)
        if w is None or not folded[at].isupper() or stops(view, at, end):
            return at
        first = w.end()
    pos = first
    last_word = low[at:pos].split()[-1] if pos > at else ""
    while pos < end:
        if last_word in _DOTTED and folded[pos] == ".":
            pos += 1
        if (m := _NEXT.match(folded, pos, end)) is None:
            break
        nxt = _part(view, m.end(), end, m["sep"], last_word)
        if nxt is None:
            break
        last_word = low[m.end() : nxt].split()[-1]
        pos = nxt
    tail = _TAIL.search(low, at, pos)
    if tail and tail.start() > at:
        pos = tail.start()
    return pos - 1 if low.endswith(".", at, pos) else pos


def _part(view: View, at: int, end: int, sep: str, before: str) -> int | None:
    """The end of one more part of a body's name at `at`, or None where the name is over."""
    low, folded = view.lower, view.folded
    if "," in sep:
        return _after_comma(view, at, end, before)
    if m := _NUMBER.match(folded, at, end):
        return m.end() if sep.isspace() or sep.strip() == "-" else None
    if (m := _AND.match(low, at, end)) is not None:
        return _after_and(view, m.end(), end)
    head = _forms("").match(low, at, end)
    if folded[at].isupper():
        if stops(view, at, end) and not (head and " " in head.group()):
            return None
        known = [m.end() for m in (head, _lower_words().match(low, at, end)) if m]
        return max(known) if known else _capitalised(view, at, end)
    if head and head.group() in _verbs():
        head = None
    m = _lower_words().match(low, at, end)
    if m is None or (head and head.end() >= m.end()):
        return head.end() if head else None
    if m.group() in _verbs() and before not in ("ban", "phòng", "vụ", "cục", "sở", "ủy ban", "đội", "cơ quan", "quan"):
        return None
    return m.end()


def _capitalised(view: View, at: int, end: int) -> int | None:
    """One capitalised word, with the second syllable of its compound ("Thuốc lá") unless a clause begins there."""
    w = _WORD.match(view.folded, at, end)
    if w is None:
        return None
    second = _SECOND.match(view.folded, w.end(), end)
    if second and not _ends_name(view, second.start(1)) and not view.folded[at : w.end()].isupper():
        return second.end()
    return w.end()


def _ends_name(view: View, at: int) -> bool:
    return _clauses().match(view.lower, at) is not None


@cache
def _clauses() -> re.Pattern[str]:
    """What begins a clause behind a body or a name: a verb, a preposition, a conjunction."""
    return re.compile(rf"(?:{flexible(sorted(load_lexicon('acts')))}|{_FUNCTION})(?![^\W\d_])")


_FUNCTION = "cần|nên|phải|của|các|những|đến|tới|ở|như|hoặc|nhưng|còn|rằng|nêu|khóa|nhiệm|lần|ngày|năm|tháng|số|xem|lãnh|cấp"


def _after_comma(view: View, at: int, end: int, before: str) -> int | None:
    low, folded = view.lower, view.folded
    m = _forms("territory").match(low, at, end)
    if m and (w := re.compile(r"\s+(?=\S)").match(folded, m.end(), end)) and folded[w.end()].isupper():
        return m.end()
    if stops(view, at, end):
        return None
    if folded[at].isupper() and (m := _PARENT.match(low, at, end)):
        return m.end()
    if folded[at].isupper() and head_end(view, at, end) is None and (m := _FIELD.match(folded, at, end)):
        return m.end("first") if not stops(view, m.start("last"), end) else None
    return None


_PARENT = re.compile(r"(?:bộ(?=\s+(?!trưởng))|tổng\s+cục|tập\s+đoàn|tổng\s+công\s+ty|công\s+ty|học\s+viện|đại\s+học)(?=\s|\b)")
_FIELD = re.compile(
    r"(?P<first>[^\W\d_a-z][^\W\d_]*(?: [^\W\d_]+){0,2}?)(?:, [^\W\d_a-z][^\W\d_]*(?: [^\W\d_]+){0,3}?){0,2} và "
    r"(?P<last>[^\W\d_a-z])"
)


def _after_and(view: View, at: int, end: int) -> int | None:
    if at >= end or stops(view, at, end):
        return None
    low, folded = view.lower, view.folded
    if head_end(view, at, end) is not None and not _lower_words().match(low, at, end):
        return None
    if folded[at].isupper():
        if _forms("organ").match(low, at, end) or _forms("whole").match(low, at, end):
            return None
        return _capitalised(view, at, end)
    m = _lower_words().match(low, at, end)
    return m.end() if m and m.group() not in _verbs() else None


@cache
def _abbreviations() -> dict[str, str]:
    return dict(load_lexicon("organisation_abbreviations").entries)


@cache
def canonical_organisation(text: str) -> str:
    """A body's name with its abbreviations written out: "UBND TP. Huế" is "Ủy ban nhân dân Thành phố Huế"."""
    table = _abbreviations()
    name = re.sub(r"\b(TP|TX)\.\s*(?=\w)", r"\1 ", canonical(text))
    out = []
    for word in name.split(" "):
        bare = word.rstrip(",;")
        key = bare.rstrip(".").lower()
        full = table.get(key) if _ACRONYM.fullmatch(bare) else None
        out.append(full + word[len(bare) :] if full else word)
    return " ".join(out).strip(" ,;-–")


def unit_of(organisation: str) -> tuple[str, str]:
    """A body's own organ and the unit it belongs to: ("Ban Thường vụ", "Đảng ủy Khối"), ("Ban Thường vụ", ""), ("", X)."""
    low = fold_key(organisation)
    m = _forms("organ").match(low)
    if m is None:
        return "", organisation
    longest = _forms("").match(low)
    if longest and longest.end() > m.end():
        return "", organisation
    return organisation[: m.end()], organisation[m.end() :].strip(" ,-")
