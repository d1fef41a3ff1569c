"""The days between which a post began and ended, as far as mentions and events prove them."""

from __future__ import annotations

from datetime import date

import pytest

from bantin.resolve.linking import Facts, Held
from bantin.resolve.positions import Attestation, Tenure, attestations, conflicts, is_single, positions


def said(day: str | None, status: str = "current", event: str | None = None, when: str | None = None) -> Attestation:
    post = Held("Bí thư", "hu", "", status, f"a:{day}", event, when)
    return Attestation(date.fromisoformat(day) if day else None, post)


@pytest.mark.parametrize(
    ("attested", "bounds"),
    [
        ([said("2012-01-01")], (None, "2012-01-01", "2012-01-01", None)),
        ([said("2014-01-01"), said("2012-01-01")], (None, "2012-01-01", "2014-01-01", None)),
        ([said(None)], (None, None, None, None)),
        ([said("2012-01-01"), said("2016-01-01", "former")], (None, "2012-01-01", "2012-01-01", "2016-01-01")),
        ([said("2012-01-05", event="elected", when="2012-01-03")], ("2012-01-03", "2012-01-03", "2012-01-03", None)),
        ([said("2012-01-05", event="elected", when="2011")], ("2011-01-01", "2011-12-31", "2011-01-01", None)),
        ([said("2012-01-05", event="elected")], (None, "2012-01-05", "2012-01-05", None)),
        (
            [said("2012-01-05", event="elected", when="2012-01-03"), said("2013-01-01"),
             said("2015-02-02", "former", "left", "2015-02-01")],
            ("2012-01-03", "2012-01-03", "2015-02-01", "2015-02-01"),
        ),
        # elected again: when the first term began is not told
        ([said("2012-01-01"), said("2015-01-05", event="elected", when="2015-01-03")],
         (None, "2012-01-01", "2015-01-03", None)),
    ],
)  # fmt: skip
def test_bounds(attested: list[Attestation], bounds: tuple[str | None, ...]) -> None:
    (one,) = positions(attested)
    assert (one.start_min, one.start_max, one.end_min, one.end_max) == bounds
    assert one.attestations == len(attested)


def test_a_post_left_and_taken_again_is_two() -> None:
    spells = list(
        positions([
            said("2010-01-01", event="elected", when="2010-01-01"),
            said("2012-01-01", "former", "left", "2012-01-01"),
            said("2015-01-01", event="elected", when="2015-01-01"),
        ])
    )  # fmt: skip
    assert [(s.start_min, s.end_max) for s in spells] == [("2010-01-01", "2012-01-01"), ("2015-01-01", None)]


def test_single_posts() -> None:
    committee = Facts("Huyện ủy Lục Ngạn", None, None)
    assert is_single("Bí thư", committee)
    assert not is_single("Phó Bí thư", committee)
    assert not is_single("Ủy viên", committee)
    assert not is_single("Bí thư", Facts("Trung ương Đảng", None, None))
    assert not is_single("Bí thư", None)


def test_two_holders_on_one_day() -> None:
    a = Tenure("p1", "A", "2012-01-01", "2014-01-01", "a1:r1")
    b = Tenure("p2", "B", "2013-06-01", "2016-01-01", "a2:r1")
    c = Tenure("p3", "C", "2016-02-01", "2017-01-01", "a3:r1")
    assert [(x.name, y.name, first, last) for x, y, first, last in conflicts([c, b, a])] == [
        ("A", "B", "2013-06-01", "2014-01-01")
    ]
    many = [Tenure(f"p{n}", f"N{n}", "2012-01-01", "2014-01-01", "a1:r1") for n in range(1000)]
    assert len(list(conflicts(many))) == 999


def test_who_moves_held_the_old_post_up_to_the_move() -> None:
    old = Held("Giám đốc", "sy", "", "current", "a:r1")
    new = Held("Bí thư", "hu", "", "current", "a:r2", "transferred", "2014-03-01")
    told = list(attestations(date(2014, 3, 20), (old, new)))
    assert [(a.day, a.post.title) for a in told] == [(date(2014, 3, 1), "Giám đốc"), (date(2014, 3, 20), "Bí thư")]
    assert [a.day for a in attestations(date(2014, 3, 20), (old,))] == [date(2014, 3, 20)]
