"""The slots around a number: qualifier, object, action, actor, status, change and base, and what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from bantin.extractors.base import Context
from bantin.extractors.indicators.actors import Actor, Doers
from bantin.extractors.indicators.clause import Clauses
from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.normalize import last_word, phrase, qualifier
from bantin.extractors.indicators.nouns import NoNoun, noun_after, phrases
from bantin.extractors.indicators.parts import parents
from bantin.extractors.indicators.status import status
from bantin.extractors.indicators.value import IndicatorValue
from bantin.lexicon import load_lexicon
from bantin.text import View
from bantin.types import Block, Mention, Span

_AFTER_CHANGE = (
    r"(?:\s+(?:thêm|đi|được|tới|đến|khoảng|gần|hơn|trên|tương ứng|là|từ|bình quân|hằng năm|hàng năm|mỗi năm)){0,3}\s*\Z"
)
"""Not "còn", "lên": they lead to what was reached, which is no change."""
_CHANGE = re.compile(
    r"(?<!\w)(?:(?P<up>tăng(?:\s+(?:thêm|trưởng|bình quân))?|(?<!đạt, )(?<!đạt và )(?<!đạt )vượt|cao hơn|nhiều hơn"
    r"|bổ sung|thêm)"
    rf"|(?P<down>giảm|hụt|thấp hơn|ít hơn|thiếu)){_AFTER_CHANGE}"
)
_BASE = re.compile(
    r"\s{0,2}(?:\((?!\s?(?:tăng|giảm|vượt))[^()\n]{0,40}\)\s{0,2}|\)\s{0,2})?so\s{1,2}(?:với\s{1,2})?"
    r"(?P<base>(?:(?!\s(?:và|nhưng)\s(?:đạt|tăng|giảm|bằng|chiếm|vượt))[^,.;:()\n]){2,90})"
)
_OF = re.compile(r"\s{1,2}(?P<base>(?:tổng\s{1,2}số|tổng|dự toán|kế hoạch|chỉ tiêu)(?![^\W_])[^,.;:()\n]{0,70})")
_LEADING_ON = (
    *("không", "dự", "dự kiến", "ước tính", "trở", "xuống", "dưới", "trị", "với", "được", "thực hiện", "hiện"),
    *("hiện nay", "đang", "chỉ", "cũng", "có", "số", "tổng", "trị giá", "giá trị", "kinh phí", "số tiền", "tiền", "là"),
    *("đạt", "ước", "hơn", "gần", "trên", "khoảng", "mỗi", "lên", "bằng", "tăng", "giảm", "thêm", "từ", "tới", "đến"),
    *("còn", "gồm", "cho", "tỷ lệ", "tỉ lệ", "chiếm", "vượt", "và", "nhưng", "phải", "bị", "đã", "cần"),
)
"""What leads from a noun on to its number."""
_LAST_LEADING_ON = frozenset(form.split()[-1] for form in _LEADING_ON)
_TRAILING = re.compile(rf"(?<!\w)(?:{'|'.join(_LEADING_ON)})\Z")
_TRAILING_MARKS = " \n\u2028\u2029,:;|(-"
_SEGMENT = re.compile(r"[,;:.(|!?…\n]\s*")
_LEADING = re.compile(
    r"\A(?:(?:và|trong đó|đồng thời|cùng với|với|có|đã|là|về|còn|riêng|chỉ|cũng|trị giá|mỗi|bình quân|trung bình"
    r"|dự kiến|ước|phấn đấu|hiện|hiện nay|đến nay|vào|cho|nên|đưa|nâng)\s+)+"
)
_MONEY_NOUN = re.compile(
    r"(?<!\w)(?P<noun>(?:tổng\s{1,2})?(?:(?:dư nợ|doanh thu|doanh số|(?<=tổng )số vốn)"
    r"|(?:số tiền|kinh phí|số vốn|vốn|tiền)"
    r"(?!\s{1,2}(?:đã|được|là|hơn|gần|trên|lên|đạt|khoảng|ước|từ)(?!\w))(?=\s{1,2}[^\W\d_]))(?:\s{1,2}[^\W\d_]+){0,6}?)"
    r"\s{0,2}(?:(?:là|hơn|gần|trên|khoảng|đạt|ước|lên|tới|đến|được|hiện|nay|đang)\s{0,2}){0,3}\Z"
)
"""What money is said to be, right before the number: "tổng dư nợ", "số tiền xử phạt"; bare "số tiền" says nothing."""
_TIME_TAIL = re.compile(
    r"\s{1,2}(?:(?:trong|của|cả|đến|hết|cuối|đầu)\s{1,2}){0,2}"
    r"(?:\d{1,2}\s{1,2}tháng(?:\s{1,2}(?:đầu|cuối))?\s{1,2}năm(?:\s{1,2}\d{4})?"
    r"|(?:năm|quý|tháng)\s{1,2}(?:\d{1,4}|[ivx]{1,3})(?:[/.-]\d{1,4}){0,2}(?:\s{1,2}năm\s{1,2}\d{4})?)\Z"
)
_PREPOSITION = re.compile(r"(?:theo|của|trên|tại|trong|ở|từ|do|bởi|để)\s", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\([A-ZĐ][A-ZĐƯa-z&-]{1,11}\)")
_MODIFIER_WORD = re.compile(r"\s{1,2}(?P<word>[^\W\d_]+)")
_LONGEST_TRAILING = 10
_BEFORE_CHANGED = frozenset(
    {
        "tăng",
        "thêm",
        "trưởng",
        "quân",
        "vượt",
        "hơn",
        "sung",
        "tới",
        "đến",
        "năm",
        "giảm",
        "hụt",
        "thiếu",
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
_RESULT_VERBS = frozenset({"tăng", "giảm", "đạt", "có", "vượt", "chiếm", "thực hiện"})
_LONGEST_OBJECT = 110
_MODIFIERS = 4
_VERBS_BEHIND = ("trị giá", "đại diện", "viết", "học xong", "hưởng ứng", "phản ánh", "tán thành", "ngừng", "sinh hoạt")
"""Verbs that end a counted noun behind its head, where a number could still count them ("12 đại diện")."""
_SHARED_SYLLABLE = re.compile(r"(?<!\w)chi\Z")
_COORDINATED = re.compile(r",\s{1,2}đảng\s{1,2}(?:bộ|ủy)(?![^\W_])")
"""Behind "bí thư chi": the syllable that two bodies share follows the second, "bí thư chi, đảng bộ"."""


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    return phrases({*load_lexicon("not_counted"), *_VERBS_BEHIND})


class _Place(Struct, frozen=True):
    """Where a number stands: the indicator before it in its sentence, how far back its own words reach, its actor.

    `behind_actor`: what is measured is no part of the actor's name. `behind`: where the words end that modify it.
    """

    clauses: Clauses
    before: IndicatorValue | None
    earliest: int
    previous_end: int
    behind_actor: int
    sentence: int
    actor: Actor | None
    whole: Found | None
    behind: int


def fill(
    context: Context, block: Block, found: Sequence[Found], times: Sequence[int], section: Actor | None
) -> tuple[list[Mention[Any]], Actor | None]:
    """The mentions of one block, in reading order, with their slots filled, and the actor that the next block inherits.

    `times`: where the dates of the block end; `section`: the actor that it inherits.
    """
    view = context.view
    clauses = Clauses(view, block, found[0].start)
    actors = Doers(view, block, clauses, times, section)
    sentences = [clauses.sentence_start(f.start) for f in found]
    above = parents(view, found, sentences, [changed(view, f, block) for f in found])
    out: list[Mention[Any]] = []
    before: IndicatorValue | None = None
    previous_end = block.start
    for i, f in enumerate(found):
        sentence, behind = sentences[i], _modifiers(view, f.end, block.end)
        fresh = before is None or previous_end <= sentence
        actor = actors.of(f)
        earliest = max(sentence, previous_end)
        inside = actor is not None and block.start <= actor.start and actor.end <= f.start
        whole = found[above[i]] if i in above else None
        scene = _Place(
            clauses,
            None if fresh else before,
            earliest,
            previous_end,
            max(earliest, actor.end) if actor and inside else earliest,
            sentence,
            actor,
            whole,
            behind,
        )
        value = _value(context, f, scene)
        out.append(
            Mention(
                "indicators",
                f.start,
                f.end,
                context.article.text[f.start : f.end],
                f.rule.id,
                f.confidence,
                value,
            )
        )
        before, previous_end = value, behind
    return out, actors.last


def _value(context: Context, f: Found, place: _Place) -> IndicatorValue:
    view, clauses, before, earliest = context.view, place.clauses, place.before, place.earliest
    block = clauses.block
    q = qualifier(view, f.start, f.end, max(block.start, earliest), block.end)
    left = view.lower[max(earliest, f.start - 60) : f.start]
    change = _change(left)
    action = clauses.action(f.start, earliest, money=f.unit_kind == "money")
    if place.actor and place.actor.start > f.start:
        action = clauses.action_at(place.actor.end) or action  # "8 tỷ đồng do tỉnh cấp"
    printed_action = clauses.text(action) if action else before.action if before else None
    base = _base(view, f, block)
    named = f.object or canonical_object(_object(context, f, place, action, change is not None))
    return IndicatorValue(
        value=f.amount.value,
        unit=f.unit,
        unit_kind=f.unit_kind,
        value_max=f.amount.value_max,
        denominator=f.amount.denominator,
        qualifier=q[0] if q else None,
        bound=q[1] if q else None,
        object=named or (before.object if before else None),
        action=printed_action.lower() if printed_action else None,
        actor=place.actor.name if place.actor else None,
        status=f.status or status(view, f, clauses, place.sentence, place.previous_end),
        change=change,
        base=base,
        part_of=Span(place.whole.start, place.whole.end) if place.whole else None,
        flags=(*f.flags, *(() if f.amount.certain else (f"separator_{f.amount.reading}",))),
    )


def canonical_object(printed: str | None) -> str | None:
    """What is counted as it is written inside a sentence, so that it joins: "Thu ngân sách" is "thu ngân sách"."""
    if not printed or not printed[0].isupper() or " " not in printed:
        return printed
    first, second = printed.split(" ")[:2]
    heads = load_lexicon("organisations")
    name = second[:1].isupper() or first.isupper() or first in heads or f"{first} {second}" in heads
    return printed if name else printed[0].lower() + printed[1:]


def changed(view: View, f: Found, block: Block) -> bool:
    """Whether a number says how much something rose or fell."""
    return _change(view.lower[max(block.start, f.start - 60) : f.start]) is not None


def _change(left: str) -> Literal["up", "down"] | None:
    word = last_word(left)
    if word not in _BEFORE_CHANGED and (word.isalpha() or not word[-1:].isalpha()):
        return None
    m = _CHANGE.search(left)
    return None if m is None else "up" if m["up"] else "down"


def _base(view: View, f: Found, block: Block) -> str | None:
    """What a change or a share is measured against."""
    opening = view.lower[f.end : f.end + 3].lstrip()[:1]
    if opening not in ("s", "(", ")") and f.unit_kind != "percent":
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
    alone = f.unit_kind == "frequency" and f.noun is not None and f.classifier_end == f.noun.end
    if f.noun is not None and f.start <= f.noun.start and not alone:
        start = f.classifier_end if f.classifier_end and f.classifier_end < f.noun.end else f.noun.start
        return phrase(view, start, place.behind if f.noun.end == f.end else _modifiers(view, f.noun.end, block.end))
    if f.unit_kind == "percent" and not changed and not _OF.match(view.lower, f.end, block.end):
        noun = noun_after(view, f.end, block.end, context.segment)
        if not isinstance(noun, NoNoun):
            return phrase(view, noun.start, _modifiers(view, noun.end, block.end))
    if f.unit_kind == "measure":
        noun = noun_after(view, f.end, block.end, context.segment)
        if not isinstance(noun, NoNoun):
            return phrase(view, noun.start, _modifiers(view, noun.end, block.end))
    return _measured_before(view, f, action, place)


def _modifiers(view: View, at: int, end: int) -> int:
    """Where a noun phrase stops: at punctuation, a digit, a function word or a verb; at most a few words on."""
    low, stops = view.lower, _stops().match
    for _ in range(_MODIFIERS):
        m = _MODIFIER_WORD.match(low, at, end)
        if m is None or stops(low, m.start("word"), end):
            break
        at = m.end()
    if low.endswith("chi", 0, at) and _SHARED_SYLLABLE.search(low, max(0, at - 4), at):
        shared = _COORDINATED.match(low, at, end)
        return shared.end() if shared else at
    return at


def _measured_before(view: View, f: Found, action: Span | None, place: _Place) -> str | None:
    """ "Tổng thu ngân sách ước đạt 3.370 tỷ đồng": the words between the last comma or the action and the number."""
    earliest = place.behind_actor
    start = max(earliest, f.start - _LONGEST_OBJECT)
    low = view.lower
    if f.unit_kind == "money" and (money := _MONEY_NOUN.search(low, _word_start(low, start), f.start)) is not None:
        return phrase(view, money.start("noun"), money.end("noun"))
    brackets = [m.span() for m in _SHORT_FORM.finditer(view.folded, start, f.start)]
    for m in _SEGMENT.finditer(low, start, f.start):
        if m.end() < f.start and not (brackets and any(a <= m.start() < b for a, b in brackets)):
            start = m.end()
    whole = start
    if action is not None and low[action.start : action.end] in _RESULT_VERBS:
        action = None  # what rises, falls or reaches a value stands before the verb
    if action is not None and action.start <= start + 12 and action.end > start:
        start = action.end
    if action is not None and f.unit_kind == "money" and action.start >= earliest:
        start = action.end
    printed = _between(view, start, f.start)
    if printed and action is not None and start == action.end and _PREPOSITION.match(printed):
        return _between(view, action.start, f.start)  # "thu trên địa bàn huyện được 24 tỷ đồng"
    if printed or action is None:
        return None if printed and _PREPOSITION.match(printed) else printed
    sentence = place.clauses.sentence_start(action.start)
    earlier = place.clauses.action(action.start, max(sentence, whole), money=False)  # "vi phạm được phát hiện là 7 tỷ"
    return _between(view, earlier.end if earlier else whole, action.start)


def _word_start(low: str, at: int) -> int:
    """The next beginning of a word at or behind `at`."""
    while 0 < at < len(low) and low[at - 1].isalnum():
        at += 1
    return at


def _between(view: View, start: int, end: int) -> str | None:
    """The noun phrase in [start, end) without the words that lead to it and on to the number."""
    text = view.lower[start:end].rstrip(_TRAILING_MARKS) if start < end else ""
    while (word := last_word(text)) in _LAST_LEADING_ON or not word.isalpha():
        cue = _TRAILING.search(text, max(0, len(text) - _LONGEST_TRAILING))
        if cue is None:
            break
        text = text[: cue.start()].rstrip(_TRAILING_MARKS)
    ends = text[-1:]
    if (ends.isdigit() or ends in "mivx") and (time := _TIME_TAIL.search(text)) is not None:
        text = text[: time.start()]  # "thu ngân sách năm 2023": the year is the period's
    words = text.lstrip()
    lead = _LEADING.match(words)
    offset = len(text) - len(words) + (lead.end() if lead else 0)
    printed = phrase(view, start + offset, start + len(text))
    low = printed.lower()
    if len(low) <= 1 or low.startswith("so ") or low.count(")") > low.count("(") or _stops().fullmatch(low):
        return None
    return printed
