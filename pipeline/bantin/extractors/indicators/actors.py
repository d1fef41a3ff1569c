"""Who did what was counted: the subjects of a block's clauses, found once, asked for each number.

A subject is a body ("Ban Thường vụ Huyện ủy"), a group ("các cấp ủy", "toàn tỉnh") or a territory ("Hà Tĩnh") that
opens a clause and is followed by its predicate. The agent of a passive ("do tỉnh cấp", "được huyện hỗ trợ") governs its
clause, whoever is told to act ("đề nghị các đơn vị thực hiện ...") the rest of the sentence, and a clause without a
subject takes the nearest one before it. "Tổng dư nợ của X đạt ..." gives
the figure to X. "Theo X" and "X cho biết" name who reports: the actor where nobody else is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from bantin.extractors.indicators.clause import Clauses
from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.nouns import phrases
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.organisations import canonical_organisation, organisation_end
from bantin.text import View, first_words
from bantin.types import Block

Standing = Literal["subject", "counted", "agent", "told", "owner", "reporter"]

_SENTENCE = re.compile(r"[.!?…](?=\s|\Z)|\n")
_CLAUSE_END = re.compile(r"[,.;:!?…\n]")
_MARK = re.compile(r"[.;:,(!?…\n-](?:(?<!-)[\s“\"]{0,3}+|(?<=-)\s)(?!\d)")
_CUES = (
    *("do", "bởi", "được", "theo", "nhưng", "và", "còn", "song", "mà", "thì", "rằng", "để", "đề nghị", "yêu cầu"),
    *("chỉ đạo", "giao", "của", "đôn đốc", "hướng dẫn", "phân công", "này", "nay", "đó", "qua", "đây", "ghi nhận"),
    "nhận thấy",
)
_CUE = re.compile(rf"(?P<cue>{'|'.join(_CUES)})\s{{1,2}}+(?!\d)")
_CUE_WORDS = first_words(_CUES)
"""A clause opens behind a mark or a cue; no subject begins with a digit."""
_TOLD = frozenset({"đề nghị", "yêu cầu", "chỉ đạo", "giao", "đôn đốc", "hướng dẫn", "phân công"})
_WEAK_CUES = frozenset({"và", "để", "này", "nay", "đó", "qua", "đây", "mà", "thì"})
_DETERMINERS = (
    r"(?:(?:toàn thể|toàn|tất cả các|tất cả|các|những|nhiều|mỗi|hầu hết|một số|cả|đại diện|lãnh đạo|tập thể"
    r"|cán bộ|cấp ủy)\s{1,2}){0,2}"
)
_WHOLE = re.compile(
    r"(?:toàn|cả)\s{1,2}(?:tỉnh|huyện|xã|thành phố|tp|thị xã|quận|phường|ngành|quốc|quân|dân|khối|đảng bộ"
    r"|đảng)(?![^\W_])"
    r"|cả nước(?![^\W_])|địa phương(?![^\W_])"
)
_MANY = ("các ", "toàn ", "những ", "tất cả", "hầu hết")
_SHORT = frozenset(
    {"btv", "bch", "ubkt", "ubnd", "hđnd", "mttq", "ubmttq", "lđlđ", "đuk", "htx", "tand", "bql", "nhnn"}
)
_ORGANISES = re.compile(r"tổ\s{1,2}chức(?!\s(?:đảng|cơ sở|công đoàn|hội|đoàn|chính|thanh))")
_GIVES = re.compile(r"\s{1,2}(?:cấp|lập|chi|làm|cho)(?![^\W_])")
_APPOSED = re.compile(r",\s{1,2}(?:trực thuộc|thuộc|đơn vị|nay là|nơi)\s[^,.;:()\n\d]{1,80},")
"""What is set between commas behind a body: "Câu lạc bộ X, trực thuộc Hội Chữ thập đỏ tỉnh, đã tổ chức"."""
_TOGETHER = re.compile(
    r"(?:\s{1,2}(?:đã|sẽ|còn|cũng|chủ động|tích cực|đang)){0,3}\s{1,2}(?:phối hợp|cùng|liên kết)(?![^\W_])"
)
_REACHES = re.compile(
    r"\s{1,2}(?:ước |hiện |chỉ |cũng |đã ){0,2}(?:đạt|có|là|tăng|giảm|chiếm|ước|vượt|bằng|còn)(?![^\W_])"
)
_ASSEMBLY = re.compile(r"(?:đại hội|kỳ họp|hội nghị|phiên họp)(?![^\W_])")
_COUNTED_BEFORE = re.compile(
    r"\d\s{1,2}(?!(?:năm|tháng|ngày|tuần|quý|giờ)(?![^\W_]))[^\W\d_]+(?:\s[^\W\d_]+){0,2},\s{0,2}\Z"
)
"""Before "Đảng bộ" in "24 chi, Đảng bộ đạt": a counted noun in two parts, no subject of its own."""
_CAPPED = re.compile(r"\([^()\n]{1,40}\)\s{0,2}")
_JOINED = re.compile(r"[,\s]\s{0,2}(?:và\s{1,2})?(?:(?:các|những)\s)?")
_NO_NAME = re.compile(r"\s(?:theo|từ|cho|hơn|cách|trở|nhau)(?:\s|\Z)")
"""What never stands in the name of a body: where it does, a verb that no lexicon holds stands before it."""
_MEETING = re.compile(r"(?:kỳ họp|hội nghị|phiên họp)(?![^\W_])", re.IGNORECASE)
"""An occasion: what was done there was done by those who met, whom the sentence does not name."""
_PASSIVE = re.compile(r"\s{1,2}(?:(?:đã|đang|sẽ|cũng|vừa|mới)\s{1,2}){0,2}(?:được|bị)(?![^\W_])")
_REPORTS = r"cho biết|cho hay|cho thấy|báo cáo|thông tin|nhấn mạnh|khẳng định|đánh giá"
_QUALIFIED_NUMBER = re.compile(r"\s{1,2}(?:(?:hơn|gần|trên|dưới|khoảng|ước)\s{1,2})?\d")
_NOT_A_VERB_AFTER = frozenset(
    {
        *("công", "tác", "động", "việc", "hoạch", "trình", "quả", "trào", "về", "giá", "trị", "nghiệm", "sự", "cuộc"),
        *("ban", "đoàn", "tổ", "quan", "chức", "quỹ", "ngành", "phòng", "đội", "hộ", "người", "tự", "cùng"),
        *("các", "những", "tổng", "hai", "trực"),
    }
)
_ENDS_A_BODY = re.compile(r"(?<!\w)(?:công\s{1,2}đoàn|ban\s{1,2}tổ\s{1,2}chức)\Z")
"""Whole bodies that end like a noun which a verb may name: "công đoàn quán triệt", but "đoàn kiểm tra"."""
_NAMED_BY_VERBS = frozenset({"ban", "đoàn", "tổ", "ngành", "quan", "chức"})
"""Heads whose name may be a verb: "ban vận động", "đoàn kiểm tra", "ngành thanh tra"."""
_LONGEST = 170
_NEAREST = 40
"""Subjects of one sentence looked back over: linear on any text."""
_WORDS = 14
"""Syllables between the head of a subject and its predicate."""


def _reported(connectors: str) -> bool:
    """Whether what leads to a body says that it only reports: "theo số liệu của"."""
    notes = load_lexicon("connectors")
    words = connectors.replace(",", " ").split()
    return any(notes.note(" ".join(words[-n:])) == "report" for n in (1, 2, 3) if n <= len(words))


def _noun(form: str) -> bool:
    """Whether what looks like a verb is a noun ("cấp huyện"); "ghi nhận" and "bắt đầu" end a subject all the same."""
    return load_lexicon("action_verbs").noted(form) == "noun" and form not in load_lexicon("subject_verbs")


def _needs_capital(head: str) -> bool:
    """Whether a head is a body's only with a capital: "Thanh tra tỉnh", but "qua thanh tra"."""
    return load_lexicon("actor_heads").noted(head) == "capital"


