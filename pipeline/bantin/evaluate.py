"""Precision, recall and F1 of a dataset against gold: distinct values per article, a family at a time.

Agrees with the reference scorer of the annotation guide: a value that an article states twice counts once, so a score
does not depend on how page furniture was cleaned; optional gold items neither earn nor cost. Values are matched one to
one, exactly first, then by the family's own tolerance (`_CLOSE`).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from bantin.errors import QueryError
from bantin.gold import GoldArticle
from bantin.lexicon import load_lexicon

FAMILIES = ("directives", "dates", "people", "roles", "indicators")
TABLES = {
    "directives": "directive_mentions",
    "dates": "date_mentions",
    "people": "person_mentions",
    "roles": "role_mentions",
    "indicators": "indicators",
}
ATTRIBUTES = {"date": "issued", "term": "term", "issuer": "issuer"}
"""Attributes of a matched directive that are scored: key in the gold, column in the table."""

Key = tuple[Any, ...]
Row = Mapping[str, Any]

_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE_RE = re.compile(rf"(?<!q)(?:{'|'.join(_TONE)})(?!\w)")
_DASH = re.compile(r"[\u2010\u2011\u2013\u2014\u2212]")
_PUNCTUATION = re.compile(r"[\u201c\u201d\"'()\[\].,;:]")
_UNITS = {"đồng": "vnd", "vnđ": "vnd", "phần trăm": "%", "đô la": "usd"}


def fold(text: object) -> str:
    """What spellings of one name have in common: no case, one tone placement, no punctuation, abbreviations in full."""
    s = unicodedata.normalize("NFC", str(text or "")).replace("\u00d0", "Đ").replace("\u00a0", " ").lower()
    s = _TONE_RE.sub(lambda m: _TONE[m.group()], _DASH.sub("-", s))
    known = load_lexicon("scoring_abbreviations").entries
    return " ".join(known.get(w, w) for w in _PUNCTUATION.sub(" ", s).split())


def fold_symbol(symbol: str) -> str:
    """A symbol without zero padding, spaces, dots, and with one separator, so that 16/NQ-TW equals 16-NQ/TW."""
    s = _DASH.sub("-", unicodedata.normalize("NFC", symbol).replace("\u00d0", "Đ").upper())
    s = re.sub(r"\s+|\.", "", s).replace("TƯ", "TW")
    return "-".join(re.split(r"[-/]", re.sub(r"^0+(?=\d)", "", s)))


def _number(x: object) -> float | None:
    return None if x is None else round(float(x), 6)  # type: ignore[arg-type]


def _directive(d: Row) -> Key:
    kind = fold(d.get("type"))
    if d.get("symbol"):
        return ("s", kind, fold_symbol(str(d["symbol"])))
    if d.get("number"):
        return ("n", kind, re.sub(r"^0+(?=\d)", "", str(d["number"]).lower()))
    if d.get("kind") == "session":
        return ("o", kind, str(d.get("session") or "").split(".")[0], str(d.get("term") or "").upper())
    return ("t", fold(d.get("text")))


def _indicator(d: Row) -> Key:
    unit = fold(d.get("unit")).replace("²", "2").replace("³", "3")
    return (_number(d.get("value")), _number(d.get("value_max")), _number(d.get("denominator")), _UNITS.get(unit, unit))


def _overlap(a: Iterable[str], b: Iterable[str]) -> float:
    x, y = set(a), set(b)
    return len(x & y) / max(1, len(x | y))


def _close_directive(g: Key, p: Key) -> bool:
    if g[0] == "n" and p[0] in "sn" and g[1] == p[1]:  # "Nghị quyết 16" may be completed to its symbol
        return str(g[2]).split("-")[0].lower() == str(p[2]).split("-")[0].lower()
    if g[0] == p[0] == "o" and g[1] == p[1]:
        return bool((g[2] == p[2] or not g[2] or not p[2]) and g[3] == p[3])
    return g[0] == p[0] == "t" and _overlap(g[1].split(), p[1].split()) >= 0.6


def _close_date(g: Key, p: Key) -> bool:
    # Where the gold knows no year, any year will do.
    return bool(g[0].startswith("XXXX") and g[0][4:] == p[0][4:] and g[1][4:] == p[1][4:])


def _close_role(g: Key, p: Key) -> bool:
    if g[0] != p[0] or fold(g[1]) != fold(p[1]):
        return False
    asked, given = fold(g[2]).split(), fold(p[2]).split()
    return not asked or _overlap(asked, given) >= 0.5 or set(asked) <= set(given)


def _close_indicator(g: Key, p: Key) -> bool:
    a, b = g[3], p[3]
    if g[:3] != p[:3]:
        return False
    return bool(
        a == b or a.startswith(b + " ") or b.startswith(a + " ") or (a != "" and a.split()[:1] == b.split()[:1])
    )


_CLOSE: dict[str, Callable[[Key, Key], bool]] = {
    "directives": _close_directive,
    "dates": _close_date,
    "people": lambda g, p: g == p,
    "roles": _close_role,
    "indicators": _close_indicator,
}


def gold_keys(article: GoldArticle, family: str) -> tuple[dict[Key, str], dict[Key, str]]:
    """Distinct values that must be found, and those that may be; each with the text it is quoted from."""
    required: dict[Key, str] = {}
    optional: dict[Key, str] = {}

    def put(key: Key, text: str, may: object) -> None:
        (optional if may else required).setdefault(key, text)

    for item in article.items("people" if family == "roles" else family):
        may, text = item.get("optional"), item["text"]
        if family == "roles":
            for role in item.get("roles", []):
                put((fold(item["name"]), role["title"], role.get("org")), text, may)
        elif family == "dates":
            key = (str(item.get("start")), str(item.get("end")))
            if may or item["kind"] not in ("date", "period"):
                if item.get("start"):
                    put(key, text, True)
            else:
                put(key, text, False)
        elif family == "people":
            put((fold(item["name"]),), text, may)
        else:
            put(_directive(item) if family == "directives" else _indicator(item), text, may)
    return required, {k: t for k, t in optional.items() if k not in required}


def row_keys(rows: Iterable[Row], family: str) -> dict[Key, Row]:
    """Distinct values of one article's rows, each with its first row; kinds that gold does not annotate left out."""
    out: dict[Key, Row] = {}
    for r in rows:
        if family == "directives":
            if r.get("kind") not in ("title", "anaphor"):
                out.setdefault(_directive(r), r)
        elif family == "dates":
            if r.get("kind") in ("date", "period") and r.get("start_date"):
                out.setdefault((str(r["start_date"])[:10], str(r["end_date"])[:10]), r)
        elif family == "people":
            if r.get("mention_type") != "in_name":
                out.setdefault((fold(r.get("name")),), r)
        elif family == "roles":
            out.setdefault((fold(r.get("name")), r["title"], r.get("organisation") or None), r)
        else:
            out.setdefault(_indicator(r), r)
    return out


