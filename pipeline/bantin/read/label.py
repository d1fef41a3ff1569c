"""Lines to labelled blocks: what is title, date, text, caption, byline, and what belongs to the page and goes.

The same labeller serves plain text and HTML; markup only adds hints to the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bantin.read.byline import Byline, is_person, names_post, parse_byline, signs_for, split_fused
from bantin.read.dateline import Dateline, dateline_end, parse_dateline, split_dateline
from bantin.read.furniture import Drop, furniture
from bantin.read.line import Line
from bantin.text import fold_key
from bantin.types import BlockKind

TITLE_LONGEST = 400  # characters
LEAD_LONGEST = 900
CAPTION_LONGEST = 300
_PROSE = 60  # a shorter line is no sentence of a report
_FAR = 300  # a longer line is prose whatever it ends with

_CAPTION = re.compile(
    r"(?:(?:các )?(?:đồng chí|đ/c|đc|đại biểu|ông|bà)\b|(?:toàn|quang) cảnh|một số hình ảnh|hình ảnh|ảnh\s*(?:\d|:|"
    r"tư liệu|minh)"
    r"|lãnh đạo|đoàn (?:chủ tịch|công tác|viên)|chụp ảnh|(?:bí thư|chủ tịch|phó|trưởng|tổng bí thư|thủ tướng)\b)"
)
_ACTION = re.compile(
    r"\b(?:phát biểu|chủ trì|trao|tặng|tham quan|chụp ảnh|tại (?:hội nghị|buổi|lễ|đại hội|cuộc họp)|dự (?:hội nghị|"
    r"đại hội|lễ|và)"
    r"|kết luận|khai mạc|báo cáo|tham luận|thảo luận|biểu quyết|chúc mừng|thăm|kiểm tra|trình bày|điều hành|ký kết|"
    r"bế mạc)\b"
)
_CREDITED = re.compile(r"(?:\(|\.\s|[-–]\s)\s*(?:ảnh|nguồn ảnh|nguồn)\s*:", re.I)
_NUMBERED = re.compile(r"(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/-]\s*\S", re.I)
_SENTENCES = re.compile(r"[.!?…][”\"’)]?\s+[^\W\d_]")
_END = re.compile(r"[.!?…][”\"’)\]]*$")
_LINK_DATE = re.compile(r"[(\[]?\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\s*[)\]]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line (`start` and `end` into its text) that becomes one block."""

    line: Line
    kind: BlockKind
    start: int
    end: int


@dataclass(slots=True)
class Labelled:
    """The blocks of an article and the fields that were read from them."""

    pieces: list[Piece] = field(default_factory=list)
    title: str | None = None
    date: Dateline | None = None
    author: str | None = None
    publisher: str | None = None
    lead: str | None = None


def is_prose(line: Line) -> bool:
    """Does the line read like the text of a report: a sentence, or too long to be a caption or a title?"""
    text = line.text
    if line.hint is not None:
        return line.hint in ("paragraph", "lead") and (len(text) >= _PROSE or _END.search(text) is not None)
    if len(text) < _PROSE:
        return False
    if len(text) >= TITLE_LONGEST:
        return True
    return line.linked < 0.5 and (line.ended or len(_SENTENCES.findall(text)) > 1 or split_fused(text) is not None)


def label(lines: Sequence[Line], title: str | None = None) -> Labelled:
    """The blocks of a page or plain text in reading order, furniture dropped. `title` is what the markup calls it."""
    kept = _without_furniture(lines)
    kept = _once(kept)
    out = Labelled()
    first = next((i for i, ln in enumerate(kept) if is_prose(ln)), len(kept))
    top = _head(kept[:first], title, out)
    closing = (i for i in reversed(range(len(kept))) if is_prose(kept[i]) or (kept[i].is_item and i >= first))
    last = next(closing, len(kept) - 1)
    tail = _tail(kept[last + 1 :], out) if last + 1 < len(kept) and first < len(kept) else []
    body = kept[first : last + 1]
    body = _without_title(body, out.title)
    out.pieces = top + _body(body, out, has_title=out.title is not None, led=any(p.kind == "lead" for p in top)) + tail
    return out


