"""What stands around a reference: issuer, issue date, term and title behind it; issuer, action, article before it."""

from __future__ import annotations

import re
from functools import cache

from bantin.extractors.directives.draft import Draft
from bantin.extractors.directives.issuers import fixed_end, issuer_end, issuer_name, meeting_end
from bantin.extractors.directives.normalize import roman_term
from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View
from bantin.types import Span

REACH = 400
"""How many characters behind a reference its attributes may take; a quoted title is the longest of them."""

_DAY = (
    r"\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}|\d{1,2}\s?-\s?\d{1,2}\s?-\s?\d{4}|\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,?\s*năm\s+\d{4}|/\d{4})|\d{4}-\d{2}-\d{2}"
)
_DATE = re.compile(
    rf"(?:,\s*)?(?:ngày\s*(?P<earlier>(?:\d{{1,2}}(?:\s?[/-]\s?\d{{1,2}})?\s*(?:và|,)\s*){{1,9}}+)(?P<last>{_DAY})(?!\d))"
    rf"|(?:,\s*)?\(?\s*(?:(?:ban hành|ra|ký|có hiệu lực từ|cùng)\s+)?(?:ngày\s*)?(?P<d>{_DAY})(?!\d)\s*\)?"
    r"|(?:,\s*)?(?:(?:ban hành|ra|ký)\s+)?ngày\s*(?P<short>\d{1,2}\s?[/-]\s?\d{1,2}|\d{1,2}\s+tháng\s+\d{1,2})(?![/\d])"
    r"|(?!,\s*năm\s+\d{4}\s+(?!(?:của|về|do|và|với|được|ban hành|quy định)(?!\w))[^\W\d_])"  # "..., năm 2009 huyện mở"
    r"(?:,\s*)?\(?(?:tháng\s+(?P<m>\d{1,2}\s?[/-]\s?\d{4}|\d{1,2}\s+năm\s+\d{4})|năm\s+(?P<y>(?:19|20)\d\d))(?![/\d])\)?"
    r"|\(\s*(?P<py>(?:19|20)\d\d)\s*\)"
)
_SHORT_DAY = re.compile(r"\d{1,2}(?:\s?[/-]\s?\d{1,2})?")
_TERM = re.compile(r"(?:,\s*)?\(?\s*khóa\s+(?:thứ\s+)?(?P<t>[ivx]{1,6}|\d{1,2})(?![\w/])\s*(?:của\s+đảng\s*)?\)?")
_OF = re.compile(r",?\s*\(?\s*(?P<of>của|do)\s+(?:các\s+)?")
_TITLE = re.compile(
    r",?\s*:?\s*(?:(?:ban hành|quy định)\s+)?(?:về\s+(?:việc\s+)?)?:?\s*"
    r"(?:[“\"”]\s*(?P<t>[^“”\"]{3,400}?)\s*[”\"]|[‘']\s*(?P<s>[^‘’']{8,400}?)\s*[’'](?!\w))",
    re.IGNORECASE,
)
_PLENUM = re.compile(
    r"hội nghị\s+(?:(?:ban chấp hành|bch)\s+)?(?:trung ương|tw)(?:\s+đảng)?\s+(?:lần\s+)?(?:thứ\s+\w+|\d{1,2})"
    r"|(?:trung ương|tw)\s+\d{1,2}(?=\s*,?\s*\(?\s*khóa(?!\w))"  # "Nghị quyết 18 của Trung ương 6 khóa XII"
)
_LEVEL = re.compile(
    r"(?<=nd)\s+(?:tỉnh|thành\s+phố|tp|huyện|quận|thị\s+xã|xã|phường)(?=\s+(?:ngày|của|về)|\s*[,.;)]|$)"
)
_SPACE = re.compile(r"\s*")
_ENACTED = re.compile(r"\s+ban\s+hành(?!\w)")

