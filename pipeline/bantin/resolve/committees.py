"""Which local committee of the Party an article, a site or an issuer's name tells: one slug for each level.

Levels are those of the symbols' codes: `tu` a province or city, `hu` `qu` `txu` `thu` a district of the old kinds, `du`
a commune, ward or township, `duk` a bloc. Names of districts and communes return in many provinces, so their slug
holds the province and is only given where that is known ("hu-namdinh-haihau").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache

import regex

from bantin.extractors.directives.normalize import read_symbol
from bantin.extractors.directives.value import DirectiveValue
from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.text import View, canonical, first_words
from bantin.types import Article

CITIES = frozenset({"hanoi", "hochiminh", "danang", "haiphong", "cantho", "hue"})
"""Cities on the level of a province, whose committee's code is TU. The committee of any other city is `thu`."""

_LEVELS = {
    "tỉnh ủy": "tu", "đảng bộ tỉnh": "tu", "thành ủy": "city", "đảng bộ thành phố": "city", "huyện ủy": "hu",
    "đảng bộ huyện": "hu", "quận ủy": "qu", "đảng bộ quận": "qu", "thị ủy": "txu", "đảng bộ thị xã": "txu",
    "đảng ủy xã": "du", "đảng bộ xã": "du", "đảng ủy phường": "du", "đảng bộ phường": "du", "đảng ủy thị trấn": "du",
    "đảng bộ thị trấn": "du", "đảng ủy đặc khu": "du", "đảng bộ đặc khu": "du",
}  # fmt: skip
_OF_CODE = {"TU": "tu", "HU": "hu", "QU": "qu", "ThU": "thu", "TXU": "txu", "ThịU": "txu", "ĐU": "du", "ĐUK": "duk"}
_HEAD = re.compile(rf"(?<!\w)(?P<head>{flexible(sorted(_LEVELS))})(?!\w)")
_HEADS = first_words(_LEVELS)
_NAME = regex.compile(r"\s+(?:(?:(?i:tp)\.?|(?i:thành\s+phố))\s*)?(?P<p>\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*){0,3})")
_PEOPLES = re.compile(r"nhân\s+dân\s+(?P<level>tỉnh|thành\s+phố|TP)(?!\w)", re.IGNORECASE)
_BLOC = re.compile(
    r"đảng\s+(?:ủy|bộ)\s+khối\s+(?:(?:các\s+)?(?:doanh\s+nghiệp\s+(?:trung\s+ương|tw)|dntw))|đuk\s+dntw", re.IGNORECASE
)
_ANY_BLOC = re.compile(r"đảng\s+(?:ủy|bộ)\s+khối")


class Committees:
    """The committees of an article, read only if one of its documents asks for them: few are a local committee's."""

    def __init__(self, article: Article, view: View) -> None:
        self._article, self._view = article, view

    @cached_property
    def by_level(self) -> Mapping[str, str]:
        """Level to slug for the committees: those of the article's source, else the only one the text names."""
        own: dict[str, str] = {}
        for told in (self._article.publisher, self._article.site):
            if told:
                own = {**_of_source(told), **own}
        if self._article.title:
            own = {**_told(self._article.title), **own}
        for level, slugs in _named(self._view, own.get("tu")).items():
            if len(slugs) == 1:
                own.setdefault(level, next(iter(slugs)))
        return own


def _told(by: str) -> dict[str, str]:
    """Level to slug for the committees that a title, a publisher or a site names."""
    out = {level: slugs.most_common(1)[0][0] for level, slugs in _named(View(canonical(by))).items()}
    if "tu" not in out and (place := _of_site(by)) is not None:
        out["tu"] = f"tu-{place}"
    return out


@lru_cache(maxsize=256)  # an archive has few publishers and sites
def _of_source(name: str) -> Mapping[str, str]:
    return _told(name)


