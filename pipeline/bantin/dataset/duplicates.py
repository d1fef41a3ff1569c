"""The duplicates of a batch, from the editions of its parts: which article repeats which, and how.

Held in memory are the numbers that every article is known by and its link, some 70 bytes of it. Sketches of two
articles that may be related are looked up in the parts, which the system maps into memory as far as it has any; which
two may be related is found by sorting, share by share from the disk.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bantin.dataset.editions import EDITIONS
from bantin.dataset.parts import read_part
from bantin.resolve.duplicates import (
    KEYS,
    Edition,
    Hashes,
    Links,
    Signature,
    candidates,
    copies,
    earliest_first,
    paired,
    relation,
    settle,
)
from bantin.types import DuplicateKind

if TYPE_CHECKING:
    import pyarrow as pa

_KNOWN = {
    "digest": np.uint64,
    "site": np.uint64,
    "url": np.uint64,
    "title": np.uint64,
    "published": np.int64,
    "words": np.uint32,
}
_SKETCHES = ("keys", "plain", "masked", "places")
_BATCHES_HELD = 64
_KEYS_A_SHARE = 1 << 17
_SHARES_AT_MOST = 64  # files open at once, twice
_OWNED = np.dtype([("key", np.uint64), ("owner", np.uint32)])


def find_duplicates(parts: Sequence[Path], scratch: Path) -> Links:
    """What each article repeats, by its place in the batch (parts in order, rows in order).

    What is sorted lies in files in the folder `scratch` meanwhile.
    """
    store = _Store(parts)
    ranks = earliest_first(store.known["published"])
    exact = copies(store.known.pop("digest"), ranks)
    first = exact == np.arange(len(exact), dtype=np.uint32)  # a copy is found with what it is a copy of

    def related(pairs: _Shares) -> Iterator[tuple[int, int, DuplicateKind]]:
        for share in pairs.read():
            for i, j in candidates(share):
                if kind := relation(store.edition(i), store.signature(i), store.edition(j), store.signature(j)):
                    yield i, j, kind

    shares = min(1 + int(np.count_nonzero(first)) * 2 * KEYS // _KEYS_A_SHARE, _SHARES_AT_MOST)
    with ExitStack() as files:
        pairs = _Shares(scratch, np.dtype(np.uint64), shares, files)
        with ExitStack() as sooner:
            keys = _Shares(scratch, _OWNED, shares, sooner)
            for owned in store.keys(first):
                keys.add(owned["key"], owned)
            for share in keys.read():
                for some in paired(share["owner"], share["key"]):
                    pairs.add(some, some)
        return settle(exact, related(pairs), store.known["words"], ranks)


class _Shares:
    """Records in files without a name, those of equal number in the same, so that each file can be sorted by itself."""

    def __init__(self, scratch: Path, dtype: np.dtype[Any], shares: int, files: ExitStack) -> None:
        self._dtype = dtype
        self._files = [files.enter_context(TemporaryFile(dir=scratch)) for _ in range(shares)]  # noqa: SIM115

    def add(self, numbers: Hashes, records: npt.NDArray[Any]) -> None:
        """Takes records, each with the number that it is sorted by."""
        share = ((numbers ^ (numbers >> np.uint64(32))) % np.uint64(len(self._files))).astype(np.uint8)
        order = np.argsort(share, kind="stable")
        ends = np.cumsum(np.bincount(share, minlength=len(self._files)))
        for file, some in zip(self._files, np.split(records[order], ends[:-1]), strict=True):
            file.write(some.tobytes())

    def read(self) -> Iterator[npt.NDArray[Any]]:
        """The records of each file."""
        for file in self._files:
            file.seek(0)
            yield np.frombuffer(file.read(), self._dtype)


class _Store:
    """The editions of a batch: their columns of numbers in memory, their sketches in the parts."""

    def __init__(self, parts: Sequence[Path]) -> None:
        columns: dict[str, list[Any]] = {name: [np.empty(0, dtype)] for name, dtype in _KNOWN.items()}
        self._places: list[tuple[int, Path, int]] = []  # where the rows of each batch begin, and where it stands
        total = 0
        for part in parts:
            for number, one in enumerate(read_part(part, EDITIONS)):
                self._places.append((total, part, number))
                total += one.num_rows
                for name, dtype in _KNOWN.items():
                    column = one.column(name).fill_null(-1) if name == "published" else one.column(name)
                    columns[name].append(column.to_numpy(zero_copy_only=False).astype(dtype))
        self.known = {name: np.concatenate(columns.pop(name)) for name in _KNOWN}
        self._starts = np.array([start for start, _, _ in self._places], np.int64)
        self._held: OrderedDict[int, pa.RecordBatch] = OrderedDict()

    def edition(self, index: int) -> Edition:
        """An article among its duplicates."""
        published, site, url, title = (int(self.known[name][index]) for name in ("published", "site", "url", "title"))
        return Edition(None if published < 0 else published, site, url, title)

    def signature(self, index: int) -> Signature:
        """The signature of an article, from its part."""
        at = int(np.searchsorted(self._starts, index, side="right")) - 1
        batch = self._batch(at)
        row = index - int(self._starts[at])
        keys, plain, masked, places = (
            np.frombuffer(batch.column(name)[row].as_buffer(), np.uint64) for name in _SKETCHES
        )
        return Signature(keys, plain, masked, places, int(self.known["words"][index]))

    def keys(self, wanted: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[Any]]:
        """The keys of every article that is `wanted`, each with its owner, a batch at a time."""
        for at, start in enumerate(self._starts.tolist()):
            own = [np.frombuffer(k.as_buffer(), np.uint64) for k in self._batch(at).column("keys")]
            index = np.arange(start, start + len(own), dtype=np.uint32)
            lengths = np.array([len(k) for k in own]) * wanted[index]
            owned = np.empty(int(lengths.sum()), _OWNED)
            owned["owner"] = np.repeat(index, lengths)
            owned["key"] = np.concatenate([k[:n] for k, n in zip(own, lengths, strict=True)])
            yield owned

    def _batch(self, at: int) -> pa.RecordBatch:
        if at not in self._held:
            _, part, number = self._places[at]
            # All columns: a batch as it lies is mapped, but one of some columns is copied.
            self._held[at] = next(islice(read_part(part, EDITIONS), number, None))
            if len(self._held) > _BATCHES_HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(at)
        return self._held[at]
