"""The lives of provinces and bodies: what is refused when a maintainer edits them, and what a name stands under."""

from __future__ import annotations

from datetime import date

import pytest

from bantin.errors import DataFileError
from bantin.resolve import lifetimes
from bantin.resolve.lifetimes import lives_of

HEAD = "body,valid_from,valid_to,successor,source,certainty"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Ban X,2025-13-01,,,Nghị quyết 1,B", "2025-07-01"),
        ("Ban X,2025-03-01,2024-03-01,,Nghị quyết 1,B", "ends before it begins"),
        ("Ban X,2025-03-01,,,,B", "needs a source"),
        ("Ban X,2025-03-01,,,Nghị quyết 1,sure", "certainty of B or C"),
        (",2025-03-01,,,Nghị quyết 1,B", "empty"),
        ("Ban X,2025-03-01,,,Nghị quyết 1,B\nBan X,,2025-03-01,,Nghị quyết 1,B", "stands twice"),
    ],
)
def test_a_wrong_row_is_named(row: str, message: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lifetimes.csv"  # type: ignore[operator]
    file.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(lifetimes, "packaged", lambda *_: file)
    with pytest.raises(DataFileError, match=message):
        lifetimes.lives.__wrapped__()


@pytest.mark.parametrize(
    ("name", "level", "bodies"),
    [
        ("Ban Dân vận Trung ương", None, ["Ban Dân vận Trung ương"]),
        ("Vụ Tổ chức Cán bộ Ban Dân vận Trung ương", None, ["Ban Dân vận Trung ương"]),
        ("Ban Tuyên giáo và Dân vận Trung ương", None, ["Ban Tuyên giáo và Dân vận Trung ương"]),
        ("Sở Giao thông vận tải tỉnh Bắc Giang", None, ["Sở Giao thông vận tải"]),
        ("Huyện ủy Lục Ngạn", "huyện", ["huyện"]),
        ("Tỉnh ủy Nghệ An", "tỉnh", []),
    ],
)
def test_what_a_body_stands_under(name: str, level: str | None, bodies: list[str]) -> None:
    assert [life.body for life in lives_of(name, level)] == bodies


def test_bulletins_lag_behind() -> None:
    (life,) = lives_of("Ban Dân vận Trung ương", None)
    assert not life.outside(date(2025, 3, 1))
    assert life.outside(date(2025, 9, 1))
