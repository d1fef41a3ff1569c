"""The main job: inputs to articles to rows to a dataset, on one process or many, with the same bytes on any number."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import sqlite3
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from bantin import __version__
from bantin.dataset import merge as merging
from bantin.dataset import sqlite
from bantin.dataset.descriptor import write_descriptor
from bantin.dataset.folder import OutputFolder, output_error
from bantin.dataset.parts import PartWriter, parts_of
from bantin.dataset.schema import TABLES
from bantin.engine import Extraction, extract_article
from bantin.errors import BudgetError, DataFileError, InputError, OutputError
from bantin.models import fingerprint
from bantin.read import Source, plan, read
from bantin.resolve.registry import added_registries, use_registry
from bantin.types import REJECT_REASONS, Article, Reject
from bantin.workers import Begin, Left, Step, map_tasks

BYTES_A_CHUNK = 1024 * 1024
"""Some three seconds of work: a chunk has files of its own, and less is not worth another process."""
MOST_BYTES_A_CHUNK = 8 * 1024 * 1024
CHUNKS_AIMED_AT = 4096
SOURCES_A_CHUNK = 1000
ARTICLES_A_WORD = 50
DETAIL_AT_MOST = 500
SECONDS_PER_ARTICLE = 300.0
"""A worker that is silent so long is ended, and what it was at becomes a reject. Some thousand times the usual."""

SELDOM = (100_000, 50, 100)
"""Thresholds of the cycle collector while a batch is done. Nearly all that an article makes is freed without it; at the
thresholds of Python it took a fourteenth of the time."""

Extract = Callable[[Article], Extraction]
Stage = Literal["reading", "tables", "sqlite"]
RejectStage = Literal["read", "extract", "resolve", "dataset"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` bytes of input (`reading`) or tables (`tables`, `sqlite`).

    `articles` counts those begun while reading, and those in the dataset from then on.
    """

    stage: Stage
    done: int
    total: int
    articles: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has written: rows of each table in the order of the schema, rejects by reason, characters read."""

    out: Path
    tables: Mapping[str, int]
    rejects: Mapping[str, int]
    sources: int
    characters: int

    @property
    def articles(self) -> int:
        return self.tables["articles"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the batch that one worker does at a time; `index` orders the parts."""

    index: int
    sources: tuple[Source, ...]
    parts: Path
    extract: Extract
    registries: tuple[Path, ...] = ()

    @property
    def size(self) -> int:
        return sum(s.size for s in self.sources)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a worker tells about a chunk it has done; the rows stand in its part."""

    articles: int
    characters: int
    reasons: dict[str, int] = field(default_factory=dict)


def run(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    workers: int = 1,
    replace: bool = False,
    progress: Callable[[Progress], None] | None = None,
    *,
    extract: Extract = extract_article,
    seconds_per_article: float = SECONDS_PER_ARTICLE,
) -> Summary:
    """Reads `inputs` (files and folders), extracts, and writes the dataset into the folder `out`.

    `out` appears when everything is written, and is left as it was if anything goes wrong. With `workers` over 1 so
    many processes share the work; the bytes are the same. `replace` lets a dataset take the place of the one in `out`.
    A fault in one article becomes a row of `rejects`; with several workers also one that takes `seconds_per_article`
    or ends its process. `extract` is what finds the mentions, a function of a module.
    Documents of the user's own registries (`use_registry`) are known in every process.
    Raises InputError for an input that cannot be used at all, OutputError where `out` cannot be written, and
    DataFileError (BantinError from a worker) for a rule or lexicon that cannot be loaded.
    """
    if workers < 1:
        raise InputError(f"{workers} workers cannot work; say 1 or more")
    given = [Path(inputs)] if isinstance(inputs, str | Path) else [Path(i) for i in inputs]
    folder = OutputFolder(Path(out), replace)
    folder.check()
    sources = _planned(given, folder)
    tell = progress or (lambda _: None)
    with folder, _seldom_collected():
        try:
            chunks = list(_chunks(sources, folder.work / "parts", extract))
            receipts = _read(chunks, workers, seconds_per_article, tell)
            return _write(given, chunks, receipts, folder, tell)
        except sqlite3.Error as e:
            number = errno.ENOSPC if "full" in str(e) else errno.EIO
            raise output_error(OSError(number, f"{sqlite.FILE}: {e}"), Path(out)) from e
        except OSError as e:
            raise output_error(e, Path(out)) from e


def _planned(given: Sequence[Path], folder: OutputFolder) -> list[Source]:
    for one in given:
        if Path(os.path.realpath(one)).is_relative_to(folder.out):
            raise OutputError(f"{folder.out}: --out would take the place of the input {one}; choose another folder")
    sources = plan(given, besides=folder.out)
    if not sources:
        raise InputError(f"nothing to read in {', '.join(map(str, given)) or 'no input'}; name a file or folder")
    return sources


def _chunks(sources: Sequence[Source], parts: Path, extract: Extract) -> Iterator[Chunk]:
    """The batch cut by bytes. Depends on the sources alone, so parts are the same for any number of workers."""
    total = sum(s.size for s in sources)
    most = min(max(BYTES_A_CHUNK, total // CHUNKS_AIMED_AT), MOST_BYTES_A_CHUNK)
    held: list[Source] = []
    size = index = 0
    for source in sources:
        if held and (size + source.size > most or len(held) >= SOURCES_A_CHUNK):
            yield Chunk(index, tuple(held), parts, extract, added_registries())
            held, size, index = [], 0, index + 1
        held.append(source)
        size += source.size
    if held:
        yield Chunk(index, tuple(held), parts, extract, added_registries())


def _read(
    chunks: Sequence[Chunk], workers: int, seconds_per_article: float, tell: Callable[[Progress], None]
) -> list[Receipt]:
    total, done, articles = sum(c.size for c in chunks), 0, 0
    receipts = []

    def begun(step: Step) -> None:
        nonlocal articles
        if step[1] % 2:  # an article, see do_chunk
            articles += 1
            if articles % ARTICLES_A_WORD == 0:
                tell(Progress("reading", done, total, articles))

    tell(Progress("reading", 0, total, 0))
    for index, receipt in _receipts(chunks, workers, seconds_per_article, begun):
        done += chunks[index].size
        receipts.append(receipt)
        tell(Progress("reading", done, total, articles))
    return receipts


def _receipts(
    chunks: Sequence[Chunk], workers: int, seconds_per_article: float, begun: Begin
) -> Iterator[tuple[int, Receipt]]:
    if workers > 1 and len(chunks) > 1:
        yield from map_tasks(do_chunk, chunks, workers, seconds_per_article, begun)
        return
    for chunk in chunks:
        yield chunk.index, do_chunk(chunk, {}, begun)


def do_chunk(chunk: Chunk, left: Mapping[Step, Left], begin: Begin) -> Receipt:
    """Reads and extracts the sources of a chunk into its part. Raises OSError if the part cannot be written.

    Steps are (source, 2n) for reading item n of a source and (source, 2n + 1) for extracting it; those in `left` are
    not taken, and become rejects.
    """
    if chunk.registries != added_registries():  # a worker starts with the packaged registry alone
        use_registry(*chunk.registries)
    with _seldom_collected(), PartWriter(chunk.parts, chunk.index) as part:
        for number, source in enumerate(chunk.sources):
            for n, item in enumerate(_items(source, number, left, begin)):
                if isinstance(item, Reject):
                    part.reject(item)
                    continue
                step = (number, 2 * n + 1)
                if step in left:
                    part.reject(_reject(item, "extract", left[step].reason, left[step].detail))
                    continue
                begin(step)
                _extract_into(part, item, chunk.extract)
    return Receipt(part.counts.get("articles", 0), part.characters, part.reasons)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """The collector looks for cycles at `SELDOM`, and as before behind it. One that was turned off stays so."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _items(source: Source, number: int, left: Mapping[Step, Left], begin: Begin) -> Iterator[Article | Reject]:
    """What `read` gives, with every fault of reading itself as a reject. After one the source cannot be read on."""
    items = iter(read(source))
    n = 0
    while True:
        step = (number, 2 * n)
        if step in left:
            yield Reject(source.label, None, "read", left[step].reason, f"{left[step].detail}, reading item {n + 1}")
            return
        begin(step)
        try:
            item = next(items, None)
        except Exception as e:  # noqa: BLE001 -- one source must never stop the batch
            yield Reject(source.label, None, "read", "internal", f"item {n + 1}: {_described(e)}")
            return
        if item is None:
            return
        yield item
        n += 1


