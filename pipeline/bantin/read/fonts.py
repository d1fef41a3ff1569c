"""Letters that markup hides: entities, once or twice escaped, and runs of old fonts (`<font face=".VnTime">`).

The glyphs of such a font are Vietnamese, the characters below them are not; a font whose name ends in H shows capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bantin.read.repair import converted_by

_ENTITY = re.compile(r"&(?:amp;){0,4}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")
_FONT = re.compile(r"""(?:\bface\s*=|font-family\s*:)\s*(?:\\?["']|&quot;|&\#39;|\s){0,3}([^"'\\;,>&<]{1,60})""", re.I)
_OLD_FONT = re.compile(
    r"""(?:\bface\s*=|font-family\s*:)\s*(?:\\?["']|&quot;|&\#39;|\s){0,3}(?:\.?Vn[A-Z]|VNI)""", re.I
)
_TCVN3, _VNI = re.compile(r"\.?Vn[A-Z]", re.I), re.compile(r"VNI\b", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b([^<>]{0,5000})>")
_VOID = frozenset(["br", "img", "hr", "input", "meta", "link", "col", "area", "base", "wbr"])
_CLOSED_BY_ITSELF = frozenset(["p", "li", "td", "tr", "th", "dd", "dt", "option"])
_OPAQUE = frozenset(["script", "style", "title", "textarea"])
_NAMES = ("Vn", "VN", ".vn", "vni")
_DEEPEST = 200
_PLAIN = re.compile(r"&\w{1,10};|\\.|[^&\\]+|[&\\]", re.DOTALL)  # entities, and escapes of a page inside JSON

Font = tuple[str, bool]
"""The encoding of a font, and whether it shows capitals."""


def entities_read(source: str) -> str:
    """Entities of characters beyond ASCII as these characters; those that markup needs (`&lt;`) are left."""
    return _ENTITY.sub(_character, source) if "&" in source else source


def plain_entities_read(text: str) -> str:
    """A text that is no markup, with the entities left in it of what markup reserves ("&quot;", "&amp;")."""
    return _RESERVED.sub(lambda m: unescape(f"&{m.group(1)};"), text) if "&" in text else text


_RESERVED = re.compile(r"&(?:amp;){0,4}(quot|amp|lt|gt|apos|#0{0,4}3[489]);")


def _character(m: re.Match[str]) -> str:
    said = unescape(f"&{m.group(1)};")
    return m.group() if said.isascii() or len(said) > 2 or "\ud800" <= said[0] <= "\udfff" else said


def fonts_read(page: str) -> str:
    """A page with the text of its old fonts in Unicode. What such a font encloses although it is Unicode is left."""
    # Far quicker than the pattern, and nearly always the answer.
    named = "<" in page and any(name in page for name in _NAMES)
    return "".join(_pieces(page)) if named and _OLD_FONT.search(page) else page


def _pieces(page: str) -> Iterator[str]:
    opened: list[tuple[str, Font | None]] = []
    at = 0
    for m in _TAG.finditer(page):
        font = opened[-1][1] if opened else None
        yield _read(page[at : m.start()], font) if font else page[at : m.start()]
        yield m.group()
        at = m.end()
        closing, name = m.group(1), m.group(2).lower()
        if name in _VOID:
            continue
        if closing or (name in _CLOSED_BY_ITSELF and opened and opened[-1][0] == name):
            _close(opened, name)
        if not closing and len(opened) < _DEEPEST:
            inherited = None if name in _OPAQUE else opened[-1][1] if opened else None
            named = _FONT.search(m.group(3))
            opened.append((name, _font(named.group(1)) if named else inherited))
    yield page[at:]


def _close(opened: list[tuple[str, Font | None]], name: str) -> None:
    for i in range(len(opened) - 1, -1, -1):
        if opened[i][0] == name:
            del opened[i:]
            return


def _font(name: str) -> Font | None:
    name = name.strip()
    if _VNI.match(name):
        return "vni", False
    return ("tcvn3", name.split()[0].endswith("H")) if _TCVN3.match(name) else None


def _read(text: str, font: Font) -> str:
    name, capitals = font
    gain, said = converted_by(name, text)
    if gain < 0 or text.isspace() or not text:
        return text
    return "".join(p if p[0] in "&\\" else p.upper() for p in _PLAIN.findall(said)) if capitals else said
