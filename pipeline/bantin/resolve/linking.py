"""People across articles: which sightings of one full name are one person, on evidence only.

A sighting is what one article says of one full name. In this order, and never on the name alone:

1. the same post of the same body within a window; a change of body that a text states closes the post it leaves;
2. two posts stated in one article, and "nguyên X" with who held X before;
3. one post after another on the same ground (a body and its organs, one district or commune, the leadership of one
   province), where there is no other candidate; posts of one body held at the same time are two people;
4. a sighting without a post that says which body: the only person of that name on the same site at the time.

What competes stays apart, or open (None). Pure and deterministic: the order of the batch decides nothing but numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from bantin.text import fold_key

PersonKind = Literal["official", "journalist", "historical"]

DAYS_OF_A_POST = 2200
"""Six years: a term of five, and the silence between two. Longer apart, the same post is no evidence."""
_NEAR = 730
"""Days before the first and after the last post within which a sighting without one may be meant."""
_TURN = 45
"""Days by which two posts may overlap when one follows the other: bulletins repeat the old title for a while."""
_STARTS = frozenset({"appointed", "elected", "confirmed", "transferred"})
_GONE = frozenset({"former", "late"})
_MEMBER = re.compile(r"(?:.* )?(?:ủy viên|đại biểu|thành viên)(?: .*)?")
_LEADERS = re.compile(
    r"(?:ban thường vụ |ban chấp hành |thường trực )?"
    r"(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy(?= (?:xã|phường|thị trấn|đặc khu))|"
    r"đảng bộ(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường))|"
    r"ủy ban nhân dân|hội đồng nhân dân|đoàn đại biểu quốc hội)(?= |$)"
)
_WIDE = re.compile(
    r"(?:đảng bộ |đảng ủy |ban chấp hành )?(?:trung ương đảng|đảng|quốc hội|chính phủ|nhà nước)"
    r"(?<!ban chấp hành trung ương đảng)"
)
"""Bodies with too many members for one to be near another by them; the Central Committee has two hundred."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What linking knows of a body: its name, what it belongs to, and its territory from small to large."""

    name: str
    parent: str | None
    territory: str | None


