"""Encodings and language: right text or a named refusal, never silent mojibake."""

from __future__ import annotations

import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.errors import ReadError
from bantin.read.decode import decode
from bantin.read.language import is_vietnamese, letters_lost
from bantin.read.plain import check_language

sys.path.insert(0, str(Path(__file__).parent))
from old_encodings import ENCODINGS, SYLLABLES, WITHOUT_QUOTES

TEXT = (
    "Đảng ủy Khối tổ chức hội nghị sơ kết công tác kiểm tra, giám sát; Ủy ban Kiểm tra báo cáo kết quả thực hiện "
    "nghị quyết, chỉ thị của Trung ương và những nhiệm vụ trọng tâm trong quý tới. "
) * 4


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(name: str) -> None:
    assert decode(TEXT.encode(name)) == TEXT
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decode(decomposed.encode(name)) == decomposed


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_gives_the_same_text(name: str) -> None:
    text = TEXT if name in WITHOUT_QUOTES else TEXT + "Kế hoạch “Quý II – năm 2019” … ‘ghi nhớ’."
    assert unicodedata.normalize("NFC", decode(ENCODINGS[name](text))) == text


@pytest.mark.parametrize("name", ENCODINGS)
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=12, max_size=40), capital=st.booleans())
@settings(max_examples=15)
def test_any_composed_text_comes_back(name: str, words: list[str], capital: bool) -> None:
    text = "Hội nghị triển khai nhiệm vụ: " + " ".join(w.capitalize() if capital else w for w in words) + "."
    assert unicodedata.normalize("NFC", decode(ENCODINGS[name](text))) == text


@pytest.mark.parametrize("name", ["windows-1258", "viscii", "tcvn3", "vni"])
@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-8", "windows-1258", "nonsense", "x-vps"])
def test_a_declared_encoding_is_believed_only_if_it_gives_vietnamese(name: str, declared: str) -> None:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = head + "<script>var a = 'document.write';</script></head><body><table><tr><td align=center>"
    data = page.encode() + ENCODINGS[name](TEXT) + b"</td></tr></table></body></html>"
    assert TEXT in unicodedata.normalize("NFC", decode(data, declared))


@pytest.mark.parametrize("name", ["tcvn3", "windows-1258", "vni"])
def test_an_old_article_inside_a_new_page(name: str) -> None:
    data = "Trang chủ | Giới thiệu | Tin tức\n".encode() * 20 + ENCODINGS[name](TEXT) + "\nLiên kết hữu ích".encode()
    text = unicodedata.normalize("NFC", decode(data))
    assert text.startswith("Trang chủ | Giới thiệu | Tin tức\n")
    assert TEXT in text
    assert text.endswith("\nLiên kết hữu ích")


def test_cesu_8_is_read_and_an_overlong_form_is_not() -> None:
    halves = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    assert decode(TEXT.encode() + halves) == TEXT + "\U0001f600"
    overlong = decode(TEXT.encode() + b"\xc0\xaf")  # a slash in two bytes
    assert overlong == TEXT + "\ufffd\ufffd"
    with pytest.raises(ReadError, match="undecodable"):
        decode("Hội nghị ".encode() * 3 + b"\xc0\xaf\xe0\x80\xaf" * 40)


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


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("ộ", "?").replace("ị", "?").replace("ủ", "?"),  # a database that knew no such letters
        TEXT.replace("ộ", "\ufffd").replace("ị", "\ufffd").replace("ủ", "\ufffd"),
        "Héi nghÞ tæng kÕt" * 1
        + " c«ng t¸c®µn b¶o qx«f zw¸k pr®t vx¶l jj·m ww¹t" * 3,  # letters that no table explains
    ],
)
def test_a_text_without_its_letters_is_undecodable(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        check_language(text)
    assert caught.value.reason == "undecodable"


def test_questions_and_formulas_have_their_letters() -> None:
    text = "Ai làm?Làm gì? 25 m², 12 m³/s, 5°C ± 1; «Đất nước»; 1×2÷3; tên_tệp?id=4 và ½ số phiếu. " * 20
    assert letters_lost(text) == 0


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    "unit", ["Hội nghị ", "Héi nghÞ c«ng t¸c ", "Há»™i nghá»‹ ", "a", "é", "Ã ", "&#233;", "<font>"]
)
def test_ten_megabytes_take_seconds_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        data = (unit * (size // len(unit.encode()))).encode()
        start = time.process_time()
        decode(data)
        return time.process_time() - start

    seconds(10_000)
    small = max(min(seconds(1_000_000) for _ in range(2)), 0.02)
    assert seconds(4_000_000) < 4 * 2 * small
