"""The folded index: what it is given and what is searched for in it come to the same words."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bantin.dataset.sqlite import FOLDED, _index_text, exact_form, folded_form


def test_a_letter_is_found_by_its_folded_form_and_no_other_way() -> None:
    """Every letter of every script, within a word."""
    letters = [f"a{chr(code)}b" for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE articles (title, text)")
        db.executemany("INSERT INTO articles VALUES (NULL, ?)", zip(letters))
        _index_text(db)
        db.execute("CREATE VIRTUAL TABLE plain USING fts5(title, text, tokenize='unicode61 remove_diacritics 0')")
        folded = ((n, folded_form(one)) for n, one in enumerate(letters, 1))
        db.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", folded)
        for index in (FOLDED, "plain"):
            db.execute(f"CREATE VIRTUAL TABLE {index}_words USING fts5vocab({index}, instance)")
        indexed, searched = (
            db.execute(f"SELECT doc, term, offset FROM {index}_words ORDER BY doc, offset").fetchall()
            for index in (FOLDED, "plain")
        )
    assert indexed == searched
    assert len(indexed) > len(letters)


def test_words_of_vietnamese_lose_all_marks() -> None:
    assert folded_form("Đảng uỷ Ðức Thọ, nghiệp vụ") == "dang uy duc tho, nghiep vu"
    assert exact_form("Ðảng uỷ") == "Đảng ủy"
