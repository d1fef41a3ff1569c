"""What was damaged is made right and nothing else: foreign languages, formulas, quotations; fonts and entities."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.read.build import Origin
from bantin.read.decode import mended
from bantin.read.fonts import entities_read, fonts_read, plain_entities_read
from bantin.read.legacy import shown
from bantin.read.repair import repaired, share
from bantin.read.rows import read_row
from bantin.read.syllable import is_syllable

sys.path.insert(0, str(Path(__file__).parent))
from old_encodings import ENCODINGS, LETTERS, SYLLABLES, by_table, vni

CLEAN = "Sáng 14/5, Đảng ủy xã tổ chức hội nghị quán triệt nghị quyết, chỉ thị mới cho 120 đảng viên ở các chi bộ."
BROKEN = shown(CLEAN.encode())
OLD = shown(by_table("tcvn3", CLEAN))
spec = find_spec("spacy")
EXAMPLES = sorted(
    Path(str(spec and spec.submodule_search_locations and spec.submodule_search_locations[0])).glob(
        "lang/*/examples.py"
    )
)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.parent.name)
def test_no_language_is_taken_for_damaged_vietnamese(file: Path) -> None:
    """The sample sentences that spaCy has of every language it knows, one by one and together."""
    sentences = re.findall(r'"([^"\n]{20,})"', file.read_text(encoding="utf-8"))
    for text in (*sentences, " ".join(sentences * 10), "\n".join(sentences)):
        assert mended(text) == text


def test_there_are_languages_to_test() -> None:
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        unicodedata.normalize("NFD", CLEAN),
        CLEAN.replace("Đ", "Ð"),
        f"Trang báo hiện chữ “{BROKEN[:40]}” thay vì “{CLEAN[:18]}” nên bạn đọc không hiểu gì.",
        f'Dòng chữ "{OLD[:50]}" là của phông chữ cũ, không phải lỗi của bản tin này.',
        "Diện tích 25 m², thể tích 12 m³, nhiệt độ 37°C ± 0,5; ½ số phiếu; 5 × 3 ÷ 2; § 4; 10 µm; © 2019 ®; £5, ¥6.",
        "α + β ≤ γ, ∑ xᵢ² → ∞, f: ℝ → ℝ, x ∈ [0; 1], ¬p ∨ q, Ω, Å, ‰",
        "Ông Müller, bà Gonçalves, ông François Besançon và bà Åsa Ångström dự hội nghị.",
        "Müller, Größe, Straße, Fußball, Bär, Öl, Übung",
        "São Paulo, ação, coração, não, irmã, João, pão, mão, são, têm",
        "Krông Pắc, Đắk Lắk, Chư Sê, Kbang, Ia Grai, ông Y Thịnh Niê, bà H'Yim Kđoh",
    ],
)
def test_clean_text_is_the_same_object(text: str) -> None:
    assert repaired(text * 6) == text * 6
    assert repaired(text) is text


@given(
    st.lists(st.sampled_from([*SYLLABLES, "m²", "“", "”", "–", "é", "°C", "ñ", "Ð", "ü", "\n", "…", "«", "»"])).map(
        " ".join
    )
)
def test_composed_vietnamese_with_any_symbols_stays(text: str) -> None:
    assert repaired(CLEAN + text) == CLEAN + text


@given(st.text(alphabet=st.characters(max_codepoint=0x2200, exclude_categories=["Cs"]), max_size=300))
def test_repairing_twice_is_repairing_once(text: str) -> None:
    assert isinstance(share(text), float)
    once = repaired(text)
    assert len(once) <= len(text)


def test_a_line_between_clean_ones() -> None:
    assert repaired(f"{CLEAN}\n{BROKEN}\n{CLEAN}") == f"{CLEAN}\n{CLEAN}\n{CLEAN}"
    assert repaired(f"{CLEAN}\n{OLD}\n{BROKEN}\n{CLEAN}") == "\n".join([CLEAN] * 4)


def test_spaces_that_were_letters() -> None:
    text = "Và các đồng chí là đảng viên hành động vì nhà trường, vào dịp này làm tốt và hài hòa; đà phát triển."
    broken = shown(text.encode())
    assert repaired(broken.replace("\xa0", " ")) == text
    assert repaired(re.sub(" +", " ", broken.replace("\xa0", " "))) == text


def test_capitals_in_a_font_without_them() -> None:
    assert repaired("§¶NG ñY HUYÖN B¶O TH¾NG Tæ CHøC HéI NGHÞ") == "ĐẢNG ỦY HUYỆN BẢO THẮNG TỔ CHỨC HỘI NGHỊ"


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ('<font face=".VnTime">§¶ng ñy</font> xã', '<font face=".VnTime">Đảng ủy</font> xã'),
        ("<FONT FACE=.VnTimeH>héi nghÞ</FONT> năm", "<FONT FACE=.VnTimeH>HỘI NGHỊ</FONT> năm"),
        (
            '<span style="font-family:.VnTime, serif">b¸o <b>c¸o</b></span>',
            '<span style="font-family:.VnTime, serif">báo <b>cáo</b></span>',
        ),
        ("<p style='font-family:\".VnArial\"'>®¹i héi<p>c«ng", "<p style='font-family:\".VnArial\"'>đại hội<p>c«ng"),
        ('<font face="VNI-Times">Ñaïi hoäi</font>', '<font face="VNI-Times">Đại hội</font>'),
        (
            '<font face=".VnTime">®¹i <font face="Arial">hội é</font> héi</font>',
            '<font face=".VnTime">đại <font face="Arial">hội é</font> hội</font>',
        ),
        ('<font face=".VnTime">Đảng ủy xã</font>', '<font face=".VnTime">Đảng ủy xã</font>'),  # converted since
        ('<font face="Arial">c«ng é</font>', '<font face="Arial">c«ng é</font>'),
        ('<font face=".VnTimeH">b¸o c¸o &amp; &lt;</font>', '<font face=".VnTimeH">BÁO CÁO &amp; &lt;</font>'),
    ],
)
def test_runs_of_old_fonts(page: str, read: str) -> None:
    assert fonts_read(page) == read


def test_a_page_of_fonts_and_entities_in_a_row() -> None:
    lead = (
        '<p><font face=".VnTime">Ban ch&Ecirc;p h&micro;nh <font face=".VnTimeH">®&para;ng</font> bé x· häp.</font></p>'
    )
    line = json.dumps({"html": f"<p>{CLEAN}</p>" * 2 + lead + f"<p>{CLEAN}</p>" * 2})
    article = read_row(line.encode(), Origin(Path("a.jsonl"), "a.jsonl", "1"))
    assert "Ban chấp hành ĐẢNG bộ xã họp." in article.text.split("\n")


@pytest.mark.parametrize("name", ["viscii", "tcvn3", "windows-1258", "vni"])
def test_rows_in_old_encodings(name: str) -> None:
    line = json.dumps({"title": CLEAN[11:27], "text": CLEAN, "url": "https://a.example/é"}, ensure_ascii=False)
    article = read_row(ENCODINGS[name](line), Origin(Path("a.jsonl"), "a.jsonl", "1"))
    assert (article.text, article.title) == (CLEAN, CLEAN[11:27])


def test_a_damaged_field_beside_a_clean_one() -> None:
    for title, text in ((CLEAN, BROKEN), (CLEAN, OLD), (BROKEN, CLEAN), (OLD[:24], CLEAN)):
        line = json.dumps({"title": title, "text": text}, ensure_ascii=False)
        article = read_row(line.encode(), Origin(Path("a.jsonl"), "a.jsonl", "1"))
        assert article.text == CLEAN
        assert article.title == (CLEAN if len(title) > 30 else CLEAN[:24])


def test_letters_written_as_escapes_in_json() -> None:
    for text in (OLD, BROKEN, vni(CLEAN)):
        row = json.dumps({"title": text, "text": text})
        article = read_row(row.encode(), Origin(Path("a.jsonl"), "a.jsonl", "1"))
        assert (article.text, article.title) == (CLEAN, CLEAN)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("H&#7897;i ngh&#x1ECB;", "Hội nghị"),
        ("n&ocirc;ng th&ocirc;n", "nông thôn"),
        ("n&amp;ocirc;ng &amp;amp;ocirc;", "nông ô"),
        ("&ldquo;Qu&yacute;&rdquo;&nbsp;&#150;", "“Quý”\xa0–"),
        ("a &lt; b &amp; c &quot;d&quot; &#60;", "a &lt; b &amp; c &quot;d&quot; &#60;"),  # markup needs these
        ("&nonsense; &#9999999; &#xD800; &#0; R&D; &;", "&nonsense; \ufffd \ufffd \ufffd R&D; &;"),
    ],
)
def test_entities(source: str, read: str) -> None:
    assert entities_read(source) == read


def test_entities_left_in_plain_text() -> None:
    assert plain_entities_read("“A &amp; B” &quot;C&quot; &amp;lt; &#39; &lt;p&gt;") == '“A & B” "C" < \' <p>'


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_part_of_some_syllable(letter: str) -> None:
    assert any(is_syllable(f"{onset}{letter}{end}") for onset in ("b", "") for end in ("", "n", "t", "c", "m", "y"))


@pytest.mark.parametrize("token", ["héi", "nghÞ", "công", "Đảng", "ĐẢNG", "Ðảng", "khuỷu", "nghiêng", "quyết", "giếng"])
def test_syllables(token: str) -> None:
    assert is_syllable(token) is (token not in ("héi", "nghÞ"))


@pytest.mark.parametrize(
    "token", ["côt", "bàt", "đẢng", "bb", "nãõ", "straße", "xyz", "", "các" * 20, "mạnh" * 3, "tậu" + "e" * 9]
)
def test_no_syllables(token: str) -> None:
    assert not is_syllable(token)
