"""The one place that names tables and columns: types, keys, allowed values, and what each column means.

Arrow schemas, SQLite tables, the data package and every row are made from `TABLES` (design §5). Lists (`flags`,
`candidates`, `aliases`, `evidence`, `mention_ids`) are JSON arrays in a text column, null where empty: DuckDB and
SQLite read them with their JSON functions, pandas with `json.loads`, and no separator can collide with the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bantin.extractors.dates.value import DateKind, DateRole, DateSource
from bantin.extractors.directives.value import DirectiveKind, Resolution
from bantin.extractors.indicators.value import Bound, Status, UnitKind
from bantin.extractors.people.value import MentionType
from bantin.extractors.roles.value import RoleStatus
from bantin.resolve.events import EventType
from bantin.resolve.linking import PersonKind
from bantin.types import BLOCK_KINDS, DUPLICATE_KINDS, REJECT_REASONS, RELATION_KINDS, Family

ColumnType = Literal["string", "integer", "number", "boolean", "array"]

DAY = r"\d{4}-\d{2}-\d{2}"
OPEN_DAY = r"(\d{4}|XXXX)-\d{2}-\d{2}"
EVENT = r"(\d{4}|XXXX)(-\d{2}){0,2}"
TIME = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?)?"
EXACT = r"-?\d+(\.\d+)?"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `array` is a JSON array in text; `required` means never null; `pattern` matches the whole value."""

    name: str
    type: ColumnType
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Values of `column` stand in `target` of `table`, or are null."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `family` tells whose mentions it holds; `indexes` are the columns that SQLite indexes beside keys."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[str, ...] = ()
    family: Family | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(c.name for c in self.columns)


def _text(name: str, description: str, required: bool = False, pattern: str | None = None) -> Column:
    return Column(name, "string", description, required, pattern=pattern)


def _enum(name: str, values: object, description: str, required: bool = False) -> Column:
    allowed = values if isinstance(values, tuple) else get_args(values)
    return Column(name, "string", description, required, enum=tuple(allowed))


def _count(name: str, description: str) -> Column:
    return Column(name, "integer", description, required=True, minimum=0)


def _list(name: str, description: str) -> Column:
    return Column(name, "array", f"{description} (a JSON array; null where there are none)")


_ARTICLE = _text("article_id", "The article this row was read from.", required=True)
_ARTICLE_KEY = ForeignKey("article_id", "articles", "article_id")
_START = Column(
    "char_start", "integer", "First character in articles.text (code points, from 0).", required=True, minimum=0
)
_END = Column("char_end", "integer", "One past the last character in articles.text.", required=True, minimum=0)

MENTION_COLUMNS: tuple[Column, ...] = (
    _ARTICLE,
    _text("mention_id", "The id of this mention: article, family letter, order in the article.", required=True),
    _START,
    _END,
    _text("text", "The printed characters: articles.text from char_start to char_end.", required=True),
    _enum("block", BLOCK_KINDS, "Kind of the block it stands in; null outside every block."),
    _text(
        "rule", "The rule that found it; `bantin explain` shows it.", required=True, pattern=r"[a-z]+(\.[a-z0-9_]+)+"
    ),
    Column("confidence", "number", "How sure the rule is.", required=True, minimum=0, maximum=1),
)


def _mentions(
    name: str,
    family: Family,
    description: str,
    *,
    own: tuple[Column, ...],
    foreign_keys: tuple[ForeignKey, ...] = (),
    indexes: tuple[str, ...] = (),
) -> Table:
    return Table(
        name, description, MENTION_COLUMNS + own, ("mention_id",), (_ARTICLE_KEY, *foreign_keys),
        ("article_id", *indexes), family,
    )  # fmt: skip


