"""Who came into a post or left it: appointments, elections, transfers, retirements, dismissals, as a sentence says it.

An event needs its verb, the person, and where it can be told the post, the day and who decided. What is proposed,
planned or denied is none. A post that somebody left is no role mention, so it is read here from the text again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from bantin.extractors.dates.value import DateValue
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.extractor import JOINT, shared_body
from bantin.extractors.roles.value import RoleValue
from bantin.organisations import canonical_organisation, organisation_end
from bantin.posts import Post, post_heads, read_post
from bantin.text import View, first_words
from bantin.types import Article, Mention, Span, valued

EventType = Literal["appointed", "elected", "confirmed", "transferred", "left", "retired", "relieved", "dismissed"]

_S = r"\s+"
_IN: tuple[tuple[EventType, str], ...] = (
    ("elected", "bầu bổ sung|bầu|trúng cử|đắc cử|tái đắc cử|tái cử"),
    ("confirmed", "chuẩn y|phê chuẩn|công nhận"),
    ("transferred", "điều động|luân chuyển|thuyên chuyển|biệt phái"),
    ("appointed", "bổ nhiệm lại|bổ nhiệm|chỉ định|phân công|giao quyền|giao giữ|giao phụ trách|giữ chức"),
)
_OUT: tuple[tuple[EventType, str], ...] = (
    ("dismissed", "cách chức|cách hết chức vụ|cách hết các chức vụ|bãi nhiệm|bãi miễn"),
    ("relieved", "miễn nhiệm"),
    ("left", "thôi giữ chức|thôi giữ các chức|thôi giữ|thôi đảm nhiệm|thôi làm|thôi tham gia|từ chức|từ nhiệm"),
    ("retired", "nghỉ hưu|về hưu|nghỉ chờ hưu|nghỉ chế độ|nghỉ công tác"),
)


def _verbs(table: tuple[tuple[EventType, str], ...]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{kind}>{words.replace(' ', _S)})" for kind, words in table)
    return re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])")


_COMING, _GOING = _verbs(_IN), _verbs(_OUT)
_VERB, _VERBS = _verbs(_IN + _OUT), first_words(f for _, words in _IN + _OUT for f in words.split("|"))
"""Any of these verbs, and the words with which they begin: what says none of them tells of no event."""
_INTO = re.compile(
    r"(?<![^\W_])(?:giữ(?:\s+các)?\s+(?:chức\s+vụ|chức\s+danh|chức|vị\s+trí|cương\s+vị|quyền)|đảm\s+nhiệm|đảm\s+nhận|làm|"
    r"tham\s+gia|vào\s+(?:chức\s+vụ|chức|vị\s+trí)|chức\s+vụ|chức\s+danh|chức|kiêm|tái\s+cử|tái\s+đắc\s+cử|trúng\s+cử|đắc\s+cử|là|bầu|bổ\s+nhiệm)"
    r"(?:\s+(?:chức\s+vụ|chức\s+danh|chức|vị\s+trí))?\s*:?\s*$"
)
_NOT = re.compile(
    r"(?<![^\W_])(?:giới\s+thiệu|dự\s+kiến|đề\s+cử|ứng\s+cử|đề\s+nghị|đề\s+xuất|quy\s+trình|xem\s+xét|không|chưa|sẽ|nếu|"
    r"quy\s+hoạch|đề\s+án|tiêu\s+chuẩn|điều\s+kiện|kiến\s+nghị|lấy\s+phiếu|danh\s+sách)(?![^\W_])"
)
_PLANNED = re.compile(r"(?<![^\W_])(?:sẽ|dự\s+kiến)(?![^\W_])")
"""Said of a whole sentence: what it tells has not happened yet."""
_STATE = re.compile(r"(?<![^\W_])(?:đang|hiện|hiện\s+nay|từng)\s+$")
"""Before "giữ chức": a state, no event."""
_OF_ITSELF = re.compile(r"(?:tái\s+)?(?:đắc|trúng|tái)\s+cử")
"""Verbs whose subject is who is elected."""
_IN_FORCE = re.compile(r"hiệu\s+lực(?:\s+thi\s+hành)?,?\s+(?:kể\s+)?từ\s+(?:ngày\s+)?$")
_SENTENCE = re.compile(r"[.!?;\n](?:(?<=\n)|(?<![^\W_]tp.)(?=\s+[^\W\d_]))")
_BODY = re.compile(
    r"(?<![^\W_])(?:bộ\s+chính\s+trị|ban\s+bí\s+thư|ban\s+thường\s+vụ|ban\s+chấp\s+hành|btv|bch|thủ\s+tướng(?:\s+chính\s+phủ)?|chủ\s+tịch\s+nước|"
    r"quốc\s+hội|ủy\s+ban\s+thường\s+vụ\s+quốc\s+hội|hội\s+đồng\s+nhân\s+dân|hđnd|(?:chủ\s+tịch\s+)?(?:ủy\s+ban\s+nhân\s+dân|ubnd)|tỉnh\s+ủy|"
    r"thành\s+ủy|huyện\s+ủy|quận\s+ủy|thị\s+ủy|đảng\s+ủy|ban\s+cán\s+sự\s+đảng|đảng\s+đoàn|hội\s+đồng\s+thành\s+viên|hội\s+đồng\s+quản\s+trị|"
    r"ủy\s+ban\s+kiểm\s+tra|đại\s+hội|bộ\s+trưởng|tập\s+đoàn|tổng\s+công\s+ty|tổng\s+giám\s+đốc)(?![^\W_])"
)
_DECIDES = re.compile(r"(?<![^\W_])(?:quyết\s+định|đồng\s+ý|cho|thống\s+nhất)(?![^\W_])")
_GIVES = re.compile(r"(?<![^\W_])(?:trao|công\s+bố|ký|ban\s+hành|chúc\s+mừng|tặng)(?![^\W_])")
"""What somebody does who decides on others: "A trao quyết định nghỉ hưu"."""
_FROM_DAY = re.compile(r"(?<![^\W_])(?:kể\s+từ|từ)\s+(?:ngày\s+)?$")
_FOR = re.compile(
    r"[\s,]*(?P<to>(?:của|đối\s+với|cho|với)\s+)?(?:(?:các\s+)?(?:đồng\s+chí|đ/c|ông|bà|anh|chị)\s*:?\s*)?$"
)
_Left = tuple[Span, str, str | None]
"""A post that somebody left: where it stands, title, body."""
_Going = tuple[EventType, re.Match[str], Mention[Any], list[_Left]]
_OTHERS = re.compile(r"[;:]|(?<![^\W_])(?:và|thay|để|bầu|bổ\s+nhiệm)(?![^\W_])")
"""Between a verb of leaving and a name: the name is somebody else's."""
_REACH = 320
"""Characters between a verb and the person or post it is about."""