class Held(Struct, frozen=True, array_like=True):
    """A post as one article states it. `body` is an organisation's id; `event` its type where one is told of it."""

    title: str
    body: str | None
    stated: str
    status: str
    mention_id: str
    event: str | None = None
    date: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What two articles must agree on to speak of the same post."""
        return (self.body or "", fold_key(self.title).removeprefix("quyền "))

    @property
    def gone(self) -> bool:
        return self.status in _GONE or (self.event is not None and self.event not in _STARTS)

    @property
    def main(self) -> bool:
        """Not a mere membership."""
        return _member(self.title) is False


@lru_cache(maxsize=4096)
def _member(title: str) -> bool:
    return _MEMBER.fullmatch(fold_key(title)) is not None


@dataclass(frozen=True)
class Sighting:
    """All that one article says of one full name. `scope` is its site or publisher, `day` its publication.

    Articles of unknown origin ("") are taken for those of one archive.
    """

    day: date | None
    scope: str
    posts: tuple[Held, ...]
    gender: str | None = None
    actor: bool = True
    byline: bool = False

    @cached_property
    def located(self) -> tuple[Held, ...]:
        """The posts that say which body they are of."""
        return tuple(p for p in self.posts if p.body and p.status != "proposed")


@dataclass(slots=True)
class Run:
    """Sightings of one post without a break: first and last day it was attested as held."""

    key: tuple[str, str]
    main: bool
    first: date | None = None
    last: date | None = None
    members: list[int] = field(default_factory=list)


def link(sightings: Sequence[Sighting], bodies: Mapping[str, Facts]) -> list[int | None]:
    """The number of the person of each sighting of one name; None where namesakes compete for it.

    A number is the index of the first sighting of that person.
    """
    return _Namesakes(sightings, bodies).people()


class _Namesakes:
    """The sightings of one name, joined step by step."""

    def __init__(self, sightings: Sequence[Sighting], bodies: Mapping[str, Facts]) -> None:
        self.sightings, self.bodies = sightings, bodies
        self.parent = list(range(len(sightings)))
        self.open: set[int] = set()
        self.runs: list[Run] = []
        self._known_grounds: dict[str, frozenset[str]] = {}

    def people(self) -> list[int | None]:
        some = [i for i, s in enumerate(self.sightings) if s.located and not s.byline]
        self._same_post(some)
        self._one_after_another()
        self._without_a_post()
        self._bylines()
        return [None if i in self.open else self._find(i) for i in range(len(self.sightings))]

    def _find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def _join(self, a: int, b: int) -> None:
        a, b = sorted((self._find(a), self._find(b)))
        self.parent[b] = a

    # 1 and 2: the same post, and posts stated together

    def _same_post(self, some: Sequence[int]) -> None:
        closed = self._closings(some)
        by_key: dict[tuple[str, str], list[tuple[date | None, int, bool]]] = defaultdict(list)
        main: dict[tuple[str, str], bool] = {}
        for i in some:
            located = self.sightings[i].located
            offices = any(p.main for p in located)
            for post in located:
                main[post.key] = post.main
                if post.main or not offices:
                    by_key[post.key].append((self.sightings[i].day, i, post.gone))
        for key in sorted(by_key):
            for run in self._runs(key, main[key], by_key[key], closed.get(key, ())):
                self.runs.append(run)
                for i in run.members[1:]:
                    self._join(run.members[0], i)
        self._undated()
        self.runs += self._memberships(some)

    def _undated(self) -> None:
        """A sighting without a day is of the only person who held the post."""
        holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        for run in self.runs:
            if run.first is not None:
                holders[run.key].add(self._find(run.members[0]))
        for run in self.runs:
            roots = {self._find(root) for root in holders.get(run.key, ())}
            if self.sightings[run.members[0]].day is None and len(roots) == 1 and self._suits(min(roots), run):
                self._join(min(roots), run.members[0])

    def _memberships(self, some: Sequence[int]) -> Iterator[Run]:
        """What members of a committee are besides: no evidence alone, so one run for each person so far."""
        of: dict[tuple[int, tuple[str, str]], list[int]] = defaultdict(list)
        for i in some:
            located = self.sightings[i].located
            if any(p.main for p in located):
                for key in {p.key for p in located if not p.main and not p.gone}:
                    of[self._find(i), key].append(i)
        for (_, key), members in sorted(of.items()):
            days = [d for i in members if (d := self.sightings[i].day)]
            yield Run(key, False, min(days, default=None), max(days, default=None), members)

    def _closings(self, some: Sequence[int]) -> dict[tuple[str, str], list[date]]:
        """Days on which a text says that a post was left, or that its holder went to another ground."""
        out: dict[tuple[str, str], list[date]] = defaultdict(list)
        for i in some:
            s = self.sightings[i]
            if s.day is None:
                continue
            new = [p for p in s.located if p.event in _STARTS and p.main]
            for p in s.located:
                ended = p.event is not None and p.event not in _STARTS
                moved = new and p.event is None and p.main and not p.gone and all(not self._near(p, n) for n in new)
                if ended or moved:
                    out[p.key].append(s.day)
        return {key: sorted(days) for key, days in out.items()}

    def _near(self, a: Held, b: Held) -> bool:
        return self._related(a.body or "", b.body or "")

    def _runs(
        self, key: tuple[str, str], main: bool, held: Sequence[tuple[date | None, int, bool]], closed: Sequence[date]
    ) -> list[Run]:
        runs: list[Run] = []
        now = sorted((d, i) for d, i, gone in held if d is not None and not gone)
        known = {self.sightings[i].gender for _, i in now} - {None}
        only = next(iter(known)) if len(known) == 1 else None
        for gender in ("m", "f", None):
            mine = [(d, i) for d, i in now if (self.sightings[i].gender or only) == gender]
            runs += self._cut(key, main, mine, closed)
        runs.sort(key=lambda r: (r.first or date.min, r.members))
        inside = {i for r in runs for i in r.members}
        for d, i in sorted((d, i) for d, i, gone in held if d is not None and gone):
            fits = [r for r in runs if (r.first is None or r.first <= d) and self._suits(i, r)]
            if i in inside:
                continue
            if fits:
                fits[-1].members.append(i)
            else:
                runs.append(Run(key, main, None, None, [i]))
        runs += [Run(key, main, None, None, [i]) for day, i, _ in held if day is None]
        return runs

    def _suits(self, i: int, run: Run) -> bool:
        own = self.sightings[i].gender
        return own is None or self.sightings[run.members[0]].gender in (None, own)

    def _cut(
        self, key: tuple[str, str], main: bool, held: Sequence[tuple[date, int]], closed: Sequence[date]
    ) -> Iterator[Run]:
        run: Run | None = None
        for d, i in held:
            if run is not None and run.last:
                at = bisect_left(closed, run.last)
                left = at < len(closed) and (d - closed[at]).days > _TURN
                if left or (d - run.last).days > DAYS_OF_A_POST:
                    yield run
                    run = None
            if run is None:
                run = Run(key, main, d, d, [])
            run.members.append(i)
            run.last = d
        if run is not None:
            yield run

    # 3: one post after another

    def _one_after_another(self) -> None:
        while True:
            careers: dict[int, list[Run]] = defaultdict(list)
            for run in self.runs:
                careers[self._find(run.members[0])].append(run)
            if len(careers) < 2:
                return
            pairs = self._candidates(careers)
            partners: dict[int, set[int]] = defaultdict(set)
            for a, b in pairs:
                partners[a].add(b)
                partners[b].add(a)
            joined = False
            for a, b in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
                if self._find(a) != a or self._find(b) != b:
                    continue  # joined in this round: what they are together is seen in the next
                if not self._rival(a, b, pairs, partners, careers) and not self._rival(b, a, pairs, partners, careers):
                    self._join(a, b)
                    joined = True
            if not joined:
                return

    def _rival(
        self,
        a: int,
        b: int,
        pairs: Mapping[tuple[int, int], int],
        partners: Mapping[int, set[int]],
        careers: Mapping[int, list[Run]],
    ) -> bool:
        """Whether somebody as near to `a` as `b` is cannot be the same person as `b`."""
        score = pairs[min(a, b), max(a, b)]
        return any(
            pairs[min(a, c), max(a, c)] >= score and self._apart(careers[b], careers[c]) for c in partners[a] if c != b
        )

    def _apart(self, a: Sequence[Run], b: Sequence[Run]) -> bool:
        """Whether two careers cannot be one person's."""
        if len(self._genders({0: a, 1: b})[0] | self._genders({1: b})[1]) > 1:
            return True
        return any(self._exclude(r, s) for r in a for s in b if r.main and s.main)

    def _candidates(self, careers: Mapping[int, list[Run]]) -> dict[tuple[int, int], int]:
        """Pairs of careers that may be one person's, with how near their posts are (2 one body, 1 one ground)."""
        on_ground: dict[str, set[int]] = defaultdict(set)
        for root, runs in careers.items():
            for run in runs:
                for ground in self._grounds(run.key[0]):
                    on_ground[ground].add(root)
        genders = self._genders(careers)
        out: dict[tuple[int, int], int] = {}
        for roots in on_ground.values():
            ordered = sorted(roots)
            for n, a in enumerate(ordered):
                for b in ordered[n + 1 :]:
                    if (a, b) not in out and len(genders[a] | genders[b]) < 2:
                        out[a, b] = self._nearness(careers[a], careers[b])
        return {pair: score for pair, score in out.items() if score}

    def _genders(self, careers: Mapping[int, Sequence[Run]]) -> dict[int, set[str]]:
        return {
            root: {g for run in runs for i in run.members if (g := self.sightings[i].gender)}
            for root, runs in careers.items()
        }

    def _nearness(self, a: Sequence[Run], b: Sequence[Run]) -> int:
        """2 if the nearest posts are of one body, 1 if they share a ground, 0 if one person cannot have held both."""
        near = [(r, s) for r in a for s in b if self._related(r.key[0], s.key[0])]
        near = [(r, s) for r, s in near if r.key != s.key or not r.main]  # one post was cut in two for a reason
        ends, begins = (_ending(a), _ending(b)), (_beginning(a), _beginning(b))
        if not any(
            (self._follow(r, s) and id(r) in ends[0] and id(s) in begins[1])
            or (self._follow(s, r) and id(s) in ends[1] and id(r) in begins[0])
            or self._together(r, s)
            for r, s in near
        ):
            return 0
        if self._apart(a, b):
            return 0
        return 2 if any(r.key[0] == s.key[0] for r, s in near) else 1

    def _related(self, a: str, b: str) -> bool:
        """Whether one of two bodies is, or belongs to, the other, or both stand for one territory; not two siblings."""
        shared = self._grounds(a) & self._grounds(b)
        return a in shared or b in shared or any(ground.startswith("@") for ground in shared)

    def _follow(self, r: Run, s: Run) -> bool:
        if r.last is None or s.first is None:
            return False
        gap = (s.first - r.last).days
        if not (r.main and s.main):
            return abs(gap) <= DAYS_OF_A_POST and r.key[0] == s.key[0]
        longest = DAYS_OF_A_POST if r.key[0] == s.key[0] else DAYS_OF_A_POST // 2
        return -_TURN <= gap <= longest and not (r.key[0] == s.key[0] and _falls(r.key[1], s.key[1]))

    def _together(self, r: Run, s: Run) -> bool:
        """Whether two posts are such as one leader holds at the same time: Phó Bí thư Huyện ủy, Chủ tịch UBND huyện."""
        if r.first is None or s.first is None or r.last is None or s.last is None:
            return False
        both = self._leads(r.key[0]) and self._leads(s.key[0]) and r.key[0] != s.key[0]
        return both and r.first <= s.last and s.first <= r.last

    def _exclude(self, r: Run, s: Run) -> bool:
        """Whether two main posts were held at the same time by what must be two people."""
        if r.first is None or s.first is None or r.last is None or s.last is None:
            return False
        overlap = (min(r.last, s.last) - max(r.first, s.first)).days
        return overlap > _TURN and not self._together(r, s)

    def _leads(self, body: str) -> bool:
        facts = self.bodies.get(body)
        return facts is not None and _leading(facts.name)

    def _grounds(self, body: str | None) -> frozenset[str]:
        """What a body stands on: itself, what it belongs to, its district or commune, its province if it leads that."""
        if not body:
            return frozenset()
        if (known := self._known_grounds.get(body)) is not None:
            return known
        out = set()
        at: str | None = body
        while at is not None and (facts := self.bodies.get(at)) is not None and at not in out:
            if not _WIDE.fullmatch(fold_key(facts.name)):
                out.add(at)
            at = facts.parent
        facts = self.bodies.get(body)
        if facts is not None and facts.territory:
            below = not facts.territory.startswith("tỉnh ") and ", " in facts.territory
            if below or _leading(facts.name):
                out.add(f"@{facts.territory}")
        return self._known_grounds.setdefault(body, frozenset(out))

    # 4: without a post that says which body

    def _without_a_post(self) -> None:
        spans: dict[int, list[int]] = defaultdict(list)
        for run in self.runs:
            for i in run.members:
                spans[self._find(i)].append(i)
        where = {
            root: (
                {self.sightings[i].scope for i in members},
                sorted(d for i in members if (d := self.sightings[i].day)),
                {g for i in members if (g := self.sightings[i].gender)},
                {p.key[1] for i in members for p in self.sightings[i].posts},
            )
            for root, members in spans.items()
        }
        on_site: dict[str, list[int]] = defaultdict(list)
        for root in sorted(where):
            for scope in where[root][0]:
                on_site[scope].append(root)
        rest: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for i, s in enumerate(self.sightings):
            if s.byline or s.located:
                continue
            fits = [
                root
                for root in on_site.get(s.scope, ())
                if self._in_time(s, where[root][1]) and (not s.gender or where[root][2] <= {s.gender})
            ]
            if titles := {p.key[1] for p in s.posts}:
                fits = [root for root in fits if titles & where[root][3]]  # another post is another person
            if len(fits) == 1 and (s.actor or titles):
                self._join(fits[0], i)
            elif len(fits) > 1:
                self.open.add(i)
            else:
                for p in s.posts:
                    rest[s.scope, p.stated, p.key[1]].append(i)
        for same in rest.values():  # the same words for the post, on the same site
            same.sort(key=lambda i: (self.sightings[i].day or date.min, i))
            for i, j in pairwise(same):
                a, b = self.sightings[i], self.sightings[j]
                if a.day and b.day and (b.day - a.day).days <= _NEAR and len({a.gender, b.gender} - {None}) < 2:
                    self._join(i, j)

    @staticmethod
    def _in_time(s: Sighting, days: Sequence[date]) -> bool:
        return s.day is None or not days or ((s.day - days[-1]).days <= _NEAR and (days[0] - s.day).days <= _NEAR)

    def _bylines(self) -> None:
        first: dict[str, int] = {}
        for i, s in enumerate(self.sightings):
            if s.byline and s.scope:
                self._join(first.setdefault(s.scope, i), i)


@lru_cache(maxsize=1 << 14)
def _leading(name: str) -> bool:
    return _LEADERS.match(fold_key(name)) is not None and " văn phòng" not in f" {fold_key(name)}"


def _ending(career: Sequence[Run]) -> set[int]:
    """The last posts of a career; a membership has no end of its own."""
    last = max((r.last for r in career if r.main and r.last), default=date.min)
    return {id(r) for r in career if not r.main or (r.last and (last - r.last).days <= _TURN)}


def _beginning(career: Sequence[Run]) -> set[int]:
    """The first posts of a career."""
    first = min((r.first for r in career if r.main and r.first), default=date.max)
    return {id(r) for r in career if not r.main or (r.first and (r.first - first).days <= _TURN)}


def _falls(before: str, after: str) -> bool:
    """Whether the later of two titles in one body is the lower one."""
    return not before.startswith("phó ") and after.startswith("phó ")
