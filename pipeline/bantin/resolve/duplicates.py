"""Articles of a batch that repeat one another, and how: exact, reprint, revision, abridged, template sibling.

The body of each article (no title, dateline, byline) is sketched once, in the worker: hashes of its runs of
five words, once as they stand and once with numbers and names masked, the smallest of each (a bottom-k sketch, Cohen
and Kaplan 2007), and what stands in each place that was masked. Articles that share small hashes are compared:
the sketches say how much of the sentences agree, the masked places whether they tell of the same day, figures and
names. Next quarter's report agrees in its sentences and differs in its figures: a sibling, and no duplicate.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from bantin.text import lower
from bantin.types import DUPLICATE_KINDS, Article, DuplicateKind

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]

SHINGLE, LONG_SHINGLE = 5, 12  # words
SKETCH, PLACES = 256, 128  # hashes kept of an article
KEYS = 20  # and of its long runs, plain and masked, by which articles are found: short ones are every bulletin's
SHARED_KEYS = 2  # that two articles must share to be compared
NEIGHBOURS = 4
CROWD = 32  # articles that share a hash, above which not every two of them are compared
LONGEST = 1_000_000  # characters looked at

_LEAST = 12  # runs of words under which only an exact copy is told
_SHORT = 60  # and under which nearly all must agree
_DAY = 1440  # minutes
_NOT_BODY = frozenset({"title", "dateline", "byline", "source"})
_CODES = 0x3000  # characters beyond are taken for letters
_MULTIPLIER = 0x9E3779B97F4A7C15
_WILD = np.uint64(0x5851F42D4C957F2D)
_KEYS_AT_ONCE = 1 << 14
_MOST = np.uint64(2**64 - 1)
_EXACT, _ABRIDGED, _SIBLING = (DUPLICATE_KINDS.index(k) for k in ("exact", "abridged", "template_sibling"))
_HALF = np.uint64(32)
_LETTER, _DIGIT, _SPACE, _SIGN = 1, 2, 4, 8
_TOGETHER = 65_536  # characters sketched in one go


@dataclass(frozen=True, slots=True)
class Signature:
    """What an article is found and compared by: sorted hashes. `places` hold the words around in the high half, what
    stands there in the low. `words` counts the runs of words of the body."""

    keys: Hashes
    plain: Hashes
    masked: Hashes
    places: Hashes
    words: int


@dataclass(frozen=True, slots=True)
class Edition:
    """An article among its duplicates: minutes of its publication (None unknown), and hashes, 0 where it has none."""

    published: int | None
    site: int = 0
    url: int = 0
    title: int = 0


@dataclass(frozen=True, slots=True)
class Links:
    """What each article of a batch repeats, by their places in it, and how: nine bytes an article, no objects.

    `of` names the article itself where it repeats none; `kinds` are places in `DUPLICATE_KINDS`, of no meaning there.
    """

    of: Places
    kinds: npt.NDArray[np.uint8]

    @property
    def repeating(self) -> npt.NDArray[np.bool_]:
        """Whether an article repeats another."""
        told: npt.NDArray[np.bool_] = self.of != np.arange(len(self.of), dtype=np.uint32)
        return told


def body(article: Article, folded: str) -> str:
    """What of an article is sketched: all but title, dateline, byline and source. `folded` is `fold` of its text."""
    return "\n".join(folded[b.start : b.end] for b in article.blocks if b.kind not in _NOT_BODY)[:LONGEST]


def signatures(bodies: Iterable[str]) -> Iterator[Signature]:
    """The signatures of bodies, in their order: linear in the length of each, and of at most 680 hashes."""
    held: list[str] = []
    size = 0
    for one in bodies:
        held.append(one)
        size += len(one)
        if size >= _TOGETHER:
            yield from _signatures(held)
            held, size = [], 0
    yield from _signatures(held)


def _signatures(bodies: Sequence[str]) -> Iterator[Signature]:
    """Those of bodies that are read as one text, with a sign behind each: most bodies are too short for numpy alone."""
    own, low = (
        np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le"), "<u4") for texts in (bodies, map(lower, bodies))
    )
    kinds = _kinds().take(low, mode="clip")
    word = np.zeros(len(kinds) + 1, bool)  # nothing stands before
    np.less_equal(kinds, _LETTER | _DIGIT, out=word[1:])
    edges = np.flatnonzero(word[1:] != word[:-1])
    if not len(edges):
        empty = np.empty(0, np.uint64)
        yield from (Signature(empty, empty, empty, empty, 0) for _ in bodies)
        return
    starts, ends = edges[::2], edges[1::2]
    bounds = np.searchsorted(starts, np.cumsum([0, *(len(one) + 1 for one in bodies)]))
    words = _sums(low[word[1:]], ends - starts)
    found = np.bitwise_or.reduceat(kinds, edges)  # in a word, and behind it
    digits = found[::2] & _DIGIT != 0
    capital = own[starts] != low[starts]
    inside = np.append(False, found[1:-1:2] == _SPACE)  # the word goes on a sentence
    wild = digits | capital
    begins = np.append(True, ~(wild[1:] & wild[:-1]))  # neighbours in one place
    begins[bounds[bounds < len(words)]] = True
    kept = np.flatnonzero(begins)
    kept_bounds = np.searchsorted(kept, bounds)
    masked = np.where(wild, _WILD, words)[kept]
    told = wild[kept] & np.logical_or.reduceat(digits | (capital & inside), kept)
    at = np.flatnonzero(told[2:-2]) + 2  # with two words on either side
    places = _places(masked, words, at, kept)
    (plain, long), (hidden, long_hidden) = _shingles(words), _shingles(masked)
    around = zip(np.searchsorted(at, kept_bounds[:-1] + 2), np.searchsorted(at, kept_bounds[1:] - 2), strict=True)
    for short, key, short_hidden, key_hidden, (first, last) in zip(
        _each(plain, bounds, SHINGLE - 1),
        _each(long, bounds, LONG_SHINGLE - 1),
        _each(hidden, kept_bounds, SHINGLE - 1),
        _each(long_hidden, kept_bounds, LONG_SHINGLE - 1),
        around,
        strict=True,
    ):
        yield Signature(
            _distinct(np.concatenate([_least(key, KEYS), _least(key_hidden, KEYS)])),
            _least(short, SKETCH),
            _least(short_hidden, SKETCH),
            _once(places[first:last])[:PLACES],
            len(short),
        )


def _each(runs: Hashes, bounds: npt.NDArray[np.int64], over: int) -> Iterator[Hashes]:
    """The runs of each body: the last `over` that begin in it go on into the next."""
    for first, last in pairwise(bounds.tolist()):
        yield runs[first : max(first, last - over)]


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Of each character below `_CODES` what it is; and a letter for all beyond."""
    return np.array([*(_kind(chr(code)) for code in range(_CODES)), _LETTER], np.uint8)


def _kind(character: str) -> int:
    if character.isdigit():
        return _DIGIT
    if character.isalpha() or character == "_":
        return _LETTER
    return _SPACE if character.isspace() else _SIGN


@cache
def _powers() -> Hashes:
    return np.array([pow(_MULTIPLIER, i + 1, 2**64) for i in range(64)], np.uint64)


def _mixed(values: Hashes) -> Hashes:
    """Hashes whose bits all depend on one another (the finalizer of splitmix64)."""
    mixed: Hashes = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _sums(values: npt.NDArray[np.unsignedinteger[Any]], lengths: npt.NDArray[np.int64]) -> Hashes:
    """One hash of the values of each stretch, in their order; the stretches stand one behind the other."""
    first = np.cumsum(lengths) - lengths
    at = np.arange(len(values)) - np.repeat(first, lengths)
    terms: Hashes = (values.astype(np.uint64) + np.uint64(1)) * _powers().take(at, mode="clip")
    return _mixed(np.add.reduceat(terms, first))


def _shingles(words: Hashes) -> tuple[Hashes, Hashes]:
    """Hashes of every run of `SHINGLE` and of `LONG_SHINGLE` words, the latter as three runs of four."""
    four = _runs(words, 4, 1)
    return _mixed(four[:-1] * _powers()[1] + words[4:]), _mixed(_runs(_mixed(four), 3, 4))


def _runs(values: Hashes, count: int, step: int) -> Hashes:
    size = max(0, len(values) - (count - 1) * step)
    total = np.zeros(size, np.uint64)
    for i in range(count):
        total += values[i * step : i * step + size] * _powers()[i]
    return total


def _least(hashes: Hashes, most: int) -> Hashes:
    """The smallest `most` different hashes, sorted."""
    if len(hashes) > 4 * most:
        some = _distinct(np.partition(hashes, 2 * most)[: 2 * most])
        if len(some) >= most:
            return some[:most]
    return _distinct(hashes)[:most]


def _distinct(hashes: Hashes) -> Hashes:
    """What `np.unique` gives, without its detour over a hash table, which costs more than to sort so few."""
    ordered = np.sort(hashes)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    distinct: Hashes = ordered[first]
    return distinct


def _places(masked: Hashes, words: Hashes, at: npt.NDArray[np.int64], kept: npt.NDArray[np.int64]) -> Hashes:
    """Masked places: two words on either side in the high half, in the low what stands there."""
    if not len(at):
        return np.empty(0, np.uint64)
    around = np.zeros(len(at), np.uint64)
    for i, step in enumerate((-2, -1, 1, 2)):
        around += masked[at + step] * _powers()[i]
    lengths = kept[at + 1] - kept[at]
    first = np.cumsum(lengths) - lengths
    said = _sums(words[np.arange(int(lengths.sum())) + np.repeat(kept[at] - first, lengths)], lengths)
    return (_mixed(around) >> _HALF << _HALF) | (said >> _HALF)


def _once(places: Hashes) -> Hashes:
    """Places in order, none whose surroundings come again in the article."""
    ordered = np.sort(places)
    around = ordered >> _HALF
    differs = np.ones(len(ordered) + 1, bool)
    np.not_equal(around[1:], around[:-1], out=differs[1:-1])
    once: Hashes = ordered[differs[1:] & differs[:-1]]
    return once


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much two sketches share: of both together (Jaccard), and of the smaller (containment)."""

    jaccard: float
    contained: float


def agreement(a: Hashes, b: Hashes) -> Agreement:
    """What two bottom-k sketches tell of the sets behind them: both are compared up to where the shorter reach ends."""
    reach = min(_reach(a), _reach(b))
    a, b = a[a <= reach], b[b <= reach]
    if not len(a) or not len(b):
        return Agreement(0.0, 0.0)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return Agreement(shared / (len(a) + len(b) - shared), shared / min(len(a), len(b)))


def _reach(sketch: Hashes) -> np.uint64:
    return sketch[-1] if len(sketch) == SKETCH else _MOST


def figures(a: Hashes, b: Hashes) -> tuple[int, int]:
    """In how many places of the same surroundings two articles say the same, and in how many something else."""
    _, mine, theirs = np.intersect1d(a >> _HALF, b >> _HALF, assume_unique=True, return_indices=True)
    same = int(np.count_nonzero(a[mine] == b[theirs]))
    return same, len(mine) - same


def relation(a: Edition, one: Signature, b: Edition, other: Signature) -> DuplicateKind | None:
    """How two articles that are no exact copies repeat each other; None if they do not."""
    if min(one.words, other.words) < _LEAST:
        return None
    plain, masked = agreement(one.plain, other.plain), agreement(one.masked, other.masked)
    short = min(one.words, other.words) < _SHORT
    same, differ = figures(one.places, other.places)
    apart = _minutes_apart(a, b)
    told_alike = differ == 0 or (differ == 1 and same >= 5 and apart <= 20 * _DAY) or differ * 20 <= same
    if a.url and a.url == b.url and max(plain.contained, masked.contained) >= 0.5:
        return "revision"
    shorter = min(one.words, other.words) < 0.8 * max(one.words, other.words)
    if shorter and plain.contained >= (0.9 if short else 0.75) and (told_alike or 3 * differ <= same):
        return "abridged"
    if told_alike and not shorter and plain.jaccard >= (0.8 if short else 0.6):
        return "revision" if a.site and a.site == b.site else "reprint"
    if differ and masked.jaccard >= (0.8 if short else 0.6):
        at_once = a.site != 0 and a.site == b.site and a.title == b.title != 0 and apart <= 3 * _DAY
        return "revision" if at_once and differ <= same else "template_sibling"
    return None


def _minutes_apart(a: Edition, b: Edition) -> float:
    return math.inf if a.published is None or b.published is None else abs(a.published - b.published)


def paired(owners: npt.NDArray[np.uint32], keys: Hashes) -> Iterator[Hashes]:
    """Pairs of articles that share a key, once a key, as `earlier << 32 | later`. `keys[i]` is a key of `owners[i]`.

    Of a crowd that shares one key each is paired with the first and with the few before it: time and memory stay in
    proportion to the batch, and a series hangs together all the same.
    """
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    bounds = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1], [True]])) if len(keys) else np.zeros(1, int)
    sizes = np.diff(bounds)
    for size in np.unique(sizes[sizes > 1]).tolist():
        starts = bounds[:-1][sizes == size]
        for some in np.array_split(starts, len(starts) * size // _KEYS_AT_ONCE + 1):
            groups = owners[some[:, None] + np.arange(size)].astype(np.uint64)
            if size <= CROWD:
                left, right = np.triu_indices(size, 1)
                yield _pairs(groups[:, left], groups[:, right])
                continue
            yield _pairs(groups[:, :1], groups[:, 1:])
            for step in range(1, NEIGHBOURS + 1):
                yield _pairs(groups[:, :-step], groups[:, step:])


def _pairs(earlier: Hashes, later: Hashes) -> Hashes:
    pairs: Hashes = ((earlier << _HALF) | later).ravel()
    return pairs


def candidates(pairs: Hashes) -> Iterator[tuple[int, int]]:
    """The articles to compare, each two once, from every pair of theirs that `paired` gave."""
    found, counts = np.unique(pairs, return_counts=True)
    for pair in found[counts >= SHARED_KEYS].tolist():
        yield pair >> 32, pair & 0xFFFFFFFF


def earliest_first(published: npt.NDArray[np.int64]) -> Places:
    """The rank of each article by minutes of publication (-1 unknown: last, in the order of the batch)."""
    ranks = np.empty(len(published), np.uint32)
    ranks[np.argsort(published.view(np.uint64), kind="stable")] = np.arange(len(published), dtype=np.uint32)
    return ranks


def copies(digests: Hashes, ranks: Places) -> Places:
    """Of each article the earliest exact copy. `digests` are those of the articles' folded words."""
    order = np.lexsort((ranks, digests)).astype(np.uint32)
    ordered = digests[order]
    new = np.append(True, ordered[1:] != ordered[:-1])[: len(order)]
    earliest = np.empty(len(order), np.uint32)
    earliest[order] = np.repeat(order[new], np.diff(np.append(np.flatnonzero(new), len(order))))
    return earliest


def settle(
    exact: Places, related: Iterable[tuple[int, int, DuplicateKind]], words: npt.NDArray[Any], ranks: Places
) -> Links:
    """One link for each article that repeats another. `exact` is what `copies` told.

    The earlier of two is repeated, but the longer where one is abridged. Chains are followed to the article that
    repeats none, so that all copies of one text name the same article; a series of siblings names its earliest. An
    article that is both a duplicate and a sibling is a duplicate.
    """
    parents, how = array("I", exact.tobytes()), bytearray(len(exact))
    rank = ranks.data  # read one by one, a view is quicker than an array
    siblings = _Series(rank)
    for i, j, kind in related:
        if kind == "template_sibling":
            siblings.join(i, j)
            continue
        child, parent = (i, j) if rank[i] > rank[j] else (j, i)
        if kind == "abridged":
            child, parent = sorted((i, j), key=lambda n: (int(words[n]), n))
        known = parents[child]
        # What an article repeats wholly comes before a longer one, the earliest before others.
        if known == child or (
            how[child] != _EXACT and (kind == "abridged", rank[parent]) < (how[child] == _ABRIDGED, rank[known])
        ):
            parents[child], how[child] = parent, DUPLICATE_KINDS.index(kind)
    of, kinds = array("I", parents), bytearray(how)
    for index, parent in enumerate(parents):
        if parent != index:
            of[index], kinds[index] = _followed(index, parents, how)
    series = _Series(rank)  # of what is repeated, where a duplicate is a sibling
    for index in range(len(of)):
        series.join(of[index], of[siblings.earliest(index)])
    for index in range(len(of)):
        if (first := series.earliest(index)) != index:
            of[index], kinds[index] = first, _SIBLING
    return Links(np.frombuffer(of, np.uint32), np.frombuffer(kinds, np.uint8))


def _followed(index: int, parents: Sequence[int], how: Sequence[int]) -> tuple[int, int]:
    kind, of, seen = how[index], parents[index], {index}
    while parents[of] != of and of not in seen:
        seen.add(of)
        kind, of = max(kind, how[of]), parents[of]
    if of in seen:  # a ring, of abridged and later texts: the first of it is repeated
        of = min(seen)
    return of, kind


class _Series:
    """Disjoint sets of articles (union-find), each known by its earliest."""

    def __init__(self, rank: Sequence[int]) -> None:
        self._rank = rank
        self._parent = array("I", range(len(rank)))

    def join(self, a: int, b: int) -> None:
        a, b = self.earliest(a), self.earliest(b)
        if self._rank[b] < self._rank[a]:
            a, b = b, a
        self._parent[b] = a

    def earliest(self, a: int) -> int:
        parent = self._parent
        while (above := parent[a]) != a:
            parent[a] = parent[above]
            a = above
        return a