_ARTICLES = Table(
    "articles",
    "One row an article: the text that every offset of every table counts in, and where it came from.",
    (
        _text("article_id", "Deterministic id of the article.", required=True),
        _text("url", "Address it was published at."),
        _text("site", "The site's host name."),
        _text("source_path", "The input file as it was given.", required=True),
        _text("source_record", "Which record of that file (line or record id), null where the file is the article."),
        _text("title", "Headline."),
        _text(
            "published", "When it was published, in Việt Nam: ISO day, or minute with +07:00.", pattern=TIME
        ),
        _enum("published_precision", ("minute", "day"), "How exactly the time of publication is known."),
        _text("modified", "Time of the last change stated by the page, ISO."),
        _text("author", "Author as the page names them."),
        _text("publisher", "The body or newspaper that published it."),
        _text("lead", "The lead paragraph."),
        _text("text", "The whole text, NFC, LF line ends: what char_start and char_end count in.", required=True),
        _text("language", "ISO 639-1 code.", required=True, pattern=r"[a-z]{2,3}"),
        _text("sha256", "SHA-256 of the text in UTF-8.", required=True, pattern=r"[0-9a-f]{64}"),
        _text(
            "duplicate_of",
            "The article that this one repeats, in the way of duplicate_kind. Of several the earliest published keeps "
            "null (of an abridged text the longest), and the others name it; it may be a template sibling itself.",
        ),
        _enum(
            "duplicate_kind",
            DUPLICATE_KINDS,
            "exact: the same words after folding spaces, dashes, tone marks and case. reprint: the same body "
            "elsewhere, under another title or byline. revision: the same site or address, a little changed. "
            "abridged: a shorter form. template_sibling: the same sentences with other figures, dates or names, as "
            "of the next quarter or commune: no duplicate, it reports something of its own.",
        ),
        _text("fetched", "When the page was fetched, ISO; null where the source does not say."),
    ),
    ("article_id",),
    (ForeignKey("duplicate_of", "articles", "article_id"),),
    ("published", "site", "sha256"),
)  # fmt: skip

_BLOCKS = Table(
    "blocks",
    "The labelled blocks of each article, in reading order.",
    (
        _ARTICLE,
        _count("block_no", "Order in the article, from 0."),
        _enum("kind", BLOCK_KINDS, "What the block is.", required=True),
        _START,
        _END,
        Column(
            "raw_start",
            "integer",
            "First character in the source as it was decoded and repaired; null where unknown.",
            minimum=0,
        ),
        Column("raw_end", "integer", "One past the last character in the source; null where unknown.", minimum=0),
    ),
    ("article_id", "block_no"),
    (_ARTICLE_KEY,),
)

_DOCUMENT = (
    _text("type", "Type of document in full words: Nghị quyết, Chỉ thị, Luật ..."),
    _text("number", "Its number as printed, without leading words: 42, 30a."),
    _text("symbol", "Its symbol, spaced and dashed canonically: 01-KL/TW."),
    _text("issuer", "The body that issued it."),
    _text("issued", "Date of issue, EDTF."),
    _text("term", "The khóa it belongs to, Roman numeral."),
    _text("session", "Ordinal of the plenum or congress, in digits."),
    _text("title", "Its title, without quotation marks."),
)

_DIRECTIVES = _mentions(
    "directive_mentions",
    "directives",
    "References to issued documents of the Party and the State.",
    own=(
        _enum("kind", DirectiveKind, "How the text names the document.", required=True),
        *_DOCUMENT,
        _text("article_part", "Article, clause or point of the document that is meant."),
        _text("action", "What the text says is done with it: issue, implement, review, amend ..."),
        _list("flags", "What disagrees or was inferred"),
        _text("directive_id", "The document, where it could be told; see directives."),
        _enum("resolution", Resolution, "How directive_id was found; ambiguous leaves it null and fills candidates."),
        _list("candidates", "Ids of the documents it may be"),
    ),
    foreign_keys=(ForeignKey("directive_id", "directives", "directive_id"),),
    indexes=("directive_id", "symbol"),
)

_DATES = _mentions(
    "date_mentions",
    "dates",
    "Expressions of time and the days they stand for.",
    own=(
        _enum("kind", DateKind, "What sort of expression it is.", required=True),
        _text("grain", "Its smallest unit: minute, day, month, quarter, half, year, decade ...", required=True),
        _text("value", "Readable value: 2024-Q1, 2019/2023, P5Y.", required=True),
        _text("edtf", "The same in Extended Date/Time Format; null where EDTF has no form for it."),
        _text("start_date", "First day, inclusive, ISO; XXXX for an unknown year; null where open.", pattern=OPEN_DAY),
        _text("end_date", "Last day, inclusive, ISO; XXXX for an unknown year; null where open.", pattern=OPEN_DAY),
        _text("modifier", "What blurs it: early, late, about ..."),
        _enum("role", DateRole, "What the date is to the text."),
        _enum("source", DateSource, "Where a year that the expression leaves out was taken from."),
    ),
    indexes=("start_date",),
)

