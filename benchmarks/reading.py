"""Pages a second of profiled reading on one core, beside trafilatura on the same pages, in one run.

usage: python benchmarks/reading.py [--rounds 3]

The pages are the composed ones of corpus/pages, once as they are (2.5 KB; hardly any page of the web is so small) and
once within what surrounds an article on the web: 300 menu links, 60 teasers, 50 KB of scripts and styles (made here;
90 KB in all). Ours gives the whole article (fields, labelled blocks); trafilatura its text, and text with fields. CPU
seconds, best of the rounds after a warm-up, sides in turn. Figures go to benchmarks/reading.json; exit 1 under the
target.
"""

from __future__ import annotations

import argparse
import json
import logging
import platform
import re
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from bantin.pages import Page, load_pages
from bantin.profiles import profile_of
from bantin.read.build import Fields, Origin
from bantin.read.html import read_html

ROOT = Path(__file__).parents[1]
TARGET = 5.0


def surrounded(source: str) -> str:
    """A page within the menus, teasers, scripts and styles of a site."""
    links = "".join(
        f'<li class="cap-{i % 3}"><a href="/muc-{i}"><span>Chuyên mục {i}</span></a></li>' for i in range(150)
    )
    menu = f'<div class="menu-chinh"><ul>{links}</ul></div>'
    teasers = "".join(
        f'<div class="muc"><a href="/tin-{i}"><img src="/a{i}.jpg" width="80"></a><h4><a href="/tin-{i}">Bản tin {i} '
        f'của các cơ quan trong tỉnh</a></h4><span class="ngay">1{i % 9}/0{1 + i % 9}/2025</span></div>'
        for i in range(60)
    )
    code = 'var a = {b: "c", d: [1, 2]}; if (a.b < 3) { document.write("x"); }\n' * 500
    style = ".menu-chinh li a { color: #fff; padding: 2px }\n" * 400
    head = f"<script>{code}</script><style>{style}</style>{menu}"
    source = re.sub(r"<body[^>]*>", lambda m: m.group() + head, source, count=1)
    return source.replace("</body>", f'<div class="cot-phai"><h3>Tin mới</h3>{teasers}</div>{menu}</body>')


def ours(page: Page, source: str, *, by_profile: bool) -> None:
    url = page.expected["url"] if by_profile and page.expected else None
    profile = (profile_of(url) or page.profile) if by_profile else None
    read_html(source, Origin(page.file, "page"), Fields(url=url), profile)


def rate(work: Callable[[], object], pages: int, rounds: int) -> float:
    work()
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return pages / best


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pages = load_pages(ROOT / "corpus" / "pages")
    figures: dict[str, object] = {"pages": len(pages), "python": platform.python_version()}
    reached = False
    for size, make in (("bare", str), ("surrounded", surrounded)):
        sources = [make(p.source) for p in pages]
        both = list(zip(pages, sources, strict=True))
        profiled = rate(lambda: [ours(p, s, by_profile=True) for p, s in both], len(pages), rounds)  # noqa: B023
        generic = rate(lambda: [ours(p, s, by_profile=False) for p, s in both], len(pages), rounds)  # noqa: B023
        text = rate(lambda: [trafilatura.extract(s) for s in sources], len(pages), rounds)  # noqa: B023
        fields = rate(lambda: [trafilatura.bare_extraction(s, with_metadata=True) for s in sources], len(pages), rounds)  # noqa: B023
        figures[size] = {
            "characters_a_page": sum(map(len, sources)) // len(sources),
            "profiled_pages_a_second": round(profiled),
            "generic_pages_a_second": round(generic),
            "trafilatura_text_pages_a_second": round(text),
            "trafilatura_text_and_fields_pages_a_second": round(fields),
            "profiled_to_trafilatura_text": round(profiled / text, 1),
            "profiled_to_trafilatura_text_and_fields": round(profiled / fields, 1),
            "generic_to_trafilatura_text": round(generic / text, 1),
        }
        reached = profiled / text >= TARGET
    print(json.dumps(figures, indent=2))
    print(
        f"target: {TARGET:g} times trafilatura's text, on pages of the web's size:", "reached" if reached else "missed"
    )
    (ROOT / "benchmarks" / "reading.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(0 if reached else 1)


if __name__ == "__main__":
    main()
