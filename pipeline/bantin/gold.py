"""Gold: hand-annotated articles, one JSON file each (or one a JSONL row), loaded and checked.

The form is that of `corpus/GUIDELINES.md`: lists `directives`, `dates`, `people`, `indicators`; every item quotes its
text and says which occurrence it is. An item with `"optional": true` neither earns nor costs.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bantin.errors import DataFileError, InputError

GOLD_FAMILIES = ("directives", "dates", "people", "indicators")
"""The lists of a gold file; roles stand with their people."""

_ITEM_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "directives": (
        {"text", "kind", "type"},
        {"nth", "symbol", "number", "session", "issuer", "date", "title", "term", "optional", "note"},
    ),
    "dates": ({"text", "kind"}, {"nth", "start", "end", "optional", "note"}),
    "people": ({"text", "name", "as"}, {"nth", "roles", "optional", "note"}),
    "indicators": (
        {"text"},
        {"nth", "value", "value_max", "denominator", "unit", "qualifier", "optional", "note"},
    ),
}
_DIRECTIVE_KINDS = {"symbol", "number", "session", "named"}
_DATE_KINDS = {"date", "period", "duration", "set", "relative"}


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article. `source` and `record` say where it stands in the archive if not in `<id>.<anything>`."""

    id: str
    file: Path
    data: Mapping[str, Any]

    @property
    def source(self) -> str | None:
        return self.data.get("source")

    @property
    def record(self) -> str | None:
        record = self.data.get("record")
        return None if record is None else str(record)

    def items(self, family: str) -> list[dict[str, Any]]:
        return list(self.data.get(family, []))


def load_gold(folder: Path) -> list[GoldArticle]:
    """Every `*.json` below `folder`, by name. Raises InputError if there is none, DataFileError if one is wrong."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.json"), key=lambda p: (p.name, str(p)))
    if not files:
        raise InputError(f"{folder}: no gold files (*.json); name a folder such as corpus/gold/dev")
    return [_load(f) for f in files]


def _load(file: Path) -> GoldArticle:
    try:
        raw = file.read_text(encoding="utf-8")
        data = json.loads(raw)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as e:
        raise DataFileError(file, "-", f"not a gold file: {e}") from None
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise DataFileError(file, "-", 'expected a JSON object with "id"')
    if not unicodedata.is_normalized("NFC", raw):
        raise DataFileError(file, data["id"], "not NFC; compose the letters (Unicode normal form C)")
    return GoldArticle(data["id"], file, data)


def check_gold(article: GoldArticle, text: str | None = None) -> list[str]:
    """What is wrong with a gold article, a line each; with `text`, also that every item is quoted from it."""
    problems = []
    for family in GOLD_FAMILIES:
        if not isinstance(article.data.get(family), list):
            problems.append(f"{article.file}: no list {family!r}")
            continue
        need, may = _ITEM_KEYS[family]
        for i, item in enumerate(article.items(family), 1):
            where = f"{article.file}: {family} {i} ({item.get('text')!r})"
            if missing := sorted(need - item.keys()):
                problems.append(f"{where}: missing {', '.join(missing)}")
            if unknown := sorted(item.keys() - need - may):
                problems.append(f"{where}: unknown key {', '.join(unknown)}")
            if not missing:
                problems += [f"{where}: {p}" for p in _item_problems(family, item)]
            quoted = str(item.get("text", ""))
            if text is not None and (occurs := text.count(quoted)) < int(item.get("nth", 1)):
                problems.append(f"{where}: occurrence {item.get('nth', 1)} asked for, but the article has {occurs}")
    return problems


def _item_problems(family: str, item: Mapping[str, Any]) -> Iterable[str]:
    if not item["text"]:
        yield "empty text"
    if family == "directives":
        if item["kind"] not in _DIRECTIVE_KINDS:
            yield f"kind {item['kind']!r}; known: {', '.join(sorted(_DIRECTIVE_KINDS))}"
    elif family == "dates":
        if item["kind"] not in _DATE_KINDS:
            yield f"kind {item['kind']!r}; known: {', '.join(sorted(_DATE_KINDS))}"
        required = item["kind"] in ("date", "period") and not item.get("optional")
        if required and not (item.get("start") and item.get("end")):
            yield "a date or period needs start and end"
        if item.get("start") and item.get("end") and item["start"] > item["end"]:
            yield f"starts {item['start']} after it ends {item['end']}"
    elif family == "people":
        if item["as"] not in ("mention", "byline"):
            yield f'as {item["as"]!r}; known: "mention", "byline"'
        for role in item.get("roles", []):
            if not isinstance(role, dict) or "title" not in role or role.keys() - {"title", "org", "former"}:
                yield f"role {role!r}: expected title, org, former"
    elif not item.get("optional") and not isinstance(item.get("value"), int | float):
        yield "an indicator needs a value"


def gold_hash(articles: Iterable[GoldArticle]) -> str:
    """SHA-256 over the content of gold files in order of id: what a score was measured on."""
    digest = hashlib.sha256()
    for a in sorted(articles, key=lambda a: a.id):
        digest.update(json.dumps(a.data, ensure_ascii=False, sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()
