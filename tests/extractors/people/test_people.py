"""People: what is a person and what is not; scores on the five real bulletins."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.engine import extract

SHARED = Path(__file__).parents[3] / ".." / "shared"


def _people(text: str) -> list[str]:
    return [m.value.name for m in extract(text).of("people") if m.value.mention_type != "in_name"]


@pytest.mark.parametrize(
    "text",
    [
        "Toàn huyện có 3 xã Đông Thạnh, Bà Điểm và Tân Hòa.",
        "Toàn huyện có 12 xã Đông Thạnh, Bà Điểm và Tân Hòa; cả tỉnh có 104 xã Đông Thạnh, Bà Điểm.",
        "Các xã Hồng Thái, Kim Bình và Mai Sơn; huyện Hoàng Su Phì, thị xã Nghĩa Lộ đạt chuẩn.",
        "Bí thư Huyện ủy Hoàng Su Phì và Bí thư Tỉnh ủy Lai Châu trao đổi.",
        "Cựu chiến binh Mỹ Lộc thi đua. Tập đoàn Hòa Phát, Ngân hàng Phương Đông tài trợ.",
        "giao Quyền Bộ trưởng Bộ Công Thương",
        "PHÁT HUY TRUYỀN THỐNG ĐẢNG BỘ LÂM ĐỒNG, AN NINH CHÍNH TRỊ ỔN ĐỊNH",
        "Giới Thiệu\nLiên Hệ\nBình Luận",
        "dự án Vinhomes Grand Park của Tổng Giám đốc Microsoft Teams",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert _people(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Trần Anh Tú, Phó Bí thư Tỉnh đoàn", ["Trần Anh Tú"]),
        ("Chủ tịch UBND phường Nguyễn Thị Hoa kiểm tra", ["Nguyễn Thị Hoa"]),
        ("Chủ tịch huyện Kỳ Anh Nguyễn Văn Bổng", ["Nguyễn Văn Bổng"]),
        ("Chủ tịch nước Lào Thongloun Sisoulith thăm Việt Nam", ["Thongloun Sisoulith"]),
        ("Tác giả bài viết: Hoài Thu", ["Hoài Thu"]),
        ("Toàn cảnh. Ảnh: VIỆT DŨNG", ["Việt Dũng"]),
        ("Ủy viên Bộ Chính trị Nguyễn Văn Hòa dự", ["Nguyễn Văn Hòa"]),
    ],
)
def test_somebody_is_named(text: str, names: list[str]) -> None:
    assert _people(text) == names


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["đồng chí ", "Nguyễn Văn A", ", ", "Bí thư ", "Tỉnh ủy", "\n", "K' ", "(", " - ", "và ", "12"]
        ),
        max_size=30,
    )
)
def test_offsets_hold_and_nothing_overlaps(parts: list[str]) -> None:
    found = extract("".join(parts))
    people = found.of("people")
    assert all(found.text[m.start : m.end] == m.text for m in people)
    assert all(a.end <= b.start for a, b in pairwise(people))


@pytest.mark.seeds
def test_the_five_bulletins() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared with the five bulletins is not beside the checkout")
    wrong: list[object] = []
    for file in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        found = extract((SHARED / "seeds" / f"{gold['id']}.txt").read_text(encoding="utf-8"))
        names = {m.value.name for m in found.of("people") if m.value.mention_type != "in_name"}
        required = {p["name"] for p in gold["people"] if not p.get("optional")}
        wrong += [gold["id"], *(required - names)] if required - names else []
        extra = names - {p["name"] for p in gold["people"]}
        wrong += [gold["id"], *extra] if extra else []
        roles = {(m.value.name, m.value.title, (m.value.organisation or "").lower()) for m in found.of("roles")}
        stated = {(p["name"], r["title"], (r["org"] or "").lower()) for p in gold["people"] for r in p["roles"]}
        wrong += sorted(roles ^ stated)
    assert wrong == []
