"""The registry of issued documents: CSV data with provenance, checked on load, and looked up by number, term and title.

Columns of `registry/documents.csv`: id (design §5), type in full words, number and symbol as issued, issuer's code,
issue day (ISO, empty where no source is sure of it), term (Roman, Party documents), plenum session, title, aliases
separated by ";", certainty (A: two sources or sure, B: one source, C: weak) and source ("recall": general knowledge,
never A). Users add files of the same columns with `use_registry` (`--registry` on the command line).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from bantin.datafile import packaged, read_csv
from bantin.errors import DataFileError
from bantin.text import fold_key

DOCUMENT_COLUMNS = (
    "id", "type", "number", "symbol", "issuer", "issued", "term", "session", "title", "aliases", "certainty", "source",
)  # fmt: skip
_ID = re.compile(r"vn:(?:dang:[a-z\d-]+:[ivx]+|nn:[a-z\d-]+:\d{4}):[a-z]+:[\da-zđ.]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One registered document. `issued` is the day of issue, None where it is not known for certain; `term` and
    `session` are empty for the State.
    """

    id: str
    type: str
    number: str
    symbol: str
    issuer: str
    issued: date | None
    term: str
    session: str
    title: str
    aliases: tuple[str, ...]
    certainty: str
    source: str
    day: str = field(init=False)
    """The day of issue in ISO form, empty where it is not known."""
    key: tuple[str, str, str] = field(init=False)
    """Body, type and number, as they stand in the id."""

    def __post_init__(self) -> None:
        _, _, body, _, kind, number = self.id.split(":")
        object.__setattr__(self, "day", self.issued.isoformat() if self.issued else "")
        object.__setattr__(self, "key", (body, kind, number))

    @property
    def body(self) -> str:
        """The slug of the body in the id: "tw", "cp"."""
        return self.key[0]

    def there_on(self, day: date | None) -> bool:
        """Whether the document may have existed on a day; without a day, or an issue day, it may."""
        return day is None or self.issued is None or self.issued <= day


@dataclass(frozen=True, slots=True)
class Plenum:
    """A plenum of the Central Committee: when it closed, and the document that its ordinal means by convention."""

    term: str
    session: str
    closed: date
    by_convention: str


