"""Bodies located: the full name, class, parent and territory of what an article calls "Tỉnh ủy" or "UBND huyện"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.engine import Extraction, extract_article
from bantin.resolve.bodies import Body, locate
from bantin.resolve.home import Home, province_in
from bantin.resolve.lifetimes import lives, provinces
from bantin.types import Article, Block

HOME = Home("Bắc Giang", "huyện Lục Ngạn", "xã Hòa An", "Khối các cơ quan tỉnh")


def located(name: str, home: Home = HOME) -> Body:
    body = locate(name, home)
    assert body is not None
    return body


def article(text: str, published: str | None = None, site: str | None = None) -> Extraction:
    block = Block("paragraph", 0, len(text))
    return extract_article(Article("a", text, (block,), published=published, site=site))


@pytest.mark.parametrize(
    ("name", "path", "territory", "kind"),
    [
        ("Tỉnh ủy", ["Tỉnh ủy Bắc Giang"], "tỉnh Bắc Giang", "party"),
        ("Ban Thường vụ Tỉnh ủy", ["Ban Thường vụ Tỉnh ủy Bắc Giang", "Tỉnh ủy Bắc Giang"], "tỉnh Bắc Giang", "party"),
        ("Ủy ban nhân dân tỉnh", ["Ủy ban nhân dân tỉnh Bắc Giang"], "tỉnh Bắc Giang", "state"),
        ("Sở Xây dựng", ["Sở Xây dựng tỉnh Bắc Giang"], "tỉnh Bắc Giang", "state"),
        ("Sở Xây dựng Hà Nội", ["Sở Xây dựng thành phố Hà Nội"], "thành phố Hà Nội", "state"),
        ("Đảng ủy xã", ["Đảng ủy xã Hòa An"], "xã Hòa An, tỉnh Bắc Giang", "party"),
        ("Huyện ủy Yên Thế, tỉnh Bắc Giang", ["Huyện ủy Yên Thế"], "huyện Yên Thế, tỉnh Bắc Giang", "party"),
        ("Huyện ủy Quỳnh Lưu, tỉnh Nghệ An", ["Huyện ủy Quỳnh Lưu"], "huyện Quỳnh Lưu, tỉnh Nghệ An", "party"),
        (
            "Ban Tuyên giáo Đảng ủy Khối",
            ["Ban Tuyên giáo Đảng ủy Khối các cơ quan tỉnh Bắc Giang", "Đảng ủy Khối các cơ quan tỉnh Bắc Giang"],
            "tỉnh Bắc Giang",
            "party",
        ),
        (
            "Vụ Tổng hợp, Văn phòng Trung ương Đảng",
            ["Vụ Tổng hợp, Văn phòng Trung ương Đảng", "Văn phòng Trung ương Đảng", "Trung ương Đảng"],
            None,
            "state",
        ),
        (
            "Đảng ủy Công ty Cảng Kỳ Lân",
            ["Đảng ủy Công ty Cảng Kỳ Lân", "Công ty Cảng Kỳ Lân"],
            None,
            "party",
        ),
        ("Thành ủy Bắc Giang", ["Thành ủy Bắc Giang"], "thành phố Bắc Giang, tỉnh Bắc Giang", "party"),
        ("Thành ủy HCM", ["Thành ủy Hồ Chí Minh"], "thành phố Hồ Chí Minh", "party"),
        ("Tỉnh ủy Đăk Lăk", ["Tỉnh ủy Đắk Lắk"], "tỉnh Đắk Lắk", "party"),
        ("Trường Đại học Hải Đông", ["Trường Đại học Hải Đông"], None, "education"),
        ("Petrolimex", ["Petrolimex"], None, "other"),
        ("Hội đồng thành viên VNPT", ["Hội đồng thành viên VNPT"], None, "enterprise"),
        ("Hội Liên hiệp Phụ nữ tỉnh", ["Hội Liên hiệp Phụ nữ tỉnh Bắc Giang"], "tỉnh Bắc Giang", "women"),
    ],
)
def test_a_name_is_completed(name: str, path: list[str], territory: str | None, kind: str) -> None:
    body = located(name)
    assert [b.name for b in body.path()] == path
    assert (body.territory, body.kind) == (territory, kind)


@pytest.mark.parametrize(
    "name",
    ["Tỉnh ủy", "Đảng ủy xã", "Đảng ủy Khối", "Sở Y tế", "Đảng ủy", "Ban Tuyên giáo", "Ban Chỉ đạo", "Phòng CSGT"],
)
def test_a_relative_name_without_a_home_is_no_body(name: str) -> None:
    assert locate(name, Home()) is None


def test_one_body_has_one_id_however_it_is_written() -> None:
    assert located("Tỉnh ủy").organisation_id == located("Tỉnh uỷ Bắc Giang", Home()).organisation_id
    assert located("Ban Dân Vận Tỉnh ủy").organisation_id == located("Ban Dân vận Tỉnh ủy").organisation_id
    assert located("Huyện ủy").organisation_id == located("Huyện ủy Lục Ngạn, tỉnh Bắc Giang", Home()).organisation_id


def test_communes_of_two_provinces_are_two_bodies() -> None:
    here, there = located("Đảng ủy xã Tân Lập"), located("Đảng ủy xã Tân Lập", Home("Hà Giang"))
    assert here.organisation_id != there.organisation_id


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("tinhuybacgiang.vn", "Bắc Giang"),
        ("bacninh.gov.vn", "Bắc Ninh"),
        ("baohanam.com.vn", "Hà Nam"),
        ("Báo Bắc Ninh", "Bắc Ninh"),
        ("hue.gov.vn", "Huế"),
        ("hcmcpv.org.vn", "Hồ Chí Minh"),
        ("Tạp chí Cộng sản", None),
        ("baochinhphu.vn", None),
        ("nhue.example.vn", None),
    ],
)
def test_the_province_of_a_site(source: str, name: str | None) -> None:
    found = province_in(source)
    assert (found.name if found else None) == name


def test_the_text_tells_its_home_where_the_site_does_not() -> None:
    found = article("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy, thăm huyện Lục Ngạn, tỉnh Bắc Giang.")
    assert [b.body.name for b in found.bodies] == ["Tỉnh ủy Bắc Giang"]
    assert found.of("roles")[0].value.organisation_id == found.bodies[0].body.organisation_id


def test_two_provinces_leave_it_open() -> None:
    found = article("Tỉnh Hà Giang và tỉnh Lào Cai ký kết. Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy, phát biểu.")
    assert found.of("roles")[0].value.organisation_id is None
    assert found.bodies == ()


def test_a_short_form_that_the_text_defines_is_an_alias() -> None:
    found = article(
        "Công ty Môi trường Đô thị (CTMTĐT) họp. Ông Lê Văn Hải, Giám đốc Công ty Môi trường Đô thị, phát biểu."
    )
    assert [(b.body.name, b.aliases) for b in found.bodies] == [("Công ty Môi trường Đô thị", ("CTMTĐT",))]


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy Lục Ngạn, dự hội nghị.", "2026-03-01", 1),
        ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy Lục Ngạn, dự hội nghị.", "2025-08-01", 0),  # bulletins lag behind
        ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy Lục Ngạn, dự hội nghị.", "2019-03-01", 0),
        ("Đồng chí Lê Văn Hải, Bí thư Huyện ủy Lục Ngạn, dự hội nghị.", None, 0),
        ("Đồng chí Lê Văn Hải, nguyên Bí thư Huyện ủy Lục Ngạn, dự hội nghị.", "2026-03-01", 0),
        ("Đồng chí Lê Văn Hải, Trưởng Ban Dân vận Trung ương, dự hội nghị.", "2025-09-01", 1),
        ("Đồng chí Lê Văn Hải, Trưởng Ban Tuyên giáo và Dân vận Trung ương, dự hội nghị.", "2025-09-01", 0),
        ("Đồng chí Lê Văn Hải, Trưởng Ban Tuyên giáo và Dân vận Trung ương, dự hội nghị.", "2019-09-01", 1),
        ("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy Hà Tây, dự hội nghị.", "2010-09-01", 1),
        ("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy Bắc Giang, dự hội nghị.", "2026-09-01", 1),
        ("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy Bắc Ninh, dự hội nghị.", "2026-09-01", 0),
        ("Đồng chí Lê Văn Hải, Chủ tịch UBND thành phố Huế, dự hội nghị.", "2019-09-01", 0),
        ("Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy Thừa Thiên Huế, dự hội nghị.", "2025-09-01", 1),
    ],
)
def test_a_post_outside_the_life_of_its_body(text: str, published: str | None, found: int) -> None:
    assert len([c for c in article(text, published).checks if c.kind == "body_lifetime"]) == found


def test_the_registries_load() -> None:
    assert {"bắc cạn", "thừa thiên huế", "hà tây"} <= set(provinces())
    assert len({p.name for p in provinces().values() if p.life.last is None}) == 34
    assert "ban dân vận trung ương" in lives()


@given(st.text(alphabet="Tỉnh ủyBanxãhuệKốĐ,-()TW. ", max_size=60))
def test_any_name_gives_a_body_or_none(name: str) -> None:
    body = locate(name, HOME)
    assert body is None or (body.organisation_id.startswith("org:") and len(list(body.path())) <= 6)
