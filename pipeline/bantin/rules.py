"""Rules as data: patterns with their examples beside them, found from anchors in one linear scan.

A rules file is TOML. `[fragments]` holds pieces that patterns share, written `{{name}}`; `\\L<name>` is any form of the
lexicon of that name, longest first, whatever white space stands between its words. Patterns are verbose regular
expressions of the `regex` module and match on the lower-case view of the text (with `case = true` on the view that
keeps case). A pattern is only tried where one of its `anchors` begins: a single lower-case word; `\\d` for any run of
digits, `\\d{1,2}` for one so long, `\\d[/-]` for one before such a sign, white space aside; or the opening words of a
lexicon's forms. So the cost of a rule is the cost of its anchors.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from itertools import compress, count, product
from operator import itemgetter
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct

from bantin.datafile import check_keys, packaged, read_toml
from bantin.errors import DataFileError
from bantin.lexicon import SPACE, load_lexicon, trie_pattern
from bantin.loosen import loosened, named_apart, parted
from bantin.text import DIGITS, View, fold_key
from bantin.types import Span

REACH = 1000
"""How many characters one attempt of a pattern may look at. It bounds the work on hostile text: no expression of the
genre is longer, and what is a list is read member by member."""

_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_LIST = re.compile(r"\\L<(\w+)>")
_RUN_OF_DIGITS = re.compile(r"\\d(?:\{(\d)(?:,(\d))?\})?(?:\[(\S+)\])?")
_DIGITS = frozenset(DIGITS)
_BEHIND_DIGITS = re.compile(r"\d+\s*+(\S?)")
_FRAGMENT = re.compile(r"\{\{(\w+)\}\}")
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+(?![^\s]))?")
_UNREPEATED = r"(?:\s\s\s|\s\s|\s)"
"""`SPACE` for `regex`, which makes room for every repeat of a pattern anew at every attempt, used or not."""
_GROUP = re.compile(r"\(\?P<(\w+)>")
_BACK = re.compile(r"\(\?P=(\w+)\)")
_ID = re.compile(r"[a-z]+(?:\.[a-z0-9]+(?:_[a-z0-9]+)*)+")


AnyPattern = re.Pattern[str] | regex.Pattern[str]
AnyMatch = re.Match[str] | regex.Match[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the spans that must be found in it (none for a `no`), and their values in the same order."""

    text: str
    spans: tuple[Span, ...]
    values: tuple[Mapping[str, Any], ...]
    published: str | None
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One form of the language: where it may begin, its pattern, and what shows that it works."""

    id: str
    label: str
    why: str
    pattern: AnyPattern = field(repr=False)
    sieve: re.Pattern[str] | None = field(repr=False)
    """What matches wherever the pattern does, and costs less."""
    before: regex.Pattern[str] | None = field(repr=False)
    """What must match where the pattern does: it asks for the text before."""
    anchors: tuple[str, ...]
    case: bool
    confidence: float
    order: int
    yes: tuple[Example, ...] = field(repr=False)
    no: tuple[Example, ...] = field(repr=False)
    shape: str = field(init=False)
    """The part of the id after the family: "date.quarter" has shape "quarter"."""
    groups: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)
    """The names of the groups of the pattern, and what stands for each in it: several where it was named apart."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", self.id.split(".", 1)[1])
        groups: dict[str, tuple[str, ...]] = {}
        for name in self.pattern.groupindex:
            shared = name.partition("__")[0]
            groups[shared] = (*groups.get(shared, ()), name)
        object.__setattr__(self, "groups", groups)

    def match(self, view: View, at: int, end: int) -> AnyMatch | None:
        """The match of this rule that begins exactly at `at` and ends before `end`, within `REACH`."""
        text, stop = view.folded if self.case else view.lower, min(end, at + REACH)
        if self.sieve is not None and self.sieve.match(text, at, stop) is None:
            return None  # the sieve settles most attempts
        m = self.pattern.match(text, at, stop)
        return m if m is None or self.before is None or self.before.match(text, at, stop) is not None else None

    def runs_away(self, text: str, seconds: float = 1.0) -> bool:
        """Whether an attempt anywhere in `text` takes longer than `seconds`: such a rule must not ship.

        The time limit of the `regex` module costs more than most attempts, so it is used here and not in `match`.
        """
        before = "" if self.before is None else self.before.pattern
        pattern = regex.compile(before + self.pattern.pattern, regex.VERBOSE | regex.V0)
        try:
            for at in range(0, len(text), max(1, len(text) // 20)):
                pattern.match(text, at, at + REACH, timeout=seconds)
        except TimeoutError:
            return True
        return False


class Hit(Struct, frozen=True):
    """A rule that matched. `groups` of the match are offsets into the whole text, like everything else."""

    rule: Rule
    match: AnyMatch

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    def span(self, group: str) -> Span | None:
        """Where a named group stands, or None if it took no part."""
        for name in self.rule.groups.get(group, ()):
            start, end = self.match.span(name)
            if start >= 0:
                return Span(start, end)
        return None

    def group(self, group: str) -> str | None:
        """What a named group matched (in the view the rule matches on), or None."""
        for name in self.rule.groups.get(group, ()):
            if (text := self.match[name]) is not None:
                return text
        return None


class RuleSet:
    """The rules of one family and the gate that finds their anchors."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        by_anchor: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for anchor in rule.anchors:
                by_anchor.setdefault(anchor, []).append(rule)
        for anchor, here in by_anchor.items():  # where an anchor is of two, the rules of the first alone begin too
            if " " in anchor and (alone := by_anchor.get(anchor.split()[0])):
                here[:] = sorted({*here, *alone}, key=lambda r: r.order)
        shared: dict[tuple[Rule, ...], tuple[Rule, ...]] = {}  # anchors of the same rules share one tuple
        self._by_first: dict[str, _Anchored] = {}
        for anchor, here in by_anchor.items():
            first, _, second = anchor.partition(" ")
            begun = shared.setdefault(tuple(here), tuple(here))
            single, seconds = self._by_first.get(first, (None, {}))
            self._by_first[first] = (single, {**seconds, second: begun}) if second else (begun, seconds)
        longest = max((len(word) for anchor in by_anchor for word in anchor.split()), default=1)
        word = rf"([^\W\d_]{{1,{longest}}}+)(?![^\W\d_])"  # no further than an anchor, however long the run of letters
        self._words = re.compile(rf"{word}(?:{SPACE}{word})?")
        self._joined: dict[int, _Joined] = {}  # by the identity of that tuple

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __getitem__(self, rule_id: str) -> Rule:
        return next(r for r in self.rules if r.id == rule_id)

    def anchors(self, view: View, start: int, end: int) -> list[tuple[int, tuple[Rule, ...]]]:
        """Where rules may begin within [start, end): offset and the rules to try there, in reading order."""
        starts, words = view.runs
        low, out = view.lower, []
        at, last = bisect_left(starts, start), bisect_left(starts, end)
        by_first = self._by_first
        for i in compress(count(at), map(by_first.__contains__, words[at:last])):
            rules, seconds = by_first[words[i]]
            if seconds:
                if words[i] in _DIGITS:
                    rules = seconds.get(_BEHIND_DIGITS.match(low, starts[i], end)[1], rules)  # type: ignore[index]
                elif (
                    i + 1 < last
                    and (two := seconds.get(words[i + 1])) is not None
                    and _is_space(low[starts[i] + len(words[i]) : starts[i + 1]])
                ):
                    rules = two
            if rules is not None:
                out.append((starts[i], rules))
        if view.fused and (fused := self._fused(view, start, end)):
            out = sorted(out + fused, key=itemgetter(0))
        return out

    def _fused(self, view: View, start: int, end: int) -> list[tuple[int, tuple[Rule, ...]]]:
        """The anchors that begin inside a run of letters, where the space before them was lost."""
        out = []
        for at in view.fused[bisect_left(view.fused, start) : bisect_left(view.fused, end)]:
            m = self._words.match(view.lower, at, end)
            rules, seconds = self._by_first.get(m[1], (None, {})) if m else (None, {})
            rules = (seconds.get(m[2]) if m and m[2] else None) or rules
            if rules is not None:
                out.append((at, rules))
        return out

    def scan(self, view: View, start: int, end: int) -> list[Hit]:
        """Every match of every rule within [start, end), in reading order, longest first at one place."""
        hits: list[Hit] = []
        for at, rules in self.anchors(view, start, end):
            hits += self.hits(view, at, rules, min(end, at + REACH))
        return hits

    def hits(self, view: View, at: int, rules: tuple[Rule, ...], stop: int) -> list[Hit]:
        """The matches at `at` of the rules that an anchor has there, before `stop`: longest first.

        Most anchors begin nothing (a digit is rarely a date), and an attempt costs more than its pattern. So one
        attempt of all patterns together comes first: what stands before the first that matches has failed.
        """
        joined = self._joined.get(id(rules))
        if joined is None:
            joined = self._joined[id(rules)] = _join(rules)
        hits: list[Hit] = []
        for case, together, attempts in joined:
            text = view.folded if case else view.lower
            first = None
            if together is not None:
                if (m := together(text, at, stop)) is None:
                    continue
                first = m.lastgroup
            for quick, exact, rule in attempts[first]:
                m = quick(text, at, stop)
                if (
                    m is not None
                    and (exact is None or (m := exact(text, at, stop)) is not None)
                    and (rule.before is None or rule.before.match(text, at, stop) is not None)
                    and m.end() > at
                ):
                    hits.append(Hit(rule, m))
        if len(hits) > 1:
            hits.sort(key=lambda h: (-h.end, h.rule.order))
        return hits

    def find(self, view: View, start: int, end: int) -> list[Hit]:
        """Matches that do not overlap: leftmost, then longest, then the order of the rules file."""
        out: list[Hit] = []
        for hit in self.scan(view, start, end):
            if not out or hit.start >= out[-1].end:
                out.append(hit)
        return out


_Anchored = tuple[tuple[Rule, ...] | None, dict[str, tuple[Rule, ...]]]
"""The rules of the anchors of one first word: where it stands alone, and by their second word; of a run of digits, by
the character behind it."""


def _is_space(between: str) -> bool:
    """Whether the two words of an anchor may stand so far apart: what `SPACE` matches."""
    return between == " " or (len(between) <= 3 and between.isspace())


_Match = Callable[[str, int, int], AnyMatch | None]
_Attempt = tuple[_Match, _Match | None, Rule]
_Attempts = dict[str | None, tuple[_Attempt, ...]]
_Joined = tuple[tuple[bool, _Match | None, _Attempts], ...]


def _join(rules: tuple[Rule, ...]) -> _Joined:
    """For the rules on either view: a match of one pattern for all, where any of them does, and the attempts left then.

    Groups capture nothing, but for those referred back to; the last group of a match names the rule, "m3". It runs on
    Python's own `re`, which is three times as fast, if every rule can be written for it; it may match too much there.
    An attempt is the rule's sieve and its pattern, or its pattern alone; the rule that was named needs no sieve.
    """
    out: list[tuple[bool, _Match | None, _Attempts]] = []
    for case in (False, True):
        group = [r for r in rules if r.case is case]
        parts = [f"(?:{_nameless(rule.pattern.pattern, i)}\n)(?P<m{i}>)" for i, rule in enumerate(group)]
        together = _fast("|".join(parts)).match if len(group) > 1 else None
        each = [(r.pattern.match, None, r) if r.sieve is None else (r.sieve.match, r.pattern.match, r) for r in group]
        attempts: _Attempts = {None: tuple(each)}
        if together is not None:
            attempts = {f"m{i}": ((r.pattern.match, None, r), *each[i + 1 :]) for i, r in enumerate(group)}
        if group:
            out.append((case, together, attempts))
    return tuple(out)


def _nameless(source: str, i: int) -> str:
    """A pattern without groups, but for those referred back to."""
    kept = set(_BACK.findall(source))
    source = _GROUP.sub(lambda m: f"(?P<r{i}_{m[1]}>" if m[1] in kept else "(?:", source)
    return _BACK.sub(lambda m: f"(?P=r{i}_{m[1]})", source)


def _fast(source: str) -> AnyPattern:
    try:
        return re.compile(loosened(source.replace(_UNREPEATED, SPACE))[0], re.VERBOSE)
    except re.error:
        return regex.compile(source, regex.VERBOSE | regex.V0)


_Compiled = tuple[AnyPattern, re.Pattern[str] | None, regex.Pattern[str] | None]
"""Pattern, sieve and what is asked of the text before, as a rule has them."""


@cache
def _lexicon_pattern(name: str) -> str:
    return f"(?:{trie_pattern(load_lexicon(name))})"


def _example(file: object, rule_id: str, table: Mapping[str, Any], *, positive: bool) -> Example:
    check_keys(file, rule_id, table, ["text"], ["value", "values", "published", "why"])
    marked: str = table["text"]
    spans: list[Span] = []
    plain, at = "", 0
    for m in _MARK.finditer(marked):
        plain += marked[at : m.start()]
        spans.append(Span(len(plain), len(plain) + len(m[1])))
        plain += m[1]
        at = m.end()
    plain += marked[at:]
    if "[[" in plain or "]]" in plain:
        raise DataFileError(file, rule_id, f"unbalanced [[ ]] in example {marked!r}")
    if positive and not spans:
        raise DataFileError(file, rule_id, f"a yes example marks nothing: {marked!r}")
    values = table.get("values", [table["value"]] if "value" in table else [])
    if len(values) not in (0, len(spans)):
        raise DataFileError(file, rule_id, f"{len(values)} values for {len(spans)} spans in {marked!r}")
    return Example(plain, tuple(spans), tuple(values), table.get("published"), table.get("why", ""))


def _compile(file: object, rule_id: str, pattern: str, fragments: Mapping[str, str]) -> _Compiled:
    """The pattern, on `re` where that matches the same; else on `regex`, with a sieve where there can be one."""
    for _ in range(5):  # fragments may use fragments
        if not _FRAGMENT.search(pattern):
            break
        try:
            pattern = _FRAGMENT.sub(lambda m: fragments[m[1]], pattern)
        except KeyError as e:
            raise DataFileError(file, rule_id, f"no fragment {e}; known: {', '.join(sorted(fragments))}") from None
    pattern = _LIST.sub(lambda m: _lexicon_pattern(m[1]), pattern)
    before, rest = parted(pattern)
    try:
        loose, exact = loosened(rest)
        if exact:
            return re.compile(named_apart(loose), re.VERBOSE), None, _exact(before) if before else None
    except re.error:
        pass
    try:
        true = _exact(pattern)
    except regex.error as e:
        raise DataFileError(file, rule_id, f"bad pattern: {e}") from None
    try:
        return true, re.compile(loosened(_nameless(pattern, 0))[0], re.VERBOSE), None
    except re.error:
        return true, None, None


def _exact(source: str) -> regex.Pattern[str]:
    return regex.compile(source.replace(SPACE, _UNREPEATED), regex.VERBOSE | regex.V0)


def _expand_anchors(file: object, rule_id: str, anchors: Iterable[str]) -> tuple[str, ...]:
    out: set[str] = set()
    for anchor in anchors:
        if m := _LIST.fullmatch(anchor):
            for form in load_lexicon(m[1]):
                out.update(_opening(form))
        elif m := _RUN_OF_DIGITS.fullmatch(anchor):
            runs = DIGITS[int(m[1] or 1) - 1 : int(m[2] or m[1] or len(DIGITS))]
            out.update(runs if m[3] is None else map(" ".join, product(runs, m[3])))
        elif re.fullmatch(r"[^\W\d_]+", anchor):
            out.add(fold_key(anchor))
        else:
            raise DataFileError(
                file, rule_id, rf"anchor {anchor!r} is not one word, \d, \d{{1,2}}, \d[/-] or \L<lexicon>"
            )
    return tuple(sorted(out))


def _opening(form: str) -> tuple[str, ...]:
    """Where a lexicon form is looked for: its first two words ("chỉ thị", for "chỉ" alone is everywhere), its first
    letters ("đ" of "đ/c"), or any digits."""
    m = _FIRST_WORDS.match(form)
    return (m[0],) if m else DIGITS


def load_rules(*where: str, file: Traversable | Path | None = None) -> RuleSet:
    """The rules of a TOML file inside the package, for example `load_rules("extractors", "dates", "rules.toml")`.

    Raises DataFileError with file and rule for unknown keys, a bad pattern or anchor, an id used twice, a rule
    without a `yes` or without a `no`.
    """
    source = file or packaged(*where)
    table = read_toml(source)
    check_keys(source, "top level", table, ["rule"], ["fragments"])
    fragments: dict[str, str] = table.get("fragments", {})
    rules: list[Rule] = []
    for i, r in enumerate(table["rule"]):
        rid = r.get("id", f"rule {i + 1}")
        check_keys(source, rid, r, ["id", "label", "why", "pattern", "anchors", "yes", "no"], ["case", "confidence"])
        if not _ID.fullmatch(rid):
            raise DataFileError(source, rid, "an id is <family>.<shape> in lower-case English")
        if any(rid == x.id for x in rules):
            raise DataFileError(source, rid, "this id stands twice")
        pattern, sieve, before = _compile(source, rid, r["pattern"], fragments)
        rules.append(
            Rule(
                id=rid,
                label=r["label"],
                why=r["why"],
                pattern=pattern,
                sieve=sieve,
                before=before,
                anchors=_expand_anchors(source, rid, r["anchors"]),
                case=r.get("case", False),
                confidence=r.get("confidence", 0.95),
                order=i,
                yes=tuple(_example(source, rid, e, positive=True) for e in r["yes"]),
                no=tuple(_example(source, rid, e, positive=False) for e in r["no"]),
            )
        )
        if not r["yes"] or not r["no"]:
            raise DataFileError(source, rid, "a rule needs at least one yes and one no example")
    return RuleSet(rules)
