"""Bodies across articles: the one name, id, class, parent and territory of what a text calls "Tỉnh ủy" or "UBND huyện".

A body keeps its name where that says which one it is ("Tỉnh ủy Bắc Giang", "Công ty Cảng Kỳ Lân"). A relative name
("Tỉnh ủy", "Đảng ủy Khối", "Sở Xây dựng", "Tổng công ty") is completed from the home of the article, and what cannot be
completed is no body: two communes' "Đảng ủy xã" must not become one. The id is made from the completed name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bantin.lexicon import load_lexicon
from bantin.names import SYLLABLE, flexible, is_foreign
from bantin.resolve.events import PositionEvent
from bantin.resolve.home import Home, HomeReader
from bantin.resolve.lifetimes import lives_of, provinces
from bantin.resolve.linking import Facts
from bantin.text import View, canonical, fold_key
from bantin.types import Article, Check, Mention

_PROPER = rf"(?:{SYLLABLE}|\d{{1,2}}(?![\w/]))"
_RUN = rf"(?-i:{_PROPER}(?:(?: - | ){_PROPER}){{0,3}})"
_TERRITORY = re.compile(
    r"(?<![^\W_])(?P<level>tỉnh|thành phố|huyện|quận|thị xã|(?<!thị )(?<!hợp tác )xã(?! hội)|phường|thị trấn|đặc khu)"
    rf"(?: (?P<name>{_RUN}))?(?=$|[ ,])",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(
    rf"(?<![^\W_])(?P<head>(?:tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn))(?![^\W_])(?: (?P<name>{_RUN}))?", re.IGNORECASE
)
_LEVEL = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_KHOI = re.compile(r"(?<![^\W_])khối(?P<rest> (?:các |cơ quan|doanh nghiệp).*)?$", re.IGNORECASE)
_PROVINCIAL = re.compile(
    r"(?:sở|chi cục|cục thuế|cục hải quan|cục thống kê|kho bạc nhà nước|bảo hiểm xã hội)(?= [^\W\d_])"
)
_NATIONAL = re.compile(
    r"(?<![^\W_])(?:trung ương|việt nam|quốc hội|chính phủ|nhà nước|tối cao|quốc gia|bộ chính trị|ban bí thư)(?![^\W_])"
)
_NAMED = re.compile(
    r"(?:bộ|tập đoàn|tổng công ty|công ty|trường|học viện|đại học|viện|bệnh viện|ngân hàng|báo|tạp chí|"
    r"nhà máy|xí nghiệp|hợp tác xã|tổng cục|cục|vụ|quân khu|quân đoàn|quân chủng|sư đoàn|trung đoàn|nhà xuất bản|"
    r"hiệp hội|tổng liên đoàn|đại sứ quán|"
    r"ban chỉ đạo|ban quản lý)(?= [^\W_])"
)
"""Heads whose further words say which body it is; behind any other head they say only what it is for."""
_INNER = re.compile(rf"(?:, | (?={SYLLABLE}))")
_TITLES = {
    "tỉnh ủy viên": "Tỉnh ủy", "thành ủy viên": "Thành ủy", "huyện ủy viên": "Huyện ủy", "quận ủy viên": "Quận ủy",
    "thị ủy viên": "Thị ủy", "tổng bí thư": "Ban Chấp hành Trung ương Đảng", "chủ tịch nước": "Nhà nước",
    "phó chủ tịch nước": "Nhà nước",
}  # fmt: skip
"""Whole titles that name their body."""
_DEFINED = re.compile(r"\((?:(?:sau đây )?(?:gọi|viết) (?:tắt )?(?:là )?)?(?P<short>[A-ZĐƯ]{2,12})\)")
_MARKS, _PLAIN = re.compile("[\u0300-\u036f]"), re.compile("[0-9a-z]+")
_DEEPEST = 5


class Body(Struct, frozen=True):
    """One row of `organisations`. `unit` is what tells it from its likes: province, district, commune, or ""."""

    organisation_id: str
    name: str
    kind: str
    parent: Body | None
    territory: str | None
    level: str | None

    def path(self) -> Iterator[Body]:
        """The body and those it belongs to, from small to large."""
        body: Body | None = self
        while body is not None:
            yield body
            body = body.parent


class Naming(Struct, frozen=True):
    """A body of an article and the forms it has there besides its name; `mentions` counts the posts in it."""

    body: Body
    aliases: tuple[str, ...]
    mentions: int


class Located(Struct, frozen=True):
    """An article's mentions and events with the ids of their bodies, the bodies, and posts outside their lives."""

    mentions: list[Mention[Any]]
    events: list[PositionEvent]
    bodies: list[Naming]
    checks: list[Check]


