"""bantin explain --numbers: every number of a text is an indicator or refused, and the refused ones can be counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bantin.cli import app
from bantin.engine import extract_article, refused_numbers
from bantin.extractors.indicators.masks import REASONS
from bantin.read import plan, read
from bantin.types import Article

TEXT = (
    "1. Ngày 08/4/2024, Ban Chỉ đạo 35 họp lần thứ 12 theo Kết luận số 21-KL/TW, có 26 đại biểu, "
    "trong đó 2/3 số đại biểu trên 60 tuổi; liên hệ 0225.3842.567."
)


def test_each_refused_number_has_a_line_and_a_reason_and_they_are_counted() -> None:
    lines = CliRunner().invoke(app, ["explain", TEXT, "--published", "2024-04-09", "--numbers"]).stdout.splitlines()
    refused = [line.rsplit(": ", 1)[1] for line in lines if line.startswith("no indicator: ")]
    assert refused == ["numbering", "date", "name", "ordinal", "directive", "fraction", "age", "code"]
    assert lines[-1] == "refused: age 1, code 1, date 1, directive 1, fraction 1, name 1, numbering 1, ordinal 1"


def test_without_numbers_nothing_is_refused() -> None:
    assert CliRunner().invoke(app, ["explain", "Chi bộ họp.", "--numbers"]).stdout.splitlines()[-1] == "refused: none"


@pytest.mark.parametrize("folder", ["corpus/archive"])
def test_every_digit_of_the_archive_is_accounted_for(root: Path, folder: str) -> None:
    for source in plan([root / folder]):
        for article in read(source):
            if not isinstance(article, Article):
                continue
            result = extract_article(article)
            refused = refused_numbers(result)
            assert {reason for _, reason in refused} <= set(REASONS)
            covered = {i for m in result.of("indicators") for i in range(m.start, m.end)}
            covered |= {i for span, _ in refused for i in range(span.start, span.end)}
            blocks = [i for b in article.blocks for i in range(b.start, b.end)]
            lost = [
                result.text[max(0, i - 20) : i + 20] for i in blocks if result.text[i].isdigit() and i not in covered
            ]
            assert lost == [], source
