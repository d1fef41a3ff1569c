"""The frontier and the index of the archive, in one SQLite file: what is to be fetched, what is archived and where.

A page is done only in the transaction that also holds its place in the archive and the links found on it, and that
transaction comes after the record is on disk. Nothing is marked while it is being fetched, so a killed run has nothing
to take back. Rounds: a round looks once at every start, feed, sitemap and listing of a site; a run goes on with the
round that an earlier run left unfinished, or begins the next one.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bantin.scrape.refusal import may_pass

Kind = Literal["start", "listing", "feed", "sitemap", "article"]
State = Literal["queued", "done", "refused"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sites (site TEXT PRIMARY KEY, round INTEGER NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
  page_id INTEGER PRIMARY KEY, site TEXT NOT NULL, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, host TEXT NOT NULL,
  kind TEXT NOT NULL, form BLOB, depth INTEGER NOT NULL, hops INTEGER NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
  not_before REAL NOT NULL DEFAULT 0, found_round INTEGER NOT NULL, settled_round INTEGER NOT NULL DEFAULT 0,
  settled_run INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS pages_queue ON pages (host, page_id) WHERE state = 'queued';
CREATE TABLE IF NOT EXISTS records (
  record_id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL REFERENCES pages, url TEXT NOT NULL, fetched TEXT NOT NULL,
  status INTEGER NOT NULL, type TEXT NOT NULL, digest TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
  file TEXT NOT NULL, position INTEGER NOT NULL, length INTEGER NOT NULL, UNIQUE (file, position));
CREATE INDEX IF NOT EXISTS records_page ON records (page_id);
CREATE TABLE IF NOT EXISTS files (file TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS listings (
  site TEXT, round INTEGER, fingerprint TEXT, PRIMARY KEY (site, round, fingerprint));
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, started REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An address to fetch. `key` is its canonical form; `form` the body of a postback; `updated` a UTC time that the
    sitemap or feed gives; `refused` a reason for which it is only noted."""

    url: str
    key: str
    host: str
    kind: Kind
    depth: int = 0
    hops: int = 0
    form: bytes | None = None
    updated: str = ""
    refused: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A row of the frontier."""

    page_id: int
    site: str
    key: str
    url: str
    host: str
    kind: Kind
    form: bytes | None
    depth: int
    hops: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the archive: `file` relative to the archive's folder, `position` and `length` of its three gzip
    members in bytes. `type` is `response` or `revisit`; `digest` is that of the payload as sent."""

    url: str
    fetched: str
    status: int
    type: str
    digest: str
    etag: str
    last_modified: str
    file: str
    position: int
    length: int


_PAGE = "page_id, site, key, url, host, kind, form, depth, hops, attempts"
_RECORD = "url, fetched, status, type, digest, etag, last_modified, file, position, length"


_OPEN = (
    "site IN (SELECT value FROM json_each(?)) AND NOT (kind = 'article' AND site IN (SELECT value FROM json_each(?)))"
)


def _open(sites: Iterable[str], closed: Iterable[str]) -> tuple[str, str]:
    return json.dumps(list(sites)), json.dumps(list(closed))


