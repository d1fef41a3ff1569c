"""The packaged registry holds only facts that can be; a wrong file is refused with its record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bantin.errors import DataFileError
from bantin.resolve import registry
from bantin.resolve.registry import DOCUMENT_COLUMNS, Registry, bodies, committee_term, load_registry

ROW = "vn:dang:tw:xiii:ct:33,Chỉ thị,33,33-CT/TW,BBT,2024-03-20,XIII,,một việc,,B,test"


def _file(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "own.csv"
    file.write_text("\n".join([",".join(DOCUMENT_COLUMNS), *rows]) + "\n", encoding="utf-8")
    return file


def test_the_packaged_registry_is_consistent() -> None:
    registry = load_registry()
    assert len(registry) >= 600
    assert all(d.source for d in registry)
    assert {(a.id, b.id) for a, b in registry.out_of_order()} <= {
        ("vn:dang:tw:xii:qd:132", f"vn:dang:tw:xii:qd:{n}") for n in ("07", "08", "11")
    }


def test_every_code_of_a_registered_document_is_a_known_body() -> None:
    slugs = {b.slug for b in bodies().values()}
    assert {d.body for d in load_registry()} <= slugs


@pytest.mark.parametrize(
    ("day", "term"),
    [("2016-01-27", "XI"), ("2016-01-29", "XII"), ("2021-02-02", "XIII"), ("2026-01-24", "XIV"), ("2016-01-28", None)],
)
def test_the_term_in_force_on_a_day(day: str, term: str | None) -> None:
    assert load_registry().term_on(date.fromisoformat(day)) == term


def test_a_number_is_found_in_every_term_oldest_first() -> None:
    found = load_registry().numbered("tw", "nq", "18")
    assert [d.term for d in found][:2] == ["XII", "XIII"]


def test_a_users_file_is_added_without_touching_the_package(tmp_path: Path) -> None:
    more = load_registry().with_file(_file(tmp_path, ROW))
    assert more.numbered("tw", "ct", "33")[-1].issued == date(2024, 3, 20)
    assert len(more) == len(load_registry()) + 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ROW.replace("2024-03-20", "2019-03-20"), "in term XII, not XIII"),
        (ROW.replace("2024-03-20", "2024-13-20"), "not an ISO day"),
        (ROW.replace("vn:dang:tw:xiii:ct:33", "tw-33"), "not an id"),
        (ROW.replace("vn:dang:tw:xiii:ct:33", "vn:dang:tw:xii:ct:33"), "not the one of the id"),
        (ROW.replace(",B,", ",Z,"), "certainty"),
        (ROW.replace(",test", ","), "no source"),
        (ROW.replace("33", "35"), "registered already"),
        (ROW.replace("ct:33", "ct:35"), "write the same in both"),
        (ROW.replace(",B,test", ",A,recall"), "recall is B"),
        ("vn:nn:cp:2020:nd:9,Nghị định,9,9/2020/NĐ-CP,CP,2021-03-20,,,một việc,,B,test", "not of the year"),
    ],
)
def test_an_impossible_fact_is_refused(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(DataFileError, match=says):
        load_registry().with_file(_file(tmp_path, row))


def test_a_relation_must_not_dangle() -> None:
    r = load_registry()
    with pytest.raises(DataFileError, match="not registered"):
        Registry(r, r.terms, r.plenums.values(), [("vn:dang:tw:xiii:ct:45", "replaces", "vn:dang:tw:xiii:ct:99")])


def test_numbers_that_fall_while_dates_rise_are_named() -> None:
    r = load_registry()
    odd = replace(r.by_id["vn:dang:tw:xiii:nq:57"], issued=date(2022, 4, 20))
    wrong = Registry([*(d for d in r if d.id != odd.id), odd], r.terms, r.plenums.values(), r.relations).out_of_order()
    assert any(odd in pair for pair in wrong)


def test_local_terms_answer_only_inside_their_days() -> None:
    assert committee_term("tu-nghean", date(2022, 1, 1)) == "XIX"
    assert committee_term("tu-nghean", date(2020, 10, 1)) is None


def test_the_registry_holds_to_its_schema_and_a_wrong_row_does_not(tmp_path: Path) -> None:
    from frictionless import Resource, Schema

    folder = Path(registry.__file__).parents[1] / "registry"
    schema = Schema.from_descriptor(json.loads((folder / "documents.schema.json").read_text("utf-8")))
    assert tuple(schema.field_names) == DOCUMENT_COLUMNS
    assert schema.get_field("id").constraints["pattern"] == registry._ID.pattern

    def problems(file: Path) -> list[list[object]]:
        resource = Resource(name="documents", path=file.name, basepath=str(file.parent), schema=schema)
        report = resource.validate()
        return report.flatten(["rowNumber", "fieldName", "type"])  # type: ignore[no-any-return]

    assert problems(folder / "documents.csv") == []
    wrong = _file(tmp_path, ROW, ROW.replace("ct:33", "ct:34").replace(",B,", ",Z,").replace("2024-03-20", "spring"))
    assert {field for _, field, _ in problems(wrong)} == {"certainty", "issued"}
