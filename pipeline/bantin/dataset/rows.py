"""One article and what was found in it, as rows of the tables. Pure: same article, same rows."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from bantin.dataset.schema import MENTION_COLUMNS, MENTION_TABLE, TABLE, Column
from bantin.extractors.roles.value import RoleValue
from bantin.resolve.bodies import Naming
from bantin.resolve.events import PositionEvent
from bantin.types import FAMILIES, Article, Check, Family, Mention, Reject, Relation, Span

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

_LETTER: Mapping[Family, str] = {"directives": "d", "dates": "t", "people": "p", "roles": "r", "indicators": "i"}
_json = json.JSONEncoder(ensure_ascii=False).encode
_OWN = {family: MENTION_TABLE[family].columns[len(MENTION_COLUMNS) :] for family in FAMILIES}
_FROM = {"person_mention_id": "holder", "value_text": "value"}
"""The attribute of a value that a column is made from, where it has another name."""
_POINTER: Mapping[str, Family] = {"person_mention_id": "people", "part_of": "indicators"}
"""Columns made from the span of another mention of that family."""
_POINTED_TO = frozenset(_POINTER.values())


def article_rows(
    article: Article,
    mentions: Sequence[Mention[Any]],
    checks: Sequence[Check],
    events: Sequence[PositionEvent] = (),
    bodies: Iterable[Naming] = (),
    *,
    relations: Sequence[Relation] = (),
) -> Rows:
    """The rows of every table that this article fills, by table name, in the order of the text.

    Mention ids are the article's id, a letter a family and the order within it: `<article_id>:d1` for the first
    directive (t dates, p people, r roles, i indicators). Rows of `position_events` and `organisations` are those of a
    part: people and bodies are counted across the batch later; relations stand between mentions there, and between
    documents once the batch is merged. Raises ValueError if a mention does not quote the text.
    """
    ids = _mention_ids(article, mentions)
    at: dict[tuple[Family, Span], str] = {
        (m.family, m.span): ids[i] for i, m in enumerate(mentions) if m.family in _POINTED_TO
    }
    rows: Rows = {"articles": [_article_row(article)], "blocks": _block_rows(article)}
    starts = [b.start for b in article.blocks]
    for i, m in enumerate(mentions):
        if article.text[m.start : m.end] != m.text or not m.text:
            raise ValueError(f"{m.rule}: {m.text!r} is not what stands at {m.start}..{m.end}")
        b = bisect_right(starts, m.start) - 1
        block = article.blocks[b].kind if b >= 0 and m.start < article.blocks[b].end else None
        head = (article.article_id, ids[i], m.start, m.end, m.text, block, m.rule, float(m.confidence))
        rows.setdefault(MENTION_TABLE[m.family].name, []).append(head + _own(m, at))
    by_span: dict[Span, list[str]] = {}
    for i, m in enumerate(mentions if checks else ()):
        by_span.setdefault(m.span, []).append(ids[i])
    for c in checks:
        concerned = [mention_id for span in c.spans for mention_id in by_span.get(span, ())]
        row = (article.article_id, c.kind, json_array(concerned), c.found, c.expected, c.message)
        rows.setdefault("checks", []).append(row)
    if events:
        rows["position_events"] = _event_rows(article, mentions, ids, events)
    if named := [_body_row(n) for n in bodies]:
        rows["organisations"] = named
    if said := _relation_rows(article, mentions, ids, relations):
        rows["directive_relations"] = said
    return rows


def _relation_rows(
    article: Article, mentions: Sequence[Mention[Any]], ids: Sequence[str], relations: Sequence[Relation]
) -> list[Row]:
    named = {m.span: ids[i] for i, m in enumerate(mentions) if m.family == "directives"} if relations else {}
    return [
        (article.article_id, named[r.subject], r.kind, named[r.object], r.evidence.start, r.evidence.end)
        for r in relations
    ]


def reject_row(reject: Reject) -> Row:
    """A reject as a row of `rejects`."""
    return (reject.source_path, reject.source_record, reject.stage, reject.reason, reject.detail)


def json_array(items: Iterable[str]) -> str | None:
    """A JSON array, or None where there is nothing: how lists stand in a column."""
    listed = list(items)
    return _json(listed) if listed else None


def exact(value: Decimal) -> str:
    """A decimal in plain digits, exact, without trailing zeros after the point."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _mention_ids(article: Article, mentions: Sequence[Mention[Any]]) -> list[str]:
    count = dict.fromkeys(FAMILIES, 0)
    ids = []
    for m in mentions:
        count[m.family] += 1
        ids.append(f"{article.article_id}:{_LETTER[m.family]}{count[m.family]}")
    return ids


