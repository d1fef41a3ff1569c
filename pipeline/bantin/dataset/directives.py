"""The documents of a batch on their way into the tables: what each article says of them lies on disk, not in memory.

Two passes over the batch in the order of its plan. The first learns what is said of each document, the second tells
which document each mention names, and counts. Memory holds the documents of one part, whatever the size of the batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from bantin.dataset.rows import Row
from bantin.dataset.sqlite import opened
from bantin.resolve.across import (
    DESCRIBED,
    Document,
    Key,
    Reference,
    Referrer,
    another_day,
    batch_id,
    certain_keys,
    days_told,
    fullest,
    keys_of,
    registered,
)

_TABLES = """
CREATE TABLE described (bare BLOB, key BLOB, directive_id TEXT, PRIMARY KEY (bare, key, directive_id)) WITHOUT ROWID;
CREATE TABLE day (directive_id TEXT, day TEXT, articles INTEGER, PRIMARY KEY (directive_id, day));
CREATE TABLE document (directive_id TEXT, payload BLOB);
"""
_encode = msgspec.msgpack.Encoder().encode
_key, _document = msgspec.msgpack.Decoder(Key).decode, msgspec.msgpack.Decoder(Document).decode


class Directives:
    """`note` every article of the batch, then `identify` every article in the same order, then read the `rows`.

    Say `flush` behind each part, in both passes. Close it at the end.
    """

    def __init__(self, file: Path | str) -> None:
        self._noted: dict[tuple[Key, str], None] = {}
        self._told: Counter[tuple[str, str]] = Counter()
        self._known: dict[Key, dict[Key, set[str]]] = {}
        self._days: dict[str, Counter[str]] = {}
        self._documents: dict[str, Document] = {}
        self._db = opened(file, "cache_size = -8000")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Closes the scratch file."""
        self._db.close()

    def note(self, referrer: Referrer, references: Sequence[Reference]) -> None:
        """First pass: learns what an article says of each document."""
        self._noted |= {(key, ""): None for key in keys_of(referrer, references) if key is not None}
        self._noted |= dict.fromkeys(certain_keys(referrer, references))
        self._told.update(days_told(references))

    def identify(self, referrer: Referrer, references: Sequence[Reference]) -> list[str | None]:
        """Second pass: the id of the document each reference names, None where that cannot be told. Counts it."""
        ids: list[str | None] = []
        for reference, key in zip(references, keys_of(referrer, references), strict=True):
            known = reference.directive_id or (None if key is None else self._id(key, referrer))
            ids.append(known)
            if known is not None:
                document = self._documents.get(known)
                if document is None:
                    document = self._documents[known] = Document()
                document.note_mention(reference)
        day = referrer.published and referrer.published[:10]
        for known in dict.fromkeys(ids):
            if known is not None:
                self._documents[known].articles += 1
                self._documents[known].note_days(day, day)
        return ids

    def another_day(self, reference: Reference) -> str | None:
        """The issue day that the batch gives a document that no registry holds, where a mention states another."""
        known = reference.directive_id
        if not known or not reference.issued:
            return None
        if known not in self._days:
            found = self._db.execute("SELECT day, articles FROM day WHERE directive_id = ? ORDER BY rowid", (known,))
            self._days[known] = Counter(dict(found))
        return another_day(reference.issued, self._days[known])

    def flush(self) -> None:
        """Puts on disk what is held of a part."""
        described = [(_encode(key.bare), _encode(key), known) for key, known in self._noted]
        days = [(*told, articles) for told, articles in self._told.items()]
        documents = [(known, _encode(document)) for known, document in self._documents.items()]
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO described VALUES (?, ?, ?)", described)
        self._db.executemany(
            "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles", days
        )
        self._db.executemany("INSERT INTO document VALUES (?, ?)", documents)
        self._db.execute("COMMIT")
        for held in (self._noted, self._told, self._known, self._days, self._documents):
            held.clear()

    def rows(self) -> Iterator[Row]:
        """The rows of `directives`, by id."""
        found = self._db.execute("SELECT directive_id, payload FROM document ORDER BY directive_id, rowid")
        for known, parts in groupby(found, key=lambda row: row[0]):
            document, facts = Document(), registered(known)
            for _, payload in parts:
                document.add(_document(payload))
            yield (
                known, *(document.described(name, facts) for name in DESCRIBED), bool(facts),
                document.mentions, document.articles, document.first_published, document.last_published,
            )  # fmt: skip

    def _id(self, key: Key, referrer: Referrer) -> str:
        """The id that a mention of this description was given within its article, else one of the batch."""
        said = self._said(key.bare)
        meant = fullest(key, said, referrer)
        named = said[meant]
        return next(iter(named)) if len(named) == 1 else batch_id(meant)

    def _said(self, bare: Key) -> dict[Key, set[str]]:
        """Every description of what has this name, with the ids that articles gave it for certain."""
        if bare not in self._known:
            said = self._known[bare] = {}
            found = self._db.execute("SELECT key, directive_id FROM described WHERE bare = ?", (_encode(bare),))
            for key, known in found:
                said.setdefault(_key(key), set()).update([known] if known else ())
        return self._known[bare]