class PositionEvent(Struct, frozen=True):
    """One person's event. `person` and `role` are spans of mentions; a post that was left has no role mention.

    `date` is a day, month or year as far as the text says it (ISO), None where it does not.
    """

    type: EventType
    person: Span
    title: str | None = None
    organisation: str | None = None
    organisation_id: str | None = None
    date: str | None = None
    decided_by: str | None = None
    role: Span | None = None


def position_events(article: Article, view: View, mentions: Sequence[Mention[Any]]) -> list[PositionEvent]:
    """The events of an article in reading order."""
    people = [p for p in valued(mentions, PersonValue) if p.value.mention_type == "mention"]
    if not people:
        return []
    roles = [r for r in valued(mentions, RoleValue) if r.value.holder is not None]
    dates = [d for d in valued(mentions, DateValue) if d.value.kind == "date"]
    reader = _Reader(view, people, roles, dates)
    starts = [p.start for p in people]
    out: list[PositionEvent] = []
    for block in article.blocks:
        if block.kind in ("byline", "source") or not (
            bisect_left(starts, block.start) < bisect_left(starts, block.end)
        ):
            continue
        if not _says(view, block.start, block.end):
            continue
        reader.begin(block.start, block.end)
        at = block.start
        for m in _SENTENCE.finditer(view.lower, block.start, block.end):
            out += reader.sentence(at, m.start())
            at = m.end()
        out += reader.sentence(at, block.end)
    return list(dict.fromkeys(out))


def _says(view: View, start: int, end: int) -> bool:
    """Whether any of the verbs stands within [start, end)."""
    return next(view.finditer(_VERB, _VERBS, start, end), None) is not None


