"""`bantin query`: its formats, its exit codes, and cells that are no formulas."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bantin.cli import app
from bantin.errors import QueryError
from bantin.run import run

sys.path.insert(0, str(Path(__file__).parents[1] / "dataset"))
import stand_in


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("query")
    run(stand_in.write_archive(where / "archive"), where / "out", extract=stand_in.extract)
    return where / "out"


def asked(dataset: Path, sql: str, *options: str) -> str:
    result = CliRunner().invoke(app, ["query", str(dataset), sql, *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_table(dataset: Path) -> None:
    shown = asked(dataset, "SELECT unit, count(*) AS n, NULL AS empty FROM indicators GROUP BY unit")
    assert "unit" in shown
    assert "32" in shown
    assert "None" not in shown


def test_markup_in_a_cell_is_text(dataset: Path) -> None:
    assert "[red]x[/red]" in asked(dataset, "SELECT '[red]x[/red]' AS a")


def test_wide_rows_are_lists_of_cells(dataset: Path) -> None:
    columns = ", ".join(f"{i} AS column_{i}" for i in range(40))  # wider than any terminal
    assert asked(dataset, f"SELECT {columns}").count("column_") == 40


def test_a_table_says_when_it_is_cut(dataset: Path) -> None:
    result = CliRunner().invoke(app, ["query", str(dataset), "SELECT 1 FROM articles", "--limit", "3"])
    assert "first 3 rows" in result.stderr


def test_csv_cells_are_no_formulas(dataset: Path) -> None:
    sql = "SELECT '=1+1' AS a, '+x' AS b, '-x' AS c, '@x' AS d, -5 AS e, 'x=1' AS f, NULL AS g"
    header, row = csv.reader(io.StringIO(asked(dataset, sql, "--format", "csv")))
    assert header == list("abcdefg")
    assert row == ["'=1+1", "'+x", "'-x", "'@x", "-5", "x=1", ""]


def test_json_keeps_letters_and_nulls(dataset: Path) -> None:
    rows = json.loads(asked(dataset, "SELECT name, organisation_id FROM role_mentions LIMIT 1", "-f", "json"))
    assert rows == [{"name": "Trần Thị Hạnh", "organisation_id": None}]
    assert json.loads(asked(dataset, "SELECT 1 AS a WHERE 0", "-f", "json")) == []


def test_parquet_to_a_file(dataset: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    asked(dataset, "SELECT unit, value FROM indicators", "-f", "parquet", "-o", str(tmp_path / "x.parquet"))
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 32


@pytest.mark.parametrize(("name", "begins"), [("x.csv", "unit\n"), ("x.JSON", "["), ("x.txt", "┏"), ("x", "┏")])
def test_the_name_of_a_file_tells_the_format(dataset: Path, tmp_path: Path, name: str, begins: str) -> None:
    assert asked(dataset, "SELECT DISTINCT unit FROM indicators", "-o", str(tmp_path / name)) == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_parquet_of_mixed_types_is_told(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="CAST"):
        asked(dataset, "SELECT 1 AS a UNION ALL SELECT 'x'", "-f", "parquet", "-o", str(tmp_path / "x"))


def test_exports_are_not_cut(dataset: Path) -> None:
    sql = "SELECT a.mention_id FROM indicators a, indicators b"
    assert len(json.loads(asked(dataset, sql, "-f", "json"))) == 32 * 32


def test_a_cell_does_not_steer_the_terminal(dataset: Path) -> None:
    for sql in ("SELECT 'a' || char(27) || ']0;b' || char(7) AS c", f"SELECT {', '.join(['char(27)'] * 60)}"):
        shown = asked(dataset, sql)
        assert "\x1b" not in shown and "\x07" not in shown
