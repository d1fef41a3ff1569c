"""The shape of names: runs, where a name ends, canonical spelling and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.names import canonical_name, is_foreign, name_key, name_length, place_length, runs, surname_class, words_of
from bantin.text import View


def _first_name(text: str, at: int = 0) -> str:
    view = View(text)
    pieces = next(runs(view.folded, 0, len(text)))
    n = name_length(view.folded, view.lower, pieces, words_of(view.lower, pieces), at)
    return text[pieces[at][0] : pieces[at + n - 1][1]] if n else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lê Công Thành dự", "Lê Công Thành"),
        ("Đoàn Văn Bộ Phó Bí thư", "Đoàn Văn Bộ"),
        ("Trần Văn Nam Ủy viên", "Trần Văn Nam"),
        ("Bùi Thị Kim Thanh Trung ương", "Bùi Thị Kim Thanh"),
        ("Mai Văn Hùng Trần Thị Lan", "Mai Văn Hùng"),
        ("Vũ Trung Kiên UBND", "Vũ Trung Kiên"),
        ("NGUYỄN VĂN LỘC THĂM", "NGUYỄN VĂN LỘC"),
        ("Tôn Đức Thắng Tỉnh An Giang", "Tôn Đức Thắng"),
        ("H’Hen Niê", "H’Hen Niê"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    assert _first_name(text) == name


def test_a_short_line_does_not_run_into_the_next() -> None:
    text = "Hoàng Lan\nNguyễn Văn Tú"
    assert [text[r[0][0] : r[-1][1]] for r in runs(text, 0, len(text))] == ["Hoàng Lan", "Nguyễn Văn Tú"]


def test_a_wrapped_line_does() -> None:
    text = "x" * 60 + " Hoàng\nLan"
    assert [text[r[0][0] : r[-1][1]] for r in runs(text, 0, len(text))] == ["Hoàng\nLan"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("NGUYỄN VĂN NGỌC", "Nguyễn Văn Ngọc"),
        ("Hồ Chí minh", "Hồ Chí Minh"),
        ("Ðỗ  Thuý Hoà", "Đỗ Thúy Hòa"),
        ("K' Mák", "K'Mák"),
        ("H’Hen Niê", "H'Hen Niê"),
    ],
)
def test_canonical_name(printed: str, name: str) -> None:
    assert canonical_name(printed) == name


def test_spellings_of_one_name_share_a_key() -> None:
    assert len({name_key(n) for n in ("K' Mák", "K’Mák", "k'mák")}) == 1
    assert name_key("Thuý Hoà") == name_key("Thúy Hòa")
    assert name_key("Quí") != name_key("Quý")


def test_surnames_and_places() -> None:
    assert surname_class("nguyễn") == "strong"
    assert surname_class("h'hen") == "minority"
    assert surname_class("hội") is None
    assert place_length(("hà", "giang"), 0) == 2
    assert place_length(("trần", "văn"), 0) == 0
    assert is_foreign("thongloun") and not is_foreign("trung") and not is_foreign("minh")


@given(st.text(max_size=60))
def test_canonical_name_is_stable(text: str) -> None:
    once = canonical_name(text)
    assert canonical_name(once) == canonical_name(canonical_name(once))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ảnh: Lan ChiHội nghị", ["Ảnh", "Lan Chi", "Hội"]),
        ("đồng chí BounThong Divixay", ["BounThong Divixay"]),
        ("đồng chí Lếch-lay Sỉ-vi-lay", ["Lếch-lay Sỉ-vi-lay"]),
        ("ông Nguyễn Văn Nam-phó Bí thư", ["Nguyễn Văn Nam", "Bí"]),
        ("ông Nguyễn Văn Nam-người con", ["Nguyễn Văn Nam"]),
        ("ông Nguyễn văn Nam", ["Nguyễn văn Nam"]),
        ("Công văn Số", ["Công", "Số"]),
    ],
)
def test_runs_of_faulty_spellings(text: str, names: list[str]) -> None:
    assert [text[r[0][0] : r[-1][1]] for r in runs(text, 0, len(text))] == names


_PIECES = [
    "Nguyễn",
    "Lan",
    "ChiHội",
    "văn",
    "thị",
    "H'Hen",
    "Sỉ-vi",
    "-phó",
    "-",
    " ",
    "\n",
    "'",
    "BÍ",
    "a",
    "ÁN",
    "Số",
    ",",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_runs_are_in_order_and_within_the_text(text: str) -> None:
    last = 0
    for run in runs(text, 0, len(text)):
        for start, end in run:
            assert last <= start < end <= len(text)
            last = end


def test_runs_of_hostile_text_are_no_recursion() -> None:
    for unit in ("A văn ", "LanHội", "An-", "Nguyễn văn "):
        assert list(runs(unit * 20_000, 0, len(unit) * 20_000))
