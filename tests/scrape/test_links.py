"""What listings, feeds and sitemaps lead to, and what a page says of itself; any bytes at all."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.scrape.discovery import Discovery, looks_like_article
from bantin.scrape.links import Links, is_article_page, metas, opted_out, read_links, refresh_of
from bantin.scrape.refusal import Refused
from bantin.scrape.urls import canonical

URL = "http://xa.example.vn/tin/"
DETECT = Discovery((URL,), detect=True)


def read(text: str, discovery: Discovery = DETECT, depth: int = 0) -> Links:
    return read_links(text.encode(), text, URL, discovery, depth)


def test_a_feed_of_each_kind() -> None:
    items = "<item><title>a</title><link> /a </link></item><item><guid>http://b.vn/b</guid></item>"
    rss = f"<rss><channel><link>/x</link>{items}</channel></rss>"
    assert read(rss).articles == (("http://xa.example.vn/a", ""), ("http://b.vn/b", ""))
    atom = (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><link href='/self'/><entry>"
        "<link rel='enclosure' href='/m.mp3'/><link rel='alternate' href='a.html'/>"
        "<updated>2024-03-01T00:00:00Z</updated></entry></feed>"
    )
    assert read(atom).articles == (("http://xa.example.vn/tin/a.html", "2024-03-01T00:00:00Z"),)
    rdf = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><item><link>http://b.vn/1</link></item></rdf:RDF>"
    assert read(rdf).articles == (("http://b.vn/1", ""),)


def test_sitemaps_and_indexes_of_them() -> None:
    more = "<news:news><news:title>x</news:title></news:news>"
    news = f"<urlset xmlns='s' xmlns:news='n'><url><loc>/a</loc>{more}</url></urlset>"
    assert read(news).articles == (("http://xa.example.vn/a", ""),)
    index = "<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>"
    assert read(index).sitemaps == (("http://xa.example.vn/s1.xml.gz", "2024-01-01"),)


def test_a_broken_feed_gives_what_stands_before_the_fault() -> None:
    text = "<rss><channel><item><link>/a</link></item><item><link>/b</link></item><item><li"
    assert [url for url, _ in read(text).articles][:2] == ["http://xa.example.vn/a", "http://xa.example.vn/b"]


def test_links_are_selected_and_go_by_the_base() -> None:
    text = "<base href='/goc/'><div class=l><a href='1'>a</a></div><a class=l href='2#x'>b</a><a href='3'>c</a>"
    text += "<a class=l href='1'>d</a>"
    links = read(text, Discovery((URL,), listing=".l"))
    assert [url for url, _ in links.articles] == ["http://xa.example.vn/goc/1", "http://xa.example.vn/goc/2"]
    only = read(text, Discovery((URL,), listing=".l", article=r"/goc/2$"))
    assert [url for url, _ in only.articles] == ["http://xa.example.vn/goc/2"]


@pytest.mark.parametrize(
    "words",
    ["Trang sau", "Trang tiếp", "Tiếp theo »", "»", ">", "Sau", "next", "Next page", "Kế tiếp", "TIẾP", "Older posts"],
)
def test_words_that_mean_the_next_page(words: str) -> None:
    assert read(f"<a href='/?p=2'>\n <b>{words}</b></a>").next == ("http://xa.example.vn/?p=2", None)


@pytest.mark.parametrize("words", ["", "Trước", "Sau Đại hội", "Tiếp công dân", "1", "«", "Tiếp xúc cử tri"])
def test_words_that_do_not(words: str) -> None:
    assert read(f"<a href='/?p=2'>{words}</a>").next is None


def test_a_postback_is_a_form_with_the_pages_state() -> None:
    text = (
        "<form action='tin.aspx?x=1'><input type=hidden name=__VIEWSTATE value='a/b=='><input type=hidden name=k>"
        '<input name=q value=tim><a class=n href="javascript:__doPostBack(&#39;p$1&#39;,&#39;Page$2&#39;)">2</a></form>'
    )
    url, form = read(text, Discovery((URL,), next=".n")).next or ("", b"")
    assert url == "http://xa.example.vn/tin/tin.aspx?x=1"
    assert form == b"__VIEWSTATE=a%2Fb%3D%3D&k=&__EVENTTARGET=p%241&__EVENTARGUMENT=Page%242"
    button = text.replace("<a class=n", "<input class=n type=submit name=sau value=Sau>")
    _, form = read(button, Discovery((URL,), next=".n")).next or ("", b"")
    assert form is not None and form.endswith(b"&sau=Sau")
    assert read("<a class=n href=\"javascript:__doPostBack('a','b')\">", Discovery((URL,), next=".n")).next is None


def test_counted_pages_go_on_from_the_start() -> None:
    counted = Discovery((URL,), pages="http://xa.example.vn/?trang={n}", pages_from=2)
    assert [(read("<a>", counted, depth).next or ("",))[0][-2:] for depth in (0, 1, 2)] == ["=2", "=3", "=4"]


def test_a_listing_of_the_same_entries_has_the_same_fingerprint() -> None:
    one, two = (
        "<a href='/a-100'>x</a><a href='/b-100'>y</a>",
        "<i>12:00</i><a href='/b-100'>y</a><a href='/a-100'>x</a>",
    )
    assert read(one).fingerprint == read(two).fingerprint != read(one + "<a href='/c-100'>z</a>").fingerprint


@pytest.mark.parametrize(
    "url",
    [
        "http://a.vn/tin-12345.html", "http://a.vn/Pages/chi-tiet.aspx?ItemID=9", "http://a.vn/2024/03/bai-viet-8812/",
        "http://a.vn/hoi-nghi-trien-khai-nhiem-vu-quy-hai", "http://a.vn/x?newsid=12&l=vi", "http://a.vn/xem.php?id=3",
    ],
)  # fmt: skip
def test_addresses_that_look_like_an_article(url: str) -> None:
    assert looks_like_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.vn/", "http://a.vn/tin-tuc-su-kien", "http://a.vn/gioi-thieu", "http://a.vn/van-ban-12345.pdf",
        "http://a.vn/tag/hoi-nghi-trien-khai-nhiem-vu-quy-hai-nam", "http://a.vn/?page=12", "http://a.vn/trang/2",
        "http://a.vn/anh-20240101.jpg", "http://a.vn/chuyen-muc/123456",
    ],
)  # fmt: skip
def test_addresses_that_do_not(url: str) -> None:
    assert not looks_like_article(url)


def test_what_a_page_says_of_itself() -> None:
    assert is_article_page("<META Property='og:type' content=Article>")
    assert not is_article_page(
        "<!--<meta property='og:type' content='article'>--><meta property='og:type' content=website>"
    )
    assert refresh_of("<meta http-equiv=refresh content='5; url=&#39;/b&#39;'>", URL) == "http://xa.example.vn/b"
    assert refresh_of("<noscript><meta http-equiv=refresh content='0;url=/b'></noscript>", URL) == ""
    assert refresh_of("<meta http-equiv=refresh content=300>", URL) == ""
    assert opted_out("", "googlebot: noindex, noarchive", "") == "robots: noarchive, noindex"
    assert opted_out("<meta name=ROBOTS content=none>", "", "") == "robots: none"
    assert opted_out("<meta name=tdm-reservation content=1>", "", "") == "tdm-reservation: 1"
    assert opted_out("<meta name=robots content='index,nofollow'>", "index", "0") == ""


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    for piece in (
        text,
        f"<rss>{text}</rss>",
        f"<urlset><url><loc>{text}</loc></url></urlset>",
        f"<a href='{text}'>sau</a>",
    ):
        try:
            read(piece)
        except Refused as e:
            assert e.reason in ("hostile", "too_large", "encoding")
        metas(piece), refresh_of(piece, URL), opted_out(piece, piece, piece)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    "piece",
    [
        "<meta ",
        "<meta content=",
        "<!--",
        "<noscript>",
        "<a rel=next ",
        "<meta a='",
        "refresh content=",
        "<a href=x>sau",
        "&",
    ],
)
def test_time_grows_no_faster_than_the_page(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        started = time.process_time()
        with suppress(Refused):
            read(text)
        metas(text), refresh_of(text, URL), opted_out(text, "", "")
        return time.process_time() - started

    assert min(seconds(20_000) for _ in range(2)) < 2.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://A.vn:80/x#y", "http://a.vn/x"),
        ("http://a.vn/(S(0abc12))/tin.aspx?ID=1", "http://a.vn/tin.aspx?ID=1"),
        ("http://a.vn/tin.jsp;jsessionid=AB12?x=1", "http://a.vn/tin.jsp?x=1"),
        ("http://a.vn/?b=2&a=1&PHPSESSID=q&utm_source=z&fbclid=1", "http://a.vn/?a=1&b=2"),
        ("http://a.vn//tin///1", "http://a.vn/tin/1"),
        ("http://a.vn", "http://a.vn/"),
        ("http://a.vn/ti%CC%81n", "http://a.vn/t%C3%ADn"),
        ("http://a.vn/tín?q=hô%CC%80", "http://a.vn/t%C3%ADn?q=h%E1%BB%93"),
        ("https://a.vn:443/%7Ex", "https://a.vn/~x"),
    ],
)
def test_spellings_of_one_address(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.vn/x", "https://a.vn/x"), ("http://a.vn/X", "http://a.vn/x"), ("http://a.vn/?id=1", "http://a.vn/?id=2"),
        ("http://a.vn/?keyword=x", "http://a.vn/"), ("http://a.vn:8080/", "http://a.vn/"), ("http://a.vn/a%2Fb", "http://a.vn/a/b"),
    ],
)  # fmt: skip
def test_addresses_that_differ(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text(alphabet="abĐà/?&=%20#:()[]", max_size=40))
def test_a_key_is_its_own_key(tail: str) -> None:
    key = canonical(f"http://a.vn/{tail}")
    assert canonical(key) == key
