"""References to documents within one article: issue dates, antecedents, ids, and contradictions with the registry."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bantin.extractors.dates.value import DateValue
from bantin.extractors.directives.value import DirectiveValue
from bantin.resolve.directive_ids import Answer, Facts, body_of, identify
from bantin.resolve.registry import Registry, load_registry
from bantin.text import View, canonical
from bantin.types import Article, Check, Mention, Span

FOLLOWS = 220
"""Characters behind a reference in which its title may stand."""

_DRAFT = re.compile(r"(?:dự án|dự thảo|đề nghị xây dựng|xây dựng)\s+(?:các\s+)?$")
_PLACE = re.compile(
    r"[TtĐđ](?:(?<=[Tt])ỉnh ủy|(?<=[Tt])hành ủy|(?<=[Đđ])ảng bộ (?:tỉnh|[Tt]hành phố))\s+"
    r"(?P<p>[^\W\d_a-z]\w*(?:\s[^\W\d_a-z]\w*){1,2}?)(?=\W|$)"
)
_BLOC = re.compile(r"[Đđ]ảng (?:ủy|bộ) [Kk]hối (?:các )?(?:[Dd]oanh nghiệp (?:Trung ương|TW)|DNTW)|ĐUK DNTW")


def resolve_documents(
    article: Article, view: View, mentions: list[Mention[Any]]
) -> tuple[list[Mention[Any]], list[Check]]:
    """The mentions with dates joined to documents and documents to ids; and what contradicts the registry.

    Pure: what is printed is never changed, a contradiction is a flag of the mention and a Check.
    """
    if not any(isinstance(m.value, DirectiveValue) for m in mentions):
        return mentions, []
    registry = load_registry()
    mentions = _join_dates(mentions)
    committee = _committee(article, view)
    at = [i for i, m in enumerate(mentions) if isinstance(m.value, DirectiveValue)]
    answers: dict[int, Answer] = {}
    for i in at:
        m = mentions[i]
        value: DirectiveValue = m.value
        facts = Facts(
            published=article.published_day,
            committee=committee,
            follows=view.folded[m.end : m.end + FOLLOWS] if value.kind not in ("session", "anaphor") else "",
            drafted=_DRAFT.search(view.lower, max(0, m.start - 30), m.start) is not None,
        )
        named = replace(value, title=m.text) if value.kind in ("named", "title") else value
        answers[i] = identify(named, facts, registry)
    _agree(mentions, at, answers)
    _related(at, answers, registry)
    _listed(mentions, at, answers, view)
    out = list(mentions)
    checks: list[Check] = []
    for i in at:
        out[i] = _answered(mentions[i], answers[i])
        checks += _checks(out[i], answers[i], registry)
    return _back_references(out), checks


def _join_dates(mentions: list[Mention[Any]]) -> list[Mention[Any]]:
    """The issue date of each document from the date mention that stands at its `issued_span`; that date is `issued`."""
    dates = [i for i, m in enumerate(mentions) if isinstance(m.value, DateValue) and m.value.kind in ("date", "period")]
    ends = [mentions[i].end for i in dates]  # dates do not overlap, so their ends rise with their starts
    out = list(mentions)
    for i, m in enumerate(mentions):
        span: Span | None = m.value.issued_span if isinstance(m.value, DirectiveValue) else None
        if span is None or (k := bisect_right(ends, span.start)) == len(dates):
            continue
        day = mentions[dates[k]]
        if not day.span.overlaps(span):
            continue
        out[i] = replace(m, value=replace(m.value, issued=day.value.edtf or day.value.value))
        out[dates[k]] = replace(day, value=replace(day.value, role="issued"))
    return out


def _committee(article: Article, view: View) -> str | None:
    """The slug of the committee whose article this is: named by the source, or the only one that the text names."""
    for told in (article.publisher, article.site, article.title):
        if told and (slug := _slugs(canonical(told))):
            return slug.most_common(1)[0][0]
    slugs = _slugs(" ".join(view.folded.split()))
    return next(iter(slugs)) if len(slugs) == 1 else None


def _slugs(text: str) -> Counter[str]:
    """The committees that a text in canonical spelling names, with their number."""
    found: Counter[str] = Counter()
    if _BLOC.search(text):
        found["duk-dntw"] += 1
    for m in _PLACE.finditer(text):
        found["tu-" + _ascii(m["p"])] += 1
    return found


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))


def _key(value: DirectiveValue) -> tuple[str | None, str] | None:
    if value.kind not in ("symbol", "number") or value.number is None:
        return None
    return value.type, value.number.lstrip("0")


def _agree(mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer]) -> None:
    """A reference that says too little means the document that the article names more fully, if it names only one."""
    full: dict[tuple[str | None, str], set[str]] = {}
    for i in at:
        key, answer = _key(mentions[i].value), answers[i]
        if key and answer.id and answer.resolution in ("exact", "unregistered"):
            full.setdefault(key, set()).add(answer.id)
    for i in at:
        key, answer, value = _key(mentions[i].value), answers[i], mentions[i].value
        if key is None or answer.resolution == "exact" or len(full.get(key, ())) != 1:
            continue
        meant = next(iter(full[key]))
        if answer.id == meant or not _may_be(value, meant):
            continue
        if answer.resolution == "unregistered" and not _one_day(value, mentions, at, answers, meant):
            continue
        answers[i] = Answer(meant, "context", (), answer.flags)


def _related(at: list[int], answers: dict[int, Answer], registry: Registry) -> None:
    """Of two documents that a reference may mean, the one that replaces or implements another of the article."""
    named = {answers[i].id for i in at}
    for i in at:
        answer = answers[i]
        if answer.id is None and len(answer.candidates) > 1:
            tied = {s for s, _, o in registry.relations if s in answer.candidates and o in named}
            if len(tied) == 1:
                answers[i] = Answer(tied.pop(), "context", answer.candidates, answer.flags)


_BETWEEN = re.compile(r"[\s,;&]*(?:và\s+)?(?:số\s+)?")


def _listed(mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer], view: View) -> None:
    """Members of one list are of one term: a member that may be of several is of the term of its neighbour."""
    for order in (at, at[::-1]):
        for i, j in pairwise(order):
            one, two = sorted((mentions[i], mentions[j]), key=lambda m: m.start)
            known, answer = answers[i].id, answers[j]
            if known is None or answer.id is not None or len(answer.candidates) < 2 or one.value.type != two.value.type:
                continue
            if _BETWEEN.fullmatch(view.lower, one.end, two.start) is None:
                continue
            same = [c for c in answer.candidates if c.split(":")[1:5] == known.split(":")[1:5]]
            if len(same) == 1:
                answers[j] = Answer(same[0], "context", answer.candidates, answer.flags)


def _may_be(value: DirectiveValue, meant: str) -> bool:
    """Whether nothing that the reference states speaks against the id: neither its term nor its body."""
    _, regime, body, term, *_ = meant.split(":")
    slug, local = body_of(value)
    if local or (slug is not None and slug != body):
        return False
    return not (value.term and regime == "dang" and value.term.lower() != term)


def _one_day(
    value: DirectiveValue, mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer], meant: str
) -> bool:
    """Whether the stated day is the day and month of a fuller mention, with another year: a slip of the pen."""
    days = {mentions[i].value.issued for i in at if answers[i].id == meant}
    return value.issued is not None and any(d and d[4:] == value.issued[4:] for d in days)


def _answered(mention: Mention[Any], answer: Answer) -> Mention[Any]:
    value: DirectiveValue = mention.value
    extra = tuple(f for f in answer.flags if f not in value.flags)
    return replace(
        mention,
        value=replace(
            value,
            directive_id=answer.id,
            resolution=answer.resolution,
            candidates=answer.candidates,
            flags=value.flags + extra,
        ),
    )


_SAYS = {
    "date_conflict": "the issue date printed is not the one registered",
    "term_conflict": "the term printed is not the one in which the document was issued",
    "type_conflict": "the document is registered under another type",
    "issuer_conflict": "the document was issued by another body",
}


def _checks(mention: Mention[Any], answer: Answer, registry: Registry) -> list[Check]:
    known = registry.by_id.get(answer.id or "")
    name = known.symbol or known.id if known else answer.id or mention.text
    return [
        Check(kind, (mention.span,), found, expected, f"{name}: {_SAYS[kind]} ({found} for {expected})")
        for kind, found, expected in answer.conflicts
    ]


def _back_references(mentions: list[Mention[Any]]) -> list[Mention[Any]]:
    """ "Nghị quyết này" means the last document of its type that was named before it, or nothing."""
    last: dict[str | None, Mention[Any]] = {}
    out = []
    for m in mentions:
        if isinstance(m.value, DirectiveValue):
            if m.value.kind != "anaphor":
                last[m.value.type] = m
            elif (before := last.get(m.value.type)) is not None and before.value.directive_id:
                meant = replace(m.value, directive_id=before.value.directive_id, resolution="context")
                out.append(replace(m, value=meant))
                continue
        out.append(m)
    return out
