"""Site profiles as data: where a site or a content system keeps title, date, author, lead, body; one TOML file each.

A file of `sites/` is a family (it has `marks`, strings by which a page of the content system is known) or a site (it
has `hosts`). Either may inherit from a family; a key of its own takes the place of the inherited one. Selectors are
CSS, one or a list in order of preference. A `[[layout]]` is what a site looked like `from` one day `until` another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from bantin.datafile import check_keys, packaged, read_toml
from bantin.errors import DataFileError

LONGEST = 25  # lines of a file: what many sites share belongs into their family
PARTS = ("title", "date", "modified", "author", "source", "lead", "body", "caption", "related")
"""What selectors may be given for. `related` is what stands inside the body and does not belong to it."""
KEYS = ("inherits", "hosts", "marks", "article", "publisher", "days", "select", "layout", "scrape")
Selectors = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Selectors by part, and the days between which pages of this look were published (None: no limit)."""

    select: Selectors
    start: date | None = None
    until: date | None = None

    def holds(self, day: str | None) -> bool:
        """Was a page of this ISO day (None: not known) published under this layout?"""
        if day is None:
            return True
        published = date.fromisoformat(day[:10])
        return (self.start is None or self.start <= published) and (self.until is None or published <= self.until)


@dataclass(frozen=True, slots=True)
class Profile:
    """A site (with `hosts`) or a family (with `marks`).

    `article`: what the path and query of an article's address match; `days`: which number of a date comes first;
    `scrape`: the table of the same name as it stands there, for the scrape stage.
    """

    name: str
    file: str
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    family: str | None = None
    article: re.Pattern[str] | None = None
    publisher: str | None = None
    days: Literal["dmy", "mdy"] = "dmy"
    layouts: tuple[Layout, ...] = ()
    scrape: Mapping[str, Any] = field(default_factory=dict)


@cache
def load_profiles(folder: Traversable | Path | None = None) -> tuple[Profile, ...]:
    """Every profile of a folder (default: the package's `sites`), by name. Raises DataFileError (file, key, fix)."""
    folder = folder or packaged("sites")
    files = {f.name.removesuffix(".toml"): f for f in folder.iterdir() if f.name.endswith(".toml")}
    tables = {name: _table(files[name]) for name in sorted(files)}
    profiles = tuple(_profile(name, files, tables) for name in tables)
    owners: dict[str, str] = {}
    for profile in profiles:
        for host in profile.hosts:
            if (other := owners.setdefault(host, profile.file)) != profile.file:
                raise DataFileError(profile.file, "hosts", f"{host} is a host of {other} too; leave it in one of them")
    return profiles


@cache
def _by_host() -> dict[str, Profile]:
    return {host: profile for profile in load_profiles() for host in profile.hosts}


@cache
def families() -> tuple[Profile, ...]:
    """The profiles of content systems, those that inherit from another first."""
    return tuple(sorted((p for p in load_profiles() if p.marks), key=lambda p: (p.family is None, p.name)))


def families_of(source: str) -> Iterator[Profile]:
    """The families one of whose marks stands in a page's source."""
    return (f for f in families() if any(mark in source for mark in f.marks))


def profile_of(url: str | None) -> Profile | None:
    """The profile of an address: by its host, the host without `www.`, or `*.` and what follows."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    known = _by_host()
    if not host or not known:
        return None
    if host in known:
        return known[host]
    parts = host.split(".")
    return next((known[w] for i in range(1, len(parts)) if (w := "*." + ".".join(parts[i:])) in known), None)


# --- one file


def _table(file: Traversable | Path) -> dict[str, Any]:
    table = read_toml(file)
    check_keys(file, "-", table, (), KEYS)
    lines = len(file.read_text(encoding="utf-8").splitlines())
    if lines > LONGEST:
        raise DataFileError(
            file, "-", f"{lines} lines; a profile has {LONGEST}: move what sites share into their family"
        )
    if bool(table.get("hosts")) == bool(table.get("marks")):
        raise DataFileError(file, "hosts", "a profile has either hosts (a site) or marks (a family)")
    return table


def _profile(name: str, files: Mapping[str, Traversable | Path], tables: Mapping[str, dict[str, Any]]) -> Profile:
    file, table = files[name], tables[name]
    chain = [table]
    family = table.get("inherits")
    while "inherits" in chain[-1]:
        above = chain[-1]["inherits"]
        if above not in tables or not tables[above].get("marks"):
            known = ", ".join(n for n in tables if tables[n].get("marks"))
            raise DataFileError(file, "inherits", f"{above!r} is no family; one of {known}")
        if len(chain) > len(tables):
            raise DataFileError(file, "inherits", f"{above!r} inherits from itself; take one of the two out")
        chain.append(tables[above])

    def inherited(key: str) -> Any:
        return next((t[key] for t in chain if key in t), None)

    select: dict[str, tuple[str, ...]] = {}
    for t in reversed(chain):
        select |= _selectors(file, "select", t.get("select", {}))
    layouts = [_layout(file, i, one, select) for i, one in enumerate(inherited("layout") or [{}], 1)]
    for i, layout in enumerate(layouts, 1):
        if missing := [part for part in ("title", "body") if part not in layout.select]:
            raise DataFileError(file, f"layout {i}", f"no selector for {' and '.join(missing)}; name it under [select]")
    days: Literal["dmy", "mdy"] = inherited("days") or "dmy"
    if days not in ("dmy", "mdy"):
        raise DataFileError(file, "days", f"{days!r}; dmy (the default) or mdy")
    return Profile(
        name=name,
        file=f"sites/{file.name}",
        hosts=_strings(file, "hosts", table.get("hosts", [])),
        marks=_strings(file, "marks", table.get("marks", [])),
        family=family,
        article=_pattern(file, inherited("article")),
        publisher=table.get("publisher"),
        days=days,
        layouts=tuple(layouts),
        scrape=dict(inherited("scrape") or {}),
    )


def _layout(file: object, number: int, table: Mapping[str, Any], select: Selectors) -> Layout:
    where = f"layout {number}"
    check_keys(file, where, table, (), ("from", "until", "select"))
    for key in ("from", "until"):
        if not isinstance(table.get(key, date.min), date):
            raise DataFileError(file, f"{where}: {key}", "not a day; write 2016-06-30 without quotes")
    start, until = table.get("from"), table.get("until")
    if start and until and start > until:
        raise DataFileError(file, where, f"from {start} until {until} holds no day; put the earlier one first")
    return Layout({**select, **_selectors(file, f"{where}: select", table.get("select", {}))}, start, until)


def _selectors(file: object, where: str, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    from cssselect import HTMLTranslator, SelectorError

    check_keys(file, where, table, (), PARTS)
    out = {}
    for part, value in table.items():
        listed = _strings(file, f"{where}.{part}", [value] if isinstance(value, str) else value)
        for selector in listed:
            try:
                HTMLTranslator().css_to_xpath(selector)
            except SelectorError as e:
                raise DataFileError(file, f"{where}.{part}", f"{selector!r} is no CSS selector: {e}") from None
        out[part] = listed
    return out


def _strings(file: object, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise DataFileError(file, key, "not text or a list of texts in brackets")
    return tuple(value)


def _pattern(file: object, value: Any) -> re.Pattern[str] | None:
    if value is None:
        return None
    try:
        return re.compile(value)
    except (re.error, TypeError) as e:
        raise DataFileError(file, "article", f"{value!r} is no regular expression: {e}") from None
