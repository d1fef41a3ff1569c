"""One reference to one document: the id of design §5, by what the text states, the title, and the time.

Evidence in rising weight: the term in force at publication, the title's words, what the text states (term, date,
year in the symbol). Where two documents remain there are candidates and no id.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bantin.extractors.directives.normalize import read_symbol
from bantin.extractors.directives.value import DirectiveValue, Resolution
from bantin.lexicon import load_lexicon
from bantin.resolve.committees import Committees, committee_of, province_of
from bantin.resolve.document_titles import ALIKE, shares_title, title_share
from bantin.resolve.registry import Body, Document, Registry, bodies, committee_term
from bantin.text import fold_key

_QH = re.compile(r"(?P<b>qh|ubtvqh)\d{0,2}$")
_CENTRAL = re.compile(r"(?:bộ chính trị|ban bí thư|ban chấp hành trung ương|trung ương|đảng$|hội nghị trung ương)")
_NATIONAL = re.compile(r"đại hội(?: đại biểu)?(?: đảng)?(?: cộng sản việt nam)?(?: toàn quốc)?(?: của đảng)?")
LATEST_NATIONAL = 14
"""No congress of the Party has an ordinal above this in the registry's terms; a higher one is local."""


class Facts(Struct, frozen=True):
    """What the article knows besides the reference: its day, its own committees, the text behind it."""

    published: date | None
    committees: Committees
    follows: str = ""
    drafted: bool = False


class Answer(Struct, frozen=True):
    """The id, how it was reached, what else it might be, and the fields in which the text contradicts the registry."""

    id: str | None = None
    resolution: Resolution | None = None
    candidates: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()


@lru_cache(maxsize=1024)
def type_slug(kind: str | None, code: str | None = None) -> str | None:
    """The code of a type in ids: "Nghị quyết" is "nq", "Quy định" and "Quyết định" are "qd"."""
    if code is None:
        notes = load_lexicon("symbol_codes").notes
        code = next((c for c, word in notes.items() if word == kind), None)
        code = {"Quy định": "qd", "Bộ luật": "l"}.get(kind or "", code)
    if code is None:
        return None
    key = code.lower().replace("đ", "d")
    plain = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    return {"qdi": "qd", "qyd": "qd", "quyd": "qd", "nd": "nd"}.get(plain, plain)


def identify(value: DirectiveValue, facts: Facts, registry: Registry) -> Answer:
    """The document that a reference means, as far as it can be known. Never a guess between two."""
    if value.kind == "session":
        return _session(value, facts, registry)
    if value.kind == "named":
        return _named(value, facts, registry)
    if value.kind == "title":
        return _titled(value, facts, registry)
    if value.kind not in ("symbol", "number") or value.number is None:
        return Answer()
    slug, local = body_of(value)
    kind, year = _kind(value.type, value.symbol, slug)
    if kind is None:
        return Answer()
    if local:
        return _local(value, facts, registry, kind)
    if year and slug is None and value.type == "Nghị định":
        slug = "cp"
    if slug in ("ubnd", "hđnd"):
        return _provincial(value, facts, registry, kind, year)
    if slug and year and slug not in _slugs():
        return Answer()  # a body without a code of its own: the number alone is no identity
    if slug and year:
        own = f"vn:nn:{slug}:{year}:{kind}:{value.number.lower()}"
        known = registry.by_id.get(own)
        answer = Answer(own, "exact" if known else "unregistered")
        return _checked(value, known, answer)
    found = registry.numbered(slug, kind, value.number) if slug else _short(value, kind, registry)
    return _choose(value, facts, registry, found, slug=slug, kind=kind)


def body_of(value: DirectiveValue) -> tuple[str | None, bool]:
    """The slug of the issuing body, from the symbol or else the stated issuer; and whether it is a local committee."""
    return _body(value.symbol, value.issuer)


@lru_cache(maxsize=4096)
def _body(printed: str | None, issuer: str | None) -> tuple[str | None, bool]:
    symbol = read_symbol(printed) if printed else None
    if symbol and symbol.body:
        code = symbol.body if symbol.type_code else symbol.codes[-1]
        if m := _QH.fullmatch(fold_key(code)):
            return m["b"], False
        body = bodies().get(fold_key(code))
        return (body.slug or None, body.regime == "local") if body else (fold_key(code), False)
    if issuer:
        key = fold_key(issuer)
        if _CENTRAL.match(key):
            return "tw", False
        body = _named_body(key)
        if key == "thủ tướng":
            return "ttg", False
        return (body.slug or None, body.regime == "local") if body else (None, True)
    return None, False


