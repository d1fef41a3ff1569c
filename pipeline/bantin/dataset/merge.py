"""Part files into tables: what holds across the batch is settled first, then every table is written in plan order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bantin.dataset import arrow
from bantin.dataset.directives import Directives
from bantin.dataset.duplicates import find_duplicates
from bantin.dataset.identity import renamed, with_new_ids
from bantin.dataset.organisations import Organisations
from bantin.dataset.parts import read_part
from bantin.dataset.people import People, mention_key
from bantin.dataset.rows import Row, json_array
from bantin.dataset.schema import TABLES
from bantin.resolve.across import Reference, Referrer
from bantin.types import DUPLICATE_KINDS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_BATCH = 10_000
Read = Callable[[Path, str, Sequence[str]], Iterator["pa.RecordBatch"]]
_REFERENCE = Reference.__struct_fields__


def merge(parts: Sequence[Path], out: Path, done: Callable[[str], None]) -> dict[str, int]:
    """Writes one Parquet file a table into `out` and returns the rows of each; calls `done` with each table's name.

    Memory: one row group, the distinct bodies of the batch, what articles say of one name, and of each article some 70
    bytes to find duplicates by. What is sorted or linked by name goes through scratch files beside `out`.
    """
    new = renamed(parts)

    def read(part: Path, table: str, columns: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
        for b in read_part(part, table, columns):
            yield with_new_ids(b, new[part]) if part in new else b

    organisations = Organisations(parts, read)
    written: dict[str, int] = {}
    days: list[Row] = []

    def write(name: str, batches: Iterable[pa.RecordBatch]) -> None:
        written[name] = arrow.write_parquet(out / f"{name}.parquet", arrow.schema(name), batches)
        done(name)

    write("articles", _with_duplicates(parts, read, out.parent))
    with closing(_directives(parts, read, out.parent / "directives.sqlite")) as directives:
        # The documents are counted while their mentions are written, so they come right behind them.
        write("directive_mentions", (b for part in parts for b in _identified(part, read, directives, days)))
        write("directives", _batches("directives", directives.rows()))
    with closing(_people(parts, read, out.parent / "people.sqlite", organisations)) as people:
        of_mention = _Mentions(people)
        write("person_mentions", (b for n, part in enumerate(parts) for b in of_mention.people(n, part, read)))
        write("people", _batches("people", people.rows()))
        write("positions", _batches("positions", people.positions()))
        write("position_events", (b for n, part in enumerate(parts) for b in of_mention.events(n, part, read)))
        own = (b for part in parts for b in read(part, "checks"))
        write("checks", chain(own, _batches("checks", days), _batches("checks", people.conflicts())))
    write("organisations", _batches("organisations", organisations.rows()))
    write("directive_relations", _between_documents(parts, read, out / "directive_mentions.parquet"))
    for table in TABLES:
        if table.name not in written:
            write(table.name, (b for part in parts for b in read(part, table.name)))
    return {table.name: written[table.name] for table in TABLES}


def _with_duplicates(parts: Sequence[Path], read: Read, scratch: Path) -> Iterator[pa.RecordBatch]:
    """The articles of the batch, each with the one that it repeats and how."""
    import numpy as np
    import pyarrow as pa

    links = find_duplicates(parts, scratch)
    repeating = links.repeating
    wanted = np.unique(links.of[repeating])
    found: list[pa.Array] = [pa.array([], pa.string())]
    at = 0
    for part in parts if len(wanted) else ():
        for b in read(part, "articles", ("article_id",)):
            some = slice(*np.searchsorted(wanted, (at, at + b.num_rows)))
            found.append(b.column(0).take(pa.array(wanted[some] - at)))
            at += b.num_rows
    ids, kinds = pa.concat_arrays(found), pa.array(DUPLICATE_KINDS)
    schema = arrow.schema("articles")
    at = 0
    for part in parts:
        for b in read(part, "articles", ()):
            mine = slice(at, at + b.num_rows)
            none = ~repeating[mine]
            at += b.num_rows
            new = {
                "duplicate_of": ids.take(pa.array(np.searchsorted(wanted, links.of[mine]), mask=none)),
                "duplicate_kind": kinds.take(pa.array(links.kinds[mine], mask=none)),
            }
            yield pa.RecordBatch.from_arrays([new.get(n, b.column(n)) for n in schema.names], schema=schema)


def _references(part: Path, read: Read) -> Iterator[tuple[Referrer, list[Reference], list[int]]]:
    """Each article of a part that refers to documents: who it is, its references, and their rows in the part."""
    referrers = {
        article_id: Referrer(article_id, site or publisher or article_id, published)
        for b in read(part, "articles", ("article_id", "site", "publisher", "published"))
        for article_id, site, publisher, published in zip(*(c.to_pylist() for c in b.columns), strict=True)
    }
    found: dict[str, tuple[list[Reference], list[int]]] = {}
    row = 0
    for b in read(part, "directive_mentions", ("article_id", *_REFERENCE)):
        for article_id, *cells in zip(*(c.to_pylist() for c in b.columns), strict=True):
            references, rows = found.setdefault(article_id, ([], []))
            references.append(Reference(*cells))
            rows.append(row)
            row += 1
    for article_id, (references, rows) in found.items():
        yield referrers[article_id], references, rows


def _directives(parts: Sequence[Path], read: Read, scratch: Path) -> Directives:
    directives = Directives(scratch)
    for part in parts:
        for referrer, references, _ in _references(part, read):
            directives.note(referrer, references)
        directives.flush()
    return directives


def _identified(part: Path, read: Read, directives: Directives, days: list[Row]) -> Iterator[pa.RecordBatch]:
    """The directive mentions of a part, each with the id of the document it names where that can be told.

    Notes in `days` a check for each mention whose issue day is not the one that the batch gives its document.
    """
    import pyarrow as pa

    ids: dict[int, str | None] = {}
    another: dict[int, str] = {}
    for referrer, references, rows in _references(part, read):
        ids.update(zip(rows, directives.identify(referrer, references), strict=True))
        another |= {row: day for row, r in zip(rows, references, strict=True) if (day := directives.another_day(r))}
    directives.flush()
    at = 0
    for b in read(part, "directive_mentions", ()):
        mine = [ids[at + i] for i in range(b.num_rows)]
        told = {i: another[at + i] for i in range(b.num_rows) if at + i in another}
        at += b.num_rows
        how = b.column("resolution").to_pylist()
        how = [h or (None if known is None else "unregistered") for h, known in zip(how, mine, strict=True)]
        new = {"directive_id": pa.array(mine, pa.string()), "resolution": pa.array(how, pa.string())}
        if told:
            new["flags"] = pa.array(_flagged(b, told), pa.string())
            days += _day_checks(b, told)
        yield pa.RecordBatch.from_arrays([new.get(n, b.column(n)) for n in b.schema.names], schema=b.schema)


def _flagged(b: pa.RecordBatch, told: Mapping[int, str]) -> list[str | None]:
    """The flags of mentions, with the issue day that the batch gives the document of some of them."""
    flags: list[str | None] = b.column("flags").to_pylist()
    issued = b.column("issued").to_pylist()
    for i, day in told.items():
        flags[i] = json_array([*json.loads(flags[i] or "[]"), f"date_conflict:{issued[i]}→{day}"])
    return flags


def _day_checks(b: pa.RecordBatch, told: Mapping[int, str]) -> Iterator[Row]:
    columns = ("article_id", "mention_id", "text", "issued")
    rows = list(zip(*(b.column(c).to_pylist() for c in columns), strict=True))
    for i, day in told.items():
        article_id, mention_id, text, issued = rows[i]
        message = f"{text}: other articles of the batch give another issue day ({issued} for {day})"
        yield article_id, "date_conflict", json_array([mention_id]), issued, day, message


def _between_documents(parts: Sequence[Path], read: Read, mentions: Path) -> Iterator[pa.RecordBatch]:
    """The relations between documents: those between mentions whose two documents are known and differ.

    `mentions` is the table of directive mentions, which stand there in the order of the parts.
    """
    import pyarrow.parquet as pq

    columns = ("mention_id", "directive_id")
    schema = arrow.schema("directive_relations")
    with pq.ParquetFile(mentions) as table:
        told = chain.from_iterable(_cells(b, columns) for b in table.iter_batches(columns=columns))
        for part in parts:
            count = sum(b.num_rows for b in read(part, "directive_mentions", ("mention_id",)))
            known = dict(islice(told, count))
            rows = []
            for b in read(part, "directive_relations", ()):
                for article_id, subject, kind, other, *evidence in _cells(b, b.schema.names):
                    one, two = known[subject], known[other]
                    if one is not None and two is not None and one != two:
                        rows.append((article_id, one, kind, two, *evidence))
            if rows:
                yield arrow.batch(schema, rows)


def _people(parts: Sequence[Path], read: Read, scratch: Path, organisations: Organisations) -> People:
    people = People(scratch, organisations.facts())
    for number, part in enumerate(parts):
        people.note(number, part, read)
    people.link()
    return people


class _Mentions:
    """The rows of a part that name a person, with the person's id."""

    def __init__(self, people: People) -> None:
        self._people = people

    def people(self, number: int, part: Path, read: Read) -> Iterator[pa.RecordBatch]:
        """The person mentions of a part."""
        import pyarrow as pa

        known = self._people.of_part(number)
        for b in read(part, "person_mentions", ()):
            ids = pa.array([_person(known, *row) for row in _cells(b, _NAMED)], pa.string())
            yield _with(b, "person_mentions", {"person_id": ids})

    def events(self, number: int, part: Path, read: Read) -> Iterator[pa.RecordBatch]:
        """The events of a part."""
        import pyarrow as pa

        known: Mapping[tuple[str, str, bool], str] | None = None
        of_mention: dict[str, str | None] = {}
        for b in read(part, "position_events", ()):
            if known is None:
                known = self._people.of_part(number)
                for named in read(part, "person_mentions", ("mention_id", *_NAMED)):
                    for mention_id, *row in _cells(named, ("mention_id", *_NAMED)):
                        of_mention[mention_id] = _person(known, *row)
            ids = [of_mention.get(m or "") for m in b.column("person_mention_id").to_pylist()]
            yield _with(b, "position_events", {"person_id": pa.array(ids, pa.string())})


_NAMED = ("article_id", "name", "mention_type")


def _person(known: Mapping[tuple[str, str, bool], str], article_id: str, name: str, kind: str) -> str | None:
    key = mention_key(name, kind)
    return None if key is None else known.get((article_id, key, kind == "byline"))


def _cells(b: pa.RecordBatch, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(b.column(c).to_pylist() for c in columns), strict=True)


def _with(b: pa.RecordBatch, table: str, new: Mapping[str, Any]) -> pa.RecordBatch:
    """A batch of a part in the schema of its table, with some columns filled."""
    import pyarrow as pa

    schema = arrow.schema(table)
    return pa.RecordBatch.from_arrays([new.get(n, b.column(n)) for n in schema.names], schema=schema)


def _batches(table: str, rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    some = iter(rows)
    while held := list(islice(some, ROWS_A_BATCH)):
        yield arrow.batch(arrow.schema(table), held)
