"""Part files: what one chunk of the batch yields, on its way into the tables.

A chunk writes into a folder of its own under a temporary name, which is renamed when every byte is written. So what it
yields is whole or absent, however a worker ends. A chunk that is one large file gives several parts, for whoever reads
a part may hold all of it. Parts are folders of Arrow files and live no longer than the run, so nobody waits until they
are on disk: where the machine ends, so does the run.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bantin.dataset import arrow
from bantin.dataset.editions import EDITIONS, edition_row, editions_schema, sketched
from bantin.dataset.rows import Row, Rows, article_rows, reject_row
from bantin.dataset.schema import TABLES, Column
from bantin.resolve.bodies import Naming
from bantin.resolve.events import PositionEvent
from bantin.types import Article, Check, Mention, Reject, Relation

if TYPE_CHECKING:
    import pyarrow as pa

_BAD_CELL = (ValueError, TypeError, OverflowError)

CHARACTERS_A_BATCH = 1_000_000
"""Text held in memory before it is written."""

CHARACTERS_A_PART = 8_000_000
"""Text after which a chunk begins another part."""

PERSON = Column("person_mention_id", "string", "The mention of the person of an event; stands in parts only.")
_MORE = {"position_events": PERSON}
_NAMES = (*(t.name for t in TABLES), EDITIONS)


class PartWriter:
    """Writes the rows of one chunk. Use as a context manager: leaving it without an error makes its parts whole."""

    def __init__(self, parts: Path, index: int) -> None:
        self.counts: dict[str, int] = {}
        self.reasons: dict[str, int] = {}
        self.characters = 0
        self._final = _chunk_folder(parts, index)
        self._temporary = self._final.with_suffix(".tmp")
        self._folder = self._temporary / _part_name(0)
        self._parts = 0
        self._in_part = 0
        self._held: list[tuple[Article, Rows]] = []
        self._rejects: list[Row] = []
        self._ids: dict[str, int] = {}
        self._size = 0
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> PartWriter:
        shutil.rmtree(self._temporary, ignore_errors=True)  # left by a worker that died here
        self._folder.mkdir(parents=True)
        return self

    def add(
        self,
        article: Article,
        mentions: Sequence[Mention[Any]],
        checks: Sequence[Check],
        events: Sequence[PositionEvent] = (),
        bodies: Sequence[Naming] = (),
        *,
        relations: Sequence[Relation] = (),
    ) -> None:
        """Takes an article. Raises ValueError if a mention does not quote its text; nothing is taken then.

        The second of two copies (same name, same text, in two folders) has `-2` behind its id.
        """
        article_id = self._unused(article.article_id)
        if article_id != article.article_id:
            article = replace(article, article_id=article_id)
        rows = article_rows(article, mentions, checks, events, bodies, relations=relations)
        rows[EDITIONS] = [edition_row(article)]
        self._held.append((article, rows))
        self._size += len(article.text)
        self._in_part += len(article.text)
        self.characters += len(article.text)
        if self._size >= CHARACTERS_A_BATCH:
            self._flush()
            if self._in_part >= CHARACTERS_A_PART:
                self._begin_part()

    def reject(self, reject: Reject) -> None:
        """Takes a reject. Characters that UTF-8 cannot hold are replaced, so that it always has its row."""
        row = (c if c is None else c.encode("utf-8", "replace").decode() for c in reject_row(reject))
        self._rejects.append(tuple(row))
        self.reasons[reject.reason] = self.reasons.get(reject.reason, 0) + 1

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                if self._rejects:
                    self._write("rejects", arrow.batch(part_schema("rejects"), self._rejects))
        finally:
            self._close()
        if kind is None:
            shutil.rmtree(self._final, ignore_errors=True)
            self._temporary.rename(self._final)
        else:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _begin_part(self) -> None:
        self._close()
        self._writers.clear()
        self._parts += 1
        self._in_part = 0
        self._folder = self._temporary / _part_name(self._parts)
        self._folder.mkdir()

    def _close(self) -> None:
        for writer, file in self._writers.values():
            writer.close()
            file.close()

    def _unused(self, article_id: str) -> str:
        count = self._ids[article_id] = self._ids.get(article_id, 0) + 1
        return article_id if count == 1 else f"{article_id}-{count}"

    def _flush(self) -> None:
        try:
            batches = _batches(self._held)
        except _BAD_CELL:
            batches = _batches([held for held in self._held if self._holds(held)])
        for name, one in batches.items():
            self._write(name, one)
        self._held, self._size = [], 0

    def _holds(self, held: tuple[Article, Rows]) -> bool:
        article, _ = held
        try:
            _batches([held])
        except _BAD_CELL as e:
            detail = f"a row that its table cannot hold: {e}"
            self.reject(Reject(article.source_path, article.source_record, "dataset", "internal", detail))
            return False
        return True

    def _write(self, name: str, one: pa.RecordBatch) -> None:
        import pyarrow as pa

        if name not in self._writers:
            # Editions are looked up one by one, so they lie as they are; hashes would not shrink anyway.
            options = pa.ipc.IpcWriteOptions(compression=None if name == EDITIONS else "lz4", use_threads=False)
            file = pa.OSFile(str(self._folder / f"{name}.arrow"), "wb")
            self._writers[name] = pa.ipc.new_file(file, one.schema, options=options), file
        self._writers[name][0].write_batch(one)
        self.counts[name] = self.counts.get(name, 0) + one.num_rows


def parts_of(parts: Path, index: int) -> list[Path]:
    """The parts of chunk `index` in their order; none while it is not whole."""
    folder = _chunk_folder(parts, index)
    return sorted(folder.iterdir()) if folder.exists() else []


def _chunk_folder(parts: Path, index: int) -> Path:
    """Where the parts of a chunk stand once they are whole; a thousand chunks to a folder."""
    return parts / f"{index // 1000:06d}" / f"{index:09d}"


def _part_name(number: int) -> str:
    return f"{number:06d}"


def part_schema(table: str) -> pa.Schema:
    """The schema of a table's part: that of the table, and behind it what only the merge needs."""
    if table == EDITIONS:
        return editions_schema()
    return arrow.schema_with(table, _MORE[table]) if table in _MORE else arrow.schema(table)


def read_part(part: Path, table: str, columns: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
    """The batches of one table of one part, in order; of some columns only where they are named."""
    import pyarrow as pa

    file = part / f"{table}.arrow"
    if not file.exists():
        return
    fields = [part_schema(table).get_field_index(name) for name in columns]
    # A thread for each column of a small part costs more than it reads.
    options = pa.ipc.IpcReadOptions(use_threads=False, included_fields=fields or None)
    with pa.memory_map(str(file)) as source, pa.ipc.open_file(source, options=options) as reader:
        for i in range(reader.num_record_batches):
            one = reader.get_batch(i)
            yield one.select(list(columns)) if columns else one


def _batches(held: Sequence[tuple[Article, Rows]]) -> dict[str, pa.RecordBatch]:
    merged: Rows = {}
    for _, rows in held:
        for name, own in rows.items():
            merged.setdefault(name, []).extend(own)
    if held:
        merged[EDITIONS] = sketched(merged[EDITIONS])
    return {name: arrow.batch(part_schema(name), merged[name]) for name in _NAMES if merged.get(name)}
