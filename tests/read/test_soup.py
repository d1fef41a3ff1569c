"""Broken pages lose no text: what libxml2 drops is read by BeautifulSoup, and only that."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bantin.read import soup
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html, slim
from bantin.read.tree import parse

SENTENCES = [
    f"Chi bộ {n} đã đánh giá kết quả công tác sáu tháng đầu năm và bàn nhiệm vụ của những tháng tiếp theo."
    for n in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám")
]
FIRST, REST = f"<p>{SENTENCES[0]}</p>", "".join(f"<p>{s}</p>" for s in SENTENCES[1:])
BROKEN = {
    "a comment that is never closed": f"<html><body>{FIRST}<!-- quảng cáo {REST}</body></html>",
    "a comment closed with a space": f"<html><body>{FIRST}<!-- quảng cáo -- > {REST}</body></html>",
    "a quotation mark that is never closed": f'<html><body>{FIRST}<a href="/tin>Tin</a>{REST}</body></html>',
    "text behind the end of the page": f"<html><body>{FIRST}</body></html>{REST}",
}
SOUND = {
    "entities": "<html><body>" + "<p>&#7853;&agrave;&nbsp;" * 400 + "</body></html>",
    "white space": f"<html><body>{'  ' * 2000}{FIRST}{REST}</body></html>",
    "less than": f"<html><body><p>tỷ lệ < 5 % và > 3 %</p>{REST}</body></html>",
}
HOSTILE = ["<!--", "<a ", '<a href="', "<p title='", "</", "<!", "<?", "&#", '<a href="x>', "]]>"]


@pytest.mark.parametrize("page", BROKEN.values(), ids=BROKEN.keys())
def test_no_sentence_is_lost(page: str) -> None:
    root, whole = parse(page)
    assert root is not None and whole and soup.is_short(root, page)
    article = read_html(page, Origin(Path("a.html"), "a.html"), Fields())
    assert [s for s in SENTENCES if s not in article.text] == []


@pytest.mark.parametrize("page", SOUND.values(), ids=SOUND.keys())
def test_a_page_that_is_whole_is_read_once(page: str) -> None:
    root, _ = parse(page)
    assert root is not None and not soup.is_short(root, page)


def test_the_sample_pages_are_read_once(root: Path) -> None:
    for file in sorted((root / "corpus" / "archive").glob("*.html")):
        page, _ = slim(file.read_bytes().decode("utf-8", "replace"))
        tree, _ = parse(page)
        assert tree is not None and not soup.is_short(tree, page), file.name


@pytest.mark.parametrize("unit", HOSTILE)
def test_what_python_reads_slowly_is_not_read_again(unit: str) -> None:
    page = f"<html><body>{FIRST}{unit * (900_000 // len(unit))}"
    begin = time.process_time()
    soup.parse_again(page)
    assert time.process_time() - begin < 2


def test_what_is_nested_too_deep_is_left_as_it_is() -> None:
    assert soup.parse_again("<div>" * 5000 + SENTENCES[0]) is None
