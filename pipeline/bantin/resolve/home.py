"""Where an article is at home: the province, district, commune and Khối that its "tỉnh", "huyện", "xã", "Khối" mean.

What the text names decides where it names one only; the province of the site or of the publisher comes before that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bantin.names import SYLLABLE, flexible
from bantin.resolve.lifetimes import Province, provinces
from bantin.text import View, canonical, fold_key
from bantin.types import Article

_NAME = SYLLABLE
_UNIT = re.compile(
    r"(?<![^\W_])(?:(?P<level>[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?|TX\.?|"
    r"[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)"
    rf"|(?P<committee>(?:Huyện|Quận|Thị|Thành) (?:ủy|đoàn))) (?P<name>{_NAME}(?: {_NAME}){{0,3}}|\d{{1,2}}(?![\d/.,]))"
)
_COMMITTEE = {"huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố"}
_SHORT = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}
_KHOI = re.compile(
    r"(?<![^\W_])khối (?P<rest>(?:các )?(?:cơ quan|doanh nghiệp)(?: và doanh nghiệp)?"
    r"(?: (?:trung ương|tỉnh|thành phố)(?![^\W_]))?)"
)
_GRADES = ("huyện", "quận", "thị xã", "thành phố")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Home:
    """What relative names of bodies mean in an article. `scope` is the site or publisher, "" where neither is known."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    khoi: str | None = None
    scope: str = ""

    def unit(self, level: str) -> str | None:
        """The unit of a level that the article is about: "huyện Lục Ngạn"; None if it names none or several."""
        for unit in (self.district, self.commune):
            if unit and unit.startswith(level + " "):
                return unit
        return None


def home_of(article: Article, view: View) -> Home:
    """The home of an article, from its site, its publisher and what it names."""
    districts, communes = _units(view)
    given = [p for source in (article.site, article.publisher) if source and (p := province_in(source))]
    province = given[0] if given else _named(view)
    khoi = Counter(m["rest"] for m in _KHOI.finditer(view.lower))
    longest = max(khoi, key=len) if khoi else None
    whole = longest and all(longest.startswith(k) or k.startswith(longest) for k in khoi)
    return Home(
        province.name if province else None,
        _dominant(districts),
        _dominant(communes),
        f"Khối {longest.replace('trung ương', 'Trung ương')}" if longest and whole else None,
        fold_key(article.site or article.publisher or ""),
    )


def _units(view: View) -> tuple[Counter[str], Counter[str]]:
    districts: Counter[str] = Counter()
    communes: Counter[str] = Counter()
    for m in _UNIT.finditer(view.folded):
        name = canonical(m["name"])
        if m["committee"]:
            level = _COMMITTEE[m["committee"].split()[0].lower()]
        else:
            level = m["level"].lower()
            level = _SHORT.get(level, level)
        if level == "thành phố" and fold_key(name) in provinces():
            continue
        (districts if level in _GRADES else communes)[f"{level} {name}"] += 1
    return districts, communes


def _dominant(counts: Counter[str]) -> str | None:
    """The one that is named, or named more than twice as often as the next."""
    first, *rest = counts.most_common(2) or [("", 0)]
    return first[0] if first[1] and (not rest or first[1] > 2 * rest[0][1]) else None


@cache
def _in_text() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = flexible(sorted(provinces()))
    said = rf"(?<![^\W_])(?:tỉnh|tỉnh ủy|tỉnh đoàn|thành phố|thành ủy|tp\.?) (?P<name>{names})(?![^\W_])"
    return re.compile(said), re.compile(rf"(?<![^\W_])(?P<name>{names})(?![^\W_])")


def _named(view: View) -> Province | None:
    """The province that a text names with its kind ("tỉnh Bắc Giang"), else bare; None if several compete."""
    said, bare = _in_text()
    for pattern, least in ((said, 1), (bare, 2)):
        counts = Counter(
            provinces()[fold_key(m["name"])].name
            for m in pattern.finditer(view.lower)
            if view.folded[m.start("name")].isupper() and fold_key(m["name"]) in provinces()
        )
        if pattern is bare:
            del counts["Hồ Chí Minh"]  # the person, nearly always
        if counts:
            first = _dominant(counts)
            return provinces()[fold_key(first)] if first and counts[first] >= least else None
    return None


@cache
def _slugs() -> Mapping[str, Province]:
    out = {}
    for key, one in provinces().items():
        plain = _MARKS.sub("", unicodedata.normalize("NFD", key)).replace("đ", "d")
        out[re.sub(r"[^a-z]", "", plain)] = one
    return out | {"hcm": provinces()["hồ chí minh"], "brvt": provinces()["bà rịa - vũng tàu"]}


@lru_cache(maxsize=4096)
def province_in(source: str) -> Province | None:
    """The province a host ("tinhuybacgiang.vn") or publisher ("Báo Bắc Ninh") is of; None if none or several."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", fold_key(source))).replace("đ", "d")
    letters = re.sub(r"[^a-z.]", "", plain)
    found = [
        s
        for s in _slugs()
        if (len(s) > 4 and s in letters)
        or (s == "hcm" and s in letters)
        or re.search(rf"(?:^|\.|tp|tinh|uy){s}(?:\.|$)", letters)
    ]
    longest = [s for s in found if not any(s != o and s in o for o in found)]
    names = {_slugs()[s].name for s in longest}
    return _slugs()[longest[0]] if len(names) == 1 else None