def label_rows(lines: Sequence[Line], labelled: Labelled) -> list[Piece]:
    """The same kinds for a text that must stay as it is: nothing dropped, nothing split."""
    kinds: dict[int, BlockKind] = {id(p.line): p.kind for p in reversed(labelled.pieces)}
    title = fold_key(labelled.title) if labelled.title else None
    pieces = []
    for ln in lines:
        kind = kinds.get(id(ln)) or ("title" if title is not None and ln.key == title else "paragraph")
        pieces.append(Piece(ln, kind, 0, len(ln.text)))
    return pieces


# --- furniture and repeats


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    drops = [_drop(ln) for ln in lines]
    end = _foot(lines, drops)
    kept: list[Line] = []
    image = links = below = False
    for ln, drop in zip(lines[:end], drops[:end], strict=True):
        if drop:
            image = image or drop == "image"
            links = drop == "links" or (drop == "rest" and below)
            continue
        if links and not is_prose(ln):
            continue
        links = False
        below = below or is_prose(ln)
        ln.image, image = ln.image or image, False
        kept.append(ln)
    return kept


def _drop(line: Line) -> Drop | None:
    if line.hint in ("table_row", "caption", "title") or len(line.text) >= _FAR:
        return None
    drop = furniture(line.key)
    return None if drop == "line" and dated_line(line) else drop  # "14:05 03/11/2023 - Lượt xem: 1.087" is a date


def _foot(lines: Sequence[Line], drops: Sequence[Drop | None]) -> int:
    """Where the foot of the page begins: at a heading of other news below the greater part of the prose."""
    if "rest" not in drops:
        return len(lines)
    weights = [len(ln.text) if drop is None and is_prose(ln) else 0 for ln, drop in zip(lines, drops, strict=True)]
    total, above = sum(weights), 0
    for i, (drop, weight) in enumerate(zip(drops, weights, strict=True)):
        if drop == "rest" and above and above * 2 >= total:
            return i
        above += weight
    return len(lines)


def _once(lines: Iterable[Line]) -> list[Line]:
    """Without repeats that follow one another: a caption printed as text and as the picture's title."""
    kept: list[Line] = []
    for ln in lines:
        again = next((k for k in kept[-3:] if ln.repeats(k)), None)
        if again is None:
            kept.append(ln)
        else:
            again.repeated = True
    return kept


# --- above the text


def _head(lines: list[Line], title: str | None, out: Labelled) -> list[Piece]:
    dated = [dated_line(ln) for ln in lines]
    dates = [d[1] if d else None for d in dated]
    best = _title_of(lines, dates, title)
    out.title = (title if title and best is None else lines[best].text if best is not None else title) or None
    chosen = _published_of(lines, dates, best)
    out.date = dates[chosen] if chosen is not None else None
    key = fold_key(out.title) if out.title else None
    pieces: list[Piece] = []
    for i, ln in enumerate(lines):
        kind: BlockKind | None = None
        if i == best:
            kind = "title"
        elif i == chosen:
            kind = "dateline"
            if (shared := dated[i]) and shared[0]:
                _sign(out, shared[0])
        elif ln.hint == "dateline":
            kind = "dateline"
        elif dates[i] is not None or ln.key == key:
            continue
        elif ln.hint in ("lead", "table_row", "list_item", "caption"):
            kind = ln.hint
        elif best is not None and i < best:
            continue  # names of sections and of the site
        elif _may_sign(ln) and (by := parse_byline(ln.text)) and not _speaks(by, lines[i + 1 :]):
            _sign(out, by)
            kind = "source" if by.is_source else "byline"
        elif pieces and pieces[-1].kind == "heading" and names_post(ln.text) and is_person(pieces[-1].line.text):
            kind = "heading"  # who speaks, above a printed speech
        elif _is_caption(ln):
            kind = "caption"
        elif best is not None and len(ln.text) >= _PROSE and i > best and not any(p.kind == "lead" for p in pieces):
            kind = "lead"
        else:
            kind = _short_kind(ln)
        if kind == "lead" and out.lead is None:
            out.lead = ln.text
        pieces.append(Piece(ln, kind, 0, dateline_end(ln.text) if kind == "dateline" else len(ln.text)))
    return pieces


