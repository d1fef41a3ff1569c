"""Where the name of an issuing body ends, and how it is written in full."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.organisations import canonical_organisation, head_end, organisation_end
from bantin.text import View, canonical

_LOCAL = re.compile(r"\s+(?=(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|việt nam|đoàn|hội)\b)")
_LEVEL = re.compile(r"\s+(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?!\w)")
_NOT_ISSUER = re.compile(
    r"(?:đảng viên|đảng ta|nhà nước|nhân dân|trung ương và|đồng chí|ngành|địa phương|đơn vị|cơ quan|hội nghị|kỳ họp"
    r"|phiên)(?!\w)"
)


_POST = re.compile(
    r"(?:(?:phó\s+)?(?:chủ\s+tịch|giám\s+đốc|thủ\s+trưởng|tổng\s+giám\s+đốc|cục\s+trưởng|viện\s+trưởng|chánh\s+án"
    r"|hiệu\s+trưởng|thống\s+đốc|tổng\s+thanh\s+tra|bộ\s+trưởng(?=\s+bộ)|bí\s+thư))\s+"
)
_MEETING = re.compile(r"hội\s+nghị\s+(?:lần\s+)?thứ\s+\w+(?:\s+\w+)?\s*,?\s*(?:của\s+)?(?=ban\s+chấp\s+hành|bch)")


@cache
def _fixed() -> re.Pattern[str]:
    return re.compile(rf"(?:{flexible(sorted(load_lexicon('issuers')))})(?![^\W_])")


def fixed_end(view: View, at: int, end: int) -> int | None:
    """Where a central body of `issuers.csv` that begins at `at` ends, or None."""
    m = _fixed().match(view.lower, at, end)
    return m.end() if m else None


def issuer_end(view: View, at: int, end: int) -> int | None:
    """Where the issuer that begins at `at` ends: a central body, or any body whose head is known. None if none is."""
    if at >= end or _NOT_ISSUER.match(view.lower, at, end):
        return None
    fixed = fixed_end(view, at, end)
    if fixed is None and (post := _POST.match(view.lower, at, end)) and head_end(view, post.end(), end) is not None:
        return organisation_end(view, post.end(), min(end, at + 160))
    if head_end(view, at, end) is None:
        return fixed
    if fixed is not None and not _LOCAL.match(view.lower, fixed, end) and not _known_longer(view, at, fixed, end):
        return fixed
    stop = organisation_end(view, at, min(end, at + 160))
    if fixed is not None and stop <= fixed and (level := _LEVEL.match(view.lower, fixed, end)):
        return level.end()
    return max(stop, fixed or 0) if stop > at else fixed


def _known_longer(view: View, at: int, fixed: int, end: int) -> bool:
    """Whether the fixed form is only the head of another body: "Trung ương Đoàn", "Đảng ủy", "Bộ Tư lệnh"."""
    head = head_end(view, at, end)
    return head is not None and head > fixed


def meeting_end(view: View, at: int, end: int) -> int:
    """Where a conference's ordinal before its committee ends ("Hội nghị lần thứ sáu Ban Chấp hành ..."), else `at`."""
    m = _MEETING.match(view.lower, at, end)
    return m.end() if m else at


@lru_cache(maxsize=4096)
def issuer_name(printed: str) -> str:
    """The body as it is stated, canonically spelled, abbreviations written out."""
    text = canonical(printed).strip(" ,.;")
    if found := load_lexicon("issuers").canonical(text):
        return found
    return _CAPITALS.sub(lambda m: _OFFICIAL[m[0].lower()], canonical_organisation(text))


_OFFICIAL = {"ban chấp hành": "Ban Chấp hành", "ban thường vụ": "Ban Thường vụ", "đảng bộ tỉnh": "Đảng bộ tỉnh"}
_CAPITALS = re.compile("|".join(_OFFICIAL), re.IGNORECASE)
"""Bodies whose capitals pages print in every way, as in official use."""
