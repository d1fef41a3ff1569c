"""A composed archive in which articles repeat one another in known ways: hundreds of bulletins, every kind planted."""

from __future__ import annotations

import json
import random
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

_PHRASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PLACES, NAMES, SUBJECTS, VERBS, OBJECTS, RESULTS, FORMULAS = (
    _PHRASES[name] for name in ("places", "names", "subjects", "verbs", "objects", "results", "formulas")
)
NOTICE: str = _PHRASES["notice"]
WINDOWS = str.maketrans({" ": "\u00a0"})


@dataclass(frozen=True)
class Bulletin:
    """One planted article: what it says, and which other it repeats in which way (None: nothing)."""

    title: str
    sentences: tuple[str, ...]
    site: str
    published: datetime
    byline: str = ""
    head: str = ""
    kind: str | None = None
    of: int | None = None
    url: str = ""

    def row(self, number: int) -> str:
        paragraphs = [" ".join(self.sentences[i : i + 3]) for i in range(0, len(self.sentences), 3)]
        text = "\n".join(filter(None, (self.title, self.head, *paragraphs, self.byline)))
        url = self.url or f"https://{self.site}/tin/{number}"
        row = {"text": text, "title": self.title, "url": url, "published": f"{self.published:%Y-%m-%dT%H:%M}"}
        return json.dumps(row, ensure_ascii=False)