_PEOPLE_MENTIONS = _mentions(
    "person_mentions",
    "people",
    "Named human beings, where the text names them.",
    own=(
        _text("name", "Full canonical name.", required=True),
        _text("honorific", "What stands before the name: đồng chí, ông, bà, a rank or degree."),
        _enum("mention_type", MentionType, "A mention, a byline, or a name inside another name.", required=True),
        _text("context", "What the person does here: chair, speaker, attendee, appointee, author_of_work ..."),
        _text(
            "person_id", "The person across articles; null where that cannot be told: short names, competing namesakes."
        ),
    ),
    foreign_keys=(ForeignKey("person_id", "people", "person_id"),),
    indexes=("name",),
)

_ROLES = _mentions(
    "role_mentions",
    "roles",
    "Posts that people hold, held or are proposed for.",
    own=(
        _text("person_mention_id", "The mention of the person who holds the post; null where nobody is named."),
        _text("name", "Name of that person."),
        _text("title", "The post without its body: Bí thư, Phó Trưởng ban.", required=True),
        _text("organisation", "The body in full."),
        _text("organisation_id", "The body across articles; null where text and site do not tell which one is meant."),
        _enum("status", RoleStatus, "Whether the post is held now.", required=True),
        Column("inherited", "boolean", "The body was stated with a neighbouring post.", required=True),
        _text("term", "The term of office, where stated."),
    ),
    foreign_keys=(
        ForeignKey("person_mention_id", "person_mentions", "mention_id"),
        ForeignKey("organisation_id", "organisations", "organisation_id"),
    ),
    indexes=("person_mention_id", "name"),
)

_INDICATORS = _mentions(
    "indicators",
    "indicators",
    "Numbers that measure or count something.",
    own=(
        Column("value", "number", "The number in base units.", required=True),
        _text("value_text", "The same as an exact decimal.", required=True, pattern=EXACT),
        Column("value_max", "number", "Upper end of a range."),
        Column("denominator", "number", "What it is out of: 31 in 26/31."),
        _text("unit", "VND, USD, %, ha ... or the counted noun with its classifier.", required=True),
        _enum("unit_kind", UnitKind, "What sort of unit it is.", required=True),
        _text("qualifier", "The hedge as printed: gần, hơn, khoảng ..."),
        _enum("bound", Bound, "What the hedge means."),
        _text("object", "What is counted or measured, beyond the unit."),
        _text("action", "What was done."),
        _text("actor", "Who did it."),
        _text("period_start", "First day of the period it covers, inclusive, ISO.", pattern=DAY),
        _text("period_end", "Last day of the period it covers, inclusive, ISO.", pattern=DAY),
        _enum("status", Status, "Done, planned, registered or proposed.", required=True),
        _enum("change", ("up", "down"), "Direction, where it is a change."),
        _text("base", "What a change or share is measured against."),
        _text("part_of", "The indicator it is a part of."),
        _list("flags", "What was inferred or looks odd"),
    ),
    foreign_keys=(ForeignKey("part_of", "indicators", "mention_id"),),
    indexes=("unit",),
)

