"""A parsed page to lines in reading order: furniture pruned by its markup, the region of the article found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from bantin.read.byline import parse_byline
from bantin.read.furniture import furniture
from bantin.read.label import CAPTION_LONGEST, LEAD_LONGEST, dated_line, is_prose
from bantin.read.line import Line
from bantin.read.tree import Element, names, spaced, text_of
from bantin.text import fold_key
from bantin.types import BlockKind

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
     "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "ul"]
)  # fmt: skip
_NEVER = frozenset(
    ["script", "style", "noscript", "nav", "footer", "select", "button", "textarea", "iframe", "object", "embed",
     "video", "audio", "map", "svg", "template", "head", "title", "label", "input", "canvas", "marquee"]
)  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TELLING = frozenset(["i", "em", "center", "li", "figcaption", "caption", *_HEADINGS])
_FURNITURE = re.compile(
    r"menu|navbar|navigation|\bnav\b|breadcrumb|footer|side-?bar|left-?col|right-?col|related|lien-?quan|tin-?khac|"
    r"other-?news|news-?other|other-?article|comment|binh-?luan|share|social|toolbar|rating|\btags?\b|keyword|tu-?khoa|"
    r"pagination|paging|pager|login|dang-?nhap|search-?(?:box|form|bar)|banner|advert|quang-?cao|\bads?\b|counter|thong-?ke|"
    r"web-?link|lien-?ket|hot-?news|most-?view|xem-?nhieu|doc-?nhieu|newest|tin-?moi|popup|modal|cookie|captcha|feedback|"
    r"gop-?y|copyright|print-?(?:link|button|icon)|ms-webpart-chrome-title|s4-(?:ribbon|titlerow|leftpanel)|skip-?link|"
    r"news_column_other|clearfix-other|bottom-?link|attach(?:ed)?-?file|file-?attach|dinh-?kem",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.I)
_CAPTION = re.compile(
    r"caption|chu-?thich|(?:image|photo|img|pic|anh)[-_]?(?:desc|note|title|chu)|desc[-_]?(?:image|photo|img)|note-?img",
    re.I,
)
_LEAD = re.compile(
    r"\bsapo\b|\blead\b|(?:^|[\s_-])(?:lead|sapo|summary|hometext|tom-?tat|trich-?dan|chapeau|mo-?ta|short-?(?:content|desc)|"
    r"news-?desc|description|intro(?:text)?)(?:$|[\s_-])",
    re.I,
)
_BYLINE = re.compile(r"author|tac-?gia|but-?danh|byline|nguoi-?(?:dang|viet)", re.I)
_SOURCE = re.compile(r"(?:^|[\s_-])(?:source|nguon(?:-?tin)?)(?:$|[\s_-])", re.I)
_FIELD = re.compile(r"lbl|title|tieu-?de|headline|ngay|date|sapo|summary|tom-?tat|author|tac-?gia", re.I)
_SMALL = re.compile(r"^\s*\d{1,2}(?:px)?\s*$")  # an icon's width
NO_HINTS: Mapping[Element, BlockKind] = {}
_DEEP = 60  # blocks within one another; old table layouts have 30
LINKED_TITLE = 20  # characters of a link that is no part of a caption
CELL_LIMIT = 5000  # characters of one cell that are looked at
_WRAPPED = 2  # blocks around one line of a group
_NEAR = 12  # lines above the text that are looked at for title and date, and below it for a byline


@dataclass(slots=True)
class _Run:
    """A line under construction, with the numbers of the blocks it stands in."""

    line: Line
    path: tuple[int, ...]
    in_list: bool


@dataclass(slots=True)
class _State:
    """What holds at a place of the tree, inherited downwards."""

    path: tuple[int, ...] = ()
    hint: BlockKind | None = None
    centred: bool = False
    italic: bool = False
    linked: bool = False
    in_list: bool = False


@dataclass(slots=True)
class _Buffer:
    """Inline text gathered until a block ends."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    links: int = 0
    italics: int = 0


def page_lines(
    root: Element, title: str | None, hints: Mapping[Element, BlockKind] = NO_HINTS, drops: Collection[Element] = ()
) -> list[Line]:
    """The lines of the article on a page, in reading order; `title` is what its markup calls it.

    `hints` tells what certain elements are, `drops` what goes.
    """
    body = root.find("body")
    runs = list(_Walk(root if body is None else body, hints, drops).runs())
    return _region(runs, title)