@dataclass
class Generator:
    """Draws bulletins from a seed."""

    random: random.Random
    made: list[Bulletin] = field(default_factory=list)

    def facts(self) -> dict[str, str]:
        r = self.random
        x, y = r.sample(PLACES, 2)
        day = f"{r.randint(1, 28)}/{r.randint(1, 12)}"
        return {
            "n": str(r.randint(2, 980)), "m": str(r.randint(2, 990)), "p": f"{r.randint(20, 99)},{r.randint(1, 9)}",
            "x": x, "y": y, "a": r.choice(NAMES), "d": day,
        }  # fmt: skip

    def template(self, length: int) -> list[str]:
        r = self.random
        own = [
            f"{r.choice(SUBJECTS).capitalize()} {r.choice(VERBS)} {r.choice(OBJECTS)} {r.choice(RESULTS)}."
            for _ in range(length)
        ]
        at = sorted(r.sample(range(length + 1), 2), reverse=True)
        for i, formula in zip(at, r.sample(FORMULAS, 2), strict=True):
            own.insert(i, formula)
        return own

    def filled(self, template: list[str]) -> tuple[str, ...]:
        return tuple(s.format(**self.facts()) for s in template)

    def plant(self, bulletin: Bulletin) -> int:
        self.made.append(bulletin)
        return len(self.made) - 1

    def family(self, number: int) -> None:
        """A bulletin and some of what may become of it."""
        r = self.random
        template = self.template(r.randint(7, 14))
        day = datetime(2012, 1, 3, 8) + timedelta(days=r.randint(0, 4000), minutes=r.randint(0, 600))
        site = f"tinh{r.randint(1, 60)}.example"
        title = f"Kết quả công tác của xã {r.choice(PLACES)} trong kỳ {number}"
        base = Bulletin(title, self.filled(template), site, day, f"Tin, ảnh: {r.choice(NAMES)}")
        of = self.plant(base)
        for kind in r.sample(["exact", "reprint", "abridged", "revision", "quarter", "commune"], 3):
            getattr(self, f"add_{kind}")(base, of, template)

    def add_exact(self, base: Bulletin, of: int, template: list[str]) -> None:
        sentences = tuple(s.replace("hóa", "hoá").translate(WINDOWS) for s in base.sentences)
        later = base.published + timedelta(days=self.random.randint(1, 900))
        site = self.random.choice([base.site, "khac.example"])
        self.plant(replace(base, sentences=sentences, published=later, site=site, kind="exact", of=of))

    def add_reprint(self, base: Bulletin, of: int, template: list[str]) -> None:
        r = self.random
        sentences = list(base.sentences)
        if r.random() < 0.4:
            sentences[0] = "Theo tin của cơ sở, " + sentences[0][0].lower() + sentences[0][1:]
        if r.random() < 0.3:
            del sentences[r.randrange(1, len(sentences))]
        later = base.published + timedelta(days=r.randint(0, 12), minutes=r.randint(5, 600))
        head = r.choice(["", f"{later:%H:%M %d/%m/%Y}", f"Cập nhật lúc: {later:%d/%m/%Y %H:%M}"])
        byline = r.choice(["Theo Báo Nhân Dân", "BBT", f"Nguồn: {base.site}", f"Tin, ảnh: {r.choice(NAMES)}"])
        title = r.choice([base.title, f"Xã vùng xa làm tốt nhiều việc, đợt {r.randint(1, 400)}"])
        self.plant(
            Bulletin(title, tuple(sentences), f"bao{r.randint(1, 9)}.example", later, byline, head, "reprint", of)
        )

    def add_abridged(self, base: Bulletin, of: int, template: list[str]) -> None:
        r = self.random
        keep = r.randint(max(3, len(base.sentences) // 3), int(0.7 * len(base.sentences)))
        kept = sorted(r.sample(range(len(base.sentences)), keep)) if r.random() < 0.3 else list(range(keep))
        when = base.published + timedelta(days=r.randint(-1, 6))
        site = r.choice([base.site, "tomtat.example"])
        sentences = tuple(base.sentences[i] for i in kept)
        self.plant(replace(base, sentences=sentences, site=site, published=when, byline="", kind="abridged", of=of))

    def add_revision(self, base: Bulletin, of: int, template: list[str]) -> None:
        r = self.random
        sentences = list(base.sentences)
        at = r.randrange(len(sentences))
        change = r.choice(["typo", "figure", "more", "same address"])
        if change == "typo":
            sentences[at] = sentences[at].replace("công tác", "nhiệm vụ").replace("thực hiện", "triển khai")
            sentences[-1] = sentences[-1].replace("các", "những") + " Tin đã được bổ sung."
        elif change == "figure":
            sentences[at] = template[at].format(**self.facts())
            sentences.append("Số liệu trên đã được đính chính theo báo cáo của cơ sở.")
        else:
            sentences.insert(at, "Đông đảo cán bộ hưu trí ở địa phương cũng đến dự và góp ý kiến cho lãnh đạo.")
        later = base.published + timedelta(minutes=r.randint(30, 2000))
        url = f"https://{base.site}/tin/{of}" if change == "same address" else ""
        self.plant(replace(base, sentences=tuple(sentences), published=later, kind="revision", of=of, url=url))

    def add_quarter(self, base: Bulletin, of: int, template: list[str]) -> None:
        for n in range(1, self.random.randint(2, 4)):
            later = base.published + timedelta(days=91 * n)
            title = base.title + f" (quý {n})"
            sentences = self.filled(template)
            self.plant(Bulletin(title, sentences, base.site, later, base.byline, kind="template_sibling", of=of))

    def add_commune(self, base: Bulletin, of: int, template: list[str]) -> None:
        for n in range(self.random.randint(1, 3)):
            title = f"Kết quả công tác của xã {self.random.choice(PLACES)}, cụm {n}"
            later = base.published + timedelta(hours=n + 1)
            self.plant(Bulletin(title, self.filled(template), base.site, later, kind="template_sibling", of=of))

    def notices(self, count: int) -> None:
        """Invitations on one form: short, and each about a day and place of its own."""
        of: int | None = None
        for n in range(count):
            when = datetime(2018, 1, 5, 9) + timedelta(days=30 * n)
            kind = None if of is None else "template_sibling"
            notice = (NOTICE.format(**self.facts()),)
            made = self.plant(Bulletin(f"Giấy mời họp kỳ {n + 1}", notice, "moi.example", when, kind=kind, of=of))
            of = made if of is None else of


def write(path: Path, families: int, seed: int) -> list[Bulletin]:
    """Writes a JSONL file of planted bulletins, a row each, in an order of chance; returns them in that order."""
    generator = Generator(random.Random(seed))
    for number in range(families):
        generator.family(number)
    generator.notices(12)
    order = list(range(len(generator.made)))
    generator.random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    made = [generator.made[old] for old in order]
    lines = [bulletin.row(old) for old, bulletin in zip(order, made, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [b if b.of is None else replace(b, of=place[b.of]) for b in made]
