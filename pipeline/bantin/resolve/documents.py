"""References to documents within one article: issue dates, antecedents, ids, and contradictions with the registry."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import Any

import regex
from msgspec.structs import replace

from bantin.extractors.directives.value import DirectiveValue
from bantin.resolve.committees import Committees
from bantin.resolve.directive_ids import Answer, Facts, body_of, identify
from bantin.resolve.registry import Registry, load_registry
from bantin.text import View
from bantin.types import Article, Check, Mention, Span

FOLLOWS = 220
"""Characters behind a reference in which its title may stand."""

_DRAFT = re.compile(r"(?:dự án|dự thảo|đề nghị xây dựng|xây dựng)\s+(?:các\s+)?$")


def resolve_documents(
    article: Article, view: View, mentions: list[Mention[Any]]
) -> tuple[list[Mention[Any]], list[Check]]:
    """The mentions with dates joined to documents and documents to ids; and what contradicts the registry.

    Pure: what is printed is never changed, a contradiction is a flag of the mention and a Check.
    """
    if not any(m.family == "directives" for m in mentions):
        return mentions, []
    registry = load_registry()
    mentions = _join_dates(mentions)
    published, committees = article.published_day, Committees(article, view)
    at = [i for i, m in enumerate(mentions) if m.family == "directives"]
    answers: dict[int, Answer] = {}
    for i in at:
        m = mentions[i]
        value: DirectiveValue = m.value
        facts = Facts(
            published=published,
            committees=committees,
            follows=view.folded[m.end : m.end + FOLLOWS] if value.kind not in ("session", "anaphor") else "",
            drafted=value.kind == "named" and _DRAFT.search(view.lower, max(0, m.start - 30), m.start) is not None,
        )
        named = replace(value, title=m.text) if value.kind in ("named", "title") else value
        answers[i] = identify(named, facts, registry)
    _agree(mentions, at, answers)
    _same_plenum(mentions, at, answers)
    _related(at, answers, registry)
    _listed(mentions, at, answers, view)
    out = list(mentions)
    checks: list[Check] = []
    for i in at:
        out[i] = _answered(mentions[i], answers[i])
        checks += _checks(out[i], answers[i], registry)
    return _back_references(out, view), checks


def _join_dates(mentions: list[Mention[Any]]) -> list[Mention[Any]]:
    """The issue date of each document from the date mention that stands at its `issued_span`; that date is `issued`."""
    dates = [i for i, m in enumerate(mentions) if m.family == "dates" and m.value.kind in ("date", "period")]
    ends = [mentions[i].end for i in dates]  # dates do not overlap, so their ends rise with their starts
    out = list(mentions)
    for i, m in enumerate(mentions):
        span: Span | None = m.value.issued_span if m.family == "directives" else None
        if span is None or (k := bisect_right(ends, span.start)) == len(dates):
            continue
        day = mentions[dates[k]]
        if not day.span.overlaps(span):
            continue
        out[i] = replace(m, value=replace(m.value, issued=day.value.edtf or day.value.value))
        out[dates[k]] = replace(day, value=replace(day.value, role="issued"))
    return out


def _key(value: DirectiveValue) -> tuple[str | None, str] | None:
    if value.kind not in ("symbol", "number") or value.number is None:
        return None
    return value.type, value.number.lstrip("0")


def _agree(mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer]) -> None:
    """A reference that says too little means the document that the article names more fully, if it names only one."""
    full: dict[tuple[str | None, str], set[str]] = {}
    for i in at:
        key, answer = _key(mentions[i].value), answers[i]
        stated = answer.resolution in ("exact", "unregistered") or mentions[i].value.issuer or mentions[i].value.symbol
        if key and answer.id and stated:
            full.setdefault(key, set()).add(answer.id)
    full |= {key: {meant} for key, meant in _aliases(mentions, at, answers).items()}
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


def _aliases(
    mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer]
) -> dict[tuple[str | None, str], str]:
    """What the article itself calls a document: "Nghị quyết số 18-NQ/TW (sau đây gọi tắt là Nghị quyết 18)"."""
    defined: dict[tuple[str | None, str], set[str]] = {}
    for before, i in pairwise(at):
        key, meant = _key(mentions[i].value), answers[before].id
        if key and meant and "alias" in mentions[i].value.flags and key == _key(mentions[before].value):
            defined.setdefault(key, set()).add(meant)
    return {key: next(iter(meant)) for key, meant in defined.items() if len(meant) == 1}


def _same_plenum(mentions: list[Mention[Any]], at: list[int], answers: dict[int, Answer]) -> None:
    """A plenum without its term is the one of this ordinal that the article names with a term; of several, none."""
    named: dict[str, set[str]] = {}
    for i in at:
        value, answer = mentions[i].value, answers[i]
        if value.kind == "session" and value.term and answer.id and value.session:
            named.setdefault(value.session, set()).add(answer.id)
    for i in at:
        found = named.get(mentions[i].value.session or "", set())
        if found and "term_from_publication" in answers[i].flags:
            only = next(iter(found)) if len(found) == 1 else None
            answers[i] = Answer(only, "context" if only else "ambiguous", tuple(sorted(found)))


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


def _back_references(mentions: list[Mention[Any]], view: View) -> list[Mention[Any]]:
    """ "Nghị quyết này" means the last document of its type that was named before it; of two in one sentence, none."""
    last: dict[str | None, Mention[Any]] = {}
    rivals: dict[str | None, tuple[str, ...]] = {}
    out = []
    for m in mentions:
        if m.family == "directives":
            kind, meant = m.value.type, m.value.directive_id
            before = last.get(kind)
            if m.value.kind == "anaphor":
                if others := rivals.get(kind, ()):
                    out.append(replace(m, value=replace(m.value, resolution="ambiguous", candidates=others)))
                    continue
                if before is not None and before.value.directive_id:
                    meant = before.value.directive_id
                    out.append(replace(m, value=replace(m.value, directive_id=meant, resolution="context")))
                    continue
            else:
                if before is None or _BREAK.search(view.folded, before.end, m.start + 1):
                    rivals[kind] = ()
                elif meant != before.value.directive_id and meant and before.value.directive_id:
                    rivals[kind] = tuple(dict.fromkeys((*rivals.get(kind, ()), before.value.directive_id, meant)))
                last[kind] = m
        out.append(m)
    return out


_BREAK = regex.compile(r"[.!?;…][”\")]?\s+(?=\p{Lu})|\n")
