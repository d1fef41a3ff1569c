"""When provinces and bodies were there: registry data, each fact with its source and certainty (B one source, C weak).

`registry/provinces.csv` and `registry/lifetimes.csv` name first and last day (ISO, inclusive; empty: not known or still
there). A row of lifetimes is the beginning of a body's name, or a level of territory ("huyện").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from bantin.datafile import packaged, read_csv
from bantin.errors import DataFileError
from bantin.text import fold_key

LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_GRACE = {"B": timedelta(days=60), "C": timedelta(days=180)}
"""How long a bulletin may still speak of a body that is gone, or already of one to come."""
_PROVINCES = ("name", "kind", "valid_from", "valid_to", "successor", "source", "certainty", "aliases")
_LIVES = ("body", "valid_from", "valid_to", "successor", "source", "certainty")


@dataclass(frozen=True, slots=True)
class Life:
    """First and last day of a body, None where unknown or still there; what followed; where that is known from."""

    body: str
    first: date | None
    last: date | None
    successor: str
    source: str
    certainty: str

    def outside(self, day: date) -> bool:
        """Whether a bulletin of `day` should no longer, or not yet, speak of the body as it is."""
        grace = _GRACE.get(self.certainty, timedelta(days=365))
        return (self.last is not None and day > self.last + grace) or (
            self.first is not None and day < self.first - grace
        )


@dataclass(frozen=True, slots=True)
class Province:
    """A unit right below the country: its name without the kind, the kind ("tỉnh", "thành phố"), and its life."""

    name: str
    kind: str
    life: Life


@cache
def provinces() -> Mapping[str, Province]:
    """Folded name or alias -> province, of today and of the past. Raises DataFileError for a row that is wrong."""
    file = packaged("registry", "provinces.csv")
    out: dict[str, Province] = {}
    for i, row in enumerate(read_csv(file, _PROVINCES), 2):
        if row["kind"] not in ("tỉnh", "thành phố"):
            raise DataFileError(file, f"row {i}", f"kind {row['kind']!r}; say tỉnh or thành phố")
        one = Province(row["name"], row["kind"], _life(file, i, row["name"], row))
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            if fold_key(name) in out:
                raise DataFileError(file, f"row {i}", f"{name!r} stands twice")
            out[fold_key(name)] = one
    return out


@cache
def lives() -> Mapping[str, Life]:
    """Folded beginning of a body's name, or level of territory -> its life. Raises DataFileError for a wrong row."""
    file = packaged("registry", "lifetimes.csv")
    out: dict[str, Life] = {}
    for i, row in enumerate(read_csv(file, _LIVES), 2):
        key = fold_key(row["body"])
        if not key or key in out:
            raise DataFileError(file, f"row {i}", f"{row['body']!r} is empty or stands twice")
        out[key] = _life(file, i, row["body"], row)
    return out


def _life(file: object, i: int, body: str, row: Mapping[str, str]) -> Life:
    try:
        first, last = (date.fromisoformat(row[c]) if row[c] else None for c in ("valid_from", "valid_to"))
    except ValueError as e:
        raise DataFileError(file, f"row {i}", f"{e}; write days as 2025-07-01") from None
    if first and last and last < first:
        raise DataFileError(file, f"row {i}", f"{body}: ends before it begins")
    if (first or last) and not (row["source"] and row["certainty"] in _GRACE):
        raise DataFileError(file, f"row {i}", f"{body}: a day needs a source, and a certainty of B or C")
    return Life(body, first, last, row["successor"], row["source"], row["certainty"])


@lru_cache(maxsize=1 << 14)
def lives_of(name: str, level: str | None) -> tuple[Life, ...]:
    """What the registry knows of a body and of the level of its territory."""
    key = fold_key(name)
    known = [life for prefix, life in _prefixes(key) if prefix not in LEVELS]
    if level and (life := lives().get(level)):
        known.append(life)
    return tuple(known)


def _prefixes(key: str) -> Iterator[tuple[str, Life]]:
    """The longest beginning of a name, and of each body it is an organ of, that stands in the registry."""
    words = key.split()
    i = 0
    while i < len(words):
        for n in range(len(words) - i, 0, -1):
            if life := lives().get(" ".join(words[i : i + n])):
                yield life.body.lower(), life
                i += n - 1
                break
        i += 1