class Subject(Struct, frozen=True):
    """An actor at [start, end); `until` is where what it governs ends (the end of the block for a plain subject)."""

    start: int
    end: int
    standing: Standing
    until: int


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    places = [p for p in load_lexicon("places") if " " in p]
    heads = {*load_lexicon("actor_heads"), *(h for h in load_lexicon("organisations") if " " in h or h in _SHORT)}
    return re.compile(
        rf"(?P<whole>{_WHOLE.pattern})|(?P<group>{_DETERMINERS}(?:{phrases(heads).pattern}))"
        rf"|(?P<place>(?:{trie_pattern(places)})(?![^\W_]))"
    )


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    """The head of a subject behind what may lead to it: "trong đó", "theo báo cáo của". Most clauses open with none."""
    led = rf"\s{{0,3}}(?:(?:{phrases(load_lexicon('connectors')).pattern})\s{{0,2}}[,:]?\s{{0,2}}){{0,3}}"
    return re.compile(rf"(?P<led>(?>{led}))[ “\"]*+(?:{_heads().pattern})")


@lru_cache(maxsize=1)
def _adverbial() -> re.Pattern[str]:
    return re.compile(rf"{phrases(load_lexicon('adverbial_heads')).pattern}|\d")


@lru_cache(maxsize=1)
def _predicate() -> re.Pattern[str]:
    """What ends a subject: an auxiliary, a verb, a comma, or the end of the clause, which means it was none."""
    actions = load_lexicon("action_verbs")  # with the nouns that look like verbs, which are told apart by their note
    verbs = phrases({*actions, *load_lexicon("subject_verbs")})
    auxiliaries = trie_pattern(f for f in load_lexicon("auxiliaries"))
    # The first character is consumed first, so that the scan skips what begins nothing.
    return re.compile(
        rf"[\s,(.;:!?…)](?:(?<=\s)(?:\s{{0,2}}(?:(?P<auxiliary>(?:{auxiliaries})(?![^\W_]))"
        rf"|(?P<report>(?:{_REPORTS})(?![^\W_]))|(?P<verb>{verbs.pattern})|(?P<and>và(?![^\W_])))"
        r"|(?P<spaced>\()|-\s)|(?<=,)(?P<comma>)|(?<=\()(?P<bracket>)|(?<=[.;:!?…\n)]))"
    )


