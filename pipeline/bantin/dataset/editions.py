"""What of each article its duplicates are found by: a table of the parts alone, row by row beside their articles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from bantin.dataset.rows import Row
from bantin.text import canonical, fold, lower
from bantin.types import Article

if TYPE_CHECKING:
    import pyarrow as pa

EDITIONS = "editions"


@cache
def editions_schema() -> pa.Schema:
    """The columns of editions: hashes, minutes since the year 1 (null unknown), and what `sketched` makes."""
    import pyarrow as pa

    hashes = [pa.field(name, pa.uint64(), nullable=False) for name in ("digest", "site", "url", "title")]
    sketches = [pa.field(name, pa.binary(), nullable=False) for name in ("keys", "plain", "masked", "places")]
    return pa.schema([*hashes, pa.field("published", pa.int64()), pa.field("words", pa.int64()), *sketches])


def edition_row(article: Article) -> Row:
    """The row of an article, its body in the place of the sketches of it: `sketched` makes those of many at once.

    The digest is that of its words, folded: equal for exact copies.
    """
    from bantin.resolve.duplicates import body

    folded = fold(article.text)
    title = lower(canonical(article.title)) if isinstance(article.title, str) else None
    return (
        hashed(_single_spaced(lower(folded))),
        hashed(article.site),
        hashed(article.url),
        hashed(title),
        None if article.published is None else minutes(article.published),
        body(article, folded),
    )


def sketched(rows: Sequence[Row]) -> list[Row]:
    """Rows of `edition_row` as they stand in a part."""
    from bantin.resolve.duplicates import signatures

    return [
        (*numbers, s.words, *(sketch.tobytes() for sketch in (s.keys, s.plain, s.masked, s.places)))
        for (*numbers, _), s in zip(rows, signatures(body for *_, body in rows), strict=True)
    ]


def _single_spaced(folded: str) -> str:
    """Words with one space between them: what `" ".join(folded.split())` makes, but no word by itself."""
    spaced = " ".join(filter(None, map(str.strip, folded.splitlines())))
    while "  " in spaced:
        spaced = spaced.replace("  ", " ")
    return spaced


def hashed(text: str | None) -> int:
    """A text as a number of 64 bits; 0 for none."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") if text else 0


def minutes(published: str) -> int:
    """An ISO day or minute as minutes since the year 1; a zone is as good as another within a batch of one country."""
    moment = datetime.fromisoformat(published)
    return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute
