"""What each source says about a field, which of them is believed, and what the others say.

Order of belief: the row or archive record, the site's profile, JSON-LD, OpenGraph and other meta tags, `time` elements,
the visible date line and byline, the rule of the content system. A page that says nothing gives null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bantin.read.dateline import parse_published
from bantin.text import normalise
from bantin.types import Evidence, EvidenceField

Precision = Literal["minute", "day"]
_UTC = re.compile(r"(?:z|[+-]00:?00)$", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's value of one field, as it stands there."""

    field: EvidenceField
    value: object
    source: str


def clean(value: object) -> str | None:
    """A field on one line, NFC, as printed; None for anything that is no text."""
    if not isinstance(value, str):
        return None
    return " ".join(normalise(value)[0].split()) or None


def settle(claims: Iterable[Claim], field: EvidenceField) -> tuple[str | None, list[Evidence]]:
    """The first text that is claimed for a field, and every claim, the used one first."""
    said = [(text, c.source) for c in claims if c.field == field and (text := clean(c.value))]
    return (said[0][0] if said else None), [Evidence(field, t, s, i == 0) for i, (t, s) in enumerate(said)]


def settle_date(
    claims: Sequence[Claim], field: Literal["published", "modified"], fetched: str | None
) -> tuple[tuple[str, Precision] | None, list[Evidence]]:
    """The first date that is claimed, as ISO with its precision, and every claim, the used one first.

    A day gives way to the minute of the same day. A time in the markup that calls local digits UTC, as many sites
    write it, gives way to the same digits on the page. A date later than the page was fetched is not believed.
    """
    said: list[tuple[str, Precision, Claim]] = []
    unread: list[Evidence] = []
    for claim in claims:
        if claim.field == field and (raw := clean(claim.value)):
            known = parse_published(raw)
            if known is None or _later(known[0], fetched):
                unread.append(Evidence(field, raw, claim.source, False))
            else:
                said.append((*known, claim))
    if not said:
        return None, unread
    best = said[0]
    for other in said[1:]:
        finer = best[1] == "day" and other[1] == "minute" and other[0][:10] == best[0]
        shown = best[1] == "minute" and other[2].source == "dateline" and _same_digits(str(best[2].value), other[0])
        if finer or shown:
            best = other
    rest = [
        Evidence(field, best[0] if _same_digits(str(claim.value), best[0]) else iso, claim.source, False)
        for iso, _, claim in said
        if claim is not best[2]
    ]
    return (best[0], best[1]), [Evidence(field, best[0], best[2].source, True), *rest, *unread]


def _later(iso: str, fetched: str | None) -> bool:
    """Does a date lie after the day on which the page was fetched, a day of zones allowed?"""
    return fetched is not None and date.fromisoformat(iso[:10]) > date.fromisoformat(fetched[:10]) + timedelta(days=1)


def _same_digits(raw: str, iso: str) -> bool:
    """Does a time that is marked as UTC print the same clock as a Vietnamese time?"""
    return _UTC.search(raw.strip()) is not None and raw.strip()[:16].replace(" ", "T") == iso[:16]
