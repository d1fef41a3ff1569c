"""Contradictions that an article carries in itself."""

from __future__ import annotations

import pytest

import bantin


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Kế hoạch số 77-KH/TU, ngày 05/3/2022. Theo Kế hoạch số 77-KH/TU, ngày 05/3/2023, các đơn vị báo cáo.",
            [("2023-03-05", "2022-03-05")],
        ),
        (
            "Kế hoạch số 77-KH/TU, ngày 05/3/2021; Kế hoạch số 77-KH/TU, ngày 05/3/2022;"
            " Kế hoạch số 77-KH/TU, ngày 05/3/2022.",
            [("2021-03-05", "2022-03-05")],
        ),
        ("Kế hoạch số 77-KH/TU, ngày 05/3/2022; Kế hoạch số 78-KH/TU, ngày 06/3/2022.", []),
        ("Kế hoạch số 77-KH/TU, ngày 05/3/2022; Hướng dẫn số 77-HD/TU, ngày 06/3/2022.", []),
        ("Kế hoạch số 77-KH/TU, ngày 05/3/2022 và ngày 06/3/2022 chi bộ họp theo Kế hoạch số 77-KH/TU.", []),
    ],
)
def test_one_document_with_two_dates(text: str, found: list[tuple[str, str]]) -> None:
    checks = [c for c in bantin.extract(text, "2024-04-09").checks if c.kind == "date_conflict"]
    assert [(c.found, c.expected) for c in checks] == found


def test_a_reporting_period_governs_the_indicators_of_its_section() -> None:
    text = (
        "Kết quả công tác quý I/2024\nToàn Đảng bộ kết nạp 35 đảng viên.\n"
        "Trong quý II/2024, kết nạp 40 đảng viên.\nTổ chức 12 hội nghị."
    )
    found = bantin.extract(text, "2024-07-05").of("indicators")
    periods = [(m.value.period_start, m.value.period_end) for m in found]
    first, second = ("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30")
    assert periods == [first, second, second]