@lru_cache(maxsize=4096)
def _kind(name: str | None, printed: str | None, slug: str | None) -> tuple[str | None, str | None]:
    """The code of a document's type, from the symbol or else the type word; and the year in the symbol."""
    symbol = read_symbol(printed) if printed else None
    if symbol is None:
        return type_slug(name), None
    kind = type_slug(name, symbol.type_code)
    return (type_slug(name) if kind is None and slug in ("qh", "ubtvqh") else kind), symbol.year


@cache
def _slugs() -> frozenset[str]:
    """The bodies that have one sequence of numbers in the country."""
    return frozenset({b.slug for b in bodies().values() if b.slug} | {"qh", "ubtvqh"})


@lru_cache(maxsize=1024)
def _named_body(key: str) -> Body | None:
    return next((b for b in bodies().values() if fold_key(b.name) == key), None)


def _short(value: DirectiveValue, kind: str, registry: Registry) -> list[Document]:
    """Candidates for a number alone: the well-known short names first, else every body's."""
    named = registry.alias(f"{value.type} {value.number}")
    return named or registry.short(kind, value.number or "")


def _choose(
    value: DirectiveValue, facts: Facts, registry: Registry, found: list[Document], *, slug: str | None, kind: str
) -> Answer:
    day, stated = value.issued, [d for d in found if value.term and d.term == value.term]
    same = [d for d in found if d.day.startswith(day)] if day else []
    if len(same) > 1:
        same = [d for d in same if d in stated]
    if len(same) == 1:
        return _checked(value, same[0], Answer(same[0].id, "exact"))
    if stated:
        if len(stated) == 1:
            return _checked(value, stated[0], Answer(stated[0].id, "exact"))
    elif day and (slipped := _slipped(value, facts, found)):
        return _checked(value, slipped, Answer(slipped.id, "context"))
    if value.term and slug == "tw" and (value.symbol or value.issuer):
        return Answer(f"vn:dang:tw:{value.term.lower()}:{kind}:{_number(value)}", "unregistered")
    if day:
        return _dated(value, registry, slug, kind, day)
    return _timely(value, facts, registry, found)


def _dated(value: DirectiveValue, registry: Registry, slug: str | None, kind: str, day: str) -> Answer:
    """An id of its own for a document that the registry does not know, from the day that the text states."""
    if slug is None or len(day) < 4 or not day[:4].isdigit():
        return Answer()
    if (body := next((b for b in bodies().values() if b.slug == slug), None)) is None:
        return Answer()
    if body.regime == "state":
        own = f"vn:nn:{slug}:{day[:4]}:{kind}:{_number(value)}"
    else:
        try:
            term = registry.term_on(date.fromisoformat(day))
        except ValueError:
            return Answer()
        if term is None:
            return Answer()
        own = f"vn:dang:{slug}:{term.lower()}:{kind}:{_number(value)}"
    # A number is given once a term, or once a year: with another day, it is still this document.
    known = registry.by_id.get(own)
    return _checked(value, known, Answer(own, "context" if known else "unregistered"))


def _timely(value: DirectiveValue, facts: Facts, registry: Registry, found: list[Document]) -> Answer:
    """No date or term stated: the title's words, then the issuer, then what was in force at publication.

    A registry is never complete, and a number returns every term (a State act's every year): the only registered
    document of a number is the one meant only if something in the text or its time speaks for it.
    """
    there = [d for d in found if d.there_on(facts.published)]
    if not there:
        return Answer()
    told = [d for d in there if shares_title(d.title, facts.follows)]
    if len(told) == 1:
        return Answer(told[0].id, "context")
    candidates = tuple(d.id for d in there)
    said = _issuer_code(value.issuer) if value.issuer else None
    near = [d for d in there if said in d.issuer] if said else there
    if len(near) == 1 and _backed(value, near[0], facts, registry):
        return Answer(near[0].id, "context", candidates if len(there) > 1 else ())
    if facts.published is not None and len(near) > 1:
        recent = [d for d in near if d.issued and (facts.published - d.issued).days <= RECENT]
        if len(recent) == 1 and _backed(value, recent[0], facts, registry):
            return Answer(recent[0].id, "context", candidates)
    return Answer(None, "ambiguous", candidates)


