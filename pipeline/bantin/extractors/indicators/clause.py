"""Who did what around a number: the action before it and the actor of its clause, inherited within the block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.normalize import phrase
from bantin.extractors.indicators.nouns import phrases, whole_phrases
from bantin.lexicon import load_lexicon
from bantin.text import View
from bantin.types import Block, Span

_SENTENCE = re.compile(r"[.!?…](?=\s|\Z)|\n")
_MADE_A_NOUN = re.compile(
    r"(?:công tác|hoạt động|việc|kế hoạch|chương trình|quỹ|kết quả|người|về|phong trào|tổ chức)\s{1,2}\Z"
)
_BEFORE_A_NOUN = frozenset({"tác", "động", "việc", "hoạch", "trình", "quỹ", "quả", "người", "về", "trào", "chức"})
_EXISTS = frozenset({"có", "đã có", "hiện có", "đạt"})
_OPENS_CLAUSE = re.compile(r"[.;:,(!?…\n]|-\s")
_LONGEST_ACTOR = 160
_LONGEST_CLAUSE = 600


@lru_cache(maxsize=1)
def _actions() -> re.Pattern[str]:
    return whole_phrases(load_lexicon("action_verbs"))


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    return whole_phrases(load_lexicon("status_cues"))


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return phrases(load_lexicon("actor_heads"))


@lru_cache(maxsize=1)
def _actor_starts() -> re.Pattern[str]:
    heads = _heads().pattern
    return re.compile(
        rf"\s{{0,3}}(?:(?:trong đó|theo đó|cụ thể|đồng thời|ngoài ra|bên cạnh đó|riêng|hiện nay|đến nay|kết quả|qua đó)"
        rf"\s{{1,2}},?\s{{0,2}})?"
        rf"(?P<actor>(?:(?:toàn|toàn thể|các|những|nhiều|mỗi|hầu hết|tất cả|một số|cả|đại diện|lãnh đạo)"
        rf"\s{{1,2}}){{0,2}}{heads})"
    )


@lru_cache(maxsize=1)
def _actor_end() -> re.Pattern[str]:
    """What follows an actor: an auxiliary, a verb, or the end of the clause, which means that it was no actor."""
    verbs = phrases(v for v in load_lexicon("action_verbs") if " " in v or v in ("mở", "trao", "tặng", "thăm", "có"))
    return re.compile(
        r"\s{1,3}(?:(?P<auxiliary>đã|sẽ|đang|cũng|luôn|cần|phải|được|còn|tiếp tục|phấn đấu|chủ động|tích cực|hiện có"
        rf"|thường xuyên|kịp thời|nghiêm túc)(?![^\W_])|(?P<verb>{verbs.pattern}))"
        r"|\s{0,2}[.;:!?…()]|\n"
    )


def _made_a_noun(low: str, start: int, at: int) -> bool:
    words = low[start:at].split()
    return bool(words) and words[-1] in _BEFORE_A_NOUN and _MADE_A_NOUN.search(low, start, at) is not None


class Clauses:
    """The actions and actors of one block, found once, asked for each number."""

    def __init__(self, view: View, block: Block) -> None:
        self._view, self.block = view, block
        low = view.lower
        self._sentence_starts = [block.start, *(m.end() for m in _SENTENCE.finditer(low, block.start, block.end))]
        self._actions = [
            Span(m.start(), m.end())
            for m in _actions().finditer(low, block.start, block.end)
            if not _made_a_noun(low, max(block.start, m.start() - 12), m.start())
        ]
        self._action_starts = [a.start for a in self._actions]
        self._actors = self._find_actors()
        self._actor_starts = [a.start for a in self._actors]
        cues = list(_cues().finditer(low, block.start, block.end))
        notes = load_lexicon("status_cues")
        self._cue_starts = [m.start() for m in cues]
        self._cues = [(m.end(), notes.note(" ".join(m.group().split()))) for m in cues]

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return self._sentence_starts[bisect_right(self._sentence_starts, at) - 1]

    def status_cue(self, start: int, end: int) -> str | None:
        """The last cue of a status ("phấn đấu": plan) that stands inside [start, end), or None."""
        i = bisect_left(self._cue_starts, end) - 1
        while i >= 0 and self._cue_starts[i] >= start:
            if self._cues[i][0] <= end:
                return self._cues[i][1]
            i -= 1
        return None

    def _find_actors(self) -> list[Span]:
        low, out, taken = self._view.lower, [], self.block.start
        opened, match = self.block.start, _actor_starts().match
        clauses = [opened, *(m.end() for m in _OPENS_CLAUSE.finditer(low, opened, self.block.end))]
        for begin in clauses:
            m = match(low, begin, self.block.end)
            if m is None or (start := m.start("actor")) < taken:
                continue
            stop = _actor_end().search(low, m.end("actor"), min(self.block.end, start + _LONGEST_ACTOR))
            if stop is None or not (stop["auxiliary"] or stop["verb"]):
                continue
            inner = low[max(self.block.start, m.start() - 2) : start].rstrip().endswith(",")
            if inner and not stop["auxiliary"]:
                continue  # "các chủ trương, đơn vị tổ chức": a member of a list, not a subject
            out.append(Span(start, stop.start()))
            taken = stop.start()
        return out

    def action(self, at: int, earliest: int, *, money: bool) -> Span | None:
        """What was done: the last action before `at` in its sentence, not before `earliest`.

        Money stands at the end of its clause, so there it is the first action behind the last comma or semicolon.
        """
        lowest = max(earliest, self.sentence_start(at), at - _LONGEST_CLAUSE)
        i = bisect_right(self._action_starts, at - 1) - 1
        if i < 0 or self._actions[i].start < lowest or self._actions[i].end > at:
            return None
        if not money:
            return self._actions[i]
        low = self._view.lower
        cut = max(low.rfind(mark, lowest, self._actions[i].start) for mark in ",;:(")
        while i > 0 and self._actions[i - 1].start >= max(lowest, cut + 1):
            i -= 1
        return self._actions[i]

    def actor(self, at: int) -> tuple[int, str] | None:
        """Where the actor of the sentence of `at` begins, else the nearest one before it in the block; and its name."""
        i = bisect_right(self._actor_starts, at - 1) - 1
        if i < 0:
            return None
        a = self._actors[i]
        name = phrase(self._view, a.start, min(a.end, at))
        return (a.start, name) if name else None

    def counted_actor(self, counted: Found, before: int) -> str | None:
        """ "26/31 tập đoàn trong Khối thực hiện ...": a counted body that the next number's clause is about."""
        if counted.noun is None or not _heads().match(self._view.lower, counted.noun.start):
            return None
        done = self.action(counted.start, self.sentence_start(counted.start), money=False)
        if done is not None and self.text(done).lower() not in _EXISTS:
            return None  # "đã kết nạp 5 đảng viên, trao ...": the object of one action is not the subject of the next
        stop = _actor_end().search(self._view.lower, counted.end, min(before, counted.end + _LONGEST_ACTOR))
        if stop is None or not (stop["auxiliary"] or stop["verb"]):
            return None
        return phrase(self._view, counted.start, stop.start())

    def text(self, span: Span) -> str:
        return phrase(self._view, span.start, span.end)
