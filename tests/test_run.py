"""The main job: every table whole and linked, the same bytes on any number of processes, and no fault that spreads."""

from __future__ import annotations

import gc
import hashlib
import json
import math
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bantin.dataset.schema import EXACT, MENTION_TABLE, TABLES
from bantin.engine import Extraction, extract_article
from bantin.errors import BantinError, InputError, OutputError
from bantin.run import SELDOM, Progress, Summary, run
from bantin.types import Article

STAND_IN = Path(__file__).parent / "dataset"
sys.path.insert(0, str(STAND_IN))  # worker processes find the stand-in extractors by name
import stand_in  # noqa: E402


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return stand_in.write_archive(tmp_path / "archive")


def rows(out: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{out}/bantin.sqlite?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def digest(out: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}


def beside(folder: Path) -> list[str]:
    """What stands in a folder beside the archive: nothing, if a run has cleaned up."""
    return sorted(p.name for p in folder.iterdir() if p.name != "archive")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bantin.run.BYTES_A_CHUNK", 2_000)  # some three bulletins


def problems(out: Path) -> Iterator[str]:
    """Every way in which the rows of a dataset disagree with its schema."""
    import pyarrow.parquet as pq

    with closing(sqlite3.connect(f"file:{out}/bantin.sqlite?mode=ro", uri=True)) as db:
        db.create_function("matches", 2, lambda p, v: re.fullmatch(p, v) is not None)
        for fault in db.execute("PRAGMA foreign_key_check"):
            yield f"foreign key {fault}"
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "the database is damaged"
        for t in TABLES:
            in_sqlite = db.execute(f'SELECT * FROM "{t.name}"').fetchall()
            in_parquet = pq.read_table(out / f"{t.name}.parquet").to_pylist()
            if [tuple(r.values()) for r in in_parquet] != in_sqlite:
                yield f"{t.name}: SQLite is no copy of Parquet"
            if len({tuple(r[k] for k in t.primary_key) for r in in_parquet}) != len(in_parquet) and t.primary_key:
                yield f"{t.name}: primary key {t.primary_key}"
            for c in t.columns:
                tests = ['"{n}" IS NULL'] if c.required else []
                if c.enum:
                    tests.append('"{n}" NOT IN (' + ", ".join(f"'{v}'" for v in c.enum) + ")")
                if c.pattern:
                    tests.append("NOT matches('" + c.pattern + '\', "{n}")')
                if c.minimum is not None:
                    tests.append(f'"{{n}}" < {c.minimum}')
                if c.maximum is not None:
                    tests.append(f'"{{n}}" > {c.maximum}')
                if c.type == "array":
                    tests.append("""json_type("{n}") <> 'array' OR json_array_length("{n}") = 0""")
                for test in tests:
                    wrong = test.replace("{n}", c.name)
                    if "IS NULL" not in wrong:
                        wrong = f'"{c.name}" IS NOT NULL AND ({wrong})'
                    if found := db.execute(f'SELECT "{c.name}" FROM "{t.name}" WHERE {wrong}').fetchone():
                        yield f"{t.name}.{c.name}: {found} where {wrong}"
        for name in (t.name for t in MENTION_TABLE.values()):
            spans = f"SELECT mention_id, a.text, char_start, char_end, m.text FROM {name} m JOIN articles a"
            for mention_id, text, start, end, quoted in db.execute(f"{spans} USING (article_id)"):
                if text[start:end] != quoted:
                    yield f"{name}: {mention_id} quotes {quoted!r}, there stands {text[start:end]!r}"
        for text, start, end in db.execute(
            "SELECT text, char_start, char_end FROM blocks JOIN articles USING (article_id)"
        ):
            if not 0 <= start < end <= len(text):
                yield f"blocks: {start}..{end} of {len(text)}"
        for value, exact in db.execute("SELECT value, value_text FROM indicators"):
            if not re.fullmatch(EXACT, exact) or not math.isclose(value, float(exact)):
                yield f"indicators: {value} is not {exact}"


def test_a_dataset_keeps_its_contract(archive: Path, tmp_path: Path) -> None:
    summary = run(archive, tmp_path / "out", extract=stand_in.extract)
    assert list(problems(tmp_path / "out")) == []
    assert summary.tables["articles"] == summary.articles == 16
    assert summary.rejects == {"empty": 1, "malformed": 1, "unsupported": 1}
    assert summary.sources == 16
    assert all(summary.tables[t.name] for t in MENTION_TABLE.values())
    assert beside(tmp_path) == ["out"]


def test_the_checks_of_the_dataset_can_fail(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", extract=stand_in.extract)
    with closing(sqlite3.connect(tmp_path / "out" / "bantin.sqlite")) as db:
        db.execute("UPDATE role_mentions SET person_mention_id = 'nobody', status = 'retired', confidence = 2")
        db.execute("UPDATE indicators SET char_start = char_start + 1, value_text = 'many'")
        db.commit()
    found = " ".join(problems(tmp_path / "out"))
    for expected in (
        "foreign key",
        "role_mentions.status",
        "role_mentions.confidence",
        "quotes",
        "indicators.value_text",
    ):
        assert expected in found


def test_the_real_extractors_keep_the_contract(archive: Path, tmp_path: Path) -> None:
    summary = run(archive, tmp_path / "out")
    assert list(problems(tmp_path / "out")) == []
    assert summary.articles == 16
    assert "internal" not in summary.rejects


def test_the_descriptor_is_a_data_package(archive: Path, tmp_path: Path) -> None:
    from frictionless import Package

    run(archive, tmp_path / "out", extract=stand_in.extract)
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Package.metadata_validate(descriptor)) == []
    package = Package.from_descriptor(descriptor)
    assert {t.name for t in TABLES} < set(package.resource_names)
    for resource in descriptor["resources"]:
        file = tmp_path / "out" / resource["path"]
        assert resource["hash"] == "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
    assert descriptor["bantin"]["counts"]["articles"] == 16
    assert descriptor["bantin"]["inputs"] == [str(archive)]
    broken = {**descriptor, "resources": [{**descriptor["resources"][0], "schema": {"fields": [{"name": 7}]}}]}
    assert list(Package.metadata_validate(broken)) != []


def test_frictionless_finds_the_rows_valid(archive: Path, tmp_path: Path) -> None:
    from frictionless import validate

    run(archive, tmp_path / "out")
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert len(report.tasks) == len(TABLES) + 1
    # It reads Parquet through pandas, where a column of whole numbers with nulls becomes one of floats.
    errors = report.flatten(["type", "fieldName", "note"])
    assert [e for e in errors if e[:2] not in (["type-error", "raw_start"], ["type-error", "raw_end"])] == []


@pytest.mark.usefixtures("small_chunks")
def test_same_input_same_bytes(archive: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run(archive, tmp_path / "one", extract=stand_in.extract, progress=seen.append)
    run(archive, tmp_path / "again", extract=stand_in.extract)
    run(archive, tmp_path / "three", workers=3, extract=stand_in.extract)
    assert digest(tmp_path / "one") == digest(tmp_path / "again") == digest(tmp_path / "three")
    assert len([p for p in seen if p.stage == "reading"]) > 4, "too few chunks for three workers"
    assert seen[-1] == Progress("sqlite", 1, 1, 16)


def test_an_article_that_raises_is_one_reject(archive: Path, tmp_path: Path) -> None:
    summary = run(archive, tmp_path / "out", extract=stand_in.raises)
    assert summary.articles == 14
    faults = rows(tmp_path / "out", "SELECT reason, stage, detail FROM rejects WHERE stage = 'extract' ORDER BY reason")
    assert [f[:2] for f in faults] == [("budget", "extract"), ("internal", "extract")]
    assert faults[1][2].startswith("KeyError")


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_rule_stops_the_run(archive: Path, tmp_path: Path, workers: int) -> None:
    with pytest.raises(BantinError, match=r"rules\.toml: date\.quarter: no anchors"):
        run(archive, tmp_path / "out", workers, extract=stand_in.has_a_broken_rule)
    assert beside(tmp_path) == []


def test_a_misquoting_article_is_one_reject(archive: Path, tmp_path: Path) -> None:
    assert run(archive, tmp_path / "out", extract=stand_in.misquotes).articles == 15
    ((stage, detail),) = rows(tmp_path / "out", "SELECT stage, detail FROM rejects WHERE reason = 'internal'")
    assert stage == "dataset"
    assert "xyz" in detail


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("poison", "reason", "seconds"), [(stand_in.ends_its_process, "internal", 60.0), (stand_in.hangs, "budget", 6.0)]
)
def test_a_poisoned_article_harms_only_itself(
    archive: Path, tmp_path: Path, poison: Any, reason: str, seconds: float
) -> None:
    run(archive, tmp_path / "whole", extract=stand_in.extract)
    summary = run(archive, tmp_path / "out", 2, extract=poison, seconds_per_article=seconds)
    assert summary.articles == 15
    ((path, stage),) = rows(tmp_path / "out", f"SELECT source_path, stage FROM rejects WHERE reason = '{reason}'")
    assert (Path(path).name, stage) == ("bulletin-005.txt", "extract")
    others = "SELECT article_id FROM articles WHERE source_path NOT LIKE '%005.txt'"
    sql = f"SELECT mention_id, text FROM indicators WHERE article_id IN ({others})"
    assert rows(tmp_path / "out", sql) == rows(tmp_path / "whole", sql)


@pytest.mark.usefixtures("small_chunks")
def test_a_worker_that_dies_once_costs_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_TEST_MARK", str(tmp_path / "archive" / ".died"))
    run(archive, tmp_path / "whole", extract=stand_in.extract)
    assert run(archive, tmp_path / "out", 2, extract=stand_in.dies_once).articles == 16
    assert digest(tmp_path / "out") == digest(tmp_path / "whole")


def test_copies_in_two_folders_are_linked(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(archive, archive / "copy")
    run(archive, tmp_path / "out", extract=stand_in.extract)
    assert list(problems(tmp_path / "out")) == []
    ((copies,),) = rows(tmp_path / "out", "SELECT count(*) FROM articles WHERE duplicate_kind = 'exact'")
    assert copies == 16 + 1  # rows 1 and 3 of the JSONL are the same text
    ((chains,),) = rows(
        tmp_path / "out",
        "SELECT count(*) FROM articles a JOIN articles b ON a.duplicate_of = b.article_id "
        "WHERE b.duplicate_kind <> 'template_sibling' OR a.duplicate_kind = b.duplicate_kind",
    )
    assert chains == 0


def test_nothing_usable_is_still_a_dataset(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "empty.txt").touch()
    summary = run(tmp_path / "archive", tmp_path / "out")
    assert summary.articles == 0
    assert summary.rejects == {"empty": 1}
    assert list(problems(tmp_path / "out")) == []


@pytest.mark.parametrize(
    ("inputs", "error", "says"),
    [
        (lambda t: t / "nowhere", InputError, "nowhere"),
        (lambda t: t / "archive" / "hollow", InputError, "nothing to read"),
        (lambda t: [], InputError, "nothing to read"),
        (lambda t: t / "out", OutputError, "take the place of the input"),
    ],
)
def test_inputs_that_cannot_be_used_are_told(
    archive: Path, tmp_path: Path, inputs: Callable[[Path], Any], error: type[BantinError], says: str
) -> None:
    (archive / "hollow").mkdir()
    with pytest.raises(error, match=says):
        run(inputs(tmp_path), tmp_path / "out")
    assert beside(tmp_path) == []


def test_workers_below_one_are_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="1 or more"):
        run(archive, tmp_path / "out", workers=0)


@pytest.mark.parametrize(("before", "meanwhile"), [((700, 10, 10), SELDOM), ((0, 10, 10), (0, 10, 10))])
def test_the_collector_is_seldom_at_work_and_as_before_behind_the_run(
    archive: Path, tmp_path: Path, before: tuple[int, int, int], meanwhile: tuple[int, int, int]
) -> None:
    seen = []

    def extract(article: Article) -> Extraction:
        seen.append(gc.get_threshold())
        return stand_in.extract(article)

    usual = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        run(archive, tmp_path / "out", extract=extract)
        behind = gc.get_threshold()
    finally:
        gc.set_threshold(*usual)
    assert set(seen) == {meanwhile}
    assert behind == before


def test_a_dataset_inside_the_input_is_not_read(archive: Path) -> None:
    run(archive, archive / "out", extract=stand_in.extract)
    again = run(archive, archive / "out", replace=True, extract=stand_in.extract)
    assert again.sources == 16


def test_an_output_that_is_taken_is_refused_before_anything_is_read(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    with pytest.raises(OutputError, match=r"mine\.txt"):
        run(archive, tmp_path / "out", extract=lambda a: pytest.fail("was read"))


def test_a_file_that_vanishes_is_a_reject(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(article: Any) -> Any:
        (archive / "bulletin-011.txt").unlink(missing_ok=True)
        return stand_in.extract(article)

    assert run(archive, tmp_path / "out", extract=vanish).rejects["unreadable"] == 1


def test_a_reader_that_fails_costs_its_source_only(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bantin.read import read

    def faulty(source: Any) -> Iterator[Any]:
        if source.path.name == "bulletin-003.txt":
            raise RuntimeError("a reader's fault")
        yield from read(source)

    monkeypatch.setattr("bantin.run.read", faulty)
    summary = run(archive, tmp_path / "out", extract=stand_in.extract)
    assert summary.articles == 15
    assert summary.rejects["internal"] == 1


SCRIPT = """
import resource, sys
sys.path.insert(0, {stand_in!r})
import stand_in, bantin.run
from bantin.cli.guard import guarded
if __name__ == "__main__":
    bantin.run.BYTES_A_CHUNK = 2000
    if {limit}:
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    guarded(lambda: bantin.run.run({archive!r}, {out!r}, {workers}, True, extract=stand_in.{extract}))
"""


def start(archive: Path, out: Path, workers: int = 1, extract: str = "slow", limit: int = 0) -> subprocess.Popen[str]:
    script = out.with_suffix(".py")
    script.write_text(
        SCRIPT.format(
            stand_in=str(STAND_IN), archive=str(archive), out=str(out), workers=workers, extract=extract, limit=limit
        )
    )
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )


def await_work(process: subprocess.Popen[str], folder: Path, parts: int = 1) -> Path:
    """Waits until the run has written parts; returns its hidden folder."""
    for _ in range(600):
        for work in folder.glob(".out.bantin-*"):
            if len(list(work.glob("parts/*/*"))) >= parts:
                return work
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        time.sleep(0.05)
    raise AssertionError("the run never began to write")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing(
    archive: Path, tmp_path: Path, workers: int, number: signal.Signals, code: int
) -> None:
    process = start(archive, tmp_path / "out", workers)
    await_work(process, tmp_path)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as Ctrl-C on a terminal: the whole group
    else:
        process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in errors
    assert beside(tmp_path) == ["out.py"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_leaves_no_dataset_and_the_next_one_cleans_up(archive: Path, tmp_path: Path, workers: int) -> None:
    process = start(archive, tmp_path / "out", workers)
    work = await_work(process, tmp_path)
    process.kill()
    process.communicate(timeout=30)
    assert not (tmp_path / "out").exists()
    assert not list(work.rglob("datapackage.json"))
    whole: Summary | None = None
    for _ in range(50):  # its workers end by themselves as soon as they notice
        whole = run(archive, tmp_path / "out", replace=True, extract=stand_in.extract)
        if beside(tmp_path) == ["out", "out.py"]:
            break
        time.sleep(0.1)
    assert beside(tmp_path) == ["out", "out.py"]
    assert whole is not None
    assert whole.articles == 16


@pytest.mark.parametrize(("workers", "limit"), [(1, 300), (2, 300), (1, 40_000)])
def test_a_full_disk_is_told_and_leaves_nothing(archive: Path, tmp_path: Path, workers: int, limit: int) -> None:
    """A limit on the size of a file stands for the full disk: the small one stops the parts, the large one SQLite."""
    process = start(archive, tmp_path / "out", workers, "extract", limit)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2, errors
    assert "nothing was written" in errors
    assert "Traceback" not in errors
    assert beside(tmp_path) == ["out.py"]


def test_the_sample_archive_keeps_the_contract(root: Path, tmp_path: Path) -> None:
    summary = run(root / "corpus" / "archive", tmp_path / "out")
    assert list(problems(tmp_path / "out")) == []
    assert summary.articles >= 30
    assert "internal" not in summary.rejects


@pytest.mark.seeds
def test_real_bulletins_keep_the_contract(shared: Path, tmp_path: Path) -> None:
    run(shared / "seeds", tmp_path / "out", extract=extract_article)
    assert list(problems(tmp_path / "out")) == []
    assert rows(tmp_path / "out", "SELECT count(*) FROM articles") == [(5,)]
