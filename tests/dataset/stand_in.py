"""A small archive and extractors with known behaviour: tests of the dataset do not depend on any rule.

Functions of this module are found by name in worker processes, so its folder must be on `sys.path` (see conftest).
"""

from __future__ import annotations

import json
import os
import re
import signal
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bantin.engine import Extraction
from bantin.errors import BudgetError, DataFileError
from bantin.extractors.dates.value import DateValue
from bantin.extractors.directives.value import DirectiveValue
from bantin.extractors.indicators.value import IndicatorValue
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.value import RoleValue
from bantin.types import Article, Check, Mention, Span

BULLETIN = """Hội nghị tổng kết công tác năm {year}

Ngày 05/01/{year}, Huyện ủy Sông Cầu tổ chức hội nghị tổng kết. Đồng chí Trần Thị Hạnh, Trưởng Ban Dân vận chủ trì.

Trong năm, các cấp ủy quán triệt Chỉ thị số {number}-CT/TW và Kế hoạch số 7-KH/HU, tổ chức 182 buổi đối thoại,
trong đó 80 buổi cấp xã; vận động 12,5 tỷ đồng cho {place} hộ nghèo.
"""

_DIRECTIVE = re.compile(r"(?P<type>Chỉ thị|Kế hoạch) số (?P<symbol>(?P<number>\d+)-[A-Z]+/[A-Z]+)")
_DATE = re.compile(r"(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>\d{4})")
_NAME = re.compile(r"Trần Thị Hạnh")
_ROLE = re.compile(r"Trưởng Ban Dân vận")
_COUNT = re.compile(r"(?P<n>\d+) (?P<unit>buổi)")


def write_archive(folder: Path, articles: int = 12) -> Path:
    """Writes `articles` plain texts, a page, three JSONL rows, and sources that cannot be used."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(articles):
        text = BULLETIN.format(year=2010 + i % 12, number=i + 1, place=i * 3 + 2)
        (folder / f"bulletin-{i:03}.txt").write_text(text, encoding="utf-8")
    page = BULLETIN.format(year=2019, number=40, place=9).replace("\n\n", "</p>\n<p>")
    head = '<meta charset="utf-8"><title>Hội nghị tổng kết</title>'
    (folder / "page.html").write_text(f"<html><head>{head}</head><body><p>{page}</p></body></html>", encoding="utf-8")
    rows = [
        {
            "text": BULLETIN.format(year=2021, number=n, place=4),
            "url": f"https://vi.example/{n}",
            "published": published,
        }
        for n, published in ((51, "2021-01-06T08:30"), (52, None), (51, "2021-01-05"))
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows] + ["{broken"]
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


def extract(article: Article) -> Extraction:
    """Fills every mention table: documents, days, one name, one post, counts with a part."""
    found: list[Mention[Any]] = []

    def add(family: Any, m: re.Match[str], value: Any) -> None:
        found.append(Mention(family, m.start(), m.end(), m.group(), f"{family}.stand_in", 0.9, value))

    text = article.text
    for m in _DIRECTIVE.finditer(text):
        central = m["symbol"].endswith("TW")
        known = f"vn:dang:tw:ct:{m['number']}" if central and int(m["number"]) < 10 else None
        value = DirectiveValue(
            "symbol", m["type"], m["number"], m["symbol"], flags=("a", "b") if central else (), directive_id=known,
            resolution="exact" if known else None,
        )  # fmt: skip
        add("directives", m, value)
    for m in _DATE.finditer(text):
        day = f"{m['y']}-{m['m']}-{m['d']}"
        add("dates", m, DateValue("date", "day", day, day, day, day, role="event"))
    person = None
    for m in _NAME.finditer(text):
        person = Span(*m.span())
        add("people", m, PersonValue("Trần Thị Hạnh", "Đồng chí", context="chair"))
    for m in _ROLE.finditer(text):
        add("roles", m, RoleValue("Trưởng ban", "Ban Dân vận Huyện ủy Sông Cầu", name="Trần Thị Hạnh", holder=person))
    whole: Span | None = None
    for m in _COUNT.finditer(text):
        add("indicators", m, IndicatorValue(Decimal(m["n"]), m["unit"], "count", part_of=whole))
        whole = whole or Span(*m.span())
    checks = [Check("sum_mismatch", (whole,), "182", "181", "the parts add up to 181")] if whole else []
    return Extraction(article, tuple(found), tuple(checks))


def ends_its_process(article: Article) -> Extraction:
    """SIGKILLs its own process on the bulletin of 2015."""
    if "05/01/2015" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return extract(article)


def raises(article: Article) -> Extraction:
    """Raises on the bulletin of 2015, and runs out of budget on that of 2016."""
    if "05/01/2015" in article.text:
        raise KeyError("nothing of the kind")
    if "05/01/2016" in article.text:
        raise BudgetError("rule x took over 2 s")
    return extract(article)


def has_a_broken_rule(article: Article) -> Extraction:
    """What every article meets when a rule file is wrong."""
    raise DataFileError("rules.toml", "date.quarter", "no anchors")


def hangs(article: Article) -> Extraction:
    """Never comes back from the bulletin of 2015."""
    while "05/01/2015" in article.text:
        time.sleep(0.05)
    return extract(article)


def misquotes(article: Article) -> Extraction:
    """Gives a mention of the bulletin of 2015 that is not what stands there."""
    found = extract(article)
    if "05/01/2015" not in article.text:
        return found
    wrong = Mention("people", 0, 3, "xyz", "people.stand_in", 1.0, PersonValue("X"))
    return Extraction(article, (*found.mentions, wrong), ())


def slow(article: Article) -> Extraction:
    """Takes its time, so that a test can end the run in the middle."""
    time.sleep(0.3)
    return extract(article)


def dies_once(article: Article) -> Extraction:
    """Ends its process the first time it meets the bulletin of 2015; the file named in the environment remembers."""
    mark = Path(os.environ["BANTIN_TEST_MARK"])
    if "05/01/2015" in article.text and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return extract(article)
