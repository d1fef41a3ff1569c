"""The counted noun behind a number: an open class, found by its form.

A known noun or classifier is taken from the lexicons, longest first; a classifier keeps the noun behind it. Behind any
other word the form decides: function words, verbs, capitals and punctuation end a noun phrase, and where nothing else
tells how long a compound is, the segmenter looks at a window of a few words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View, first_words
from bantin.types import Segmenter

Strength = Literal["known", "weak"]


class Noun(Struct, frozen=True):
    """A counted noun at [start, end); `known` where a lexicon holds it, `weak` where only its form speaks for it."""

    start: int
    end: int
    strength: Strength
    classifier_end: int | None = None


class NoNoun(Struct, frozen=True):
    """What stands behind the number instead of a noun, as a reason: duration, age, clock, score, verb, name, none."""

    reason: str
    end: int


def phrases(forms: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words or phrases, longest first; a space in a form matches any white space."""
    body = trie_pattern(forms).replace(r"\ ", r"\s{1,3}")
    return re.compile(rf"(?:{body})(?![^\W_])")


class WholePhrases:
    """Whole words or phrases, longest first, to be searched for: no part of a word stands before one."""

    def __init__(self, forms: Iterable[str]) -> None:
        forms = tuple(forms)
        self._firsts = first_words(forms)
        self._pattern = re.compile(rf"(?<![^\W_]){phrases(forms).pattern}")

    def finditer(self, view: View, start: int, end: int) -> Iterator[re.Match[str]]:
        """The phrases within [start, end), in reading order."""
        return view.finditer(self._pattern, self._firsts, start, end)


_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0]{0,3}(?:\n(?=\S))?")
_ABBREVIATION = re.compile(r"[A-ZĐ][A-ZĐƯ]+(?:[-.&][A-ZĐƯ]+)*[a-z]?(?![^\W\d_])")
_WINDOW = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_SCORES = frozenset({"điểm"})  # a score where no noun follows: "95 điểm", but "19 điểm thi"
_CLOSED = re.compile(
    r"\s{0,2}(?:[,;.)/]|\Z)|\s{1,2}(?:và|hoặc|với|trong|ngoài|được|bị|có|đã|khác|này|cá nhân)(?![^\W_])"
)
_QUOTED_NAME = re.compile(  # 3 “Mái ấm tình thương”
    r"[“\"](?=[A-ZĐÂÁÀẢĂÊÔƠƯỦ])[^\W\d_]+(?: [^\W\d_]+){1,4}[”\"]"
)
_PERSON_TITLES = frozenset({"đồng chí", "vị", "ông", "bà", "anh", "chị", "em", "cháu", "mẹ", "cụ"})


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    nouns, classifiers = load_lexicon("counted_nouns"), load_lexicon("classifiers")
    activities, stops = load_lexicon("counted_activities"), load_lexicon("not_counted")
    times = load_lexicon("time_and_scores")
    return (
        phrases({*nouns, *classifiers}),
        phrases({*nouns, *activities}),
        phrases(stops),
        phrases(times),
        phrases(f for f in nouns if nouns.note(f) == "person"),
    )


def gap(view: View, at: int, end: int) -> int:
    """The offset behind the blanks at `at`; one line break may stand there."""
    m = _GAP.match(view.folded, at, end)
    return m.end() if m else at


def known_noun(view: View, at: int) -> int | None:
    """Where the counted noun of the lexicons that begins at or right behind `at` stops, or None."""
    m = _patterns()[0].match(view.lower, gap(view, at, len(view.lower)))
    return m.end() if m else None


def noun_after(view: View, at: int, end: int, segment: Segmenter, *, weak: bool = True) -> Noun | NoNoun:
    """The counted noun that begins at or right behind `at`, or what stands there instead.

    Without `weak` a weak noun will be refused: its first word stands for it; the segmenter, which is dear, is spared.
    """
    nouns, _, stops, times, _ = _patterns()
    start = gap(view, at, end)
    low = view.lower
    known = nouns.match(low, start, end)
    stop = stops.match(low, start, end)
    time = times.match(low, start, end)
    k = known.end() if known else start
    if stop:
        note = load_lexicon("not_counted").noted(stop.group())
        if note.startswith("verb, or") and _CLOSED.match(low, stop.end(), end):
            return Noun(start, stop.end(), "known")
    if time and time.end() >= k and not (stop and stop.end() > time.end()):
        return NoNoun(load_lexicon("time_and_scores").noted(time.group()), time.end())
    if stop and stop.end() > k:
        return NoNoun("verb" if note.startswith("verb") else "none", stop.end())
    if known:
        form = " ".join(known.group().split())
        if form not in load_lexicon("classifiers").entries:
            return Noun(start, k, "known")
        inside = _behind_classifier(view, form, k, end, segment)
        if inside == k and form in _SCORES:
            return NoNoun("score", k)
        return Noun(start, inside, "known", k)
    word = _WORD.match(view.folded, start, end)
    if word is None:
        quoted = _QUOTED_NAME.match(view.folded, start, end)
        return Noun(start, quoted.end(), "weak") if quoted else NoNoun("none", start)
    if _ABBREVIATION.match(view.folded, start, end):
        return Noun(start, word.end(), "weak")
    if view.folded[start].isupper():
        return NoNoun("name", word.end())
    return Noun(start, _compound(view, start, end, segment) if weak else word.end(), "weak")


def _behind_classifier(view: View, form: str, at: int, end: int, segment: Segmenter) -> int:
    """Where the noun behind a classifier stops; `at` where none stands there."""
    _, inner, stops, _, persons = _patterns()
    start = gap(view, at, end)
    if start == at:
        return at
    low = view.lower
    noun = (persons if form in _PERSON_TITLES else inner).match(low, start, end)
    stop = stops.match(low, start, end)
    if noun and not (stop and stop.end() > noun.end()):
        return noun.end()
    if stop or form in _PERSON_TITLES or not low[start : start + 1].isalpha() or view.folded[start].isupper():
        return at
    return _compound(view, start, end, segment)


def _compound(view: View, start: int, end: int, segment: Segmenter) -> int:
    """The end of the word of one or more syllables at `start`, asked of the segmenter on a window of four syllables."""
    stops = _patterns()[2]
    window = _WINDOW.match(view.folded, start, min(end, start + 48))
    if window is None:
        word = _WORD.match(view.folded, start, end)
        return word.end() if word else start
    text = window.group()
    first = text.find(" ")
    if first < 0 or stops.match(view.lower, start + first + 1, end):
        return start + (first if first > 0 else len(text))
    spans = segment(text)
    return start + (spans[0].end if spans and spans[0].start == 0 else first)
