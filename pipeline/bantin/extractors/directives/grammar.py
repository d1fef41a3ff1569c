"""From heads to references: checks a head, reads the list behind it, and lets members share what stands once."""

from __future__ import annotations

import re
from functools import cache

import regex

from bantin.extractors.directives import around, sessions
from bantin.extractors.directives.draft import Draft
from bantin.extractors.directives.issuers import issuer_end, issuer_name
from bantin.extractors.directives.normalize import Symbol, read_symbol, type_name, type_of_code
from bantin.extractors.directives.statutes import number_after, statute_end
from bantin.lexicon import load_lexicon
from bantin.rules import Hit, RuleSet
from bantin.text import View

REACH = 300
"""Characters that the head of a reference may span."""

MOST_MEMBERS = 200
"""Members that one list may have; what follows them is left."""

_SEP = re.compile(
    r"(?:\s*[,;&]\s*(?:và\s+|hoặc\s+)?|\s+(?P<w>và|hoặc|cùng|với|đến)\s+)(?:các\s+)?(?:số\s*:?\s*)?(?=\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d$")
_OF = re.compile(r"\s*(?:của\s+)?")
_CAPITAL = re.compile("[A-ZĐ]")
_GAP = re.compile(r"\s*,?\s*(?:và|hoặc|cùng(?:\s+với)?|&)?\s*(?:các\s+)?(?:số\s*)?$")
_GAP_WIDE = re.compile(r"[^.;“”]{0,90}")
_OPENS = re.compile(r"\s*(?:[(:]|gồm|bao gồm|như|,\s*(?:trong đó có|gồm))\s*(?:gồm|bao gồm|các)?\s*:?\s*$")
_COLLECTIVE = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|\d{1,2})\s+$")
_COUNTED = re.compile(
    r"\s*(?:%|‰)|\s+(?:năm|tháng|tuần|giờ|điểm|nội dung|nhiệm vụ|chương|điều|khoản|mục|trang|văn bản|vấn đề|giải pháp"
    r"|cơ quan|tỉnh|thành phố|huyện|xã|người|hộ|đồng chí|đảng viên|nhóm|loại|cấp|trường hợp|tập thể|cá nhân|chỉ tiêu"
    r"|chuyên đề|nghị|kết luận|tỷ|triệu|nghìn|ngàn|đơn vị|lượt|cuộc|lớp|buổi|dự án|đề án|công trình|khâu|bước|lĩnh vực"
    r"|hội nghị(?!\s+(?:lần|trung ương|tw|ban chấp hành|bch)(?!\w)))(?!\w)"
)
_CUE = re.compile(
    r"(?:thực hiện|quán triệt|theo|triển khai|học tập|sơ kết|tổng kết|ban hành|căn cứ|các|tại|của|và|với|tinh thần|\()"
    r"\s*$"
)


def read_block(view: View, rules: RuleSet, start: int, end: int) -> list[Draft]:
    """The references of one block, in reading order, none overlapping, with what stands around them."""
    drafts: list[Draft] = []
    at = start
    for place, here in rules.anchors(view, start, end):
        if place < at:
            continue
        # A short reach keeps the cost of an attempt independent of the length of the block.
        for hit in rules.hits(view, place, here, min(end, place + REACH)):
            if made := _build(view, hit, end):
                drafts += made
                at = made[-1].end
                break
    if drafts:
        _surroundings(view, drafts, start, end)
    return drafts


def _build(view: View, hit: Hit, end: int) -> list[Draft]:
    shape = hit.rule.shape
    if shape in ("plenum", "plenum_ordinal"):
        return sessions.plenum(view, hit, end)
    if shape == "congress":
        return sessions.congress(view, hit, end)
    if shape == "statute":
        return _statute(view, hit, end)
    if shape in ("constitution", "charter"):
        return [_draft(hit, hit.start, hit.end, "named", type_name(hit.group("type") or ""))]
    if shape == "anaphor":
        if _COLLECTIVE.search(view.lower, max(0, hit.start - 8), hit.start):
            return []
        return [_draft(hit, hit.start, hit.end, "anaphor", type_name(hit.group("type") or ""))]
    if shape == "title":
        known = load_lexicon("named_documents")
        draft = _draft(hit, hit.start, hit.end, "title", known.note(hit.group("known") or ""))
        return [draft]
    if shape == "titled":
        return _titled(view, hit)
    return _listed(view, hit, end)