def resolve_bodies(
    article: Article, view: View, mentions: list[Mention[Any]], events: Sequence[PositionEvent]
) -> Located:
    """Tells every body that the posts of an article name."""
    roles = [m for m in mentions if m.family == "roles"]
    said = [_body_of(r.value.title, r.value.organisation) for r in roles]
    said += [_body_of(e.title or "", e.organisation) for e in events]
    stated = list(dict.fromkeys(filter(None, said)))
    if not stated:
        return Located(mentions, list(events), [], [])
    home = HomeReader(article, view)
    shorts = _definitions(view)
    known = {name: locate(full := _longest(_written_out(name, shorts), stated), home.of(full)) for name in stated}

    def body_of(title: str | None, organisation: str | None) -> Body | None:
        return known.get(_body_of(title or "", organisation) or "")

    out: list[Mention[Any]] = []
    checks: list[Check] = []
    counts: Counter[str] = Counter()
    for m in mentions:
        body = body_of(m.value.title, m.value.organisation) if m.family == "roles" else None
        if body is None:
            out.append(m)
            continue
        counts[body.organisation_id] += 1
        out.append(replace(m, value=replace(m.value, organisation_id=body.organisation_id)))
        checks += _lifetime(article, m, body)
    told = []
    for e in events:
        body = body_of(e.title, e.organisation)
        told.append(e if body is None else replace(e, organisation_id=body.organisation_id))
    return Located(out, told, _namings([b for b in known.values() if b], counts, shorts), checks)


def _namings(bodies: Sequence[Body], counts: Counter[str], shorts: dict[str, str]) -> list[Naming]:
    out: dict[str, Naming] = {}
    by_name = {fold_key(full): short for short, full in shorts.items()}
    for body in bodies:
        for one in body.path():
            alias = by_name.get(fold_key(one.name))
            n = counts[one.organisation_id]
            out[one.organisation_id] = Naming(one, (alias,) if alias else (), n)
    return list(out.values())


def _body_of(title: str, organisation: str | None) -> str | None:
    return organisation or _TITLES.get(fold_key(title))


def _lifetime(article: Article, m: Mention[Any], body: Body) -> list[Check]:
    """A post held now in a body that was gone, or not there yet, when the bulletin appeared."""
    day = article.published_day
    if day is None or m.value.status != "current":
        return []
    level = body.level if body.level in ("huyện", "quận", "thị xã", "thị trấn", "đặc khu") else None
    for life in (*lives_of(body.name, level), *_province_lives(body)):
        if life.outside(day):
            span = f"{life.first or '..'} to {life.last or '..'}"
            then = f"; then {life.successor}" if life.successor else ""
            message = (
                f"{body.name}: {life.body} was there from {span}{then} ({life.source}, certainty {life.certainty})"
            )
            return [Check("body_lifetime", (m.span,), day.isoformat(), span, message)]
    return []


def _province_lives(body: Body) -> Iterator[Any]:
    last = (body.territory or "").rpartition(", ")[2]
    for kind in ("tỉnh ", "thành phố "):
        if last.startswith(kind) and (one := provinces().get(fold_key(last.removeprefix(kind)))):
            yield one.life


def _definitions(view: View) -> dict[str, str]:
    """Short forms that the text defines ("Tổng công ty Thăm dò Khai thác (TTK)") -> the words they stand for."""
    out: dict[str, str] = {}
    for m in _DEFINED.finditer(view.folded):
        letters = [c for c in m["short"] if c.isalpha()]
        words = list(re.finditer(r"[^\W_]+", view.folded[max(0, m.start() - 120) : m.start()]))[-len(letters) :]
        if len(words) == len(letters) and all(
            w.group()[0].upper() == c.upper() for w, c in zip(words, letters, strict=True)
        ):
            start = max(0, m.start() - 120) + words[0].start()
            out.setdefault(m["short"], canonical(view.text[start : m.start()]))
    return out


def _written_out(name: str, shorts: dict[str, str]) -> str:
    for short, full in shorts.items():
        if short in name.split():
            name = " ".join(full if w == short else w for w in name.split())
    return name


