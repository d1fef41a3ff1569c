"""Posts: a title with its rank words, the body it belongs to, and whether it is former, acting or late.

"nguyên Phó Trưởng Ban Thường trực Ban Tổ chức Tỉnh ủy" is the title "Phó Trưởng ban Thường trực" of the body
"Ban Tổ chức Tỉnh ủy", former. The tail of some titles is the head of the body ("Trưởng Ban Tuyên giáo",
"Chánh Văn phòng"); the lexicon `posts` says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from bantin.lexicon import load_lexicon
from bantin.names import flexible
from bantin.organisations import canonical_organisation, head_end, organisation_end, plain_field_end
from bantin.text import View, first_words

Status = Literal["current", "former", "acting", "proposed", "late"]

_RANK_WORDS = (
    "thường trực|chuyên trách|không chuyên trách|phụ trách|điều hành|danh dự|dự khuyết|kiêm nhiệm|thứ nhất|lâm thời"
)
_RANK = re.compile(rf"(?:\s+(?:{_RANK_WORDS.replace(' ', chr(92) + 's+')})(?![^\W\d_])|\s+\(?\s*tt\)?(?![^\W\d_]))+")
_STATUS = re.compile(r"(?<![^\W_])(nguyên|cựu|cố|quyền|q\.|tân)(?:\s+là\s*:?\s+|\s*-\s*|\s+)?$")
_STATUSES: dict[str, Status] = {"nguyên": "former", "cựu": "former", "cố": "late", "quyền": "acting", "q.": "acting"}
_TERM = re.compile(
    r"[\s,(]*(?P<term>(?:các\s+)?(?:khóa\s+(?:[ivxlc]+|\d+)(?![^\W_])|nhiệm\s+kỳ\s+(?:[ivxlc]+(?![^\W_])|\d{4}(?:\s*-\s*\d{4})?))"
    r"(?:[\s,()-]*(?:khóa\s+(?:[ivxlc]+|\d+)(?![^\W_])|nhiệm\s+kỳ\s+\d{4}\s*-\s*\d{4}|\d{4}\s*-\s*\d{4})){0,2})\)?"
)
_ABROAD = re.compile(
    r"\s+(?:đầu\s+tiên\s+)?(?:của\s+)?(?:ban\s+chấp\s+hành|đảng\s+(?:cộng\s+sản|nhân\s+dân|lao\s+động)|chdcnd|cộng\s+hòa|nước\s+cộng\s+hòa|"
    r"lào|cuba|trung\s+quốc|triều\s+tiên)(?![^\W_])"
)
"""Behind a title that names its body: the party, or the body of another country's party or state."""
_COMMA = re.compile(r",\s*")
_FIELD = re.compile(r" ([^\W\d_a-z][^\W\d_]*(?: [^\W\d_]+){0,2}),\s*")
"""The field of an assistant before the body: "Trợ lý Cơ sở Đảng, Phòng Tổ chức"."""
_SEAT = re.compile(r"\s+tại\s+(?=[^\W\d_a-zđ])")
"""Between the country a diplomat stands for and the seat."""
_GAP = re.compile(r"[ ]{1,4}(?:đầu\s+tiên\s+)?(?:của\s+|thuộc\s+|tại\s+)?|\s*\n\s*")


class Post(Struct, frozen=True):
    """A post as one place of the text states it. `head` is where the title begins, behind a status word;
    `body_end` is behind the body, `end` behind the term too. A `group` post is held by many ("Chủ tịch UBND 10 huyện").
    """

    start: int
    head: int
    end: int
    title_end: int
    body_end: int
    title: str
    organisation: str | None
    status: Status
    term: str | None
    whole: bool
    group: bool


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:(?P<deputy>phó|p\.)\s*)??(?P<head>{flexible(sorted(load_lexicon('posts')))})(?![^\W\d_])"
    )


@cache
def _first_words() -> frozenset[str]:
    words = first_words(load_lexicon("posts"))
    return words | {"phó", "p"} | {f"phó{word}" for word in words}  # the space behind "phó" may be lost


_NO_POST = ("phủ ", "ban ", "nay là ")
"""What stands before no post: "Phủ Chủ tịch" is a house, "Ban Giám đốc" a body, "nay là" explains an old name."""
_OFFICE_OF = re.compile(r"(?:chức|nhiệm) $")
"""Before "vụ trưởng đoàn": the word is "chức vụ", the post "trưởng đoàn"."""


