"""The slots around a number: qualifier, object, action, actor, status, change and base, and what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from bantin.extractors.base import Context
from bantin.extractors.indicators.clause import Clauses
from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.normalize import phrase, qualifier
from bantin.extractors.indicators.nouns import NoNoun, noun_after, phrases
from bantin.extractors.indicators.parts import parents
from bantin.extractors.indicators.value import IndicatorValue, Status
from bantin.lexicon import load_lexicon
from bantin.text import View
from bantin.types import Block, Mention, Span

_AFTER_CHANGE = r"(?:\s+(?:lên|đến|tới|thêm|xuống|còn|đi|được|khoảng|gần|hơn|trên|tương ứng|là|từ|bình quân)){0,2}\s*\Z"
_CHANGE = re.compile(
    r"(?<!\w)(?:(?P<up>tăng(?:\s+(?:thêm|trưởng|bình quân))?|vượt|cao hơn|nhiều hơn|bổ sung|thêm)"
    rf"|(?P<down>giảm|hụt|thấp hơn|ít hơn|thiếu)){_AFTER_CHANGE}"
)
_BASE = re.compile(
    r"\s{0,2}(?:\([^()\n]{0,40}\)\s{0,2})?so\s{1,2}(?:với\s{1,2})?"
    r"(?P<base>(?:(?!\s(?:và|nhưng)\s(?:đạt|tăng|giảm|bằng|chiếm|vượt))[^,.;:()\n]){2,90})"
)
_OF = re.compile(r"\s{1,2}(?P<base>(?:tổng\s{1,2}số|tổng|dự toán|kế hoạch|chỉ tiêu)(?![^\W_])[^,.;:()\n]{0,70})")
_TRAILING = re.compile(
    r"(?:[\s,:-]|(?<!\w)(?:với|được|số|tổng|trị giá|giá trị|kinh phí|số tiền|tiền|là|đạt|ước|hơn|gần|trên|khoảng|mỗi"
    r"|lên|bằng|tăng|giảm|thêm|từ|tới|đến|còn|gồm|có|cho|tỷ lệ|tỉ lệ|chiếm|vượt|và|nhưng))\Z"
)
_SEGMENT = re.compile(r"[,;:.(!?…\n]\s*")
_LEADING = re.compile(r"\A(?:(?:và|trong đó|đồng thời|cùng với|với|có|đã|là|về|còn|riêng)\s+)+")
_MODIFIER_WORD = re.compile(r"\s{1,2}(?P<word>[^\W\d_]+)")
_LONGEST_TRAILING = 8
_BEFORE_CHANGED = frozenset(
    {
        "tăng",
        "thêm",
        "trưởng",
        "quân",
        "vượt",
        "hơn",
        "sung",
        "giảm",
        "hụt",
        "thiếu",
        "lên",
        "đến",
        "tới",
        "xuống",
        "còn",
        "đi",
        "được",
        "khoảng",
        "gần",
        "trên",
        "ứng",
        "là",
        "từ",
    }
)
_TASK = re.compile(r"thực hiện|tập trung|khắc phục|triển khai|tiếp tục|phấn đấu|hoàn thành")
_RESULT_VERBS = frozenset({"tăng", "giảm", "đạt", "có"})
_CUE_REACH = 180
_LONGEST_OBJECT = 110
_MODIFIERS = 4


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    return phrases(load_lexicon("not_counted"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands: the indicator before it in its sentence, how far back its own words reach, its actor."""

    clauses: Clauses
    before: IndicatorValue | None
    earliest: int
    sentence: int
    actor: str | None
    whole: Found | None


def fill(context: Context, block: Block, found: Sequence[Found]) -> list[Mention[Any]]:
    """The mentions of one block, in reading order, with their slots filled."""
    view = context.view
    clauses = Clauses(view, block)
    above = parents(view, block, found)
    out: list[Mention[Any]] = []
    before: IndicatorValue | None = None
    counted: tuple[int, str] | None = None
    previous_end = block.start
    for i, f in enumerate(found):
        sentence = clauses.sentence_start(f.start)
        fresh = before is None or previous_end <= sentence
        if (own := clauses.counted_actor(f, block.end)) is not None:
            counted = (f.start, own)
        actor = max((a for a in (clauses.actor(f.start), counted) if a is not None), default=(0, None))[1]
        whole = found[above[i]] if i in above else None
        scene = _Place(clauses, None if fresh else before, max(sentence, previous_end), sentence, actor, whole)
        value = _value(context, f, scene)
        out.append(
            Mention(
                "indicators",
                f.start,
                f.end,
                context.quote(Span(f.start, f.end)),
                f.rule.id,
                round(f.confidence, 2),
                value,
            )
        )
        before, previous_end = value, _modifiers(view, f.end, block.end)
    return out


