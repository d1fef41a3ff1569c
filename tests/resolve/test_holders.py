# ruff: noqa: E501
"""Who holds which post: the ways a post and its holder stand together, and posts that nobody holds."""

from __future__ import annotations

import pytest

from bantin.engine import extract


def _roles(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(m.value.name, m.value.title, m.value.organisation) for m in extract(text).of("roles")]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ban Bí thư chuẩn y chức danh Phó Bí thư Tỉnh ủy đối với ông Lê Văn An.", [("Lê Văn An", "Phó Bí thư", "Tỉnh ủy")]),
        ("Phó Bí thư Huyện ủy là hai đồng chí Lê Văn An và Mai Lan.", [("Lê Văn An", "Phó Bí thư", "Huyện ủy"), ("Mai Lan", "Phó Bí thư", "Huyện ủy")]),
        ("4 Phó Bí thư là Lê Văn An, Mai Văn Lan.", []),
        ("Phó Vụ trưởng Lê Văn An (Bộ Nội vụ) trình bày dự thảo.", [("Lê Văn An", "Phó Vụ trưởng", "Bộ Nội vụ")]),
        ("Ông Lê Văn An, Phó Vụ trưởng (Bộ Nội vụ), trình bày dự thảo.", [("Lê Văn An", "Phó Vụ trưởng", "Bộ Nội vụ")]),
        ("Dự họp có ông Lê Văn An (Bộ Nội vụ).", []),
        ("Thượng tá Lê Văn An, Phó Chính ủy, Hải đoàn 32 phát biểu.", [("Lê Văn An", "Phó Chính ủy", "Hải đoàn 32")]),
        ("Dự có ông Lê Văn An, Phó Giám đốc, Sở Y tế và Sở Tài chính.", [("Lê Văn An", "Phó Giám đốc", None)]),
        ("Đồng chí Lê Văn An, Thư ký của Chủ tịch nước dự họp.", [("Lê Văn An", "Thư ký Chủ tịch nước", None)]),
        ("Đồng chí Lê Văn An - Chủ tịch UBND huyện - Cụm phó dự họp.", [("Lê Văn An", "Chủ tịch", "Ủy ban nhân dân huyện"), ("Lê Văn An", "Cụm phó", None)]),
        ("Đồng chí Nguyễn Khắc lập, Bí thư Chi bộ thôn Đông dự.", [("Nguyễn Khắc Lập", "Bí thư", "Chi bộ thôn Đông")]),
        ("Bí thư Huyện ủy Trần Văn hải kết luận hội nghị.", [("Trần Văn Hải", "Bí thư", "Huyện ủy")]),
        ("Mr. John Smith, Tổng Giám đốc Công ty Alpha phát biểu.", [("John Smith", "Tổng Giám đốc", "Công ty Alpha")]),
        ("Miễn nhiệm chức vụ Chủ tịch UBND huyện đối với ông Lê Văn An.", []),
        ("Ông Lê Văn An bị cách chức Giám đốc Sở Y tế.", []),
        ("Bí thư Tỉnh ủy trao hoa cho ông Lê Văn An.", []),
        ("Chủ tịch UBND huyện, ông Lê Văn An cho biết kết quả.", [("Lê Văn An", "Chủ tịch", "Ủy ban nhân dân huyện")]),
        ("Đại hội bầu bà Hà Thị Thu, Giám đốc Sở Y tế và ông Lê Văn An giữ chức Phó Chủ tịch UBND tỉnh.",
         [("Hà Thị Thu", "Giám đốc", "Sở Y tế"), ("Hà Thị Thu", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh"), ("Lê Văn An", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh")]),
        ("Ông Lê Văn An quê Hà Nam. Từ năm 2010, ông giữ chức Phó Giám đốc Sở Y tế; rồi Giám đốc Sở Y tế.",
         [("Lê Văn An", "Phó Giám đốc", "Sở Y tế"), ("Lê Văn An", "Giám đốc", "Sở Y tế")]),
        ("Các bà Lê Thị An, Mai Thị Lan, Phó Chủ tịch Hội Phụ nữ tỉnh", [("Lê Thị An", "Phó Chủ tịch", "Hội Phụ nữ tỉnh"), ("Mai Thị Lan", "Phó Chủ tịch", "Hội Phụ nữ tỉnh")]),
        ("Bác sĩ Lê Thị An, Phó Giám đốc Sở Y tế và Chủ tịch UBND 10 huyện dự.", [("Lê Thị An", "Phó Giám đốc", "Sở Y tế")]),
        ("Đoàn do ông Lê Văn An, Bí thư Tỉnh ủy làm Trưởng đoàn đã đến thăm.", [("Lê Văn An", "Bí thư", "Tỉnh ủy"), ("Lê Văn An", "Trưởng đoàn", None)]),
    ],
)  # fmt: skip
def test_holders(text: str, roles: list[tuple[str, str, str | None]]) -> None:
    assert _roles(text) == roles


def test_the_holder_is_the_person_mention() -> None:
    found = extract("Đồng chí Lê Văn An, Bí thư Tỉnh ủy phát biểu. Đồng chí An, Trưởng Đoàn ĐBQH tỉnh, kết luận.")
    people = {m.span: m.value.name for m in found.of("people")}
    assert [people[m.value.holder] for m in found.of("roles")] == ["Lê Văn An", "Lê Văn An"]


def test_two_that_fit_a_short_name_leave_it_open() -> None:
    found = extract("Ông Lê Văn Chính và ông Mai Quang Chính dự. Ông Chính phát biểu.")
    assert [m.value.name for m in found.of("people")] == ["Lê Văn Chính", "Mai Quang Chính", "Chính"]


def test_gender_decides_between_two() -> None:
    found = extract("Ông Lê Văn Minh và bà Mai Thị Minh dự. Bà Minh phát biểu.")
    assert found.of("people")[-1].value.name == "Mai Thị Minh"