def dated_line(line: Line) -> tuple[Byline | None, Dateline] | None:
    """The dateline that a line is, with the writer who may share it."""
    if line.hint not in (None, "dateline", "byline") or (found := split_dateline(line.text)) is None:
        return None
    if not found[0]:
        return None, found[1]
    by = parse_byline(found[0])
    return (by, found[1]) if by or found[1].label == "posted" else None  # "Gửi bởi bientap vào ..."


def _speaks(by: Byline, below: Sequence[Line]) -> bool:
    """A name with a post on the line below it: the speaker of a printed speech, not the writer of a report."""
    return not by.explicit and by.author is not None and bool(below) and names_post(below[0].text)


def _title_of(lines: list[Line], dates: list[Dateline | None], title: str | None) -> int | None:
    """Which line of the head is the title."""
    able = [
        i
        for i, ln in enumerate(lines)
        if dates[i] is None and ln.hint in (None, "title", "heading") and 6 <= len(ln.text) <= TITLE_LONGEST
        and not ln.image and not ln.is_item and any(c.isalpha() for c in ln.text)
    ]  # fmt: skip
    if title:
        key = fold_key(title)
        return next((i for i in able if lines[i].key == key), None)
    if not able:
        return None
    keys = [lines[i].key for i in able]
    for i, key in zip(able, keys, strict=True):
        if lines[i].hint == "title" or lines[i].repeated or keys.count(key) > 1:
            return i
    for at in (i for i, d in enumerate(dates) if d is not None):
        if at - 1 in able and _words(lines[at - 1]) > 3:
            return at - 1
        if at + 1 in able and at - 1 not in able:
            return at + 1
    first = able[0]
    if (
        len(able) > 1
        and _words(lines[first]) <= 6
        and lines[first].text.isupper()
        and not lines[able[1]].text.isupper()
    ):
        return able[1]
    if _is_caption(lines[first]) and lines[first].ended:
        return None
    return first


def _published_of(lines: list[Line], dates: list[Dateline | None], title: int | None) -> int | None:
    """Which dateline tells the publication: what says so, else the one beside the title; a page's clock is none."""
    known = [i for i, d in enumerate(dates) if d is not None]
    if not known:
        return None

    def rank(i: int) -> tuple[bool, int, bool, int]:
        d = dates[i]
        near = 0 if title is None else 2 if i > title else 1 if i == title - 1 else 0
        return d is not None and d.label == "posted", near, d is not None and d.timed, -i

    best = max(known, key=rank)
    d = dates[best]
    if d is None or title is None or best > title or d.label != "none":
        return best
    # Above the title a bare day with its name is today's; so is any date that stands further away.
    return None if best < title - 1 or (d.weekday and not d.timed) else best


# --- the text