def _longest(name: str, stated: Sequence[str]) -> str:
    """ "Đảng ủy Tổng công ty" as "Đảng ủy Tổng công ty Thuốc lá" where the article names one such body in full."""
    m = re.search(r"(?:^| )((?:tổng )?công ty|tập đoàn|học viện|trường|ngân hàng|bệnh viện)$", name, re.IGNORECASE)
    if m is None:
        return name
    bare = m[1].lower()
    pattern = re.compile(rf"(?:^| ){bare} (?P<rest>[^,]+)", re.IGNORECASE)
    rests = {r["rest"] for other in stated if (r := pattern.search(other)) and not r["rest"].startswith(("Tổng", "mẹ"))}
    return f"{name} {min(rests)}" if len(rests) == 1 else name


@lru_cache(maxsize=1 << 13)
def locate(organisation: str, home: Home) -> Body | None:
    """The body that an article of this home means by a name; None where that cannot be told."""
    name = canonical(organisation).strip(" ,.;-")
    name = name[:1].upper() + name[1:]
    return _placed(name, home, _DEEPEST) if name else None


def _placed(name: str, home: Home, depth: int) -> Body | None:
    level, unit = None, None
    if khoi := _KHOI.search(name):
        full = khoi.group() if khoi["rest"] else home.khoi
        if full is None:
            return None
        name = name[: khoi.start()] + full[:1].upper() + full[1:]
    chain = [
        m for m in _TERRITORY.finditer(name) if not (m["name"] is None and m.end() < len(name) and name[m.end()] != ",")
    ]
    committee = _COMMITTEE.search(name)
    if committee:
        level, unit = _LEVEL[committee["head"].split()[0].lower()], committee["name"]
        if unit is None:
            if (unit := _home_unit(level, home)) is None:
                return None
            name = f"{name[: committee.end()]} {unit}{name[committee.end() :]}"
        elif name[committee.end() : committee.end() + 1] == ",":
            name = name[: committee.end()]
    elif chain:
        first = chain[0]
        level, unit = first["level"].lower(), first["name"]
        if unit is None:
            if (unit := _home_unit(level, home)) is None:
                return None
            name = f"{name[: first.end()]} {unit}{name[first.end() :]}"
        elif len(chain) > 1 and name[first.end() : first.end() + 1] == ",":
            name = name[: first.end()]  # the larger territories stand in `territory`
    elif found := _trailing_province(name):
        start, one = found
        level, unit = one.kind, one.name
        name = name[:start] + (f"{one.kind} {one.name}" if _PROVINCIAL.match(name.lower()) else one.name)
    elif _PROVINCIAL.match(name.lower()):
        if home.province is None:
            return None
        one = provinces()[fold_key(home.province)]
        level, unit = one.kind, one.name
        name = f"{name} {one.kind} {one.name}"
    elif not (_NATIONAL.search(name.lower()) or _NAMED.search(name.lower()) or _brand(name)):
        return None
    if unit is not None and level in ("tỉnh", "thành phố") and (known := provinces().get(fold_key(unit))):
        at = name.rindex(unit)
        name, unit = name[:at] + known.name + name[at + len(unit) :], known.name  # "Đăk Lăk", "HCM"
    territory = _territory(level, unit, chain if committee else chain[1:], home)
    parent_name = _parent_name(name)
    parent = _placed(parent_name, home, depth - 1) if parent_name and depth else None
    key = fold_key(name) + "\0" + fold_key(territory or "")
    return Body(_id(name, key), name, _class(name, parent), parent, territory, level)


_COMPANY_ORGAN = re.compile(
    r"(?:hội đồng thành viên|hội đồng quản trị|ban kiểm soát|đảng ủy|công đoàn|đoàn thanh niên) "
)


def _brand(name: str) -> bool:
    """Whether a name is that of a company or of its organ: capitals or a foreign word ("VNPT", "Petrolimex")."""
    low, last = fold_key(name), name.rpartition(" ")[2]
    if _heads().match(low) and not _COMPANY_ORGAN.match(low):  # "Phòng CSGT" is one of many
        return False
    return (last.isupper() and last.isalpha() and len(last) > 2) or is_foreign(last.lower())


def _home_unit(level: str, home: Home) -> str | None:
    """The name of the unit that a bare level means in an article."""
    if level in ("tỉnh", "thành phố") and home.province and provinces()[fold_key(home.province)].kind == level:
        return home.province
    unit = home.unit(level)
    return unit.removeprefix(level + " ") if unit else None


