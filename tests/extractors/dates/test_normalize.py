"""Values of single matches: what a form is worth, and when a match is no date after all."""

from __future__ import annotations

import pytest

from .conftest import Dated


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("05 năm", "duration", "P5Y"),
        ("2,5 năm", "duration", "P2Y6M"),
        ("nửa nhiệm kỳ", "duration", "P2Y6M"),
        ("nửa năm", "duration", "P6M"),
        ("ba quý", "duration", "P9M"),
        ("90 phút", "duration", "PT90M"),
        ("mười lăm năm", "duration", "P15Y"),
        ("hằng tuần", "set", "R/P1W"),
        ("ngày 15 hằng tháng", "set", "R/XXXX-XX-15"),
        ("27/7 hằng năm", "set", "R/XXXX-07-27"),
        ("trung tuần tháng 5/2023", "relative", "2023-05-MID"),
        ("cuối quý III/2024", "relative", "2024-Q3-END"),
        ("14 giờ", "duration", "PT14H"),
        ("7h30", "time", "T07:30"),
        ("thế kỷ thứ 19", "period", "18XX"),
        ("Tết Quý Mão", "relative", "2023-01-22"),
    ],
)
def test_value(dated: Dated, text: str, kind: str, value: str) -> None:
    assert [(m.value.kind, m.value.value) for m in dated(text)] == [(kind, value)]


@pytest.mark.parametrize("text", ["25:70", "số 2025-2020", "quý V", "thế kỷ 99", "rằm"])
def test_no_value(dated: Dated, text: str) -> None:
    assert [m.text for m in dated(text)] == []


def test_a_school_year_runs_from_september_to_may(dated: Dated) -> None:
    (m,) = dated("năm học 2023 - 2024")
    assert (m.value.value, m.value.start_date, m.value.end_date) == ("2023/2024", "2023-09-01", "2024-05-31")


def test_an_hour_takes_the_day_beside_it(dated: Dated) -> None:
    (clock, _) = dated("29/12/2011|15:28")[::-1]
    assert (clock.value.value, clock.value.edtf) == ("2011-12-29T15:28", "2011-12-29T15:28:00+07:00")
    part, day = dated("sáng 29-4", "2023-05-02")
    assert (part.value.value, day.value.value) == ("2023-04-29TMO", "2023-04-29")
