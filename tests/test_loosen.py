"""Rewritten patterns match wherever the true ones do, and no atomic group is made to match less."""

from __future__ import annotations

import re

import pytest
import regex

from bantin.extractors import extractors
from bantin.loosen import loosened, named_apart, parted

TEXTS = ("ngày 5/4/2024", "từ 3-5/6 đến", "trước 12.5", "Quý I", "a9b", "xã A")


@pytest.mark.parametrize(
    "source",
    [
        r"(?<=\b(?:từ|trước)\s+)\d++",
        r"(?<!\d{1,2}/)\d++",
        r"(?<=\d)/",
        r"\p{L}++(?![\p{L}\d])",
        r"[(/)]\d",
        r"\s\p{L}",
    ],
)
def test_it_matches_where_the_source_does(source: str) -> None:
    loose, true = re.compile(loosened(source)[0], re.VERBOSE), regex.compile(source, regex.VERBOSE)
    for text in TEXTS:
        for at in range(len(text)):
            assert loose.match(text, at) or not true.match(text, at)


@pytest.mark.parametrize(
    "source", [r"(?>(?<=a+)\d|\d\d)x", r"(?:(?<!a+)\d|\d\d)++x", r"(?!(?<=a+)\d)", r"(?:(?<=a+)\d){1,2}+"]
)
def test_nothing_is_dropped_where_that_may_match_less(source: str) -> None:
    with pytest.raises(re.error):
        re.compile(loosened(source)[0], re.VERBOSE)


def test_groups_that_exclude_each_other_are_named_apart() -> None:
    assert named_apart(r"(?:(?P<a>x)|(?:(?P<a>y)|[|(](?P<b>z))+)") == r"(?:(?P<a>x)|(?:(?P<a__2>y)|[|(](?P<b>z))+)"


@pytest.mark.parametrize(
    "source", ["(?P<a>x)(?P<a>y)", "(?P<a>x)|(?P<a>y)(?P<a>z)", "(?:(?P<a>x)|(?P<a>y))+", "(?:(?P<a>x)|(?P<a>y))(?P=a)"]
)
def test_groups_that_may_meet_are_not(source: str) -> None:
    with pytest.raises(re.error):
        named_apart(source)


@pytest.mark.parametrize(
    ("source", "asked", "rest"),
    [
        (r"(?<!\d)(?<=a+)(?=\d)(?<!b+)\n (?:1|2)(?<=c+)", "(?<=a+)(?<!b+)", r"(?<!\d)(?=\d)\n (?:1|2)(?<=c+)"),
        (r"(?<!(?<!a+)b)1", "(?<!(?<!a+)b)", "1"),
        (r"(?<=a+)1|2", "", r"(?<=a+)1|2"),
        (r"1(?<=a+)", "", r"1(?<=a+)"),
        (r"(?<=\p{L})1", "", r"(?<=\p{L})1"),
    ],
)
def test_what_re_cannot_ask_is_parted_where_it_is_asked_first(source: str, asked: str, rest: str) -> None:
    assert parted(source) == (asked, rest)


def test_the_rules_of_dates_and_indicators_at_digits_are_tried_on_re() -> None:
    for extractor in extractors():
        if extractor.family in ("dates", "indicators"):
            for rule in extractor.rules:
                if any(anchor.startswith(r"\d") for anchor in rule.anchors):
                    assert isinstance(rule.pattern, re.Pattern) or rule.sieve is not None, rule.id