class _Reader:
    """The mentions of an article, looked up by sentence."""

    def __init__(
        self, view: View, people: Sequence[Mention[Any]], roles: Sequence[Mention[Any]], dates: Sequence[Mention[Any]]
    ) -> None:
        self.view, self.low = view, view.lower
        self.people, self.roles, self.dates = people, roles, dates
        self._starts = [[m.start for m in some] for some in (people, roles, dates)]
        self.in_force: str | None = None
        days = (d for d in dates if d.value.role == "event" and d.value.grain in ("day", "minute"))
        self.meeting = next(days, None)  # a bulletin begins with the day of what it reports on

    def begin(self, start: int, end: int) -> None:
        """Begins a block: "Các quyết định có hiệu lực từ ngày ..." at its end dates every event of it."""
        dates = self._within(2, self.dates, start, end)
        told = [d for d in dates if _IN_FORCE.search(self.low, max(start, d.start - 50), d.start)]
        self.in_force = _as_far(told[0].value.start_date, told[0].value.grain) if len(told) == 1 else None

    def sentence(self, start: int, end: int) -> Iterator[PositionEvent]:
        """The events of one sentence."""
        people = self._within(0, self.people, start, end)
        if not people or not _says(self.view, start, end) or _PLANNED.search(self.low, start, end):
            return
        roles = self._within(1, self.roles, start, end)
        left = self._left(start, end, people)
        taken = [r.span for r in roles] + [span for *_, posts in left for span, _, _ in posts]
        yield from self._comings(start, end, roles, taken)
        yield from self._goings(start, end, roles, left, taken)

    def _within(self, which: int, of: Sequence[Mention[Any]], start: int, end: int) -> Sequence[Mention[Any]]:
        starts = self._starts[which]
        return of[bisect_left(starts, start) : bisect_left(starts, end)]

    def _comings(
        self, start: int, end: int, roles: Sequence[Mention[Any]], taken: Sequence[Span]
    ) -> Iterator[PositionEvent]:
        first = _COMING.search(self.low, start, end)
        if first is None:
            return
        by = None if _OF_ITSELF.match(first.group()) else self._decider(start, first.start(), taken)
        new: list[tuple[Mention[Any], Span]] = []
        for role in roles:
            holder = role.value.holder
            if role.value.status in ("proposed", "former", "late"):
                continue
            before = self.low[max(start, role.start - _REACH) : role.start]
            near = before if holder.start > role.end else self.low[max(holder.end, role.start - _REACH) : role.start]
            joined = bool(new) and new[-1][1] == holder and JOINT.fullmatch(self.low, new[-1][0].end, role.start)
            into = _INTO.search(near)
            if not joined and (into is None or _STATE.search(near, 0, into.start())):
                continue
            new.append((role, holder))
            verb = self._last(_COMING, start, role.start)
            if verb is None or _NOT.search(self.low, start, role.start) or self._undone(start, holder, role):
                continue
            kind = self._kind(start, verb)
            v = role.value
            day = self._day(start, end, verb.start())
            yield PositionEvent(kind, holder, v.title, v.organisation, v.organisation_id, day, by, role.span)

    def _undone(self, start: int, holder: Span, role: Mention[Any]) -> bool:
        """Whether the last verb before the post takes it away: "thôi giữ chức X"."""
        out = self._last(_GOING, max(start, role.start - 40), role.start)
        return out is not None and _COMING.search(self.low, out.end(), role.start) is None

    def _kind(self, start: int, verb: re.Match[str]) -> EventType:
        """What the verbs up to this one say together: "điều động, bổ nhiệm" is a transfer."""
        kinds = {m.lastgroup for m in _COMING.finditer(self.low, start, verb.end())}
        return next(kind for kind, _ in _IN if kind in kinds)

    def _left(self, start: int, end: int, people: Sequence[Mention[Any]]) -> list[_Going]:
        """The verbs of leaving of a sentence, each with its person and the posts that stand behind it."""
        left: list[_Going] = []
        for verb in _GOING.finditer(self.low, start, end):
            if _NOT.search(self.low, max(start, verb.start() - 60), verb.start()):
                continue
            kind: EventType = verb.lastgroup  # type: ignore[assignment]
            posts = [] if kind == "retired" else self._posts(verb.end(), end)
            person = self._subject(start, verb, posts, people)
            if person is None:
                continue
            if kind == "retired" and left and left[-1][2] is person:  # "thôi giữ chức X để nghỉ hưu"
                left[-1] = (kind, *left[-1][1:])
                continue
            left.append((kind, verb, person, posts))
        return left

    def _goings(
        self, start: int, end: int, roles: Sequence[Mention[Any]], left: Sequence[_Going], taken: Sequence[Span]
    ) -> Iterator[PositionEvent]:
        for kind, verb, person, posts in left:
            day = self._day(start, end, verb.start())
            by = self._decider(start, verb.start(), taken, deciding=kind in ("left", "retired"))
            own = [r for r in roles if r.value.holder == person.span and r.value.status == "current"]
            for _, title, body in posts:
                yield PositionEvent(kind, person.span, title, body, None, day, by)
            if posts:
                continue
            for role in own:
                v = role.value
                yield PositionEvent(kind, person.span, v.title, v.organisation, v.organisation_id, day, by, role.span)
            if not own:
                yield PositionEvent(kind, person.span, date=day, decided_by=by)

    def _posts(self, at: int, end: int) -> list[_Left]:
        """The posts right behind a verb of leaving, each with its body."""
        found: list[Post] = []
        limit = min([p.start for p in self._within(0, self.people, at, end)], default=end)
        for m in post_heads(self.view, at, min(limit, at + _REACH)):
            if not found:
                lead = self.low[at : m.start()].split()
                if len(lead) > 6 or any(w in ("giữ", "làm") for w in lead[1:]):
                    break
            else:
                joint = JOINT.match(self.low, found[-1].end, m.start())
                if joint is None or joint.end() != m.start():
                    break
            found.append(read_post(self.view, m, limit))
        out: list[_Left] = []
        right: Post | None = None
        for post in reversed(found):
            body = post.organisation
            if right is not None and not post.whole and (shared := shared_body(post, right)):
                body = shared
            out.append((Span(post.start, post.body_end), post.title, body))
            right = post
        return out[::-1]

    def _subject(
        self, start: int, verb: re.Match[str], posts: Sequence[Any], people: Sequence[Mention[Any]]
    ) -> Mention[Any] | None:
        """Whom a verb of leaving is about: the person behind "đối với", else the last before the verb."""
        before = [p for p in people if p.end <= verb.start() and verb.start() - p.end < _REACH]
        after = [p for p in people if p.start >= verb.end() and p.start - verb.end() < _REACH]
        if after:
            gap = self.low[verb.end() : after[0].start]
            to = _FOR.search(gap)
            itself = verb.lastgroup in ("left", "retired") and before  # whom "nghỉ hưu" is said of stands before it
            if to and not _OTHERS.search(gap) and (to["to"] or not itself):
                bare = gap[: to.start()].strip(" ,")
                if not bare or posts or len(bare) < 30:
                    return after[0]
        if before and _GIVES.search(self.low, before[-1].end, verb.start()):
            return None
        return before[-1] if before else None

    def _last(self, verbs: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        last = None
        for m in verbs.finditer(self.low, start, end):
            last = m
        return last

    def _day(self, start: int, end: int, verb: int) -> str | None:
        """The day of an event: "kể từ ngày ...", else the date before the verb, else the one of the event."""
        dates = self._within(2, self.dates, start, end)
        from_day = [d for d in dates if _FROM_DAY.search(self.low, max(start, d.start - 14), d.start)]
        behind = [d for d in from_day if d.start >= verb]
        before = [d for d in dates if d.end <= verb and d.value.role not in ("term", "anniversary", "deadline")]
        for d in (*behind[:1], *from_day[-1:], *before[-1:]):
            if (day := d.value.start_date) is not None:
                return _as_far(day, d.value.grain)
        meeting = self.meeting
        return self.in_force or (meeting.value.start_date if meeting and meeting.end <= start else None)

    def _decider(self, start: int, verb: int, posts: Sequence[Span], *, deciding: bool = False) -> str | None:
        """The last body before the verb that is not the body of somebody's post; `deciding`: only if it decides."""
        taken = sorted(posts)
        ends = [r.end for r in taken]
        found = None
        for m in _BODY.finditer(self.low, start, verb):
            i = bisect_right(ends, m.start())
            if i < len(taken) and taken[i].start <= m.start():
                continue
            if found is not None and m.start() < found[1]:
                continue
            stop = max(m.end(), organisation_end(self.view, m.start(), verb))
            found = (m.start(), stop)
        if found is None:
            return None
        if deciding and _DECIDES.search(self.low, found[1], verb) is None:
            return None
        name = canonical_organisation(self.view.text[found[0] : found[1]])
        return name[:1].upper() + name[1:]


def _as_far(day: str, grain: str) -> str | None:
    if grain in ("day", "minute"):
        return day
    if grain == "month":
        return day[:7]
    return day[:4] if grain == "year" else None