_ARTICLE = re.compile(
    r"(?P<p>(?:(?:điểm\s+[a-zđ\d]{1,2}|khoản\s+\d{1,3}[a-zđ]?(?:\s*(?:,|và)\s*\d{1,3}[a-zđ]?){0,9}+|điều\s+\d{1,4}[a-zđ]?(?:\s*(?:,|và)\s*\d{1,4}[a-zđ]?){0,9}+|chương\s+[ivxlc\d]{1,6}|mục\s+[ivx\d]{1,5}"
    r"|phụ\s+lục\s+[ivx\d]{1,5})\s*,?\s*(?:và\s+|của\s+)?){1,5}+)$"
)
_TRAIL = re.compile(r"[\s,]*(?:(?:và|của)\s*)?$")
_ENACTS = re.compile(
    r"(?:\s*\(?\s*khóa\s+(?P<t>[ivx]{1,6}|\d{1,2})\s*\)?)?"
    r"\s+(?:(?:đã|vừa|mới|cũng|sẽ|tiếp tục|chính thức|kịp thời|khẩn trương|sớm|trình)\s+){0,3}"
    r"(?:ký\s+)?(?P<v>ban\s+hành|thông\s+qua|ra|ký|có)\s+(?:các\s+)?$"
)
_ENACTING = ("hành", "qua", "ra", "ký", "có", "các")
"""What such words end with: few references stand behind one, and a search costs more than this."""
_ALIAS = re.compile(r"(?:gọi|viết)\s+(?:chung\s+|tắt\s+)?(?:là|:)\s*:?\s*[“\"]?$")
_REVIEW = re.compile(r"(?P<v>sơ\s+kết|tổng\s+kết)(?:\s+(?:\d+,\d+|[^\s,.;:]+)){0,8}\s*$")


@cache
def _verbs() -> re.Pattern[str]:
    fill = (
        r"(?:\s+(?:các|những|một\s+số|nội\s+dung|tinh\s+thần|có\s+hiệu\s+quả|hiệu\s+quả|tốt|nghiêm\s+túc|nghiêm|việc|thắng\s+lợi"
        r"|dự\s+án|dự\s+thảo|toàn\s+văn|kịp\s+thời|sâu\s+rộng|các\s+nội\s+dung|đúng|theo|đối\s+với|cho|là|của|sâu\s+sắc|đầy\s+đủ|vào))*"
    )
    return re.compile(rf"(?<![^\W_])(?P<v>{flexible(sorted(load_lexicon('directive_actions')))}){fill}\s*$")


def behind(view: View, draft: Draft, limit: int) -> int:
    """Fills in what follows the core of `draft` before `limit` (the next reference or the block's end).

    Returns where the attributes end. Each attribute is taken once, in any order, and only while they follow directly.
    """
    pos = draft.end
    limit = min(limit, pos + REACH)
    low = view.lower
    if m := _LEVEL.match(low, pos, limit):  # "Nghị quyết số 10/2016/NQ-HĐND tỉnh ngày 7/12/2016"
        pos = m.end()
    for _ in range(8):
        at = _SPACE.match(low, pos, limit).end()  # type: ignore[union-attr]
        comma = low.startswith(",", at)
        if draft.issued_span is None and (m := _DATE.match(low, at, limit)) and m.end() > at:
            draft.issued_span = Span(*m.span(m.lastgroup or "d"))
            if m["earlier"]:  # "79 và 80-NQ/TW ngày 06 và 07/01/2026"
                draft.earlier_days = tuple(Span(*d.span()) for d in _SHORT_DAY.finditer(low, *m.span("earlier")))
        elif draft.term is None and (m := _TERM.match(low, at, limit)):
            draft.term = roman_term(m["t"])
        elif (
            (draft.issuer is None or draft.enacted)
            and (m := _OF.match(low, at, limit))
            and (found := _issuer(view, m.end(), limit))
        ):
            draft.issuer, stop = found
            draft.enacted = False
            done = _ENACTED.match(low, stop, limit)
            pos = done.end() if done else stop
            if low.startswith(")", pos):
                pos += 1
            continue
        elif draft.issuer is None and not comma and (m := _PLENUM.match(low, at, limit)):
            draft.issuer = issuer_name(view.text[at : m.end()])
        elif draft.title is None and (m := _TITLE.match(view.folded, at, limit)):
            draft.title = " ".join(view.text[slice(*m.span("t" if m["t"] else "s"))].split())
        elif (
            draft.issuer is None
            and not comma
            and meeting_end(view, at, limit) > at
            and (found := _issuer(view, at, limit))
        ):
            draft.issuer, pos = found
            continue
        elif (
            draft.issuer is None
            and comma
            and low.rfind("(", draft.end, at) > low.rfind(")", draft.end, at)
            and (e := _direct(view, _SPACE.match(low, at + 1, limit).end(), limit))  # type: ignore[union-attr]
        ):  # "(ngày 19-12-2016, Bộ Chính trị)"
            draft.issuer = issuer_name(view.text[at + 1 : e])
            pos = e + low.startswith(")", e)
            continue
        elif draft.issuer is None and not comma and (e := _direct(view, at, limit)):
            draft.issuer = issuer_name(view.text[at:e])
            pos = e
            continue
        else:
            break
        pos = m.end()
    return pos


