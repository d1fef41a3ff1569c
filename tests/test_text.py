"""NFC with its map back to the source, and the length-preserving view."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.text import View, canonical, fold, fold_key, lower, normalise

VIETNAMESE = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĐEÊIOÔƠUƯY \u00a0\u2009\u2013\u2014-0123456789/.,\u200b\u00ad\r\n\u00d0\u0301\u0323",
    max_size=80,
)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Đảng uỷ Khối", "Đảng ủy Khối"),
        ("khoá XIII", "khóa XIII"),
        ("hoà bình, hoè, thuỷ", "hòa bình, hòe, thủy"),
        ("KHOÁ", "KHÓA"),
        ("toàn quốc", "toàn quốc"),
        ("quý I", "quý I"),
        ("Qúy 3", "Quý 3"),
        ("thuyền, khoáng, quỳ", "thuyền, khoáng, quỳ"),
        ("01\u00a0\u2013 KL/TW", "01 - KL/TW"),
        ("217-QÐ/TW", "217-QĐ/TW"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(VIETNAMESE | st.text(max_size=60))
def test_view_keeps_every_offset(text: str) -> None:
    text, _ = normalise(text)
    view = View(text)
    assert len(view.folded) == len(view.lower) == len(text)
    assert fold(view.folded) == view.folded
    assert lower(view.lower) == view.lower
    assert all(view.folded[f].isupper() for f in view.fused)


@given(VIETNAMESE | st.text(max_size=60))
def test_normalised_text_is_nfc_and_clean(source: str) -> None:
    text, offsets = normalise(source)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text and "\u200b" not in text
    again, identity = normalise(text)
    assert again == text and not identity.steps
    points = [offsets.to_source(i) for i in range(len(text) + 1)]
    assert points == sorted(points)
    assert all(0 <= p <= len(source) for p in points)


@given(VIETNAMESE.filter(lambda s: not any("\u0300" <= c <= "\u036f" for c in s)))
def test_every_normal_form_gives_one_text(source: str) -> None:
    composed, _ = normalise(unicodedata.normalize("NFC", source))
    decomposed, offsets = normalise(unicodedata.normalize("NFD", source))
    assert composed == decomposed
    nfd = unicodedata.normalize("NFD", source)
    for i in range(len(decomposed)):  # each character maps to where it came from
        piece = nfd[offsets.to_source(i) : offsets.to_source(i + 1)]
        assert normalise(piece)[0] in (decomposed[i], "\n") or decomposed[i] in normalise(piece)[0]


def test_crlf_and_zero_width_map_back() -> None:
    source = "Đảng\u200b ủy\r\nKhối"
    text, offsets = normalise(source)
    assert text == "Đảng ủy\nKhối"
    at = text.index("Khối")
    assert source[offsets.to_source(at) : offsets.to_source(at + 4)] == "Khối"


def test_fused_words_begin_where_the_space_was_lost() -> None:
    text = "lần thứ nămHội nghị TTg CT-TTg USD"
    assert View(text).fused == (text.index("Hội"),)


def test_fold_key_and_canonical() -> None:
    assert fold_key("  Đảng   uỷ\u00a0KHỐI ") == "đảng ủy khối"
    assert canonical(" Ban  Thường vụ Đảng uỷ ") == "Ban Thường vụ Đảng ủy"
