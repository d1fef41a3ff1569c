"""The counted noun: classifiers keep their noun, modifiers are left out, unknown nouns are found by their form."""

from __future__ import annotations

import pytest

from bantin.extractors.indicators.nouns import NoNoun, Noun, noun_after
from bantin.text import View
from bantin.tokenize import words


@pytest.mark.parametrize(
    ("behind", "noun"),
    [
        (" văn bản để lãnh đạo", "văn bản"),
        (" hội nghị, cuộc họp", "hội nghị"),
        (" đồng chí đảng viên dự bị", "đồng chí đảng viên"),
        (" đồng chí được khen", "đồng chí"),
        (" quần chúng ưu tú", "quần chúng"),
        (" lượt giám sát", "lượt giám sát"),
        (" lượt tổ chức đảng", "lượt tổ chức đảng"),
        (" buổi tiếp dân, tiếp nhận", "buổi tiếp dân"),
        ("  nhiệm vụ trọng tâm", "nhiệm vụ"),
        (" tổ chức đảng cấp dưới", "tổ chức đảng cấp dưới"),
        (" tổ chức và cá nhân", "tổ chức"),
        (" điểm trường lẻ", "điểm trường"),
        (" HTX kiểu mới", "HTX"),
        (" Bằng khen của Thủ tướng", "Bằng khen"),
        (" sân chơi thiếu nhi", "sân chơi"),
        (" ngày công lao động", "ngày công lao động"),
    ],
)
def test_noun(behind: str, noun: str) -> None:
    found = noun_after(View(behind), 0, len(behind), words)
    assert isinstance(found, Noun)
    assert behind[found.start : found.end] == noun


@pytest.mark.parametrize(
    ("behind", "reason"),
    [
        (" năm thực hiện", "duration"),
        (" tháng đầu năm", "duration"),
        (" tuổi trở lên", "age"),
        (" điểm, xếp thứ hai", "score"),
        (" sao", "score"),
        (" của Đảng ủy", "none"),
        (" tổ chức hội nghị", "verb"),
        (" ban hành kế hoạch", "verb"),
        (" Trần Phú", "name"),
        (", tiếp theo", "none"),
        ("", "none"),
    ],
)
def test_no_noun(behind: str, reason: str) -> None:
    found = noun_after(View(behind), 0, len(behind), words)
    assert isinstance(found, NoNoun)
    assert found.reason == reason


def test_the_segmenter_is_asked_only_where_nothing_else_decides() -> None:
    def never(window: str) -> tuple[()]:
        raise AssertionError(window)

    for behind in (" đảng viên mới", " lượt người nghe", " nét, màu", " của ai"):
        noun_after(View(behind), 0, len(behind), never)