def element_lines(body: Element, hints: Mapping[Element, BlockKind], drops: Collection[Element]) -> list[Line]:
    """The lines of the element that holds an article. `hints` tells what elements below it are, `drops` what goes."""
    return [run.line for run in _Walk(body, hints, drops).runs()]


# --- furniture by its markup


# Pages of a site say the same classes over and over.


@lru_cache(maxsize=4096)
def _is_field(said: str) -> bool:
    return _FIELD.search(said) is not None


@lru_cache(maxsize=4096)
def _says_furniture(said: str) -> bool:
    return _FURNITURE.search(said) is not None


@lru_cache(maxsize=4096)
def _hinted(said: str) -> BlockKind | None:
    if _CAPTION.search(said):
        return "caption"
    if _LEAD.search(said):
        return "lead"
    if _BYLINE.search(said):
        return "byline"
    return "source" if _SOURCE.search(said) else None


def _stands_alone(tag: Element) -> bool:
    """A title or date that is only a span beside other spans, as ASP.NET writes them."""
    parent = tag.getparent()
    return (
        tag.tag in ("span", "font", "b", "strong")
        and len(tag.attrib) > 0
        and parent is not None
        and parent.tag in ("div", "td", "form", "body", "span", "center", "section", "article")
        and _is_field(names(tag))
    )


def _is_furniture(tag: Element) -> bool:
    if tag.tag not in _BLOCKS or tag.tag in ("body", "form", "html"):
        return False
    return tag.tag == "aside" or (len(tag.attrib) > 0 and _says_furniture(names(tag)))


def _is_hidden(tag: Element) -> bool:
    if not tag.attrib:
        return False
    return "hidden" in tag.attrib or _HIDDEN.search(tag.get("style", "")) is not None


def _weight(tag: Element) -> int:
    """Characters of the long strings below an element: its share of the page's prose."""
    return sum(len(s) for s in tag.itertext() if len(s) >= 80)


# --- lines


class _Walk:
    """One pass over the tree, without recursion: nesting costs no stack."""

    def __init__(
        self, body: Element, hints: Mapping[Element, BlockKind] = NO_HINTS, drops: Collection[Element] = ()
    ) -> None:
        self.body = body
        self.hints = hints
        self.drops = drops
        self.prose = _weight(body)
        self.buffer = _Buffer()
        self.image = False
        self.number = 0

    def runs(self) -> Iterator[_Run]:
        # What is still to come: an element, a text, or (None) the end of a block; each with what holds there.
        stack: list[tuple[Element | str | None, _State]] = [(self.body, _State())]
        while stack:
            node, state = stack.pop()
            if node is None:
                yield from self._flush(state)
            elif isinstance(node, str):
                self._add(node, state)
            else:
                yield from self._enter(node, state, stack)
        yield from self._flush(_State())

    def _enter(self, tag: Element, state: _State, stack: list[tuple[Element | str | None, _State]]) -> Iterator[_Run]:
        name = str(tag.tag)
        if name in _NEVER or _is_hidden(tag) or tag in self.drops:
            return
        shallow = len(state.path) < _DEEP  # below it, looking through whole subtrees would cost the square of the depth
        if shallow and _is_furniture(tag) and _weight(tag) * 2 <= self.prose:
            return
        if name == "br":
            if state.hint == "caption":  # a picture has one caption, on however many lines
                self._add(" ", state)
            else:
                yield from self._flush(state)
            return
        if name == "img":
            self.image = self.image or not _is_icon(tag)
            return
        if name == "table" and shallow and not (self.hints and any(e in self.hints for e in tag.iter())):
            yield from self._flush(state)
            rows = _data_rows(tag)
            if rows is not None:
                self.number += 1
                yield from (_Run(Line(r, hint="table_row"), (*state.path, self.number), False) for r in rows)
                return
            if (caption := _picture_caption(tag)) is not None:
                self.number += 1
                if caption:
                    yield _Run(Line(caption, hint="caption", image=True), (*state.path, self.number), False)
                self.image = False
                return
        inner = self._below(tag, state)
        if name == "time":  # two of them stand side by side and no space between
            self._add(" ", state)
            stack.append((" ", state))
        if name in _BLOCKS or tag in self.hints or _stands_alone(tag):
            yield from self._flush(state)
            stack.append((None, inner))
        for child in reversed(tag):
            if child.tail:
                stack.append((child.tail, inner))
            if isinstance(child.tag, str):
                stack.append((child, inner))
        if tag.text:
            stack.append((tag.text, inner))

    def _below(self, tag: Element, state: _State) -> _State:
        name = str(tag.tag)
        path = state.path
        if name in _BLOCKS:
            self.number += 1
            path = (*path[-_DEEP:], self.number)
        if tag in self.hints:
            return _State(path, self.hints[tag], state.centred, state.italic, state.linked, state.in_list)
        if not tag.attrib and name not in _TELLING:
            return _State(path, state.hint, state.centred, state.italic, state.linked, state.in_list)
        style = tag.get("style", "")
        return _State(
            path,
            state.hint or _hint(tag, name),
            state.centred or name == "center" or tag.get("align") == "center" or _CENTRED.search(style) is not None,
            state.italic or name in ("i", "em") or _ITALIC.search(style) is not None,
            state.linked or (name == "a" and "href" in tag.attrib),
            state.in_list or name == "li",
        )

    def _add(self, text: str, state: _State) -> None:
        buffer = self.buffer
        buffer.parts.append(text)
        letters = len(text.strip())
        buffer.letters += letters
        buffer.links += letters if state.linked else 0
        buffer.italics += letters if state.italic else 0

    def _flush(self, state: _State) -> Iterator[_Run]:
        buffer = self.buffer
        if not buffer.parts:
            return
        text = spaced("".join(buffer.parts))
        self.buffer = _Buffer()
        if not text:
            return
        linked = buffer.links / max(1, buffer.letters)
        italic = buffer.italics > buffer.letters * 0.7
        hint = state.hint
        if hint in ("lead", "byline", "source") and len(text) > (LEAD_LONGEST if hint == "lead" else 160):
            hint = None
        shown = self.image and (italic or state.centred) and len(text) <= CAPTION_LONGEST
        if hint is None and shown and any(c.isalpha() for c in text):
            hint = "caption"
        if hint == "list_item" and linked > 0.6:
            hint = None
        line = Line(text, hint=hint, image=self.image, indent=8 if italic and state.centred else 0, linked=linked)
        self.image = False
        yield _Run(line, state.path, state.in_list)


