"""The rows of `organisations`: what the parts say of each body, counted across the batch."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bantin.dataset.rows import Row, json_array
from bantin.resolve.linking import Facts

if TYPE_CHECKING:
    import pyarrow as pa

Read = Callable[[Path, str, Sequence[str]], Iterator["pa.RecordBatch"]]


@dataclass(slots=True)
class _Body:
    kind: str
    parent: str | None
    territory: str | None
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    mentions: int = 0


class Organisations:
    """The distinct bodies of a batch, from its parts in their order."""

    def __init__(self, parts: Sequence[Path], read: Read) -> None:
        self._bodies: dict[str, _Body] = {}
        for part in parts:
            if batches := list(read(part, "organisations", ())):
                for row in _counted(batches):
                    self._note(row)

    def _note(self, row: Mapping[str, Any]) -> None:
        new = _Body(row["class"], row["parent_id"], row["territory"])
        body = self._bodies.setdefault(row["organisation_id"], new)
        body.names[row["name"]] += row["mentions_count"]
        body.aliases.update(json.loads(row["aliases"]) if row["aliases"] else ())
        body.mentions += row["mentions_sum"]

    def facts(self) -> dict[str, Facts]:
        """What linking knows of each body."""
        return {i: Facts(b.names.most_common(1)[0][0], b.parent, b.territory) for i, b in self._bodies.items()}

    def rows(self) -> Iterator[Row]:
        """The rows, by id: the name is the spelling of most articles, the others are aliases."""
        for i, b in sorted(self._bodies.items()):
            name = b.names.most_common(1)[0][0]
            aliases = sorted({*b.names, *b.aliases} - {name})
            yield (i, name, b.kind, b.parent, b.territory, json_array(aliases), b.mentions)


def _counted(batches: Sequence[pa.RecordBatch]) -> list[dict[str, Any]]:
    """The distinct rows of a part, with how many articles have each and how many posts."""
    import pyarrow as pa

    keys = ["organisation_id", "name", "class", "parent_id", "territory", "aliases"]
    table = pa.Table.from_batches(batches)
    counted = table.group_by(keys, use_threads=False).aggregate([("mentions", "sum"), ("mentions", "count")])
    rows: list[dict[str, Any]] = counted.to_pylist()
    return rows
