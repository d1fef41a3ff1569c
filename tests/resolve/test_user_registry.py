"""Users add their own registry without touching the package: from Python, from the command line, in every process."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import bantin
from bantin.errors import DataFileError
from bantin.resolve.registry import DOCUMENT_COLUMNS, added_registries

OWN = (
    "vn:dang:tu-namdinh:xx:ct:17,Chỉ thị,17,17-CT/TU,BTV,2022-03-05,XX,,một việc của tỉnh,Chỉ thị xanh,B,own archive",
    "vn:nn:ubnd-namdinh:2021:qd:12,Quyết định,12,12/2021/QĐ-UBND,UBND,2021-03-05,,,giá đất,,B,own archive",
    "vn:dang:tw:xiii:tb:777,Thông báo,777,777-TB/TW,BBT,2023-03-05,XIII,,một việc lạ,,B,own archive",
)
TEXT = (
    "Tỉnh ủy Nam Định quán triệt Chỉ thị số 17-CT/TU ngày 05/3/2022; Quyết định số 12/2021/QĐ-UBND của UBND tỉnh"
    " và Thông báo số 777-TB/TW ngày 05/3/2023 của Ban Bí thư."
)


def write(file: Path, *rows: str) -> Path:
    file.write_text("\n".join([",".join(DOCUMENT_COLUMNS), *rows]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield write(tmp_path / "own.csv", *OWN)
    bantin.use_registry()


def found() -> list[tuple[str | None, str | None]]:
    result = bantin.extract(TEXT, "2023-06-01")
    return [(m.value.directive_id, m.value.resolution) for m in result.of("directives")]


def test_from_python(own: Path) -> None:
    without = found()
    assert ("vn:dang:tw:xiii:tb:777", "unregistered") in without
    bantin.use_registry(own)
    assert added_registries() == (own.resolve(),)
    assert found() == [(row.split(",")[0], "exact") for row in OWN]
    bantin.use_registry()
    assert found() == without


def test_what_the_text_says_is_checked_against_the_users_facts(own: Path) -> None:
    bantin.use_registry(own)
    result = bantin.extract("Thông báo số 777-TB/TW ngày 05/3/2022 của Ban Bí thư", "2023-06-01")
    assert [(c.kind, c.found, c.expected) for c in result.checks] == [("date_conflict", "2022-03-05", "2023-03-05")]


def bantin_(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bantin", *args], capture_output=True, text=True, cwd=cwd, check=False)


def test_from_the_command_line_on_one_process_and_on_two(own: Path, tmp_path: Path) -> None:
    filler = "Các chi bộ sinh hoạt đều đặn, nội dung thiết thực, gắn với nhiệm vụ. " * 3_000  # a chunk of its own
    rows = [{"text": TEXT, "published": "2023-06-01"}, {"text": f"{TEXT} {filler}"}, {"text": f"{TEXT} {filler}!"}]
    for n, row in enumerate(rows):
        (tmp_path / f"in{n}.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    inputs = [f"in{n}.jsonl" for n in range(len(rows))]
    made = []
    for workers in ("1", "2"):
        out = f"out{workers}"
        done = bantin_("run", *inputs, "--out", out, "--registry", "own.csv", "--workers", workers, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with closing(sqlite3.connect(tmp_path / out / "bantin.sqlite")) as db:
            made.append(db.execute("SELECT directive_id, title FROM directives WHERE registered ORDER BY 1").fetchall())
    assert made[0] == made[1]
    assert ("vn:dang:tw:xiii:tb:777", "một việc lạ") in made[0]
    package = json.loads((tmp_path / "out1" / "datapackage.json").read_text("utf-8"))
    assert list(package["bantin"]["registries"]) == ["own.csv"]


def test_explain_knows_it_too(own: Path, tmp_path: Path) -> None:
    done = bantin_("explain", "Thông báo số 777-TB/TW ngày 05/3/2023", "--registry", "own.csv", cwd=tmp_path)
    assert "exact" in done.stdout
    assert "--registry" in bantin_("run", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (OWN[2].replace("2023-03-05", "2013-03-05"), ("row 2", "tb:777", "in term XI, not XIII")),
        (OWN[2].replace(",777,", ",778,"), ("row 2", "'777'", "write the same in both")),
        (OWN[2].replace("vn:dang:tw:xiii:tb:777", "777"), ("row 2, 777", "not an id; write vn:dang:")),
        (OWN[2].replace(",B,", ",sure,"), ("row 2", "'sure' is not A")),
        (OWN[0], ("row 2", "stands twice; leave one row out")),
        ("vn:dang:tw:xii:ct:05,Chỉ thị,05,05-CT/TW,BCT,2016-05-15,XII,,x,,B,x", ("row 2", "registered already")),
        ("vn:dang:tw:xii:ct:05,Chỉ thị", ("line 3", "2 fields; expected 12")),
    ],
)
def test_a_wrong_row_is_told_with_file_row_and_fix(tmp_path: Path, row: str, says: tuple[str, ...]) -> None:
    file = write(tmp_path / "own.csv", OWN[0], row)
    with pytest.raises(DataFileError) as told:
        bantin.use_registry(file)
    assert all(s in str(told.value) for s in ("own.csv", *says)), told.value
    assert added_registries() == ()
    done = bantin_("explain", "Chỉ thị", "--registry", "own.csv", cwd=tmp_path)
    assert done.returncode == 2 and "own.csv" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no such file"):
        bantin.use_registry(tmp_path / "none.csv")