def _body(lines: list[Line], out: Labelled, has_title: bool, led: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for i, ln in enumerate(lines):
        end = len(ln.text)
        kind: BlockKind
        if ln.hint is not None and ln.hint != "paragraph":
            kind = ln.hint if ln.hint not in ("title", "dateline") else "heading"
            if kind in ("byline", "source") and (by := parse_byline(ln.text)):
                _sign(out, by)
        elif ln.is_item:
            kind = "list_item"
        elif is_prose(ln):
            kind = (
                "caption" if ln.image and i > 0 and len(ln.text) <= CAPTION_LONGEST and _is_shown(ln) else "paragraph"
            )
        elif i > len(lines) // 2 and _explicit(ln, out):
            kind = "byline"
        elif _is_caption(ln):
            kind = "caption"
        else:
            kind = _short_kind(ln)
        if kind == "paragraph" and i == 0 and has_title and not led and end <= LEAD_LONGEST and len(lines) > 1:
            kind = "lead"
            out.lead = out.lead or ln.text
        if kind == "lead":
            out.lead = out.lead or ln.text
        if kind in ("paragraph", "lead") and i == len(lines) - 1 and (fused := split_fused(ln.text)) is not None:
            cut, by = fused
            _sign(out, by)
            pieces.append(Piece(ln, kind, 0, len(ln.text[:cut].rstrip())))
            pieces.append(Piece(ln, "source" if by.is_source else "byline", cut, end))
            continue
        pieces.append(Piece(ln, kind, 0, end))
    return pieces


def _explicit(line: Line, out: Labelled) -> bool:
    by = parse_byline(line.text)
    if by is None or not by.explicit:
        return False
    _sign(out, by)
    return True


def _short_kind(line: Line) -> BlockKind:
    """Heading or paragraph, for a line that is too short for prose."""
    if line.is_item:
        return "list_item"
    if _NUMBERED.match(line.text):
        return "heading"
    if _END.search(line.text) or len(line.text) > 120 or (line.text.endswith((":", ";")) and len(line.text) > 40):
        return "paragraph"
    return "heading"


def _is_caption(line: Line) -> bool:
    """Does a line stand below a picture: said by the page, by its place, or by how captions are worded?"""
    if line.hint is not None:
        return line.hint == "caption"
    text = line.text
    if len(text) > CAPTION_LONGEST or text.endswith((":", ";")) or line.is_item:
        return False
    if line.image or line.repeated or _CREDITED.search(text):
        return True
    if _END.search(text) and len(text) > 160:
        return False
    if _END.search(text):  # a sentence: only the set phrases of captions
        return len(text) < 90 and line.key.startswith(("toàn cảnh", "quang cảnh"))
    if line.indent >= 4 and len(text) >= 20:
        return True
    if _CAPTION.match(line.key) and (
        _ACTION.search(line.key) or line.key.startswith(("toàn", "quang", "ảnh", "một số"))
    ):
        return True
    return len(text) > 80 and not text.isupper() and not _NUMBERED.match(text)


def _is_shown(line: Line) -> bool:
    """A sentence right behind a picture: a caption if it is worded like one, else the report goes on."""
    return _CAPTION.match(line.key) is not None and len(_SENTENCES.findall(line.text)) == 0


def _without_title(lines: list[Line], title: str | None) -> list[Line]:
    if not title:
        return lines
    key = fold_key(title)
    return [ln for ln in lines if len(ln.text) > TITLE_LONGEST or ln.key != key]


# --- below the text


def _tail(lines: list[Line], out: Labelled) -> list[Piece]:
    """Captions, byline and source below the last sentence; after a byline, titles of other news are dropped."""
    pieces: list[Piece] = []
    signed = False
    for ln in lines:
        by = parse_byline(ln.text) if _may_sign(ln) else None
        if by is not None and (not signed or by.explicit):
            _sign(out, by)
            signed = True
            pieces.append(Piece(ln, "source" if by.is_source else "byline", 0, len(ln.text)))
        elif signed and (body := signs_for(ln.text)) and (pieces and pieces[-1].kind == "byline"):
            out.publisher = out.publisher or body
            pieces.append(Piece(ln, "source", 0, len(ln.text)))
        elif (line_date := parse_dateline(ln.text)) is not None:
            if out.date is not None and line_date.label == "updated" and out.date.modified is None:
                out.date = replace(out.date, modified=line_date.published)
            elif out.date is None and line_date.label != "none":
                out.date = line_date
                pieces.append(Piece(ln, "dateline", 0, len(ln.text)))
        elif out.title and ln.key == fold_key(out.title):
            continue
        elif ln.hint in ("byline", "source"):
            pieces.append(Piece(ln, ln.hint, 0, len(ln.text)))
        elif not signed and ln is lines[-1] and (body := signs_for(ln.text)):
            out.publisher = out.publisher or body
            pieces.append(Piece(ln, "source", 0, len(ln.text)))
        elif ln.hint in ("table_row", "list_item", "caption"):
            pieces.append(Piece(ln, ln.hint, 0, len(ln.text)))
        elif (signed and not (ln.image or (_CAPTION.match(ln.key) and _ACTION.search(ln.key)))) or (
            _LINK_DATE.search(ln.text) and ln.linked > 0.5
        ):
            continue
        else:
            kind: BlockKind = "caption" if _is_caption(ln) else _short_kind(ln)
            pieces.append(Piece(ln, kind, 0, len(ln.text)))
    return pieces


def _may_sign(line: Line) -> bool:
    return line.hint in (None, "byline", "source", "paragraph", "heading") and not line.is_item


def _sign(out: Labelled, by: Byline) -> None:
    out.author = out.author or by.author
    out.publisher = out.publisher or by.publisher


def _words(line: Line) -> int:
    return len(line.text.split())