def _start(s: Subject) -> int:
    return s.start


class Actors:
    """The subjects of one block in reading order."""

    def __init__(self, view: View, block: Block, times: Sequence[int], sentences: Sequence[int]) -> None:
        """`times`: where expressions of time end, ascending; a subject may follow without a comma.

        `sentences`: where the sentences of the block begin.
        """
        self._view, self._block, self._sentences = view, block, sentences
        self.subjects = self._find(times)
        self._starts = [s.start for s in self.subjects]
        self._plain = [s for s in self.subjects if s.standing == "subject"]
        self._others = [s for s in self.subjects if s.standing in ("reporter", "owner")]

    def _sentence(self, at: int) -> tuple[int, int]:
        i = bisect_right(self._sentences, at) - 1
        end = self._sentences[i + 1] if i + 1 < len(self._sentences) else self._block.end
        return self._sentences[i], end

    def _find(self, times: Sequence[int]) -> list[Subject]:
        low, block = self._view.lower, self._block
        cues = list(self._view.finditer(_CUE, _CUE_WORDS, block.start, block.end))
        # A line that breaks behind a cue opens no clause of its own.
        inside = {at for m in cues if "\n" in m.group() for at in range(*m.span())}
        openings = [
            (block.start, ""),
            *[(m.end(), m["cue"]) for m in cues],
            *[
                (m.end(), low[at])
                for m in _MARK.finditer(low, block.start, block.end)
                if (at := m.start()) not in inside
            ],
            *[(t, "time") for t in times],
        ]
        openings.sort()
        out: list[Subject] = []
        taken = block.start
        opening = _openings().match
        for at, cue in openings:
            if at < taken or (head := opening(low, at, block.end)) is None:
                continue
            subject = self._subject(head, cue, out)
            if subject is not None:
                out.append(subject)
                taken = subject.end
        return out

    def _subject(self, opening: re.Match[str], cue: str, before: Sequence[Subject]) -> Subject | None:
        low, block = self._view.lower, self._block
        kind, led = opening.lastgroup or "", opening["led"]
        start, head_end = opening.span(kind)
        capital = self._view.folded[start].isupper()
        strong = capital or kind == "whole" or low.startswith(_MANY, start)
        if (not strong and cue in _WEAK_CUES) or _ORGANISES.match(low, start, head_end + 6):
            return None
        if not capital and (kind == "place" or _needs_capital(opening[kind])):
            return None
        if cue == "theo" or "của" in led or led.strip().startswith("thông tin từ"):
            end = max(head_end, organisation_end(self._view, start, min(block.end, start + _LONGEST)))
            return Subject(start, end, "reporter", block.end)
        found = self._end(start, head_end, cue, named=kind == "group")
        if found is None or _NO_NAME.search(low, head_end, found[0]):
            return None
        end, by = found
        sentence, sentence_end = self._sentence(start)
        if by == "report":
            return Subject(start, end, "reporter", block.end)
        if cue in ("do", "bởi", "được"):
            reach = min(sentence_end, end + _LONGEST)
            stop = _CLAUSE_END.search(low, end, reach)
            return Subject(start, end, "agent", stop.start() if stop else reach)
        if cue == "của":
            owns = strong and (by == "number" or _REACHES.match(low, end, block.end) is not None)
            return Subject(start, end, "owner", sentence_end) if owns else None
        if cue in _TOLD:
            return Subject(start, end, "told", sentence_end)
        if cue == "," and _COUNTED_BEFORE.search(low, max(sentence, start - 40), start):
            return None
        if cue == "," and self._helpers(sentence, start, before):
            return None  # "Hội phối hợp với các tổ chức, các doanh nghiệp đã trao": who helps is not the subject
        certain = strong or by in ("auxiliary", "number")
        if cue == "," and not certain and not self._led_in(sentence, start, before):
            return None  # "các chủ trương, đơn vị tổ chức": a member of a list, not a subject
        return Subject(start, end, "subject", block.end)

    def _helpers(self, sentence: int, at: int, before: Sequence[Subject]) -> bool:
        """Whether `at` stands in the list of those with whom the subject of the sentence acts."""
        if not before or before[-1].start < sentence or before[-1].standing != "subject":
            return False
        between = self._view.lower[before[-1].end : at]
        return _TOGETHER.match(between) is not None and not any(c.isdigit() or c in ";:" for c in between)

    def _led_in(self, sentence: int, at: int, before: Sequence[Subject]) -> bool:
        """Whether only an adverbial stands before `at` in its sentence: "Ngay từ đầu năm, chi bộ tổ chức"."""
        if before and before[-1].start >= sentence and before[-1].standing == "subject":
            return False
        low = self._view.lower
        while sentence < at and not low[sentence].isalnum():
            sentence += 1
        return _adverbial().match(low, sentence, at) is not None

    def _end(self, start: int, head_end: int, cue: str, *, named: bool) -> tuple[int, str] | None:
        """Where the subject at `start` ends and what follows it; None where no predicate does.

        `named`: a name may go on behind the head.
        """
        low, limit = self._view.lower, min(self._block.end, start + _LONGEST)
        at = self._named(start, head_end, limit) if named else head_end
        if cue in (",", ";", ":", "", "của") and _QUALIFIED_NUMBER.match(low, at, limit):
            return at, "number"
        return self._walk(start, head_end, at, cue)

    def _walk(self, start: int, head_end: int, at: int, cue: str) -> tuple[int, str] | None:
        """From the name that ends at `at` on to the predicate, over coordinated names and short forms in brackets."""
        low, limit = self._view.lower, min(self._block.end, start + _LONGEST)
        search, name, joins = at, 0, False
        if cue in ("do", "bởi") and _GIVES.match(low, at, limit):
            return at, "verb"
        for _ in range(8):
            m = _predicate().search(low, search, limit)
            if m is None or low.count(" ", at, m.start()) > _WORDS:
                return None
            kind, stop = m.lastgroup, m.start()
            if kind in ("auxiliary", "report"):
                return name or stop, kind
            if kind == "verb":
                word = low[at if stop > at else start : stop].rpartition(" ")[2]
                named = self._view.folded[m.start("verb")].isupper() or _noun(m["verb"])  # "cấp huyện", "chi bộ"
                noun = word in (_NOT_A_VERB_AFTER if stop > at else _NAMED_BY_VERBS) and not (joins and stop == at)
                noun = noun and _ENDS_A_BODY.search(low, max(start, stop - 12), stop) is None
                lower = self._view.folded[stop - len(word)].islower() or stop == at
                if not named and not (noun and lower):  # "các cơ sở Đoàn thực hiện": a verb all the same
                    return name or stop, "verb"
                search = m.end()
                continue
            if kind in ("bracket", "spaced"):
                if (short := _CAPPED.match(low, m.end() - 1, limit)) is None:
                    return None
                search = short.end() - 1
                continue
            if kind == "comma" and (aside := _APPOSED.match(low, m.start(), limit)) is not None:
                name, search = m.start(), aside.end()
                continue
            if kind == "comma" and _ASSEMBLY.match(low, start):
                return None
            if kind in ("comma", "and"):
                joined = _JOINED.match(low, m.start(), limit)
                more = _heads().match(low, joined.end(), limit) if joined else None
                if kind == "and" and joined is not None and more is None and low[(k := joined.end()) : k + 1].isalpha():
                    word_after = _WORD.match(low, joined.end(), limit)
                    if word_after is None or _predicate().match(low, joined.end() - 1, limit):
                        return None  # "xóa tên 1 đảng viên và cho ra khỏi Đảng": another verb, no subject
                    search = word_after.end()
                    continue
                if joined is None or more is None:
                    return None
                at = search = self._named(joined.end(), more.end(), limit)
                joins = True
                continue
            return None
        return None

    def _named(self, start: int, head_end: int, limit: int) -> int:
        """Where the name of the body at `start` ends, at least where its head does."""
        if self._view.folded[start].isupper():
            return max(head_end, organisation_end(self._view, start, limit))
        return head_end

    def of(self, at: int) -> Subject | None:
        """The actor of a number at `at`: of its sentence, else of the block before it; a reporter only alone."""
        sentence = self._sentences[bisect_right(self._sentences, at) - 1]
        i = bisect_right(self._starts, at - 1) - 1
        reporter: Subject | None = None
        for k in range(i, max(-1, i - _NEAREST - 1), -1):
            s = self.subjects[k]
            if s.start < sentence:
                break
            if s.until < at:
                continue
            if s.standing == "reporter":
                reporter = reporter or s
            elif s.standing != "owner" or not self._subject_between(sentence, s.start):
                return s
        return self._before(self._plain, at) or reporter or self._before(self._others, at)

    @staticmethod
    def _before(subjects: Sequence[Subject], at: int) -> Subject | None:
        """The last of `subjects`, which govern the whole block, that begins before `at`."""
        i = bisect_left(subjects, at, key=_start) - 1
        return subjects[i] if i >= 0 else None

    def _subject_between(self, start: int, end: int) -> bool:
        """Whether a plain subject begins in [start, end)."""
        k = bisect_right(self._starts, end - 1) - 1
        return k >= 0 and self._starts[k] >= start and self.subjects[k].standing == "subject"

    def agent_behind(self, at: int, end: int) -> Subject | None:
        """The agent right behind a counted noun that ends at `at`: "8 tỷ đồng do tỉnh cấp"."""
        i = bisect_right(self._starts, at)
        if i >= len(self.subjects):
            return None
        s = self.subjects[i]
        if s.standing != "agent" or s.start > min(end, at + 24):
            return None
        between = self._view.lower[at : s.start]
        return None if between.count(" ") > 4 or any(c in ".,;:()" or c.isdigit() for c in between) else s

    def predicate(self, start: int, end: int) -> int | None:
        """Where the noun phrase at `start`, whose head ends at `end`, stops before an auxiliary or a verb; or None."""
        found = self._walk(start, end, end, "")
        return found[0] if found and found[1] in ("auxiliary", "verb") else None

    def add(self, counted: Subject) -> None:
        """A counted subject ("26/31 tập đoàn, tổng công ty hỗ trợ"), in place of what was taken for one inside it."""
        i = bisect_right(self._starts, counted.start - 1)
        k = bisect_right(self._starts, counted.end)
        self.subjects[i:k] = [counted]
        self._starts[i:k] = [counted.start]
        if counted.until >= self._block.end:
            i = bisect_left(self._plain, counted.start, key=_start)
            k = bisect_right(self._plain, counted.end, key=_start)
            self._plain[i:k] = [counted]


