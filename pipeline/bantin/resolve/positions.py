"""Positions: one person's post with the days between which it began and ended, from what articles attest and tell.

A mention as held proves a day within; an appointment tells the beginning, leaving the end; a mention as former proves
that it has ended. What none of them says is unknown (None): a missing end does not mean that the post is still held.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from bantin.resolve.linking import Facts, Held
from bantin.text import fold_key

_STARTS = frozenset({"appointed", "elected", "confirmed", "transferred"})
_SINGLE = frozenset(
    fold_key(t)
    for t in (
        "Tổng Bí thư", "Bí thư", "Phó Bí thư Thường trực", "Bí thư thứ nhất", "Chủ tịch", "Chủ tịch nước", "Thủ tướng",
        "Bộ trưởng", "Thống đốc", "Chánh Văn phòng", "Chánh Thanh tra", "Chánh án", "Viện trưởng", "Chủ nhiệm",
        "Trưởng ban", "Trưởng phòng", "Giám đốc", "Tổng Giám đốc", "Cục trưởng", "Vụ trưởng", "Chi cục trưởng",
        "Hiệu trưởng", "Tổng Biên tập", "Tổng Thư ký", "Chỉ huy trưởng", "Trưởng Công an", "Trưởng đoàn",
        "Tư lệnh", "Chính ủy",
    )
)  # fmt: skip
"""Titles that one person holds at a time in one body."""
_SEVERAL = ("trung ương", "ban bí thư", "đoàn thanh niên cộng sản", "đại sứ quán")
"""Bodies with several secretaries at a time, or none that is one person's."""


class Attestation(Struct, frozen=True):
    """A post of one person as one article states it, with the day of that article."""

    day: date | None
    post: Held


def attestations(day: date | None, posts: Sequence[Held]) -> Iterator[Attestation]:
    """The posts that one article of `day` states of a person.

    Who comes into a post on a day is said to hold others up to that day, whenever the article appears.
    """
    moves = [m for p in posts if p.event in _STARTS and p.date and len(p.date) == 10 and (m := _iso_day(p.date))]
    as_of = min([day, *moves]) if day and moves else day
    for post in posts:
        yield Attestation(day if post.event else as_of, post)


def _iso_day(text: str) -> date | None:
    return None if "X" in text else date.fromisoformat(text)


@dataclass(slots=True)
class Position:
    """One row of `positions`. `evidence` are the ids of the mentions, in the order of the batch."""

    title: str
    body: str | None
    start_min: str | None
    start_max: str | None
    end_min: str | None
    end_max: str | None
    attestations: int
    evidence: list[str]


def positions(attested: Sequence[Attestation]) -> Iterator[Position]:
    """The positions of one person. A post held, left and held again is two."""
    by_post: dict[tuple[str, str], list[Attestation]] = {}
    for a in attested:
        if a.post.status != "proposed":
            by_post.setdefault((*a.post.key,), []).append(a)
    for key in sorted(by_post):
        for spell in _spells(by_post[key]):
            yield _position(spell)


def _spells(attested: Sequence[Attestation]) -> Iterator[list[Attestation]]:
    """Cut where a post that was left begins again."""
    dated = sorted((a for a in attested if a.day), key=lambda a: a.day or date.min)
    spell: list[Attestation] = [a for a in attested if not a.day]
    ended = False
    for a in dated:
        if ended and a.post.event in _STARTS:
            yield spell
            spell, ended = [], False
        ended = ended or (a.post.event is not None and a.post.event not in _STARTS)
        spell.append(a)
    if spell:
        yield spell


def _position(spell: Sequence[Attestation]) -> Position:
    post = spell[0].post
    held = [a.day for a in spell if a.day and not a.post.gone and a.post.event is None]
    begun = [e for a in spell if a.post.event in _STARTS and (e := _when(a))]
    ended = [e for a in spell if a.post.event and a.post.event not in _STARTS and (e := _when(a))]
    former = [a.day for a in spell if a.day and a.post.status in ("former", "late")]
    start_min = start_max = end_min = end_max = None
    if begun:
        start_min, start_max = min(begun, key=lambda e: e[1])
    if held:
        first = min(held)
        if start_max is None or first < start_max:
            start_max = first
            if start_min is not None and start_min > first:
                start_min = None  # a second term: when the first began is not told
    proven = [*held, *(low or high for low, high in begun)]
    end_min = max(proven) if proven else None
    if ended:
        low, end_max = max(ended, key=lambda e: e[1])
        end_min = low if low is not None and (end_min is None or low > end_min) else end_min
    if former and end_max is None:
        after = [d for d in former if end_min is None or d >= end_min]
        end_max = min(after) if after else None
    if end_max and end_min and end_max < end_min:
        end_max = None  # attested after it is said to have ended: which one errs is not for us to say
    evidence = list(dict.fromkeys(a.post.mention_id for a in spell))
    return Position(
        post.title, post.body, _iso(start_min), _iso(start_max), _iso(end_min), _iso(end_max), len(spell), evidence
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _when(a: Attestation) -> tuple[date | None, date] | None:
    """First and last day an event may have happened: what is told, else any day up to the article's."""
    text = a.post.date
    if text and "X" not in text:
        year, *rest = map(int, text.split("-"))
        try:
            if len(rest) == 2:
                day = date(year, *rest)
                return day, day
            if rest:
                return date(year, rest[0], 1), date(year, rest[0], calendar.monthrange(year, rest[0])[1])
            return date(year, 1, 1), date(year, 12, 31)
        except (ValueError, IndexError):
            return None
    return (None, a.day) if a.day else None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's proven days in a single post, with a mention that attests it."""

    person: str
    name: str
    first: str
    last: str
    mention_id: str


def is_single(title: str, facts: Facts | None) -> bool:
    """Whether a post has one holder at a time."""
    if facts is None or fold_key(title) not in _SINGLE:
        return False
    name = fold_key(facts.name)
    return not any(word in name for word in _SEVERAL) or not fold_key(title).startswith(("bí thư", "trưởng đoàn"))


def conflicts(held: Iterable[Tenure]) -> Iterator[tuple[Tenure, Tenure, str, str]]:
    """Holders of one single post whose proven days overlap, with the first and last such day.

    Each is told once, against the one before who is attested longest: of many the pairs would be countless.
    """
    longest: Tenure | None = None
    for one in sorted(held, key=lambda t: (t.first, t.last, t.person)):
        if longest is not None and longest.person != one.person and longest.last >= one.first:
            yield longest, one, one.first, min(one.last, longest.last)
        if longest is None or one.last > longest.last:
            longest = one


def bodies_of(rows: Iterable[tuple[str, str, str | None, str | None]]) -> Mapping[str, Facts]:
    """Id -> what linking and positions know of a body, from rows (id, name, parent_id, territory)."""
    return {i: Facts(name, parent, territory) for i, name, parent, territory in rows}