def pair(gold: Iterable[Key], found: Iterable[Key], close: Callable[[Key, Key], bool]) -> tuple[list[Key], list[Key]]:
    """Matches one to one, exact first, then close. Returns the gold values missed and the found ones left over."""
    left = list(found)
    rest = []
    for g in gold:
        if g in left:
            left.remove(g)
        else:
            rest.append(g)
    missed = []
    for g in rest:
        hit = next((p for p in left if close(g, p)), None)
        if hit is None:
            missed.append(g)
        else:
            left.remove(hit)
    return missed, left


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold value that was not found: the text it is quoted from and the value as the scorer compares it."""

    article: str
    text: str
    value: Key


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that matches no gold value; `row` is the row itself, with its rule and characters."""

    article: str
    value: Key
    row: Row


@dataclass(slots=True)
class FamilyScore:
    """Counts of one family over all articles, and every error behind them."""

    true: dict[str, int] = field(default_factory=dict)
    missed: list[Miss] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def counts(self, articles: Iterable[str] | None = None) -> tuple[int, int, int]:
        """True positives, false positives, false negatives (of these articles, which may repeat)."""
        if articles is None:
            return sum(self.true.values()), len(self.wrong), len(self.missed)
        fp: dict[str, int] = defaultdict(int)
        fn: dict[str, int] = defaultdict(int)
        for w in self.wrong:
            fp[w.article] += 1
        for m in self.missed:
            fn[m.article] += 1
        names = list(articles)
        return sum(self.true.get(a, 0) for a in names), sum(fp[a] for a in names), sum(fn[a] for a in names)

    @property
    def precision(self) -> float:
        tp, fp, _ = self.counts()
        return tp / (tp + fp) if tp + fp else 0.0

    @property
    def recall(self) -> float:
        tp, _, fn = self.counts()
        return tp / (tp + fn) if tp + fn else 0.0

    @property
    def f1(self) -> float:
        return _f1(*self.counts())

    def interval(self, samples: int = 1000, seed: int = 0) -> tuple[float, float]:
        """95 % bootstrap interval of F1, whole articles drawn with replacement (what varies is the article)."""
        names = sorted(self.true)
        draw = random.Random(seed)  # noqa: S311 - a reproducible bootstrap, no secret
        scores = (
            sorted(_f1(*self.counts(draw.choices(names, k=len(names)))) for _ in range(samples)) if names else [0.0]
        )
        return scores[int(0.025 * (len(scores) - 1))], scores[int(0.975 * (len(scores) - 1))]