class Frontier:
    """One writer at a time; the caller holds the archive's lock."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        # NORMAL in WAL mode: a commit may be lost with the power, never torn. The archive is synced before, so a lost
        # commit leaves records that the index does not know; they are adopted at the next start.
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)
        self.run = self._db.execute("INSERT INTO runs (started) VALUES (?) RETURNING run", (time.time(),)).fetchone()[0]

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # rounds

    def begin(self, site: str, seeds: Sequence[Found], revisit_before: str = "") -> None:
        """Goes on with the site's unfinished round or begins a new one, and queues its seeds.

        A new round looks again at every feed and sitemap it knows of; a listing is walked from its start. Any run asks
        again for what was refused for a reason that may pass, and for articles last fetched before `revisit_before`
        (UTC, ISO).
        """
        with self.transaction():
            row = self._db.execute("SELECT round, finished FROM sites WHERE site = ?", (site,)).fetchone()
            if row is None:
                self._db.execute("INSERT INTO sites VALUES (?, 1, 0)", (site,))
            elif row[1]:
                self._db.execute("UPDATE sites SET round = round + 1, finished = 0 WHERE site = ?", (site,))
                feeds = "SELECT page_id FROM pages WHERE site = ? AND state = 'done' AND kind IN ('feed', 'sitemap')"
                self._requeue([page_id for (page_id,) in self._db.execute(feeds, (site,))])
            self._requeue(
                [
                    page_id
                    for page_id, reason in self._db.execute(
                        "SELECT page_id, reason FROM pages WHERE site = ? AND state = 'refused'", (site,)
                    )
                    if may_pass(reason)
                ],
            )
            if revisit_before:
                self._requeue(
                    [
                        page_id
                        for (page_id,) in self._db.execute(
                            "SELECT page_id FROM pages JOIN records USING (page_id) WHERE site = ? AND kind = 'article'"
                            " AND state = 'done' GROUP BY page_id HAVING max(fetched) < ?",
                            (site, revisit_before),
                        )
                    ],
                )
            self._add(site, seeds)

    def _requeue(self, pages: Sequence[int]) -> None:
        self._db.executemany(
            "UPDATE pages SET state = 'queued', attempts = 0, not_before = 0 WHERE page_id = ?", [(p,) for p in pages]
        )

    def finish(self, site: str) -> bool:
        """Closes the site's round if nothing of it is left to fetch."""
        left = self._db.execute("SELECT 1 FROM pages WHERE site = ? AND state = 'queued' LIMIT 1", (site,)).fetchone()
        if left is None:
            self._db.execute("UPDATE sites SET finished = 1 WHERE site = ?", (site,))
        return left is None

    def add(self, site: str, found: Sequence[Found]) -> None:
        """Queues addresses that this round has not looked at."""
        with self.transaction():
            self._add(site, found)

    # the queue

    def hosts(self) -> list[str]:
        """Hosts that have something queued."""
        out: list[str] = []
        query = "SELECT min(host) FROM pages WHERE state = 'queued' AND host > ?"  # steps over the index, host by host
        while (host := self._db.execute(query, (out[-1] if out else "",)).fetchone()[0]) is not None:
            out.append(host)
        return out

    def next(
        self, host: str, now: float, *, taken: Iterable[int], sites: Iterable[str], closed: Iterable[str]
    ) -> Page | None:
        """The oldest queued page of a host whose time has come: one of `sites`, none of `taken`, and no article of the
        sites in `closed`."""
        row = self._db.execute(
            f"SELECT {_PAGE} FROM pages WHERE state = 'queued' AND host = ? AND not_before <= ?"  # noqa: S608
            f" AND page_id NOT IN (SELECT value FROM json_each(?)) AND {_OPEN} ORDER BY page_id LIMIT 1",
            (host, now, json.dumps(list(taken)), *_open(sites, closed)),
        ).fetchone()
        return Page(*row) if row else None

    def waiting(self, *, sites: Iterable[str], closed: Iterable[str]) -> bool:
        """Whether anything of these sites is queued, now or for later."""
        query = f"SELECT 1 FROM pages WHERE state = 'queued' AND {_OPEN} LIMIT 1"  # noqa: S608
        return self._db.execute(query, _open(sites, closed)).fetchone() is not None

    def page(self, key: str) -> Page | None:
        """The page with this key."""
        row = self._db.execute(f"SELECT {_PAGE} FROM pages WHERE key = ?", (key,)).fetchone()  # noqa: S608
        return Page(*row) if row else None

    def latest(self, page_id: int) -> Record | None:
        """The page's last whole answer in the archive (status 200), which a revisit refers to."""
        row = self._db.execute(
            f"SELECT {_RECORD} FROM records WHERE page_id = ? AND type = 'response' AND status = 200"  # noqa: S608
            " ORDER BY fetched DESC LIMIT 1",
            (page_id,),
        ).fetchone()
        return Record(*row) if row else None

    # what became of a page

    def settle(
        self,
        page: Page,
        record: Record | None,
        *,
        refused: tuple[str, str] | None = None,
        found: Sequence[Found] = (),
        note: str = "",
        fingerprint: str = "",
        again: str = "",
    ) -> None:
        """One transaction: the page's state, its record, its links, and what `repeated` will compare.

        `again` is another spelling of the page's own address to which the site has sent us: it stays queued under that.
        """
        reason, detail = refused or (note, "")
        with self.transaction():
            self._db.execute(
                "UPDATE pages SET state = ?, reason = ?, detail = ?, settled_run = ?, attempts = attempts + 1,"
                " settled_round = (SELECT round FROM sites WHERE sites.site = pages.site) WHERE page_id = ?",
                ("refused" if refused else "done", reason, detail[:500], self.run, page.page_id),
            )
            if record is not None:
                self._file(page.page_id, record)
            self._add(page.site, found)
            if again:
                self._db.execute(
                    "UPDATE pages SET state = 'queued', url = ?, hops = hops + 1, attempts = 0 WHERE page_id = ?",
                    (again, page.page_id),
                )
            if fingerprint:
                self._db.execute(
                    "INSERT OR IGNORE INTO listings SELECT site, round, ? FROM sites WHERE site = ?",
                    (fingerprint, page.site),
                )

    def later(self, page: Page, not_before: float, reason: str, detail: str) -> None:
        """Leaves a page in the queue for another attempt at `not_before` (seconds of the epoch)."""
        self._db.execute(
            "UPDATE pages SET attempts = attempts + 1, not_before = ?, reason = ?, detail = ? WHERE page_id = ?",
            (not_before, reason, detail[:500], page.page_id),
        )

    def stop(self, host: str, detail: str) -> None:
        """Refuses everything that is queued for a host, for this run."""
        self._db.execute(
            "UPDATE pages SET state = 'refused', reason = 'host_stopped', detail = ?, settled_run = ?"
            " WHERE state = 'queued' AND host = ?",
            (detail[:500], self.run, host),
        )

    def adopt(self, site: str, found: Found) -> Page:
        """The row of a page whose record stands in the archive and not in the index; made where there is none."""
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO sites VALUES (?, 1, 0)", (site,))
            self._add(site, [found])
        page = self.page(found.key)
        if page is None:
            raise LookupError(found.key)
        return page

    def _file(self, page_id: int, record: Record) -> None:
        self._db.execute(
            f"INSERT INTO records (page_id, {_RECORD}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (page_id, record.url, record.fetched, record.status, record.type, record.digest, record.etag,
             record.last_modified, record.file, record.position, record.length),
        )  # fmt: skip
        self.keep(record.file, record.position + record.length)

    def _add(self, site: str, found: Sequence[Found]) -> None:
        (now,) = self._db.execute("SELECT round FROM sites WHERE site = ?", (site,)).fetchone()
        for f in found:
            row = self._db.execute(
                "SELECT page_id, kind, state, settled_round FROM pages WHERE key = ?", (f.key,)
            ).fetchone()
            if row is None:
                state, (reason, detail) = ("refused" if f.refused else "queued"), f.refused or ("", "")
                self._db.execute(
                    "INSERT INTO pages (site, key, url, host, kind, form, depth, hops, state, reason, detail,"
                    " found_round, settled_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (site, f.key, f.url, f.host, f.kind, f.form, f.depth, f.hops, state, reason, detail[:500], now,
                     self.run if f.refused else 0),
                )  # fmt: skip
                continue
            page_id, kind, state, settled = row
            if state == "queued" or settled >= now or f.refused:
                continue
            if kind != "article" or (f.updated and f.updated > self._fetched(page_id)):
                self._db.execute(
                    "UPDATE pages SET state = 'queued', attempts = 0, not_before = 0, url = ?, form = ?, depth = ?,"
                    " hops = ? WHERE page_id = ?",
                    (f.url, f.form, f.depth, f.hops, page_id),
                )

    def _fetched(self, page_id: int) -> str:
        (last,) = self._db.execute("SELECT max(fetched) FROM records WHERE page_id = ?", (page_id,)).fetchone()
        return last or "9999"

    # listings

    def known(self, site: str, found: Sequence[Found]) -> bool:
        """Whether every one of these addresses was found in an earlier round."""
        (now,) = self._db.execute("SELECT round FROM sites WHERE site = ?", (site,)).fetchone()
        query = "SELECT 1 FROM pages WHERE key = ? AND found_round < ?"
        return bool(found) and all(self._db.execute(query, (f.key, now)).fetchone() for f in found)

    def repeated(self, site: str, fingerprint: str) -> bool:
        """Whether a listing settled in this round had the same entries."""
        query = "SELECT 1 FROM listings JOIN sites USING (site, round) WHERE site = ? AND fingerprint = ?"
        return self._db.execute(query, (site, fingerprint)).fetchone() is not None

    # the files of the archive

    def files(self) -> dict[str, int]:
        """Every file of the archive with the bytes the index knows."""
        return dict(self._db.execute("SELECT file, size FROM files"))

    def keep(self, file: str, size: int) -> None:
        """Notes how many bytes of a file are whole."""
        self._db.execute("INSERT INTO files VALUES (?, ?) ON CONFLICT DO UPDATE SET size = excluded.size", (file, size))

    def lose(self, file: str, size: int) -> int:
        """Forgets the records of a file that lie beyond `size` bytes and queues their pages again; how many."""
        with self.transaction():
            lost = self._db.execute(
                "DELETE FROM records WHERE file = ? AND position + length > ? RETURNING page_id", (file, size)
            ).fetchall()
            self._db.executemany(
                "UPDATE pages SET state = 'queued', settled_round = 0, attempts = 0, not_before = 0 WHERE page_id = ?",
                lost,
            )
            (end,) = self._db.execute("SELECT max(position + length) FROM records WHERE file = ?", (file,)).fetchone()
            self.keep(file, end or 0)
        return len(lost)

    # the report

    def outcomes(self, site: str) -> list[tuple[Kind, State, str, str, int, int]]:
        """What became of a site's pages in this run: kind, state, reason, last record's type and status, count."""
        return self._db.execute(
            "SELECT kind, state, reason, coalesce(type, ''), coalesce(status, 0), count(*) FROM pages p"
            " LEFT JOIN records r ON r.record_id = (SELECT max(record_id) FROM records WHERE page_id = p.page_id)"
            " WHERE site = ? AND settled_run = ? GROUP BY 1, 2, 3, 4, 5",
            (site, self.run),
        ).fetchall()

    def examples(self, site: str) -> dict[str, tuple[str, str]]:
        """For each reason of a refusal in this run, the first page it befell: address and detail."""
        rows = self._db.execute(
            "SELECT reason, url, detail, min(page_id) FROM pages"
            " WHERE site = ? AND settled_run = ? AND state = 'refused' GROUP BY reason",
            (site, self.run),
        )
        return {reason: (url, detail) for reason, url, detail, _ in rows}

    def queued(self, site: str) -> int:
        """How many pages of a site are still to be fetched."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM pages WHERE site = ? AND state = 'queued'", (site,)
        ).fetchone()
        return int(count)