def committee_of(value: DirectiveValue, committees: Mapping[str, str]) -> str | None:
    """The slug of the local committee that issued a document: the one its issuer names, else the article's own.

    None where the reference tells no level, or the article no committee of that level.
    """
    issuer = value.issuer or ""
    if (named := _of_issuer(issuer, committees.get("tu"))) is not None:
        return named
    head = _HEAD.search(issuer.lower())
    level = _level(value)
    if level is None or (head and _NAME.match(issuer, head.end())):
        return None  # a committee with a name of its own, of a province that nothing tells
    if level == "city":
        return committees.get("thu") or (tu if (tu := committees.get("tu")) and tu[3:] in CITIES else None)
    if level == "?":
        return next(iter(committees.values())) if len(committees) == 1 else None
    return committees.get(level)


@lru_cache(maxsize=4096)
def _of_issuer(issuer: str, province: str | None) -> str | None:
    named = _named(View(issuer), province)
    return next(iter(next(iter(named.values())))) if named else None


def province_of(issuer: str, committees: Mapping[str, str]) -> str | None:
    """The province whose people's council or committee is stated: named, or else the article's own.

    "Thành phố" without a name is only the article's own if that is a city on the level of a province.
    """
    head = _PEOPLES.search(issuer)
    name = _NAME.match(issuer, head.end()) if head else None
    if head and name:
        place = _ascii(_known(name["p"]))
        city = not head["level"].lower().startswith("tỉnh")
        return place if not city or place in CITIES else None
    own = committees.get("tu")
    if head is None or own is None or (own[3:] in CITIES) == head["level"].lower().startswith("tỉnh"):
        return None
    return own[3:]


def _level(value: DirectiveValue) -> str | None:
    symbol = read_symbol(value.symbol) if value.symbol else None
    if symbol is not None and symbol.body is not None:
        return _OF_CODE.get(symbol.body)
    issuer = (value.issuer or "").lower()
    if _ANY_BLOC.search(issuer) or issuer == "đảng ủy khối":
        return "duk"
    if m := _HEAD.search(issuer):
        return _LEVELS[" ".join(m["head"].split())]
    return "?" if issuer == "đại hội" else None


def _named(view: View, province: str | None = None) -> dict[str, Counter[str]]:
    """The committees that a text names, by level."""
    found: dict[str, Counter[str]] = {}
    low = view.lower
    if ("khối" in low or "đuk" in low) and _BLOC.search(low):
        found.setdefault("duk", Counter())["duk-dntw"] += 1
    pending = []
    heads = view.finditer(_HEAD, _HEADS, 0, len(low)) if "ủy" in low or "bộ" in low else ()
    for m in heads:
        name = _NAME.match(view.folded, m.end())
        if name is None:
            continue
        level, place = _LEVELS[" ".join(m["head"].split())], _ascii(_known(name["p"]))
        if level == "city":
            level = "tu" if place in CITIES else "thu"
        if level == "tu":
            found.setdefault(level, Counter())[f"tu-{place}"] += 1
        else:
            pending.append((level, place))
    if province is None and len(found.get("tu", ())) == 1:
        province = next(iter(found["tu"]))
    for level, place in pending if province else ():
        found.setdefault(level, Counter())[f"{level}-{province[3:]}-{place}"] += 1  # type: ignore[index]
    return found


def _known(name: str) -> str:
    """The place a run of capitalised words begins with, where it is a known one; else the run as it is."""
    words = name.split()
    places = load_lexicon("places")
    return next((" ".join(words[:n]) for n in range(len(words), 0, -1) if " ".join(words[:n]) in places), name)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))


@cache
def _provinces() -> frozenset[str]:
    places = load_lexicon("places")
    return frozenset(_ascii(name) for form, name in places.entries.items() if places.notes[form] == "province")


def _of_site(site: str) -> str | None:
    """The one province whose name stands in a host ("baonghean.vn"), or None."""
    if "." not in site or " " in site:
        return None
    labels = re.split(r"[.-]", site.lower())[:-1]
    held = {p for p in _provinces() for label in labels if len(p) > 4 and p in label}
    longest = {p for p in held if not any(p != other and p in other for other in held)}
    return longest.pop() if len(longest) == 1 else None