def _extract_into(part: PartWriter, article: Article, extract: Extract) -> None:
    """Extracts an article into the part. One article must never stop the batch: any fault of its own is a reject."""
    try:
        found = extract(article)
    except DataFileError:  # a rule file that cannot be loaded is no fault of an article
        raise
    except BudgetError as e:
        part.reject(_reject(article, _stage(e), "budget", str(e)))
        return
    except Exception as e:  # noqa: BLE001 -- the boundary of one article
        part.reject(_reject(article, _stage(e), "internal", _described(e)))
        return
    try:
        part.add(article, found.mentions, found.checks, found.events, found.bodies, relations=found.relations)
    except (ValueError, TypeError, KeyError, AttributeError) as e:  # not OSError: that is the disk
        part.reject(_reject(article, "dataset", "internal", _described(e)))


def _reject(article: Article, stage: RejectStage, reason: str, detail: str) -> Reject:
    return Reject(article.source_path, article.source_record, stage, reason, detail)


def _stage(error: Exception) -> RejectStage:
    resolving = any(f"{os.sep}resolve{os.sep}" in f.filename for f in traceback.extract_tb(error.__traceback__))
    return "resolve" if resolving else "extract"


def _described(error: Exception) -> str:
    """A fault in one line, with the place in the package where it happened; the same on every machine."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{os.sep}bantin{os.sep}" in f.filename]
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}"[:DETAIL_AT_MOST] + place


def _write(
    given: Sequence[Path],
    chunks: Sequence[Chunk],
    receipts: Sequence[Receipt],
    folder: OutputFolder,
    tell: Callable[[Progress], None],
) -> Summary:
    built = folder.work / "dataset"
    built.mkdir()
    articles = sum(r.articles for r in receipts)
    merged: list[str] = []

    def table_done(name: str) -> None:
        merged.append(name)
        tell(Progress("tables", len(merged), len(TABLES), articles))

    rows = merging.merge([part for c in chunks for part in parts_of(c.parts, c.index)], built, table_done)
    tell(Progress("sqlite", 0, 1, articles))
    sqlite.build(built / sqlite.FILE, built)
    tell(Progress("sqlite", 1, 1, articles))
    reasons = sum((Counter(r.reasons) for r in receipts), Counter())
    rejects = {reason: reasons[reason] for reason in REJECT_REASONS if reasons[reason]}
    sources = [s for c in chunks for s in c.sources]
    characters = sum(r.characters for r in receipts)
    made = {
        "version": __version__,
        "rules": _rules(),
        "registries": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in added_registries()},
        "libraries": _libraries(),
        "inputs": [os.fsencode(i).decode("utf-8", "replace") for i in given],
        "sources": len(sources),
        "bytes": sum(s.size for s in sources),
        "characters": characters,
        "counts": rows,
        "rejects": rejects,
    }
    write_descriptor(built, rows, made)
    folder.publish(built)
    return Summary(folder.out, rows, rejects, len(sources), characters)


@cache
def _rules() -> str:
    """The fingerprint of the rules of this process: they are loaded once, whatever is edited meanwhile."""
    return fingerprint()


@cache
def _libraries() -> Mapping[str, str]:
    """Versions of what decides the rows and the bytes: to read them takes as long as some bulletins."""
    names = ("underthesea", "regex", "lxml", "cssselect", "trafilatura", "warcio", "pyarrow")
    return {name: version(name) for name in names} | {"sqlite": sqlite3.sqlite_version}
