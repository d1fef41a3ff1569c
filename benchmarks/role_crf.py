"""Would a learned model find the posts that the rules miss? A small CRF beside the rules, on the held-back split.

usage: python benchmarks/role_crf.py      (needs python-crfsuite, of the dev extra)

The CRF labels the words around each person with the parts of posts (title, body). It is trained by this one command on
the gold of train and dev (spans from the rows of the rules that the gold confirms, the rest aligned by their words) and
on sentences composed here. On the test split it fills in where the rules give a person no post. Measured is role
completeness: the share of people with posts in the gold all of whose posts are found, and role F1. Its place in the
package would need 2 points of completeness more. Figures go to benchmarks/role_crf.json.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from bantin.engine import extract_article
from bantin.evaluate import fold
from bantin.gold import load_gold
from bantin.organisations import canonical_organisation
from bantin.posts import post_at
from bantin.read import plan, read
from bantin.text import View
from bantin.types import Article

ROOT = Path(__file__).parents[1]
POINTS_TO_STAY = 0.02
LEFT, RIGHT = 90, 220


def _listed(text: str) -> list[str]:
    return text.split(",")


_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[^\w\s]")
TITLES = _listed(
    "Bí thư,Phó Bí thư,Phó Bí thư Thường trực,Chủ tịch,Phó Chủ tịch,Giám đốc,Phó Giám đốc,Trưởng ban,Phó Trưởng ban,"
    "Ủy viên,Chánh Văn phòng,Trưởng phòng,Tổng Giám đốc,Hiệu trưởng,Chỉ huy trưởng,Chủ nhiệm,Đội trưởng,Kế toán trưởng"
)
BODIES = _listed(
    "Tỉnh ủy,Huyện ủy,Ban Thường vụ Tỉnh ủy,UBND tỉnh,HĐND huyện,Sở Y tế,Sở Nội vụ,Ban Dân vận Tỉnh ủy,"
    "Hội Nông dân tỉnh,Công ty Cổ phần Xây dựng,Ủy ban MTTQ Việt Nam tỉnh,Đảng ủy xã Tân Lập,Văn phòng Huyện ủy,"
    "Bộ Chỉ huy Quân sự tỉnh,Trường Chính trị tỉnh,Liên đoàn Lao động huyện,Đài Phát thanh và Truyền hình,"
    "Ban Quản lý dự án,Ngân hàng Chính sách xã hội"
)
NAMES = ("Trần Văn Hải", "Lê Thị Hoa", "Vũ Minh Khôi", "Đỗ Quang Sơn", "Bùi Thị Hạnh", "Phan Đình Lộc")


@dataclass(frozen=True)
class Word:
    """A word of a window, with its place in the article."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A post of a person: title and body, as a gold file has them."""

    title: str
    body: str


def words(text: str, start: int, end: int) -> list[Word]:
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def features(some: Sequence[Word], person: tuple[int, int]) -> list[list[str]]:
    out = []
    for i, word in enumerate(some):
        low = word.text.lower()
        side = "left" if word.end <= person[0] else "name" if word.start < person[1] else "right"
        mine = ["bias", f"w={low}", f"side={side}", f"cap={word.text[:1].isupper()}", f"caps={word.text.isupper()}"]
        mine.append(f"near={min(6, abs(word.start - person[1]) // 20)}")
        for k in (-2, -1, 1, 2):
            other = some[i + k].text.lower() if 0 <= i + k < len(some) else "|"
            mine.append(f"w{k}={other}")
        if i:
            mine.append(f"w-1,0={some[i - 1].text.lower()} {low}")
        out.append(mine)
    return out


def window(article: Article, person: tuple[int, int], people: Sequence[tuple[int, int]]) -> list[Word]:
    """The words between the neighbours of a person in its block."""
    block = next((b for b in article.blocks if b.start <= person[0] < b.end), None)
    if block is None:
        return []
    before = max([e for _, e in people if e <= person[0]] + [block.start, person[0] - LEFT])
    after = min([s for s, _ in people if s >= person[1]] + [block.end, person[1] + RIGHT])
    return words(article.text, before, after)


