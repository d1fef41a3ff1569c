"""Site profiles: inheritance, hosts, dated layouts, and errors that name file, key and fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bantin.errors import DataFileError, ReadError
from bantin.profiles import LONGEST, Layout, Profile, families_of, load_profiles, profile_of
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html
from bantin.read.profiled import Drift, read_by
from bantin.read.tree import parse
from bantin.types import Article

FAMILY = 'marks = ["CMS 1"]\n[select]\ntitle = "h1"\nbody = ".b"\ndate = ".d"\n'
SITE = 'hosts = ["a.example"]\ninherits = "f"\n'


def loaded(folder: Path, **files: str) -> dict[str, Profile]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return {p.name: p for p in load_profiles(folder)}


def test_every_profile_of_the_package_loads_and_is_short() -> None:
    for profile in load_profiles():
        assert profile.layouts
        assert all({"title", "body"} <= set(layout.select) for layout in profile.layouts), profile.name


def test_a_site_inherits_and_replaces(tmp_path: Path) -> None:
    site = loaded(tmp_path, f=FAMILY, s=SITE + 'publisher = "Báo A"\n[select]\nbody = ["#x", ".b"]\n')["s"]
    assert site.family == "f"
    assert site.marks == ()
    assert site.layouts == (Layout({"title": ("h1",), "body": ("#x", ".b"), "date": (".d",)}),)
    assert site.publisher == "Báo A"


def test_layouts_hold_for_their_days(tmp_path: Path) -> None:
    text = SITE + '[[layout]]\nuntil = 2016-06-30\n[[layout]]\nfrom = 2016-07-01\nselect = { body = "#new" }\n'
    old, new = loaded(tmp_path, f=FAMILY, s=text)["s"].layouts
    assert (old.until, new.start) == (date(2016, 6, 30), date(2016, 7, 1))
    assert old.holds("2016-06-30T23:59+07:00")
    assert not old.holds("2016-07-01")
    assert new.holds(None)
    assert new.select["body"] == ("#new",)


def test_the_scrape_table_is_handed_over_as_it_stands(tmp_path: Path) -> None:
    site = loaded(tmp_path, f=FAMILY, s=SITE + '[scrape]\nstart = ["https://a.example/"]\nanything = 3\n')["s"]
    assert site.scrape == {"start": ["https://a.example/"], "anything": 3}


@pytest.mark.parametrize(
    ("site", "says"),
    [
        ('hosts = ["a.example"]\ninherits = "s"', "'s' is no family"),
        ('hosts = ["a.example"]\ninherits = "g"', "'g' is no family; one of f"),
        ('hosts = ["a.example"]', "no selector for title and body; name it under [select]"),
        (SITE + 'marks = ["x"]', "either hosts (a site) or marks (a family)"),
        ('[select]\ntitle = "h1"', "either hosts (a site) or marks (a family)"),
        ("titel = 1", "unknown key titel"),
        (SITE + '[select]\nbody = "div["', "is no CSS selector"),
        (SITE + "[select]\nbody = 3", "not text or a list of texts"),
        (SITE + '[select]\nlede = "p"', "unknown key lede"),
        (SITE + 'article = "("', "is no regular expression"),
        (SITE + 'days = "ymd"', "dmy (the default) or mdy"),
        (SITE + '[[layout]]\nfrom = "2016"', "write 2016-06-30 without quotes"),
        (SITE + "[[layout]]\nfrom = 2016-06-30\nuntil = 2016-01-01", "holds no day"),
        (SITE + "\n" * LONGEST, "move what sites share into their family"),
        (SITE + "x", "not TOML"),
    ],
)
def test_errors_name_file_key_and_fix(site: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as e:
        loaded(tmp_path, f=FAMILY, s=site)
    assert "s.toml" in str(e.value)
    assert says in str(e.value)


def test_a_host_has_one_profile(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"a\.example is a host of sites/s\.toml too"):
        loaded(tmp_path, f=FAMILY, s=SITE, t=SITE)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://dangbo.example/tin/1", "sample"),
        ("http://www.dangbo.example:8080/x", "sample"),
        ("https://a.b.dangbo.example/", "sample"),
        ("https://DangBo.Example./", "sample"),
        ("https://xdangbo.example/", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_a_profile_is_found_by_its_host(url: str | None, name: str | None) -> None:
    found = profile_of(url)
    assert (found.name if found else None) == name


def test_the_more_special_family_is_asked_first() -> None:
    assert [f.name for f in families_of('<div id="divArticleDescription"></div><div id="s4-workspace">')] == [
        "sharepoint-articles",
        "sharepoint",
    ]


SENTENCE = "Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu tham dự."
NEW = f"<h1 class=tieu-de>Hội nghị</h1><p class=thoi-gian>{{}}</p><div class=than-bai><p>{SENTENCE}</p></div>"


def read(html: str, url: str = "https://dangbo.example/tin/1") -> Article:
    return read_html(html, Origin(Path("a.html"), "a.html"), Fields(url=url))


def test_a_layout_out_of_its_days_does_not_fit() -> None:
    (sample,) = (p for p in load_profiles() if p.name == "sample")
    for shown, fits in (("02/07/2016 08:15", True), ("30/06/2016", False)):
        root, _ = parse(NEW.format(shown))
        assert root is not None
        found = read_by(sample, root, None, "profile sample")
        assert isinstance(found, Drift) is not fits
    assert isinstance(found, Drift)
    assert "layout 2: the page is of 2016-06-30, outside of its days" in found.message
    assert "layout 1: body td.than-bai matches nothing" in found.message


def test_a_drifted_page_is_read_all_the_same_and_says_so() -> None:
    page = read(NEW.format("02/07/2016 08:15").replace("than-bai", "than-bai-moi"))
    assert SENTENCE in page.text
    assert [e.value for e in page.evidence if e.source == "drift"]


def test_an_address_that_is_no_article_is_named() -> None:
    with pytest.raises(ReadError, match="not_article") as e:
        read(NEW.format(""), "https://dangbo.example/chuyen-muc")
    assert "sites/sample.toml: article" in str(e.value)


def test_a_site_may_write_months_first(tmp_path: Path) -> None:
    site = loaded(tmp_path, f=FAMILY, s=SITE + 'days = "mdy"\n')["s"]
    root, _ = parse(f"<h1>A</h1><p class=d>3/9/2020 2:05:00 PM</p><div class=b>{SENTENCE}</div>")
    assert root is not None
    found = read_by(site, root, None, "profile s")
    assert not isinstance(found, Drift)
    assert [c.value for c in found.claims if c.field == "published"] == ["2020-03-09T14:05+07:00"]
