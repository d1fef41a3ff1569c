"""Lexicons and the pattern that matches exactly their words."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.datafile import read_csv
from bantin.errors import DataFileError
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.selfcheck import check_lexicons, lexicon_names


@given(st.sets(st.text(alphabet="abcđ.", min_size=1, max_size=5), min_size=1, max_size=12))
def test_trie_matches_exactly_its_words_longest_first(words: set[str]) -> None:
    pattern = re.compile(trie_pattern(words))
    assert all(pattern.fullmatch(w) for w in words)
    for w in words:
        longest = max((x for x in words if w.startswith(x)), key=len)
        assert pattern.match(w).group() == longest  # type: ignore[union-attr]
    assert not pattern.fullmatch("z")


@pytest.mark.parametrize("name", lexicon_names())
def test_lexicon_holds(name: str) -> None:
    lexicon = load_lexicon(name)
    assert len(lexicon) > 0
    for form, canonical in lexicon.entries.items():
        assert canonical.strip() == canonical and canonical
        assert unicodedata.is_normalized("NFC", form + canonical)
        assert lexicon.canonical(form.upper()) == canonical


def test_check_reports_nothing() -> None:
    assert check_lexicons() == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("form,canonical,note\na,b\n", "2 fields"),
        ("form,canonical\na,b\n", "expected form,canonical,note"),
        ("", "no header"),
        (unicodedata.normalize("NFD", "form,canonical,note\nđảng ủy,,\n"), "not NFC"),
    ],
)
def test_wrong_csv_names_file_and_record(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=says) as e:
        read_csv(file, ("form", "canonical", "note"))
    assert "wrong.csv" in str(e.value)


def test_not_utf8_is_said(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes(b"form,canonical,note\n\xe9,,\n")
    with pytest.raises(DataFileError, match="not UTF-8"):
        read_csv(file, ("form", "canonical", "note"))


def test_a_note_is_found_by_a_matched_form_as_by_any_spelling() -> None:
    lexicon = load_lexicon("action_verbs")
    for form in lexicon:
        assert lexicon.noted(form) == lexicon.noted(form.replace(" ", " \n")) == lexicon.note(form)
    assert lexicon.noted("không có mục này") == ""
