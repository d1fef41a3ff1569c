"""Linking people over a generated corpus: B-cubed, wrong merges, and what the stage costs.

usage: python benchmarks/linking.py [--bulletins 20000] [--people 2000] [--workers 2] [--seed 20]

The corpus (benchmarks/careers.py) goes through the whole pipeline. Scored are sightings: one full name in one bulletin,
found or not; one without a person_id, or not found, is a cluster of its own. A wrong merge is a person too many in a
cluster; its share is of all merges made. An eighth is measured again without addresses, so that "Sở Y tế" is nobody's
in particular. Figures go to benchmarks/linking.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from careers import World, write_corpus

from bantin.names import name_key
from bantin.query import load_dataset
from bantin.run import run
from bantin.text import fold_key

ROOT = Path(__file__).parents[1]
F1_AT_LEAST, WRONG_AT_MOST = 0.97, 0.001


def predicted(folder: Path) -> dict[tuple[int, str], str | None]:
    """(line of the input, key of the name) -> person_id."""
    data = load_dataset(folder)
    line = {a.article_id: int(a.source_record) - 1 for a in data["articles"].itertuples()}
    mentions = data["person_mentions"]
    out: dict[tuple[int, str], str | None] = {}
    for m in mentions[mentions.mention_type == "mention"].itertuples():
        person = m.person_id if isinstance(m.person_id, str) else None
        out.setdefault((line[m.article_id], name_key(m.name)), person)
    return out


def score(truth: Sequence[Mapping[str, int]], found: Mapping[tuple[int, str], str | None]) -> dict[str, float | int]:
    """B-cubed precision, recall and F1 over the sightings of the truth, and the share of wrong merges."""
    gold: dict[tuple[int, str], int] = {(i, name_key(n)): p for i, t in enumerate(truth) for n, p in t.items()}
    cluster = {s: found.get(s) or f"alone {n}" for n, s in enumerate(gold)}
    of_cluster: dict[str, Counter[int]] = defaultdict(Counter)
    of_person: dict[int, Counter[str]] = defaultdict(Counter)
    for sighting, person in gold.items():
        of_cluster[cluster[sighting]][person] += 1
        of_person[person][cluster[sighting]] += 1
    precision = sum(n * n / c.total() for c in of_cluster.values() for n in c.values()) / len(gold)
    recall = sum(n * n / c.total() for c in of_person.values() for n in c.values()) / len(gold)
    merges = sum(c.total() - 1 for c in of_cluster.values())
    wrong = sum(len(c) - 1 for c in of_cluster.values())
    return {
        "sightings": len(gold),
        "not_found": sum(s not in found for s in gold),
        "left_open": sum(s in found and found[s] is None for s in gold),
        "b_cubed_precision": round(precision, 5),
        "b_cubed_recall": round(recall, 5),
        "b_cubed_f1": round(2 * precision * recall / (precision + recall), 5),
        "merges": merges,
        "wrong_merges": wrong,
        "wrong_merge_share": round(wrong / max(1, merges), 6),
    }


def tenures(world: World, truth: Sequence[Mapping[str, int]], folder: Path) -> dict[str, float | int]:
    """Positions whose beginning an event tells, and how many of their bounds hold what is true."""
    found = predicted(folder)
    of_cluster: dict[str, Counter[int]] = defaultdict(Counter)
    for i, named in enumerate(truth):
        for name, person in named.items():
            if cluster := found.get((i, name_key(name))):
                of_cluster[cluster][person] += 1
    data = load_dataset(folder)
    names = data["organisations"].set_index("organisation_id").name
    told = right = held = 0
    for p in data["positions"].itertuples():
        if p.person_id not in of_cluster or not isinstance(p.organisation_id, str):
            continue
        (person, _), *_ = of_cluster[p.person_id].most_common(1)
        stages = [
            s for s in world.people[person].stages
            if s.post.title == p.title and fold_key(names[p.organisation_id]).startswith(fold_key(s.post.body))
        ]  # fmt: skip
        if len(stages) != 1:
            continue
        start, end = stages[0].start.isoformat(), stages[0].end.isoformat()
        held += 1
        if isinstance(p.start_min, str):
            told += 1
            right += p.start_min <= start <= p.start_max and p.end_min <= end
    return {"positions": held, "event_backed": told, "bounds_right": round(right / max(1, told), 4)}


def measure(
    folder: Path, seed: int, people: int, bulletins: int, workers: int, *, sites: bool = True
) -> dict[str, float | int]:
    """Generates, runs the whole pipeline, scores."""
    world, truth = write_corpus(folder / "corpus.jsonl", seed, people, bulletins, sites=sites)
    start = time.perf_counter()
    summary = run(folder / "corpus.jsonl", folder / "dataset", workers)
    seconds = time.perf_counter() - start
    figures = score(truth, predicted(folder / "dataset"))
    figures |= tenures(world, truth, folder / "dataset")
    return figures | {
        "characters": summary.characters,
        "seconds": round(seconds, 1),
        "people_found": summary.tables["people"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--bulletins", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="write corpus and dataset here, and keep them")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        figures = measure(folder, asked.seed, asked.people, asked.bulletins, asked.workers)
        bare = folder / "without-sites"
        bare.mkdir()
        small = measure(bare, asked.seed, asked.people // 8, asked.bulletins // 8, asked.workers, sites=False)
        kept = ("sightings", "left_open", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1", "wrong_merge_share")
        figures |= {f"without_sites_{name}": small[name] for name in kept}
    for name, value in figures.items():
        print(f"{name:20} {value:,}")
    met = figures["b_cubed_f1"] >= F1_AT_LEAST and figures["wrong_merge_share"] <= WRONG_AT_MOST
    about = {
        "bulletins": asked.bulletins,
        "people": asked.people,
        "seed": asked.seed,
        "python": platform.python_version(),
    }
    if not asked.keep:
        (ROOT / "benchmarks" / "linking.json").write_text(
            json.dumps(about | figures, indent=1) + "\n", encoding="utf-8"
        )
    print("targets met" if met else f"MISSED: B-cubed F1 {F1_AT_LEAST}, wrong merges {WRONG_AT_MOST}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
