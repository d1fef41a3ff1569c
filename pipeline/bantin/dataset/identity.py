"""Two articles of a batch never share an id: the later of two copies has `-2`, `-3` ... behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bantin.dataset.parts import read_part

if TYPE_CHECKING:
    import pyarrow as pa

Renamed = dict[str, str]
"""Id in the part -> id in the dataset, for the articles of one part whose id an earlier part has taken."""

_OF_MENTION = frozenset({"mention_id", "person_mention_id", "part_of", "subject_id", "object_id"})
"""In a part, relations of documents stand between mentions."""
_OF_MENTIONS = "mention_ids"


def renamed(parts: Sequence[Path]) -> dict[Path, Renamed]:
    """The new ids, by part. Ids are counted by their hash first, eight bytes an article."""
    import numpy as np

    def hashes() -> Iterator[Any]:
        for part in parts:
            yield np.array([_hash(i) for i in _ids(part)], dtype=np.uint64)

    heads, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *hashes()]), return_counts=True)
    repeated = set(heads[counts > 1].tolist())
    new: dict[Path, Renamed] = {}
    if not repeated:
        return new
    shared = {i for part in parts for i in _ids(part) if _hash(i) in repeated}
    taken = {
        i for part in parts for i in _ids(part) if i.rpartition("-")[0] in shared
    }  # within a chunk, see PartWriter
    met: set[str] = set()
    for part in parts:
        for article_id in _ids(part):
            if article_id in met:
                count = 2
                while (fresh := f"{article_id}-{count}") in taken:
                    count += 1
                taken.add(fresh)
                new.setdefault(part, {})[article_id] = fresh
            elif article_id in shared:
                met.add(article_id)
    return new


def with_new_ids(batch: pa.RecordBatch, new: Renamed) -> pa.RecordBatch:
    """A batch of a part with the new ids in every column that holds ids of articles or mentions."""
    import pyarrow as pa

    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == "article_id":
            columns.append(pa.array([new.get(i, i) for i in column.to_pylist()], pa.string()))
        elif name in _OF_MENTION:
            columns.append(pa.array([_mention(i, new) for i in column.to_pylist()], pa.string()))
        elif name == _OF_MENTIONS:
            columns.append(pa.array([_mentions(i, new) for i in column.to_pylist()], pa.string()))
        else:
            columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _ids(part: Path) -> Iterator[str]:
    for b in read_part(part, "articles", ("article_id",)):
        yield from b.column(0).to_pylist()


def _hash(article_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(article_id.encode(), digest_size=8).digest(), "big")


def _mention(mention_id: str | None, new: Renamed) -> str | None:
    if mention_id is None:
        return None
    article_id, _, number = mention_id.rpartition(":")
    return f"{new.get(article_id, article_id)}:{number}"


def _mentions(mention_ids: str | None, new: Renamed) -> str | None:
    if mention_ids is None:
        return None
    return json.dumps([_mention(i, new) for i in json.loads(mention_ids)], ensure_ascii=False)