def _f1(tp: int, fp: int, fn: int) -> float:
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


@dataclass(slots=True)
class Evaluation:
    """Scores of all families, and the attributes of matched directives (right, asked).

    `absent` names the gold articles that the dataset does not hold; `texts` are the texts of those it does.
    """

    families: dict[str, FamilyScore]
    attributes: dict[str, tuple[int, int]]
    absent: list[str]
    texts: dict[str, str]


def evaluate(dataset: Path, gold: Sequence[GoldArticle]) -> Evaluation:
    """Scores the dataset in folder `dataset` against `gold`. Raises QueryError if the folder holds no dataset."""
    ids, articles = _articles(dataset)
    rows = {family: _rows(dataset, table) for family, table in TABLES.items()}
    scores = {family: FamilyScore() for family in FAMILIES}
    attributes = {name: [0, 0] for name in ATTRIBUTES}
    absent = []
    texts: dict[str, str] = {}
    for article in gold:
        article_id = ids.get((article.source, article.record)) if article.source else ids.get((article.id, None))
        if article_id is None:
            absent.append(article.id)
        else:
            texts[article.id] = articles[article_id]
        for family, score in scores.items():
            required, optional = gold_keys(article, family)
            found = row_keys(rows[family].get(article_id or "", []), family)
            missed, left = pair(required, found, _CLOSE[family])
            _, left = pair(optional, left, _CLOSE[family])
            score.true[article.id] = len(required) - len(missed)
            score.missed += [Miss(article.id, required[k], k) for k in missed]
            score.wrong += [Wrong(article.id, k, found[k]) for k in left]
        _score_attributes(article, rows["directives"].get(article_id or "", []), attributes)
    return Evaluation(scores, {k: (right, asked) for k, (right, asked) in attributes.items()}, absent, texts)


def _score_attributes(article: GoldArticle, rows: Sequence[Row], attributes: dict[str, list[int]]) -> None:
    for item in article.items("directives"):
        if item.get("optional"):
            continue
        key = _directive(item)
        same = [
            r
            for r in rows
            if fold(r.get("text")) == fold(item["text"])
            and (key == _directive(r) or _close_directive(key, _directive(r)))
        ]
        if not same:
            continue
        for name, column in ATTRIBUTES.items():
            asked = item.get(name)
            if not asked or (name == "issuer" and item["kind"] == "session"):
                continue
            given = [str(r.get(column) or "") for r in same]
            right = any(g[: len(asked)] == asked if name == "date" else fold(g) == fold(asked) for g in given)
            attributes[name][0] += right
            attributes[name][1] += 1


def _table(dataset: Path, name: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    file = dataset / f"{name}.parquet"
    if not file.exists():
        raise QueryError(f"{dataset}: no {name}.parquet; name a folder that `bantin run --out` wrote")
    table: list[dict[str, Any]] = pq.read_table(file, columns=columns).to_pylist()
    return table


def _rows(dataset: Path, name: str) -> dict[str, list[Row]]:
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in _table(dataset, name):
        by_article[row["article_id"]].append(row)
    return by_article


def _articles(dataset: Path) -> tuple[dict[tuple[str | None, str | None], str], dict[str, str]]:
    """How gold names an article (the source file's name without its ending, or file and record) -> id; id -> text."""
    ids: dict[tuple[str | None, str | None], str] = {}
    texts: dict[str, str] = {}
    for r in _table(dataset, "articles", ["article_id", "source_path", "source_record", "text"]):
        name = PurePath(r["source_path"]).name
        ids[name.rsplit(".", 1)[0], None] = r["article_id"]
        ids[name, r["source_record"]] = r["article_id"]
        texts[r["article_id"]] = r["text"]
    return ids, texts
