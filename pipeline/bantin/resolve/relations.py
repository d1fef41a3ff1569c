"""What a text says one document does to another: implements, amends, replaces, is part of, is about.

A relation is read from the words between two neighbouring references of one sentence, or from the phrase that opens a
sentence ("Thực hiện Nghị quyết X, Tỉnh ủy ban hành Kế hoạch Y"). Words that say anything else give no relation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import regex

from bantin.extractors.directives.around import behind
from bantin.extractors.directives.draft import Draft
from bantin.extractors.directives.normalize import read_symbol
from bantin.extractors.directives.value import DirectiveValue
from bantin.text import View
from bantin.types import Article, Mention, Relation, RelationKind, Span, valued

FARTHEST = 700
"""Characters that may lie between two references of one relation: an unquoted title is the longest of them."""

Documents = Sequence[Mention[DirectiveValue]]

_JOINED = re.compile(r"(?:\s*[,&]\s*(?:(?:và|cùng|hoặc)\s+)?|\s+(?:và|cùng|hoặc)\s+)(?:(?:các|của)\s+)*")
_PART = r"(?:(?:điều|khoản|điểm|mục|chương|phụ\s+lục)\s+(?:số\s+)?[\divx]{1,5}[a-zđ]?\s*,?\s*(?:và\s+)?)"
_FILL = (
    rf"(?:\s+|{_PART}|(?:có\s+hiệu\s+quả|hiệu\s+quả|nghiêm\s+túc|nghiêm|tốt|thắng\s+lợi|sâu\s+rộng|kịp\s+thời|đồng\s+bộ"
    r"|quyết\s+liệt|toàn\s+diện|các|những|một\s+số|điều|khoản|quy\s+định|nội\s+dung|tinh\s+thần|toàn\s+văn|biện\s+pháp"
    r"|của|tại|trong|và|việc|dự\s+thảo)(?![^\W_]))*"
)
_OF = r"(?:\s*,?\s*(?:của|do)\s+[^,.;:“”\"()]{1,90}?)?"
_LEAD = r"\s*,?\s*(?:về(?:\s+việc)?|để|nhằm|với\s+nội\s+dung)?\s*[“\"]?\s*"
_TITLE = r"\s*,?\s*(?:về|nhằm|để)\s+[^.;:!?“”\"]{1,260}?\s"
_DIRECT = re.compile(rf"{_OF}{_LEAD}(?:(?:đã|vừa|tiếp\s+tục)\s+)?")
_TITLED = re.compile(rf"{_OF}{_TITLE}")
_NOT_OF_A_TITLE = re.compile(
    r"(?<!\w)(?:đã|được|sẽ|phải|cần|đang|bị|không|chưa|nên|ban\s+hành|yêu\s+cầu|đề\s+nghị|giao|chỉ\s+đạo\s+các)(?!\w)"
    r"|(?:[,(]|(?<!\w)(?:và|với|gắn|là|việc|trong|sau|khi|từ|qua|theo|cùng|quả|tác|quá\s+trình))\s*$"
)

_ALSO = (
    r"(?:tiếp\s+tục|đẩy\s+mạnh|tăng\s+cường|tổ\s+chức|lãnh\s+đạo|chỉ\s+đạo|nghiên\s+cứu|học\s+tập|tuyên\s+truyền"
    r"|phổ\s+biến)"
)
_DO = (
    r"(?:thực\s+hiện|thi\s+hành|triển\s+khai|cụ\s+thể\s+hóa|thể\s+chế\s+hóa|quán\s+triệt|hướng\s+dẫn"
    r"|quy\s+định\s+chi\s+tiết)"
)
_NEXT = r"(?:\s*,\s*|\s+và\s+|\s+)"
_IMPLEMENTS = re.compile(
    rf"(?<![^\W_])(?:(?:{_ALSO}|{_DO}){_NEXT})*{_DO}(?:{_NEXT}(?:một\s+số\s+điều\s+và\s+(?:các\s+)?biện\s+pháp\s+)?{_DO})*{_FILL}$"
)
_REVIEWED = (
    r"(?:sơ\s+kết|tổng\s+kết|đánh\s+giá|kết\s+quả|tình\s+hình|kiểm\s+tra|giám\s+sát|kiểm\s+điểm|báo\s+cáo|góp\s+ý"
    r"|lấy\s+ý\s+kiến)"
)
_ABOUT = re.compile(
    rf"(?<![^\W_])(?:{_REVIEWED}(?:[^.;:!?“”\"()]{{0,120}}\s{_DO})?|(?:tuyên\s+truyền|phổ\s+biến|giới\s+thiệu)){_FILL}$"
)
_CHANGE = r"(?:sửa\s+đổi(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?|bổ\s+sung(?:\s*,\s*sửa\s+đổi)?)"
_AMENDS = re.compile(rf"(?<![^\W_]){_CHANGE}(?:{_FILL}(?:ban\s+hành\s+)?kèm\s+theo)?{_FILL}$")
_REPLACES = re.compile(r"(?<![^\W_])(?:thay\s+thế|thay)(?:\s+cho)?(?:\s+(?:các|toàn\s+bộ))*\s*$")
_ENTERS = re.compile(
    rf"{_OF}(?:{_TITLE})?(?:\s*,?\s*(?:được\s+ban\s+hành|ra\s+đời|có\s+hiệu\s+lực[^.;:“”\"]{{0,80}}?))?"
    r"(?:\s*,?\s*(?:và|để|nhằm|đã|sẽ|vừa|đồng\s+thời|chính\s+thức)(?=\s))*\s*,?\s*"
)
_UNDONE = re.compile(r"(?:(?<!\w)(?:không|chưa|được|bị|việc|sự|từng|người))\s*$")
_PASSIVE = re.compile(
    rf"{_OF}(?:{_TITLE})?\s*[,(]?\s*(?:(?:đã|vừa|sẽ|tiếp\s+tục)\s+)*(?:được\s+)?(?P<v>{_CHANGE}|thay\s+thế)(?:[^.;:“”\"()]{{0,40}}?\s|\s)"
    r"(?:bởi|bằng|tại|theo)\s+(?:các\s+)?"
)
_WITH = re.compile(r"\s*(?:bằng|bởi)\s+")
_ATTACHED = re.compile(rf"{_OF}(?:{_TITLE})?\s*,?\s*\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s+(?:các\s+)?")
_ISSUED = re.compile(r"ban\s+hành\s*$")
_ENACTED = re.compile(rf"{_OF}\s*,?\s*(?:về\s+(?:việc\s+)?)?(?:ban\s+hành)?\s*")
_LISTED = re.compile(r"\s*,?\s*(?:[(:]|gồm|bao\s+gồm)\s*(?:gồm|bao\s+gồm|các|đó\s+là|là|:|\s)*")

_OPENED = re.compile(
    rf"(?:(?:để|nhằm|sau\s+khi|tiếp\s+tục|cùng\s+với\s+việc|trên\s+cơ\s+sở)\s+)?"
    rf"(?:(?:{_ALSO}|{_DO}){_NEXT})*{_DO}{_FILL}$"
)
_SENTENCE = regex.compile(r"[.!?;…][”\")]?\s+(?=\p{Lu})|(?<=\s)[-+•*]\s+")
_ISSUES = re.compile(r"(?<!\w)(?:ban\s+hành|xây\s+dựng|ra)\s+(?:các\s+)?$")
_CARRIERS = frozenset({"Quy chế", "Quy định", "Điều lệ", "Chương trình", "Đề án", "Chiến lược", "Kế hoạch"})
_ACTS = frozenset({"Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Quy định"})
_PLANS = frozenset({"Kế hoạch", "Chương trình", "Chương trình hành động", "Hướng dẫn", "Chỉ thị"})


def document_relations(article: Article, view: View, mentions: Sequence[Mention[Any]]) -> list[Relation]:
    """The relations that the text states, in reading order. Spans of subject and object are those of mentions.

    The evidence runs from the first character of the one to the last of the other.
    """
    documents = valued(mentions, DirectiveValue)
    starts = [b.start for b in article.blocks]
    blocks: dict[int, list[Mention[DirectiveValue]]] = {}
    for m in documents:
        blocks.setdefault(bisect_right(starts, m.start) - 1, []).append(m)
    found: dict[tuple[Span, str, Span], Relation] = {}
    for number, inside in blocks.items():
        if len(inside) < 2:
            continue
        ends = [_attributes_end(view, m, after) for m, after in pairwise(inside)]
        floor = article.blocks[number].start if number >= 0 else 0
        for relation in (*_between(view, inside, ends), *_opened(view, inside, ends, floor)):
            found.setdefault((relation.subject, relation.kind, relation.object), relation)
    return sorted(found.values(), key=lambda r: (r.evidence.start, r.evidence.end))


def _attributes_end(view: View, mention: Mention[DirectiveValue], after: Mention[DirectiveValue]) -> int:
    """Where issuer, date, term and quoted title behind a reference end that another follows."""
    draft = Draft(mention.start, mention.end, mention.rule, 1.0, mention.value.kind, mention.value.type)
    return behind(view, draft, after.start)


def _between(view: View, inside: Documents, ends: Sequence[int]) -> Iterator[Relation]:
    acting: dict[Span, Mention[DirectiveValue]] = {}  # what acts on a reference, by the pair before
    for i in range(len(inside) - 1):
        left, right = inside[i], inside[i + 1]
        if right.start - ends[i] > FARTHEST:
            continue
        gap = view.lower[ends[i] : right.start].removeprefix(")")  # "(Quy định số 22-QĐ/TW) thay thế ..."
        kind, turned = _said(left, right, gap, view.lower[left.end : right.start])
        if kind is None and _WITH.fullmatch(gap):
            before = view.lower[max(inside[i - 1].end if i else 0, left.start - 40) : left.start]
            kind, turned = ("replaces" if _REPLACES.search(before) else None), True
        if kind is None:
            continue
        ahead, behind_ = _group_before(view, inside, ends, i), _group_after(view, inside, ends, i + 1)
        if kind == "part_of" and left.value.kind == "session":
            yield from (_relation(one, kind, left) for one in behind_)
        elif turned:
            yield from (_relation(right, kind, one) for one in ahead)
        elif kind == "part_of" and left.value.type in _ACTS and right.value.kind == "title":
            yield _relation(right, kind, left)
        else:
            subjects = ahead if inside[i].text[:1].isdigit() else [left]
            if kind == "replaces" and "," in gap and left.span in acting:
                subjects = [acting[left.span]]  # "Nghị định X quy định chi tiết Luật Y ..., thay thế Nghị định Z"
            acting |= {o.span: subjects[0] for o in behind_}
            yield from (_relation(s, kind, o) for s in subjects for o in behind_)


def _said(
    left: Mention[DirectiveValue], right: Mention[DirectiveValue], gap: str, whole: str
) -> tuple[RelationKind | None, bool]:
    """What the words between two references say, and whether the second acts on the first."""
    if left.value.kind == "session":
        listed = _LISTED.fullmatch(gap) and right.value.kind in ("symbol", "number")
        by_convention = "plenum_convention" in left.value.flags or "đại hội" in (left.value.issuer or "").lower()
        return ("part_of" if listed and not by_convention else None), False
    if m := _PASSIVE.fullmatch(gap):
        return ("replaces" if m["v"].startswith("thay") else "amends"), True
    if _ATTACHED.fullmatch(gap):
        return "part_of", False
    carried = right.value.kind == "title" and right.value.type in _CARRIERS and left.value.type in _ACTS
    if carried and _ISSUED.search(whole) and _ENACTED.fullmatch(gap):
        return "part_of", False
    if (m := _REPLACES.search(gap)) and _ENTERS.fullmatch(gap, 0, m.start()) and not _UNDONE.search(gap[: m.start()]):
        return "replaces", False
    if (m := _AMENDS.search(gap)) and _leads(gap[: m.start()]):
        return "amends", False
    if left.value.kind == "named":
        return None, False
    if (m := _ABOUT.search(gap)) and _DIRECT.fullmatch(gap, 0, m.start()):
        return "about", False
    if (m := _IMPLEMENTS.search(gap)) and _leads(gap[: m.start()], plan=_is_plan(left)):
        return ("about" if left.value.type == "Báo cáo" else "implements"), False
    return None, False


def _is_plan(mention: Mention[DirectiveValue]) -> bool:
    return mention.value.type in _PLANS and mention.value.action in ("ban hành", "xây dựng")


def _leads(prefix: str, *, plan: bool = False) -> bool:
    """Whether what stands between a reference and the verb is no clause of its own: nothing, an issuer, or a title."""
    if re.search(r",\s*$", prefix):
        # "Kế hoạch số 5, thực hiện ...": of a paper just issued, its content; else the next thing that was done.
        return plan and _DIRECT.fullmatch(prefix) is not None
    if _DIRECT.fullmatch(prefix):
        return not _UNDONE.search(prefix)
    return _TITLED.fullmatch(prefix) is not None and not _NOT_OF_A_TITLE.search(prefix)


def _opened(view: View, inside: Documents, ends: Sequence[int], floor: int) -> Iterator[Relation]:
    """ "Thực hiện X, <body> ban hành Y": Y implements X."""
    low = view.lower
    for i, first in enumerate(inside[:-1]):
        since = max(floor, inside[i - 1].end if i else floor, first.start - 160)
        window = view.folded[since : first.start]
        opens = [m.end() for m in _SENTENCE.finditer(window)]
        if not opens and since != floor:
            continue
        if not _OPENED.match(low, since + (opens[-1] if opens else 0), first.start):
            continue
        objects = _group_after(view, inside, ends, i)
        last = i + len(objects) - 1
        if last + 1 >= len(inside):
            continue
        right = inside[last + 1]
        gap = view.folded[ends[last] : right.start]
        if len(gap) > FARTHEST or "," not in low[inside[last].end : right.start] or _SENTENCE.search(gap):
            continue
        if right.value.kind in ("symbol", "number", "title") and _ISSUES.search(low, ends[last], right.start):
            for s in _group_after(view, inside, ends, last + 1):
                yield from (_relation(s, "implements", o) for o in objects)


def _group_after(view: View, inside: Documents, ends: Sequence[int], i: int) -> list[Mention[DirectiveValue]]:
    """The reference at `i` and those coordinated with it behind it."""
    group = [inside[i]]
    while i + 1 < len(inside) and _coordinated(view, inside[i], ends[i], inside[i + 1]):
        i += 1
        group.append(inside[i])
    return group


def _group_before(view: View, inside: Documents, ends: Sequence[int], i: int) -> list[Mention[DirectiveValue]]:
    """The reference at `i` and those coordinated with it before it, in reading order."""
    group = [inside[i]]
    while i and _coordinated(view, inside[i - 1], ends[i - 1], inside[i]):
        i -= 1
        group.insert(0, inside[i])
    return group


def _coordinated(view: View, one: Mention[DirectiveValue], end: int, two: Mention[DirectiveValue]) -> bool:
    """Whether two references are members of one coordination: joined, and of one body, or at least of one type.

    "thực hiện Chỉ thị số 35-CT/TW, Kế hoạch số 26-KH/ĐU": the second is the next paper of the text, not another object.
    """
    if two.value.kind == "anaphor" or _JOINED.fullmatch(view.lower, end, two.start) is None:
        return False
    bodies = [read_symbol(m.value.symbol) if m.value.symbol else None for m in (one, two)]
    first, second = (b.body if b else None for b in bodies)
    return first == second if first and second else one.value.type == two.value.type


def _relation(subject: Mention[DirectiveValue], kind: RelationKind, other: Mention[DirectiveValue]) -> Relation:
    evidence = Span(min(subject.start, other.start), max(subject.end, other.end))
    return Relation(subject.span, kind, other.span, evidence)
