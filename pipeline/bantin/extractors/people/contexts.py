"""What a person does where the name stands: chairs, speaks, attends, is appointed, wrote a cited work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View, first_words
from bantin.types import Span

_ADDRESS = (
    r"(?:(?:các\s+)?(?:đồng\s+chí|đ/c|ông|bà|anh|chị)\s*:?\s*)?(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)\s+)?"
)
_WORK = re.compile(
    r"(?<![^\W_])(?:bài\s+viết|tác\s+phẩm|cuốn\s+sách|bài\s+phát\s+biểu|bài\s+báo)(?:\s|[^\W_]|[“”\"',:;.-]){0,160}của[^.;\n]{0,40}$"
)
_CHAIR = re.compile(
    r"(?<![^\W_])(?:chủ\s+trì|chủ\s+tọa|điều\s+hành)[^.;\n]{0,90}(?<![^\W_])(?:là|có|gồm|của)(?![^\W_])[^.;\n]{0,60}$"
)
_SPEAKER = re.compile(
    rf"(?<![^\W_])(?:phát\s+biểu|kết\s+luận|chia\s+sẻ|trao\s+đổi|trả\s+lời)[^.;\n]{{0,80}},\s*{_ADDRESS}$"
    rf"|(?<![^\W_])(?:theo|lời|ý\s+kiến\s+của|phát\s+biểu\s+của)\s+{_ADDRESS}$"
)
_APPOINTED = re.compile(
    r"(?<![^\W_])(?:bổ\s+nhiệm|điều\s+động|luân\s+chuyển|bầu|chuẩn\s+y|phê\s+chuẩn|chỉ\s+định|(?:trao|công\s+bố)\s+(?:các\s+)?quyết\s+định|giới\s+thiệu)"
    r"[^.;\n]{0,100}$"
)
_REMOVED = re.compile(
    r"(?<![^\W_])(?:miễn\s+nhiệm|bãi\s+nhiệm|cách\s+chức|kỷ\s+luật|khiển\s+trách|cảnh\s+cáo|cho\s+thôi|đình\s+chỉ|thay)(?![^\W_])[^.;\n]{0,160}$"
)
_THERE = re.compile(
    r"(?<![^\W_])(?:dự|tham\s+dự|đến\s+dự|tới\s+dự|về\s+dự|cùng\s+dự|cùng\s+đi|tham\s+gia|có\s+mặt|đón\s+tiếp|tiếp(?:\s+và\s+làm\s+việc\s+với)?\s+đoàn|về\s+phía[^.;\n]{2,60}có|cùng\s+có)[^.\n]{0,300}$"
)
_HISTORICAL = re.compile(
    r"(?<![^\W_])(?:cố|liệt\s+s[ĩỹ]|anh\s+hùng\s+liệt\s+s[ĩỹ]|lãnh\s+tụ|(?:ngày|năm)\s+(?:sinh|mất)(?:\s+của)?)\s[^,.;\n]{0,40}$"
    r"|(?<![^\W_])tưởng\s+(?:niệm|nhớ)\s+(?:(?:cố|đồng\s+chí|chủ\s+tịch|tổng\s+bí\s+thư|đại\s+tướng|thủ\s+tướng|cụ|lãnh\s+tụ|anh\s+hùng|"
    r"nhà\s+cách\s+mạng)\s+)+$"
)
_MOURNED = re.compile(
    r"(?<![^\W_])(?:viếng|lễ\s+tang|tang\s+lễ|linh\s+cữu|lễ\s+truy\s+điệu)(?:\s+của)?\s[^,.;\n]{0,40}$"
)
_STEPS = re.compile(
    r"(?:[\s,(]|(?:đã|đang|sẽ|cũng|vừa|luôn|trực\s+tiếp|thay\s+mặt|thừa\s+ủy\s+quyền|đồng|cùng|và|hiện|nay)(?![^\W_]))+"
)
_ELECTED = (
    r"(?:được\s+(?:[^\W\d_]+\s+){0,8}?(?:bầu|bổ\s+nhiệm|chỉ\s+định|điều\s+động|phân\s+công|phê\s+chuẩn|giao)|giữ\s+chức|tái\s+(?:đắc\s+)?cử|trúng\s+cử|đắc\s+cử|"
    r"nhận\s+(?:quyết\s+định|nhiệm\s+vụ))(?![^\W_])(?<!thôi\sgiữ\schức)"
)
_COMING = frozenset({"được", "giữ", "tái", "trúng", "đắc", "nhận"})
"""The words with which `_ELECTED` begins."""
_HONOURED = frozenset({"cố", "liệt", "anh", "lãnh", "ngày", "năm", "tưởng"})
"""The words with which `_HISTORICAL` begins."""
_NEAR: tuple[tuple[str, frozenset[str], str | None, re.Pattern[str]], ...] = (
    ("chair", frozenset({"chủ", "điều"}), None, _CHAIR),
    ("speaker", frozenset({"phát", "kết", "chia", "trao", "trả", "theo", "lời", "ý"}), None, _SPEAKER),
    ("subject", frozenset({"miễn", "bãi", "cách", "kỷ", "khiển", "cảnh", "cho", "đình", "thay"}), None, _REMOVED),
    ("subject", frozenset({"viếng", "lễ", "tang", "linh"}), None, _MOURNED),
    (
        "appointee",
        frozenset({"bổ", "điều", "luân", "bầu", "chuẩn", "phê", "chỉ", "trao", "công", "giới"}),
        "bầu",
        _APPOINTED,
    ),
    ("attendee", frozenset({"dự", "tham", "đến", "tới", "về", "cùng", "có", "đón", "tiếp"}), "dự", _THERE),
)
"""What may be said before a name, the weightiest first: the act, the words its pattern begins with, the one of them
that it finds without a space behind, too, and the pattern."""
_TOLD = _HONOURED.union(*(firsts for _, firsts, _, _ in _NEAR))
"""The words without which nothing is said before a name."""
_LINK = re.compile(rf"[\s,;:()-]*(?:và\s+|cùng\s+)?{_ADDRESS}")
_AFTER = 260
_BEFORE = 300
_LONGEST_GAP = 600
"""Characters of posts between two names of one list."""


@cache
def _acts() -> tuple[re.Pattern[str], frozenset[str]]:
    """What is said behind a name, that somebody is elected or acts; and the words with which it begins."""
    lexicon = load_lexicon("acts")
    skipped = {
        "đã",
        "đang",
        "sẽ",
        "cũng",
        "vừa",
        "luôn",
        "trực tiếp",
        "thay mặt",
        "là",
        "được",
        "bị",
        "làm",
        "tiếp tục",
    }
    acts = sorted(set(lexicon) - skipped)
    pattern = rf"(?<![^\W_])(?:(?P<elected>{_ELECTED})|(?P<act>{flexible(acts)})(?![^\W\d_]))"
    return re.compile(pattern), _COMING | first_words(acts)


def contexts(view: View, start: int, end: int, people: Sequence[Span], posts: Sequence[Span]) -> list[str | None]:
    """The act of each person of the block [start, end), or None where the text does not say.

    `people` and `posts` are spans in reading order; what stands inside a post is no act. A list shares what is said
    before it ("Dự hội nghị có: A; B") and behind it ("A và B đồng chủ trì").
    """
    low = view.lower
    cover = sorted([*people, *posts])
    starts = [c.start for c in cover]
    out: list[str | None] = []
    shared: str | None = None
    for i, person in enumerate(people):
        lead = people[i - 1].end if i else start
        linked = i > 0 and _linked(low, lead, person.start, cover, starts)
        if not linked:
            shared = None
        said = _before(view, max(start, person.start - _BEFORE), person.start, lead if i else start)
        if said in ("attendee", "chair", "appointee"):
            shared = said if said != "appointee" or not linked else shared
        after = _behind(view, person.end, end, cover, starts)
        if said in ("author_of_work", "historical", "chair", "speaker", "appointee"):
            out.append(said)
        elif after in ("chair", "speaker", "appointee"):
            out.append(after)
        else:
            out.append(said or (shared if linked else None) or after)
    return out


def _linked(low: str, start: int, end: int, cover: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether only posts and the marks of a list stand between two names."""
    at = start
    if end - start > _LONGEST_GAP:
        return False
    for span in cover[bisect_left(starts, start) : bisect_left(starts, end)]:
        if _LINK.fullmatch(low, at, span.start) is None:
            return False
        at = max(at, span.end)
    return _LINK.fullmatch(low, at, end) is not None


