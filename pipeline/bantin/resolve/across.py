"""Documents across the articles of a batch: which mentions name one document.

A document that the registry knows keeps its id. Any other gets an id of the batch, and two mentions share it only if
everything that tells such documents apart agrees: a local committee's "Kế hoạch số 15-KH/TU" is not that of another
site, and not that of another year. A number alone ("Nghị quyết 42") that no issuer, term or year goes with names no
document.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from bantin.lexicon import load_lexicon
from bantin.resolve.registry import load_registry
from bantin.text import fold_key

_MARKS, _PLAIN = re.compile("[\u0300-\u036f]"), re.compile("[0-9a-z]+")
_YEAR = re.compile(r"\d{4}")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_STATE_SYMBOL = re.compile(r"\d+[a-zđ]*/(?:19|20)\d\d/")
_CENTRAL = ("/tw", "-ttg", "-cp")
_LOCAL_STATE = re.compile(r"-(?:u[bđ]nd|hđnd)\b")
_STATE_NUMBER = re.compile(r"\d+[a-zđ]*/")
_NUMBER = re.compile(r"\d+[a-zđ]{0,2}")
_YEARS_OF_A_PARTY_NUMBER = 5
"""Numbers of the Party begin again with every term, so a mention without a date may mean one of the last five years."""
_YEARS_OF_A_STATE_NUMBER = 1
"""Numbers of the State begin again every year."""

DESCRIBED = ("type", "number", "symbol", "issuer", "issued", "term", "session", "title")


class Reference(Struct, frozen=True):
    """A mention of a document, as the batch sees it. Fields are those of `directive_mentions`."""

    text: str
    kind: str
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issued: str | None = None
    term: str | None = None
    session: str | None = None
    title: str | None = None
    directive_id: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Referrer:
    """The article that refers: who it is, what local names are local to, and its day of publication."""

    article_id: str
    scope: str
    published: str | None


class Document(Struct, array_like=True):
    """What some articles say of a document, and how often they refer to it."""

    mentions: int = 0
    articles: int = 0
    first_published: str | None = None
    last_published: str | None = None
    said: dict[str, dict[str, int]] = {}
    """By what is described: how many mentions give it which value. Of most documents little is described."""

    def add(self, other: Document) -> None:
        """Takes what articles that stand behind these in the batch say."""
        self.mentions += other.mentions
        self.articles += other.articles
        self.note_days(other.first_published, other.last_published)
        for name, said in other.said.items():
            mine = self.said.setdefault(name, {})
            for value, mentions in said.items():
                mine[value] = mine.get(value, 0) + mentions

    def note_mention(self, reference: Reference) -> None:
        """Counts a mention."""
        self.mentions += 1
        for name in DESCRIBED:
            if value := getattr(reference, name):
                said = self.said.setdefault(name, {})
                said[value] = said.get(value, 0) + 1

    def note_days(self, first: str | None, last: str | None) -> None:
        """Takes the first and the last day on which articles that refer to it were published."""
        if first and last:
            self.first_published = min(self.first_published or first, first)
            self.last_published = max(self.last_published or last, last)

    def described(self, name: str, registered: Mapping[str, str]) -> str | None:
        """What the registry says of `name`, else most mentions; of equals the first in the batch."""
        if fact := registered.get(name):
            return fact
        said = self.said.get(name)
        return max(said, key=said.__getitem__) if said else None


class Key(Struct, frozen=True, array_like=True):
    """What tells unregistered documents apart: a name within a scope, and what the article says of it ("" nothing)."""

    type: str
    name: str
    scope: str
    issuer: str = ""
    term: str = ""
    year: str = ""

    @property
    def bare(self) -> Key:
        return Key(self.type, self.name, self.scope)

    def says_more_than(self, other: Key) -> bool:
        """Whether this agrees with everything that the other says, and says more."""
        pairs = ((self.issuer, other.issuer), (self.term, other.term), (self.year, other.year))
        return self != other and all(theirs in ("", mine) for mine, theirs in pairs)


def fullest(key: Key, descriptions: Collection[Key], referrer: Referrer) -> Key:
    """The one fuller description of the batch that a mention can mean; else the key as it is."""
    fuller = [k for k in descriptions if k.says_more_than(key) and _in_time(key, k, referrer)]
    most = [k for k in fuller if not any(other.says_more_than(k) for other in fuller)]
    return most[0] if len(most) == 1 else key


def certain_keys(referrer: Referrer, references: Sequence[Reference]) -> Iterator[tuple[Key, str]]:
    """What one article can tell for certain, with the id that it was given there: a shorter mention may mean it."""
    for reference in references:
        if reference.directive_id and reference.kind == "symbol" and (key := _key(referrer, reference)):
            yield key, reference.directive_id


def days_told(references: Sequence[Reference]) -> list[tuple[str, str]]:
    """The documents no registry holds with the issue days that one article gives them, each once."""
    told = ((r.directive_id, r.issued) for r in references if r.directive_id and _FULL.fullmatch(r.issued or ""))
    return [(known, day) for known, day in dict.fromkeys(told) if known and day and not registered(known)]


def another_day(told: str | None, days: Counter[str]) -> str | None:
    """The issue day that the batch gives a document, where a mention states another that is `told`.

    At least twice as many articles must state it, and no fewer than two.
    """
    if not told or told not in days:
        return None
    day, articles = days.most_common(1)[0]
    return day if articles >= 2 * days[told] and day != told else None


def registered(directive_id: str) -> Mapping[str, str]:
    """What the registry says of a document: the columns it knows; nothing for a document it does not hold."""
    known = load_registry().by_id.get(directive_id)
    if known is None:
        return {}
    return {name: str(getattr(known, name)) for name in DESCRIBED if name != "issuer"} | {"issuer": _name(known.issuer)}


@cache
def _name(code: str) -> str:
    """The full name of a central body, from its code."""
    issuers = load_lexicon("issuers")
    return next((name for form, name in issuers.entries.items() if issuers.notes[form] == code), "")


def _in_time(key: Key, fuller: Key, referrer: Referrer) -> bool:
    """Whether an undated mention may mean a dated document: issued before it, since when no number came again."""
    if key.year or not fuller.year or not referrer.published:
        return True
    years = _YEARS_OF_A_STATE_NUMBER if _STATE_NUMBER.match(key.name) else _YEARS_OF_A_PARTY_NUMBER
    return 0 <= int(referrer.published[:4]) - int(fuller.year) <= years


def batch_id(key: Key) -> str:
    """The id of a document that no registry holds."""
    parts = (key.type, key.name, key.scope, key.issuer, key.term, key.year)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
    plain = unicodedata.normalize("NFD", key.name).replace("đ", "d")
    return f"batch:{'-'.join(_PLAIN.findall(_MARKS.sub('', plain)))[:40].rstrip('-')}:{digest}"


def keys_of(referrer: Referrer, references: Sequence[Reference]) -> list[Key | None]:
    """The key of each reference, completed from other mentions of the same document in the same article."""
    keys = [None if r.directive_id or r.resolution == "ambiguous" else _key(referrer, r) for r in references]
    same: dict[tuple[str, str], list[Key]] = {}
    for key in keys:
        if key is not None:
            same.setdefault((key.type, key.name), []).append(key)
    return [None if key is None else _identifying(_completed(key, same[key.type, key.name])) for key in keys]


def _key(referrer: Referrer, r: Reference) -> Key | None:
    issued = _YEAR.match(r.issued or "")
    year = issued.group() if issued else ""
    kind, term = fold_key(r.type or ""), fold_key(r.term or "")
    body = load_lexicon("issuers").note(r.issuer or "")  # the code of a central body, however its name is written
    issuer, scope = (body, "") if body else (fold_key(r.issuer or ""), referrer.scope)
    match r.kind:
        case "symbol" if r.symbol:
            symbol = fold_key(r.symbol)
            if _STATE_SYMBOL.match(symbol) and not _LOCAL_STATE.search(symbol):
                return Key(kind, symbol, "")  # the year is in the symbol, and the State has one of it
            if symbol.endswith(_CENTRAL):
                return Key(kind, symbol, "", "", term, year)  # the symbol says who issued it
            return Key(kind, symbol, scope, issuer, term, year)
        case "number" if r.number:
            return Key(kind, fold_key(r.number), scope, issuer, term, year)
        case "session" if r.session or r.term:
            return Key(kind, f"{fold_key(r.session or '')}/{term}", scope, issuer, term)
        case "named":
            return Key(kind, fold_key(r.title or r.text), "")
    return None


def _completed(key: Key, same: Sequence[Key]) -> Key:
    """`key` with issuer (and its scope), term and year of its namesakes in the article, where these are of one mind."""
    known = {name: {v for k in same if (v := getattr(k, name))} for name in ("issuer", "term", "year")}
    missing = {name: min(v) for name, v in known.items() if len(v) == 1 and not getattr(key, name)}
    if issuer := missing.get("issuer"):
        missing["scope"] = next(k.scope for k in same if k.issuer == issuer)
    return replace(key, **missing)


def _identifying(key: Key) -> Key | None:
    alone = _NUMBER.fullmatch(key.name) and not (key.issuer or key.term or key.year)
    return None if alone else key
