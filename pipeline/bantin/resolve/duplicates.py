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


def signature(article: Article, folded: str) -> Signature:
    """The signature of an article: linear in its length, of at most 680 hashes. `folded` is `fold` of its text."""
    body = "\n".join(folded[b.start : b.end] for b in article.blocks if b.kind not in _NOT_BODY)
    return _signature(" ".join(body[:LONGEST].split()))


def _signature(folded: str) -> Signature:
    low = np.frombuffer(lower(folded).encode("utf-32-le"), dtype="<u4")
    own = np.frombuffer(folded.encode("utf-32-le"), dtype="<u4")
    kinds = _kinds().take(low, mode="clip")
    word = np.zeros(len(kinds) + 2, bool)  # nothing stands before and behind
    word[1:-1] = kinds
    edges = np.flatnonzero(word[1:] != word[:-1])
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        empty = np.empty(0, np.uint64)
        return Signature(empty, empty, empty, empty, 0)
    words = _sums(low.astype(np.uint64), starts, ends)
    digits = np.add.reduceat(kinds == 2, starts) > 0
    capital = own[starts] != low[starts]
    inside = np.zeros(len(starts), bool)  # the word goes on a sentence
    inside[1:] = (starts[1:] - ends[:-1] == 1) & (own[starts[1:] - 1] == 0x20)
    wild = digits | capital
    kept = np.flatnonzero(np.append(True, ~(wild[1:] & wild[:-1])))  # neighbours in one place
    masked = np.where(wild, _WILD, words)[kept]
    behind = np.append(kept[1:], len(words))
    told = np.add.reduceat(digits | (capital & inside), kept) > 0
    places = wild[kept] & told
    (plain, long), (hidden, long_hidden) = _shingles(words), _shingles(masked)
    return Signature(
        _distinct(np.concatenate([_least(long, KEYS), _least(long_hidden, KEYS)])),
        _least(plain, SKETCH),
        _least(hidden, SKETCH),
        _places(masked, _sums(words, kept, behind), places),
        max(0, len(words) - SHINGLE + 1),
    )


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Of each character below `_CODES`: 2 a digit, 1 a letter, 0 neither; and 1 for all beyond."""
    kinds = [2 if (c := chr(code)).isdigit() else int(c.isalpha() or c == "_") for code in range(_CODES)]
    return np.array([*kinds, 1], np.uint8)


@cache
def _powers() -> Hashes:
    return np.array([pow(_MULTIPLIER, i + 1, 2**64) for i in range(64)], np.uint64)


def _mixed(values: Hashes) -> Hashes:
    """Hashes whose bits all depend on one another (the finalizer of splitmix64)."""
    mixed: Hashes = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _sums(values: Hashes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Hashes:
    """One hash of the values of each stretch, in their order."""
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    terms: Hashes = (values[np.repeat(starts, lengths) + at] + np.uint64(1)) * _powers()[np.minimum(at, 63)]
    sums: Hashes = np.add.reduceat(terms, first)
    return _mixed(sums)


def _shingles(words: Hashes) -> tuple[Hashes, Hashes]:
    """Hashes of every run of `SHINGLE` and of `LONG_SHINGLE` words, the latter as three runs of four."""
    four = _runs(words, 4, 1)
    short = four[:-1] * _powers()[1] + words[4:] if len(words) >= SHINGLE else four[:0]
    return _mixed(short), _mixed(_runs(_mixed(four), 3, 4))


def _runs(values: Hashes, count: int, step: int) -> Hashes:
    size = len(values) - (count - 1) * step
    total = np.zeros(max(0, size), np.uint64)
    for i in range(count if size > 0 else 0):
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


def _places(masked: Hashes, said: Hashes, places: npt.NDArray[np.bool_]) -> Hashes:
    """Masked places with two words on either side; none whose surroundings come again in the article."""
    at = np.flatnonzero(places[2:-2]) + 2
    if not len(at):
        return np.empty(0, np.uint64)
    around = masked[at - 2], masked[at - 1], masked[at + 1], masked[at + 2]
    total = np.zeros(len(at), np.uint64)
    for i, word in enumerate(around):
        total += word * _powers()[i]
    context, first, counts = np.unique(_mixed(total) >> np.uint64(32), return_index=True, return_counts=True)
    told: Hashes = ((context << np.uint64(32)) | (said[at][first] >> np.uint64(32)))[counts == 1]
    return told[:PLACES]


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
    low = np.uint64(32)
    _, mine, theirs = np.intersect1d(a >> low, b >> low, assume_unique=True, return_indices=True)
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
    pairs: Hashes = ((earlier << np.uint64(32)) | later).ravel()
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
