"""Short names with the full name of the one person of the article they fit: "ông Nhân", "già Y Hơ", "đồng chí Hiếu"."""

from __future__ import annotations

from dataclasses import replace

from bantin.extractors.people.value import PersonValue
from bantin.names import name_key
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