def _titled(view: View, hit: Hit) -> list[Draft]:
    """ "Nghị quyết của Bộ Chính trị về ...": one document of a central organ, not a set of them."""
    of, kind = hit.span("of"), hit.group("type") or ""
    if (
        of is None
        or view.folded[hit.start].islower()
        or _COLLECTIVE.search(view.lower, max(0, hit.start - 8), hit.start)
    ):
        return []
    at = of.start + len(view.folded[of.start : of.end]) - len(view.folded[of.start : of.end].lstrip())
    name = issuer_name(view.text[at : of.end])
    if name not in _ORGANS:
        return []
    draft = _draft(hit, hit.start, of.end, "title", type_name(kind))
    draft.issuer = name
    return [draft]


_ORGANS = frozenset({
    "Bộ Chính trị", "Ban Bí thư", "Ban Bí thư Trung ương Đảng", "Bộ Chính trị, Ban Bí thư", "Chính phủ", "Quốc hội",
    "Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương Đảng", "Thủ tướng Chính phủ",
})  # fmt: skip


def _draft(hit: Hit, start: int, end: int, kind: str, name: str | None) -> Draft:
    return Draft(start, end, hit.rule.id, hit.rule.confidence, kind, name)  # type: ignore[arg-type]


def _statute(view: View, hit: Hit, end: int) -> list[Draft]:
    stop = statute_end(view, hit.start, hit.end, end)
    if stop is None:
        return []
    draft = _draft(hit, hit.start, stop, "named", type_name(hit.group("type") or ""))
    number = number_after(view, stop, end)
    if number and (m := _symbol().match(view.folded, number, end)):
        _take(draft, read_symbol(m["symbol"]))
        draft.kind, draft.end = "symbol", m.end()
    return [draft]


def _take(draft: Draft, symbol: Symbol | None) -> None:
    if symbol is not None:
        draft.number, draft.symbol = symbol.number, symbol.text
        for flag in symbol.flags:
            draft.flag(flag)


