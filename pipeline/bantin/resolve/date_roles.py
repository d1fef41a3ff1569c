"""What each date is to its article: published, issued, event, report or plan period, term, deadline, anniversary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from bantin.extractors.dates.value import DateRole, DateValue
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View, first_words
from bantin.types import Article, Mention

BEFORE = 90
"""Characters before a date in which the words that tell its role may stand."""

_DATELINE_WORDS = re.compile(
    rf"(?<!\w)(?:{trie_pattern(load_lexicon('weekdays'))}"
    r"|ngày|cập|nhật|đăng|tải|lúc|giờ|phút|gmt|utc|am|pm|sa|ch|thứ|cn|xuất|bản|tin|date)(?!\w)"
    r"|[\s\d|,;:.()\[\]+/\-•]"
)
_ISSUED = re.compile(
    r"(?:ban hành|ký|ký ban hành|phê duyệt|thông qua|công bố)\s*(?:ngày)?\s*$"
    r"|ngày\s+(?:ban hành|ký)[\s:|]*$|\bsố\s+\S*\d\S*\s*,?\s*\(?(?:ban hành\s+)?ngày\s*$"
)
_AFTER_DOCUMENT = re.compile(r"\s*,?\s*[(]?\s*(?:được\s+)?(?:ban hành\s+)?(?:ký\s+)?(?:ngày|năm|tháng)?\s*")
_TERM = re.compile(r"(?:nhiệm kỳ|khóa)\s*(?:[ivx]+)?\s*,?\s*[(]?\s*$")
_ANNIVERSARY = re.compile(
    r"(?:kỷ niệm|kỉ niệm|chiến thắng|quốc khánh|quốc tế|giỗ tổ|chào mừng ngày|lễ"
    r"|ngày (?:thành lập|truyền thống|sinh|mất|giải phóng|lễ|thương binh|giỗ|nhà giáo|phụ nữ|doanh nhân|hội|toàn quốc))"
    r"\b[^.;]{0,60}$"
)
_OF_ISSUE = ("hành", "ký", "duyệt", "qua", "bố", "số")
_OF_FEASTS = (
    "niệm", "chiến thắng", "quốc khánh", "quốc tế", "giỗ tổ", "chào mừng ngày", "lễ", "ngày ",
)  # fmt: skip
_OF_DEADLINES = ("trước", "nhất", "hạn", "tầm nhìn", "hoàn thành", "phấn đấu", "mục tiêu")
"""What stands in each match of the patterns: to look for it first costs a fraction."""
_REPORT = re.compile(r"(?<!\w)(?:kết quả|sơ kết|tổng kết)(?:(?!\bvào?\b)[^.,;]){0,50}$")
_WORK_OF = re.compile(
    r"(?:^\s*|(?<!\w)(?:công tác|hoạt động|phong trào|giao ban|thi đua)[^.,;:“\"]{0,60})(?:trong\s+)?năm\s*$"
)
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|tầm nhìn(?: đến)?|hoàn thành(?: trong| vào)?"
    r"|phấn đấu(?: đến)?|mục tiêu(?: đến)?)\s*(?:là\s+|đến\s+|hết\s+)?(?:ngày|năm|tháng|hết)?\s*$"
)
_CUE = re.compile(rf"(?<!\w)(?:{trie_pattern(load_lexicon('tense_cues'))})(?!\w)")
_CUES = first_words(load_lexicon("tense_cues"))
_TENSES = ("đã", "vừa", "sẽ", "sắp", "dự kiến")
_LOOKED_BACK_ON = frozenset({"nhiệm vụ", "kế hoạch", "chỉ tiêu", "dự toán", "trọng tâm", "chương trình công tác"})
_TURN = re.compile(r"(?<!\w)(?:và|đề ra|bàn|;|-)(?!\w)")
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|(?=\s+(?:[-+•]\s*)?[^\W\d_]))")

DatedMention = Mention[Any]


def line_of(text: str, at: int) -> tuple[int, int]:
    """The bounds of the line around an offset."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def is_dateline(view: View, mention: DatedMention) -> bool:
    """Whether the line holds nothing but this date, a time and the words of a dateline."""
    start, end = line_of(view.text, mention.start)
    if end - start > 80:
        return False
    rest = view.lower[start : mention.start] + " " + view.lower[mention.end : end]
    return not _DATELINE_WORDS.sub("", rest)


def sentence_before(view: View, at: int, limit: int = BEFORE) -> str:
    """The text before an offset, back to the sentence's beginning or `limit` characters."""
    window = view.lower[max(0, at - limit) : at]
    end = 0
    for m in _SENTENCE_END.finditer(window):
        end = m.end()
    return window[end:] if end else window


def sentence_after(view: View, at: int, limit: int = BEFORE) -> str:
    window = view.lower[at : at + limit]
    end = _SENTENCE_END.search(window)
    return window if end is None else window[: end.start()]


def cue_before(view: View, at: int, since: int = 0) -> str | None:
    """What the words before an offset within its sentence say of its time: past, future or plan.

    The last word counts, but a task that is looked back on is past: "đánh giá kết quả nhiệm vụ". Words before `since`,
    the end of the date before, count only where none stand behind it.
    """
    return _cue_in(view, at - len(sentence_before(view, at)), at, since)


