"""Rows of one article: ids, links between mentions, exact values, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bantin.dataset.rows import article_rows, exact
from bantin.dataset.schema import TABLE
from bantin.extractors.indicators.value import IndicatorValue
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.value import RoleValue
from bantin.types import Article, Block, Check, Mention, Span

TEXT = "Đồng chí Lò Văn Giàng, Bí thư Huyện ủy\nphát 182 thẻ, trong đó 80 thẻ mới"
ARTICLE = Article("a1", TEXT, (Block("paragraph", 0, 38), Block("list_item", 39, len(TEXT))), source_path="x.txt")


def mention(family: Any, quote: str, value: Any, nth: int = 0) -> Mention[Any]:
    start = TEXT.index(quote, nth)
    return Mention(family, start, start + len(quote), quote, f"{family}.test", 0.75, value)


PERSON = mention("people", "Lò Văn Giàng", PersonValue("Lò Văn Giàng"))
ROLE = mention("roles", "Bí thư", RoleValue("Bí thư", "Huyện ủy", holder=PERSON.span, inherited=True))
WHOLE = mention("indicators", "182 thẻ", IndicatorValue(Decimal("182"), "thẻ", "count", flags=("x", "y")))
PART = mention("indicators", "80 thẻ", IndicatorValue(Decimal("80"), "thẻ", "count", part_of=WHOLE.span))
ALL = (PERSON, ROLE, WHOLE, PART)


def rows(table: str, *mentions: Mention[Any], checks: tuple[Check, ...] = ()) -> list[dict[str, Any]]:
    made = article_rows(ARTICLE, mentions, checks)
    return [dict(zip(TABLE[table].names, row, strict=True)) for row in made.get(table, [])]


def test_ids_are_the_article_the_family_and_the_order() -> None:
    assert [r["mention_id"] for r in rows("indicators", *ALL)] == ["a1:i1", "a1:i2"]
    assert rows("role_mentions", *ALL)[0]["mention_id"] == "a1:r1"


def test_links_between_mentions_are_ids() -> None:
    assert rows("role_mentions", *ALL)[0]["person_mention_id"] == "a1:p1"
    assert [r["part_of"] for r in rows("indicators", *ALL)] == [None, "a1:i1"]


def test_a_link_to_nothing_is_null() -> None:
    assert rows("role_mentions", ROLE)[0]["person_mention_id"] is None
    assert rows("indicators", PART)[0]["part_of"] is None


def test_values_and_blocks() -> None:
    first = rows("indicators", *ALL)[0]
    assert (first["value"], first["value_text"], first["value_max"]) == (182.0, "182", None)
    assert json.loads(first["flags"]) == ["x", "y"]
    assert first["block"] == "list_item"
    assert rows("person_mentions", *ALL)[0]["block"] == "paragraph"
    assert rows("role_mentions", *ALL)[0]["inherited"] is True


def test_an_empty_text_is_null() -> None:
    bare = replace(PERSON, value=PersonValue("Lò Văn Giàng", honorific=""))
    assert rows("person_mentions", bare)[0]["honorific"] is None
    assert rows("articles")[0]["source_record"] is None


def test_a_mention_outside_every_block_has_none() -> None:
    bare = replace(ARTICLE, blocks=(Block("title", 0, 3),))
    row = article_rows(bare, [WHOLE], [])["indicators"][0]
    assert dict(zip(TABLE["indicators"].names, row, strict=True))["block"] is None


def test_checks_name_the_mentions_at_their_spans() -> None:
    check = Check("sum_mismatch", (WHOLE.span, PART.span, Span(0, 1)), "182", "81", "does not add up")
    (row,) = rows("checks", *ALL, checks=(check,))
    assert json.loads(row["mention_ids"]) == ["a1:i1", "a1:i2"]
    (row,) = rows("checks", *ALL, checks=(replace(check, spans=(Span(0, 1),)),))
    assert row["mention_ids"] is None


@pytest.mark.parametrize(
    "wrong", [replace(WHOLE, text="183 thẻ"), replace(WHOLE, start=0), replace(WHOLE, text="", end=WHOLE.start)]
)
def test_a_mention_that_does_not_quote_the_text_is_refused(wrong: Mention[Any]) -> None:
    with pytest.raises(ValueError, match=r"indicators\.test"):
        article_rows(ARTICLE, [wrong], [])


@pytest.mark.parametrize(
    ("value", "plain"),
    [("182", "182"), ("12.50", "12.5"), ("8.67E+11", "867000000000"), ("0.00", "0"), ("-3.10", "-3.1"), ("100", "100")],
)
def test_exact(value: str, plain: str) -> None:
    assert exact(Decimal(value)) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_exact_is_the_same_number(value: Decimal) -> None:
    assert Decimal(exact(value)) == value
    assert "E" not in exact(value)
