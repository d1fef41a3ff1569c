"""Who holds which post: links every post to its person, and short names to the full name in the article.

Pure functions over the mentions of one article. A post stands before its holder ("Bí thư Tỉnh ủy A"), behind
("A, Bí thư Tỉnh ủy"), in a predicate ("A được bầu giữ chức Bí thư") or before a list ("Các Phó Chủ tịch: A, B").
A post that finds nobody is left out: it is not given to a neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bantin.extractors.people.contexts import contexts
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.signatures import signatures
from bantin.extractors.roles.value import RoleValue
from bantin.lexicon import load_lexicon
from bantin.names import flexible, name_key
from bantin.resolve.rementions import acts, full_names, gender_fits, posts_meant
from bantin.text import View
from bantin.types import Article, Check, Mention, valued

_HONORIFIC = rf"(?:{flexible(sorted(load_lexicon('honorifics')))})(?![^\W\d_])\s*:?"
_RANKED = rf"(?:(?:{flexible(sorted(load_lexicon('ranks')))})(?![^\W_])[.,]?\s*)*"
_TERM = r"(?:[\s,(]*(?:các\s+)?(?:khóa\s+(?:[ivxlc]+|\d+)|nhiệm\s+kỳ\s+[\d\s-]+|giai\s+đoạn\s+[\d\s-]+)\)?)*"
_JOINT = re.compile(
    rf"{_TERM}\s*(?:\([^()\n]{{0,60}}\)\s*)?(?:(?:,|-|/|&)\s*)?(?:(?:và|rồi|kiêm(?:\s+nhiệm)?|đồng\s+thời(?:\s+(?:là|giữ\s+chức))?)\s+)?"
    r"(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)\s*,\s*)?"
)
_FILL = (
    r"(?:(?:sinh\s+năm\s+\d{4}|\d{2}\s+tuổi|quê\s+[^,;.()\n]{1,50}|dân\s+tộc\s+\w+|bí\s+danh\s+[^,;.()\n]{1,30}),?\s*)*"
)
_APPOSITION = re.compile(
    rf"\s*(?:\([^()\n]{{1,60}}\)\s*)?(?:[,:(-]\s*{_RANKED})?{_FILL}(?:(?:hiện|hiện\s+nay|đang|hiện\s+đang)\s+)?"
    r"(?P<copula>(?:đều|cùng|lần\s+lượt)\s+là\s+|là\s+|nguyên\s+là\s+|vốn\s+là\s+|từng\s+là\s+|(?:trên|với|ở)\s+(?:cương\s+vị|tư\s+cách|vai\s+trò)\s+(?:là\s+)?)?"
)
_RIGHT = re.compile(
    rf"{_TERM}\s*(?:\([^()\n]{{1,40}}\)\s*)?(?P<comma>,\s*)?(?P<be>(?:là|gồm|gồm\s+có)(?:\s*(?=:)|\s+))?(?P<colon>:\s*)?(?P<dash>-\s*)?(?P<honorific>(?:(?:các|hai|ba|bốn|năm|sáu|\d{{1,2}})\s+)?{_HONORIFIC}\s*)?(?P<late>:\s*)?{_RANKED}"
)
_FOR = re.compile(rf"{_TERM}\s*(?:\([^()\n]{{1,40}}\)\s*)?(?:đối\s+với|cho|với)\s+(?:{_HONORIFIC}\s*)?{_RANKED}")
_CUE = re.compile(
    r"(?<![^\W_])(?:chức|bổ\s+nhiệm|bầu|chuẩn\s+y|phê\s+chuẩn|chỉ\s+định|giao|công\s+nhận|chức\s+danh|cương\s+vị)(?![^\W_])"
)
_OFFICE = r"(?:chức\s+vụ|chức\s+danh|chức|cương\s+vị|nhiệm\s+vụ|vị\s+trí|quyền|làm|là|tư\s+cách|vai\s+trò)"
_PREDICATE = re.compile(
    r"(?<![^\W_])(?:(?:giữ|đảm\s+nhiệm|đảm\s+nhận|đảm\s+đương|tái\s+cử|tái\s+đắc\s+cử|đắc\s+cử|trúng\s+cử|bổ\s+nhiệm|"
    rf"bầu\s+bổ\s+sung|bầu|trở\s+thành|kiêm|phụ\s+trách|giao|làm|là)(?:\s+{_OFFICE})*|(?:trên|với|vào|nhận)(?:\s+{_OFFICE})+|"
    r"(?:chức\s+vụ|chức\s+danh|cương\s+vị|vị\s+trí|chức)(?:\s+là)?)\s*:?\s*$"
)
_REMOVED = re.compile(
    r"(?<![^\W_])(?:thôi|miễn\s+nhiệm|cách\s+(?:hết\s+)?(?:tất\s+cả\s+)?(?:các\s+)?chức|bãi\s+nhiệm|xóa\s+tư\s+cách|xóa\s+bỏ\s+tư\s+cách|rời|từ\s+chức|mất\s+chức|đình\s+chỉ|từ\s+nhiệm|bãi\s+miễn|"
    r"(?:chưa|không)\s+(?:phải\s+|còn\s+|được\s+)?(?:là|làm|giữ|kiêm|bầu|bổ\s+nhiệm)|nhân\s+sự\s+(?:giữ|đảm)|người\s+(?:giữ|đảm|kế))(?![^\W_])"
)
_SENTENCE = re.compile(r"[.!?;\n](?:(?<=\n)|\s)")
_STOP = re.compile(r"[.!?]\s|\n")
_FULL_STOP = re.compile(r"[.!?](?=\s+[^\W\d_])|\n")
_VACANT = re.compile(r"(?<![^\W_])(?:kiện\s+toàn|bầu|bổ\s+nhiệm|chuẩn\s+y|phê\s+chuẩn|chỉ\s+định|giao)(?![^\W_])")
"""What is done to a post or to somebody: without "được" the person before it is no receiver."""
_TRIAL = re.compile(r"(?<!ban )(?<![^\W_])(?:tổ\s+chức|chuẩn\s+bị)(?![^\W_])")
"""A body that is to hold an election: whom it elects is not said yet."""
_RECEIVED = re.compile(r"(?<![^\W_])(?:được|giữ|nhận|trúng\s+cử|đắc\s+cử|đảm\s+nhiệm|đảm\s+nhận)(?![^\W_])")
_LIST = re.compile(rf"[\s,;()&-]*(?:(?:và|cùng)\s+)?(?P<honorific>{_HONORIFIC})?\s*{_RANKED}")
_ELECTING = re.compile(r"(?<![^\W_])(?:bầu|bổ\s+nhiệm|điều\s+động|chỉ\s+định|phê\s+chuẩn|chuẩn\s+y)(?![^\W_])")
_AND_ALSO = re.compile(rf"[\s,()-]*và\s+(?:{_HONORIFIC})?\s*{_RANKED}")
_PLURAL = re.compile(
    r"(?<![^\W_])(?:các|những|hai|ba|bốn|năm|sáu|\d{1,2}|một\s+số)(?:\s+(?:đồng\s+chí|đ/c|ông|bà|vị|tân))?\s+$"
)
_ADDRESSED = re.compile(r"(?<![^\W_])(?:các|hai|ba)\s+(?:đồng\s+chí|đ/c|ông|bà|anh|chị)(?:\s*,\s*bà)?\s*:?\s*$")
_PROPOSED = re.compile(r"(?<![^\W_])(?:giới\s+thiệu|dự\s+kiến|đề\s+cử|ứng\s+cử)(?![^\W_])")
_PRONOUN = re.compile(r"(?<![^\W_])(ông|bà|đồng\s+chí|anh|chị|cô)\s+(?=[^\W_])")
_CONTINUED = re.compile(
    rf"{_TERM}(?:\s*\([^()\n]{{0,60}}\))?[\s,;]*(?:(?:và|rồi|sau\s+đó|tiếp\s+đó|đồng\s+thời|kiêm)\s*,?\s*)?"
    r"(?:(?:từ\s+)?(?:năm\s+|tháng\s+)?\d[\d/.-]*(?:\s*(?:-|đến)\s*(?:nay|(?:năm\s+|tháng\s+)?\d[\d/.-]*))?\s*[,:]?\s+)?"
    r"(?:(?:là|làm|giữ\s+chức(?:\s+vụ)?|giữ\s+vị\s+trí|tiếp\s+tục\s+(?:là|làm|giữ\s+chức)|(?:được\s+)?giao(?:\s+làm)?)\s+)?"
)
_SAID = re.compile(
    r"\s+(?:nhấn\s+mạnh|yêu\s+cầu|đề\s+nghị|cho\s+(?:rằng|biết)|khẳng\s+định|lưu\s+ý|mong\s+muốn|chỉ\s+đạo|đánh\s+giá|ghi\s+nhận)(?![^\W_])"
)
_TOPIC = re.compile(rf"\W*(?:đối\s+với|về\s+phía|về\s+trường\s+hợp)\s+(?:{_HONORIFIC}\s*)?")
"""Before a name that a sentence is about: "Đối với đồng chí A, Bí thư Tỉnh ủy nhấn mạnh ..." names two people."""
_HE = re.compile(r"(?<![^\W_])(ông|bà|đồng\s+chí)(?:\s+(?:cũng|còn|vốn|là|hiện))*\s+$")
_ACTIVE = re.compile(r"(?<![^\W_])(?:khi|lúc|trong\s+thời\s+gian|từng|trên|với|được)(?![^\W_])")
_THEN = re.compile(rf"[^.;:\n]{{0,70}},\s*{_HONORIFIC}\s*{_RANKED}")
_LIFE = re.compile(
    r"\W*(?:tức|bí\s+danh|tên|sinh|quê|nguyên\s+quán|trú|thường\s+trú|nơi|tham\s+gia|vào\s+đảng|ngày\s+vào|kết\s+nạp|nhập\s+ngũ|được\s+kết\s+nạp|"
    r"dân\s+tộc|trình\s+độ|thành\s+phần|huy\s+hiệu|đã\s+nghỉ)(?![^\W_])"
)
"""What begins an item of a life in a death notice: "sinh ngày ...; quê quán ...; vào Đảng ..."."""
_FOR_NOBODY = re.compile(r"(?<![^\W_])(?:nhân\s+sự|người)\s+(?:giữ|đảm)[^,.;]*$")
"""A post that is to be filled stands before the holder of another: "nhân sự giữ chức A, Thứ trưởng B"."""
_OF_MANY = frozenset({"Ủy viên", "Thành viên", "Kiểm sát viên", "Thẩm phán", "Chuyên viên"})
_LONGEST_LIST = 60
"""People who may share one post."""
_REACH = 220
"""Characters between a person and a post that a predicate may bridge."""


class _Chain(Struct, frozen=True):
    posts: tuple[Mention[Any], ...]
    start: int
    end: int


def resolve_holders(
    article: Article, view: View, mentions: list[Mention[Any]]
) -> tuple[list[Mention[Any]], list[Check]]:
    """The mentions with short names made full, roles linked to their holders, and roles without a holder left out.

    A role that several people share stands once for each of them, at the same place.
    """
    people = full_names(valued(mentions, PersonValue))
    roles = valued(mentions, RoleValue)
    actors = [p for p in people if p.value.mention_type != "in_name"]
    linked: list[Mention[Any]] = []
    p_starts = [p.start for p in actors]
    r_starts = [r.start for r in roles]
    for block in article.blocks:
        some = actors[bisect_left(p_starts, block.start) : bisect_left(p_starts, block.end)]
        posts = roles[bisect_left(r_starts, block.start) : bisect_left(r_starts, block.end)]
        if posts:
            before = bisect_left(p_starts, block.start)
            earlier = actors[before - 1] if before else None
            linked += _Block(view, block.start, block.end, people=some, posts=posts, earlier=earlier).link()
    by_start = {r.start: r for r in roles}
    for s in signatures(view, article.blocks, [p.span for p in actors]):
        if (post := by_start.get(s.post.start)) is not None:
            linked += _held([post], [p for p in actors if p.span == s.person], False)
    told = {r.start for r in linked}
    linked += posts_meant(view, [r for r in roles if r.start not in told], linked, 0.85)
    people = _with_contexts(article, view, people, roles)
    rest = [m for m in mentions if m.family not in ("people", "roles")]
    out = sorted([*rest, *people, *linked], key=lambda m: (m.start, m.end, m.family))
    return out, []


def _with_contexts(
    article: Article, view: View, people: list[Mention[PersonValue]], roles: Sequence[Mention[Any]]
) -> list[Mention[PersonValue]]:
    """The people with what they do where they are named, as far as the text says it."""
    out: list[Mention[PersonValue]] = []
    p_starts = [p.start for p in people]
    r_starts = [r.start for r in roles]
    for block in article.blocks:
        some = people[bisect_left(p_starts, block.start) : bisect_left(p_starts, block.end)]
        if not some:
            continue
        posts = [r.span for r in roles[bisect_left(r_starts, block.start) : bisect_left(r_starts, block.end)]]
        acts = contexts(view, block.start, block.end, [p.span for p in some], posts)
        for p, act in zip(some, acts, strict=True):
            told = p.value.context is None and p.value.mention_type == "mention" and act is not None
            out.append(replace(p, value=replace(p.value, context=act)) if told else p)
    return out


class _Block:
    """The people and posts of one block, in reading order."""

    def __init__(
        self,
        view: View,
        start: int,
        end: int,
        *,
        people: Sequence[Mention[Any]],
        posts: Sequence[Mention[Any]],
        earlier: Mention[Any] | None,
    ) -> None:
        self.earlier = earlier
        self.told: tuple[int, list[Mention[Any]]] | None = None  # end and holders of the last post in a predicate
        self.low, self.start, self.end = view.lower, start, end
        self.people = people
        self.starts = [p.start for p in people]
        self.ends = [p.end for p in people]
        self.chains = self._chains(posts)
        self.chain_starts = [c.start for c in self.chains]
        self.award = 0  # end of the person to whom the last post was awarded
        self.behind: dict[int, int] = {}  # index of a person -> end of the posts already linked behind the name

    def _chains(self, posts: Sequence[Mention[Any]]) -> list[_Chain]:
        groups: list[list[Mention[Any]]] = []
        for post in posts:
            if groups:
                last = groups[-1][-1].end
                m = _JOINT.match(self.low, last, post.start)
                joined = m is not None and m.end() == post.start
                if joined and bisect_left(self.starts, last) == bisect_left(self.starts, post.start):
                    groups[-1].append(post)
                    continue
            groups.append([post])
        return [_Chain(tuple(g), g[0].start, g[-1].end) for g in groups]

    def link(self) -> list[Mention[Any]]:
        out: list[Mention[Any]] = []
        for chain in self.chains:
            before = bisect_right(self.ends, chain.start) - 1
            after = bisect_left(self.starts, chain.end)
            out += self._of_chain(chain, before, after if after < len(self.people) else -1)
        return out

    def _of_chain(self, chain: _Chain, before: int, after: int) -> list[Mention[Any]]:
        left = self._apposition(chain, before)
        right = self._right(chain, after)
        counted = _PLURAL.search(self.low, max(self.start, chain.start - 26), chain.start)
        plural = counted is not None
        if right is not None and counted and counted.group()[0].isdigit() and right["be"]:
            return []  # "4 Phó Bí thư là ...": a head count
        if right is not None and ((plural and not right["comma"]) or right["colon"] or right["late"]):
            return self._to(chain.posts, self._forward(after))
        tight = right is not None and not right["comma"] and not (right["dash"] and left is not None)
        if left is not None and tight and right is not None:
            if right["honorific"]:
                return self._behind(chain, before)
            if len(chain.posts) > 1 and self._parted(chain, before):
                self.behind[before] = chain.posts[-2].end
                return self._to(chain.posts[:-1], [before]) + self._to(chain.posts[-1:], [after])
            return self._to(chain.posts, [after])
        if tight and len(chain.posts) > 1 and _FOR_NOBODY.search(self._sentence(chain.start)):
            return self._to(chain.posts[-1:], [after])
        if tight:
            return self._to(chain.posts, self._forward(after) if right is not None and right["be"] else [after])
        if left is not None:
            if plural or (left["copula"] or "").startswith(("đều", "cùng", "lần")):
                return self._to(chain.posts, self._backward(before))
            shared = self._backward(before)
            if len(shared) == 2 and self._equals(chain, shared):
                self.behind[before] = chain.end
                return self._to(chain.posts, shared)
            series = self.low.startswith("(", chain.start - 1) and bool(self.behind)  # "A (Trưởng), B, C (ủy viên)"
            if len(shared) > 1 and (series or _ADDRESSED.search(self.low, self.start, self.starts[shared[0]])):
                self.behind[before] = chain.end
                return self._to(chain.posts, shared)
            return self._behind(chain, before)
        if after >= 0 and self._awarded(chain, after):
            return self._to(chain.posts, self._receivers(after))
        if before >= 0 and (holders := self._predicate(chain, before)):
            self.behind[before] = chain.end
            return self._tell(chain, [self.people[i] for i in holders], self._proposed(before, chain))
        if self._continues(chain, before) and self.told is not None:
            return self._tell(chain, self.told[1], False)
        if (person := self._pronoun(chain, before)) is not None:
            return self._tell(chain, [person], False)
        if self._goes_on(chain, before):
            return self._behind(chain, before)
        if self._of_life(chain, before):
            return self._tell(chain, [self.people[before]], False)
        if self._precedes(chain, before, after):
            return self._to(chain.posts, [after])
        if right is not None and right["comma"] and right["honorific"] and self._opens(chain):
            return self._to(chain.posts, [after])
        return []

    def _equals(self, chain: _Chain, pair: Sequence[int]) -> bool:
        """Whether two people joined by "và" share a post that many hold: "A và B, Ủy viên Ban Chấp hành"."""
        joined = self.low[self.ends[pair[0]] : self.starts[pair[1]]].strip() == "và"
        free = pair[0] not in self.behind and not self._sentence(self.starts[pair[0]]).rstrip().endswith("với")
        return joined and free and len(chain.posts) == 1 and chain.posts[0].value.title in _OF_MANY

    def _parted(self, chain: _Chain, before: int) -> bool:
        """Whether the last post of a chain between two names is the second person's: "A, P và Q B"."""
        lead = self.low[self.ends[before] : chain.start].strip()
        joint = self.low[chain.posts[-2].end : chain.posts[-1].start].split()
        return lead == "," or (lead == "-" and "và" in joint)

    def _tell(self, chain: _Chain, holders: list[Mention[Any]], proposed: bool) -> list[Mention[Any]]:
        """A post stated by a predicate; to be a member of something unnamed is no post."""
        posts = [p for p in chain.posts if p.value.organisation or p.value.title != "Thành viên"]
        self.told = (chain.end, holders)
        return _held(posts, holders, proposed)

    def _continues(self, chain: _Chain, before: int) -> bool:
        """Whether a curriculum goes on: "... Phó Giám đốc Sở; rồi là Giám đốc Sở"."""
        if self.told is None or self.told[0] > chain.start or (before >= 0 and self.ends[before] > self.told[0]):
            return False
        m = _CONTINUED.match(self.low, self.told[0], chain.start)
        return m is not None and m.end() == chain.start

    def _pronoun(self, chain: _Chain, before: int) -> Mention[Any] | None:
        """The person that "ông", "bà" or "đồng chí" stands for in "Năm 2010, ông giữ chức ..."."""
        clause = self._sentence(chain.start)
        start = chain.start - len(clause)
        if before >= 0 and self.ends[before] > start:
            return None
        pronoun = _PRONOUN.search(clause) or _HE.search(clause)
        states = _PREDICATE.search(clause) or (chain.posts[0].value.status == "former" and _HE.search(clause))
        if pronoun is None or not states or _REMOVED.search(clause):
            return None
        person = self.people[before] if before >= 0 else self.earlier
        if person is None or person.value.mention_type != "mention":
            return None
        return person if gender_fits(pronoun[1], f" {name_key(person.value.name)} ") else None

    def _goes_on(self, chain: _Chain, before: int) -> bool:
        """Whether a semicolon parts two posts of the one who acts: "bà A, nguyên Bí thư X; Chủ tịch Y phát biểu"."""
        end = self.behind.get(before, chain.start)
        only = not _ADDRESSED.search(self.low, self.start, self.starts[before]) if before >= 0 else False
        return only and self.low[end : chain.start].strip() == ";" and acts().match(self.low, chain.end) is not None

    def _of_life(self, chain: _Chain, before: int) -> bool:
        """Whether the post is an item of a death notice: "Đồng chí A, sinh năm ...; quê quán ...; Bí thư ..."."""
        if before < 0 or before in self.behind or chain.start - self.ends[before] > 3 * _REACH:
            return False
        *items, last = self.low[self.ends[before] : chain.start].split(";")
        return bool(items) and not last.strip() and all(map(_LIFE.match, items[1:])) and "sinh" in items[0][:60]

    def _precedes(self, chain: _Chain, before: int, after: int) -> bool:
        """Whether a clause before its subject states the post: "Trên cương vị Bí thư Tỉnh ủy, đồng chí A ..."."""
        if after < 0:
            return False
        clause = self._sentence(chain.start)
        if before >= 0 and self.ends[before] > chain.start - len(clause):
            return False
        if _PREDICATE.search(clause) is None or _ACTIVE.search(clause) is None or _REMOVED.search(clause):
            return False
        if (_VACANT.search(clause) and not _RECEIVED.search(clause)) or _TRIAL.search(clause):
            return False
        m = _THEN.match(self.low, chain.end, self.starts[after])
        return m is not None and m.end() == self.starts[after]

    def _to(self, posts: Sequence[Mention[Any]], holders: Sequence[int]) -> list[Mention[Any]]:
        return _held(posts, [self.people[i] for i in holders], False)

    def _behind(self, chain: _Chain, before: int) -> list[Mention[Any]]:
        self.behind[before] = chain.end
        return self._to(chain.posts, [before])

    def _apposition(self, chain: _Chain, before: int) -> re.Match[str] | None:
        if before < 0 or before in self.behind:
            return None
        m = _APPOSITION.match(self.low, self.ends[before], chain.start)
        if m is None or m.end() != chain.start:
            return None
        told = _SAID.match(self.low, chain.end) and _TOPIC.fullmatch(self._sentence(self.starts[before]))
        return None if told else m

    def _right(self, chain: _Chain, after: int) -> re.Match[str] | None:
        if after < 0:
            return None
        m = _RIGHT.match(self.low, chain.end, self.starts[after])
        if m is None or m.end() != self.starts[after]:
            return None
        serves = m["honorific"] and not m["comma"] and chain.posts[-1].value.title in ("Trợ lý", "Thư ký")
        return None if serves else m

    def _awarded(self, chain: _Chain, after: int) -> bool:
        """ "chuẩn y chức danh Phó Bí thư đối với ông A": the post stands before the person it is given to."""
        m = _FOR.match(self.low, chain.end, self.starts[after])
        if m is None or m.end() != self.starts[after]:
            return False
        before = self._sentence(chain.start)
        awarded = _REMOVED.search(before) is None and (_CUE.search(before) is not None or self._next_award(chain))
        if awarded:
            self.award = self.ends[after]
        return awarded

    def _receivers(self, first: int) -> list[int]:
        """Everybody to whom one post is given: "đối với bà A và ông B"."""
        out = [first]
        for i in range(first + 1, min(first + _LONGEST_LIST, len(self.people))):
            m = _LIST.fullmatch(self._without_posts(self.ends[i - 1], self.starts[i]))
            if m is None or ";" in m.group() or not (m["honorific"] or "và" in m.group()):
                break
            out.append(i)
        self.award = self.ends[out[-1]]
        return out

    def _next_award(self, chain: _Chain) -> bool:
        """Whether a list of awards goes on: "bầu: Chủ tịch X đối với ông A; Chủ tịch Y đối với ông B"."""
        if not self.award or chain.start - self.award > _REACH:
            return False
        gap = self.low[self.award : chain.start]
        return gap.rstrip().endswith(";") and _FULL_STOP.search(gap) is None

    def _predicate(self, chain: _Chain, before: int) -> list[int]:
        start = self.behind.get(before, self.ends[before])
        if chain.start - start > _REACH or start > chain.start:
            return []
        gap = self.low[start : chain.start]
        at = bisect_left(self.chain_starts, chain.start)
        clause = self.low[max(start, self.chains[at - 1].end if at else 0) : chain.start]
        m = _PREDICATE.search(clause)
        if m is None or _STOP.search(gap) or _REMOVED.search(clause):
            return []
        if _VACANT.search(clause) and (not _RECEIVED.search(gap) or _TRIAL.search(clause)):
            return []
        if (
            m.group().split()[0] in ("là", "làm", "trên", "với", "vào", "giao")
            and len(gap) > 60
            and "chức" not in m.group()
        ):
            return []
        if _REMOVED.search(self._sentence(self.people[before].start)[-60:]) and "giữ" not in gap and "bầu" not in gap:
            return []
        if before in self.behind or (
            before - 1 in self.behind and _ELECTING.search(self._sentence(self.starts[before]))
        ):
            return self._elected(before)
        return self._backward(before) if "," not in gap[:2] else [before]

    def _elected(self, last: int) -> list[int]:
        """ "bầu bà A, Giám đốc Sở X và ông B, Bí thư Huyện ủy Y giữ chức Phó Chủ tịch": everybody of the list."""
        out = [last]
        for i in range(last - 1, max(-1, last - _LONGEST_LIST), -1):
            gap = self._without_posts(self.ends[i], self.starts[i + 1])
            if _AND_ALSO.fullmatch(gap) is None and (len(out) == 1 or _LIST.fullmatch(gap) is None or ";" in gap):
                break
            out.insert(0, i)
        return out

    def _proposed(self, before: int, chain: _Chain) -> bool:
        around = self._sentence(self.people[before].start) + self.low[self.ends[before] : chain.start]
        return _PROPOSED.search(around) is not None

    def _opens(self, chain: _Chain) -> bool:
        return not self._sentence(chain.start).strip(' -+*•“"') or self.low[chain.start - 2 : chain.start] == ", "

    def _sentence(self, at: int) -> str:
        text = self.low[max(self.start, at - 300) : at]
        cut = 0
        for m in _SENTENCE.finditer(text):
            cut = m.end()
        return text[cut:] if cut else text

    def _forward(self, first: int) -> list[int]:
        """The people of a list that begins with `first`; each may have posts of his own behind the name."""
        out = [first]
        lead = self.low[max(self.start, self.starts[first] - 12) : self.starts[first]]
        singular = "đồng chí" in lead and "các" not in lead
        for i in range(first + 1, min(first + _LONGEST_LIST, len(self.people))):
            gap = self._without_posts(self.ends[i - 1], self.starts[i])
            m = _LIST.fullmatch(gap)
            if m is None or not gap.strip(" ()-") or (m["honorific"] and not singular) or self._led(i):
                break
            out.append(i)
        return out

    def _led(self, person: int) -> bool:
        """Whether a post of his own stands right before a name of a list: "A, B và Bộ trưởng C"."""
        i = bisect_right(self.chain_starts, self.starts[person]) - 1
        return (
            i >= 0
            and self.chains[i].end > self.ends[person - 1]
            and not self.low[self.chains[i].end : self.starts[person]].strip()
        )

    def _backward(self, last: int) -> list[int]:
        """The people of a list that ends with `last`, none of them with posts of his own."""
        out = [last]
        for i in range(last - 1, max(-1, last - _LONGEST_LIST), -1):
            gap = self.low[self.ends[i] : self.starts[i + 1]]
            if ";" in gap or _LIST.fullmatch(gap) is None or not gap.strip():
                break
            out.insert(0, i)
        return out

    def _without_posts(self, start: int, end: int) -> str:
        out, at = "", start
        for chain in self.chains[bisect_left(self.chain_starts, start) : bisect_left(self.chain_starts, end)]:
            if chain.end <= end:
                out += self.low[at : chain.start]
                at = chain.end
        return out + self.low[at:end]


def _held(posts: Sequence[Mention[Any]], holders: Sequence[Mention[Any]], proposed: bool) -> list[Mention[Any]]:
    out = []
    for post in posts:
        status = "proposed" if proposed and post.value.status == "current" else post.value.status
        for person in holders:
            value = replace(post.value, holder=person.span, name=person.value.name, status=status)
            out.append(replace(post, value=value))
    return out