def _value(context: Context, f: Found, place: _Place) -> IndicatorValue:
    view, clauses, before, earliest = context.view, place.clauses, place.before, place.earliest
    block = clauses.block
    q = qualifier(view, f.start, f.end, max(block.start, earliest), block.end)
    left = view.lower[max(earliest, f.start - 60) : f.start]
    change = _change(left)
    action = clauses.action(f.start, earliest, money=f.unit_kind == "money")
    printed_action = clauses.text(action) if action else before.action if before else None
    base = _base(view, f, block)
    return IndicatorValue(
        value=f.amount.value,
        unit=f.unit,
        unit_kind=f.unit_kind,
        value_max=f.amount.value_max,
        denominator=f.amount.denominator,
        qualifier=q[0] if q else None,
        bound=q[1] if q else None,
        object=f.object
        or _object(context, f, place, action, change is not None)
        or (before.object if before else None),
        action=printed_action.lower() if printed_action else None,
        actor=place.actor,
        status=_status(view, f, place),
        change=change,
        base=base,
        part_of=Span(place.whole.start, place.whole.end) if place.whole else None,
        flags=(*f.flags, *(() if f.amount.certain else (f"separator_{f.amount.reading}",))),
    )


def _change(left: str) -> Literal["up", "down"] | None:
    words = left.split()
    if not words or (words[-1].isalpha() and words[-1] not in _BEFORE_CHANGED):
        return None
    m = _CHANGE.search(left)
    return None if m is None else "up" if m["up"] else "down"


def _base(view: View, f: Found, block: Block) -> str | None:
    """What a change or a share is measured against."""
    opening = view.lower[f.end : f.end + 3].lstrip()[:1]
    if opening not in ("s", "(") and f.unit_kind != "percent":
        return None
    m = _BASE.match(view.lower, f.end, block.end)
    if m is None and f.unit_kind == "percent":
        m = _OF.match(view.lower, f.end, block.end)
    if m is None:
        return None
    return phrase(view, m.start("base"), m.end("base"))


def _object(context: Context, f: Found, place: _Place, action: Span | None, changed: bool) -> str | None:
    """What is counted or measured: the noun without its classifier and with its modifiers, or what the money is for."""
    view, block = context.view, place.clauses.block
    if f.noun is not None and f.start <= f.noun.start:
        start = f.classifier_end if f.classifier_end and f.classifier_end < f.noun.end else f.noun.start
        return phrase(view, start, _modifiers(view, f.noun.end, block.end))
    if f.unit_kind == "percent" and not changed and not _OF.match(view.lower, f.end, block.end):
        noun = noun_after(view, f.end, block.end, context.segment)
        if not isinstance(noun, NoNoun):
            return phrase(view, noun.start, _modifiers(view, noun.end, block.end))
    if f.unit_kind == "measure":
        noun = noun_after(view, f.end, block.end, context.segment)
        if not isinstance(noun, NoNoun):
            return phrase(view, noun.start, _modifiers(view, noun.end, block.end))
    return _measured_before(view, f, action, place.earliest)


def _modifiers(view: View, at: int, end: int) -> int:
    """Where a noun phrase stops: at punctuation, a digit, a function word or a verb; at most a few words on."""
    for _ in range(_MODIFIERS):
        m = _MODIFIER_WORD.match(view.lower, at, end)
        if m is None or _stops().match(view.lower, m.start("word"), end):
            break
        at = m.end()
    return at


def _measured_before(view: View, f: Found, action: Span | None, earliest: int) -> str | None:
    """ "Tổng thu ngân sách ước đạt 3.370 tỷ đồng": the words between the last comma or the action and the number."""
    start = max(earliest, f.start - _LONGEST_OBJECT)
    low = view.lower
    for m in _SEGMENT.finditer(low, start, f.start):
        if m.end() < f.start:
            start = m.end()
    if action is not None and low[action.start : action.end] in _RESULT_VERBS:
        action = None  # what rises, falls or reaches a value stands before the verb
    if action is not None and action.start <= start + 12 and action.end > start:
        start = action.end
    if action is not None and f.unit_kind == "money" and action.start >= earliest:
        start = action.end
    text = low[start : f.start]
    while (cue := _TRAILING.search(text, max(0, len(text) - _LONGEST_TRAILING))) is not None:
        text = text[: cue.start()]
    lead = _LEADING.match(text.lstrip())
    offset = len(text) - len(text.lstrip()) + (lead.end() if lead else 0)
    printed = phrase(view, start + offset, start + len(text))
    return printed if len(printed) > 1 and not printed.lower().startswith("so ") else None


def _status(view: View, f: Found, place: _Place) -> Status:
    """Done, unless a cue before the number in its clause, or right behind its unit, says otherwise."""
    low = view.lower
    start = max(place.sentence, f.start - _CUE_REACH)
    start = max(start, low.rfind(";", start, f.start) + 1)
    cue = place.clauses.status_cue(start, f.start)
    if low[f.end : min(place.clauses.block.end, f.end + 24)].lstrip().startswith("đăng ký"):
        return "registered"
    if cue is None:
        return "done"
    if cue == "plan" and "đã" in low[start : f.start].split():
        return "done"
    if cue == "proposed" and _TASK.search(low, start, f.start):
        return "plan"  # "đề nghị ... thực hiện tốt 18 nhiệm vụ" sets a task, it proposes no award
    return cast("Status", cue)
