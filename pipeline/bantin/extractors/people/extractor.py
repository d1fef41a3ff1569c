"""People: weighs the evidence for every candidate name of a block and labels what the person does there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bantin.extractors.base import Context
from bantin.extractors.people.bylines import byline_blocks, initials_line
from bantin.extractors.people.candidates import Candidate, behind_post, candidates, inner_offsets, local_places
from bantin.extractors.people.contexts import context_of
from bantin.extractors.people.value import MentionType, PersonValue
from bantin.lexicon import load_lexicon
from bantin.names import canonical_name, is_name_syllable, runs
from bantin.organisations import stops
from bantin.rules import Hit, Rule, RuleSet, load_rules
from bantin.text import View
from bantin.types import Block, Family, Mention

LEADER = "Hồ Chí Minh"
_LEADER_WORDS = ("hồ", "chí", "minh")
_SCANNED = ("person.honorific", "person.rank", "person.credit", "person.uncle")
_CITY = re.compile(r"(?<![^\W_])(?:tp|thành\s+phố)\s*\.?\s*$")
_ADDRESSED = re.compile(r"(?<![^\W_])(?:chủ\s+tịch|lãnh\s+tụ|đồng\s+chí|bác|cụ|chủ\s+tịch\s+nước)\s+$")
_MONUMENT = re.compile(
    r"(?<![^\W_])(?:di\s+chúc|lăng|bảo\s+tàng|tượng\s+đài|quảng\s+trường|tư\s+tưởng|phong\s+cách|đạo\s+đức|khu\s+di\s+tích|"
    r"khu\s+lưu\s+niệm|nhà\s+lưu\s+niệm|đền\s+thờ|tượng|gương|di\s+tích|chân\s+dung|ảnh)\s+(?:của\s+)?(?:chủ\s+tịch|bác|lãnh\s+tụ)\s+$"
)
_OPEN_BODY = re.compile(
    r"(?<![^\W_])(?:bộ|sở|vụ|cục|phòng|ban|công\s+ty|trường|báo|viện|tập\s+đoàn|tổng\s+công\s+ty|ngân\s+hàng|tạp\s+chí|đài|hội|khoa|trung\s+tâm|"
    r"bệnh\s+viện|học\s+viện|đại\s+học|nhà\s+máy|quỹ|chi\s+nhánh|cổ\s+phần|tnhh)\s+$"
)
_OF_TERRITORY = re.compile(r"(?<![^\W_])(?:xã|phường|huyện|quận|thị\s+xã|thị\s+trấn|thôn|bản|ấp)\s+$")
_ITEM_OF_LIST = re.compile(r"[;:] [,(;.-]")
_COMMITTEE = re.compile(r"(?:huyện|thành|thị|quận|đảng)\s+ủy\s+$|(?:huyện|thành|quận)\s+đoàn\s+$")
"""A body whose head wants a name of its own: what follows is that name, not its holder."""
_GROUP_RANK = re.compile(r"(?:cựu\s+chiến\s+binh|ccb|nhà\s+báo|phóng\s+viên|pv|nghệ\s+nhân|em|nghệ\s+sĩ)\s*$")
"""Ranks that also name a whole group: "Cựu chiến binh Mỹ Lộc" are the veterans of a place."""
_BEHIND_SHORT = re.compile(r"\s*(?:[,;.:)(!?\"”/-]|$|\n|và\s|(?:nguyên|hiện)\s)")


class PeopleExtractor:
    """The family `people`. Candidates are found by shape, accepted by the rule that gives the strongest evidence."""

    family: Family = "people"

    def __init__(self) -> None:
        self.rules: RuleSet = load_rules("extractors", "people", "rules.toml")
        self._heads = RuleSet(r for r in self.rules if r.id in _SCANNED)
        self._honorifics = load_lexicon("honorifics")

    def extract(self, context: Context) -> list[Mention[Any]]:
        """The people of an article in reading order, none overlapping."""
        out: list[Mention[Any]] = []
        bylines = byline_blocks(context.article.blocks, context.view)
        places = local_places(context.view)
        for block in context.blocks:
            out += self._block(context.view, block, bylines.get(block.start), places)
        return out

    def _block(
        self, view: View, block: Block, byline: bool | None, places: frozenset[tuple[str, ...]]
    ) -> list[Mention[Any]]:
        led: dict[int, Hit] = {}
        found: list[Mention[Any]] = []
        for hit in self._heads.scan(view, block.start, block.end):
            if hit.rule.id == "person.uncle":
                value = PersonValue(LEADER, None, "in_name", "historical")
                found.append(_mention(view, hit.start, hit.end, hit.rule, value))
            elif hit.end not in led or hit.start < led[hit.end].start:
                led[hit.end] = hit
        inner = inner_offsets(view, block, [h.start for h in led.values()])
        led = {at: h for at, h in led.items() if h.start not in inner}
        accepted: list[tuple[Candidate, Mention[Any]]] = []
        open_: list[Candidate] = []
        announced = led | self._continued(view, block, led)
        if byline:
            announced |= dict.fromkeys(r[0][0] for r in runs(view.folded, block.start, block.end) if len(r) > 1)
        for c in candidates(view, block.start, block.end, announced, places):
            if c.words == _LEADER_WORDS and _CITY.search(view.lower, max(block.start, c.start - 14), c.start):
                continue
            mention = self._weigh(view, block, c, led, byline, accepted)
            if mention is None:
                open_.append(c)
            else:
                accepted.append((c, mention))
        accepted += self._backwards(view, accepted, open_)
        found += [m for _, m in accepted]
        if byline and not found and (line := initials_line(view, block)):
            value = PersonValue(view.text[line[0] : line[1]], None, "byline", "author")
            found.append(_mention(view, *line, self.rules["person.byline"], value, 0.5))
        return _apart(found)

    def _continued(self, view: View, block: Block, led: Mapping[int, Hit]) -> dict[int, Hit | None]:
        """Further items of a list announced by a plural honorific: "các đồng chí Hiếu, Thắng, Kiên"."""
        out: dict[int, Hit | None] = {}
        for at, hit in led.items():
            text = hit.group("honorific")
            if (text and self._honorifics.note(text) == "plural") or hit.rule.id == "person.credit":
                pos = at
                while m := _ITEM.match(view.folded, pos, block.end):
                    pos = m.end()
                    out[pos] = hit
        return {k: v for k, v in out.items() if k not in led}

    def _weigh(
        self,
        view: View,
        block: Block,
        c: Candidate,
        led: Mapping[int, Hit],
        byline: bool | None,
        accepted: list[tuple[Candidate, Mention[Any]]],
    ) -> Mention[Any] | None:
        if c.words == _LEADER_WORDS:
            return self._leader(view, block, c)
        hit = led.get(c.start)
        if hit is not None and self._announced(view, c, hit, block):
            return self._accept(view, block, c, hit.rule, hit)
        single = len(c.words) == 1
        follows = self._follows(view, accepted, c)
        if single:
            ok = follows and accepted and len(accepted[-1][0].words) == 1 and c.known
            return self._accept(view, block, c, self.rules["person.list"], None) if ok else None
        if follows and accepted[-1][1].value.mention_type == "byline" and c.known:
            return self._accept(view, block, c, self.rules["person.list"], None, "byline")
        if c.surname is None:
            if byline and c.known and 2 <= len(c.words) <= 4:
                return self._accept(view, block, c, self.rules["person.byline"], None, "byline")
            if follows and c.known and len(c.words) <= 4:
                return self._accept(view, block, c, self.rules["person.list"], None)
            return None
        inside = self.rules["person.in_name"].match(view, c.start, c.end)
        if inside is not None and not self._over_territory(view, block, c):
            if c.full or (c.surname == "strong" and c.known):
                return self._accept(view, block, c, self.rules["person.in_name"], None, "in_name")
            return None
        if byline and c.known:
            return self._accept(view, block, c, self.rules["person.byline"], None, "byline")
        if self._post_before(view, block, c):
            return self._accept(view, block, c, self.rules["person.post_before"], None)
        if self.rules["person.post_after"].match(view, c.end, block.end) is not None and (c.known or not c.caps):
            return self._accept(view, block, c, self.rules["person.post_after"], None)
        if follows and (c.known or c.surname in ("strong", "minority")):
            return self._accept(view, block, c, self.rules["person.list"], None)
        if c.full:
            return self._accept(view, block, c, self.rules["person.full_name"], None)
        if (
            accepted
            and c.surname in ("strong", "minority")
            and len(c.words) > 2
            and _ITEM_OF_LIST.match(view.folded[c.start - 2 : c.start] + view.folded[c.end : c.end + 1])
        ):
            return self._accept(view, block, c, self.rules["person.list"], None)
        strong = c.surname in ("strong", "minority") and c.known and not c.caps
        if strong and self.rules["person.act"].match(view, c.end, block.end) is not None and self._free(view, c):
            return self._accept(view, block, c, self.rules["person.act"], None)
        return None

    def _announced(self, view: View, c: Candidate, hit: Hit, block: Block) -> bool:
        """Whether an honorific, rank or label really announces this candidate."""
        if stops(view, c.start, c.end) and not c.known:
            return False
        if hit.rule.id == "person.credit":
            return len(c.words) >= 2 and (c.known or c.surname in ("strong", "minority"))
        if hit.rule.id == "person.rank" and _GROUP_RANK.search(hit.match.group()):
            return len(c.words) > 1 and c.surname == "strong" and c.known
        if len(c.words) > 1:
            return c.surname is not None or not c.caps or c.known
        note = self._honorifics.note(hit.group("honorific") or "")
        if c.words[0] in ("hồ", "tôn") and note == "kin":
            return False
        if hit.rule.id == "person.rank" or not is_name_syllable(c.words[0]) or c.caps:
            return False
        if _BEHIND_SHORT.match(view.lower, c.end, block.end):
            return True
        return self.rules["person.act"].match(view, c.end, block.end) is not None

    def _free(self, view: View, c: Candidate) -> bool:
        """Whether nothing before the candidate makes it a part of a longer name of a body."""
        before = view.folded[max(0, c.start - 2) : c.start]
        return not before or not before[0].isalpha() or before[-1] != " " or view.lower[c.start - 2] in "àóừì"

    def _follows(self, view: View, accepted: list[tuple[Candidate, Mention[Any]]], c: Candidate) -> bool:
        if not accepted:
            return False
        m = self.rules["person.list"].match(view, accepted[-1][0].end, c.start)
        return m is not None and m.end() == c.start

    def _backwards(
        self, view: View, accepted: list[tuple[Candidate, Mention[Any]]], rest: list[Candidate]
    ) -> list[tuple[Candidate, Mention[Any]]]:
        """Names before an accepted one in the same list."""
        starts = {c.start: m for c, m in accepted if m.value.mention_type != "in_name"}
        out: list[tuple[Candidate, Mention[Any]]] = []
        rule = self.rules["person.list"]
        for c in reversed(rest):
            if c.surname not in ("strong", "minority") or not c.known or len(c.words) < 2:
                continue
            m = rule.match(view, c.end, len(view.text))
            if m is None or m.end() not in starts or self.rules["person.in_name"].match(view, c.start, c.end):
                continue
            kind: MentionType = starts[m.end()].value.mention_type
            value = PersonValue(canonical_name(view.text[c.start : c.end]), None, kind, starts[m.end()].value.context)
            mention = _mention(view, c.start, c.end, rule, value)
            starts[c.start] = mention
            out.append((c, mention))
        return out

    def _post_before(self, view: View, block: Block, c: Candidate) -> bool:
        if not behind_post(view, block.start, c.start):
            return False
        if not c.full and _OPEN_BODY.search(view.lower, max(block.start, c.start - 20), c.start):
            return False
        if c.surname in ("strong", "minority"):
            return True
        return c.known and (
            len(c.words) > 2 or not _COMMITTEE.search(view.lower, max(block.start, c.start - 12), c.start)
        )

    def _over_territory(self, view: View, block: Block, c: Candidate) -> bool:
        """Whether a post of a place ends here, so that its holder follows: "Chủ tịch UBND xã Nguyễn Văn A"."""
        if not (c.full or c.surname == "minority"):
            return False
        near = _OF_TERRITORY.search(view.lower, max(block.start, c.start - 12), c.start)
        return near is not None and behind_post(view, block.start, c.start)

    def _leader(self, view: View, block: Block, c: Candidate) -> Mention[Any]:
        low, from_ = view.lower, max(block.start, c.start - 50)
        actor = _ADDRESSED.search(low, from_, c.start) and not _MONUMENT.search(low, from_, c.start)
        rule = self.rules["person.post_before" if actor else "person.in_name"]
        value = PersonValue(LEADER, None, "mention" if actor else "in_name", "historical")
        return _mention(view, c.start, c.end, rule, value)

    def _accept(
        self, view: View, block: Block, c: Candidate, rule: Rule, hit: Hit | None, kind: MentionType = "mention"
    ) -> Mention[Any]:
        honorific = None
        if hit is not None and (text := hit.group("honorific")):
            honorific = self._honorifics.canonical(text)
        label: str | None
        if hit is not None and hit.rule.id == "person.credit":
            kind = "byline"
            label = "photographer" if "ảnh" in hit.match.group() and "tin" not in hit.match.group() else "author"
            if "bài" in hit.match.group():
                label = "author"
        elif kind == "byline":
            label = "author"
        else:
            label = context_of(view, block, c.start, c.end) if kind == "mention" else None
        value = PersonValue(canonical_name(view.text[c.start : c.end]), honorific, kind, label)
        return _mention(view, c.start, c.end, rule, value)


_ITEM = re.compile(r"[^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,4}\s*(?:,\s*(?:và\s+)?|\s+và\s+|;\s*|\s+-\s+|-)(?=[^\W\d_])")


def _mention(
    view: View, start: int, end: int, rule: Rule, value: PersonValue, confidence: float | None = None
) -> Mention[Any]:
    return Mention("people", start, end, view.text[start:end], rule.id, confidence or rule.confidence, value)


def _apart(mentions: list[Mention[Any]]) -> list[Mention[Any]]:
    out: list[Mention[Any]] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out


def extractor() -> PeopleExtractor:
    return PeopleExtractor()
