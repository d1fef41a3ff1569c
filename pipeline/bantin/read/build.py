"""Labelled blocks to an `Article`: the text joined from its blocks, offsets, identity."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bantin.errors import ReadError
from bantin.read.dateline import parse_published
from bantin.read.label import Labelled, Piece
from bantin.text import normalise
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


def build(labelled: Labelled, origin: Origin, fields: Fields) -> Article:
    """The article of labelled lines. Raises ReadError `empty` if nothing was left of them."""
    text, blocks = joined(labelled.pieces)
    if not text.strip():
        raise ReadError("empty", "only page furniture, no text")
    return article(text, blocks, labelled, origin, fields)


def article(text: str, blocks: tuple[Block, ...], labelled: Labelled, origin: Origin, fields: Fields) -> Article:
    """An article of a text that stands, with fields of the row or markup before those found in the text."""
    known = parse_published(fields.published)
    seen = labelled.date
    if seen and seen.published and (known is None or (known[1] == "day" and known[0] == seen.published[:10])):
        known = seen.published, "minute" if seen.timed else "day"
    modified = parse_published(fields.modified) or (parse_published(seen.modified) if seen else None)
    name = os.fsencode(origin.path.name)
    body = text.encode("utf-8")
    identity = b"\0".join((name, (origin.record or "").encode(), body))
    return Article(
        article_id=hashlib.sha256(identity).hexdigest()[:16],
        text=text,
        blocks=blocks,
        title=_clean(fields.title) or _clean(labelled.title),
        published=known[0] if known else None,
        published_precision=known[1] if known else None,
        modified=modified[0] if modified and (known is None or modified[0] != known[0]) else None,
        author=_clean(fields.author) or _clean(labelled.author),
        publisher=_clean(fields.publisher) or _clean(labelled.publisher),
        lead=labelled.lead,
        url=fields.url,
        site=host(fields.url),
        source_path=origin.label,
        source_record=origin.record,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched=fields.fetched,
    )


def host(url: str | None) -> str | None:
    """The host of a web address in lower case, the site an article came from; None where there is none."""
    try:
        parts = urlsplit(url or "")
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # "http://[": an address may be anything
        return None


def _clean(value: Any) -> str | None:
    """A field on one line, NFC, as printed; None for anything that is no text."""
    if not isinstance(value, str):
        return None
    return " ".join(normalise(value)[0].split()) or None
