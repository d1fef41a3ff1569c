"""Every example of every rule through the whole pipeline; and what the loader refuses."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bantin.errors import DataFileError
from bantin.rules import REACH, Example, Rule, RuleSet, load_rules
from bantin.selfcheck import check_pace, example_problems, rule_examples
from bantin.text import DIGITS, View
from bantin.types import Family

EXAMPLES = [
    pytest.param(f, r, e, yes, id=f"{r.id}-{'yes' if yes else 'no'}-{i}")
    for i, (f, r, e, yes) in enumerate(rule_examples())
]


@pytest.mark.parametrize(("family", "rule", "example", "positive"), EXAMPLES)
def test_example(family: Family, rule: Rule, example: Example, positive: bool) -> None:
    assert example_problems(family, rule, example, positive=positive) == []


RULE = """
[fragments]
number = '''\\d{{1,4}}+'''
[[rule]]
id = "{id}"
label = "X"
why = "A test."
anchors = {anchors}
pattern = '''{pattern}'''
{more}
  [[rule.yes]]
  text = "{yes}"
{no}
"""
NO = """  [[rule.no]]
  text = "không có gì"
"""
GOOD = {
    "id": "date.lesson",
    "anchors": '["bài"]',
    "pattern": r"bài \s+ {{number}}",
    "more": "",
    "yes": "học [[bài 12]]",
    "no": NO,
}


def _load(tmp_path: Path, **changes: str) -> object:
    file = tmp_path / "rules.toml"
    file.write_text(RULE.format(**(GOOD | changes)), encoding="utf-8")
    return load_rules(file=file)


def test_a_rule_is_found_from_its_anchor_also_where_a_space_was_lost(tmp_path: Path) -> None:
    rules = _load(tmp_path)
    view = View("Bài 12, họcBài 3, bàikhác 4, bài  5")
    hits = rules.find(view, 0, len(view.text))  # type: ignore[attr-defined]
    assert [view.text[h.start : h.end] for h in hits] == ["Bài 12", "Bài 3", "bài  5"]


def test_an_anchor_of_digits_may_say_how_many_and_what_stands_behind(tmp_path: Path) -> None:
    rules = _load(tmp_path, anchors=r"""['\d{1,2}[/-]']""", pattern=r"\d++ .*+", yes="[[1/2]]")
    view = View("1/2, 12  -, 123/, 4, 5%, 6")
    anchors = rules.anchors(view, 0, len(view.text))  # type: ignore[attr-defined]
    assert [view.text[at:] for at, _ in anchors] == ["1/2, 12  -, 123/, 4, 5%, 6", "12  -, 123/, 4, 5%, 6"]


_BEHIND = (
    "7|8/3|ngày 8/3|15/7 âm lịch|07/2024|tháng 5|tháng đầu năm|năm 2020|năm qua|đến 7/5/2024|và 8/3|cùng 9/3|hoặc 9/3|"
    "ngày|giờ 30|rạng 6/5|NQ/TW|quý|phút|nhiệm kỳ|tháng 3 hằng năm|hàng tháng"
)


def test_what_an_anchor_says_of_digits_leaves_no_match_out() -> None:
    """Tried at every run of digits the rules find no more than at their own anchors."""
    rules = load_rules("extractors", "dates", "rules.toml")
    told = [r for r in rules if any(a[:2] == r"\d" for a in r.anchors)]
    own, anywhere = RuleSet(told), RuleSet(replace(r, anchors=tuple({*r.anchors, *DIGITS})) for r in told)
    texts = {e.text for r in rules for e in (*r.yes, *r.no)}
    texts |= {
        f"{before} {number}{between}{behind}"
        for before, number, between, behind in product(
            ("ngày", "từ", "năm", "số", "Kế hoạch"),
            ("5", "15", "123", "2024"),
            ("", " ", ". ", ",", ", ", "-", " - ", "/", " / ", "–", ".", ":", ";", " & ", "h", "\n"),
            _BEHIND.split("|"),
        )
    }
    for text in sorted(texts):
        view = View(text)
        found, expected = ({(h.rule.id, h.start, h.end) for h in s.scan(view, 0, len(text))} for s in (own, anywhere))
        assert {f for f in expected if text[f[1]].isdecimal()} <= found, text


def test_a_group_that_two_alternatives_share_is_read_from_either(tmp_path: Path) -> None:
    rules = _load(tmp_path, pattern=r"bài \s+ (?:(?P<n>\d+)|số \s+ (?P<n>\d+))", yes="[[bài 1]]")
    view = View("bài 12, bài số 3")
    hits = rules.find(view, 0, len(view.text))  # type: ignore[attr-defined]
    assert [(h.group("n"), h.span("n").start) for h in hits] == [("12", 4), ("3", 15)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "Lesson"}, "an id is"),
        ({"no": ""}, "missing no"),
        ({"more": "colour = 1"}, "unknown key colour"),
        ({"yes": "không đánh dấu"}, "marks nothing"),
        ({"yes": "học [[bài 12"}, "unbalanced"),
        ({"pattern": "("}, "bad pattern"),
        ({"pattern": "{{nothing}}"}, "no fragment"),
        ({"pattern": r"\L<no_such_lexicon>"}, "no_such_lexicon"),
        ({"anchors": '["hai từ"]'}, "anchor"),
        ({"anchors": r"""['\d{1,2}/']"""}, "anchor"),
    ],
)
def test_the_loader_names_file_and_rule(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    with pytest.raises(DataFileError, match=says):
        _load(tmp_path, **changes)


def test_an_id_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    one = RULE.format(**GOOD)
    file.write_text(one + one[one.index("[[rule]]") :], encoding="utf-8")
    with pytest.raises(DataFileError, match="stands twice"):
        load_rules(file=file)


def test_no_rule_runs_away() -> None:
    assert check_pace() == []


def test_a_rule_that_runs_away_is_found(tmp_path: Path) -> None:
    rules = _load(tmp_path, pattern=r"bài \s (?:\w|\w\w)*! {{number}}", yes="[[bài 1]]")
    rule = next(iter(rules))  # type: ignore[call-overload]
    assert rule.runs_away("bài " + "b" * 60, seconds=0.1)
    assert not rule.runs_away("bài 1", seconds=0.1)


def test_one_attempt_looks_no_further_than_its_reach(tmp_path: Path) -> None:
    rules = _load(tmp_path, pattern=r"bài \s ++ {{number}}", yes="[[bài 1]]")
    near, far = View("bài" + " " * (REACH - 100) + "1"), View("bài" + " " * REACH + "1")
    assert rules.find(near, 0, len(near.text)) and not rules.find(far, 0, len(far.text))  # type: ignore[attr-defined]