def _hint(tag: Element, name: str) -> BlockKind | None:
    if name in ("figcaption", "caption"):
        return "caption"
    if name in _HEADINGS:
        return "lead" if name != "h1" and _LEAD.search(names(tag)) else "heading"
    if name == "li":
        return "list_item"
    if name in ("body", "html", "form", "article", "main", "table") or not tag.attrib:
        return None
    return _hinted(names(tag))


def _is_icon(tag: Element) -> bool:
    return any(_SMALL.match(tag.get(side, "")) for side in ("width", "height"))


def _data_rows(table: Element) -> list[str] | None:
    """The rows of a table of figures, cells apart; None for a table that only lays out the page."""
    if next(table.iterdescendants("table", "img", "h1", "h2"), None) is not None:
        return None
    rows: list[list[str]] = []
    for row in islice(table.iter("tr"), 2000):
        if cells := [text_of(cell, CELL_LIMIT) for cell in row.iterchildren("td", "th")]:
            rows.append(cells)
    wide = [r for r in rows if len(r) >= 2]
    if len(wide) < 2 or len(wide) * 2 < len(rows):
        return None
    longest = max(len(c) for r in rows for c in r)
    if longest > 600 or sum(len(c) > 200 for r in rows for c in r) * 4 > sum(len(r) for r in rows):
        return None
    return [" | ".join(r).strip() for r in rows if any(r)]  # an empty cell keeps the others in their columns


def _picture_caption(table: Element) -> str | None:
    """The caption in a small table around a picture ("" where it has none); None for any other table."""
    inside = {str(e.tag) for e in table.iterdescendants("table", "img")}
    if "table" in inside or "img" not in inside:
        return None
    if any(len(text_of(a)) >= LINKED_TITLE for a in islice(table.iter("a"), 40)):  # a teaser with its picture
        return None
    texts: list[str] = []
    for cell in islice(table.iter("td", "th", "caption"), 40):
        text = text_of(cell)
        if text and text not in texts and furniture(fold_key(text)) is None:
            texts.append(text)
    caption = " ".join(texts)
    return caption if len(caption) <= CAPTION_LONGEST else None


