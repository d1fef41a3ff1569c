"""From a match of a date rule to the items it stands for: where each stands, and its value."""

from __future__ import annotations

from datetime import date

from bantin.extractors.dates import calendar_forms, relative_forms
from bantin.extractors.dates.reading import Handler, Item, Reading
from bantin.rules import Hit
from bantin.text import View

HANDLERS: dict[str, Handler] = calendar_forms.FORMS | relative_forms.FORMS
"""What reads the matches of a rule, by its shape."""


def read(hit: Hit, view: View, published: date | None) -> list[Item]:
    """The items of a match in reading order; none where the match is no date after all (30/02, a range backwards)."""
    return HANDLERS[hit.rule.shape](Reading(hit, view, published))