def _issuer(view: View, at: int, limit: int) -> tuple[str, int] | None:
    """The issuer at `at` and where it ends; of a conference of a committee, the committee."""
    if m := _PLENUM.match(view.lower, at, limit):
        return issuer_name(view.text[at : m.end()]), m.end()
    start = meeting_end(view, at, limit)
    end = issuer_end(view, start, limit)
    if end and (m := _another().search(view.lower, start, min(end + 20, limit))) and m.start() < end:
        end = m.start()  # "của Đảng ủy Quân sự và Chương trình ...": the next thing is a paper, not a body
    return (issuer_name(view.text[start:end]), end) if end else None


@cache
def _another() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*,|\s+và)\s+(?:{flexible(sorted(load_lexicon('document_types')))})(?![^\W_])")


def _direct(view: View, at: int, limit: int) -> int | None:
    """An issuer with no word before it: "Quyết định số 217-QĐ/TW Bộ Chính trị"."""
    if at >= limit or not view.folded[at].isupper():
        return None
    end = fixed_end(view, at, limit)
    return end if end and end - at > 5 and _ENDS.match(view.lower, end, limit) else None


_ENDS = re.compile(r"\s*(?:$|[,.;:()“\"]|về|khóa|ngày|và)")


def before(view: View, draft: Draft, floor: int) -> None:
    """Fills in what precedes `draft` down to `floor` (the block's start or the reference before)."""
    low = view.lower
    start = max(floor, draft.start - 90)
    window = low[start : draft.start]
    if (m := _ARTICLE.search(window)) and m["p"].strip():
        lead = window[: m.start()]
        cut = _TRAIL.search(m["p"])
        part = view.text[start + m.start("p") : start + m.start("p") + (cut.start() if cut else len(m["p"]))]
        draft.article_part = " ".join(part.split())
        window = lead
    if _ALIAS.search(window):
        draft.flag("alias")
    if draft.issuer is None and draft.kind in ("symbol", "number"):
        _enacted_by(view, draft, start, floor)
    if draft.action is None and ((m := _REVIEW.search(window)) or (m := _verbs().search(window))):
        draft.action = load_lexicon("directive_actions").canonical(m["v"])


_HEAD = re.compile(r"(?<![^\W_])[^\W\d_]")


_DAY_BEFORE = re.compile(rf"ngày\s*(?P<d>{_DAY}|\d{{1,2}}\s?[/-]\s?\d{{1,2}}(?![\d/]))\s*,?\s*$")


def _enacted_by(view: View, draft: Draft, start: int, floor: int) -> None:
    """The subject of "ban hành" before a reference is its issuer, and a day before that subject is the issue day."""
    window = view.lower[start : draft.start]
    m = _ENACTS.search(window) if window.rstrip().endswith(_ENACTING) else None
    subject = _subject(view, start, start + m.start()) if m else None
    if subject is None:
        return
    draft.issuer, at = subject
    draft.enacted = True
    draft.action = draft.action or ("thông qua" if m is not None and m["v"].startswith("thông") else "ban hành")
    if draft.term is None and m is not None and m["t"]:
        draft.term = roman_term(m["t"])
    if draft.issued_span is None and (d := _DAY_BEFORE.search(view.lower, max(floor, at - 40), at)):
        draft.issued_span = Span(*d.span("d"))


def _subject(view: View, start: int, end: int) -> tuple[str, int] | None:
    """The body whose name ends exactly at `end`, and where it begins: the subject of "ban hành"."""
    for m in _HEAD.finditer(view.folded, start, end):
        if view.folded[m.start()].isupper() and issuer_end(view, m.start(), end) == end:
            name = issuer_name(view.text[m.start() : end])
            return (name, m.start()) if len(name) > 3 else None
    return None
