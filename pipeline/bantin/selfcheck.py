"""Checks of every data file a maintainer edits: rules with their examples, lexicons, gold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import Any

from bantin.datafile import packaged
from bantin.engine import Extraction, extract
from bantin.errors import DataFileError
from bantin.extractors import extractors
from bantin.lexicon import load_lexicon
from bantin.profiles import load_profiles
from bantin.resolve.lifetimes import lives, provinces
from bantin.resolve.registry import load_registry
from bantin.rules import REACH, Example, Rule
from bantin.scrape import check_tables
from bantin.types import Family, Mention, Span


def rule_examples() -> Iterator[tuple[Family, Rule, Example, bool]]:
    """Every example of every rule: family, rule, example, and whether it is a `yes`."""
    for extractor in extractors():
        for rule in extractor.rules:
            for example in rule.yes:
                yield extractor.family, rule, example, True
            for example in rule.no:
                yield extractor.family, rule, example, False


def example_problems(family: Family, rule: Rule, example: Example, *, positive: bool) -> list[str]:
    """What is wrong when an example runs through the whole pipeline; empty if it holds.

    A `yes` must give exactly the marked spans and values, one of them by this rule. A `no` must give exactly its marked
    spans (none, if it marks none), and none of them by this rule.
    """
    where = f"{rule.id}: {example.text!r}"
    result = extract(example.text, example.published)
    found = result.of(family)
    spans = [m.span for m in found]
    if spans != list(example.spans):
        return [f"{where}: expected {_quoted(result, example.spans)}, found {_quoted(result, spans)}"]
    problems = []
    won = [m for m in found if m.rule == rule.id]
    if positive and not won:
        problems.append(f"{where}: found by {', '.join(sorted({m.rule for m in found}))}, not by this rule")
    if not positive and won:
        problems.append(f"{where}: this rule fires on {_quoted(result, [m.span for m in won])}")
    for mention, value in zip(found, example.values, strict=False):
        problems += [f"{where}: {mention.text!r}: {p}" for p in _value_problems(mention, value)]
    return problems


def _quoted(result: Extraction, spans: list[Span] | tuple[Span, ...]) -> str:
    return ", ".join(repr(s.of(result.text)) for s in spans) or "nothing"


def _value_problems(mention: Mention[Any], expected: Any) -> Iterator[str]:
    for key, want in expected.items():
        if not hasattr(mention.value, key):
            yield f"a {type(mention.value).__name__} has no {key!r}"
            continue
        got = getattr(mention.value, key)
        if isinstance(got, Decimal) and not isinstance(want, str):
            want = Decimal(str(want))  # noqa: PLW2901
        if isinstance(got, tuple):
            got = list(got)
        if got != want and not (got is None and want == ""):
            yield f"{key} is {got!r}, expected {want!r}"


def check_rules() -> list[str]:
    """Problems of every rule file: it loads, and every example holds."""
    try:
        examples = list(rule_examples())
    except DataFileError as e:
        return [str(e)]
    return [p for f, r, e, yes in examples for p in example_problems(f, r, e, positive=yes)]


def check_pace() -> list[str]:
    """Rules whose pattern runs away on text made to be slow: their own examples and anchors, many times over."""
    problems = []
    for extractor in extractors():
        for rule in extractor.rules:
            seeds = (
                {e.text for e in (*rule.yes, *rule.no)} | {f"{a} " for a in rule.anchors[:3]} | {"1", " ", "a", "A "}
            )
            for seed in sorted(seeds):
                text = seed * (2 * REACH // len(seed) + 1)
                if rule.runs_away(text if rule.case else text.lower()):
                    problems.append(f"{rule.id}: runs away on {seed!r} repeated; make its quantifiers possessive")
    return problems


def lexicon_names() -> list[str]:
    """The lexicons of the package, sorted."""
    return sorted(f.name.removesuffix(".csv") for f in _files("lexicons") if f.name.endswith(".csv"))


def check_lexicons() -> list[str]:
    """Problems of every lexicon: it loads, and it is not empty."""
    problems = []
    for name in lexicon_names():
        try:
            if not len(load_lexicon(name)):
                problems.append(f"lexicons/{name}.csv: empty")
        except DataFileError as e:
            problems.append(str(e))
    return problems


def check_registry() -> list[str]:
    """Problems of the registries of documents, provinces and bodies: they load, and their facts agree."""
    problems = []
    for load in (load_registry, provinces, lives):
        try:
            load()
        except DataFileError as e:
            problems.append(str(e))
    return problems


def check_sites() -> list[str]:
    """Problems of the site profiles: each loads, and its `[scrape]` table says how the site is walked."""
    try:
        load_profiles()
    except DataFileError as e:
        return [str(e)]
    return check_tables()


def _files(folder: str) -> list[Traversable]:
    return sorted(packaged(folder).iterdir(), key=lambda f: f.name)
