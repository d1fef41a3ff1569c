"""Popolo JSON of a dataset: persons, organizations, posts and memberships (popoloproject.com, schemas of version 1.0).

A membership is a row of `positions`. `start_date` and `end_date` stand only as exactly as the evidence tells them (day,
month or year); what is known beyond that stands in `bounds`, and every membership has its articles as `sources`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bantin.dataset import sqlite
from bantin.errors import OutputError
from bantin.query import load_dataset
from bantin.resolve.lifetimes import lives_of

_LEVELS = ("huyện", "quận", "thị xã", "thị trấn", "đặc khu")
_BOUNDS = ("start_min", "start_max", "end_min", "end_max")


def export_popolo(folder: str | Path, file: str | Path) -> dict[str, int]:
    """Writes the people of the dataset in `folder` into `file`; gives the number of objects of each kind.

    `file` appears when it is whole. Raises QueryError if there is no whole dataset in `folder`, OutputError if `file`
    cannot be written.
    """
    database = load_dataset(folder).folder / sqlite.FILE
    out = Path(file)
    partial = out.with_name(f".{out.name}.partial")
    counts: dict[str, int] = {}
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(database.absolute()))}?mode=ro", uri=True)) as db,
            partial.open("w", encoding="utf-8") as to,
        ):
            db.row_factory = sqlite3.Row
            kinds = {"persons": _persons, "organizations": _organizations, "posts": _posts, "memberships": _memberships}
            to.write("{")
            for n, (kind, objects) in enumerate(kinds.items()):
                to.write(f'{"," if n else ""}\n"{kind}": [')
                counts[kind] = 0
                for one in objects(db):
                    told = {key: value for key, value in one.items() if value not in (None, [], {})}
                    to.write(("," if counts[kind] else "") + "\n" + json.dumps(told, ensure_ascii=False))
                    counts[kind] += 1
                to.write("\n]")
            to.write("\n}\n")
            to.flush()
            os.fsync(to.fileno())
        partial.replace(out)
    except OSError as e:
        raise OutputError(f"{out}: cannot be written ({e.strerror or e}); choose another file") from e
    finally:
        partial.unlink(missing_ok=True)
    return counts


def _other_names(aliases: str | None) -> list[dict[str, str]]:
    return [{"name": name} for name in json.loads(aliases or "[]")]


def _persons(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row in db.execute("SELECT person_id, name, aliases FROM people ORDER BY person_id"):
        family, *_, given = row["name"].split()
        yield {
            "id": row["person_id"],
            "name": row["name"],
            "family_name": family,
            "given_name": given,
            "other_names": _other_names(row["aliases"]),
        }


def _organizations(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row in db.execute("SELECT * FROM organisations ORDER BY organisation_id"):
        territory = row["territory"] or ""
        level = next((level for level in _LEVELS if territory.startswith(level + " ")), None)
        known = [life for life in lives_of(row["name"], level) if life.certainty == "B"]
        first = max((life.first for life in known if life.first), default=None)
        last = min((life.last for life in known if life.last), default=None)
        yield {
            "id": row["organisation_id"],
            "name": row["name"],
            "classification": row["class"],
            "parent_id": row["parent_id"],
            "area": {"name": territory} if territory else None,
            "other_names": _other_names(row["aliases"]),
            "founding_date": first.isoformat() if first else None,
            "dissolution_date": last.isoformat() if last else None,
        }


def _post_id(title: str, organisation_id: str) -> str:
    return f"{organisation_id}#{quote(title)}"


def _posts(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    found = db.execute(
        "SELECT DISTINCT p.title, p.organisation_id, o.name "
        "FROM positions p JOIN organisations o USING (organisation_id) ORDER BY 2, 1"
    )
    for title, organisation_id, name in found:
        yield {
            "id": _post_id(title, organisation_id),
            "label": f"{title}, {name}",
            "role": title,
            "organization_id": organisation_id,
        }


def _memberships(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    found = db.execute("SELECT rowid, * FROM positions ORDER BY rowid")
    for row in found:
        bounds = {name: row[name] for name in _BOUNDS if row[name]}
        body = row["organisation_id"]
        yield {
            "id": f"membership:{row['rowid']}",
            "role": row["title"],
            "person_id": row["person_id"],
            "organization_id": body,
            "post_id": _post_id(row["title"], body) if body else None,
            "start_date": _in_common(row["start_min"], row["start_max"]),
            "end_date": _in_common(row["end_min"], row["end_max"]) if row["end_max"] else None,
            "bounds": bounds,
            "sources": _sources(db, json.loads(row["evidence"] or "[]")),
        }


def _sources(db: sqlite3.Connection, mentions: list[str]) -> list[dict[str, str]]:
    """One link an article, with the mentions that attest the post there."""
    by_article: dict[str, list[str]] = {}
    for mention in mentions:
        by_article.setdefault(mention.rpartition(":")[0], []).append(mention)
    links = []
    for article_id, some in by_article.items():
        (url,) = db.execute("SELECT url FROM articles WHERE article_id = ?", (article_id,)).fetchone()
        links.append({"url": url or f"urn:bantin:{quote(article_id, safe='')}", "note": " ".join(some)})
    return links


def _in_common(low: str | None, high: str | None) -> str | None:
    """What two days have in common: the day, the month, the year; None where that is nothing."""
    if low is None or high is None:
        return None
    return next((low[:n] for n in (10, 7, 4) if low[:n] == high[:n]), None)
