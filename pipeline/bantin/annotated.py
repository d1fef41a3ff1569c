"""An article with its mentions marked, as HTML that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from msgspec.structs import fields

from bantin.types import FAMILIES, Article, Mention

COLOURS = {
    "directives": "#ffd6a5",
    "dates": "#bde0fe",
    "people": "#caffbf",
    "roles": "#e6ccff",
    "indicators": "#fff3b0",
}
"""One colour a family, for HTML."""

_STYLE = """
body { font: 17px/1.65 Georgia, "Times New Roman", serif; max-width: 46em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em; line-height: 1.3 } .kind { color: #888; font: 11px monospace; float: left; margin-left: -7em }
p { margin: .7em 0 } mark { border-radius: 3px; padding: 0 1px; color: inherit; cursor: help }
mark mark { outline: 1px solid #0003 } .legend mark { margin-right: .6em; padding: 1px 6px; font: 13px sans-serif }
""" + "".join(f".{f} {{ background: {c} }}\n" for f, c in COLOURS.items())


def described(mention: Mention[Any]) -> str:
    """The fields of a mention's value that say something: `type=Nghị quyết, symbol=42-NQ/TW`."""
    parts = []
    for f in fields(mention.value):
        value = getattr(mention.value, f.name)
        if value or (value == 0 and value is not False):
            parts.append(f"{f.name}={'; '.join(map(str, value)) if isinstance(value, tuple) else value}")
    return ", ".join(parts)


def segments(start: int, end: int, mentions: Iterable[Mention[Any]]) -> list[tuple[int, int, list[Mention[Any]]]]:
    """[start, end) cut wherever a mention begins or ends: each piece with the mentions that cover it."""
    inside = [m for m in mentions if m.start < end and start < m.end]
    cuts = sorted({start, end, *(min(max(c, start), end) for m in inside for c in (m.start, m.end))})
    return [(a, b, [m for m in inside if m.start <= a and b <= m.end]) for a, b in pairwise(cuts) if a < b]


def article_html(article: Article, mentions: Sequence[Mention[Any]]) -> str:
    """A whole HTML page: the article block by block, every mention marked, its rule and value in a tooltip."""
    title = escape(article.title or article.source_path or article.article_id)
    legend = "".join(f'<mark class="{f}">{f} {sum(m.family == f for m in mentions)}</mark>' for f in FAMILIES)
    body = []
    for block in article.blocks:
        pieces = []
        for a, b, covering in segments(block.start, block.end, mentions):
            piece = escape(article.text[a:b])
            for m in sorted(covering, key=lambda m: m.end - m.start):
                tip = escape(f"{m.rule} ({m.confidence:.2f}): {described(m)}", quote=True)
                piece = f'<mark class="{m.family}" title="{tip}">{piece}</mark>'
            pieces.append(piece)
        body.append(f'<p><span class="kind">{block.kind}</span>{"".join(pieces)}</p>')
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f'<body><h1>{title}</h1><p class="legend">{legend}</p>\n' + "\n".join(body) + "\n</body></html>\n"
    )
