"""Links across the articles of a batch: one id a document, and articles that repeat one another word for word.

Two passes over the batch in the order of its plan, so that nothing but what is distinct is held in memory. A document
that the registry knows keeps its id. Any other gets an id of the batch, and two mentions share it only if everything
that tells such documents apart agrees: a local committee's "Kế hoạch số 15-KH/TU" is not that of another site, and not
that of another year. A number alone ("Nghị quyết 42") that no issuer, term or year goes with names no document.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bantin.text import fold_key

_YEAR = re.compile(r"\d{4}")
_STATE_SYMBOL = re.compile(r"\d+[a-zđ]*/(?:19|20)\d\d/")
_CENTRAL = ("/tw", "-ttg", "-cp")
_LOCAL_STATE = re.compile(r"-(?:u[bđ]nd|hđnd)\b")
_TERM_YEARS = 5
"""A Party number restarts every term, so an undated mention may mean a document of at most so many years before."""

DESCRIBED = ("type", "number", "symbol", "issuer", "issued", "term", "session", "title")


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a document, as the batch sees it. Fields are those of `directive_mentions`."""

    text: str
    kind: str
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issued: str | None = None
    term: str | None = None
    session: str | None = None
    title: str | None = None
    directive_id: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Referrer:
    """The article that refers: who it is, what local names are local to, and its day of publication."""

    article_id: str
    scope: str
    published: str | None


@dataclass(slots=True)
class Document:
    """A document of the batch: what mentions say of it, and how often it is referred to."""

    directive_id: str
    registered: bool = False
    mentions: int = 0
    articles: int = 0
    first_published: str | None = None
    last_published: str | None = None
    said: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in DESCRIBED})

    def described(self, name: str) -> str | None:
        """What most mentions say of `name`; of equals the first in the batch."""
        said = self.said[name]
        return said.most_common(1)[0][0] if said else None


@dataclass(frozen=True, slots=True, order=True)
class _Key:
    """What tells unregistered documents apart. `year` is "" where no mention of the article states it."""

    type: str
    name: str
    issuer: str
    term: str
    scope: str
    year: str


class Directives:
    """The documents of a batch: `note` every article once, then `identify` every article in the same order."""

    def __init__(self) -> None:
        self._years: dict[_Key, set[str]] = {}
        self._documents: dict[str, Document] = {}

    def note(self, referrer: Referrer, references: Sequence[Reference]) -> None:
        """First pass: learns which documents are dated."""
        for key in _keys(referrer, references):
            if key is not None:
                self._years.setdefault(replace(key, year=""), set()).add(key.year)

    def identify(self, referrer: Referrer, references: Sequence[Reference]) -> list[str | None]:
        """Second pass: the id of the document each reference names, None where that cannot be told. Counts it."""
        ids: list[str | None] = []
        for reference, key in zip(references, _keys(referrer, references), strict=True):
            known = reference.directive_id or (None if key is None else self._id(self._dated(key, referrer)))
            ids.append(known)
            if known is not None:
                document = self._documents.setdefault(known, Document(known))
                document.registered |= reference.resolution in ("exact", "context")
                document.mentions += 1
                for name, said in document.said.items():
                    if value := getattr(reference, name):
                        said[value] += 1
        for known in dict.fromkeys(ids):
            if known is not None:
                self._count(self._documents[known], referrer)
        return ids

    def documents(self) -> list[Document]:
        """Every document identified so far, by id."""
        return [self._documents[known] for known in sorted(self._documents)]

    def _count(self, document: Document, referrer: Referrer) -> None:
        document.articles += 1
        if day := referrer.published and referrer.published[:10]:
            document.first_published = min(document.first_published or day, day)
            document.last_published = max(document.last_published or day, day)

    def _dated(self, key: _Key, referrer: Referrer) -> _Key:
        """The key of the one dated document that an undated mention can mean; else the key as it is."""
        if key.year:
            return key
        years = {y for y in self._years[key] if y}
        if referrer.published:
            published = int(referrer.published[:4])
            years = {y for y in years if published - _TERM_YEARS <= int(y) <= published}
        return replace(key, year=years.pop()) if len(years) == 1 else key

    @staticmethod
    def _id(key: _Key) -> str:
        parts = (key.type, key.name, key.issuer, key.term, key.scope, key.year)
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
        return f"batch:{re.sub(r'[^0-9a-zđ]+', '-', key.name).strip('-')[:40]}:{digest}"


def _keys(referrer: Referrer, references: Sequence[Reference]) -> list[_Key | None]:
    """The key of each reference, completed from other mentions of the same document in the same article."""
    keys = [None if r.directive_id or r.resolution == "ambiguous" else _key(referrer, r) for r in references]
    same: dict[tuple[str, str], list[_Key]] = {}
    for key in keys:
        if key is not None:
            same.setdefault((key.type, key.name), []).append(key)
    return [None if key is None else _identifying(_completed(key, same[key.type, key.name])) for key in keys]


def _key(referrer: Referrer, r: Reference) -> _Key | None:
    issued = _YEAR.match(r.issued or "")
    year = issued.group() if issued else ""
    issuer, term = fold_key(r.issuer or ""), fold_key(r.term or "")
    kind = fold_key(r.type or "")
    match r.kind:
        case "symbol" if r.symbol:
            symbol = fold_key(r.symbol)
            if _STATE_SYMBOL.match(symbol) and not _LOCAL_STATE.search(symbol):
                return _Key(kind, symbol, "", "", "", "")  # the year is in the symbol, and the State has one of it
            scope = "" if symbol.endswith(_CENTRAL) else referrer.scope
            return _Key(kind, symbol, issuer, term, scope, year)
        case "number" if r.number:
            return _Key(kind, fold_key(r.number), issuer, term, referrer.scope, year)
        case "session" if r.session or r.term:
            return _Key(kind, f"{fold_key(r.session or '')}/{term}", issuer, term, referrer.scope, "")
        case "named":
            return _Key(kind, fold_key(r.title or r.text), "", "", "", "")
    return None


def _completed(key: _Key, same: Iterable[_Key]) -> _Key:
    """`key` with issuer, term and year of its namesakes in the article, where these are of one mind."""
    known = {name: {v for k in same if (v := getattr(k, name))} for name in ("issuer", "term", "year")}
    missing = {name: min(v) for name, v in known.items() if len(v) == 1 and not getattr(key, name)}
    return replace(key, **missing)


def _identifying(key: _Key) -> _Key | None:
    alone = key.name.isdigit() and not (key.issuer or key.term or key.year)
    return None if alone else key


@dataclass(frozen=True, slots=True)
class Edition:
    """An article as duplicates are found among: the digest of its folded words, and when it was published."""

    article_id: str
    published: str | None
    digest: str


def exact_duplicates(editions: Iterable[Edition]) -> dict[str, str]:
    """Article id -> id of the article it repeats: the earliest published of those with the same words.

    Of equals, and where no time is known, the first in the batch. Links only: nothing is left out.
    """
    groups: dict[str, list[Edition]] = {}
    for edition in editions:
        groups.setdefault(edition.digest, []).append(edition)
    links: dict[str, str] = {}
    for group in groups.values():
        first = min(group, key=lambda e: (e.published is None, e.published or ""))
        links |= {e.article_id: first.article_id for e in group if e is not first}
    return links