def _territory(level: str | None, unit: str | None, larger: Sequence[re.Match[str]], home: Home) -> str | None:
    """ "huyện Lục Ngạn, tỉnh Bắc Giang": the unit, and the province as far as name or home tell it."""
    if level is None or unit is None:
        return None
    own = f"{level} {canonical(unit)}"
    one = provinces().get(fold_key(unit)) if level in ("tỉnh", "thành phố") else None
    if level == "tỉnh" or (one is not None and one.kind == level):
        return own
    for m in larger:
        if m["name"] and fold_key(m["name"]) in provinces():
            one = provinces()[fold_key(m["name"])]
    if one is None and home.province:  # else "thành phố Bắc Giang" is the capital of the province of that name
        one = provinces()[fold_key(home.province)]
    return f"{own}, {one.kind} {one.name}" if one else own


def _trailing_province(name: str) -> tuple[int, Any] | None:
    words = list(re.finditer(r"\S+", name))
    for n in (5, 4, 3, 2, 1):
        if n < len(words) and (one := provinces().get(fold_key(name[words[-n].start() :]))):
            return words[-n].start(), one
    return None


@cache
def _heads() -> re.Pattern[str]:
    lexicon = load_lexicon("organisations")
    forms = [
        f for f in lexicon if lexicon.notes[f] in ("unit", "organ") or f in ("trung ương đảng", "quốc hội", "chính phủ")
    ]
    return re.compile(rf"(?:{flexible(sorted(forms))})(?![^\W\d_])")


def _parent_name(name: str) -> str | None:
    """The body that a body's name ends with: "Ban Tuyên giáo Tỉnh ủy X" belongs to "Tỉnh ủy X"."""
    low = fold_key(name)
    own = _heads().match(low)
    begin = own.end() if own else 0
    for m in _INNER.finditer(name):
        head = _heads().match(low, m.end())
        if head is None or m.end() < begin:
            continue
        left = name[: m.start()]
        bare = own is not None and own.end() == len(left)
        if bare and not _ORGANS.fullmatch(fold_key(left)):
            continue  # "Trường Đại học X" is one name
        return name[m.end() :]
    return None


_OF_A_PROVINCE = re.compile(
    r"(?:sở|tỉnh ủy|tỉnh đoàn) ?.*|.* (?:tỉnh|tỉnh ủy|tỉnh đoàn)|(?:.* )?(?:đảng ủy|đoàn|đảng bộ) khối"
)


@lru_cache(maxsize=1 << 12)
def relative_bodies(stated: str, scope: str) -> tuple[tuple[str, Facts], ...]:
    """Stand-ins, for linking alone, for a body that no article locates, and for those it belongs to.

    A site speaks of one "Tỉnh ủy", one "Sở Y tế", one "Đảng ủy Khối", whichever they are; of many "Đảng ủy xã".
    """
    if _OF_A_PROVINCE.fullmatch(fold_key(stated)) is None:
        return ()
    upper = _parent_name(stated)
    above = relative_bodies(upper, scope) if upper else ()
    return ((f"~{scope}~{fold_key(stated)}", Facts(stated, above[0][0] if above else None, f"tỉnh ~{scope}")), *above)


_ORGANS = re.compile(
    r"ban thường vụ|ban chấp hành|đảng ủy|đảng bộ|đảng đoàn|ban cán sự(?: đảng)?|"
    r"chi bộ|văn phòng|ban tổ chức|ban tuyên giáo(?: và dân vận)?|"
    r"ban dân vận|ban nội chính|ủy ban kiểm tra|hội đồng thành viên|hội đồng quản trị|"
    r"công đoàn|đoàn thanh niên|ban giám đốc|ban giám hiệu|"
    r"ban kiểm soát|đoàn chủ tịch|thường trực|ban pháp chế|ban biên tập|thanh tra|"
    r"ban kinh tế - ngân sách|ban văn hóa - xã hội|ban dân tộc"
)


@cache
def _classes() -> re.Pattern[str]:
    return re.compile(rf"(?:{flexible(sorted(load_lexicon('organisation_classes')))})(?![^\W\d_])")


def _class(name: str, parent: Body | None) -> str:
    m = _classes().match(fold_key(name))
    own = load_lexicon("organisation_classes").canonical(m.group()) if m else None
    if parent is not None and fold_key(name).startswith(
        ("ban ", "văn phòng", "phòng ", "ủy ban kiểm tra", "đoàn chủ tịch", "thường trực")
    ):
        return parent.kind
    return own or (parent.kind if parent else "other")


def _id(name: str, key: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFD", fold_key(name))).replace("đ", "d")
    slug = "-".join(_PLAIN.findall(plain))[:60].rstrip("-")
    return f"org:{slug}:{hashlib.sha256(key.encode()).hexdigest()[:8]}"
