"""Fields of an article that are derived and not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bantin.read import plan, read
from bantin.types import Article


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://Example.ORG.vn/tin/1", "example.org.vn"),
        ("http://example.vn:8080/x", "example.vn"),
        ("case-12", None),
        ("http://[", None),
        ("ftp://example.vn/x", None),
        (None, None),
    ],
)
def test_the_site_is_the_host_of_the_address(tmp_path: Path, url: str | None, site: str | None) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": "Hội nghị công tác dân vận", "url": url}) + "\n", encoding="utf-8")
    (article,) = (a for s in plan([file]) for a in read(s))
    assert isinstance(article, Article)
    assert (article.url, article.site) == (url, site)
