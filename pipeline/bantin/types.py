"""The nouns every stage shares: articles, blocks, spans, mentions, checks, rejects.

They are frozen msgspec structs: dozens are made a sentence, and a frozen dataclass takes eight times as long to make.
No other third-party import.

Coordinates: every `start`/`end` is a half-open range of code points into `Article.text`, which is NFC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, Literal, TypeVar

from msgspec import Struct

BlockKind = Literal[
    "title", "dateline", "lead", "paragraph", "heading", "list_item", "table_row", "caption", "byline", "source"
]
BLOCK_KINDS: tuple[BlockKind, ...] = (
    "title", "dateline", "lead", "paragraph", "heading", "list_item", "table_row", "caption", "byline", "source",
)  # fmt: skip

BODY_KINDS: tuple[BlockKind, ...] = ("lead", "paragraph", "heading", "list_item", "table_row")
"""The kinds of blocks that are the text itself: neither title, date, caption nor signature."""

DuplicateKind = Literal["exact", "reprint", "revision", "abridged", "template_sibling"]
DUPLICATE_KINDS: tuple[DuplicateKind, ...] = ("exact", "reprint", "revision", "abridged", "template_sibling")

REJECT_REASONS: tuple[str, ...] = (
    "empty",  # no text at all, or only page furniture
    "binary",  # not a text file
    "undecodable",  # no encoding gives Vietnamese text
    "malformed",  # broken JSON, a row without text or html
    "not_vietnamese",  # another language
    "not_article",  # a list of news, an error page, a picture: something else than one bulletin
    "too_large",  # over the size limit of one article
    "unreadable",  # permission, vanished file, I/O error
    "unsupported",  # a file type that read does not know
    "budget",  # a rule ran out of its time budget
    "internal",  # a fault of bantin itself; the detail names it
)

Family = Literal["directives", "dates", "people", "roles", "indicators"]
FAMILIES: tuple[Family, ...] = ("directives", "dates", "people", "roles", "indicators")


class Span(Struct, frozen=True, order=True):
    """A half-open range of code points into an article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters this span covers in `text`."""
        return text[self.start : self.end]


class Block(Struct, frozen=True):
    """A labelled stretch of an article; `raw_start`/`raw_end` are code points into the source, None if unknown."""

    kind: BlockKind
    start: int
    end: int
    raw_start: int | None = None
    raw_end: int | None = None


EvidenceField = Literal["title", "published", "modified", "author", "publisher", "lead", "body", "url"]


class Evidence(Struct, frozen=True):
    """What one source says of a field of an article, and whether it is what stands there.

    `source`: `row`, `archive`, `profile NAME`, `json-ld`, `opengraph`, `meta`, `time`, `heading`, `title` (of the
    markup), `canonical`, `dateline`, `byline`, `line`, `family NAME`, `layout`, `trafilatura`, `visible text`.
    """

    field: EvidenceField
    value: str
    source: str
    used: bool


class Article(Struct, frozen=True):
    """One bulletin as it was read. `text` is NFC and is the coordinate system of everything found in it.

    `published` is ISO: a day ("2024-04-09") or a minute with the zone of Việt Nam ("2024-04-09T21:58+07:00").
    """

    article_id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    published_precision: Literal["minute", "day"] | None = None
    modified: str | None = None
    author: str | None = None
    publisher: str | None = None
    lead: str | None = None
    url: str | None = None
    site: str | None = None
    source_path: str = ""
    source_record: str | None = None
    language: str = "vi"
    sha256: str = ""
    fetched: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def published_day(self) -> date | None:
        """The calendar day of publication in Việt Nam, or None where it is not known."""
        return date.fromisoformat(self.published[:10]) if self.published else None


V = TypeVar("V")
T = TypeVar("T")


class Mention(Struct, Generic[V], frozen=True):
    """Something found in a text: where, by which rule, how sure (0..1), and the value it stands for.

    The type of `value` tells the family (`DirectiveValue`, `DateValue`, `PersonValue`, `RoleValue`, `IndicatorValue`).
    """

    family: Family
    start: int
    end: int
    text: str
    rule: str
    confidence: float
    value: V

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Check(Struct, frozen=True):
    """A contradiction found in an article: what stands there, what was expected, and the spans concerned."""

    kind: str
    spans: tuple[Span, ...]
    found: str
    expected: str
    message: str


RelationKind = Literal["implements", "amends", "replaces", "part_of", "about"]
RELATION_KINDS: tuple[RelationKind, ...] = ("implements", "amends", "replaces", "part_of", "about")


class Relation(Struct, frozen=True):
    """What a text says one document does to another: the spans of the two mentions, and of the words that say so."""

    subject: Span
    kind: RelationKind
    object: Span
    evidence: Span


class Reject(Struct, frozen=True):
    """A source or article that could not be used, with a reason from `REJECT_REASONS`. Nothing is lost silently."""

    source_path: str
    source_record: str | None
    stage: Literal["read", "extract", "resolve", "dataset"]
    reason: str
    detail: str


Segmenter = Callable[[str], Sequence[Span]]
"""Splits a short window of text into Vietnamese words, as spans into that window."""


def valued(mentions: Iterable[Mention[object]], kind: type[T]) -> list[Mention[T]]:
    """The mentions whose value is of type `kind`, in order."""
    # Values have no subtypes, and to ask whether a struct is an instance of another type takes ten times as long.
    return [m for m in mentions if type(m.value) is kind]  # type: ignore[misc]
