"""Resolutions of plenums and congresses: several ordinals or terms under one head, each a reference of its own."""

from __future__ import annotations

import re

from bantin.extractors.directives.draft import Draft
from bantin.extractors.directives.issuers import issuer_end, issuer_name
from bantin.extractors.directives.normalize import roman_term, session_digits, type_name
from bantin.rules import Hit
from bantin.text import View

MOST = 30
"""Members that one head may have."""

_ORD = (
    r"(?:\d{1,2}(?![\d/%]|[.,]\d)|[ivx]{1,6}(?![\w])|(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín"
    r"|mười(?:\s+(?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?))"
)
_NEXT = re.compile(
    rf"\s*(?:[,;&]\s*(?:và\s+)?|và\s+|-\s*|đến\s+)?(?P<whole>hội\s+nghị\s+(?:trung\s+ương\s+)?(?:lần\s+)?thứ\s*(?P<a>{_ORD})"
    rf"|(?:trung\s+ương|tw)\s*(?P<b>\d{{1,2}})|(?:lần\s+)?thứ\s+(?P<c>{_ORD})|(?P<d>\d{{1,2}}(?![\d/%]|[.,]\d)|[ivx]{{1,6}}(?!\w)))"
)
_AGAIN = re.compile(r"\s*\(?\s*lần\s+(?:thứ\s+)?(?:2|ii|hai|nhất|1|i)(?!\w)\)?")
_BODY = re.compile(r"\s*[,-]?\s*(?:của\s+)?")
_TERM = re.compile(r"\s*,?\s*(?P<open>\()?\s*(?P<all>khóa\s+(?:thứ\s+)?(?P<t>[ivx]{1,6}|\d{1,2})(?![\w/]))")
_MORE = re.compile(r"\s*[,;]?\s*(?:và\s+|&\s*)?(?P<all>(?:khóa\s+)?(?P<t>[ivx]{1,6})(?!\w))")
_ENDS = re.compile(r"\s*(?:$|[,;.:)(]|và\b|của\b|ban\b|bch|khóa|về\b|trung|đảng)")
_PARTY_BODY = re.compile(
    r"(?:ban chấp hành|bch|trung ương|tw|đảng|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|chi bộ|ban thường vụ)"
)
_OTHER = re.compile(r"\s+(?:của\s+)?(?=(?:đảng bộ|công đoàn|đoàn|hội|mặt trận|liên minh|liên đoàn|chi bộ)(?!\w))")
_SPEAKS = re.compile(r"(?:phát\s+biểu|đã|để|và|nội\s+dung|phần|bài)\s+$")
_TAIL = re.compile(r"[,\s(]*(?:lần\s+thứ|lần|thứ|khóa)\s*$")
_SENTENCE = re.compile(r"(?:^|[.!?…:;]\s*|\n\s*)$")


def plenum(view: View, hit: Hit, end: int) -> list[Draft]:
    """The references under one head that names a plenum; empty where it is the meeting itself that is meant."""
    low = view.lower
    kind = type_name(hit.group("type") or "")
    if kind != "Nghị quyết" and _spoken(view, hit):
        return []
    span = hit.span("session")
    first = session_digits(hit.group("session") or "") if span else None
    if span is None or first is None or (hit.rule.shape == "plenum" and int(first) > 20):
        return []
    members = [(hit.start, span.end, first)]
    pos = span.end
    if m := _AGAIN.match(low, pos, end):
        pos = m.end()
    while len(members) < MOST and (m := _NEXT.match(low, pos, end)):
        printed = next(g for g in (m["a"], m["b"], m["c"], m["d"]) if g)
        digits = session_digits(printed)
        if digits is None or (m["d"] and (int(digits) > 20 or not _ENDS.match(low, m.end(), end))):
            break
        members.append((m.start("whole"), m.end(), digits))
        pos = m.end()
    issuer = _issuer_inside(view, hit)
    body = _BODY.match(low, pos, end)
    at = body.end() if body else pos
    if _PARTY_BODY.match(low, at, end) and (stop := issuer_end(view, at, end)):
        issuer, pos = issuer_name(view.text[at:stop]), stop
    terms = _terms(view, pos, end)
    if not terms and issuer is None and len(members) == 1 and hit.rule.shape != "plenum":
        return []
    return _drafts(hit, kind, members, terms, pos, issuer=issuer)


