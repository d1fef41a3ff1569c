"""Memory and cost of merging people, bodies and positions as the batch grows.

usage: python benchmarks/linking_memory.py [--megabytes 100 300] [--people 20000]

Parts are written with mentions that are known (no extraction), as dense as real bulletins: four sightings in 4,000
characters. Each size is merged in a process of its own. Printed are the peak anonymous memory of the whole merge beyond
its start, that of the linking pass beyond its own start, and the microseconds a character that linking adds (everything
of the merge that handles people, bodies and positions). Figures go to benchmarks/linking_memory.json.
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
from pathlib import Path
from typing import Any

from bantin.dataset import merge as merging
from bantin.dataset.organisations import Organisations
from bantin.dataset.parts import PartWriter, parts_of
from bantin.dataset.people import People
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.value import RoleValue
from bantin.resolve.bodies import Naming, locate
from bantin.resolve.home import Home
from bantin.types import Article, Block, Mention, Span

ROOT = Path(__file__).parents[1]
LENGTH = 4_000
ARTICLES_A_PART = 500
OWN_AT_MOST = 64
COST_AT_MOST = 0.2
PROVINCES = ("Bắc Giang", "Nghệ An", "Gia Lai", "Tiền Giang", "Phú Thọ", "Lạng Sơn")
BODIES = ("Tỉnh ủy", "Sở Y tế", "Sở Nội vụ", "Ban Tuyên giáo Tỉnh ủy", "Huyện ủy Yên Lâm", "Ủy ban nhân dân xã Hòa An")
WORDS = "Hội nghị đã nghe báo cáo và thảo luận về nhiệm vụ trọng tâm của địa phương trong thời gian tới."
SYLLABLES = ("Bình", "Chi", "Dung", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga", "Oanh")


def write_parts(folder: Path, articles: int, people: int) -> list[Path]:
    """Parts of `articles` articles, each with four of `people` people in their posts."""
    r = random.Random(7)
    filling = " ".join(r.choice(WORDS.split()) for _ in range(LENGTH // 3))
    parts = []
    for index in range(-(-articles // ARTICLES_A_PART)):
        with PartWriter(folder, index) as part:
            for n in range(ARTICLES_A_PART):
                part.add(*_article(f"a{index}-{n}", r, people, filling))
        parts += parts_of(folder, index)
    return parts


def _article(name: str, r: random.Random, people: int, filling: str) -> tuple[Any, ...]:
    province = r.choice(PROVINCES)
    text, found, bodies = "", [], []
    for _ in range(4):
        number = r.randrange(people)
        full = f"Nguyễn {_syllable(number // 900)} {_syllable(number // 30 % 30)} {_syllable(number % 30)}"
        title, stated = r.choice(("Giám đốc", "Phó Bí thư", "Trưởng ban")), BODIES[number % len(BODIES)]
        at = len(text)
        text += f"{full}, {title} {stated}. "
        body = locate(stated, Home(PROVINCES[number % len(PROVINCES)]))
        person = Span(at, at + len(full))
        role = Span(person.end + 2, person.end + 2 + len(title))
        if body is not None:
            bodies.append(Naming(body, (), 1))
        value = RoleValue(title, stated, name=full, holder=person, organisation_id=body and body.organisation_id)
        found.append(Mention("people", person.start, person.end, full, "people.x", 1.0, PersonValue(full, "đồng chí")))
        found.append(Mention("roles", role.start, role.end, title, "role.x", 1.0, value))
    text += filling[: LENGTH - len(text)]
    day = f"{r.randint(2010, 2022)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    article = Article(
        name, text, (Block("paragraph", 0, len(text)),), published=day, published_precision="day",
        site=f"{province}.example.vn",
    )  # fmt: skip
    return article, found, [], [], bodies


def _syllable(number: int) -> str:
    return (SYLLABLES[number % 10] + "aeiou"[number // 10 % 5]).capitalize()


class Peak:
    """The most anonymous memory of this process while it is entered, in MB. Mapped files are not counted."""

    def __enter__(self) -> Peak:
        self.start = self.megabytes = _anonymous()
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            self.megabytes = max(self.megabytes, _anonymous())


def _anonymous() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def merged(parts: list[Path], out: Path) -> dict[str, float]:
    """Merges and tells the peak memory beyond the start, in MB, and the seconds of linking."""
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
    with Peak() as peak:
        merging.merge(parts, out, lambda _: None)
    return {"megabytes": peak.megabytes - peak.start, **spent}


def measure(megabytes: int, people: int) -> dict[str, float]:
    """One size, merged in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        articles = megabytes * 1_000_000 // LENGTH
        write_parts(folder / "parts", articles, people)
        command = [sys.executable, __file__, "--merge", str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(told)
    return {
        "characters": articles * LENGTH,
        "whole_merge_megabytes": round(found["megabytes"], 1),
        "linking_megabytes": round(found["own"], 1),
        "linking_us_a_character": round(found["linking"] / (articles * LENGTH) * 1e6, 4),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=int, nargs=2, default=[100, 300])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--dry", action="store_true", help="leave the file of figures as it is")
    parser.add_argument("--merge", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.merge:
        parts = sorted((asked.merge / "parts").glob("*/*/*"))  # thousand, chunk, part: all of them whole by now
        print(json.dumps(merged(parts, asked.merge / "out")))
        return 0
    sizes = [measure(m, asked.people) for m in asked.megabytes]
    figures = {"python": platform.python_version(), "people": asked.people, "sizes": sizes}
    print(json.dumps(figures, indent=1))
    if not asked.dry:
        (ROOT / "benchmarks" / "linking_memory.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    met = sizes[1]["linking_megabytes"] <= OWN_AT_MOST and sizes[1]["linking_us_a_character"] <= COST_AT_MOST
    print("targets met" if met else f"MISSED: {OWN_AT_MOST} MB of its own, {COST_AT_MOST} us a character")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
