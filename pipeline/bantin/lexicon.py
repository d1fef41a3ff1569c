"""Lexicons: CSV files `form,canonical,note` whose forms are folded like the text they are matched on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bantin.datafile import packaged, read_csv
from bantin.errors import DataFileError
from bantin.text import fold_key

COLUMNS = ("form", "canonical", "note")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded form -> canonical spelling. Growth is one row of a CSV file, never a pattern."""

    name: str
    entries: Mapping[str, str]
    notes: Mapping[str, str]

    def __contains__(self, form: str) -> bool:
        return fold_key(form) in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def matched(self, form: str) -> str:
        """The canonical spelling of a form as a pattern of this lexicon matched it: lower case, spaces of any number.

        Raises KeyError for anything else; cheaper than `canonical`, which takes any spelling.
        """
        return self.entries[" ".join(form.split())]

    def noted(self, form: str) -> str:
        """The note of a form as `matched` takes it, "" for anything else; cheaper than `note` likewise."""
        note = self.notes.get(form)  # most forms stand as the lexicon writes them
        return self.notes.get(" ".join(form.split()), "") if note is None else note

    def canonical(self, form: str) -> str | None:
        """The canonical spelling of a printed form, or None if the lexicon does not know it."""
        return self.entries.get(fold_key(form))

    def note(self, form: str) -> str:
        return self.notes.get(fold_key(form), "")


@cache
def load_lexicon(name: str) -> Lexicon:
    """`lexicons/<name>.csv`. An empty canonical means the form itself. Raises DataFileError on a form given twice."""
    file = packaged("lexicons", f"{name}.csv")
    entries: dict[str, str] = {}
    notes: dict[str, str] = {}
    for i, row in enumerate(read_csv(file, COLUMNS), 2):
        key = fold_key(row["form"])
        if not key:
            raise DataFileError(file, f"row {i}", "empty form")
        if key in entries:
            raise DataFileError(file, f"row {i}", f"{row['form']!r} stands twice (same letters after folding)")
        entries[key] = row["canonical"] or row["form"]
        notes[key] = row["note"]
    return Lexicon(name, entries, notes)


SPACE = r"\s{1,3}"
"""What stands for a space of a lexicon form in a pattern: pages double spaces and break lines anywhere."""


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression that matches exactly these words, longest first, in time linear in the text.

    A space of a word matches up to three of any kind.
    """
    root: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = root  # type: ignore[assignment]
        for ch in word:
            node = node.setdefault(ch, {})  # type: ignore[assignment]
        node[""] = {}

    def build(node: dict[str, object]) -> str:
        ends = "" in node
        branches = [
            (SPACE if ch == " " else re.escape(ch)) + build(node[ch])  # type: ignore[arg-type]
            for ch in sorted(node)
            if ch
        ]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
        return f"{body}?" if ends else body

    return build(root)  # type: ignore[arg-type]