class Registry:
    """Documents by id and by number; terms and plenums by date. Raises DataFileError on any fact that cannot be."""

    def __init__(
        self,
        documents: Iterable[Document],
        terms: Iterable[tuple[str, date]],
        plenums: Iterable[Plenum],
        relations: Iterable[tuple[str, str, str]],
        source: object = "registry",
        *,
        rows: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._source, self._rows = source, rows
        self.by_id = {d.id: d for d in documents}
        self.terms = tuple(terms)
        self.plenums = {(p.term, p.session): p for p in plenums}
        self.relations = tuple(relations)
        self._starts = [closed for _, closed in self.terms]
        self._numbers: dict[tuple[str, str, str], list[Document]] = {}
        self._short: dict[tuple[str, str], list[Document]] = {}
        self._given: dict[tuple[str, str, str], list[Document]] = {}
        self._types: dict[str, list[Document]] = {}
        self._titles: dict[str, list[Document]] = {}
        self._aliases: dict[str, list[Document]] = {}
        for d in sorted(self.by_id.values(), key=lambda d: (d.day, d.id)):
            body, kind, number = d.key
            self._types.setdefault(kind, []).append(d)
            self._numbers.setdefault((body, kind, number.lstrip("0")), []).append(d)
            self._short.setdefault((kind, number.lstrip("0")), []).append(d)
            if number.isdigit():
                self._given.setdefault((body, kind, d.term), []).append(d)
            if d.title:
                self._titles.setdefault(fold_key(d.title), []).append(d)
            for alias in d.aliases:
                self._aliases.setdefault(fold_key(alias), []).append(d)
        self._check()

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.by_id.values())

    def of_type(self, kind: str | None) -> list[Document]:
        """Documents of any body with this type code, oldest first."""
        return list(self._types.get(kind or "", ()))

    def numbered(self, body: str, kind: str, number: str) -> list[Document]:
        """Documents of one body, type code and number over all terms and years, oldest first."""
        return list(self._numbers.get((body, kind, number.lstrip("0")), ()))

    def short(self, kind: str, number: str) -> list[Document]:
        """Documents of any body with this type code and number, oldest first."""
        return list(self._short.get((kind, number.lstrip("0")), ()))

    def titled(self, title: str) -> list[Document]:
        """Documents with exactly this title, oldest first."""
        return list(self._titles.get(fold_key(title), ()))

    def alias(self, name: str) -> list[Document]:
        """Documents known by this short name ("Chỉ thị 16"), oldest first."""
        return list(self._aliases.get(fold_key(name), ()))

    def term_on(self, day: date) -> str | None:
        """The Central Committee's term in force on a day; None on the day a congress closes, which belongs to both."""
        i = bisect_left(self._starts, day)
        if i < len(self._starts) and self._starts[i] == day:
            return None
        return self.terms[i - 1][0] if i else None

    def terms_since(self, issued: date, day: date) -> list[str]:
        """The Central Committee's terms that began after `issued` and not after `day`, oldest first."""
        return [term for term, closed in self.terms if issued <= closed < day]

    def given(self, body: str, kind: str, term: str) -> list[Document]:
        """Documents of one body and type code in one term whose numbers are plain."""
        return list(self._given.get((body, kind, term), ()))

    def with_file(self, file: Path) -> Registry:
        """This registry and a user's own documents. Raises DataFileError on a wrong row or an id given twice."""
        own = _documents(file)
        rows = {d.id: f"row {n}, {d.id}" for n, d in enumerate(own, 1)}
        if twice := next((d.id for d in own if d.id in self.by_id), None):
            raise DataFileError(file, rows[twice], "this id is registered already; leave the row out")
        return Registry([*self, *own], self.terms, self.plenums.values(), self.relations, file, rows=rows)

    def _check(self) -> None:
        for d in self.by_id.values():
            record = self._rows.get(d.id, d.id)
            if d.term and d.id.split(":")[3] != d.term.lower():
                raise DataFileError(
                    self._source, record, f"term {d.term} is not the one of the id; write the same in both"
                )
            known = dict(self.terms)
            if d.issued is None:
                continue
            if d.term and d.term in known:
                in_force = self.term_on(d.issued)
                if in_force is not None and in_force != d.term:
                    raise DataFileError(
                        self._source,
                        record,
                        f"issued {d.issued} in term {in_force}, not {d.term}; correct the day, or the term and the id",
                    )
            elif not d.term and d.id.split(":")[3] != str(d.issued.year):
                raise DataFileError(
                    self._source, record, f"issued {d.issued} is not of the year of the id; write the same in both"
                )
        for subject, _, other in self.relations:
            for end in (subject, other):
                if end not in self.by_id:
                    raise DataFileError(self._source, subject, f"relation to {end}, which is not registered")
        for p in self.plenums.values():
            if p.by_convention and p.by_convention not in self.by_id:
                raise DataFileError(
                    self._source, f"plenum {p.session} {p.term}", f"{p.by_convention} is not registered"
                )

    def out_of_order(self) -> list[tuple[Document, Document]]:
        """Pairs of one body, type and term whose numbers fall while their dates rise by over a month.

        Numbers are given when a paper is registered, so a plenum's resolutions may be signed a little out of order.
        """
        groups: dict[tuple[str, str, str], list[tuple[date, Document]]] = {}
        for d in self.by_id.values():
            if d.number.isdigit() and d.term and d.issued:
                groups.setdefault((d.body, d.key[1], d.term), []).append((d.issued, d))
        wrong = []
        for group in groups.values():
            group.sort(key=lambda e: (e[0], int(e[1].number)))
            high, highest = group[0]
            for day, d in group[1:]:
                if int(d.number) > int(highest.number):
                    high, highest = day, d
                elif (day - high).days > 31:
                    wrong.append((highest, d))
        return wrong