def labelled(some: Sequence[Word], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    out = []
    for word in some:
        kind = next((k for s, e, k in spans if s <= word.start and word.end <= e), None)
        begins = kind is not None and any(s == word.start and k == kind for s, _, k in spans)
        out.append("O" if kind is None else f"{'B' if begins else 'I'}-{kind}")
    return out


def composed(count: int, seed: int) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Sentences in the genre's ways of naming a person with posts."""
    r = random.Random(seed)
    for _ in range(count):
        name, pieces = r.choice(NAMES), []
        for _ in range(r.choice((1, 1, 2, 3))):
            pieces.append((r.choice(TITLES), r.choice(BODIES)))
        text = r.choice(("Dự hội nghị có ", "Phát biểu tại đây, ", "")) + r.choice(("đồng chí ", "ông ", "bà ", ""))
        spans: list[tuple[int, int, str]] = []
        before = r.random() < 0.3
        at = len(text)
        if not before:
            person = (at, at + len(name))
            text += name + r.choice((", ", " - ", " (", ", hiện là ", " được bầu giữ chức "))
        for n, (title, body) in enumerate(pieces):
            text += ", " if n else ""
            spans.append((len(text), len(text) + len(title), "T"))
            text += title + " "
            spans.append((len(text), len(text) + len(body), "B"))
            text += body
        if before:
            person = (len(text) + 1, len(text) + 1 + len(name))
            text += " " + name
        text += r.choice(
            (" chủ trì hội nghị.", ", cùng lãnh đạo các sở, ngành.", "; các đại biểu.", " nhấn mạnh kết quả.")
        )
        some = words(text, 0, len(text))
        yield features(some, person), labelled(some, spans)


def archive(folder: Path) -> dict[str, Article]:
    """Articles of the sample archive by the ids of their gold."""
    out = {}
    for source in plan([folder]):
        for n, item in enumerate(read(source), 1):
            if isinstance(item, Article):
                stem = Path(item.source_path).name.split(".")[0]
                out[stem if item.source_record is None else f"{stem}-{item.source_record}"] = item
                out.setdefault(f"{stem}-{n}", item)
    return out


def gold_roles(data: dict[str, object]) -> dict[str, set[tuple[str, str]]]:
    """Folded name -> folded (title, body), of people whose posts the gold states."""
    out: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person in data["people"]:  # type: ignore[attr-defined]
        if not person.get("optional"):
            for role in person.get("roles", []):
                out[fold(person["name"])].add((fold(role["title"]), fold(role.get("org"))))
    return out


def training(split: str, articles: dict[str, Article]) -> Iterator[tuple[list[list[str]], list[str]]]:
    for gold in load_gold(ROOT / "corpus" / "gold" / split):
        article = articles.get(gold.id)
        if article is None:
            continue
        wanted = gold_roles(dict(gold.data))
        found = extract_article(article)
        people = [(m.start, m.end) for m in found.of("people")]
        view = View(article.text)
        for m in found.of("people"):
            some = window(article, (m.start, m.end), people)
            spans = []
            for role in found.of("roles"):
                holder = role.value.holder
                if holder is None or (holder.start, holder.end) != (m.start, m.end):
                    continue
                if (fold(role.value.title), fold(role.value.organisation)) not in wanted[fold(m.value.name)]:
                    continue
                post = post_at(view, role.start, role.end) if role.value.status == "current" else None
                cut = post.title_end if post else role.end
                spans += [(role.start, cut, "T"), (cut + 1, role.end, "B")]
            if some and (spans or not wanted[fold(m.value.name)]):
                yield features(some, (m.start, m.end)), labelled(some, spans)


def decoded(some: Sequence[Word], labels: Sequence[str], text: str) -> list[Found]:
    out: list[Found] = []
    at = 0
    while at < len(labels):
        if labels[at] != "B-T":
            at += 1
            continue
        pieces = {"T": [some[at]], "B": []}
        at += 1
        kind = "T"
        while at < len(labels) and labels[at] in ("I-T", "B-B", "I-B"):
            kind = labels[at][-1]
            pieces[kind].append(some[at])
            at += 1
        title = text[pieces["T"][0].start : pieces["T"][-1].end]
        body = text[pieces["B"][0].start : pieces["B"][-1].end] if pieces["B"] else ""
        out.append(Found(title, canonical_organisation(body) if body else ""))
    return out


def close(wanted: tuple[str, str], given: tuple[str, str]) -> bool:
    """Whether a post is the wanted one: the title, and a body that shares half its words (the scorer's tolerance)."""
    if wanted[0] != given[0]:
        return False
    a, b = set(wanted[1].split()), set(given[1].split())
    return not a or len(a & b) / max(1, len(a | b)) >= 0.5 or a <= b


Posts = dict[str, dict[str, set[tuple[str, str]]]]
"""Article -> folded name -> folded (title, body)."""


def score(wanted: Posts, given: Posts) -> dict[str, float]:
    """Completeness of people, and precision, recall and F1 of posts."""
    complete = people = right = said = asked = 0
    for article, by_name in wanted.items():
        for name in {*by_name, *given[article]}:
            w, g = by_name.get(name, set()), given[article].get(name, set())
            hits = sum(any(close(x, y) for y in g) for x in w)
            right += hits
            asked += len(w)
            said += len(g)
            if w:
                people += 1
                complete += hits == len(w)
    precision, recall = right / max(1, said), right / max(1, asked)
    return {
        "people_with_posts": people,
        "completeness": round(complete / people, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }


def main() -> int:
    articles = archive(ROOT / "corpus" / "archive")
    start = time.process_time()
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    examples = 0
    for xs, ys in (*training("train", articles), *training("dev", articles), *composed(4000, 1)):
        trainer.append(xs, ys)
        examples += 1
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80})
    with tempfile.TemporaryDirectory() as scratch:
        model = Path(scratch) / "roles.crf"
        trainer.train(str(model))
        trained = time.process_time() - start
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model))
        size = model.stat().st_size
        wanted, rules, both, alone, joint = {}, {}, {}, {}, {}
        for gold in load_gold(ROOT / "corpus" / "gold" / "test"):
            article = articles[gold.id]
            found = extract_article(article)
            wanted[gold.id] = gold_roles(dict(gold.data))
            by_rule: dict[str, set[tuple[str, str]]] = defaultdict(set)
            by_crf: dict[str, set[tuple[str, str]]] = defaultdict(set)
            for role in found.of("roles"):
                by_rule[fold(role.value.name)].add((fold(role.value.title), fold(role.value.organisation)))
            people = [(m.start, m.end) for m in found.of("people")]
            for m in found.of("people"):
                some = window(article, (m.start, m.end), people)
                labels = tagger.tag(features(some, (m.start, m.end))) if some else []
                by_crf[fold(m.value.name)] |= {
                    (fold(f.title), fold(f.body)) for f in decoded(some, labels, article.text)
                }
            rules[gold.id], alone[gold.id] = by_rule, by_crf
            both[gold.id] = {n: by_rule.get(n) or by_crf.get(n, set()) for n in {*by_rule, *by_crf}}
            joint[gold.id] = {n: by_rule.get(n, set()) | by_crf.get(n, set()) for n in {*by_rule, *by_crf}}
        tagger.close()
    figures = {
        "trained_on": examples,
        "training_cpu_seconds": round(trained, 1),
        "model_bytes": size,
        "rules": score(wanted, rules),
        "crf_alone": score(wanted, alone),
        "rules_then_crf": score(wanted, both),
        "rules_and_crf": score(wanted, joint),
    }
    lift = figures["rules_then_crf"]["completeness"] - figures["rules"]["completeness"]
    figures["lift"] = round(lift, 4)
    figures["stays"] = lift >= POINTS_TO_STAY and figures["rules_then_crf"]["f1"] >= figures["rules"]["f1"]
    print(json.dumps(figures, indent=1))
    (ROOT / "benchmarks" / "role_crf.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
