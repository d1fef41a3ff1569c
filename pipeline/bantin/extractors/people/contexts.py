"""What a person does where the name stands: chairs, speaks, attends, is appointed, wrote a cited work."""

from __future__ import annotations

import re
from functools import cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View
from bantin.types import Block

_WORK = re.compile(
    r"(?<![^\W_])(?:bài\s+viết|tác\s+phẩm|cuốn\s+sách|bài\s+phát\s+biểu)(?:\s|[^\W_]|[“”\"',:;.-]){0,160}của[^.;\n]{0,40}$"
)
_APPOINTED = re.compile(
    r"(?<![^\W_])(?:bổ\s+nhiệm|điều\s+động|luân\s+chuyển|bầu|chuẩn\s+y|phê\s+chuẩn|chỉ\s+định|trao\s+quyết\s+định)[^.;\n]{0,80}$"
)
_THERE = re.compile(r"(?<![^\W_])(?:dự|tham\s+dự|đến\s+dự|tới\s+dự|về\s+dự|cùng\s+dự|có\s+mặt)[^.\n]{0,300}$")
_AFTER = 200


@cache
def _acts() -> re.Pattern[str]:
    lexicon = load_lexicon("acts")
    telling = sorted(f for f in lexicon if lexicon.entries[f] in ("chair", "speaker", "attendee"))
    return re.compile(rf"(?<![^\W_])(?:{flexible(telling)})(?![^\W\d_])")


def context_of(view: View, block: Block, start: int, end: int) -> str | None:
    """The act of the person named at [start, end), or None where the text does not say."""
    low = view.lower
    before = low[max(block.start, start - 300) : start]
    if _WORK.search(before[-200:]):
        return "author_of_work"
    if _APPOINTED.search(before[-100:]):
        return "appointee"
    stop = min(block.end, end + _AFTER)
    for mark in (";", ". "):
        if (at := low.find(mark, end, stop)) >= 0:
            stop = at
    if m := _acts().search(low, end, stop):
        return load_lexicon("acts").canonical(m.group())
    return "attendee" if _THERE.search(before) else None
