"""Whatever the input: blocks quote their text, raw offsets lead back to the source, the text is NFC."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bantin.errors import ReadError
from bantin.read import plan, read
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html
from bantin.read.plain import read_plain, read_row_text
from bantin.text import normalise
from bantin.types import BLOCK_KINDS, Article, Reject

ORIGIN = Origin(Path("a.txt"), "a.txt")
SENTENCE = "Sáng 14/5, Đảng ủy Khối tổ chức hội nghị sơ kết công tác kiểm tra, giám sát quý I với 120 đại biểu dự."
PARTS = st.sampled_from(
    [
        SENTENCE, unicodedata.normalize("NFD", SENTENCE), SENTENCE.replace(" ", "\u00a0"), "Sign In",
        "left center right del",
        "Tin liên quan", "15:07 14/05/2019", "Tin, ảnh: Thu Hà", "Toàn cảnh hội nghị", "- Một là:", "\n", "\n\n",
        "\r\n", " ",
        "\u200b", "\ufeff", "\u0301", "x" * 50, SENTENCE + "/.Lê Văn Dũng", "no image", ".", "\u00ad", "Ð", "\u2028",
    ]
)  # fmt: skip
SOURCES = st.lists(PARTS | st.text(max_size=20), max_size=14).map("".join)


def check(article: Article, source: str | None) -> None:
    assert unicodedata.is_normalized("NFC", article.text)
    assert article.text.strip()
    last = 0
    for block in article.blocks:
        assert block.kind in BLOCK_KINDS
        assert last <= block.start < block.end <= len(article.text)
        text = article.text[block.start : block.end]
        assert text.strip() == text != ""
        last = block.end
        if source is not None:
            assert block.raw_start is not None
            assert block.raw_end is not None
            assert normalise(source[block.raw_start : block.raw_end])[0].strip() == text
    article.text.encode("utf-8")


@given(SOURCES)
def test_plain_text(source: str) -> None:
    try:
        article = read_plain(source, ORIGIN)
    except ReadError as e:
        assert e.reason in ("empty", "not_vietnamese", "undecodable")
        return
    check(article, source)
    assert "\n".join(article.text[b.start : b.end] for b in article.blocks) == article.text
    assert read_plain(source, ORIGIN) == article


@given(SOURCES, st.none() | st.text(max_size=30))
def test_rows(source: str, title: str | None) -> None:
    try:
        article = read_row_text(source, ORIGIN, Fields(title=title))
    except ReadError as e:
        assert e.reason in ("empty", "not_vietnamese", "undecodable")
        return
    check(article, source)
    assert article.text == normalise(source)[0]
    assert sum(len(b) for b in article.text.split()) == sum(
        len(w) for b in article.blocks for w in article.text[b.start : b.end].split()
    )


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class='menu'>", "</div>", "<br>", "<table><tr><td>",
     "</td><td>", "</td></tr></table>", "<img src=a>",
     "<em>", "</em>", "<h1>", "</h1>", "<li>", "<a href=x>", "</a>", "<script>", "</script>", "<!--", "-->",
     "&nbsp;", "&#0;",
     "<p style='text-align:center'>", "<figure><figcaption>", "</figcaption></figure>", "<", ">", "<title>", "</title>"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(TAGS | PARTS, max_size=30).map("".join))
def test_html(source: str) -> None:
    try:
        check(read_html(source, ORIGIN, Fields()), None)
    except ReadError as e:
        assert e.reason in ("empty", "not_vietnamese", "undecodable")


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.just(SENTENCE)
ROWS = st.dictionaries(
    st.sampled_from(["text", "html", "title", "url", "published", "author", "x"]), VALUES, max_size=6
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(ROWS.map(json.dumps) | st.text(max_size=20).map(lambda t: t.replace("\n", " ")), max_size=5))
def test_any_row_gives_an_article_or_a_reject(rows: list[str], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8", errors="replace")
    for found in read(plan([path])[0]):
        assert isinstance(found, Article | Reject)
        assert found.source_record is not None
        if isinstance(found, Article):
            check(found, None)


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@given(data=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_give_an_article_or_a_reject(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = read(plan([path])[0])
    assert isinstance(found, Article | Reject)
