"""Labelled blocks to an `Article`: the text joined from its blocks, offsets, identity."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bantin.errors import ReadError
from bantin.read.evidence import Claim, settle, settle_date
from bantin.read.label import Labelled, Piece
from bantin.types import Article, Block


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from: the file as it was given, and the row or record in it."""

    path: Path
    label: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """What the markup or the row says; it goes before what is found in the text. Values as they stand there."""

    title: str | None = None
    published: object = None
    modified: object = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    fetched: str | None = None


def joined(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, its blocks one below the other, and the blocks with their offsets."""
    texts: list[str] = []
    blocks = []
    at = 0
    for piece in pieces:
        text = piece.line.text[piece.start : piece.end]
        raw = piece.line.place.raw(piece.start, piece.end) if piece.line.place else (None, None)
        blocks.append(Block(piece.kind, at, at + len(text), *raw))
        texts.append(text)
        at += len(text) + 1
    return "\n".join(texts), tuple(blocks)


def build(labelled: Labelled, origin: Origin, fields: Fields, claims: Sequence[Claim] = ()) -> Article:
    """The article of labelled lines. Raises ReadError `empty` if nothing was left of them."""
    text, blocks = joined(labelled.pieces)
    if not text.strip():
        raise ReadError("empty", "only page furniture, no text")
    return article(text, blocks, labelled, origin, fields, claims)


def article(  # noqa: PLR0917
    text: str,
    blocks: tuple[Block, ...],
    labelled: Labelled,
    origin: Origin,
    fields: Fields,
    claims: Sequence[Claim] = (),
) -> Article:
    """An article of a text that stands. `fields` go before `claims`, and these before what the lines say.

    Claims of a family's rule go last.
    """
    last = [c for c in claims if c.source.startswith("family ")]
    every = [*_given(fields), *(c for c in claims if c not in last), *_seen(labelled), *last]
    published, dated = settle_date(every, "published", fields.fetched)
    modified, changed = settle_date(every, "modified", fields.fetched)
    if published and modified and modified[0] == published[0]:
        modified, changed = None, []
    said = {field: settle(every, field) for field in ("title", "author", "publisher", "lead", "url", "body")}
    url = said["url"][0]
    name = os.fsencode(origin.path.name)
    body = text.encode("utf-8")
    identity = b"\0".join((name, (origin.record or "").encode(), body))
    return Article(
        article_id=hashlib.sha256(identity).hexdigest()[:16],
        text=text,
        blocks=blocks,
        title=said["title"][0],
        published=published[0] if published else None,
        published_precision=published[1] if published else None,
        modified=modified[0] if modified else None,
        author=said["author"][0],
        publisher=said["publisher"][0],
        lead=labelled.lead,
        url=url,
        site=host(url),
        source_path=origin.label,
        source_record=origin.record,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched=fields.fetched,
        evidence=tuple(dated + changed + [e for _, listed in said.values() for e in listed]),
    )


def _given(fields: Fields) -> Iterator[Claim]:
    """What the row of a table or the record of an archive says."""
    source = "archive" if fields.fetched else "row"
    for field in ("title", "published", "modified", "author", "publisher", "url"):
        if (value := getattr(fields, field)) is not None:
            yield Claim(field, value, source)


def _seen(labelled: Labelled) -> Iterator[Claim]:
    """What the lines of the article say."""
    date = labelled.date
    if date is not None:
        yield Claim("published", date.published, "dateline")
        yield Claim("modified", date.modified, "dateline")
    yield Claim("title", labelled.title, "line")
    yield Claim("author", labelled.author, "byline")
    yield Claim("publisher", labelled.publisher, "byline")


def host(url: str | None) -> str | None:
    """The host of a web address in lower case, the site an article came from; None where there is none."""
    try:
        parts = urlsplit(url or "")
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # "http://[": an address may be anything
        return None
