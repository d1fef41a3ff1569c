"""The people of a batch on their way into the tables: sightings by name on disk, linked one name at a time.

Sightings (all that one article says of one full name) go into a scratch SQLite file, are read back sorted by name, and
leave persons, positions and tenures there. So memory holds the sightings of one name, whatever the size of the batch;
of a figure of history, whom every third bulletin may name, not even those.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import unicodedata
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, msgpack
from msgspec.structs import replace

from bantin.dataset.rows import Row, json_array
from bantin.dataset.sqlite import opened
from bantin.lexicon import load_lexicon
from bantin.names import name_key
from bantin.resolve.bodies import relative_bodies
from bantin.resolve.linking import Facts, Held, PersonKind, Sighting, link
from bantin.resolve.positions import Tenure, attestations, conflicts, is_single, positions
from bantin.text import fold_key

if TYPE_CHECKING:
    import pyarrow as pa

Read = Callable[[Path, str, Sequence[str]], Iterator["pa.RecordBatch"]]
_Seen = tuple[int, str, bytes]
"""Part, article, and what the article says of the name: packed, for of one name there may be tens of thousands."""

_WOMAN, _MAN = frozenset({"bà", "chị", "cô"}), frozenset({"ông", "anh", "chú"})
_ACTS = frozenset({"chair", "speaker", "attendee", "appointee"})
_MARKS, _PLAIN = re.compile("[\u0300-\u036f]"), re.compile("[0-9a-z]+")
ROWS_HELD = 5_000
_TABLES = """
CREATE TABLE sighting (seq INTEGER PRIMARY KEY, key TEXT, figure INTEGER, part INTEGER, article_id TEXT, payload BLOB);
CREATE TABLE assigned (part INTEGER, article_id TEXT, key TEXT, byline INTEGER, person_id TEXT);
CREATE TABLE person (person_id TEXT PRIMARY KEY, row BLOB);
CREATE TABLE position (person_id TEXT, title TEXT, body TEXT, first TEXT, row BLOB);
CREATE TABLE tenure (body TEXT, title TEXT, person_id TEXT, name TEXT, first TEXT, last TEXT, mention_id TEXT);
"""


class _Said(Struct, array_like=True):
    """What an article says of one full name. `day` is the one it reports on, where that of publication is unknown."""

    day: str | None
    published: str | None
    scope: str
    byline: bool
    gender: str | None = None
    actor: bool = False
    figure: bool = False
    names: dict[str, int] = {}
    posts: list[Held] = []


_packed = msgpack.Encoder().encode
_unpacked = msgpack.Decoder(_Said).decode


class People:
    """Use in this order: `note` every part, `link` once, then `of_part` and the rows. Close it at the end."""

    def __init__(self, file: Path, bodies: dict[str, Facts]) -> None:
        self._bodies = bodies
        self._seq = 0
        self._made: dict[str, list[Row]] = {"person": [], "assigned": [], "position": [], "tenure": []}
        self._db = opened(file, "cache_size = -16000")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Closes the scratch file."""
        self._db.close()

    def note(self, number: int, part: Path, read: Read) -> None:
        """Takes the sightings of part `number`; parts come in the order of the batch."""
        rows = []
        for article_id, key, said in _sightings(part, read):
            rows.append((self._seq, key, said.figure, number, article_id, _packed(said)))
            self._seq += 1
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def link(self) -> None:
        """Links every name. Persons, positions and tenures are there from then on."""
        self._db.execute("BEGIN")
        found = self._db.execute(
            "SELECT key, figure, part, article_id, payload FROM sighting ORDER BY key, figure, seq"
        )
        for (key, figure), rows in groupby(found, key=lambda row: row[:2]):
            seen = (row[2:] for row in rows)
            if figure:
                self._person(key, seen, "historical")
            else:
                self._one_name(key, list(seen))
        self._flush()
        self._db.execute("COMMIT")
        self._db.execute("CREATE INDEX assigned_part ON assigned (part)")

    def _flush(self) -> None:
        for table, rows in self._made.items():
            if rows:
                slots = ", ".join("?" * len(rows[0]))
                self._db.executemany(f"INSERT INTO {table} VALUES ({slots})", rows)  # noqa: S608 -- our own tables
                rows.clear()

    def of_part(self, number: int) -> Mapping[tuple[str, str, bool], str]:
        """(article, key of the name, whether it is a byline) -> person, for the sightings of one part."""
        found = self._db.execute("SELECT article_id, key, byline, person_id FROM assigned WHERE part = ?", (number,))
        return {(article_id, key, bool(byline)): person_id for article_id, key, byline, person_id in found}

    def rows(self) -> Iterator[Row]:
        """The rows of `people`, by id."""
        for (row,) in self._db.execute("SELECT row FROM person ORDER BY person_id"):
            yield marshal.loads(row)  # noqa: S302 -- our own scratch file

    def positions(self) -> Iterator[Row]:
        """The rows of `positions`, by person, title and body."""
        for (row,) in self._db.execute("SELECT row FROM position ORDER BY person_id, title, body, first"):
            yield marshal.loads(row)  # noqa: S302 -- our own scratch file

    def conflicts(self) -> Iterator[Row]:
        """Rows of `checks`: two holders of one single post on a day."""
        found = self._db.execute("SELECT * FROM tenure ORDER BY body, title, first, person_id")
        for (body, _), rows in groupby(found, key=lambda row: row[:2]):
            some = list(rows)
            titles = some[0][1]
            for a, b, first, last in conflicts(Tenure(*row[2:]) for row in some):
                post = f"{titles}, {self._bodies[body].name}"
                days = first if first == last else f"{first} to {last}"
                yield (
                    b.mention_id.rpartition(":")[0], "holder_conflict", json_array((a.mention_id, b.mention_id)),
                    b.name, a.name, f"{post}: {a.name} and {b.name} are both attested as holding it, {days}",
                )  # fmt: skip

    def _one_name(self, key: str, rows: list[_Seen]) -> None:
        numbers = self._linked([packed for *_, packed in rows]) if len(rows) > 1 else [0]
        groups: dict[int, list[_Seen]] = {}
        for row, n in zip(rows, numbers, strict=True):
            if n is not None:
                groups.setdefault(n, []).append(row)
        for members in groups.values():
            self._positions(members, *self._person(key, members, None))

    def _linked(self, packed: Sequence[bytes]) -> list[int | None]:
        """The numbers of the sightings of one name, bodies that no article locates among them.

        "Sở Y tế" is the one of a province if all articles of that name locate but this one. Else it stands for the
        Sở Y tế of the site, whichever that is.
        """
        bodies = {post.body for said in map(_unpacked, packed) for post in said.posts if post.body}
        names = {body: fold_key(self._bodies[body].name) + " " for body in bodies}
        relative: dict[str, Facts] = {}

        def placed(post: Held, scope: str) -> Held:
            chain = relative_bodies(post.stated, scope) if post.body is None and post.stated else ()
            if not chain:
                return post
            stated = fold_key(post.stated) + " "
            known = [body for body, name in names.items() if name.startswith(stated)]
            if len(known) == 1:
                return replace(post, body=known[0])
            relative.update(chain)
            return replace(post, body=chain[0][0])

        sightings = []
        for said in map(_unpacked, packed):
            posts = tuple([placed(post, said.scope) for post in said.posts])
            sightings.append(Sighting(_day(said), said.scope, posts, said.gender, said.actor, said.byline))
        return link(sightings, ChainMap(relative, self._bodies))

    def _person(self, key: str, rows: Iterable[_Seen], kind: PersonKind | None) -> tuple[str, str]:
        """Makes a person of sightings, which come in the order of the batch; gives id and name."""
        person_id, days = "", ("", "")
        names: Counter[str] = Counter()
        articles, last, held, byline = 0, "", False, True
        for part, article_id, packed in rows:
            said = _unpacked(packed)
            if not person_id:
                anchor = kind or article_id + ("\0byline" if said.byline else "")
                person_id = _person_id(key, anchor)
            names.update(said.names)
            articles, last = articles + (article_id != last), article_id
            held = held or any(post.status != "proposed" for post in said.posts)
            byline = byline and said.byline
            if day := said.published:
                days = min(days[0] or day, day), max(days[1], day)
            self._made["assigned"].append((part, article_id, key, said.byline, person_id))
            if len(self._made["assigned"]) >= ROWS_HELD:
                self._flush()
        name = names.most_common(1)[0][0]
        kind = kind or ("official" if held else "journalist" if byline else None)
        row = (
            person_id, name, json_array(sorted(n for n in names if n != name)), kind, names.total(), articles,
            days[0] or None, days[1] or None,
        )  # fmt: skip
        self._made["person"].append((person_id, marshal.dumps(row)))
        return person_id, name

    def _positions(self, rows: Sequence[_Seen], person_id: str, name: str) -> None:
        every = (_unpacked(packed) for *_, packed in rows)
        attested = [a for said in every for a in attestations(_day(said), said.posts)]
        for p in positions(attested):
            row = (
                person_id, p.title, p.body, p.start_min, p.start_max, p.end_min, p.end_max, p.attestations,
                json_array(p.evidence),
            )  # fmt: skip
            self._made["position"].append((person_id, p.title, p.body, p.start_max, marshal.dumps(row)))
            if p.body and p.start_max and p.end_min and is_single(p.title, self._bodies.get(p.body)):
                tenure = (p.body, p.title, person_id, name, p.start_max, p.end_min, p.evidence[0])
                self._made["tenure"].append(tenure)


