"""Signature blocks: lines for the body, the post, "(đã ký)" and the name, each a block of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bantin.organisations import canonical_organisation, organisation_end
from bantin.posts import Post, post_heads, read_post
from bantin.text import View
from bantin.types import Block, Span

_SIGNED = re.compile(r"\s*\(?\s*(?:đã\s+ký|đã\s+kí|ký\s+tên|chữ\s+ký)[^\n()]{0,30}\)?\s*")
_ON_BEHALF = re.compile(r"\s*(?:t\s*[/.]?\s*m|thay\s+mặt|t\s*[/.]?\s*l)\s*[./]?\s+(?=\w)")
_INSTEAD = re.compile(r"\s*k\s*[/.]?\s*t\s*[./]?\s")
_RANK = re.compile(r"[\s.,\w]{0,24}")
_LONGEST = 80
_LINES = 5
"""Lines between the body that signs and the name."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A post line and the person who signs below it; `organisation` is the body on whose behalf."""

    post: Post
    organisation: str | None
    person: Span


def signatures(view: View, blocks: Sequence[Block], people: Sequence[Span]) -> list[Signature]:
    """The signatures of an article: people in reading order, each alone in a block below a post in capitals."""
    out: list[Signature] = []
    starts = [b.start for b in blocks]
    for person in people:
        i = bisect_left(starts, person.start + 1) - 1
        block = blocks[i]
        alone = block.end - block.start < _LONGEST and not view.folded[person.end : block.end].strip(" .\n")
        if i < 1 or not alone or _RANK.fullmatch(view.folded, block.start, person.start) is None:
            continue
        post: Post | None = None
        for b in reversed(blocks[max(0, i - _LINES) : i]):
            text = view.text[b.start : b.end].strip()
            if len(text) > _LONGEST:
                break
            if post is None:
                if _SIGNED.fullmatch(view.lower, b.start, b.end) or not text:
                    continue
                post = _post_line(view, b)
                if post is None:
                    break
            elif m := _ON_BEHALF.match(view.lower, b.start, b.end):
                end = organisation_end(view, m.end(), b.end)
                body = canonical_organisation(view.text[m.end() : end]) if end > m.end() else ""
                out.append(Signature(post, body[:1].upper() + body[1:] or None, person))
                post = None
                break
            elif not _INSTEAD.match(view.lower, b.start, b.end):
                break
        if post is not None:
            out.append(Signature(post, post.organisation, person))
    return out


def _post_line(view: View, block: Block) -> Post | None:
    text = view.text[block.start : block.end]
    head = next(post_heads(view, block.start, block.end), None)
    if head is None or view.folded[block.start : head.start()].strip(" .").upper() not in ("", "Q", "QUYỀN"):
        return None
    if not text.isupper() and not view.folded[head.start()].isupper():
        return None
    post = read_post(view, head, block.end)
    return post if not view.folded[post.end : block.end].strip(" .") else None
