"""Memory and cost of merging a batch as it grows: whether what the merge holds depends on how much text there is.

usage: python benchmarks/linking_memory.py [--megabytes 50 150] [--people 20000] [--repeating 0.1] [--keep]

Parts are written with mentions that are known (no extraction), as dense as real bulletins: in 4,000 characters four
sightings of people, of whom some are met far more often than others, and two documents, every second of which no other
article names. One article in ten repeats another; `--repeating 1` is the worst case, where each resembles every other.
Each size is merged in a process of its own. Printed are the peak anonymous memory of the whole merge beyond its start,
that of the linking pass beyond its own start, the bytes that each further article costs, and the microseconds a
character that linking adds (everything of the merge that handles people, bodies and positions) and that the merge takes
as a whole. The whole must not grow by more than `GROWTH_AT_MOST` from the small to the large size. `--keep` puts the
figures into benchmarks/linking_memory.json, where those of 100 MB and 1 GB stand.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from measuring import anonymous

from bantin.dataset import merge as merging
from bantin.dataset.organisations import Organisations
from bantin.dataset.parts import PartWriter, parts_of
from bantin.dataset.people import People
from bantin.extractors.directives.value import DirectiveValue
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.value import RoleValue
from bantin.resolve.bodies import Naming, locate
from bantin.resolve.home import Home
from bantin.types import Article, Block, Mention, Relation, Span

FIGURES = Path(__file__).with_suffix(".json")
LENGTH = 4_000
ARTICLES_A_PART = 500
WRITERS = 2
GROWTH_AT_MOST = 64
"""MB that the peak of the large merge may lie above that of the small one."""
OWN_AT_MOST = 64
COST_AT_MOST = 0.2
PROVINCES = ("Bắc Giang", "Nghệ An", "Gia Lai", "Tiền Giang", "Phú Thọ", "Lạng Sơn")
BODIES = ("Tỉnh ủy", "Sở Y tế", "Sở Nội vụ", "Ban Tuyên giáo Tỉnh ủy", "Huyện ủy Yên Lâm", "Ủy ban nhân dân xã Hòa An")
ONSETS = ("b", "c", "d", "đ", "g", "h", "kh", "l", "m", "ng", "ph", "t", "th", "tr", "v", "x")
RIMES = ("an", "ăng", "ao", "ây", "ên", "iêu", "on", "ông", "uyên", "ưa", "ươi", "ích")
WORDS = tuple(onset + rime for onset in ONSETS for rime in RIMES)
SYLLABLES = ("Bình", "Chi", "Dung", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga", "Oanh")


def write_parts(folder: Path, articles: int, people: int, repeating: float) -> list[Path]:
    """Parts of `articles` articles, each with four of `people` people in their posts and two documents.

    The share `repeating` of them has the filling text of an earlier one; where it is 1, all have that of the first.
    """
    numbers = range(-(-articles // ARTICLES_A_PART))
    write = partial(write_part, folder, articles, people, repeating)
    with ProcessPoolExecutor(WRITERS, get_context("spawn")) as writers:
        return [part for parts in writers.map(write, numbers, chunksize=8) for part in parts]


def write_part(folder: Path, articles: int, people: int, repeating: float, number: int) -> list[Path]:
    """Part `number` of them."""
    r = random.Random(number)
    with PartWriter(folder, number) as part:
        for n in range(number * ARTICLES_A_PART, min((number + 1) * ARTICLES_A_PART, articles)):
            of = 0 if repeating == 1 else r.randrange(n + 1) if r.random() < repeating else n
            article, mentions, bodies, relations = _article(n, r, people, _filling(of), articles)
            part.add(article, mentions, [], [], bodies, relations=relations)
    return parts_of(folder, number)


def _filling(number: int) -> str:
    """The text of one article, no other's: words, and a number in each line, as a report has them."""
    r = random.Random(number)
    words = r.choices(WORDS, k=LENGTH // 4)
    words[19::20] = [f"{r.randrange(1000)}." for _ in words[19::20]]
    return " ".join(words)


def _article(
    number: int, r: random.Random, people: int, filling: str, articles: int
) -> tuple[Article, list[Mention[Any]], list[Naming], list[Relation]]:
    province = r.choice(PROVINCES)
    text = ""
    found: list[Mention[Any]] = []
    bodies = []
    for _ in range(4):
        n = int(people * r.random() ** 2)
        full = f"Nguyễn {_syllable(n // 900)} {_syllable(n // 30 % 30)} {_syllable(n % 30)}"
        title, stated = r.choice(("Giám đốc", "Phó Bí thư", "Trưởng ban")), BODIES[n % len(BODIES)]
        at = len(text)
        text += f"{full}, {title} {stated}. "
        body = locate(stated, Home(PROVINCES[n % len(PROVINCES)]))
        person = Span(at, at + len(full))
        role = Span(person.end + 2, person.end + 2 + len(title))
        if body is not None:
            bodies.append(Naming(body, (), 1))
        value = RoleValue(title, stated, name=full, holder=person, organisation_id=body and body.organisation_id)
        found.append(Mention("people", person.start, person.end, full, "people.x", 1.0, PersonValue(full, "đồng chí")))
        found.append(Mention("roles", role.start, role.end, title, "role.x", 1.0, value))
    relations = []
    documents = []
    for kind, code in (("Kế hoạch", f"{r.randrange(articles)}-KH/TU"), ("Chỉ thị", f"{r.randrange(200)}-CT/TW")):
        at, said = len(text), f"{kind} số {code}"
        text += said + "; "
        known = DirectiveValue("symbol", kind, code.partition("-")[0], code)
        found.append(Mention("directives", at, at + len(said), said, "directive.x", 1.0, known))
        documents.append(Span(at, at + len(said)))
    if number % 4 == 0:
        relations.append(Relation(documents[0], "implements", documents[1], Span(documents[0].start, documents[1].end)))
    text += filling[: LENGTH - len(text)]
    day = f"{r.randint(2010, 2022)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    site = f"{province}.example.vn"
    article = Article(
        f"a{number}", text, (Block("paragraph", 0, len(text)),), published=day, published_precision="day", site=site,
        url=f"https://{site}/tin/{number}", title=f"Hội nghị số {number}",
    )  # fmt: skip
    return article, found, bodies, relations


def _syllable(number: int) -> str:
    return (SYLLABLES[number % 10] + "aeiou"[number // 10 % 5]).capitalize()


class Peak:
    """The most anonymous memory of this process while it is entered, in MB. Mapped files are not counted."""

    def __enter__(self) -> Peak:
        self.start = self.megabytes = anonymous()
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            self.megabytes = max(self.megabytes, anonymous())


def merged(parts: list[Path], out: Path) -> dict[str, float]:
    """Merges and tells the peak memory beyond the start, in MB, and the seconds of linking and of all."""
    spent = {"linking": 0.0, "own": 0.0}

    def timed(owner: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(owner, name)

        def measured(*given: Any) -> Any:
            start = time.process_time()
            with Peak() as own:
                result = inner(*given)
            spent["linking"] += time.process_time() - start
            if name == "link":  # the whole pass over the names; what stays of the parts is in its start
                spent["own"] = max(spent["own"], own.megabytes - own.start)
            return result

        setattr(owner, name, measured)

    for owner, name in ((People, "note"), (People, "link"), (People, "of_part"), (Organisations, "__init__")):
        timed(owner, name)
    out.mkdir()
    start = time.process_time()
    with Peak() as peak:
        merging.merge(parts, out, lambda _: None)
    return {"megabytes": peak.megabytes - peak.start, "all": time.process_time() - start, **spent}


def measure(megabytes: int, people: int, repeating: float) -> dict[str, float]:
    """One size, merged in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        articles = megabytes * 1_000_000 // LENGTH
        write_parts(folder / "parts", articles, people, repeating)
        command = [sys.executable, __file__, "--merge", str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(told)
    return {
        "characters": articles * LENGTH,
        "articles": articles,
        "whole_merge_megabytes": round(found["megabytes"], 1),
        "linking_megabytes": round(found["own"], 1),
        "linking_us_a_character": round(found["linking"] / (articles * LENGTH) * 1e6, 4),
        "whole_merge_us_a_character": round(found["all"] / (articles * LENGTH) * 1e6, 4),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=int, nargs=2, default=[50, 150])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--repeating", type=float, default=0.1, help="share of articles that repeat another")
    parser.add_argument("--keep", action="store_true", help="put the figures into the file of figures")
    parser.add_argument("--merge", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.merge:
        parts = sorted((asked.merge / "parts").glob("*/*/*"))  # thousand, chunk, part: all of them whole by now
        print(json.dumps(merged(parts, asked.merge / "out")))
        return 0
    small, large = (measure(m, asked.people, asked.repeating) for m in asked.megabytes)
    growth = large["whole_merge_megabytes"] - small["whole_merge_megabytes"]
    figures = {
        "people": asked.people,
        "sizes": [small, large],
        "growth_megabytes": round(growth, 1),
        "bytes_a_further_article": round(growth * 1024 * 1024 / (large["articles"] - small["articles"])),
        "python": platform.python_version(),
    }
    print(json.dumps(figures, indent=1))
    if asked.keep:
        kept = {**json.loads(FIGURES.read_text(encoding="utf-8")), f"repeating {asked.repeating:g}": figures}
        FIGURES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    linking = large["linking_megabytes"] <= OWN_AT_MOST and large["linking_us_a_character"] <= COST_AT_MOST
    met = linking and growth <= GROWTH_AT_MOST
    target = f"{GROWTH_AT_MOST} MB of growth; of linking {OWN_AT_MOST} MB and {COST_AT_MOST} us a character"
    print(f"target: at most {target}: {'reached' if met else 'missed'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