def _terms(view: View, pos: int, end: int) -> list[tuple[int, int, str]]:
    """Terms behind a head, as (start, end, Roman numeral); a closing bracket is taken with a single term."""
    low = view.lower
    m = _TERM.match(low, pos, end)
    if m is None or (term := roman_term(m["t"])) is None:
        return []
    found = [(m.start("all"), m.end("all"), term)]
    at = m.end()
    while len(found) < MOST and (n := _MORE.match(low, at, end)):
        more = roman_term(n["t"])
        if more is None or not (n["all"].startswith("khóa") or view.folded[n.start("t")].isupper()):
            break
        found.append((n.start("all"), n.end("all"), more))
        at = n.end()
    if len(found) == 1 and m["open"] and low.startswith(")", at):
        found = [(found[0][0], at + 1, term)]
    return found


def _drafts(
    hit: Hit,
    kind: str,
    members: list[tuple[int, int, str]],
    terms: list[tuple[int, int, str]],
    pos: int,
    *,
    issuer: str | None,
) -> list[Draft]:
    out = []
    for i, (start, stop, digits) in enumerate(members):
        last = i == len(members) - 1
        out.append(
            Draft(
                start,
                (terms[0][1] if terms else pos) if last else stop,
                hit.rule.id,
                hit.rule.confidence,
                "session",
                kind,
                session=digits,
                term=terms[0][2] if terms else None,
                issuer=issuer,
                chained=i > 0,
            )
        )
        if terms and not last:
            out[-1].flag("term_shared")
    for start, stop, term in terms[1:]:
        digits = members[-1][2]
        out.append(
            Draft(
                start, stop, hit.rule.id, hit.rule.confidence, "session", kind,
                session=digits, term=term, issuer=issuer, chained=True,
            )
        )  # fmt: skip
    return out


def _issuer_inside(view: View, hit: Hit) -> str | None:
    """The body between the type word and the ordinal: "Nghị quyết Trung ương 4", "... Hội nghị Tỉnh ủy lần thứ 10"."""
    kind, session = hit.span("type"), hit.span("session")
    if kind is None or session is None:
        return None
    inside = view.lower[kind.end : session.start]
    if m := re.search(
        r"(?:ban\s+chấp\s+hành|bch|trung\s+ương|tw|t\.ư|tư|tỉnh\s+ủy|thành\s+ủy|huyện\s+ủy|đảng\s+ủy|quận\s+ủy)", inside
    ):
        at = kind.end + m.start()
        stop = issuer_end(view, at, session.start)
        name = issuer_name(view.text[at : stop or session.start])
        return _TAIL.sub("", name) or None
    return None


def _spoken(view: View, hit: Hit) -> bool:
    """Whether the type word is a verb here: "phát biểu kết luận Hội nghị", "Kết luận Hội nghị, đồng chí ..."."""
    low, folded = view.lower, view.folded
    if folded[hit.start].islower() or _SPEAKS.search(low, max(0, hit.start - 20), hit.start):
        return True
    after = re.compile(r"[^,.;]{0,80},\s*(?:đồng\s+chí|ông|bà|tổng\s+bí\s+thư|chủ\s+tịch|bí\s+thư)")
    return bool(_SENTENCE.search(low, max(0, hit.start - 3), hit.start) and after.match(low, hit.end))


def congress(view: View, hit: Hit, end: int) -> list[Draft]:
    """The references under one head that names a congress."""
    low = view.lower
    kind, span = hit.span("type"), hit.span("session")
    if kind is None or span is None:
        return []
    digits, term = session_digits(hit.group("session") or ""), roman_term(hit.group("session") or "")
    if digits is None or term is None:
        return []
    body = _TAIL.sub("", view.folded[kind.end : span.start]).strip()
    body = re.sub(r"^của\s+", "", body)
    issuer = issuer_name(body)
    pos = span.end
    out = [
        Draft(
            hit.start, pos, hit.rule.id, hit.rule.confidence, "session", type_name(low[kind.start : kind.end]),
            session=digits, term=term, issuer=issuer,
        )
    ]  # fmt: skip
    more = re.compile(r"\s*(?:,|và)\s*(?P<all>(?:(?:lần\s+thứ|khóa|lần)\s+)?(?P<t>[IVX]{1,6})(?![\w]))")
    while len(out) < MOST and (m := more.match(view.folded, pos, end)):
        term = roman_term(m["t"])
        digits = session_digits(m["t"])
        if term is None or digits is None:
            break
        out.append(
            Draft(
                m.start("all"), m.end("all"), hit.rule.id, hit.rule.confidence, "session", out[0].type,
                session=digits, term=term, issuer=issuer, chained=True,
            )
        )  # fmt: skip
        pos = m.end()
    if m := _OTHER.match(low, pos, end):
        stop = issuer_end(view, m.end(), end)
        if stop:
            name = issuer_name(view.text[m.end() : stop])
            for d in out:
                d.issuer = f"{issuer} {name}"
    return out
