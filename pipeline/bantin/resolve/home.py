"""Where an article is at home: the province, district, commune and Khối that its "tỉnh", "huyện", "xã", "Khối" mean.

What the text names decides where it names one only; the province of the site or of the publisher comes before that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from bantin.names import SYLLABLE, flexible
from bantin.resolve.lifetimes import Province, provinces
from bantin.text import View, canonical, first_words, fold_key
from bantin.types import Article

_NAME = SYLLABLE
_UNIT = re.compile(
    r"(?<![^\W_])(?:(?P<level>[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?|TX\.?|"
    r"[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)"
    rf"|(?P<committee>(?:Huyện|Quận|Thị|Thành) (?:ủy|đoàn))) (?P<name>{_NAME}(?: {_NAME}){{0,3}}|\d{{1,2}}(?![\d/.,]))"
)
_OF_UNITS = frozenset({"huyện", "quận", "thị", "thành", "tp", "tx", "xã", "phường", "đặc"})
_COMMITTEE = {"huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố"}
_SHORT = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}
_KHOI = re.compile(
    r"khối(?<![^\W_]khối) (?P<rest>(?:các )?(?:cơ quan|doanh nghiệp)(?: và doanh nghiệp)?"
    r"(?: (?:trung ương|tỉnh|thành phố)(?![^\W_]))?)"
)
_RELATIVE = re.compile(
    r"(?<![^\W_])(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu|(?:huyện|quận|thị|thành) (?:ủy|đoàn))(?=$|,)"
)
"""A level without the name of its unit."""
_GRADES = ("huyện", "quận", "thị xã", "thành phố")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_MARKS = re.compile("[\u0300-\u036f]")


class Home(Struct, frozen=True):
    """What relative names of bodies mean in an article: the units it is about, None where it names none or several."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    khoi: str | None = None

    def unit(self, level: str) -> str | None:
        """The unit of a level that the article is about: "huyện Lục Ngạn"."""
        for unit in (self.district, self.commune):
            if unit and unit.startswith(level + " "):
                return unit
        return None


class HomeReader:
    """The home of an article, from its site, its publisher and what it names; read as far as a name needs it."""

    def __init__(self, article: Article, view: View) -> None:
        self._article, self._view = article, view

    def of(self, name: str) -> Home:
        """The home as far as it decides what body `name` means."""
        low = name.lower()
        district, commune = self._units if _RELATIVE.search(low) else (None, None)
        return Home(self._province, district, commune, self._khoi if low.endswith("khối") else None)

    @cached_property
    def _province(self) -> str | None:
        for source in (self._article.site, self._article.publisher):
            if source and (one := province_in(source)):
                return one.name
        named = _named(self._view)
        return named.name if named else None

    @cached_property
    def _units(self) -> tuple[str | None, str | None]:
        districts, communes = _units(self._view)
        return _dominant(districts), _dominant(communes)

    @cached_property
    def _khoi(self) -> str | None:
        said = {m["rest"] for m in _KHOI.finditer(self._view.lower)}
        longest = max(said, key=lambda k: (len(k), k)) if said else None
        if longest is None or not all(longest.startswith(k) for k in said):
            return None
        return f"Khối {longest.replace('trung ương', 'Trung ương')}"


def _units(view: View) -> tuple[Counter[str], Counter[str]]:
    districts: Counter[str] = Counter()
    communes: Counter[str] = Counter()
    for m in view.finditer(_UNIT, _OF_UNITS, 0, len(view.text), cased=True):
        name = canonical(m["name"])
        if m["committee"]:
            level = _COMMITTEE[m["committee"].split()[0].lower()]
        else:
            level = m["level"].lower()
            level = _SHORT.get(level, level)
        known = provinces().get(fold_key(name))
        if level == "thành phố" and known and known.kind == level:
            continue
        (districts if level in _GRADES else communes)[f"{level} {name}"] += 1
    return districts, communes


def _dominant(counts: Counter[str]) -> str | None:
    """The one that is named, or named more than twice as often as the next."""
    first, *rest = counts.most_common(2) or [("", 0)]
    return first[0] if first[1] and (not rest or first[1] > 2 * rest[0][1]) else None


@cache
def _in_text() -> tuple[re.Pattern[str], frozenset[str]]:
    """Names of provinces: a pattern and the words it may begin with."""
    return re.compile(rf"(?<![^\W_])(?:{flexible(sorted(provinces()))})(?![^\W_])"), first_words(provinces())


_OF_PROVINCE = re.compile(r"(?<![^\W_])(?:tỉnh|tỉnh ủy|tỉnh đoàn|thành phố|thành ủy|tp\.?) $")


def _named(view: View) -> Province | None:
    """The province that a text names with its kind ("tỉnh Bắc Giang"), else bare; None if several compete."""
    said: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    for m in view.finditer(*_in_text(), 0, len(view.text)):
        at = m.start()
        if view.folded[at].isupper() and (one := provinces().get(fold_key(m.group()))) is not None:
            bare[one.name] += 1
            said[one.name] += _OF_PROVINCE.search(view.lower, max(0, at - 12), at) is not None
    del bare["Hồ Chí Minh"]  # the person, nearly always
    for counts, least in ((+said, 1), (bare, 2)):
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