# --- the article's region


def _region(runs: list[_Run], title: str | None) -> list[Line]:
    """The lines of the container that holds the prose, with title, date and byline that stand outside it."""
    if not runs:
        return []
    key = fold_key(title) if title else None
    for run in runs:
        if key and run.line.key == key and run.line.hint in (None, "heading", "lead"):
            run.line.hint, run.line.image = "title", False
    inside = _container(runs, key)
    indices = [i for i, run in enumerate(runs) if inside is None or inside in run.path]
    first, last = indices[0], indices[-1]
    prose = next((i for i in indices if is_prose(runs[i].line)), first)
    titles = [i for i in range(prose + 1) if runs[i].line.hint == "title"]
    top = titles[-1] if titles else first
    lines: list[Line] = []
    if top < first or not titles:
        lines += _above(runs, top, first, titled=bool(titles))
    start = min(first, top) if top >= first else first
    # Inside the container but above the title stand sections and tools; a date may stand there too.
    head = [runs[i].line for i in range(start, top) if dated_line(runs[i].line)] if titles else []
    lines += head[-1:]
    lines += [runs[i].line for i in range(max(first, top), last + 1) if not (i == top and top < first)]
    lines += [ln for ln in (r.line for r in runs[last + 1 : last + 1 + _NEAR]) if _signs(ln)]
    return lines


def _above(runs: list[_Run], top: int, first: int, titled: bool) -> list[Line]:
    """What stands between the title and the container, and a date right above the title.

    Without a title from the markup: the lines above the container as far as no link stands between.
    """
    if not titled:
        begin = first
        while (
            begin > max(0, first - _NEAR) and runs[begin - 1].line.linked < 0.5 and not is_prose(runs[begin - 1].line)
        ):
            begin -= 1
        return [run.line for run in runs[begin:first]]
    kept = []
    if top > 0 and dated_line(runs[top - 1].line) and _together(runs[top - 1], runs[top]):
        kept.append(runs[top - 1].line)
    for line in (run.line for run in runs[top:first]):
        summary = line.linked < 0.3 and is_prose(line)
        if line.hint in ("title", "byline", "source", "lead", "caption") or summary or dated_line(line):
            kept.append(line)
    return kept


def _together(date: _Run, title: _Run) -> bool:
    """Do a date and the title below it stand in one small part of the page? The clock of a page stands in its head."""
    apart = [sum(b not in other.path for b in one.path) for one, other in ((date, title), (title, date))]
    return max(apart) <= _WRAPPED


def _signs(line: Line) -> bool:
    if line.linked > 0.5 or len(line.text) > 140:
        return False
    by = parse_byline(line.text)
    return by is not None and (by.explicit or line.hint in ("byline", "source"))


def _container(runs: list[_Run], title: str | None) -> int | None:
    """The deepest block that still holds most of the prose; None for the whole page."""
    weights = [_prose_weight(runs, i) for i in range(len(runs))]
    if title:
        at = next((i for i, r in enumerate(runs) if r.line.hint == "title"), None)
        if at is not None and any(weights[at:]):
            weights[:at] = [0.0] * at
    sums: dict[int, float] = {}
    for run, weight in zip(runs, weights, strict=True):
        if weight:
            for block in run.path:
                sums[block] = sums.get(block, 0.0) + weight
    total = sum(weights)
    if not total:
        return None
    # A block lies in its parent, so that the smallest of those with most of the prose is the deepest.
    current, held = None, total
    while True:
        below = {
            run.path[run.path.index(current) + 1] if current is not None else run.path[0]
            for run, w in zip(runs, weights, strict=True)
            if w and run.path and (current is None or (current in run.path and run.path[-1] != current))
        }
        best = max(below, key=lambda b: (sums[b], -b), default=None)
        if best is None or sums[best] < held * 0.7:
            return current
        current, held = best, sums[best]


def _prose_weight(runs: list[_Run], i: int) -> float:
    line = runs[i].line
    if line.hint in ("title", "heading", "caption"):
        return 0.0
    if line.hint in ("table_row", "list_item"):
        return len(line.text) * 0.5 * (1 - line.linked)
    if not is_prose(line):
        return 0.0
    teaser = runs[i].in_list or (i > 0 and runs[i - 1].line.linked > 0.8 and len(line.text) < 500)
    return len(line.text) * (1 - line.linked) * (0.3 if teaser else 1.0)
