"""Where each field of a page comes from, which source is believed, and what becomes of those that disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.engine import extract_article
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html
from bantin.types import Article

P = "<p>Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu tham dự.</p>" * 3
TITLE = "Hội nghị triển khai nhiệm vụ năm 2024"


def read(head: str = "", top: str = "", below: str = "", **fields: str) -> Article:
    page = f"<html><head>{head}</head><body><div><h1>{TITLE}</h1>{top}{P}{below}</div></body></html>"
    return read_html(page, Origin(Path("a.html"), "a.html"), Fields(**fields))


def json_ld(**values: str) -> str:
    listed = ",".join(f'"{k}":"{v}"' for k, v in values.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{listed}}}</script>'


def used(article: Article, field: str) -> str | None:
    return next((e.source for e in article.evidence if e.field == field and e.used), None)


def conflicts(article: Article) -> list[tuple[str, str]]:
    return [(c.found, c.expected) for c in extract_article(article).checks if c.kind == "field_conflict"]


DATE = json_ld(datePublished="2024-03-06T08:15:00+07:00")
OG = '<meta property="article:published_time" content="2024-03-07T09:00:00+07:00">'
SHOWN = "<div>Thứ Sáu, 08/03/2024 10:30</div>"


@pytest.mark.parametrize(
    ("head", "top", "fields", "source", "published"),
    [
        (DATE + OG, SHOWN, {"published": "2024-03-05"}, "row", "2024-03-05"),
        (DATE + OG, SHOWN, {}, "json-ld", "2024-03-06T08:15+07:00"),
        (OG, SHOWN, {}, "opengraph", "2024-03-07T09:00+07:00"),
        ("", SHOWN, {}, "dateline", "2024-03-08T10:30+07:00"),
        ("", "", {}, None, None),
    ],
)
def test_the_order_of_belief(
    head: str, top: str, fields: dict[str, str], source: str | None, published: str | None
) -> None:
    article = read(head, top, **fields)
    assert article.published == published
    assert used(article, "published") == source


def test_every_field_that_stands_says_where_it_is_from() -> None:
    head = f"{json_ld(headline=TITLE, datePublished='2024-03-06')}<link rel=canonical href='https://a.example/1'>"
    article = read(head, below="<p>Tin, ảnh: Nguyễn Thu Trang (Báo Nhân Dân)</p>")
    for field in ("title", "published", "author", "publisher", "url"):
        assert getattr(article, field), field
        assert used(article, field), field
    assert (used(article, "title"), used(article, "author"), used(article, "url")) == ("heading", "byline", "canonical")


def test_a_disagreement_is_a_check_and_the_better_source_stands() -> None:
    article = read(DATE, SHOWN)
    assert conflicts(article) == [("2024-03-08T10:30+07:00", "2024-03-06T08:15+07:00")]
    (check,) = (c for c in extract_article(article).checks if c.kind == "field_conflict")
    assert "dateline" in check.message
    assert "json-ld" in check.message


@pytest.mark.parametrize(
    ("head", "top", "below"),
    [
        (DATE, "<div>06/03/2024</div>", ""),
        (DATE, "<div>Thứ Tư, 06/03/2024 08:15</div>", ""),
        (json_ld(headline=f"{TITLE} - Đảng bộ Khối"), "", ""),
        ('<meta property="og:title" content="Hội nghị triển khai nhiệm...">', "", ""),
        (json_ld(author="admin"), "", "<p>Tin: Nguyễn Thu Trang</p>"),
        (json_ld(author="Thu Trang"), "", "<p>Tin: Nguyễn Thu Trang</p>"),
    ],
)
def test_the_same_said_more_or_less_fully_is_no_disagreement(head: str, top: str, below: str) -> None:
    assert conflicts(read(head, top, below)) == []


def test_the_minute_of_the_page_makes_a_day_exact() -> None:
    article = read(json_ld(datePublished="2024-03-08"), SHOWN)
    assert (article.published, article.published_precision) == ("2024-03-08T10:30+07:00", "minute")
    assert used(article, "published") == "dateline"


def test_local_digits_that_are_called_utc_give_way_to_the_page() -> None:
    article = read(json_ld(datePublished="2024-03-08T10:30:00Z"), SHOWN)
    assert article.published == "2024-03-08T10:30+07:00"
    assert read(json_ld(datePublished="2024-03-08T03:30:00Z"), SHOWN).published == "2024-03-08T10:30+07:00"


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "2031-05-01", "2024-02-31", "hôm qua"]
)
def test_a_date_that_cannot_be_is_not_believed(value: str) -> None:
    article = read(json_ld(datePublished=value), fetched="2024-03-10T00:00:00Z")
    assert article.published is None
    assert [(e.value, e.used) for e in article.evidence if e.field == "published"] == [(value, False)]
    shown = read(json_ld(datePublished=value), SHOWN, fetched="2024-03-10T00:00:00Z")
    assert shown.published == "2024-03-08T10:30+07:00"


TRAPS = {
    "a decree's date": "<p>Căn cứ Nghị định ban hành ngày 15/05/2016.</p>",
    "other news": "<h3>Tin liên quan</h3><ul><li><a href=/a>Khai mạc hội thi</a> (01/02/2024)</li></ul>",
    "a comment": "<div class=comment><b>Lan Anh</b> 12/03/2024 09:10<p>Bài viết rất hay và bổ ích.</p></div>",
    "a licence": "<footer>Giấy phép số 12/GP-TTĐT ngày 01/02/2015</footer>",
    "a clock": "<div class=dongho>Thứ Năm, 26/11/2026 10:15:30</div>",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_date_is_invented(trap: str) -> None:
    assert read(below=TRAPS[trap]).published is None