def _person_id(key: str, anchor: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFD", key)).replace("đ", "d")
    digest = hashlib.sha256(f"{key}\0{anchor}".encode()).hexdigest()[:10]
    return f"person:{'-'.join(_PLAIN.findall(plain))[:60].rstrip('-')}:{digest}"


def _day(said: _Said) -> date | None:
    return _parsed(said.day) if said.day else None


@lru_cache(maxsize=1 << 14)
def _parsed(day: str) -> date:
    return date.fromisoformat(day)


@lru_cache(maxsize=1 << 15)
def mention_key(name: str, mention_type: str) -> str | None:
    """The key under which a mention is linked; None for what names nobody across articles.

    A single syllable ("ông Nhân"), initials, and the name inside another name ("đường Trần Phú") name nobody, unless a
    figure of history is meant.
    """
    key, figures = name_key(name), load_lexicon("historical_people")
    if " " not in key or (mention_type == "in_name" and key not in figures):
        return None
    return name_key(figures.entries[key]) if figures.notes.get(key) == "always" else key


def _sightings(part: Path, read: Read) -> Iterator[tuple[str, str, _Said]]:
    """(article, key of the name, what the article says of it), in the order of the batch."""
    where = {
        article_id: (published and published[:10], site or publisher or "")
        for article_id, site, publisher, published in _cells(
            part, read, "articles", ("article_id", "site", "publisher", "published")
        )
    }
    meetings = _meetings(part, read) if any(day is None for day, _ in where.values()) else {}
    found: dict[tuple[str, str, bool], _Said] = {}
    of_mention: dict[str, _Said] = {}
    columns = ("article_id", "mention_id", "name", "honorific", "mention_type", "context")
    for article_id, mention_id, name, honorific, kind, context in _cells(part, read, "person_mentions", columns):
        if (key := mention_key(name, kind)) is None:
            continue
        day, scope = where[article_id]
        byline = kind == "byline"
        one = found.get((article_id, key, byline))
        if one is None:
            one = found[article_id, key, byline] = _Said(day or meetings.get(article_id), day, scope, byline)
        one.names[name] = one.names.get(name, 0) + 1
        said = (honorific or "").lower()
        one.gender = one.gender or ("f" if said in _WOMAN else "m" if said in _MAN else None)
        one.actor = one.actor or context in _ACTS or said in ("đồng chí", "đ/c")
        one.figure = one.figure or kind == "in_name" or context == "historical"
        of_mention[mention_id] = one
    _add_posts(part, read, of_mention)
    known = load_lexicon("historical_people")
    for (article_id, key, _), one in found.items():
        held = any(post.body and post.status == "current" for post in one.posts)
        one.figure = key in known and (known.notes[key] == "always" or one.figure or not held)
        yield article_id, key, one


def _meetings(part: Path, read: Read) -> Mapping[str, str]:
    """The day that an article reports on, which stands for that of publication where it is not known."""
    days: dict[str, str] = {}
    columns = ("article_id", "role", "grain", "start_date")
    for article_id, role, grain, day in _cells(part, read, "date_mentions", columns):
        if role == "event" and grain in ("day", "minute") and day and "X" not in day:
            days.setdefault(article_id, day)
    return days


def _add_posts(part: Path, read: Read, of_mention: Mapping[str, _Said]) -> None:
    events = {}
    columns = ("title", "organisation_id", "type", "date", "mention_id", "person_mention_id")
    for title, body, kind, day, mention_id, person in _cells(part, read, "position_events", columns):
        if mention_id != person:
            events[mention_id] = (kind, day)
        elif title and person in of_mention:
            of_mention[person].posts.append(Held(title, body, "", "former", mention_id, kind, day))
    columns = ("mention_id", "person_mention_id", "title", "organisation", "organisation_id", "status")
    for mention_id, person, title, organisation, body, status in _cells(part, read, "role_mentions", columns):
        if person in of_mention:
            kind, day = events.get(mention_id, (None, None))
            post = Held(title, body, organisation or "", status, mention_id, kind, day)
            of_mention[person].posts.append(post)


def _cells(part: Path, read: Read, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for b in read(part, table, columns):
        yield from zip(*(c.to_pylist() for c in b.columns), strict=True)
