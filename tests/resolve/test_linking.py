"""One name, several people: what joins sightings, what keeps them apart, and what stays open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.resolve.linking import Facts, Held, Sighting, link

BODIES = {
    "tu": Facts("Tỉnh ủy Bắc Giang", None, "tỉnh Bắc Giang"),
    "tg": Facts("Ban Tuyên giáo Tỉnh ủy Bắc Giang", "tu", "tỉnh Bắc Giang"),
    "dv": Facts("Ban Dân vận Tỉnh ủy Bắc Giang", "tu", "tỉnh Bắc Giang"),
    "ub": Facts("Ủy ban nhân dân tỉnh Bắc Giang", None, "tỉnh Bắc Giang"),
    "sy": Facts("Sở Y tế tỉnh Bắc Giang", None, "tỉnh Bắc Giang"),
    "sn": Facts("Sở Nội vụ tỉnh Bắc Giang", None, "tỉnh Bắc Giang"),
    "hu": Facts("Huyện ủy Lục Ngạn", None, "huyện Lục Ngạn, tỉnh Bắc Giang"),
    "hb": Facts("Ủy ban nhân dân huyện Lục Ngạn", None, "huyện Lục Ngạn, tỉnh Bắc Giang"),
    "h2": Facts("Huyện ủy Yên Thế", None, "huyện Yên Thế, tỉnh Bắc Giang"),
}


def seen(day: str | None, *posts: tuple[str, str | None] | Held, **more: Any) -> Sighting:
    held = tuple(p if isinstance(p, Held) else Held(p[0], p[1], "", "current", "m") for p in posts)
    return Sighting(date.fromisoformat(day) if day else None, more.pop("scope", "site"), held, **more)


def former(title: str, body: str) -> Held:
    return Held(title, body, "", "former", "m")


def into(title: str, body: str) -> Held:
    return Held(title, body, "", "current", "m", "appointed", None)


PB, BT, GD, PGD = "Phó Bí thư", "Bí thư", "Giám đốc", "Phó Giám đốc"


@pytest.mark.parametrize(
    ("sightings", "people"),
    [
        # the same post of the same body
        ([seen("2012-01-01", (BT, "hu")), seen("2014-01-01", (BT, "hu"))], 1),
        ([seen("2004-01-01", (BT, "hu")), seen("2014-01-01", (BT, "hu"))], 2),  # ten years of silence
        ([seen("2012-01-01", (BT, "hu")), seen("2012-01-01", (BT, "h2"))], 2),  # another district
        ([seen("2012-01-01", (GD, "sy")), seen("2013-01-01", (PGD, "sn"))], 2),  # the province is no evidence
        # posts stated in one article
        ([seen("2012-01-01", (GD, "sy")), seen("2014-01-01", (GD, "sy"), into(BT, "hu")),
          seen("2015-01-01", (BT, "hu"))], 1),
        ([seen("2012-01-01", (GD, "sy")), seen("2015-01-01", (BT, "hu"), former(GD, "sy"))], 1),
        ([seen("2015-01-01", former(BT, "hu")), seen("2017-01-01", former(BT, "hu"))], 1),
        # a promotion on the same ground
        ([seen("2012-01-01", (PB, "hu")), seen("2014-01-01", (BT, "hu"))], 1),
        ([seen("2012-01-01", ("Chủ tịch", "hb")), seen("2014-01-01", (BT, "hu"))], 1),
        ([seen("2012-01-01", (BT, "hu")), seen("2014-01-01", (PB, "hu"))], 2),  # nobody falls back
        ([seen("2012-01-01", ("Trưởng ban", "tg")), seen("2014-01-01", ("Trưởng ban", "dv"))], 2),  # sisters
        ([seen("2012-01-01", ("Trưởng ban", "tg")), seen("2014-01-01", (PB, "tu"))], 1),
        # two posts of one leader, told in turn
        ([seen("2012-01-01", (PB, "hu")), seen("2012-02-01", ("Chủ tịch", "hb")), seen("2012-03-01", (PB, "hu")),
          seen("2012-04-01", ("Chủ tịch", "hb"))], 1),
        # two posts of one body at the same time are two people
        ([seen("2012-01-01", (PGD, "sy")), seen("2012-03-01", (GD, "sy")), seen("2012-06-01", (PGD, "sy")),
          seen("2012-09-01", (GD, "sy"))], 2),
        # a man and a woman
        ([seen("2012-01-01", (BT, "hu"), gender="f"), seen("2013-01-01", (BT, "hu"), gender="m")], 2),
        ([seen("2012-01-01", (BT, "hu"), gender="f"), seen("2013-01-01", (BT, "hu"))], 1),
        # without a post: the only one of that name on the site
        ([seen("2012-01-01", (BT, "hu")), seen("2012-03-01")], 1),
        ([seen("2012-01-01", (BT, "hu")), seen("2012-03-01", scope="elsewhere")], 2),
        ([seen("2012-01-01", (BT, "hu"), scope=""), seen("2012-03-01", scope="")], 1),
        ([seen("2012-01-01", (BT, "hu")), seen("2019-03-01")], 2),
        ([seen("2012-01-01", (BT, "hu")), seen("2012-03-01", actor=False)], 2),  # a farmer of that name
        ([seen("2012-01-01", (BT, "hu")), seen("2012-03-01", (BT, None))], 1),
        ([seen("2012-01-01", (BT, "hu")), seen("2012-03-01", ("Trưởng thôn", None))], 2),
        ([seen("2012-03-01", (BT, None)), seen("2012-06-01", (BT, None))], 1),  # the same words on the same site
        ([seen("2012-03-01"), seen("2012-03-02")], 2),  # the name alone is no evidence
        ([seen("2012-01-01", (BT, "hu")), seen(None, (BT, "hu"))], 1),
        # bylines
        ([seen("2012-03-01", byline=True), seen("2015-03-02", byline=True)], 1),
        ([seen("2012-03-01", byline=True), seen("2012-03-02", (BT, "hu"))], 2),
    ],
)  # fmt: skip
def test_people(sightings: list[Sighting], people: int) -> None:
    numbers = link(sightings, BODIES)
    assert None not in numbers
    assert len(set(numbers)) == people


def test_a_sighting_that_two_namesakes_compete_for_stays_open() -> None:
    numbers = link([seen("2012-01-01", (BT, "hu")), seen("2012-01-01", (GD, "sy")), seen("2012-02-01")], BODIES)
    assert numbers == [0, 1, None]


def test_who_left_a_post_is_not_who_holds_it_after() -> None:
    moved = seen("2014-01-01", (BT, "hu"), into(GD, "sy"))
    successor = seen("2014-06-01", ("Trưởng ban", "tg"), into(BT, "hu"))
    numbers = link([seen("2012-01-01", (BT, "hu")), moved, successor, seen("2015-06-01", (BT, "hu"))], BODIES)
    assert numbers == [0, 0, 2, 2]


def test_promotions_with_two_rivals_stay_apart() -> None:
    """Two namesakes lead one district at a time, so neither is known to be who was deputy before."""
    deputy = seen("2010-01-01", ("Phó Trưởng ban", "tg"))
    rivals = [seen(f"2012-0{m}-01", (PB, "tu")) for m in (1, 9)] + [
        seen(f"2012-0{m}-01", ("Trưởng ban", "tg")) for m in (1, 9)
    ]
    numbers = link([deputy, *rivals], BODIES)
    assert numbers[1] == numbers[2] != numbers[3] == numbers[4]


POSTS = st.tuples(st.sampled_from([PB, BT, GD, PGD, "Tỉnh ủy viên"]), st.sampled_from(sorted(BODIES)))


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    day = draw(st.none() | st.dates(date(2005, 1, 1), date(2024, 12, 31)))
    posts = draw(st.lists(POSTS, max_size=3))
    gender = draw(st.sampled_from([None, None, "m", "f"]))
    return seen(day.isoformat() if day else None, *posts, scope=draw(st.sampled_from(["a", "b", ""])), gender=gender)


@given(st.lists(sightings(), max_size=12))
def test_numbers_are_first_sightings_and_women_are_never_men(some: list[Sighting]) -> None:
    numbers = link(some, BODIES)
    assert numbers == link(some, BODIES)
    for n, own in zip(range(len(some)), numbers, strict=True):
        assert own is None or (own <= n and numbers[own] == own)
