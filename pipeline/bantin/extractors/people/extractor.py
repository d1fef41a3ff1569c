"""People: weighs the evidence for every candidate name of a block and labels what the person does there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from bantin.extractors.base import Context
from bantin.extractors.people.bylines import byline_blocks, initials_line
from bantin.extractors.people.candidates import (
    Candidate,
    behind_post,
    candidates,
    inner_offsets,
    local_places,
    word_before,
)
from bantin.extractors.people.value import MentionType, PersonValue
from bantin.lexicon import load_lexicon
from bantin.names import SYLLABLE, canonical_name, is_name_syllable, is_vietnamese, place_length, runs
from bantin.organisations import stops
from bantin.rules import Hit, Rule, RuleSet, load_rules
from bantin.text import DIGITS, View
from bantin.types import Block, Family, Mention

LEADER = "Hồ Chí Minh"
_LEADER_WORDS = ("hồ", "chí", "minh")
_SCANNED = ("person.honorific", "person.rank", "person.credit", "person.credit_capitals", "person.uncle")
_CREDITS = ("person.credit", "person.credit_capitals")
_CITY = re.compile(r"(?<![^\W_])(?:tp|thành\s+phố)\s*\.?\s*$")
_ADDRESSED = re.compile(r"(?<![^\W_])(?:chủ\s+tịch|lãnh\s+tụ|đồng\s+chí|bác|cụ|chủ\s+tịch\s+nước)\s+$")
_MONUMENT = re.compile(
    r"(?<![^\W_])(?:di\s+chúc|lăng|bảo\s+tàng|tượng\s+đài|quảng\s+trường|tư\s+tưởng|phong\s+cách|đạo\s+đức|khu\s+di\s+tích|"
    r"khu\s+lưu\s+niệm|nhà\s+lưu\s+niệm|đền\s+thờ|tượng|gương|di\s+tích|chân\s+dung|ảnh)\s+(?:của\s+)?"
    r"(?:chủ\s+tịch|bác|lãnh\s+tụ)\s+$"
)
_MEMORIAL = re.compile(
    r"(?<![^\W_])(?:khu\s+lưu\s+niệm|nhà\s+lưu\s+niệm|khu\s+di\s+tích|khu\s+tưởng\s+niệm|nhà\s+tưởng\s+niệm|bảo\s+tàng|tượng\s+đài|đền\s+thờ|lăng|mộ)"
    r"\s+(?:cố\s+)?(?:(?:phó\s+)?chủ\s+tịch(?:\s+nước)?|tổng\s+bí\s+thư|đồng\s+chí|anh\s+hùng(?:\s+liệt\s+s[ĩỹ])?|đại\s+tướng|thủ\s+tướng|liệt\s+s[ĩỹ]|cụ|nhà\s+thơ|danh\s+nhân|bác)\s+$"
)
"""A memorial named after somebody, with the post or form of address that belongs to the name of the place."""
_MEMORIALS = frozenset({"khu", "nhà", "bảo", "tượng", "đền", "lăng", "mộ"})
"""The words with which a memorial begins."""
_OPEN_BODY = re.compile(
    r"(?<![^\W_])(?:(?<!chi\s)(?<!đảng\s)(?<!cán\s)bộ|sở|vụ|cục|(?<!hải\s)phòng|ban|công\s+ty|(?<!nhà\s)trường|báo|viện|tập\s+đoàn|tổng\s+công\s+ty|ngân\s+hàng|tạp\s+chí|"
    r"đài|hội|khoa|trung\s+tâm|bệnh\s+viện|học\s+viện|đại\s+học|nhà\s+máy|quỹ|chi\s+nhánh|cổ\s+phần|tnhh)\s+$"
)
"""A body whose head wants a name of its own: what follows is that name, not its holder."""
_COMMITTEE = re.compile(r"(?:huyện|thành|thị|quận|đảng)\s+ủy\s+$|(?:huyện|thành|quận)\s+đoàn\s+$")
_OF_TERRITORY = re.compile(r"(?<![^\W_])(?:xã|phường|huyện|quận|thị\s+xã|thị\s+trấn|thôn|bản|ấp)\s+$")
_TERRITORIAL = re.compile(
    r"(?<![^\W_])(?:xã|phường|huyện|quận|thị\s+xã|thị\s+trấn|tỉnh|thành\s+phố|thôn|bản|ấp|công\s+ty|tập\s+đoàn|"
    r"đường|trường)\s+$"
)
_GROUP_RANK = re.compile(
    r"(?:cựu\s+chiến\s+binh|ccb|nhà\s+báo|phóng\s+viên|pv|nghệ\s+nhân|em|nghệ\s+sĩ|liệt\s+sĩ|liệt\s+sỹ|"
    r"(?:đảng|hội|đoàn|sinh|vận\s+động)\s+viên|công\s+nhân|nông\s+dân|(?:học|thí)\s+sinh|chiến\s+sĩ|cử\s+tri|doanh\s+nhân|"
    r"(?:thương|bệnh)\s+binh|anh\s+hùng)\s*$"
)
"""Ranks that also name a whole group: "Cựu chiến binh Mỹ Lộc" are the veterans of a place."""
_STATESMAN = re.compile(
    r"(?<![^\W_])(?:tổng\s+thống|thủ\s+tướng|đại\s+sứ|quốc\s+vương|ngoại\s+trưởng|tổng\s+bí\s+thư|chủ\s+tịch\s+(?:nước|quốc\s+hội)|"
    r"tỉnh\s+trưởng|thống\s+đốc|bộ\s+trưởng)[^,.;:\n]{0,70}$"
)
"""A foreign name is read behind the post of a statesman only: elsewhere such words are firms and products."""
_NO_GIVEN = frozenset({
    "trưởng", "phó", "nguyên", "chánh", "tổng", "đảng", "đoàn", "thường", "chỉ", "giám", "hội", "bí", "viện", "chi",
    "quản", "thị", "văn",
})  # fmt: skip
"""Syllables of posts, which a form of address leads too."""
_NAMED_AFTER = re.compile(
    r"(?<![^\W_])(?:phố|đường|quận|phường|xã|huyện|đền|chùa|miếu|đình|núi|hồ|đảo|cầu|chợ|kênh|rạch|cù\s+lao|cồn|vàm|bến|"
    r"thác|suối|đồi|dốc|phà|lễ\s+hội|vía|khởi\s+nghĩa|thị\s+trấn|thị\s+xã|thôn|ấp|hai)\s+$"
)
"""Before a form of address that belongs to the name of a place: "phố Bà Triệu", "Hai Bà Trưng"."""
_AMONG_PLACES = re.compile(
    r"(?<![^\W_])(?:[Cc]ác|[Nn]hững|hai|ba|bốn|năm|sáu|\d{1,3})\s+"
    r"(?:xã|phường|huyện|quận|thị trấn|thôn|ấp|khu phố|tuyến phố|tuyến đường|đường)"
    rf"(?:\s+(?:{SYLLABLE}|và)|,|\s+(?=$))+$"
)
"""Before a name in a list of places: "các phường Trần Phú, Lê Lợi và ..."."""
_COUNTS = frozenset({"các", "những", "hai", "ba", "bốn", "năm", "sáu", *DIGITS})
"""The words and numbers with which such a list begins."""
_LOWER_GIVEN = re.compile(r" ([^\W\d_A-ZĐ][^\W\d_]*)(?![^\W_])")
_TERM_BEHIND = re.compile(r"\s*,?\s+(?:khóa|nhiệm\s+kỳ)\s")
_AUTHOR = re.compile(r"\s*(?:nhóm\s+)?tác\s+giả\s*", re.IGNORECASE)
_UNLED, _UNFOLLOWED = re.compile(r"(?<![^\W_])"), re.compile(r"(?![^\W_])(?! [^\W\d_a-zđ])")
"""What stands before and behind a name that is no part of a longer one."""
_CLOSED = re.compile(r"(?:[^\W\d_]{5,}\.|(?=[^\W\d_]*[^\x00-\x7f])[^\W\d_]{3,}\.|,)\s*$")
"""A full stop behind a word, not behind the short form of a degree: the sentence is over."""
_ITEM = re.compile(r"[^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,4}\s*(?:,\s*(?:và\s+)?|\s+và\s+|;\s*|\s+-\s+|-)(?=[^\W\d_])")
_ITEM_OF_LIST = re.compile(r"[;:] [,(;.-]")
_BEHIND_SHORT = re.compile(r"\s*(?:[,;.:)(!?\"”/-]|$|\n|và\s|(?:nguyên|hiện)\s)")


@dataclass(slots=True)
class _Scope:
    """One block while its candidates are weighed."""

    view: View
    block: Block
    led: Mapping[int, Hit]  # offsets at which an honorific, a rank or a credit announces a name
    byline: bool
    given: set[str]  # given names of the people of the article so far
    accepted: list[tuple[Candidate, Mention[Any]]] = field(default_factory=list)

    def before(self, at: int, reach: int) -> int:
        return max(self.block.start, at - reach)


class PeopleExtractor:
    """The family `people`. Candidates are found by shape, accepted by the rule that gives the strongest evidence."""

    family: Family = "people"

    def __init__(self) -> None:
        self.rules: RuleSet = load_rules("extractors", "people", "rules.toml")
        self._heads = RuleSet(r for r in self.rules if r.id in _SCANNED)
        self._by_id = {r.id: r for r in self.rules}
        self._honorifics = load_lexicon("honorifics")

    def extract(self, context: Context) -> list[Mention[Any]]:
        """The people of an article in reading order, none overlapping."""
        view = context.view
        out: list[Mention[Any]] = []
        bylines = byline_blocks(context.article.blocks, view)
        places = local_places(view)
        given: set[str] = set()
        rare: set[str] = set()
        for block in context.blocks:
            hits = self._heads.scan(view, block.start, block.end)
            led = _announcements(view, block, hits)
            scope = _Scope(view, block, led, block.start in bylines, given)
            uncles = [self._uncle(view, h) for h in hits if h.rule.id == "person.uncle"]
            out += _apart(uncles + self._people(scope, places))
            rare |= {m.text for c, m in scope.accepted if self._rare(c, m)}
        return _apart(out + self._again(view, context.blocks, rare)) if rare else out

    def _rare(self, c: Candidate, mention: Mention[Any]) -> bool:
        """Whether a name was known by its form of address only, so that it is not recognised elsewhere."""
        named = mention.value.mention_type == "mention" and len(c.words) > 1 and not c.caps
        return named and (c.surname in (None, "foreign", "minority") or not c.known)

    def _again(self, view: View, blocks: Sequence[Block], names: set[str]) -> list[Mention[Any]]:
        """Further mentions of names that only a form of address or a post could tell."""
        out: list[Mention[Any]] = []
        for block in blocks:
            last = block.start
            found = ((at, -len(name)) for name in names for at in _alone(view.text, name, block))
            for at, length in sorted(found):
                if at < last:
                    continue
                last = at - length
                if not _TERRITORIAL.search(view.lower, max(block.start, at - 14), at):
                    value = PersonValue(canonical_name(view.text[at:last]))
                    out.append(_mention(view, (at, last), self._by_id["person.known"], value))
        return out

    def _people(self, scope: _Scope, places: frozenset[tuple[str, ...]]) -> list[Mention[Any]]:
        view, block = scope.view, scope.block
        announced: dict[int, object] = {**scope.led, **dict.fromkeys(self._items(scope))}
        if scope.byline:
            announced |= dict.fromkeys(r[0][0] for r in runs(view.folded, block.start, block.end) if len(r) > 1)
        rest: list[Candidate] = []
        for shape in candidates(view, block, announced, places):
            if shape.words == _LEADER_WORDS and _CITY.search(view.lower, scope.before(shape.start, 14), shape.start):
                continue
            c = self._completed(scope, shape)
            mention = self._weigh(scope, c)
            if mention is None:
                rest.append(c)
                continue
            scope.accepted.append((c, mention))
            if len(c.words) > 1:
                scope.given.add(c.words[-1])
        found = [m for _, m in scope.accepted] + self._backwards(scope, rest)
        if scope.byline and not found and (line := initials_line(view, block)):
            value = PersonValue(view.text[line[0] : line[1]], None, "byline", "author")
            found.append(_mention(view, line, self._by_id["person.byline"], value, 0.5))
        return found

    def _items(self, scope: _Scope) -> set[int]:
        """Where further items of a list begin: "các đồng chí Hiếu, Thắng, Kiên", "Bài và ảnh: A - B"."""
        out: set[int] = set()
        for at, hit in scope.led.items():
            text = hit.group("honorific")
            if (
                hit.rule.id in _CREDITS
                or _AUTHOR.fullmatch(hit.match.group())
                or (text and self._honorifics.note(text) == "plural")
            ):
                pos = at
                while m := _ITEM.match(scope.view.folded, pos, scope.block.end):
                    pos = m.end()
                    if pos in out:  # another list has been here
                        break
                    out.add(pos)
        return out

    def _completed(self, scope: _Scope, c: Candidate) -> Candidate:
        """The candidate with a given name that was printed in lower case: "đồng chí Nguyễn Khắc lập, Bí thư ..."."""
        view, end = scope.view, scope.block.end
        m = _LOWER_GIVEN.match(view.folded, c.end, end)
        if m is None or len(c.words) != 2 or c.surname != "strong" or c.caps or not is_name_syllable(m[1]):
            return c
        if c.start not in scope.led and not behind_post(view, scope.block.start, c.start):
            return c
        follows = self._by_id["person.post_after"].match(view, m.end(), end) is not None
        if c.words[1] in ("văn", "thị"):
            follows = follows or self._by_id["person.act"].match(view, m.end(), end) is not None
        elif view.folded[m.end() : m.end() + 1] not in (",", "-", "(") and view.folded[m.end() : m.end() + 3] != " - ":
            follows = False
        return replace(c, end=m.end(), words=(*c.words, m[1])) if follows and m[1] not in _NO_GIVEN else c

    def _weigh(self, scope: _Scope, c: Candidate) -> Mention[Any] | None:
        """The mention a candidate becomes by the strongest evidence there is, or None without any."""
        view, end = scope.view, scope.block.end
        if c.words == _LEADER_WORDS:
            return self._leader(scope, c)
        if c.surname == "foreign":
            statesman = _STATESMAN.search(view.lower, scope.before(c.start, 90), c.start)
            return self._accept(scope, c, "person.post_before") if statesman else None
        hit = scope.led.get(c.start)
        if len(c.words) > 1 and _in_memorial(view, scope.before(c.start, 60), c.start):
            return self._accept(scope, c, "person.in_name", kind="in_name")
        if hit is not None and self._announced(scope, c, hit):
            return self._accept(scope, c, hit.rule.id, hit)
        follows = self._follows(scope, c)
        if len(c.words) == 1:
            if c.surname == "minority" and self._by_id["person.post_after"].match(view, c.end, end):
                return self._accept(scope, c, "person.post_after")  # "Bà là K'Hiếu, Bí thư Chi bộ"
            short = follows and len(scope.accepted[-1][0].words) == 1 and c.known
            return self._accept(scope, c, "person.list") if short else None
        if follows and scope.accepted[-1][1].value.mention_type == "byline" and c.known:
            return self._accept(scope, c, "person.list", kind="byline")
        if scope.byline and scope.accepted and view.folded[c.start - 1] == "(":
            return None  # where the author is: "Bích Hồng (Chi Lăng)"
        if c.surname is None:
            if scope.byline and c.known and len(c.words) <= 4 and not self._inside(view, c):
                return self._accept(scope, c, "person.byline", kind="byline")
            return self._accept(scope, c, "person.list") if follows and c.known and len(c.words) <= 4 else None
        if self._inside(view, c) and not self._over_territory(scope, c):
            if c.full or (c.surname == "strong" and c.known):
                return self._accept(scope, c, "person.in_name", kind="in_name")
            return None
        if scope.byline and c.known:
            return self._accept(scope, c, "person.byline", kind="byline")
        clear = c.surname in ("strong", "minority")
        if self._post_before(scope, c):
            return self._accept(scope, c, "person.post_before")
        named = not c.full and _OPEN_BODY.search(view.lower, scope.before(c.start, 20), c.start)
        if (c.known or not c.caps) and not named and self._by_id["person.post_after"].match(view, c.end, end):
            return self._accept(scope, c, "person.post_after")
        if follows and (c.known or clear):
            return self._accept(scope, c, "person.list")
        if c.full and not _of_province(c):
            return self._accept(scope, c, "person.full_name")
        if clear and len(c.words) > 2 and scope.accepted and self._listed(view, c):
            return self._accept(scope, c, "person.list")
        if clear and c.known and not c.caps and self._by_id["person.act"].match(view, c.end, end) and _free(view, c):
            return self._accept(scope, c, "person.act")
        return None

    def _announced(self, scope: _Scope, c: Candidate, hit: Hit) -> bool:
        """Whether an honorific, rank or label really announces this candidate."""
        view, end = scope.view, scope.block.end
        if stops(view, c.start, c.end) and not c.known:
            return False
        if hit.rule.id in _CREDITS:
            return len(c.words) >= 2 and (c.known or c.surname in ("strong", "minority"))
        if _CLOSED.search(hit.match.group()):
            return False
        if hit.rule.id == "person.rank" and _GROUP_RANK.search(hit.match.group()):
            middle = len(c.words) == 3 and c.words[1] in ("văn", "thị") and c.surname is not None
            return middle or (c.surname == "strong" and (len(c.words) > 2 or (len(c.words) == 2 and c.known)))
        if len(c.words) > 1:
            if c.words[0] == "hồ" and hit.match.group().strip().lower() == "bác" and not c.known:
                return False  # "Bác Hồ Một Tình Yêu Bao La" is a song
            if _AUTHOR.fullmatch(hit.match.group()):
                return c.known or c.surname in ("strong", "minority")
            return c.surname is not None or not c.caps or c.known
        if c.words[0] in ("hồ", "tôn") and self._honorifics.note(hit.group("honorific") or "") == "kin":
            return False
        if "'" in c.words[0]:
            return True
        if not c.caps and len(c.words[0]) > 2 and _BEHIND_SHORT.match(view.lower, c.end, end):
            if not is_vietnamese(c.words[0]):
                return True  # "ông Hmrik", "ông Putin"
            if hit.match.group().strip().lower() == "già làng":
                return True
        if c.words[0] in scope.given and c.words[0] not in _NO_GIVEN and not c.caps:
            return True  # "Đại tá Mạnh", named in full before
        if hit.rule.id == "person.rank" or not is_name_syllable(c.words[0]) or c.caps:
            return False
        note = self._honorifics.note(hit.group("honorific") or "")
        if note != "kin" and c.words[0] not in _NO_GIVEN:
            return True
        if c.words[0] in scope.given or _BEHIND_SHORT.match(view.lower, c.end, end):
            return True
        return self._by_id["person.act"].match(view, c.end, end) is not None

    def _follows(self, scope: _Scope, c: Candidate) -> bool:
        if not scope.accepted:
            return False
        m = self._by_id["person.list"].match(scope.view, scope.accepted[-1][0].end, c.start)
        return m is not None and m.end() == c.start

    def _listed(self, view: View, c: Candidate) -> bool:
        around = view.folded[c.start - 2 : c.start] + view.folded[c.end : c.end + 1]
        return _ITEM_OF_LIST.match(around) is not None

    def _backwards(self, scope: _Scope, rest: list[Candidate]) -> list[Mention[Any]]:
        """Names before an accepted one in the same list."""
        if not rest:
            return []
        view = scope.view
        starts = {c.start: m for c, m in scope.accepted if m.value.mention_type != "in_name"}
        out: list[Mention[Any]] = []
        for c in reversed(rest):
            if c.surname not in ("strong", "minority") or not c.known or len(c.words) < 2:
                continue
            m = self._by_id["person.list"].match(view, c.end, scope.block.end)
            if m is None or m.end() not in starts or self._inside(view, c):
                continue
            like = starts[m.end()].value
            value = PersonValue(canonical_name(view.text[c.start : c.end]), None, like.mention_type, like.context)
            starts[c.start] = _mention(view, (c.start, c.end), self._by_id["person.list"], value)
            out.append(starts[c.start])
        return out

    def _inside(self, view: View, c: Candidate) -> bool:
        """Whether the name stands inside the name of a street, a school, a ward ..."""
        if self._by_id["person.in_name"].match(view, c.start, c.end) is not None:
            return True
        return _among_places(view, c.start)

    def _over_territory(self, scope: _Scope, c: Candidate) -> bool:
        """Whether a post of a place ends here, so that its holder follows: "Chủ tịch UBND xã Nguyễn Văn A"."""
        if not (c.full or c.surname == "minority" or c.words[1] in ("văn", "thị")):
            return False
        if _TERM_BEHIND.match(scope.view.lower, c.end):
            return False  # "Chủ tịch UBND phường Phùng Chí Kiên khóa V"
        near = _OF_TERRITORY.search(scope.view.lower, scope.before(c.start, 12), c.start)
        return near is not None and behind_post(scope.view, scope.block.start, c.start)

    def _post_before(self, scope: _Scope, c: Candidate) -> bool:
        view = scope.view
        if not behind_post(view, scope.block.start, c.start):
            return False
        if not c.full and _OPEN_BODY.search(view.lower, scope.before(c.start, 20), c.start):
            return False
        if c.words[0] == "đoàn" and not c.known:  # "Bí thư Đoàn Than Quảng Ninh": the Youth Union of a firm
            return False
        if c.surname in ("strong", "minority", "unknown"):
            return True
        if not c.known or len(c.words) > 2:
            return c.known or c.words[1] in ("văn", "thị")
        closed = _BEHIND_SHORT.match(view.lower, c.end, scope.block.end) or self._by_id["person.act"].match(
            view, c.end, scope.block.end
        )
        return closed is not None and not _COMMITTEE.search(view.lower, scope.before(c.start, 12), c.start)

    def _leader(self, scope: _Scope, c: Candidate) -> Mention[Any]:
        low, from_ = scope.view.lower, scope.before(c.start, 50)
        actor = _ADDRESSED.search(low, from_, c.start) and not _MONUMENT.search(low, from_, c.start)
        rule = self._by_id["person.post_before" if actor else "person.in_name"]
        value = PersonValue(LEADER, None, "mention" if actor else "in_name", "historical")
        return _mention(scope.view, (c.start, c.end), rule, value)

    def _uncle(self, view: View, hit: Hit) -> Mention[Any]:
        return _mention(view, (hit.start, hit.end), hit.rule, PersonValue(LEADER, None, "in_name", "historical"))

    def _accept(
        self, scope: _Scope, c: Candidate, rule: str, hit: Hit | None = None, *, kind: MentionType = "mention"
    ) -> Mention[Any]:
        view = scope.view
        honorific = None
        if hit is not None and (text := hit.group("honorific")):
            honorific = self._honorifics.canonical(text)
        label: str | None = None
        if hit is not None and hit.rule.id in _CREDITS:
            kind = "byline"
            credit = hit.match.group().lower()
            label = "photographer" if "ảnh" in credit and "tin" not in credit and "bài" not in credit else "author"
        elif kind == "byline":
            label = "author"
        value = PersonValue(canonical_name(view.text[c.start : c.end]), honorific, kind, label)
        return _mention(view, (c.start, c.end), self._by_id[rule], value)


def _alone(text: str, name: str, block: Block) -> Iterator[int]:
    """Where a name stands in a block, no part of a longer one."""
    at = text.find(name, block.start, block.end)
    while at >= 0:
        if _UNLED.match(text, at) and _UNFOLLOWED.match(text, at + len(name), block.end):
            yield at
        at = text.find(name, at + 1, block.end)


def _in_memorial(view: View, start: int, at: int) -> bool:
    return word_before(view.folded, at) and next(view.finditer(_MEMORIAL, _MEMORIALS, start, at), None) is not None


def _announcements(view: View, block: Block, hits: list[Hit]) -> dict[int, Hit]:
    """Offsets at which an honorific, a rank or a credit ends and a name may begin."""
    if not hits:
        return {}
    inner = inner_offsets(view, block, [h.start for h in hits])
    led: dict[int, Hit] = {}
    for hit in hits:
        if hit.rule.id == "person.uncle" or hit.start in inner:
            continue
        if view.folded[hit.start].isupper() and _NAMED_AFTER.search(view.lower, max(0, hit.start - 12), hit.start):
            continue
        if view.folded.startswith(", ", hit.start - 2) and _among_places(view, hit.start):
            continue  # "các xã Đông Thạnh, Bà Điểm"
        if hit.end not in led or hit.start < led[hit.end].start:
            led[hit.end] = hit
    return led


def _among_places(view: View, at: int) -> bool:
    return next(view.finditer(_AMONG_PLACES, _COUNTS, max(0, at - 200), at, cased=True), None) is not None


def _of_province(c: Candidate) -> bool:
    """Whether a name of four syllables ends in a province and has no middle name: "Hoàng Anh Gia Lai"."""
    return len(c.words) == 4 and c.words[1] not in ("văn", "thị") and place_length(c.words, 2) == 2


def _free(view: View, c: Candidate) -> bool:
    """Whether nothing before the candidate makes it a part of a longer name of a body."""
    before = view.folded[max(0, c.start - 2) : c.start]
    return not before[:1].isalpha() or before[-1] != " " or before[0] in "àóừì"


def _mention(
    view: View, at: tuple[int, int], rule: Rule, value: PersonValue, confidence: float | None = None
) -> Mention[Any]:
    return Mention("people", *at, view.text[at[0] : at[1]], rule.id, confidence or rule.confidence, value)


def _apart(mentions: list[Mention[Any]]) -> list[Mention[Any]]:
    if len(mentions) < 2:
        return mentions
    out: list[Mention[Any]] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out


def extractor() -> PeopleExtractor:
    """The extractor of this family; compiles its rules."""
    return PeopleExtractor()
