"""The schema against the contract: names and order to the letter, and what is made from it."""

from __future__ import annotations

import re
import sqlite3

import pytest

from bantin.dataset import arrow
from bantin.dataset.descriptor import table_schema
from bantin.dataset.schema import MENTION_TABLE, TABLE, TABLES, Table
from bantin.dataset.sqlite import ddl
from bantin.types import FAMILIES

MENTION = "article_id, mention_id, char_start, char_end, text, block, rule, confidence, "
CONTRACT = {
    "articles": "article_id, url, site, source_path, source_record, title, published, published_precision, modified, "
    "author, publisher, lead, text, language, sha256, duplicate_of, duplicate_kind, fetched",
    "blocks": "article_id, block_no, kind, char_start, char_end, raw_start, raw_end",
    "directive_mentions": MENTION + "kind, type, number, symbol, issuer, issued, term, session, title, article_part, "
    "action, flags, directive_id, resolution, candidates",
    "directives": "directive_id, type, number, symbol, issuer, issued, term, session, title, registered, mentions, "
    "articles, first_published, last_published",
    "directive_relations": "article_id, subject_id, relation, object_id, char_start, char_end",
    "date_mentions": MENTION + "kind, grain, value, edtf, start_date, end_date, modifier, role, source",
    "person_mentions": MENTION + "name, honorific, mention_type, context, person_id",
    "role_mentions": MENTION + "person_mention_id, name, title, organisation, organisation_id, status, inherited, term",
    "people": "person_id, name, aliases, kind, mentions, articles, first_published, last_published",
    "organisations": "organisation_id, name, class, parent_id, territory, aliases, mentions",
    "positions": "person_id, title, organisation_id, start_min, start_max, end_min, end_max, attestations, evidence",
    "position_events": "article_id, person_id, title, organisation_id, type, date, decided_by, mention_id",
    "indicators": MENTION + "value, value_text, value_max, denominator, unit, unit_kind, qualifier, bound, object, "
    "action, actor, period_start, period_end, status, change, base, part_of, flags",
    "checks": "article_id, kind, mention_ids, found, expected, message",
    "rejects": "source_path, source_record, stage, reason, detail",
}


def test_tables_and_columns_are_those_of_the_contract() -> None:
    assert {t.name: ", ".join(t.names) for t in TABLES} == CONTRACT
    assert [t.name for t in TABLES] == list(CONTRACT)


def test_every_family_has_its_table() -> None:
    assert set(MENTION_TABLE) == set(FAMILIES)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_keys_and_indexes_name_columns(table: Table) -> None:
    assert set(table.primary_key) <= set(table.names)
    assert set(table.indexes) <= set(table.names)
    for key in table.foreign_keys:
        assert key.column in table.names
        assert TABLE[key.table].primary_key == (key.target,)
    for name in table.primary_key:
        assert next(c for c in table.columns if c.name == name).required


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_everything_is_described(table: Table) -> None:
    for text in (table.description, *(c.description for c in table.columns)):
        assert re.match(r"[A-Za-z\"].{8,}", text), (table.name, text)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_arrow_sqlite_and_descriptor_agree(table: Table) -> None:
    assert tuple(arrow.schema(table.name).names) == table.names
    assert tuple(f["name"] for f in table_schema(table)["fields"]) == table.names
    db = sqlite3.connect(":memory:")
    db.execute(ddl(table))
    made = db.execute('SELECT name, "notnull", pk FROM pragma_table_info(?)', (table.name,)).fetchall()
    assert tuple(m[0] for m in made) == table.names
    assert [bool(m[1]) for m in made] == [c.required for c in table.columns]
    assert {m[0] for m in made if m[2]} == set(table.primary_key)


def test_names_are_no_reserved_words() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: its reserved words were not looked at")
    reserved = {
        word
        for (word,) in duckdb.sql(
            "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
        ).fetchall()
    }
    assert "select" in reserved
    db = sqlite3.connect(":memory:")
    for name in {t.name for t in TABLES} | {c for t in TABLES for c in t.names}:
        assert name not in reserved
        db.execute(f"SELECT 1 AS {name}")  # as a bare word