RECENT = 3653
"""Days: without other evidence, a document of the term in force is meant if no other of its number is this young."""


def _backed(value: DirectiveValue, only: Document, facts: Facts, registry: Registry) -> bool:
    """Whether anything but its number speaks for the only registered candidate."""
    if only.certainty == "C":
        return False
    if fold_key(f"{value.type} {value.number}") in {fold_key(a) for a in only.aliases}:
        return _still_meant(value, only, facts.published)
    if value.symbol is None and value.issuer is None:  # a number alone may be anybody's, if no paper of it is new
        return bool(only.term and only.issued and facts.published and (facts.published - only.issued).days <= NEW)
    if not only.term:  # of the State: without its well-known short name, the year must be known
        return False
    if facts.published is None:  # the issuer, one of three that share a sequence, is all there is to go by
        return value.issuer is not None and _issuer_code(value.issuer) in only.issuer.split("-")
    if only.issued is None:
        return only.term == registry.term_on(facts.published)
    return all(
        not _may_exist(registry, only, term, facts.published)
        for term in registry.terms_since(only.issued, facts.published)
    )


def _still_meant(value: DirectiveValue, only: Document, day: date | None) -> bool:
    """Whether a short name still means its document: of the State, whose numbers return yearly, for some years."""
    if only.term or day is None or only.issued is None or not (value.number or "").isdigit():
        return True
    return (day - only.issued).days <= STATE_NAME


STATE_NAME = 1096
"""Days after its issue in which a paper of the State is meant by type and number alone."""

NEW = 366
"""Days after its issue in which a paper of the Party is meant by its number alone."""


def _may_exist(registry: Registry, only: Document, term: str, day: date) -> bool:
    """Whether a later term may have given this number again by a day.

    It has not if a lower number was given after the day, or if the term is over and, being well known, went less far.
    """
    body, kind, number = only.key
    if not number.isdigit():
        return True
    given = registry.given(body, kind, term)
    if any(int(d.number) < int(number) and d.issued and d.issued > day for d in given):
        return False
    highest = max((int(d.number) for d in given), default=0)
    over = registry.term_on(day) != term
    return not (over and len(given) >= WELL_KNOWN * highest and int(number) > highest)


WELL_KNOWN = 0.5
"""Share of a term's numbers of one type that the registry holds, from which its highest number bounds the term."""


def _slipped(value: DirectiveValue, facts: Facts, found: list[Document]) -> Document | None:
    """The document whose day is one slip away from the stated one: same day and month, or same month and year.

    One slip alone may be another document of the same number, so the title's words or a lone candidate must agree.
    """
    day = value.issued or ""
    near = [d for d in found if d.issued and _one_slip(d.day, day)]
    if len(near) != 1:
        near = [d for d in found if shares_title(d.title, facts.follows)]
        return near[0] if len(near) == 1 and len(day) == 4 else None
    only = near[0]
    year_alone = only.day[4:] == day[4:]  # another document of this number on the very same day of a year is unlikely
    return only if len(found) == 1 or year_alone or shares_title(only.title, facts.follows) else None


def _one_slip(known: str, stated: str) -> bool:
    if len(stated) != 10:
        return False
    one, two = known.split("-"), stated.split("-")
    return sum(a == b for a, b in zip(one, two, strict=True)) == 2 or (
        one[0] != two[0] and sorted(one[0]) == sorted(two[0]) and one[1] == two[1]
    )


def _number(value: DirectiveValue) -> str:
    return (value.number or "").lower()