def _before(view: View, start: int, at: int, lead: int) -> str | None:
    low, (starts, runs) = view.lower, view.runs
    if "của" in low[max(start, at - 44) : at] and _WORK.search(low[max(start, at - 200) : at]):
        return "author_of_work"
    start = max(start, lead)
    k = bisect_left(starts, at)
    i = bisect_left(starts, start, 0, k)
    words = _TOLD.intersection(runs[i:k])
    if not _HONOURED.isdisjoint(words) and _HISTORICAL.search(low[max(start, at - 60) : at]):
        return "historical"
    sentence = max(start, low.rfind(". ", start, at) + 1, low.rfind("\n", start, at) + 1)
    near = low[sentence:at]
    if sentence > start:
        words = _TOLD.intersection(runs[bisect_left(starts, sentence, i, k) : k])
    for act, firsts, fused, pattern in _NEAR:
        if (not firsts.isdisjoint(words) or (fused is not None and fused in near)) and pattern.search(near):
            return act
    return None


def _behind(view: View, at: int, end: int, cover: Sequence[Span], starts: Sequence[int]) -> str | None:
    """The first act behind a name in its sentence, posts and further names left out."""
    low, (acts, acting) = view.lower, _acts()
    stop = min(end, at + _AFTER)
    for mark in (";", ". ", "\n"):
        if (found := low.find(mark, at, stop)) >= 0:
            stop = found
    pos = at
    i = bisect_left(starts, at)
    while True:
        span = cover[i] if i < len(cover) else Span(stop, stop)
        i += 1
        edge = min(span.start, stop)
        if pos < edge:
            said = next(view.finditer(acts, acting, pos, edge), None)
            if said is not None:
                return "appointee" if said["elected"] else load_lexicon("acts").canonical(said.group())
        if span.start >= stop:
            break
        pos = max(pos, span.end)
    return None
