"""Part files: whole or absent, a bad row costs its own article only, and two articles never share an id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bantin.dataset import parts as parts_module
from bantin.dataset.identity import renamed, with_new_ids
from bantin.dataset.parts import PartWriter, parts_of, read_part
from bantin.extractors.people.value import PersonValue
from bantin.extractors.roles.value import RoleValue
from bantin.types import Article, Block, Check, Mention, Reject, Span


def article(number: int, text: str = "Ông Lý") -> Article:
    return Article(f"a{number}", text, (Block("paragraph", 0, len(text)),), source_path=f"{number}.txt")


def ly() -> list[Mention[Any]]:
    person = Mention("people", 4, 6, "Lý", "people.test", 1.0, PersonValue("Lý"))
    role = Mention("roles", 0, 3, "Ông", "roles.test", 1.0, RoleValue("Ông", holder=Span(4, 6)))
    return [person, role]


def write(where: Path, index: int, *articles: Article) -> Path:
    with PartWriter(where, index) as part:
        for one in articles:
            part.add(one, ly(), [Check("x", (Span(4, 6),), "a", "b", "c")])
    (part_of_all,) = parts_of(where, index)
    return part_of_all


def column(part: Path, table: str, name: str) -> list[Any]:
    return [v for b in read_part(part, table, (name,)) for v in b.column(0).to_pylist()]


def test_a_part_holds_what_it_was_given(tmp_path: Path) -> None:
    part = write(tmp_path, 0, article(1), article(2))
    assert column(part, "articles", "article_id") == ["a1", "a2"]
    assert column(part, "role_mentions", "person_mention_id") == ["a1:p1", "a2:p1"]
    assert column(part, "indicators", "mention_id") == []


def test_a_part_that_was_not_finished_is_absent(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), PartWriter(tmp_path, 3) as part:
        part.add(article(1), ly(), [])
        raise RuntimeError
    assert parts_of(tmp_path, 3) == []
    assert [p for p in tmp_path.rglob("*") if not p.is_dir() or "3" in p.name] == []


def test_what_a_dead_worker_left_is_overwritten(tmp_path: Path) -> None:
    left = write(tmp_path, 0, article(2)).parent
    left = left.rename(left.with_suffix(".tmp"))
    (left / "articles.arrow").write_bytes(b"half")
    assert column(write(tmp_path, 0, article(1)), "articles", "article_id") == ["a1"]


@pytest.mark.parametrize("a_batch", [1, 10_000])
def test_a_row_that_its_table_cannot_hold_costs_its_article_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, a_batch: int
) -> None:
    monkeypatch.setattr(parts_module, "CHARACTERS_A_BATCH", a_batch)
    bad = replace(article(2), title=7)  # type: ignore[arg-type]
    unknown = replace(article(4), language=None)  # type: ignore[arg-type]
    with PartWriter(tmp_path, 0) as part:
        for one in (article(1), bad, article(3), unknown):
            part.add(one, ly(), [])
    (where,) = parts_of(tmp_path, 0)
    assert column(where, "articles", "article_id") == ["a1", "a3"]
    assert column(where, "person_mentions", "article_id") == ["a1", "a3"]
    assert column(where, "rejects", "source_path") == ["2.txt", "4.txt"]
    assert part.reasons == {"internal": 2}


def test_a_reject_always_has_its_row(tmp_path: Path) -> None:
    with PartWriter(tmp_path, 0) as part:
        part.reject(Reject("\udcff.txt", None, "read", "binary", "\ud800"))
    assert column(parts_of(tmp_path, 0)[0], "rejects", "source_path") == ["?.txt"]


def test_copies_in_one_part_have_ids_of_their_own(tmp_path: Path) -> None:
    part = write(tmp_path, 0, article(1), article(1), article(1))
    assert column(part, "articles", "article_id") == ["a1", "a1-2", "a1-3"]
    assert column(part, "person_mentions", "mention_id") == ["a1:p1", "a1-2:p1", "a1-3:p1"]


def test_copies_in_several_parts_have_ids_of_their_own(tmp_path: Path) -> None:
    first, second = write(tmp_path, 0, article(1), article(2)), write(tmp_path, 1, article(1), article(1), article(3))
    new = renamed([first, second])
    assert new == {second: {"a1": "a1-3"}}  # a1-2 is taken within the part
    (roles,) = (with_new_ids(b, new[second]) for b in read_part(second, "role_mentions"))
    assert roles.column("article_id").to_pylist() == ["a1-3", "a1-2", "a3"]
    assert roles.column("mention_id").to_pylist() == ["a1-3:r1", "a1-2:r1", "a3:r1"]
    assert roles.column("person_mention_id").to_pylist() == ["a1-3:p1", "a1-2:p1", "a3:p1"]
    (checks,) = (with_new_ids(b, new[second]) for b in read_part(second, "checks"))
    assert checks.column("mention_ids").to_pylist() == ['["a1-3:p1"]', '["a1-2:p1"]', '["a3:p1"]']


def test_a_large_chunk_gives_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "CHARACTERS_A_BATCH", 1)
    monkeypatch.setattr(parts_module, "CHARACTERS_A_PART", 2 * len(article(1).text))
    with PartWriter(tmp_path, 0) as part:
        for n in (1, 2, 3, 1, 5):
            part.add(article(n), ly(), [])
        part.reject(Reject("x.txt", None, "read", "binary", ""))
    found = parts_of(tmp_path, 0)
    assert [column(p, "articles", "article_id") for p in found] == [["a1", "a2"], ["a3", "a1-2"], ["a5"]]
    assert [column(p, "rejects", "source_path") for p in found] == [[], [], ["x.txt"]]
    assert part.counts["articles"] == 5 and renamed(found) == {}


def test_nothing_is_renamed_without_need(tmp_path: Path) -> None:
    assert renamed([write(tmp_path, 0, article(1)), write(tmp_path, 1, article(2))]) == {}
