"""Roles: every post in the blocks that name a person, each with its body, shared bodies written out."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from bantin.extractors.base import Context
from bantin.extractors.roles.signatures import signatures
from bantin.extractors.roles.value import RoleValue
from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.organisations import canonical_organisation, head_end, organisation_end, stops, unit_of
from bantin.posts import Post, post_heads, read_post
from bantin.rules import Rule, RuleSet, load_rules
from bantin.text import View
from bantin.types import Block, Family, Mention, Span

JOINT = re.compile(
    r"\s*(?:\([^()\n]{0,60}\)\s*)?(?:(?:,|-|/|&)\s*)?(?:(?:và|rồi|kiêm(?:\s+nhiệm)?|đồng\s+thời(?:\s+(?:là|giữ\s+chức))?)\s+)?"
    r"(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)\s*,\s*)?"
)
"""What stands between two posts of one person."""

_CURRICULUM = re.compile(
    r"(?<![^\W_])(?:ông|bà|đồng\s+chí)\s[^.;\n]{0,120}(?<![^\W_])(?:là|làm|giữ|bầu|bổ\s+nhiệm|đảm\s+nhiệm|nguyên)[\s:]"
)
"""A block that says what somebody named before held: "Năm 2010, ông giữ chức ..." """
_PRONOUNS = frozenset({"ông", "bà", "đồng"})
"""The words with which it begins."""


class RolesExtractor:
    """The family `roles`. Blocks in which nobody is named or spoken of are passed over."""

    family: Family = "roles"

    def __init__(self) -> None:
        self.rules: RuleSet = load_rules("extractors", "roles", "rules.toml")
        self._shared_form = self.rules["role.shared"]
        self._forms = [self.rules[i] for i in ("role.whole", "role.organ", "role.post")]

    def extract(self, context: Context) -> list[Mention[Any]]:
        """The posts of an article in reading order, none overlapping; holders are not yet known."""
        people = [m.span for m in context.found_of("people") if m.value.mention_type != "in_name"]
        if not people:
            return []
        starts = [p.start for p in people]
        out: list[Mention[Any]] = []
        for block in context.blocks:
            first, last = bisect_left(starts, block.start), bisect_left(starts, block.end)
            if first < last or (first and _spoken_of(context.view, block)):
                out += self._block(context.view, block, people[first:last])
        for s in signatures(context.view, context.blocks, people):
            insort(out, self._mention(context.view, replace(s.post, organisation=s.organisation), False), key=_start)
        return out

    def _block(self, view: View, block: Block, people: Sequence[Span]) -> list[Mention[Any]]:
        chain: list[Post] = []
        out: list[Mention[Any]] = []
        for post in read_posts(view, block, people):
            if chain:
                joint = JOINT.match(view.lower, chain[-1].end, post.start)
                if joint is None or joint.end() != post.start or _between(people, chain[-1].end, post.start):
                    out += self._shared(view, chain)
                    chain = []
            chain.append(post)
        return out + self._shared(view, chain)

    def _shared(self, view: View, chain: list[Post]) -> list[Mention[Any]]:
        out: list[Mention[Any]] = []
        right: Post | None = None
        for post in reversed(chain):
            inherited = False
            whole = post
            if right is not None and not post.whole and (body := shared_body(post, right)):
                inherited = True
                whole = replace(post, organisation=body)
            out.append(self._mention(view, whole, inherited))
            right = whole
        out.reverse()
        for i in range(1, len(out)):  # a board of the Party that finds its committee with the post before
            own, left = out[i].value.organisation, out[i - 1].value.organisation
            if own and left and _PARTY_BOARD.fullmatch(own) and (unit := unit_of(left)[1]).lower().endswith("ủy"):
                out[i] = replace(out[i], value=replace(out[i].value, organisation=f"{own} {unit}", inherited=True))
        for i in range(1, len(out)):  # one "nguyên" before two posts of one body
            before = out[i - 1].value
            if before.status == "former" and before.inherited and out[i].value.status == "current":
                out[i] = replace(out[i], value=replace(out[i].value, status="former"))
        return out

    def _mention(self, view: View, post: Post, inherited: bool) -> Mention[Any]:
        rule = self._shared_form if inherited else self._form(view, post)
        value = RoleValue(post.title, post.organisation, post.status, inherited, post.term)
        return Mention(
            "roles", post.start, post.body_end, view.text[post.start : post.body_end], rule.id, rule.confidence, value
        )

    def _form(self, view: View, post: Post) -> Rule:
        return next((r for r in self._forms if r.match(view, post.head, post.body_end)), self._forms[-1])


@cache
def _addressed() -> re.Pattern[str]:
    return re.compile(rf"(?:đồng\s+chí|đ/c)\s+(?:{flexible(sorted(load_lexicon('posts')))})(?![^\W\d_])")


def _spoken_of(view: View, block: Block) -> bool:
    """Whether a block that names nobody says something of somebody: "ông giữ chức ...", "đồng chí Bí thư Tỉnh ủy"."""
    named_before = next(view.finditer(_CURRICULUM, _PRONOUNS, block.start, block.end), None)
    return named_before is not None or _addressed().search(view.lower, block.start, block.end) is not None


def _start(mention: Mention[Any]) -> int:
    return mention.start


def read_posts(view: View, block: Block, people: Sequence[Span]) -> list[Post]:
    """The posts of a block; a body ends before the next person."""
    out: list[Post] = []
    end = block.start
    starts = [p.start for p in people]
    for m in post_heads(view, block.start, block.end):
        if m.start() < end or _between(people, m.start(), m.end()):
            continue
        i = bisect_left(starts, m.end())
        limit = starts[i] if i < len(starts) else block.end
        post = read_post(view, m, limit)
        if post.organisation is None and not post.whole:
            person = people[i] if i < len(people) and people[i].end <= block.end else None
            post = _with_set_off(view, post, limit, person, block.end)
        end = post.body_end
        if not post.group:
            out.append(post)
    return out


_BRACKET = re.compile(r"\s*\((?=[^\W\d_a-z])")
_SET_OFF = re.compile(r",\s(?=[^\W\d_a-z])")
_ANOTHER = re.compile(r"(?:,|\s+và)\s+(?=\w)")


def _with_set_off(view: View, post: Post, limit: int, person: Span | None, end: int) -> Post:
    """The post with a body that punctuation sets off: "Phó Vụ trưởng (Bộ X)", "Phó Chính ủy, Hải đoàn 32",
    "Phó Vụ trưởng A (Bộ X)"; the post itself where there is none. A list of bodies belongs to no post.
    """
    bracketed = _BRACKET.match(view.folded, post.end, limit)
    comma = _SET_OFF.match(view.folded, post.end, limit)
    held = person is not None and not view.folded[post.end : person.start].strip()
    if bracketed is None and comma is None and person is not None and held:
        bracketed = _BRACKET.match(view.folded, person.end, end)
        limit = end
    opening = bracketed or comma
    if opening is None or (head := head_end(view, opening.end(), limit)) is None:
        return post
    at, stop = opening.end(), organisation_end(view, opening.end(), limit)
    if unit_of(view.text[at:stop])[0] or stops(view, at, limit) or stop < head:
        return post
    if bracketed and not view.folded.startswith(")", stop):
        return post
    twice = f" và {view.lower[at:stop].split()[0]} " in view.lower[at:stop]  # "Sở Y tế và Sở Tài chính"
    if comma and not bracketed and (twice or _of_list(view, stop, limit)):
        return post
    body = canonical_organisation(view.text[at:stop])
    post = replace(post, organisation=body[:1].upper() + body[1:])
    if person is not None and at > person.start:
        return post
    stop += bracketed is not None
    return replace(post, body_end=stop, end=stop)


def _of_list(view: View, at: int, end: int) -> bool:
    """Whether a further body follows: "Giám đốc, Sở Y tế và Sở Tài chính"."""
    m = _ANOTHER.match(view.folded, at, end)
    return m is not None and not stops(view, m.end(), end) and head_end(view, m.end(), end) is not None


def _between(people: Sequence[Span], start: int, end: int) -> bool:
    i = bisect_left(people, Span(start, start))
    return (i < len(people) and people[i].start < end) or (i > 0 and people[i - 1].end > start)


_MANAGER = re.compile(r"(?:Giám đốc|Kế toán trưởng|Quản đốc|Hiệu trưởng|Viện trưởng)$")
_COMMITTEE_OF = re.compile(
    r"(?:Đảng ủy|Đảng bộ|Chi bộ|Ban Thường vụ Đảng ủy|Ban Chấp hành Đảng bộ)(?: (?:cơ quan|bộ phận))?(?= |$)"
)
_OF_PROVINCE = re.compile(r"Ủy ban nhân dân (?:tỉnh|thành phố)(?= |$)", re.IGNORECASE)
_BARE_COMMITTEE = re.compile(r"(Ban Thường vụ|Ban Chấp hành) (Đảng ủy|Đảng bộ)", re.IGNORECASE)
_PARTY_BOARD = re.compile(r"ban (?:tổ chức|tuyên giáo|dân vận|nội chính)|ủy ban kiểm tra", re.IGNORECASE)
_STATE_OFFICE = re.compile(r"(?:phòng|sở|ủy ban nhân dân|hội đồng nhân dân|trung tâm)(?![^\W_])", re.IGNORECASE)
_NATIONAL = re.compile(r"việt nam (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?![^\W_])")


def shared_body(post: Post, right: Post) -> str | None:
    """The body of a post that states none, or only an organ of one, taken from the next post; None if it needs none."""
    if right.organisation is None:
        return None
    organ, unit = unit_of(right.organisation)
    if _NATIONAL.match(unit.lower()):  # "Hội Liên hiệp Thanh niên Việt Nam xã" is a body of the commune
        unit = unit[len("Việt Nam ") :]
    if post.organisation is None:
        if _MANAGER.search(post.title) and (party := _COMMITTEE_OF.match(right.organisation)):
            return right.organisation[party.end() :].strip() or None  # a manager belongs to no Party committee
        if post.title == "Tổng Thư ký" and right.organisation.startswith("Văn phòng "):
            return right.organisation.removeprefix("Văn phòng ")  # "Tổng Thư ký, Chủ nhiệm Văn phòng Quốc hội"
        if post.title.endswith(("Bí thư", "Thường trực")) and unit and unit.lower().endswith(("ủy", "khối")):
            return unit
        return right.organisation if unit or not organ else None
    if bare := _BARE_COMMITTEE.fullmatch(post.organisation):
        body = shared_body(replace(post, organisation=bare[2]), right)
        return f"{bare[1]} {body}" if body else None
    own, rest = unit_of(post.organisation)
    if not own or rest or not unit:
        return None
    if own.lower() == "đảng ủy" and _OF_PROVINCE.match(right.organisation):  # a province has no Đảng ủy but a Tỉnh ủy
        return f"{own} {right.organisation}"
    if _PARTY_BOARD.match(own) and _STATE_OFFICE.match(unit):
        return None
    if own.lower() in ("ban cán sự đảng", "ban cán sự", "đảng đoàn"):
        return f"{own} {right.organisation}"
    return unit if unit.lower().startswith(own.lower()) else f"{post.organisation} {unit}"


def extractor() -> RolesExtractor:
    return RolesExtractor()
