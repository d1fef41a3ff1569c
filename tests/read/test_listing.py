"""Lists of news and pages that say nothing was found are no articles; short articles and articles with links are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.errors import ReadError
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html

TITLES = [
    "Hội nghị giao ban công tác dân vận quý II",
    "Khai mạc hội thi báo cáo viên giỏi cấp huyện",
    "Trao Huy hiệu Đảng đợt 19/5 cho 42 đảng viên",
    "Kiểm tra việc thực hiện Chỉ thị 05 tại Đảng ủy xã",
    "Tập huấn nghiệp vụ công tác đảng cho bí thư chi bộ",
    "Đoàn thanh niên ra quân chiến dịch tình nguyện hè",
]
TEASER = "Sáng nay, Thường trực Huyện ủy chủ trì hội nghị đánh giá kết quả và bàn nhiệm vụ thời gian tới."
LISTS = {
    "teasers": "".join(f"<div><h3><a href='/{i}'>{t}</a></h3><p>{TEASER}</p></div>" for i, t in enumerate(TITLES)),
    "dated": "".join(
        f"<li><a href='/{i}'>{t}</a><br><span>0{i + 1}/6/2023</span><p>{TEASER}</p></li>" for i, t in enumerate(TITLES)
    ),
    "links": "<ul>" + "".join(f"<li><a href='/{i}'>{t}</a></li>" for i, t in enumerate(TITLES * 2)) + "</ul>",
    "pictures": "".join(
        f"<table><tr><td><img src=a.jpg></td><td><a href='/{i}'><b>{t}</b></a><br>{TEASER}</td></tr></table>"
        for i, t in enumerate(TITLES)
    ),
    "missing": "<h1>Thông báo</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>",
    "nothing": "<div>Không tìm thấy bài viết nào!</div>",
}
P = "<p>Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu tham dự.</p>"
ARTICLES = {
    "short": f"<h1>Hội nghị giao ban công tác dân vận</h1>{P}",
    "linked": f"<h1>Hội nghị</h1>{P}<p><a href='/a'>{TITLES[1]}</a></p>{P}{P}<p><a href='/b'>{TITLES[2]}</a></p>{P}{P}",
    "with a list below": f"<div><h1>Hội nghị giao ban</h1>{P * 5}</div><div>{LISTS['teasers']}</div>",
    "about what is missing": f"<h1>Giải quyết đơn thư</h1>{P * 3}<p>Đoàn kiểm tra không tìm thấy nội dung tố cáo.</p>",
}


def read(body: str) -> str:
    page = f"<html><body><div id=than>{body}</div></body></html>"
    return read_html(page, Origin(Path("a.html"), "a.html"), Fields()).text


@pytest.mark.parametrize("name", LISTS)
def test_a_page_without_an_article_is_named(name: str) -> None:
    with pytest.raises(ReadError) as e:
        read(LISTS[name])
    assert e.value.reason == "not_article"


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_read(name: str) -> None:
    assert "120 đại biểu" in read(ARTICLES[name])