def _checked(value: DirectiveValue, known: Document | None, answer: Answer) -> Answer:
    """The answer with the fields in which the text contradicts the registered document."""
    if known is None or known.certainty == "C":
        return answer
    conflicts: list[tuple[str, str, str]] = []
    issued = known.day
    full = _DAY.fullmatch(value.issued or "")
    if issued and full and not issued.startswith(full.group()):
        conflicts.append(("date_conflict", full.group(), issued[: full.end()]))
    if value.term and known.term and value.term != known.term:
        conflicts.append(("term_conflict", value.term, known.term))
    if value.issuer and (said := _issuer_code(value.issuer)) and known.issuer in _ORGANS and said not in known.issuer:
        conflicts.append(("issuer_conflict", said, known.issuer))
    if value.type and known.type != value.type and type_slug(value.type) != known.key[1]:
        conflicts.append(("type_conflict", value.type, known.type))
    flags = tuple(f"{kind}:{found}→{expected}" for kind, found, expected in conflicts)
    return replace(answer, conflicts=tuple(conflicts), flags=answer.flags + flags)


_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_ORGANS = ("BCT", "BBT", "BCHTW", "BCT-BBT")


def _issuer_code(issuer: str) -> str | None:
    """The organ that is stated, if it is one of the three that share the Central Committee's sequence."""
    note = load_lexicon("issuers").note(issuer)
    vague = fold_key(issuer) in ("trung ương", "trung ương đảng", "tw", "đảng")
    return note if note in _ORGANS and not vague else None


def _session(value: DirectiveValue, facts: Facts, registry: Registry) -> Answer:
    key, session, term = fold_key(value.issuer or ""), value.session or "", value.term
    if "đại hội" in key or key.startswith("đảng bộ"):
        if _NATIONAL.fullmatch(key) and session.isdigit() and int(session) <= LATEST_NATIONAL and term:
            own = f"vn:dang:tw:{term.lower()}:nq:dh"
            return Answer(own, "exact" if own in registry.by_id else "unregistered")
        committee = committee_of(value, facts.committees.by_level)
        if term is None or committee is None:
            return Answer()
        own = f"vn:dang:{committee}:{term.lower()}:nq:dh"
        return Answer(own, "exact" if own in registry.by_id else "unregistered")
    if key and not _CENTRAL.match(key):
        return Answer()
    flags: tuple[str, ...] = ()
    if term is None:
        held = [
            p
            for p in registry.plenums.values()
            if p.session == session and facts.published and p.closed <= facts.published
        ]
        if not held or facts.published is None:
            return Answer()
        latest = max(held, key=lambda p: p.closed)
        if latest.term != registry.term_on(facts.published) and (facts.published - latest.closed).days > RECENT:
            return Answer()
        term, flags = latest.term, ("term_from_publication",)
    own = f"vn:dang:tw:{term.lower()}:hn:{session}"
    plenum = registry.plenums.get((term, session))
    how: Resolution = "exact" if value.term else "context"
    if plenum is None or not plenum.by_convention:
        return Answer(own, how, (), flags)
    meant = registry.by_id[plenum.by_convention]
    answer = Answer(meant.id, "context", (meant.id, own), (*flags, "plenum_convention"))
    if value.type == meant.type:
        return answer
    conflict = ("type_conflict", value.type or "", meant.type)
    return replace(answer, conflicts=(conflict,), flags=(*answer.flags, f"type_conflict:{conflict[1]}→{conflict[2]}"))


_OF_YEAR = re.compile(r"\s+(?:năm\s+)?(?P<y>\d{4})$")


def _named(value: DirectiveValue, facts: Facts, registry: Registry) -> Answer:
    """A statute by its name: the version of the stated year, else the one in force at publication."""
    if facts.drafted:
        return Answer(None, None, (), ("draft",))
    name = value.title or ""
    year = _OF_YEAR.search(name)
    found = [d for d in registry.titled(_OF_YEAR.sub("", name)) if d.issued]
    if year:
        same = [d for d in found if d.day[:4] == year["y"]]
        return Answer(same[0].id, "exact") if len(same) == 1 else Answer()
    there = [d for d in found if d.there_on(facts.published)]
    if not there:
        return Answer()
    candidates = tuple(d.id for d in there)
    last = there[-1]
    if facts.published is None or last.issued is None or facts.published > LAWS_KNOWN_TO:
        known = len(there) == 1 and facts.published is None
        return Answer(last.id, "context") if known else Answer(None, "ambiguous", candidates)
    young = (facts.published - last.issued).days <= NOT_YET
    revised = _REVISED.match(facts.follows) is not None
    # "(sửa đổi)" means a revision: the new law if there is one, else a draft; a bare name just after, either of two.
    debated = revised and not young
    known = not debated and (revised or not young or len(there) == 1)
    return Answer(last.id, "context") if known else Answer(None, "ambiguous", candidates)


