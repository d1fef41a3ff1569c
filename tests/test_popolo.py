"""Popolo JSON: valid by the constraints of the published schemas, and nothing said that the dataset does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from bantin.cli import app
from bantin.errors import OutputError, QueryError
from bantin.popolo import export_popolo
from bantin.query import query
from bantin.run import run

DATE = {"type": ["string", "null"], "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"}
TEXT = {"type": ["string", "null"]}
LINK = {
    "type": "object",
    "properties": {"url": {"type": "string", "format": "uri"}, "note": TEXT},
    "required": ["url"],
}
NAMES = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}


def listed(required: list[str], **properties: Any) -> dict[str, Any]:
    texts = dict.fromkeys(("id", "name", "label", "role", "person_id", "organization_id", "post_id"), TEXT)
    common = {"sources": {"type": "array", "items": LINK}, "other_names": NAMES}
    return {
        "type": "array",
        "minItems": 1,
        "items": {"type": "object", "properties": texts | common | properties, "required": required},
    }


POPOLO = {
    "type": "object",
    "required": ["persons", "organizations", "posts", "memberships"],
    "properties": {
        "persons": listed(["id", "name"], family_name=TEXT, given_name=TEXT, birth_date=DATE),
        "organizations": listed(
            ["id", "name"], classification=TEXT, parent_id=TEXT, founding_date=DATE, dissolution_date=DATE,
            area={"type": "object", "properties": {"name": TEXT}},
        ),
        "posts": listed(["id", "label", "role", "organization_id"], start_date=DATE, end_date=DATE),
        "memberships": listed(["id", "person_id", "role"], start_date=DATE, end_date=DATE),
    },
}  # fmt: skip
"""The constraints of person, organization, post, membership, link and other_name of the Popolo 1.0 schemas."""

ROWS = [
    {
        "text": "Ngày 12/5/2019, Ban Thường vụ Tỉnh ủy điều động đồng chí Trần Văn Hải, Phó Giám đốc Sở Nội vụ, "
        "giữ chức Bí thư Huyện ủy Lục Ngạn.",
        "url": "https://bacgiang.example.vn/1",
        "published": "2019-05-13",
    },
    {
        "text": "Đồng chí Trần Văn Hải, Bí thư Huyện ủy Lục Ngạn, thăm hợp tác xã. Dự có bà Bùi Thị Mai, Trưởng ban.",
        "published": "2020-02-01",
        "url": "https://bacgiang.example.vn/2",
    },
    {
        "text": "Đồng chí Trần Văn Hải thôi giữ chức Bí thư Huyện ủy Lục Ngạn từ ngày 01/6/2022.",
        "url": "https://bacgiang.example.vn/3",
        "published": "2022-06-02",
    },
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("popolo")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    run(folder / "rows.jsonl", folder / "dataset")
    return folder / "dataset"


@pytest.fixture
def exported(dataset: Path, tmp_path: Path) -> dict[str, Any]:
    export_popolo(dataset, tmp_path / "people.json")
    found: dict[str, Any] = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    return found


def test_it_is_valid(exported: dict[str, Any]) -> None:
    Draft202012Validator(POPOLO, format_checker=FormatChecker()).validate(exported)


def test_references_lead_somewhere(exported: dict[str, Any]) -> None:
    ids = {kind: {one["id"] for one in some} for kind, some in exported.items()}
    assert all(len(ids[kind]) == len(exported[kind]) for kind in exported)
    for one in exported["memberships"]:
        assert one["person_id"] in ids["persons"]
        assert one.get("organization_id") in {None, *ids["organizations"]}
        assert one.get("post_id") in {None, *ids["posts"]}
    assert all(one["organization_id"] in ids["organizations"] for one in exported["posts"])
    assert all(one.get("parent_id") in {None, *ids["organizations"]} for one in exported["organizations"])


def test_a_membership_says_what_the_position_says(exported: dict[str, Any]) -> None:
    (one,) = [m for m in exported["memberships"] if m["role"] == "Bí thư"]
    assert (one["start_date"], one["end_date"]) == ("2019-05-12", "2022-06-01")
    assert [s["url"] for s in one["sources"]] == [row["url"] for row in ROWS]
    (before,) = [m for m in exported["memberships"] if m["role"] == "Phó Giám đốc"]
    assert "start_date" not in before and "end_date" not in before
    assert before["bounds"] == {"start_max": "2019-05-12", "end_min": "2019-05-12"}


def test_lives_of_bodies(exported: dict[str, Any]) -> None:
    (committee,) = [o for o in exported["organizations"] if o["name"] == "Huyện ủy Lục Ngạn"]
    assert committee["dissolution_date"] == "2025-06-30"
    assert committee["area"] == {"name": "huyện Lục Ngạn, tỉnh Bắc Giang"}


def test_the_command(dataset: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["export", str(dataset), "--popolo", str(tmp_path / "p.json")], catch_exceptions=False
    )
    assert done.exit_code == 0
    people = len(query(dataset, "SELECT person_id FROM people").rows)
    assert f"{people} persons" in done.stderr


def test_what_cannot_be(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        export_popolo(tmp_path, tmp_path / "p.json")
    with pytest.raises(OutputError, match="cannot be written"):
        export_popolo(dataset, tmp_path / "missing" / "p.json")
    assert list(tmp_path.iterdir()) == []
