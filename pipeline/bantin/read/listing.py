"""Pages of a site that hold no article: lists of news, and pages that say something was not found with status 200."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bantin.read.label import is_prose
from bantin.read.line import Line

_ITEMS = 4  # teasers or titles from which a page may be a list
_ITEM_TITLE = 20  # characters of a link that may be the title of an article
_TEASER = 60  # characters; a shorter line between a title and its teaser is a date
_LITTLE = 300  # characters of text of a page that only says that there is none
_MISSING = re.compile(
    r"(?:không (?:tìm thấy|tồn tại|có) (?:trang|bài viết|nội dung|tin|dữ liệu|đường dẫn|kết quả)"
    r"|(?:trang|bài viết|nội dung|tin|đường dẫn|liên kết)\b.{0,60}?\bkhông (?:tồn tại|tìm thấy|còn tồn tại)"
    r"|(?:bài viết|nội dung|tin) (?:này )?(?:đã )?(?:bị )?(?:xóa|gỡ bỏ)|page not found|error 404|404 not found)"
)


def not_an_article(lines: Sequence[Line]) -> str | None:
    """Why the lines of a page are no article; None where they may be one."""
    prose = [i for i, ln in enumerate(lines) if is_prose(ln) or (ln.hint == "list_item" and len(ln.text) >= _TEASER)]
    titles = [ln.linked > 0.8 and len(ln.text) >= _ITEM_TITLE for ln in lines]
    dated = [len(ln.text) < _TEASER and not title for ln, title in zip(lines, titles, strict=True)]
    teasers = sum(i > 0 and (titles[i - 1] or (i > 1 and dated[i - 1] and titles[i - 2])) for i in prose)
    if teasers >= _ITEMS and teasers * 10 >= len(prose) * 6:
        return f"a list of news: {teasers} of {len(prose)} paragraphs stand below a link of their own"
    if not prose and sum(titles) >= 2 * _ITEMS:
        return f"a list of {sum(titles)} links and no text"
    if sum(len(ln.text) for ln in lines) <= _LITTLE and (said := next((ln for ln in lines if _says(ln)), None)):
        return f"a page that says {said.text[:80]!r}"
    return None


def _says(line: Line) -> bool:
    return _MISSING.search(line.key) is not None