NOT_YET = 380
"""Days after its adoption in which a new law may not be in force, so that its name alone may mean the old one."""

LAWS_KNOWN_TO = date(2025, 11, 30)
"""Up to this day the registry knows the newest law of a name; later, a newer one may have been adopted."""

_REVISED = re.compile(r"\s*\(\s*sửa đổi", re.IGNORECASE)


def _titled(value: DirectiveValue, facts: Facts, registry: Registry) -> Answer:
    """A document told by its title or its subject: the last of that title before publication, or the only one alike."""
    name = load_lexicon("named_documents").canonical(value.title or "")
    if name:
        there = [d for d in registry.titled(name) + registry.alias(name) if d.there_on(facts.published)]
        if there and (len(there) == 1 or facts.published is not None):
            return Answer(there[-1].id, "context", tuple(d.id for d in there), ("by_title",))
        return Answer(None, "ambiguous" if there else None, tuple(d.id for d in there))
    kind = type_slug(value.type)
    shares = sorted(
        ((title_share(d.title, facts.follows), d.id) for d in registry.of_type(kind) if d.there_on(facts.published)),
        reverse=True,
    )
    entire = {d.id: len(d.title) for d in (registry.by_id[i] for _, i in shares[:5]) if _whole_title(d, facts.follows)}
    longest = [i for i, n in entire.items() if n == max(entire.values())]
    if len(longest) == 1:
        return Answer(longest[0], "context", (), ("by_title",))
    (best, meant), (second, _) = (*shares, (0.0, ""), (0.0, ""))[:2]
    return Answer(meant, "context", (), ("by_title",)) if best >= ALIKE and best - second > 0.15 else Answer()


def _whole_title(known: Document, follows: str) -> bool:
    """Whether the registered title, of some length, stands word for word behind the reference."""
    key = fold_key(known.title)
    return len(key) > 30 and key in fold_key(follows)


def _provincial(value: DirectiveValue, facts: Facts, registry: Registry, kind: str, year: str | None) -> Answer:
    """An act of a province's people's council or committee, where the province and the year are known."""
    issuer = fold_key(value.issuer or "")
    head = _PEOPLES.match(issuer)
    year = year or ((value.issued or "")[:4] if _YEAR.match(value.issued or "") else None)
    if head is None or year is None or (place := province_of(value.issuer or "", facts.committees.by_level)) is None:
        return Answer()
    own = f"vn:nn:{'hdnd' if head['council'] else 'ubnd'}-{place}:{year}:{kind}:{_number(value)}"
    known = registry.by_id.get(own)
    return _checked(value, known, Answer(own, "exact" if known else "unregistered"))


_PEOPLES = re.compile(r"(?:chủ tịch )?(?:(?P<council>hội đồng nhân dân)|ủy ban nhân dân) (?:tỉnh|thành phố|tp)(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _local(value: DirectiveValue, facts: Facts, registry: Registry, kind: str) -> Answer:
    """A document of a local committee, if its term is stated, or the issue day or the registry tells it."""
    if value.symbol is None and not value.issuer:
        return Answer()
    committee = committee_of(value, facts.committees.by_level)
    if committee is None or value.number is None:
        return Answer()
    flags = () if value.issuer and committee_of(value, {}) else ("org_from_source",)
    day = value.issued or ""
    found = [d for d in registry.numbered(committee, kind, value.number) if d.there_on(facts.published)]
    for told in ([d for d in found if day and d.day.startswith(day)], [d for d in found if value.term == d.term]):
        if len(told) == 1:
            return _checked(value, told[0], Answer(told[0].id, "exact", (), flags))
    term = value.term
    if term is None and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        term = committee_term(committee, date.fromisoformat(day))
    if term is not None:
        return Answer(f"vn:dang:{committee}:{term.lower()}:{kind}:{_number(value)}", "unregistered", (), flags)
    if value.symbol and not day and found:
        near = [d for d in found if shares_title(d.title, facts.follows)] or found
        if len(near) == 1:
            return Answer(near[0].id, "context", (), flags)
        return Answer(None, "ambiguous", tuple(d.id for d in found), flags)
    return Answer(None, None, (), flags)
