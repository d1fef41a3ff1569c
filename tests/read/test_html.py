"""Pages in the shape of the content systems that committee sites run: fields, captions, body, furniture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bantin.errors import ReadError
from bantin.read import plan, read
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html, slim
from bantin.types import Article

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """The expected article of one page. `kinds` counts the blocks; `absent` is furniture that must be gone."""

    name: str
    title: str
    published: str | None
    author: str | None
    publisher: str | None = None
    lead: str = ""
    captions: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)


PAGES = (
    Page(
        "sharepoint.html",
        "Đảng bộ Khối tổng kết công tác kiểm tra, giám sát năm 2023",
        "2023-12-22T15:07+07:00",
        "MH",
        lead="Sáng 22/12",
        captions=("Đồng chí Lê Minh Khoa phát biểu tại hội nghị",),
        present=("412 tổ chức đảng", "Quy định số 22-QĐ/TW", "34 đảng ủy trực thuộc"),
        absent=("Sign In", "left center right del", "Các tin khác", "41 điểm cầu", "Bản quyền", "Tag:", "01/01/2001"),
        kinds={"list_item": 3, "byline": 1},
    ),
    Page(
        "liferay.html",
        "Tỉnh ủy triển khai công tác dân vận quý III",
        "2019-07-05T16:20+07:00",
        "Phạm Ngọc Lan",
        lead="Chiều 5/7",
        captions=("Quang cảnh buổi giao ban.",),
        present=("1.240 mô hình", "Quyết định số 218-QĐ/TW"),
        absent=("Gặp mặt người có uy tín", "Khai mạc lớp", "Thống kê", "1.034", "Trang chủ", "In bài viết"),
        kinds={"lead": 1, "paragraph": 2},
    ),
    Page(
        "nukeviet.html",
        "Huyện ủy công bố quyết định về công tác cán bộ",
        "2024-09-29T19:43+07:00",
        "Nguyễn Thu Trang",
        "Văn phòng Huyện ủy",
        lead="Ngày 27/9/2024",
        captions=("Trao quyết định cho đồng chí Hà Văn Bình", "Các đồng chí lãnh đạo tặng hoa chúc mừng"),
        present=("Quyết định số 1127-QĐ/HU", "thời hạn 5 năm"),
        absent=("Từ khóa", "Khai giảng lớp", "Ý kiến bạn đọc", "JavaScript", "Chia sẻ"),
    ),
    Page(
        "dnn.html",
        "Khai mạc Hội thi báo cáo viên giỏi cấp tỉnh lần thứ hai",
        "2010-11-03T08:15+07:00",
        "Quốc Việt, Thu Hà",
        lead="Ngày 2-11",
        present=("27 thí sinh", "Chỉ thị 17-CT/TW", "mức thưởng 5 triệu đồng", "bế mạc chiều 3-11"),
        absent=("Trở về", "Liên kết website", "120.345", "Học tập và làm theo Bác"),
        kinds={"list_item": 2},
    ),
    Page(
        "wordpress.html",
        "Bế giảng lớp bồi dưỡng kết nạp Đảng khóa 3",
        "2018-08-17T09:30+07:00",
        None,
        "Báo điện tử Đảng Cộng sản Việt Nam",
        lead="Sáng 17/8/2018",
        captions=("Học viên nhận giấy chứng nhận. Ảnh: Bảo Anh",),
        present=("118 học viên", "Giỏi | 46 | 38,98%", "12 học viên được khen thưởng"),
        absent=("Mua thuốc", "Bài viết mới", "Trả lời", "Chuyên mục", "admin"),
        kinds={"table_row": 3, "list_item": 2, "heading": 1, "source": 1},
    ),
    Page(
        "tables2005.html",
        "Hội nghị cán bộ toàn quốc về công tác tư tưởng - văn hoá",
        "2005-07-14T09:05+07:00",
        None,
        "Báo Nhân Dân",
        lead="Trong hai ngày",
        captions=("Các đại biểu dự hội nghị. Ảnh: TTXVN",),
        present=("Nghị quyết Trung ương 5 (khoá VIII)", "350 đại biểu"),
        absent=("Thăm dò ý kiến", "Bình chọn", "0321", "Giới thiệu"),
        kinds={"paragraph": 2},
    ),
    Page(
        "portal2022.html",
        "UBND tỉnh họp phiên thường kỳ tháng 5",
        "2022-05-30T17:45+07:00",
        "Khánh Linh",
        lead="Chủ tịch UBND tỉnh yêu cầu",
        captions=("Toàn cảnh phiên họp (Ảnh: Khánh Linh)",),
        present=("6.215 tỷ đồng", "9 dự thảo nghị quyết"),
        absent=("Tin đọc nhiều", "32 km", "14/6/2022", "Chỉ đạo điều hành", "phiên họp thường kỳ\n"),
    ),
)


def of(html: str, **fields: object) -> Article:
    return read_html(html, Origin(Path("page.html"), "page.html"), Fields(**fields))  # type: ignore[arg-type]


def kinds(article: Article, kind: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = {}
    for source in plan([HERE / "pages"]):
        (article,) = read(source)
        assert isinstance(article, Article), article
        found[source.path.name] = article
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_fields_captions_body_and_furniture(page, articles: dict[str, Article]) -> None:
    article = articles[page.name]
    assert article.title == page.title
    assert article.published == page.published
    assert article.author == page.author
    assert article.publisher == page.publisher
    assert (article.lead or "").startswith(page.lead)
    assert tuple(kinds(article, "caption")) == page.captions
    for words in page.present:
        assert article.text.count(words) == 1, words
    for words in page.absent:
        assert words not in article.text, words
    counted = Counter(b.kind for b in article.blocks)
    assert {k: counted[k] for k in page.kinds} == page.kinds


def test_every_page_is_expected_somewhere() -> None:
    assert {p.name for p in (HERE / "pages").iterdir()} == {p.name for p in PAGES}


BODY = "<p>Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu.</p>" * 3


def test_entities_spaces_and_soft_hyphens_are_cleaned() -> None:
    article = of(
        "<p>&nbsp;Hội&nbsp;ngh&#7883; Ban Ch\u00adấp hành Đảng bộ tỉnh khai mạc sáng nay, có 52&#160;đại biểu.</p>"
    )
    assert article.text == "Hội\u00a0nghị Ban Chấp hành Đảng bộ tỉnh khai mạc sáng nay, có 52\u00a0đại biểu."


def test_decomposed_letters_are_composed() -> None:
    assert of("<p>Hội nghị Ban Chấp hành Đa\u0309ng bộ tỉnh khai mạc, có 52 đại biểu dự họp.</p>").text[23:27] == "Đảng"


def test_inline_markup_adds_no_spaces_and_blocks_always_break() -> None:
    article = of("<p>Nghị quyết số 18-<b>NQ</b>/<span>TW</span> được thực hiện nghiêm túc.</p><p>Hội nghị bế mạc.</p>")
    assert article.text == "Nghị quyết số 18-NQ/TW được thực hiện nghiêm túc.\nHội nghị bế mạc."


def test_a_page_without_a_date_has_none() -> None:
    top = "<div>Thứ Ba, 14/6/2022</div><div>Trang chủ</div><div>Tin tức</div>"
    page = f"<html><body>{top}<h1>Hội nghị giao ban</h1>{BODY}"
    assert of(page + "<p>Trước ngày 15/6/2024 phải xong.</p></body></html>").published is None


def test_a_weekday_and_the_day_of_the_page_are_not_the_publication() -> None:
    top = "<div>Thứ Ba, 14/6/2022</div><h1>Hội nghị giao ban quý I</h1><div>10/4/2022 09:12</div>"
    assert of(f"<html><body>{top}{BODY}</body></html>").published == "2022-04-10T09:12+07:00"


def test_fields_of_the_row_go_first() -> None:
    article = of(f"<h1>Hội nghị giao ban quý I</h1>{BODY}", title="Tên khác", published="1/2/2020", author="Minh Anh")
    assert (article.title, article.published, article.author) == ("Tên khác", "2020-02-01", "Minh Anh")


def test_a_cut_title_in_the_markup_gives_way_to_the_heading() -> None:
    head = (
        '<meta property="og:title" content="Hội nghị sơ kết công tác dân vận 6 tháng..."><title>Cổng thông tin</title>'
    )
    title = "Hội nghị sơ kết công tác dân vận 6 tháng đầu năm 2024"
    assert of(f"<html><head>{head}</head><body><h1>{title}</h1>{BODY}</body></html>").title == title


def test_a_hidden_element_is_not_read() -> None:
    assert (
        "ẩn"
        not in of(
            f"<div>{BODY}<p style='DISPLAY : none'>Đoạn ẩn này không ai đọc, dài hơn sáu mươi chữ cái.</p></div>"
        ).text
    )


def test_a_table_of_figures_is_read_row_by_row() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>Đảng ủy {i}</td><td>{i}00</td></tr>" for i in range(1, 4))
    assert kinds(of(f"{BODY}<table>{rows}</table>"), "table_row") == [f"{i} | Đảng ủy {i} | {i}00" for i in range(1, 4)]


def test_a_menu_alone_is_no_article() -> None:
    with pytest.raises(ReadError, match="empty"):
        of("<html><body><ul><li><a href='/'>Trang chủ</a></li><li><a href='/lh'>Liên hệ</a></li></ul></body></html>")


def test_scripts_that_are_never_closed_do_not_swallow_silently() -> None:
    with pytest.raises(ReadError, match="empty"):
        of("<script>" * 20 + "chỉ có mã")


def test_structured_data_is_taken_out_of_the_scripts() -> None:
    page, scripts = slim(
        '<p>a</p><SCRIPT type="application/LD+json">{"a":1}</SCRIPT ><style>x</style><!-- c --><p>b</p>'
    )
    assert page == "<p>a</p><p>b</p>"
    assert scripts == ['{"a":1}']


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[]",
        "[" * 5000,
        '{"@graph": 5}',
        '{"@type": ["Article"], "author": [[]]}',
        '{"@type": "Article", "headline": 3}',
    ],
)
def test_broken_structured_data_is_passed_over(script: str) -> None:
    article = of(f'<script type="application/ld+json">{script}</script><h1>Hội nghị giao ban quý I</h1>{BODY}')
    assert article.title == "Hội nghị giao ban quý I"


def test_a_caption_on_two_lines_is_one() -> None:
    article = of(
        f"<h1>Hội nghị giao ban</h1>{BODY}<figure><img src=a><figcaption>Ký kết<br>Ảnh: Hà</figcaption></figure>"
    )
    assert kinds(article, "caption") == ["Ký kết Ảnh: Hà"]


def test_who_speaks_above_a_printed_speech_is_no_caption() -> None:
    top = "<p align=center><b>Trần Quốc Toản</b><br><i>Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy</i></p>"
    article = of(f"<div><h1>Phát biểu tại lễ khai giảng năm học</h1>{top}{BODY}</div>")
    assert kinds(article, "heading") == ["Trần Quốc Toản", "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy"]
    assert article.author is None
    assert kinds(article, "caption") == []


def test_the_first_of_two_articles_on_a_page_is_read() -> None:
    first = f"<article><h1>Hội nghị giao ban quý I</h1>{BODY}<p>Lê Hà</p></article>"
    second = (
        "<article><h1>Khánh thành cầu treo</h1><p>Ngày 9/6, xã Tân Lập khánh thành cầu treo dài 86 m.</p></article>"
    )
    assert "cầu treo" not in of(f"<main>{first}{second}</main>").text
