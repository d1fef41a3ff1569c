"""Who is meant where nobody is named in full: "ông Nhân", "già Y Hơ", "đồng chí Bí thư Tỉnh ủy".

A short name takes the full name of the one person of the article it fits; a post alone takes its one holder. Two that
fit leave it open, and nothing is looked for in another article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from bantin.extractors.people.value import PersonValue
from bantin.lexicon import load_lexicon
from bantin.names import flexible, name_key
from bantin.text import View, fold_key
from bantin.types import Mention

_LEADING = frozenset({"y", "h", "a"})
"""What stands before a given name among the peoples of the Central Highlands."""


def full_names(people: list[Mention[PersonValue]]) -> list[Mention[PersonValue]]:
    """Short names ("ông Nhân", "đồng chí Hiếu") with the full name of the one person of the article they fit."""
    full: dict[str, str] = {}
    for p in people:
        if len(p.value.name.split()) >= 2:
            full.setdefault(name_key(p.value.name), p.value.name)
    by_given: dict[str, list[str]] = {}
    for key in full:
        words = key.split()
        for n in range(1, len(words)):
            by_given.setdefault(" ".join(words[-n:]), []).append(key)
        if words[0] in _LEADING and len(words) == 3:  # "Y Hơ" of "Y Hơ Êban": the clan stands last
            by_given.setdefault(" ".join(words[:2]), []).append(key)
        if words[0][:2] in ("h'", "k'") and len(words) == 2:
            by_given.setdefault(words[0], []).append(key)
    out = []
    for p in people:
        name = p.value.name
        key = name_key(name)
        short = len(key.split()) == 1 or (len(key.split()) == 2 and key in by_given)
        fits = [k for k in by_given.get(key, []) if gender_fits(p.value.honorific, k)] if short else []
        if len(fits) == 1 and p.value.mention_type == "mention":
            name = full[fits[0]]
        elif key in full:
            name = full[key]
        out.append(p if name == p.value.name else replace(p, value=replace(p.value, name=name)))
    return out


def gender_fits(honorific: str | None, key: str) -> bool:
    """Whether a form of address agrees with the middle name of a name's key ("văn", "thị")."""
    if honorific in ("bà", "chị", "cô"):
        return " văn " not in key
    if honorific in ("ông", "anh", "chú"):
        return " thị " not in key
    return True


_ONE = re.compile(
    r"(?<![^\W_])(?P<plural>(?:các|những|hai|ba|bốn|\d+)\s+)?(?P<honorific>đồng\s+chí|đ/c|ông|bà|ngài)\s+$"
)
_OPENS = re.compile(r"(?:^|[.!?:;]\s+|\n\s*)[-+*•“\"\s]*(?:[^.,;:\n]{0,60},\s+)?$")
REMENTION = "role.remention"


@cache
def acts() -> re.Pattern[str]:
    """What somebody does who speaks, chairs or attends, behind a name or a post."""
    lexicon = load_lexicon("acts")
    said = sorted(a for a in lexicon if lexicon.canonical(a) in ("chair", "speaker", "attendee"))
    return re.compile(rf"\s+(?:cũng\s+|đã\s+|đồng\s+thời\s+)?(?:{flexible(said)})(?![^\W\d_])")


def posts_meant(
    view: View, posts: Sequence[Mention[Any]], linked: Sequence[Mention[Any]], confidence: float
) -> list[Mention[Any]]:
    """The posts that stand for their holder: addressed ("đồng chí Bí thư Tỉnh ủy") or acting in a sentence.

    Only a post that one person of the article holds at present is taken; it gets the holder's own title and body.
    """
    holders: dict[str, list[Mention[Any]]] = {}
    for role in linked:
        if role.value.status in ("current", "acting"):
            holders.setdefault(role.value.title, []).append(role)
    out: list[Mention[Any]] = []
    for post in posts:
        held = holders.get(post.value.title)
        if not held or post.value.status != "current":
            continue
        lead = view.lower[max(0, post.start - 90) : post.start]
        address = _ONE.search(lead)
        if address and address["plural"]:
            continue
        if not address and not (_OPENS.search(lead) and acts().match(view.lower, post.end)):
            continue
        fits = [r for r in held if _same_body(post.value.organisation, r.value.organisation)]
        if address:
            fits = [r for r in fits if gender_fits(address["honorific"], f" {name_key(r.value.name)} ")]
        if len({r.value.name for r in fits}) == 1:
            before = [r for r in fits if r.start < post.start] or fits
            of = before[-1].value
            value = replace(of, inherited=of.organisation != post.value.organisation, term=post.value.term)
            out.append(replace(post, rule=REMENTION, confidence=confidence, value=value))
    return out


def _same_body(short: str | None, full: str | None) -> bool:
    """Whether the words of one are all words of the other; a post without a body says nothing against any."""
    if short is None or full is None:
        return True
    a, b = set(fold_key(short).split()), set(fold_key(full).split())
    return a <= b or b <= a