_EXISTS = frozenset({"có"})


class Actor(Struct, frozen=True):
    """The canonical name of an actor, and where it stands."""

    name: str
    start: int
    end: int


class Doers:
    """The actors of the numbers of one block, asked for in reading order."""

    def __init__(self, view: View, block: Block, clauses: Clauses, times: Sequence[int], section: Actor | None) -> None:
        """`section`: who acted last in the blocks before this one."""
        self._view, self._block, self._clauses, self._section = view, block, clauses, section
        self._actors = Actors(view, block, times, clauses.sentence_starts)
        self._names: dict[
            tuple[int, int], Actor | None
        ] = {}  # most numbers of a block have the actor of the one before

    def of(self, f: Found) -> Actor | None:
        """The actor of `f`, or None."""
        if (agent := self._actors.agent_behind(f.end, self._block.end)) is not None:
            return self._named(agent, agent.end)
        subject = self._actors.of(f.start)
        within = subject is not None and subject.end > f.start  # "Tòa án nhân dân 2 cấp"
        if not within and (own := self._counted_subject(f)) is not None:
            self._actors.add(own)
            if subject is None or subject.start < self._clauses.sentence_start(f.start):
                return self._named(own, own.end)
        return self._named(subject, f.start) if subject else self._section

    @property
    def last(self) -> Actor | None:
        """Whom a block below inherits: the last subject of this one, else whom it inherited itself."""
        last = next((s for s in reversed(self._actors.subjects) if s.standing == "subject"), None)
        return self._named(last, last.end) if last else self._section

    def _named(self, s: Subject, before: int) -> Actor | None:
        key = s.start, min(s.end, before)
        if key not in self._names:
            name = actor_name(self._view, *key)
            self._names[key] = Actor(name, s.start, s.end) if name and not _MEETING.match(name) else None
        return self._names[key]

    def _counted_subject(self, f: Found) -> Subject | None:
        """ "26/31 tập đoàn trong Khối hỗ trợ ...": a counted body that acts; people act only in their sentence."""
        view, low = self._view, self._view.lower
        noun = f.noun
        start = noun.start if noun else f.end
        if noun is None:
            if f.unit_kind != "percent":
                return None
            gap = _SPACES.match(low, f.end, self._block.end)
            start = gap.end() if gap else f.end
        head = _heads().match(low, start, self._block.end)
        if head is None or head["place"]:
            return None
        if _needs_capital(head.group()) and not view.folded[start].isupper():
            return None
        sentence = self._clauses.sentence_start(f.start)
        done = self._clauses.action(f.start, sentence, money=False)
        if done is not None and self._clauses.text(done).lower() not in _EXISTS:
            return None  # "đã kết nạp 5 đảng viên, trao ...": the object of one action is not the subject of the next
        end = max(head.end(), noun.end if noun else 0)
        found = self._actors.predicate(start, end)
        if found is None or _PASSIVE.match(low, found, self._block.end):
            return None  # "26 đoàn viên được kết nạp": they are acted on
        if noun is None or load_lexicon("counted_nouns").note(head.group()) != "person":
            return Subject(start, found, "counted", self._block.end)
        stop = _SENTENCE.search(low, found, self._block.end)
        return Subject(start, found, "counted", stop.start() if stop else self._block.end)


_SPACES = re.compile(r"\s{1,2}")
_WORD = re.compile(r"[^\W\d_]+")
_GENERIC = re.compile(r"(?:Các|Toàn|Những|Nhiều|Mỗi|Hầu|Tất|Một|Cả|Mọi|Đại|Lãnh)(?= )")


def actor_name(view: View, start: int, end: int) -> str:
    """The canonical name of the actor at [start, end): abbreviations in full, a determiner in small letters."""
    name = canonical_organisation(" ".join(view.folded[start:end].split()).strip(" ,-–"))
    return _GENERIC.sub(lambda m: m.group().lower(), name, count=1) if _GENERIC.match(name) else name
