"""Plain text as old pages were archived: labels, fields, furniture, repeats, and what stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.errors import ReadError
from bantin.read import plan, read
from bantin.read.build import Fields, Origin
from bantin.read.plain import read_plain, read_row_text
from bantin.types import Article

FIRST = "Sáng 14/5, Đảng ủy Khối tổ chức hội nghị sơ kết công tác kiểm tra, giám sát quý I và bàn nhiệm vụ quý II."
SECOND = "Theo báo cáo, các cấp ủy đã kiểm tra 36 tổ chức đảng và 212 đảng viên; giám sát 18 tổ chức đảng trực thuộc."
THIRD = "Kết luận hội nghị, đồng chí Bí thư Đảng ủy đề nghị các đơn vị tập trung khắc phục hạn chế đã được chỉ ra."
TITLE = "Sơ kết công tác kiểm tra, giám sát quý I"


def of(*lines: str) -> Article:
    return read_plain("\n\n".join(lines), Origin(Path("a.txt"), "a.txt"))


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def kind_of(article: Article, text: str) -> str:
    return next(kind for kind, block in blocks(article) if block == text)


def test_a_whole_page() -> None:
    article = of(
        "Sign In", TITLE, "15:07 14/05/2019", FIRST, SECOND, THIRD, "Tin, ảnh: Thu Hà", "Tag:", "Tin liên quan"
    )
    assert blocks(article) == [
        ("title", TITLE),
        ("dateline", "15:07 14/05/2019"),
        ("lead", FIRST),
        ("paragraph", SECOND),
        ("paragraph", THIRD),
        ("byline", "Tin, ảnh: Thu Hà"),
    ]
    assert (article.title, article.published, article.published_precision) == (
        TITLE,
        "2019-05-14T15:07+07:00",
        "minute",
    )
    assert (article.author, article.publisher, article.lead) == ("Thu Hà", None, FIRST)


def test_a_title_repeated_below_the_date_is_kept_once_and_verbatim() -> None:
    title = "ĐÔI NÉT VỀ CÔNG TÁC KIỂM TRA, GIÁM SÁT"
    article = of(title, "Thứ 3, Ngày 14 / 5 / 2019", title, FIRST, SECOND)
    assert blocks(article)[:3] == [("title", title), ("dateline", "Thứ 3, Ngày 14 / 5 / 2019"), ("lead", FIRST)]
    assert article.title == title


def test_names_of_sections_above_the_title_go() -> None:
    article = of("Trang chủ", "HOẠT ĐỘNG CƠ SỞ", TITLE, "14/05/2019 15:07", FIRST, SECOND)
    assert article.title == TITLE
    assert blocks(article)[0] == ("title", TITLE)


def test_the_date_may_stand_above_the_title() -> None:
    article = of("14/05/2019 15:07", TITLE, FIRST, SECOND)
    assert (article.title, article.published) == (TITLE, "2019-05-14T15:07+07:00")


@pytest.mark.parametrize("clock", ["Thứ Ba, 14/6/2022", "Thứ Ba, ngày 14 tháng 6 năm 2022"])
def test_the_day_of_the_page_is_no_publication(clock: str) -> None:
    article = of(clock, TITLE, FIRST, SECOND)
    assert article.published is None
    assert clock not in article.text


def test_a_clock_above_the_title_gives_way_to_the_date_below_it() -> None:
    article = of(
        "Thứ 2, 18/11/2024, 06:37[GMT+7]", TITLE, "Thứ 4, 15/07/2020 | 20:09:19", "5,433 lượt xem", FIRST, SECOND
    )
    assert article.published == "2020-07-15T20:09+07:00"
    assert "2024" not in article.text
    assert "lượt xem" not in article.text


def test_a_date_with_a_counter_is_no_furniture() -> None:
    assert of(TITLE, "14:05 03/11/2023 - Lượt xem: 1.087", FIRST, SECOND).published == "2023-11-03T14:05+07:00"


def test_a_link_inside_the_text_goes() -> None:
    article = of(TITLE, FIRST, ">> Khai mạc đại hội điểm cấp cơ sở", SECOND)
    assert [kind for kind, _ in blocks(article)] == ["title", "lead", "paragraph"]


def test_the_body_below_a_name_is_the_publisher() -> None:
    article = of(TITLE, FIRST, SECOND, "Minh Kiên", "Trung tâm VHTT&TT Hữu Lũng")
    assert (article.author, article.publisher) == ("Minh Kiên", "Trung tâm VHTT&TT Hữu Lũng")
    assert [kind for kind, _ in blocks(article)][-2:] == ["byline", "source"]


def test_short_broken_lines_are_joined_and_marks_of_pictures_are_not() -> None:
    article = of(TITLE, FIRST, "Đến dự và\nchỉ đạo Đại hội có các đồng\nchí lãnh đạo Khối, các\nban, ngành.", SECOND)
    assert [kind for kind, _ in blocks(article)] == ["title", "lead", "paragraph", "paragraph"]
    marked = of(TITLE, FIRST, "Đại biểu dự hội nghị\nleft center right del\n" + SECOND)
    assert "left center" not in marked.text


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"<html><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>", encoding="utf-8")
    (article,) = read(plan([path])[0])
    assert isinstance(article, Article)
    assert article.text == f"{TITLE}\n{FIRST}\n{SECOND}"


def test_dates_of_the_body_and_of_the_foot_are_no_publication() -> None:
    article = of(
        TITLE, FIRST, "Số liệu tính đến 15/6/2024.", SECOND, "Minh Anh", "Giấy phép số 12/GP-TTĐT ngày 03/4/2019"
    )
    assert (article.published, article.author) == (None, "Minh Anh")


def test_midnight_means_that_only_the_day_is_known() -> None:
    article = of(TITLE, "14/05/2019 00:00", FIRST, SECOND)
    assert (article.published, article.published_precision) == ("2019-05-14", "day")


def test_a_caption_printed_twice_is_kept_once() -> None:
    caption = "Đ/c Lê Minh - Phó Bí thư Đảng ủy   Khối phát biểu"
    article = of(TITLE, FIRST, caption + "\n" + " ".join(caption.split()), SECOND)
    assert [text for kind, text in blocks(article) if kind == "caption"] == [caption]


@pytest.mark.parametrize(
    "caption",
    [
        "Toàn cảnh hội nghị",
        "Quang cảnh buổi làm việc.",
        "Đồng chí Lê Minh, Bí thư Đảng ủy Khối phát biểu kết luận hội nghị",
        "Các đại biểu chụp ảnh lưu niệm. Ảnh: Thu Hà",
        "Lãnh đạo Đảng ủy Khối trao bằng khen cho các tập thể",
    ],
)
def test_a_line_worded_like_a_caption_is_one(caption: str) -> None:
    assert kind_of(of(TITLE, FIRST, caption, SECOND, THIRD), caption) == "caption"


def test_what_follows_the_mark_of_a_picture_is_its_caption() -> None:
    caption = "Cán bộ, đảng viên Chi bộ 3 tham gia hiến máu."
    assert kind_of(of(TITLE, FIRST, "left center right del", caption, SECOND), caption) == "caption"
    assert kind_of(of(TITLE, FIRST, caption, SECOND), caption) == "paragraph"


def test_a_report_that_goes_on_behind_a_picture_stays_text() -> None:
    assert kind_of(of(TITLE, FIRST, "no image", SECOND, THIRD), SECOND) == "paragraph"


@pytest.mark.parametrize("heading", ["I. Công tác kiểm tra", "2. Về giám sát", "Kết quả nổi bật", "Nhiệm vụ quý II:"])
def test_headings(heading: str) -> None:
    assert kind_of(of(TITLE, FIRST, heading, SECOND, THIRD), heading) in ("heading", "list_item")


def test_list_items_are_told_from_paragraphs() -> None:
    article = of(
        TITLE, FIRST, SECOND, "- Thực hiện nghiêm quy định;", "- Nâng cao chất lượng;", "+ Ở cấp cơ sở", "Minh Anh"
    )
    assert [kind for kind, _ in blocks(article)][-4:] == ["list_item", "list_item", "list_item", "byline"]


def test_a_list_of_other_news_is_dropped_in_the_middle_and_at_the_end() -> None:
    inner = "Tin liên quan\nKhai giảng lớp bồi dưỡng nghiệp vụ\nHội nghị báo cáo viên tháng 4"
    article = of(TITLE, FIRST, inner, SECOND, THIRD, "Các tin khác", "Đại hội điểm chi bộ Văn phòng (12/5/2019)")
    assert [kind for kind, _ in blocks(article)] == ["title", "lead", "paragraph", "paragraph"]


def test_prose_above_the_greater_part_of_the_text_is_no_foot() -> None:
    article = of("Tin mới nhất", "Khai giảng lớp bồi dưỡng", TITLE, FIRST, SECOND, THIRD)
    assert FIRST in article.text
    assert THIRD in article.text


def test_a_byline_glued_to_the_last_sentence_becomes_a_block() -> None:
    article = of(TITLE, FIRST, SECOND + "/.Lê Văn Dũng")
    assert blocks(article)[-2:] == [("paragraph", SECOND + "/."), ("byline", "Lê Văn Dũng")]
    assert article.author == "Lê Văn Dũng"
    source = "\n\n".join((TITLE, FIRST, SECOND + "/.Lê Văn Dũng"))
    for block in article.blocks:
        assert block.raw_start is not None
        assert source[block.raw_start : block.raw_end] == article.text[block.start : block.end]


def test_a_line_broken_inside_a_sentence_is_one_block() -> None:
    broken = (
        "Sáng 14/5, Đảng ủy Khối tổ chức hội nghị sơ kết công tác\nkiểm tra, giám sát quý I và bàn nhiệm vụ quý II."
    )
    article = of(TITLE, broken, SECOND)
    assert ("lead", broken) in blocks(article)


def test_agencies_are_publishers_and_no_authors() -> None:
    article = of(TITLE, FIRST, SECOND, "(Theo TTXVN)")
    assert (article.author, article.publisher, blocks(article)[-1][0]) == (None, "Thông tấn xã Việt Nam", "source")


def test_a_name_and_post_above_a_speech_are_no_byline() -> None:
    article = of(TITLE, "Lê Văn Dũng", "Bí thư Đảng ủy, Chủ tịch Hội đồng thành viên", FIRST, SECOND)
    assert article.author is None


def test_a_name_above_the_lead_is_the_author() -> None:
    assert of(TITLE, "Minh Anh", "14/05/2019 15:07", FIRST, SECOND).author == "Minh Anh"


def test_an_author_and_a_date_may_share_a_line() -> None:
    article = of(TITLE, "THU HÀ - MINH ANH 30/04/2016 11:39", FIRST, SECOND)
    assert (article.author, article.published) == ("Thu Hà, Minh Anh", "2016-04-30T11:39+07:00")


def test_a_text_without_a_title_has_none() -> None:
    article = of(FIRST, SECOND)
    assert article.title is None
    assert article.text == f"{FIRST}\n{SECOND}"


def test_one_short_line_is_kept() -> None:
    assert of("Chỉ thị số 20-CT/TW").text == "Chỉ thị số 20-CT/TW"


def test_the_same_text_under_two_names_is_two_articles() -> None:
    one = read_plain(FIRST, Origin(Path("x/a.txt"), "x/a.txt"))
    two = read_plain(FIRST, Origin(Path("x/b.txt"), "x/b.txt"))
    moved = read_plain(FIRST, Origin(Path("y/a.txt"), "y/a.txt"))
    assert one.article_id != two.article_id
    assert one.article_id == moved.article_id
    assert one.sha256 == two.sha256
    assert len(one.article_id) == 16


# --- rows


def row(text: str, **fields: object) -> Article:
    return read_row_text(text, Origin(Path("a.jsonl"), "a.jsonl", "1"), Fields(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị số 20-CT/TW",
        "  Ngày 08/4 \n\n\tSign In\n.\n",
        "Sign In",
        "Tag:\n" + FIRST,
        FIRST + "\n" + SECOND + "./.Lê Văn Dũng",
        "Đồng chí A phát biểu\nĐồng chí A phát biểu",
        "dòng một dài hơn bốn mươi chữ cái và chưa hết câu\ndòng hai",
        "OK",
    ],
)
def test_a_row_is_taken_as_it_is(text: str) -> None:
    article = row(text)
    assert article.text == text
    assert [article.text[b.start : b.end] for b in article.blocks] == [t.strip() for t in text.split("\n") if t.strip()]
    assert [text[b.raw_start : b.raw_end] for b in article.blocks] == [t.strip() for t in text.split("\n") if t.strip()]


def test_a_row_is_normalised_and_no_more() -> None:
    assert row("Đa\u0309ng\r\nủy\u200b ").text == "Đảng\nủy "


def test_fields_of_a_row() -> None:
    article = row("Hội nghị", title=" Tên\nbài ", published="2024-04-09T21:58", author="LH", url="http://example.vn/1")
    assert (article.title, article.published, article.published_precision) == (
        "Tên bài",
        "2024-04-09T21:58+07:00",
        "minute",
    )
    assert (article.author, article.url, article.source_record) == ("LH", "http://example.vn/1", "1")


@pytest.mark.parametrize("published", [None, "", "bao giờ", "31/02/2024", 5])
def test_a_row_without_a_valid_date_has_none(published: object) -> None:
    article = row("Hội nghị ngày 08/4/2024", published=published)
    assert (article.published, article.published_precision) == (None, None)


def test_the_title_line_of_a_row_is_labelled() -> None:
    article = row(f"{TITLE}\n{FIRST}\n{SECOND}", title=TITLE)
    assert [b.kind for b in article.blocks] == ["title", "lead", "paragraph"]


def test_a_short_row_in_another_language_is_taken_and_a_long_one_is_not() -> None:
    assert row("Sign the agreement on Monday").text
    with pytest.raises(ReadError, match="not_vietnamese"):
        row("The committee met on Monday to discuss the annual report of the district. " * 10)