@cache
def _fragments() -> dict[str, str]:
    from bantin.datafile import packaged, read_toml

    pieces: dict[str, str] = read_toml(packaged("extractors", "directives", "rules.toml"))["fragments"]
    return pieces


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern made of the fragments of rules.toml, for the members of a list."""
    for _ in range(5):
        pattern = re.sub(r"\{\{(\w+)\}\}", lambda m: _fragments()[m[1]], pattern)
    names = set(re.findall(r"\\L<(\w+)>", pattern))
    lists = {n: tuple(load_lexicon(n)) for n in names}
    return regex.compile(pattern, regex.VERBOSE | regex.V0, **lists)  # type: ignore[arg-type]


def _symbol() -> regex.Pattern[str]:
    return _compiled("{{symbol}}")


def _member() -> regex.Pattern[str]:
    return _compiled(r"(?:{{symbol}}|{{number}}(?!\w|[/-]\w|[.,]\d|\s*%|\s*-\s*\d){{after}})")


def _listed(view: View, hit: Hit, end: int) -> list[Draft]:
    """A head with number or symbol, and the members of the list behind it."""
    head = _head(view, hit)
    if head is None:
        return []
    drafts, pos = [head], head.end
    code: str | None = None
    while len(drafts) < MOST_MEMBERS and (sep := _SEP.match(view.folded, pos, end)):
        m = _member().match(view.folded, sep.end(), end)
        if m is None:
            break
        code = code or _code(head)
        symbol = read_symbol(m["symbol"]) if m["symbol"] else None
        if symbol and symbol.type_code and code and symbol.type_code.rstrip("i") != code.rstrip("i"):
            break
        if symbol is None and (_YEAR.match(m["number"]) or _COUNTED.match(view.lower, m.end(), end)):
            break
        member = _draft(hit, m.start(), m.end(), "symbol" if symbol else "number", head.type)
        member.number, member.chained = m["number"], True
        _take(member, symbol)
        if sep["w"] and sep["w"].lower() == "đến":
            drafts[-1].flag("range")
            member.flag("range")
        drafts.append(member)
        pos = m.end()
        code = code or _code(member)
    if len(drafts) > 1:
        _share_tail(drafts)
    return drafts


def _code(draft: Draft) -> str | None:
    symbol = read_symbol(draft.symbol) if draft.symbol else None
    return symbol.type_code if symbol else None


def _share_tail(drafts: list[Draft]) -> None:
    """ "42, 43 và 45-NQ/TW": the numbers take the tail of the symbol that ends the list."""
    tail: str | None = None
    for draft in reversed(drafts):
        if draft.symbol:
            symbol = read_symbol(draft.symbol)
            tail = draft.symbol[len(symbol.number) :] if symbol else None
        elif tail and draft.number:
            draft.symbol, draft.kind = draft.number + tail, "symbol"
            draft.flag("symbol_shared")


def _head(view: View, hit: Hit) -> Draft | None:
    shape, printed = hit.rule.shape, hit.group("type")
    symbol = read_symbol(hit.group("symbol") or "") if hit.group("symbol") else None
    if shape == "bare_symbol":
        if symbol is None:
            return None
        body = symbol.codes[-1] if symbol.codes else ""
        name = type_of_code(symbol.codes[0]) if symbol.type_code else ("Luật" if "QH" in body else None)
        draft = _draft(hit, hit.start, hit.end, "symbol", name)
        _take(draft, symbol)
        return draft
    span = hit.span("type")
    if span is None or not _type_fits(view, hit, printed or ""):
        return None
    draft = _draft(hit, hit.start, hit.end, "symbol" if symbol else "number", type_name(printed or ""))
    draft.number = hit.group("number")
    _take(draft, symbol)
    if shape == "issuer_between":
        of = hit.span("of")
        if of is None or draft.type in ("Luật", "Bộ luật", "Pháp lệnh"):
            return None
        gap = _OF.match(view.lower, of.start, of.end)
        at = gap.end() if gap else of.start
        if issuer_end(view, at, of.end) != of.end:
            return None
        draft.issuer = issuer_name(view.text[at : of.end])
    return draft


def _type_fits(view: View, hit: Hit, printed: str) -> bool:
    """Whether this type word takes a bare number, and whether the number is one of a document."""
    shape = hit.rule.shape
    note = load_lexicon("document_types").note(printed) or load_lexicon("document_abbreviations").note(printed)
    lower_initial = view.folded[hit.start].islower()
    number = hit.group("number") or ""
    if shape in ("symbol", "issuer_between"):
        if hit.group("symbol") and hit.group("year") and not _CAPITAL.search(hit.group("symbol") or ""):
            numbered = "số" in hit.match.group().lower()
            return note == "strong" or (numbered and note in ("weak", "number"))
        return True
    if note == "symbol":
        return False
    if shape == "numbered":
        return not _COUNTED.match(view.lower, hit.end) or note == "strong"
    like_a_year = _YEAR.match(number) and (lower_initial or type_name(printed) != "Quyết định")
    if like_a_year or _COUNTED.match(view.lower, hit.end):
        return False
    if shape == "abbreviated" or note == "zero":
        strong = hit.group("type") in ("NQ", "NĐ", "QĐ") or (note == "zero" and len(number) > 2 and not lower_initial)
        return len(number) > 1 and (strong or number.startswith("0") or view.folded[hit.end - 1].isalpha())
    if note == "strong":
        return True
    if note == "weak":
        cue = _CUE.search(view.lower, max(0, hit.start - 16), hit.start)
        return len(number) > 1 and (not lower_initial or cue is not None)
    return False


def _surroundings(view: View, drafts: list[Draft], start: int, end: int) -> None:
    """Attributes before and behind each reference, then what members of one coordination share."""
    floor = start
    for i, draft in enumerate(drafts):
        if draft.kind == "anaphor":
            floor = draft.end
            continue
        limit = drafts[i + 1].start if i + 1 < len(drafts) else end
        if not draft.chained:
            gap = view.lower[drafts[i - 1].end : draft.start] if i else ""
            if i and draft.kind != "named" and _same(drafts[i - 1], draft) and _GAP.match(gap):
                draft.chained = True
        if (
            i
            and draft.rule == "directive.bare_symbol"
            and _GAP_WIDE.fullmatch(view.folded, drafts[i - 1].end, draft.start)
        ):
            before = drafts[i - 1]
            draft.type = before.type if _code(before) == _code(draft) else draft.type
        around.before(view, draft, floor)
        if draft.kind in ("named", "title"):
            floor = draft.end
            continue
        floor = around.behind(view, draft, limit) if draft.kind != "session" else draft.end
    _share(view, drafts)


def _same(one: Draft, two: Draft) -> bool:
    return one.type == two.type and one.kind in ("symbol", "number") and two.kind in ("symbol", "number")


def _share(view: View, drafts: list[Draft]) -> None:
    i = 0
    while i < len(drafts):
        j = i + 1
        while j < len(drafts) and drafts[j].chained:
            j += 1
        chain = drafts[i:j]
        if len(chain) > 1 and chain[0].kind != "session":
            _share_chain(chain)
        elif len(chain) > 1:
            for d in chain[1:]:
                d.action = d.action or chain[0].action
        if i and chain[0].kind == "number":
            _collective(view, drafts[i - 1], chain)
        i = j


def _share_chain(chain: list[Draft]) -> None:
    last, first = chain[-1], chain[0]
    if last.earlier_days:
        _share_days(chain)
    for d in chain:
        if d is not last and not (d.issuer or d.term or (d.issued_span and not last.earlier_days)):
            one_head = last.end - last.start < 4 + len(last.symbol or last.number or "")
            for name in ("issuer", "term", "issued_span") if _one_body(d, last) else ():
                if name == "issued_span" and (not one_head or last.earlier_days):
                    continue
                if getattr(last, name) is not None:
                    setattr(d, name, getattr(last, name))
                    d.flag(f"{name.removesuffix('_span')}_shared")
        d.action = d.action or first.action
    if first.issuer and not last.issuer:
        for d in chain[1:]:
            d.issuer = d.issuer or first.issuer


def _share_days(chain: list[Draft]) -> None:
    """ "04, 05 và 06-NQ/TW ngày 30/10, 01/11 và 05/11/2016": to each its day, if there are as many; else to none."""
    days = chain[-1].earlier_days
    if len(days) != len(chain) - 1:
        chain[-1].issued_span = None
        return
    for draft, day in zip(chain, days, strict=False):
        draft.issued_span = day


def _one_body(one: Draft, two: Draft) -> bool:
    """Whether two references may share an issuer: their symbols, where both have one, carry the same code."""
    a, b = (read_symbol(d.symbol) if d.symbol else None for d in (one, two))
    if a is None or b is None:
        return True
    return (a.body or "").rstrip("0123456789") == (b.body or "").rstrip("0123456789")  # QH13 and QH14 are one body


def _collective(view: View, head: Draft, chain: list[Draft]) -> None:
    """ "các nghị quyết Trung ương 8 khóa XIII (Nghị quyết số 42, ...)": members take body and term of the head."""
    if head.kind != "session" or not _OPENS.match(view.lower[head.end : chain[0].start]):
        return
    if not _COLLECTIVE.search(view.lower, max(0, head.start - 8), head.start):
        return
    head.flag("collective")
    for d in chain:
        d.term = d.term or head.term
        d.issuer = d.issuer or head.issuer
        d.flag("term_shared")
