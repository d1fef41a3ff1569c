"""What the user names: a profile, an address with a profile, an address without one."""

from __future__ import annotations

from typing import Any

import pytest

from bantin.errors import InputError
from bantin.profiles import load_profiles
from bantin.scrape.sites import check_tables, discovery_of, site


def test_every_profile_says_how_its_site_is_walked() -> None:
    assert check_tables() == []
    for profile in load_profiles():
        made = discovery_of(profile)
        assert made.start or made.feeds or made.sitemaps
        assert all(made.covers(host.replace("*", "x")) for host in profile.hosts)


def test_a_profile_by_its_name() -> None:
    made = site("sample").discovery
    assert made.start == ("https://dangbo.example/",)
    assert made.is_article("https://dangbo.example/tin/15-abc") and not made.is_article(
        "https://dangbo.example/x-123456"
    )


def test_an_address_takes_its_hosts_profile_along() -> None:
    assert site("https://dangbo.example/").discovery == site("sample").discovery
    section = site("https://dangbo.example/tin-tuc/").discovery
    assert section.start == ("https://dangbo.example/tin-tuc/",)
    assert section.article == site("sample").discovery.article
    assert section.covers("con.dangbo.example")


def test_an_address_of_a_stranger_is_looked_through() -> None:
    made = site("https://xa.example.vn/tin")
    assert (made.name, made.discovery.start, made.discovery.detect) == (
        "https://xa.example.vn/tin", ("https://xa.example.vn/tin",), True,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["khong-co", "wordpress", "", "../etc/passwd"])
def test_a_name_without_a_site_is_an_error(name: str) -> None:
    with pytest.raises(InputError):
        site(name)


def test_a_wrong_table_is_found_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    wrong: Any = [replace(next(p for p in load_profiles() if p.name == "sample"), scrape={"rss": []})]
    monkeypatch.setattr("bantin.scrape.sites.load_profiles", lambda: wrong)
    assert len(check_tables()) == 1
    assert "sites/sample.toml: [scrape]: unknown key rss" in check_tables()[0]