def _day(file: object, record: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DataFileError(file, record, f"{text!r} is not an ISO day") from None


def _documents(file: Path | Traversable) -> list[Document]:
    """The rows of a file. Raises DataFileError with the file, the row (counted below the header) and its id."""
    out: list[Document] = []
    seen: set[str] = set()
    for number, r in enumerate(read_csv(file, DOCUMENT_COLUMNS), 1):
        record = f"row {number}, {r['id']}"
        if problem := _problem(r, seen):
            raise DataFileError(file, record, problem)
        seen.add(r["id"])
        issued = _day(file, record, r["issued"]) if r["issued"] else None
        aliases = tuple(a.strip() for a in r["aliases"].split(";") if a.strip())
        out.append(Document(**{**r, "issued": issued, "aliases": aliases}))  # type: ignore[arg-type]
    return out


def _problem(row: Mapping[str, str], seen: set[str]) -> str | None:
    """What is wrong with a row by itself, and how it is mended; None if nothing is."""
    if not _ID.fullmatch(row["id"]):
        return "not an id; write vn:dang:<body>:<term>:<type>:<number> or vn:nn:<body>:<year>:<type>:<number>"
    if row["id"] in seen:
        return "this id stands twice; leave one row out"
    number = row["id"].rpartition(":")[2]
    if number not in ("dh", row["number"].lower()):
        return f"the id says number {number!r}, the column number {row['number']!r}; write the same in both"
    if not row["type"]:
        return "no type; write it in full words, as Nghị quyết"
    if row["symbol"] and not row["symbol"].startswith(row["number"]):
        return f"symbol {row['symbol']!r} does not begin with the number {row['number']!r}"
    if row["certainty"] not in ("A", "B", "C"):
        return f"certainty {row['certainty']!r} is not A (two sources or sure), B (one source) or C (weak)"
    if not row["source"]:
        return "no source; say where the fact was read"
    if row["source"] == "recall" and row["certainty"] == "A":
        return "certainty A needs a source that can be read; recall is B at most"
    return None


@dataclass(frozen=True, slots=True)
class Body:
    """An issuer's code: its slug in ids (empty for local bodies), its regime and its name."""

    code: str
    slug: str
    regime: str
    name: str


@cache
def bodies() -> dict[str, Body]:
    """Issuers' codes, folded, to what they stand for."""
    rows = read_csv(packaged("registry", "bodies.csv"), ("code", "slug", "regime", "name"))
    return {fold_key(r["code"]): Body(r["code"], r["slug"], r["regime"], r["name"]) for r in rows}


@cache
def _committee_terms() -> tuple[tuple[str, str, date, date], ...]:
    columns = ("committee", "term", "first", "last", "source")
    rows = read_csv(packaged("registry", "committee_terms.csv"), columns)
    name = "committee_terms.csv"
    return tuple(
        (r["committee"], r["term"], _day(name, r["committee"], r["first"]), _day(name, r["committee"], r["last"]))
        for r in rows
    )


def committee_term(committee: str, day: date) -> str | None:
    """The term of a local committee that a day certainly lies in, or None where no source says so."""
    return next((t for c, t, first, last in _committee_terms() if c == committee and first <= day <= last), None)


_added: list[Path] = []


def use_registry(*files: str | Path) -> None:
    """From now on this process knows the documents of these files beside the packaged ones; with no file, only those.

    A file is CSV in UTF-8 with the columns of `registry/documents.csv`, read at once. Raises DataFileError with file,
    row and fix where a row is wrong or an id is registered already, and then changes nothing.
    """
    _registry.cache_clear()
    paths = tuple(Path(f).resolve() for f in files)
    _registry(paths)
    _added[:] = paths


def added_registries() -> tuple[Path, ...]:
    """The files that `use_registry` has added."""
    return tuple(_added)


def load_registry() -> Registry:
    """The packaged registry and what users have added to it. Raises DataFileError with file and row of a wrong fact."""
    return _registry(tuple(_added))


@cache
def _registry(added: tuple[Path, ...]) -> Registry:
    registry = _packaged()
    for file in added:
        registry = registry.with_file(file)
    return registry


@cache
def _packaged() -> Registry:
    file = packaged("registry", "documents.csv")
    terms = [
        (r["term"], _day("terms.csv", r["term"], r["congress_closed"]))
        for r in read_csv(packaged("registry", "terms.csv"), ("term", "congress_closed"))
    ]
    plenums = [
        Plenum(r["term"], r["session"], _day("plenums.csv", r["term"], r["closed"]), r["by_convention"])
        for r in read_csv(packaged("registry", "plenums.csv"), ("term", "session", "closed", "by_convention"))
    ]
    relations = [
        (r["subject"], r["relation"], r["object"])
        for r in read_csv(packaged("registry", "relations.csv"), ("subject", "relation", "object"))
    ]
    return Registry(_documents(file), terms, plenums, relations, file)