def _cue_in(view: View, start: int, at: int, since: int) -> str | None:
    """What the words of the sentence [start, at) before a date say of its time."""
    words = list(view.finditer(_CUE, _CUES, since, at)) if start < since < at else []
    words = words or list(view.finditer(_CUE, _CUES, start, at))
    if not words:
        return None
    tense = load_lexicon("tense_cues").entries
    last = tense[" ".join(words[-1].group().split())]
    if last == "plan" and words[-1].group() in _LOOKED_BACK_ON and len(words) > 1:
        between = words[-1].string[words[-2].end() : words[-1].start()]
        if tense[" ".join(words[-2].group().split())] == "past" and not _TURN.search(between):
            return "past"
    return last


def cue_after(view: View, at: int) -> str | None:
    """The first of the words of `tense_cues` after an offset within its sentence; only past and future count."""
    sentence = sentence_after(view, at)
    if _holds(sentence, _TENSES):
        for m in _CUE.finditer(sentence):
            if m.group() in _TENSES:
                return load_lexicon("tense_cues").matched(m.group())
    return None


def role_of(
    article: Article, view: View, mention: DatedMention, document_end: int | None, since: int = 0
) -> DateRole | None:
    """The role of one date; `document_end` is where the last document mention before it ends, `since` the last date."""
    value: DateValue = mention.value
    if value.kind not in ("date", "period", "relative") or value.start_date is None:
        return None
    before = sentence_before(view, mention.start)
    day = value.grain in ("day", "minute", "daypart")
    if value.kind == "date" and day and is_dateline(view, mention):
        return "published"
    if document_end is not None and value.kind == "date":
        between = view.lower[document_end : mention.start]
        if len(between) <= 30 and _AFTER_DOCUMENT.fullmatch(between):
            return "issued"
    if value.kind == "date" and _holds(before, _OF_ISSUE) and _ISSUED.search(before):
        return "issued"
    if value.kind == "period" and value.grain == "year" and _TERM.search(before):
        return "term"
    if value.modifier == "BEFORE" or (_holds(before, _OF_DEADLINES) and _DEADLINE.search(before)):
        return "deadline"
    if value.modifier == "ON_OR_BEFORE" and value.grain == "year":
        return "deadline"
    if day and ((_holds(before, _OF_FEASTS) and _ANNIVERSARY.search(before)) or _same_day_of_year(value)):
        return "anniversary"
    if not day:
        return _reported_or_planned(article, view, mention, before, since)
    return "event" if value.kind != "relative" else None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return True in map(text.__contains__, words)


def _same_day_of_year(value: DateValue) -> bool:
    """A founding day and its anniversary, printed as a range: "(03/02/1930 - 03/02/2024)"."""
    first, last = value.start_date or "", value.end_date or ""
    return value.kind == "period" and first[4:] == last[4:] and first != last


def _reported_or_planned(
    article: Article, view: View, mention: DatedMention, before: str, since: int
) -> DateRole | None:
    value: DateValue = mention.value
    cue = _cue_in(view, mention.start - len(before), mention.start, since)
    published = article.published_day
    if cue in ("future", "plan"):
        return "plan_period"
    ahead = published is not None and value.start_date is not None and value.start_date > published.isoformat()
    if ahead and (value.source != "explicit" or not _REPORT.search(before)):
        return "plan_period"
    told = value.source == "explicit" and cue_after(view, mention.end) == "past"
    if cue == "past" or (mention.rule == "date.months_of_year" and told):
        return "report_period"
    if value.grain in ("quarter", "half", "month") and _recent(value, published):
        return "plan_period" if published is not None and is_young(value, published) else "report_period"
    if value.grain == "year" and _recent(value, published) and _WORK_OF.search(before):
        return "report_period"
    return "event" if value.kind == "date" else None


def speaks_of_results(view: View, at: int) -> bool:
    """Whether the words before an offset say that results are told: "kết quả", "sơ kết", "tổng kết"."""
    return _REPORT.search(sentence_before(view, at)) is not None


def is_young(value: DateValue, published: date) -> bool:
    """Whether less than half of a period was over on the day of publication: then it is planned for, not reported."""
    try:
        first, last = date.fromisoformat(value.start_date or ""), date.fromisoformat(value.end_date or "")
    except ValueError:
        return False
    return 2 * (published.toordinal() - first.toordinal()) < last.toordinal() - first.toordinal()


def _recent(value: DateValue, published: date | None) -> bool:
    """Whether a period lies where a bulletin reports: within one year, and near publication where it is known."""
    first, last = (value.start_date or "")[:4], (value.end_date or "")[:4]
    return first == last and (published is None or last >= f"{published.year - 1}")


def with_roles(article: Article, view: View, mentions: Sequence[DatedMention]) -> list[DatedMention]:
    """The mentions with the role of every date set."""
    documents = sorted(m.end for m in mentions if m.family == "directives")
    out = []
    k = since = 0
    for m in mentions:
        if m.family == "dates":
            while k < len(documents) and documents[k] <= m.start:
                k += 1
            role = role_of(article, view, m, documents[k - 1] if k else None, since)
            since = m.end
            m = replace(m, value=replace(m.value, role=role)) if role is not None else m  # noqa: PLW2901
        out.append(m)
    return out
