"""Encodings and language: right text or a named refusal, never silent mojibake."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.errors import ReadError
from bantin.read.decode import decode
from bantin.read.language import is_vietnamese, plausibility
from bantin.read.legacy import _table, _vni_tables

TEXT = (
    "Đảng ủy Khối tổ chức hội nghị sơ kết công tác kiểm tra, giám sát; Ủy ban Kiểm tra báo cáo kết quả thực hiện "
    "nghị quyết, chỉ thị của Trung ương và những nhiệm vụ trọng tâm trong quý tới. "
) * 4


def windows_1258(text: str) -> bytes:
    """As Windows writes it: base letters whole, the five tone marks apart."""
    out = []
    for letter in text:
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tone = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            whole = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tone))
            out.append((whole + "".join(tone)).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(name: str) -> None:
    assert decode(TEXT.encode(name)) == TEXT
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decode(decomposed.encode(name)) == decomposed


def test_windows_1258_is_recognised() -> None:
    assert unicodedata.normalize("NFC", decode(windows_1258(TEXT))) == TEXT


def test_a_declared_encoding_is_believed_only_if_it_gives_vietnamese() -> None:
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">' + windows_1258(TEXT)
    assert TEXT in unicodedata.normalize("NFC", decode(page))


def old(name: str) -> bytes:
    backwards = {char: bytes([byte]) for byte, char in _table(name).items()}
    return b"".join(backwards.get(c) or c.encode("ascii") for c in unicodedata.normalize("NFC", TEXT))


@pytest.mark.parametrize("name", ["viscii", "tcvn3"])
def test_encodings_from_before_unicode(name: str) -> None:
    assert decode(old(name)) == TEXT


@pytest.mark.parametrize("name", ["viscii", "tcvn3"])
def test_markup_does_not_hide_an_old_encoding(name: str) -> None:
    page = b"<html><head><script>var a = 'document.write';</script></head><body><table><tr><td align=center>"
    assert TEXT in decode(page + old(name) + b"</td></tr></table></body></html>")


@pytest.mark.parametrize(
    "text",
    [
        "The committee met on Monday to discuss the annual report of the district. " * 20,
        "Le comité a décidé à l'unanimité que les résultats de l'année étaient très élevés. " * 20,
        "Die Ausschüsse prüften die Maßnahmen für das nächste Jahr und beschlossen größere Mittel. " * 20,
        "Ủy ban họp. " + "def read(source): return source.decode() # comment " * 30,
    ],
)
def test_clean_text_is_never_repaired(text: str) -> None:
    assert decode(text.encode()) == text


def test_old_fonts_shown_as_latin_letters() -> None:
    assert decode(old("tcvn3").decode("cp1252", "replace").encode()) == TEXT
    assert decode(old("tcvn3").decode("latin-1").encode()) == TEXT


def test_utf8_that_was_taken_for_latin() -> None:
    assert decode(TEXT.encode().decode("latin-1").encode()) == TEXT


def test_vni_fonts() -> None:
    pairs, singles = _vni_tables()
    backwards = {whole: shown for shown, whole in (singles | pairs).items()}
    shown = "".join(backwards.get(c, c) for c in TEXT)
    assert "ñaïi" not in shown
    assert shown.startswith("Ñaû")
    assert decode(shown.encode("latin-1")) == TEXT
    assert decode(shown.encode("utf-8")) == TEXT


@pytest.mark.parametrize("cut", [1, 2])
def test_a_letter_cut_at_the_end_costs_one_letter(cut: int) -> None:
    data = (TEXT + "ộ").encode()[:-cut]
    assert decode(data) == TEXT + "\ufffd"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT.encode("utf-16")[:-1], "undecodable"),
        ("Le comité a été élu à l'unanimité, très tôt. ".encode("latin-1") * 10, "undecodable"),
        ("привет, как дела сегодня в городе ".encode("cp1251") * 10, "undecodable"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.4 text", "binary"),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == reason


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_named_refusal(data: bytes) -> None:
    try:
        decode(data)
    except ReadError as e:
        assert e.reason in ("binary", "undecodable")


@given(st.text(max_size=300))
def test_utf8_is_never_changed(text: str) -> None:
    if text.isprintable() and not text.startswith("\ufeff"):
        assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("text", "vietnamese"),
    [
        (TEXT, True),
        ("Dang uy Khoi to chuc hoi nghi so ket cong tac kiem tra va giam sat cua cac don vi trong tinh " * 10, True),
        ("The committee met on Monday to discuss the annual report of the district. " * 10, False),
        ("Le comité a décidé à l'unanimité que les résultats de l'année étaient très élevés. " * 10, False),
        ("Комитет обсудил годовой отчёт района и план работы на будущий год. " * 10, False),
        ("คณะกรรมการตรวจสอบของคณะกรรมการพรรคจังหวัด " * 20, False),
        ("Short", True),
        ("182 305 377 " * 100, True),
        ("", True),
    ],
)
def test_language(text: str, vietnamese: bool) -> None:
    assert is_vietnamese(text) is vietnamese


def test_plausibility_tells_encodings_apart() -> None:
    assert plausibility(TEXT) > 0.95
    assert plausibility(TEXT.encode().decode("cp1252", "replace")) < 0.8
    assert plausibility("") == 0
