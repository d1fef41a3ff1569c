"""The duplicates of a batch, from the editions of its parts: which article repeats which, and how.

Held in memory is what every article is known by, some 350 bytes of it; the sketches of two articles that may be related
are looked up in the parts, which the system maps into memory as far as it has any.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bantin.dataset.editions import EDITIONS
from bantin.dataset.parts import read_part
from bantin.resolve.duplicates import Edition, Link, Signature, candidates, copies, relation, settle
from bantin.types import DuplicateKind

if TYPE_CHECKING:
    import pyarrow as pa

_KNOWN = ("digest", "site", "url", "title", "words")
_SKETCHES = ("keys", "plain", "masked", "places")
_BATCHES_HELD = 64


def find_duplicates(parts: Sequence[Path]) -> dict[int, Link]:
    """The link of each article that repeats another, by its place in the batch (parts in order, rows in order)."""
    store = _Store(parts)
    exact = copies(store.known["digest"], store)
    first = np.ones(len(store), bool)
    first[[link.index for link in exact]] = False  # a copy is found with what it is a copy of

    def related() -> Iterator[tuple[Edition, Edition, DuplicateKind]]:
        for i, j in candidates(*store.keys(first)):
            a, b = store[i], store[j]
            if kind := relation(a, store.signature(i), b, store.signature(j)):
                yield a, b, kind

    return settle(exact, related(), store.known["words"], store)


class _Store(Sequence[Edition]):
    """The editions of a batch: their columns of numbers in memory, their sketches in the parts."""

    def __init__(self, parts: Sequence[Path]) -> None:
        columns: dict[str, list[Any]] = {name: [np.empty(0, np.uint64)] for name in _KNOWN}
        published: list[Any] = [np.empty(0, np.int64)]
        self._places: list[tuple[int, Path, int]] = []  # where the rows of each batch begin, and where it stands
        total = 0
        for part in parts:
            for number, one in enumerate(read_part(part, EDITIONS, (*_KNOWN, "published"))):
                self._places.append((total, part, number))
                total += one.num_rows
                for name in _KNOWN:
                    columns[name].append(one.column(name).to_numpy(zero_copy_only=False).astype(np.uint64))
                published.append(one.column("published").fill_null(-1).to_numpy(zero_copy_only=False))
        self.known = {name: np.concatenate(column) for name, column in columns.items()}
        self._published = np.concatenate(published)
        self._starts = np.array([start for start, _, _ in self._places], np.int64)
        self._held: OrderedDict[int, pa.RecordBatch] = OrderedDict()

    def __len__(self) -> int:
        return len(self._published)

    def __getitem__(self, index: Any) -> Any:
        published = int(self._published[index])
        site, url, title = (int(self.known[name][index]) for name in ("site", "url", "title"))
        return Edition(index, None if published < 0 else published, site, url, title)

    def signature(self, index: int) -> Signature:
        """The signature of an article, from its part."""
        at = int(np.searchsorted(self._starts, index, side="right")) - 1
        batch = self._batch(at)
        row = index - int(self._starts[at])
        keys, plain, masked, places = (
            np.frombuffer(batch.column(name)[row].as_buffer(), np.uint64) for name in _SKETCHES
        )
        return Signature(keys, plain, masked, places, int(self.known["words"][index]))

    def keys(self, wanted: Any) -> tuple[Any, Any]:
        """(article, key) of every article that is `wanted`, as two arrays."""
        owners: list[Any] = [np.empty(0, np.uint32)]
        keys: list[Any] = [np.empty(0, np.uint64)]
        for index in np.flatnonzero(wanted).tolist():
            own = self.signature(index).keys
            keys.append(own)
            owners.append(np.full(len(own), index, np.uint32))
        return np.concatenate(owners), np.concatenate(keys)

    def _batch(self, at: int) -> pa.RecordBatch:
        if at not in self._held:
            _, part, number = self._places[at]
            self._held[at] = next(b for n, b in enumerate(read_part(part, EDITIONS, _SKETCHES)) if n == number)
            if len(self._held) > _BATCHES_HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(at)
        return self._held[at]