TABLES: tuple[Table, ...] = (
    _ARTICLES,
    _BLOCKS,
    _DIRECTIVES,
    Table(
        "directives",
        "One row a document referred to anywhere in the batch.",
        (
            _text("directive_id", "Deterministic id of the document.", required=True),
            *_DOCUMENT,
            Column("registered", "boolean", "The document stands in the registry.", required=True),
            _count("mentions", "How many mentions refer to it."),
            _count("articles", "How many articles refer to it."),
            _text("first_published", "Day of the first dated article that refers to it.", pattern=DAY),
            _text("last_published", "Day of the last dated article that refers to it.", pattern=DAY),
        ),
        ("directive_id",),
        indexes=("symbol",),
    ),
    Table(
        "directive_relations",
        "What a text says one document does to another: one row a statement. The characters run from the one reference "
        "to the other and hold the words that say so.",
        (
            _ARTICLE,
            _text("subject_id", "The document that acts, is a part, or is about another.", required=True),
            _enum("relation", RELATION_KINDS, "What it does.", required=True),
            _text("object_id", "The document that it acts on.", required=True),
            _START,
            _END,
        ),
        (),
        (
            _ARTICLE_KEY,
            ForeignKey("subject_id", "directives", "directive_id"),
            ForeignKey("object_id", "directives", "directive_id"),
        ),
    ),
    _DATES,
    _PEOPLE_MENTIONS,
    _ROLES,
    Table(
        "people",
        "One row a person across the batch: mentions linked on the full name with a post, a body or a site in common.",
        (
            _text("person_id", "Deterministic id of the person.", required=True),
            _text("name", "Full canonical name.", required=True),
            _list("aliases", "Other forms of the name"),
            _enum(
                "kind",
                PersonKind,
                "official: holds or held a post; journalist: bylines only; historical: a registered figure.",
            ),
            _count("mentions", "How many mentions name the person."),
            _count("articles", "How many articles name the person."),
            _text("first_published", "Day of the first dated article that names the person.", pattern=DAY),
            _text("last_published", "Day of the last dated article that names the person.", pattern=DAY),
        ),
        ("person_id",),
    ),
    Table(
        "organisations",
        "One row a body across the batch: those that posts name, and the bodies these belong to.",
        (
            _text("organisation_id", "Deterministic id of the body.", required=True),
            _text("name", "Canonical name in full.", required=True),
            _text(
                "class", "party, assembly, state, justice, front, youth, union, army, police, enterprise ..., other."
            ),
            _text("parent_id", "The body it belongs to."),
            _text("territory", "The place it is responsible for, from small to large: huyện Lục Ngạn, tỉnh Bắc Giang."),
            _list("aliases", "Other spellings of the name, and short forms that a text defines"),
            _count("mentions", "How many posts are stated in it."),
        ),
        ("organisation_id",),
        (ForeignKey("parent_id", "organisations", "organisation_id"),),
    ),
    Table(
        "positions",
        "Who held which post when, from dated mentions and events. Unknown bounds are null.",
        (
            _text("person_id", "The person.", required=True),
            _text("title", "The post without its body.", required=True),
            _text("organisation_id", "The body."),
            _text("start_min", "Earliest day the post may have begun: that of an appointment, ISO.", pattern=DAY),
            _text(
                "start_max", "Latest day it may have begun: an appointment or the first mention as held.", pattern=DAY
            ),
            _text(
                "end_min", "Earliest day it may have ended: the last mention as held, or that of leaving.", pattern=DAY
            ),
            _text(
                "end_max", "Latest day it may have ended: that of leaving, or the first mention as former.", pattern=DAY
            ),
            _count("attestations", "How many mentions attest it."),
            _list("evidence", "Ids of those mentions and of those that state its events, in the order of the batch"),
        ),
        (),
        (
            ForeignKey("person_id", "people", "person_id"),
            ForeignKey("organisation_id", "organisations", "organisation_id"),
        ),
    ),
    Table(
        "position_events",
        "Appointments, elections, transfers, retirements, dismissals, as a text states them.",
        (
            _ARTICLE,
            _text("person_id", "The person."),
            _text("title", "The post without its body."),
            _text("organisation_id", "The body."),
            _enum("type", EventType, "What happened: the first four begin a post, the others end one.", required=True),
            _text(
                "date", "When: ISO day, month or year as far as the text says; XXXX for an unknown year.", pattern=EVENT
            ),
            _text("decided_by", "The body that decided it, as stated there."),
            _text("mention_id", "The role mention that states it; of a post that was left, the mention of the person."),
        ),
        (),
        (
            _ARTICLE_KEY,
            ForeignKey("person_id", "people", "person_id"),
            ForeignKey("organisation_id", "organisations", "organisation_id"),
        ),
    ),
    _INDICATORS,
    Table(
        "checks",
        "Contradictions found in an article. Nothing is repaired: what stands there and what was expected.",
        (
            _ARTICLE,
            _text(
                "kind",
                "date_conflict, term_conflict, sum_mismatch, field_conflict, layout_drift ...",
                required=True,
            ),
            _list("mention_ids", "Ids of the mentions concerned"),
            _text("found", "What the text says.", required=True),
            _text("expected", "What was expected.", required=True),
            _text("message", "The same in a sentence.", required=True),
        ),
        (),
        (_ARTICLE_KEY,),
        ("article_id",),
    ),
    Table(
        "rejects",
        "Sources and articles that could not be used, each with its reason. Nothing is lost silently.",
        (
            _text("source_path", "The input file as it was given.", required=True),
            _text("source_record", "Which record of that file; null where the file is the article."),
            _enum("stage", ("read", "extract", "resolve", "dataset"), "Where it failed.", required=True),
            _enum("reason", REJECT_REASONS, "Why it failed.", required=True),
            _text("detail", "What exactly was wrong.", required=True),
        ),
    ),
)

TABLE: dict[str, Table] = {table.name: table for table in TABLES}
MENTION_TABLE: dict[Family, Table] = {table.family: table for table in TABLES if table.family is not None}
