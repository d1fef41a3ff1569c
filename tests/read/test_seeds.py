"""The five real bulletins in text mode: fields as in the gold, every word of the body, none of the furniture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bantin.read import plan, read
from bantin.types import Article

pytestmark = pytest.mark.seeds

FURNITURE = (
    "Sign In", "left center right del", "Tag:", "File đính kèm", "Website liên kết", "Video hoạt động",
    "Bài viết mới nhất",
    "no image", "Thống kê truy cập", "Đang online", "Đăng nhập", "\n.\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def articles(shared: Path) -> dict[str, Article]:
    return {s.path.stem: a for s in plan([shared / "seeds"]) for a in read(s) if isinstance(a, Article)}


def test_all_five_are_read(articles: dict[str, Article]) -> None:
    assert len(articles) == 5


def test_title_date_and_author_are_those_of_the_gold(articles: dict[str, Article], shared: Path) -> None:
    for name, article in articles.items():
        gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        assert article.title == gold["title"], name
        assert (article.published or "").removesuffix("+07:00") == (gold["published"] or ""), name
        assert article.author == gold["author"], name


def test_every_annotated_text_is_still_there(articles: dict[str, Article], shared: Path) -> None:
    for name, article in articles.items():
        gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        for family in ("directives", "dates", "people", "indicators"):
            for item in (i for i in gold[family] if not i.get("optional")):
                assert item["text"] in article.text, (name, item["text"])


def test_only_furniture_and_repeats_were_dropped(articles: dict[str, Article], shared: Path) -> None:
    for name, article in articles.items():
        source = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        kept = {" ".join(article.text[b.start : b.end].split()) for b in article.blocks}
        gone = [line for line in (" ".join(raw.split()) for raw in source.split("\n")) if line and line not in kept]
        assert all(len(line) < 60 for line in gone), (name, gone)


def test_no_furniture_is_left(articles: dict[str, Article]) -> None:
    for name, article in articles.items():
        for words in FURNITURE:
            assert words not in article.text, (name, words)


def test_the_publisher_of_a_reprint_is_no_author(articles: dict[str, Article]) -> None:
    assert [a.publisher for a in articles.values() if a.publisher] == ["Báo Bắc Ninh"]


KINDS = {
    "title": "T", "dateline": "D", "lead": "L", "paragraph": "p", "heading": "h", "list_item": "i", "caption": "c",
    "byline": "b", "source": "s", "table_row": "t",
}  # fmt: skip
LABELLED = {
    "000": "TDLppcppppcppppcpppppb",
    "001": "TDLpppppppcppiiiiiipipb",
    "002": "TDLcppcppppccpb",
    "003": "TLcpppppcpb",
    "004": "TLcppppppb",
}
"""The kind of every block in order, as a reader of the five pages labels them."""


def test_every_block_is_of_the_right_kind(articles: dict[str, Article]) -> None:
    found = {name[:3]: "".join(KINDS[b.kind] for b in a.blocks) for name, a in articles.items()}
    assert found == LABELLED