def post_heads(view: View, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where titles stand within [start, end), in reading order."""
    low = view.lower
    for m in view.finditer(_heads(), _first_words(), start, end):
        at = m.start()
        no_post = low.endswith(_NO_POST, max(start, at - 7), at) and not low.endswith("đến nay là ", start, at)
        if no_post or (m["head"][0] == "c" and low.endswith("đoàn ", start, at)):
            continue
        if (
            low.startswith("vụ trưởng", at)
            and view.folded[at] == "v"
            and _OFFICE_OF.search(low, max(start, at - 6), at)
        ):
            inner = _heads().match(low, m.start() + 3, end)
            if inner is not None:
                yield inner
            continue
        yield m


def post_at(view: View, at: int, end: int) -> Post | None:
    """The post whose title begins exactly at `at` (its status word stands before), or None."""
    m = _heads().match(view.lower, at, end)
    return read_post(view, m, end) if m else None


_GROUP = re.compile(
    r"(?<![^\W_])(?:\d+|các|một\s+số|nhiều)\s+(?:huyện|xã|phường|quận|thị\s+xã|sở|ngành|đơn\s+vị|địa\s+phương|vụ|cục|phòng)(?![^\W_])"
)


_CLAUSE_END = re.compile(r"[,;.:(\n]| gồm ")


def _of_body(view: View, key: str, at: int, end: int) -> bool:
    """Whether a member of a Party committee is named with the body right behind: "Đảng ủy viên Tổng công ty"."""
    return key == "đảng ủy viên" and view.folded.startswith(" ", at) and head_end(view, at + 1, end) is not None


def _of_many(low: str, start: int, body_end: int, end: int) -> bool:
    """Whether many hold the post ("Chủ tịch UBND 10 huyện"); what stands behind a comma says nothing of it."""
    stop = min(end, body_end + 20)
    cut = _CLAUSE_END.search(low, body_end, stop)
    return _GROUP.search(low, start, cut.start() if cut else stop) is not None


def read_post(view: View, m: re.Match[str], end: int) -> Post:
    """The whole post whose title `m` is; its body does not go beyond `end`."""
    low = view.lower
    key = " ".join(m["head"].split())
    lexicon = load_lexicon("posts")
    title, note = lexicon.entries.get(key, ""), lexicon.notes.get(key, "")
    if not title:  # a spaced dash inside a form
        key = re.sub(r"\s*-\s*", " - ", key)
        title, note = lexicon.entries.get(key, m["head"]), lexicon.notes.get(key, "")
    kind, _, rest = note.partition(" ")
    if m["deputy"]:
        title = "Phó " + title
    pos = m.end()
    rank = _RANK.match(low, pos, end)
    if rank and kind == "keep" and view.folded.startswith("Điều", pos + 1):  # "Trưởng Ban Điều hành Quỹ"
        rank = None
    if rank:
        words = rank.group().replace("(", " ").replace(")", " ").split()
        text = " ".join("thường trực" if w == "tt" else w for w in words)
        title += " " + text.replace("thường trực", "Thường trực")
        pos = rank.end()
    title_end = pos
    opening = _GAP
    if kind == "field" and (field := _FIELD.match(view.folded, pos, end)) and head_end(view, field.end(), end):
        title += " " + view.text[field.start(1) : field.end(1)]
        pos = title_end = body_end = field.end(1)
        opening = _COMMA
    body = ""
    organisation: str | None = None
    body_end = pos
    if kind == "body":
        body = rest
    if kind in ("keep", "after"):
        start = _last_words(low, m.start("head"), m.end("head"), int(rest))
        gap = _GAP.match(low, pos, end)
        if rank and gap and head_end(view, gap.end(), end) is not None:
            body_end = organisation_end(view, gap.end(), end)
            organisation = view.text[gap.end() : body_end]
        elif rank:
            body_end = organisation_end(view, gap.end(), end) if gap else pos
            if gap and body_end > gap.end():
                organisation = view.text[start : m.end("head")] + " " + view.text[gap.end() : body_end]
            else:
                body_end = pos
        else:
            gap2 = head_end(view, gap.end(), end) if gap else None
            word = low[start : m.end("head")].split()[0]
            if gap and gap2 is not None and low.startswith(word, gap.end()):  # "Trưởng ban Ban Tổ chức"
                start = gap.end()
            body_end = max(organisation_end(view, start, end), m.end("head"))
            if body_end == m.end("head") and kind == "keep":
                body_end = plain_field_end(view, body_end, end)
            if body_end > m.end("head") or kind == "after":
                organisation = view.text[start:body_end]
    elif (
        (kind != "whole" or _ABROAD.match(low, pos, end) or _of_body(view, key, pos, end))
        and (gap := opening.match(low, pos, end))
        and gap.end() < end
    ):
        body_end = organisation_end(view, gap.end(), end)
        if body_end > gap.end():
            if kind == "seat" and (at := _SEAT.match(view.folded, body_end, end)):
                body_end = max(body_end, organisation_end(view, at.end(), end))
            organisation = view.text[gap.end() : body_end]
        else:
            body_end = pos
    if body:
        organisation = f"{body} {organisation}" if organisation else body
    full = _capital(canonical_organisation(organisation)) if organisation else None
    if full and full.startswith("Thường vụ "):
        full = "Ban " + full
    term = _TERM.match(low, body_end, end)
    start, status = _status(view, m.start())
    if status == "acting":
        title = "Quyền " + title
    return Post(
        start=start,
        head=m.start(),
        end=term.end() if term else body_end,
        title_end=title_end,
        body_end=body_end,
        title=title,
        organisation=full,
        status=status,
        term=re.sub(r"[()]", "", view.text[term.start("term") : term.end("term")]) if term else None,
        whole=kind == "whole",
        group=_of_many(low, title_end, body_end, end),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _last_words(low: str, start: int, end: int, count: int) -> int:
    words = list(re.finditer(r"\S+", low[start:end]))
    return start + words[-count].start()


def _status(view: View, at: int) -> tuple[int, Status]:
    m = _STATUS.search(view.lower, max(0, at - 14), at)
    if m is None:
        return at, "current"
    given = _GIVEN.search(view.folded, max(0, m.start() - 12), m.end(1))
    if given is not None and given.group()[0].isupper():  # "Phạm Thế Quyền- Bí thư"
        return at, "current"
    return m.start(), _STATUSES.get(m[1], "current")


_GIVEN = re.compile(r"(?<![^\W_])[^\W\d_]+ (?:Quyền|Nguyên|Tân|Cố)$")
"""A status word that is the given name of somebody, where the word before it is a name, too."""
