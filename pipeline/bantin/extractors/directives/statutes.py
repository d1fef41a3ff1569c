"""Names of laws, codes and ordinances: known names first, then any name by its form, with its right end."""

from __future__ import annotations

import re
from functools import cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View

MOST_WORDS = 14
"""A law's name found by its form is at most this many syllables."""

_YEAR = re.compile(r"\s+(?:năm\s+)?(?:19[4-9]|20[0-4])\d(?!\d|[/.-]\d)")
_NUMBER = re.compile(r"\s*,?\s*\(?\s*số\s*:?\s*(?=\d)")
_NOT_BEFORE = re.compile(
    r"(?:pháp|kỷ|định|quy|bộ|đại\s+học|khoa|viện|trường|ngành|công\s+ty|văn\s+phòng|cử\s+nhân|thạc\s+sĩ|tiến\s+sĩ|tạp\s+chí|báo|phòng|lớp|môn|hội)\s+$"
)
_NOT_NAME = re.compile(
    r"(?:sư|gia|pháp|lệ|chơi|này|nêu|trên|số|của|và|hiện|sửa\s+đổi(?!,|\s+bổ|\s+một|\s+luật)|mới|việt\s+nam(?!\w)|quốc\s+tế|sư\s)(?!\w)"
)
_AMENDING = re.compile(
    r"sửa\s+đổi\s*,?\s*(?:bổ\s+sung\s+)?(?:một\s*số\s+điều\s+)?(?:của\s+)?(?:các\s+|\d{1,2}\s+)?(?=(?:bộ\s+)?luật\s|pháp\s+lệnh\s)"
)
_ANOTHER = re.compile(r"(?:\s*,\s*|\s+và\s+)(?P<law>bộ\s+luật|luật|pháp\s+lệnh)\s+")
_WORD = re.compile(r"(?P<sep>\s+|,\s*)(?P<w>[^\W\d_][^\W\d_]*)(?![\w])")
_STOPS = frozenset(
    """của và theo để đã được có cho trong tại với là quy đến từ ngày năm sửa này về do nhằm như hiện khi sẽ cần phải
    đối vào ra gắn mới hay hoặc bị thì còn trên bằng lần số vừa thay sau trước nêu đang chưa không góp tới mà nên cũng
    gồm luật nghị các những một khóa kỳ kèm gọi đề lên qua ở yêu thuộc rất ông bà""".split()  # noqa: SIM905
)
_PAIRS = re.compile(
    r"(?:thông\s+(?:qua|báo)|đồng\s+(?:chí|thời)|hướng\s+dẫn|căn\s+cứ|giai\s+đoạn|bổ\s+sung|ban\s+hành|chính\s+thức|nói\s+chung)(?!\w)"
)
"""Pairs of syllables that open a clause, where neither syllable alone would."""


@cache
def _known() -> re.Pattern[str]:
    forms = {f for f in load_lexicon("statutes") if not f.startswith("điều lệ")}
    forms |= {f.replace(",", "") for f in forms}  # commas inside a name are often left out
    return re.compile(rf"(?:{flexible(sorted(forms))})(?![^\W_])")


def statute_end(view: View, at: int, name: int, end: int) -> int | None:
    """Where the statute whose type word begins at `at` and whose name begins at `name` ends, or None if it is none."""
    low, folded = view.lower, view.folded
    first = folded[at]
    if _NOT_BEFORE.search(low, max(0, at - 14), at) or _NOT_NAME.match(low, name, end):
        return None
    if m := _AMENDING.match(low, name, end):
        inner = re.compile(r"(?:bộ\s+luật|luật|pháp\s+lệnh)\s+").match(low, m.end(), end)
        stop = statute_end(view, m.end(), inner.end(), end) if inner else None
        # One law that amends several: what is coordinated with the first belongs to its name.
        while stop and (more := _ANOTHER.match(low, stop, end)):
            further = statute_end(view, more.start("law"), more.end(), end)
            if further is None:
                break
            stop = further
        return stop or _whole(view, m.end(), end)
    known = _known().match(low, at, end)
    if known and (first.isupper() or folded[name].isupper()):
        stop = known.end()
    elif folded[name].isupper() and (first.isupper() or folded[name - 1 :][1:3][1:].islower()):
        stop = _by_form(view, name, end)
    else:
        return None
    year = _YEAR.match(low, stop, end)
    return year.end() if year else stop


def _by_form(view: View, name: int, end: int) -> int:
    """The end of a capitalised name: its lower-case words, until a word that opens a clause."""
    low, folded = view.lower, view.folded
    m = re.compile(r"[^\W\d_]+").match(low, name, end)
    stop = m.end() if m else name
    for _ in range(MOST_WORDS):
        w = _WORD.match(low, stop, end)
        if w is None or w["w"] in _STOPS or _PAIRS.match(low, w.start("w"), end):
            break
        if "," in w["sep"] and (folded[w.start("w")].isupper() or not _comma_goes_on(low, w.end(), end)):
            break
        stop = w.end()
    return stop


def _whole(view: View, at: int, end: int) -> int:
    """The end of the name of a law that amends others: up to the next mark, date or year."""
    m = re.compile(r"[^,.;:()“”\"]{0,160}?(?=\s*(?:[,.;:()“”\"]|ngày\s*\d|năm\s+\d|$))").match(view.lower, at, end)
    return m.end() if m else at


def _comma_goes_on(low: str, at: int, end: int) -> bool:
    """Whether a comma stands inside the name: "Phòng, chống ...": one short member, then more of the name."""
    w = _WORD.match(low, at, end)
    return w is not None and w["sep"].isspace() and w["w"] not in _STOPS


def number_after(view: View, at: int, end: int) -> int | None:
    """Where the number of a statute begins that follows its name: "Luật Doanh nghiệp số 59/2020/QH14"."""
    m = _NUMBER.match(view.lower, at, end)
    return m.end() if m else None