def _article_row(article: Article) -> Row:
    computed = {
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "duplicate_of": None,
        "duplicate_kind": None,
    }
    return tuple(
        [computed[name] if name in computed else make(getattr(article, name)) for name, make in _ARTICLE_CELLS]
    )


def _block_rows(article: Article) -> list[Row]:
    return [
        (article.article_id, i, b.kind, b.start, b.end, b.raw_start, b.raw_end) for i, b in enumerate(article.blocks)
    ]


def _event_rows(
    article: Article, mentions: Sequence[Mention[Any]], ids: Sequence[str], events: Sequence[PositionEvent]
) -> list[Row]:
    """Events with the mention that states each: the role, or the person where the post was left and is no role."""
    people = {m.span: ids[i] for i, m in enumerate(mentions) if m.family == "people"}
    roles = {(m.span, m.value.holder): ids[i] for i, m in enumerate(mentions) if isinstance(m.value, RoleValue)}
    return [
        (
            article.article_id,
            None,
            e.title,
            e.organisation_id,
            e.type,
            e.date,
            e.decided_by,
            (roles.get((e.role, e.person)) if e.role else None) or people.get(e.person),
            people.get(e.person),
        )
        for e in events
    ]


def _body_row(naming: Naming) -> Row:
    body = naming.body
    parent = body.parent.organisation_id if body.parent else None
    aliases = json_array(naming.aliases)
    return (body.organisation_id, body.name, body.kind, parent, body.territory, aliases, naming.mentions)


def _cell(value: Any) -> Any:
    return _required_cell(value) if value != "" else None  # nothing known is null, never an empty text


def _required_cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return json_array(value) if value else None
    return float(value) if isinstance(value, Decimal) else value


Make = Callable[[Any], Any]


def _made(column: Column) -> Make:
    if column.name == "value_text":
        return exact
    return _required_cell if column.required else _cell


_ARTICLE_CELLS = [(c.name, _made(c)) for c in TABLE["articles"].columns]
_ATTRIBUTES = {family: attrgetter(*(_FROM.get(c.name, c.name) for c in own)) for family, own in _OWN.items()}
_MADE: Mapping[Family, Sequence[tuple[int, Make]]] = {
    family: [(i, _made(c)) for i, c in enumerate(own) if c.type != "string" or c.name == "value_text"]
    for family, own in _OWN.items()
}
_NULLABLE = {family: [i for i, c in enumerate(own) if not c.required] for family, own in _OWN.items()}
_POINTERS: Mapping[Family, Sequence[tuple[int, Family]]] = {
    family: [(i, _POINTER[c.name]) for i, c in enumerate(own) if c.name in _POINTER] for family, own in _OWN.items()
}


def _own(mention: Mention[Any], at: Mapping[tuple[Family, Span], str]) -> Row:
    """The cells of the family's own columns. Most are null or a text as it is, so only the others are looked at."""
    family = mention.family
    values = _ATTRIBUTES[family](mention.value)
    cells = list(values)
    for i, make in _MADE[family]:
        if values[i] is not None:
            cells[i] = make(values[i])
    for i, pointed_to in _POINTERS[family]:
        if values[i] is not None:
            cells[i] = at.get((pointed_to, values[i]))
    if "" in values:
        for i in _NULLABLE[family]:
            cells[i] = _cell(cells[i])
    return tuple(cells)
