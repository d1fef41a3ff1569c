"""Furniture: every pattern's examples, words of the lexicon alone or glued together, and lines that must stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from bantin.errors import DataFileError
from bantin.read.furniture import furniture, load_patterns
from bantin.text import fold_key

PATTERNS = load_patterns()


@pytest.mark.parametrize(
    ("pattern", "line"), [(p, y) for p in PATTERNS for y in p.yes], ids=lambda v: getattr(v, "id", None)
)
def test_a_pattern_takes_its_examples(pattern, line: str) -> None:
    assert pattern.pattern.fullmatch(fold_key(line))


@pytest.mark.parametrize(
    ("pattern", "line"), [(p, n) for p in PATTERNS for n in p.no], ids=lambda v: getattr(v, "id", None)
)
def test_a_pattern_leaves_its_counterexamples(pattern, line: str) -> None:
    assert not pattern.pattern.fullmatch(fold_key(line))


def test_every_pattern_says_yes_and_no() -> None:
    assert all(p.yes and p.no for p in PATTERNS)


@pytest.mark.parametrize(
    ("line", "drop"),
    [
        ("Sign In", "line"),
        ("Video hoạt độngHình ảnh hoạt động", "rest"),
        ("In bài viết | Gửi email | Chia sẻ: Facebook", "line"),
        ("left center right del", "image"),
        ("Tin liên quan:", "links"),
        ("CÁC TIN KHÁC", "rest"),
        ("• Đang online: 0", "line"),
        ("Tag:", "line"),
        ("Họ tên no image", "line"),
    ],
)
def test_words_alone_and_glued_are_furniture(line: str, drop: str) -> None:
    assert furniture(fold_key(line)) == drop


@pytest.mark.parametrize(
    "line",
    [
        "Thống kê của Ban Tổ chức cho thấy 120 chi bộ đạt loại tốt",
        "Liên kết sản xuất với 12 hợp tác xã",
        "Tin tưởng vào sự lãnh đạo của Đảng",
        "Chia sẻ kinh nghiệm công tác dân vận",
        "182",
        "Nội dung",
        "Video clip tuyên truyền đạt 12.000 lượt xem",
        "",
        "x" * 5000,
    ],
)
def test_text_is_no_furniture(line: str) -> None:
    assert furniture(fold_key(line)) is None


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[pattern]]\nid="a"\ndrop="all"\nwhy="w"\npattern="x"\nyes=["x"]\nno=["y"]', "one of line, image"),
        ('[[pattern]]\nid="a"\ndrop="line"\nwhy="w"\npattern="("\nyes=["x"]\nno=["y"]', "pattern:"),
        ('[[pattern]]\nid="a"\ndrop="line"\npattern="x"\nyes=["x"]\nno=["y"]', "missing why"),
    ],
)
def test_a_wrong_file_names_the_record(tmp_path: Path, toml: str, message: str) -> None:
    file = tmp_path / "furniture.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        load_patterns(file)
