"""Years that the text leaves out, around New Year; roles; and the contradictions among dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bantin.extractors.base import Context
from bantin.extractors.dates import extractor
from bantin.extractors.directives.value import DirectiveValue
from bantin.resolve.years import resolve_years
from bantin.text import View
from bantin.types import Article, Block, Check, Mention

EXTRACTOR = extractor()


def _find(text: str, published: str | None = None) -> tuple[list[Mention[Any]], list[Check]]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    article = Article("t", text, tuple(blocks), published=published)
    view = View(text)
    return resolve_years(article, view, EXTRACTOR.extract(Context(article, view, lambda _: ())))


PAST = [
    "Ngày {d}, tại hội trường lớn, Đảng ủy Khối đã tổ chức hội nghị giao ban.",
    "Sáng {d}, Ban Dân vận Tỉnh ủy tổ chức tập huấn nghiệp vụ.",
    "Chiều {d}, đoàn công tác làm việc với Huyện ủy.",
    "Vừa qua, ngày {d}, Ủy ban Kiểm tra họp kỳ thường lệ.",
    "Tính đến ngày {d}, các chi bộ đã hoàn thành việc kiểm điểm.",
]
FUTURE = [
    "Hội nghị sẽ khai mạc vào ngày {d} tại thành phố.",
    "Dự kiến ngày {d}, Đảng bộ tổ chức ngày hội.",
    "Các đơn vị gửi báo cáo trước ngày {d}.",
    "Chậm nhất ngày {d}, cấp ủy nộp hồ sơ về Ban Tổ chức.",
    "Lễ trao giải sắp diễn ra, ngày {d}, tại nhà văn hóa.",
]
MONTHS_PAST = ["Kết quả công tác {p} cho thấy nhiều chuyển biến.", "Hội nghị sơ kết công tác {p} đã diễn ra."]
MONTHS_AHEAD = ["Phương hướng công tác {p} tập trung vào ba việc.", "Về nhiệm vụ {p}, các đơn vị chủ động tham mưu."]
PUBLISHED = [date(2023, 12, 20) + timedelta(days=5 * i) for i in range(10)]


def _dm(day: date, sep: str) -> str:
    return f"{day.day:02d}{sep}{day.month}"


def _months(month: int) -> Iterator[tuple[str, int]]:
    yield f"tháng {month}", month
    yield f"quý {['I', 'II', 'III', 'IV'][(month - 1) // 3]}", (month - 1) // 3 * 3 + 1


def _published_cases() -> Iterator[tuple[str, str, str]]:
    for i, published in enumerate(PUBLISHED):
        for j, pattern in enumerate(PAST):
            day = published - timedelta(days=(0, 1, 6, 17, 33)[(i + j) % 5])
            yield pattern.format(d=_dm(day, "/-"[(i + j) % 2])), published.isoformat(), day.isoformat()
        for j, pattern in enumerate(FUTURE):
            day = published + timedelta(days=(1, 4, 12, 25, 40)[(i + 2 * j) % 5])
            yield pattern.format(d=_dm(day, "/")), published.isoformat(), day.isoformat()
        before, after = published.replace(day=1) - timedelta(days=1), published.replace(day=1) + timedelta(days=32)
        for pattern in MONTHS_PAST:
            yield pattern.format(p=f"tháng {before.month}"), published.isoformat(), f"{before:%Y-%m}-01"
        for pattern in MONTHS_AHEAD:
            yield pattern.format(p=f"tháng {after.month}"), published.isoformat(), f"{after:%Y-%m}-01"
        quarter = ("quý IV", "2023-10-01") if published.month == 12 or i % 2 else ("quý I", "2024-01-01")
        done = quarter[0] == "quý IV"
        yield (MONTHS_PAST if done else MONTHS_AHEAD)[i % 2].format(p=quarter[0]), published.isoformat(), quarter[1]


def _undated_cases() -> Iterator[tuple[str, None, str]]:
    heads = [
        ("Tổng kết công tác năm {y}, phương hướng nhiệm vụ năm {z}", 0),
        ("Hội nghị triển khai nhiệm vụ năm {z}", 0),
        ("Kết quả công tác dân vận năm {y}", 0),
    ]
    for year in (2011, 2018, 2022, 2023, 2024):
        for k, (head, _) in enumerate(heads):
            title = head.format(y=year, z=year + 1)
            december, january = date(year, 12, 20 + k), date(year + 1, 1, 4 + k)
            for day in (december, january):
                if k == 2 and day == january:
                    text = f"Ngày {_dm(day, '/')}, Đảng ủy Khối đã tổ chức hội nghị tổng kết năm {year}."
                else:
                    text = f"Ngày {_dm(day, '/')}, Đảng ủy Khối đã tổ chức hội nghị."
                yield f"{title}\n{text}", None, day.isoformat()
        yield f"Sơ kết công tác quý I năm {year}\nSáng 15/4, Ban Dân vận giao ban.", None, f"{year}-04-15"
        yield f"Giao ban 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm {year}\nĐã họp.", None, f"{year}-01-01"
        yield f"Công tác quý IV, nhiệm vụ quý I năm {year}\nĐã họp.", None, f"{year - 1}-10-01"
        yield f"Thứ Hai, 03/01/{year}\nNgày 28/12, Chi bộ đã họp.", None, f"{year - 1}-12-28"


PUBLISHED_CASES = list(_published_cases())
UNDATED_CASES = list(_undated_cases())


def _right(cases: list[Any]) -> tuple[int, list[Any]]:
    wrong = []
    for text, published, want in cases:
        found = [m.value.start_date for m in _find(text, published)[0] if m.value.kind in ("date", "period")]
        if want not in found:
            wrong.append((text, published, want, found))
    return len(cases) - len(wrong), wrong


def test_there_are_two_hundred_cases() -> None:
    assert len(PUBLISHED_CASES) >= 150
    assert len(UNDATED_CASES) >= 50


def test_around_new_year_with_a_day_of_publication() -> None:
    right, wrong = _right(PUBLISHED_CASES)
    assert right / len(PUBLISHED_CASES) >= 0.98, wrong


def test_around_new_year_without_one() -> None:
    right, wrong = _right(UNDATED_CASES)
    assert right / len(UNDATED_CASES) >= 0.90, wrong


@pytest.mark.parametrize(
    ("text", "published", "value", "source"),
    [
        ("công tác Quý I, nhiệm vụ Quý II/2024", "2024-04-09", "2024-Q1", "sibling"),
        ("tháng 12, phương hướng tháng 01/2024", None, "2023-12", "sibling"),
        ("tháng 10 và 10 tháng đầu năm 2023", None, "2023-10", "sibling"),
        ("Ngày 08/4, hội nghị giao ban", "2024-04-09", "2024-04-08", "published"),
        ("Năm 2022 có nhiều chuyển biến. Ngày 12/5, chi bộ họp.", None, "2022-05-12", "dominant"),
        ("Ngày 12/5, chi bộ họp.", None, "XXXX-05-12", "explicit"),
        ("Trong quý III, chi bộ họp.", None, "XXXX-Q3", "explicit"),
        ("ngày 29/2, chi bộ họp", "2024-05-01", "2024-02-29", "published"),
        ("từ ngày 28/12 đến ngày 03/01", "2024-01-10", "2023-12-28/2024-01-03", "published"),
        ("trong tháng 2", "2024-03-05", "2024-02", "published"),
    ],
)
def test_where_a_year_comes_from(text: str, published: str | None, value: str, source: str) -> None:
    partial = [m for m in _find(text, published)[0] if m.value.value == value]
    assert [m.value.source for m in partial] == [source]


def test_a_heading_governs_what_stands_under_it() -> None:
    lines = ["Tổng kết năm 2019", "Về nhiệm vụ quý II/2021", "Trong tháng 5, chi bộ họp."]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    kinds = ("title", "heading", "paragraph")
    blocks = tuple(Block(k, s, s + len(x)) for k, s, x in zip(kinds, starts, lines, strict=True))  # type: ignore[arg-type]
    article, view = Article("t", text, blocks), View(text)
    mentions, _ = resolve_years(article, view, EXTRACTOR.extract(Context(article, view, lambda _: ())))
    assert (mentions[-1].value.value, mentions[-1].value.source) == ("2021-05", "heading")


def test_a_completed_february_ends_on_its_last_day() -> None:
    ends = [_find("trong tháng 2", p)[0][-1].value.end_date for p in ("2024-03-05", "2023-03-05")]
    assert ends == ["2024-02-29", "2023-02-28"]


def test_a_year_that_is_guessed_is_less_certain() -> None:
    confidence = [
        _find(text, published)[0][0].confidence
        for text, published in (
            ("ngày 12/5/2022", None),
            ("ngày 12/5, hai", "2022-05-13"),
            ("ngày 12/5, ba. Năm 2022", None),
            ("ngày 12/5, bốn", None),
        )
    ]
    assert confidence == sorted(confidence, reverse=True)
    assert len(set(confidence)) == 4


def test_the_same_period_a_year_before() -> None:
    mentions, _ = _find("tăng 15% so với cùng kỳ (6 tháng đầu năm 2024)", "2024-07-01")
    assert [m.value.value for m in mentions] == ["2023-H1", "2024-H1"]
    mentions, _ = _find("Quý I/2024, thu 35 tỷ đồng, tăng 5% so với cùng kỳ", "2024-07-01")
    assert mentions[-1].value.value == "2023-Q1"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Thứ 2, Ngày 12 / 12 / 2022", "published"),
        ("Nghị quyết số 46-NQ/TW ban hành ngày 20/12/2023", "issued"),
        ("Ngày 08/4/2024, Ban Tuyên giáo họp", "event"),
        ("sơ kết công tác quý I/2024", "report_period"),
        ("phương hướng, nhiệm vụ quý II/2024", "plan_period"),
        ("đánh giá kết quả thực hiện nhiệm vụ tháng 11/2020", "report_period"),
        ("Trong quý II/2024 có nhiều ngày lễ lớn", "plan_period"),
        ("Trong quý I/2024 có nhiều ngày lễ lớn", "report_period"),
        ("Năm 2024, Ban Tuyên giáo luôn chủ động", "report_period"),
        ("GIAO BAN CÔNG TÁC DÂN VẬN NĂM 2024", "report_period"),
        ("Chuyên đề năm 2024 về văn hóa", "event"),
        ("đại hội nhiệm kỳ 2020 - 2025", "term"),
        ("hoàn thành trước ngày 30/6/2024", "deadline"),
        ("tầm nhìn đến năm 2045", "deadline"),
        ("kỷ niệm Ngày thành lập Đảng 03/02/1930", "anniversary"),
        ("chào mừng (20/10/1930 - 20/10/2020)", "anniversary"),
    ],
)
def test_roles(text: str, role: str) -> None:
    mentions, _ = _find(text, "2024-05-05")
    assert [m.value.role for m in mentions if m.value.kind in ("date", "period")] == [role]


def test_an_issue_date_is_joined_to_its_document() -> None:
    text = "theo Chỉ thị 05, ngày 15/5/2016 của Bộ Chính trị"
    article = Article("t", text, (Block("paragraph", 0, len(text)),))
    view = View(text)
    document: Mention[Any] = Mention("directives", 5, 15, "Chỉ thị 05", "directive.test", 0.9, DirectiveValue("number"))
    dates = EXTRACTOR.extract(Context(article, view, lambda _: ()))
    mentions, _ = resolve_years(article, view, [document, *dates])
    assert mentions[0] is document
    assert mentions[1].value.role == "issued"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Thứ Hai, ngày 09/4/2024", ["weekday_mismatch"]),
        ("Thứ Ba, ngày 09/4/2024", []),
        ("thứ 2, 09/4/2024", ["weekday_mismatch"]),
        ("Hội nghị lần thứ tư ngày 09/4/2024", []),
        ("Thứ Sáu - 09/4/2024", ["weekday_mismatch"]),
        ("Ngày 09/4/2024 (thứ Sáu), Đảng ủy họp", ["weekday_mismatch"]),
        ("Ngày 09/4/2024 là thứ Ba", []),
        ("Sáng thứ Tư, ngày 16/4, Đảng ủy họp", ["weekday_mismatch"]),
        ("Sáng thứ Ba, ngày 16/4, Đảng ủy họp", []),
        ("Trong 9 tháng đầu năm 2024, toàn huyện đã kết nạp 90 đảng viên", ["report_after_publication"]),
        ("Trong 5 tháng đầu năm 2024, toàn huyện đã kết nạp 90 đảng viên", []),
        ("Tổng kết công tác năm 2024 của Hội", ["report_after_publication"]),
        ("Tổng kết Tháng Thanh niên năm 2024", []),
        ("Trong năm 2024, huyện đã khởi công hai công trình", []),
        ("Kết quả công tác quý III/2025 đạt khá", ["report_after_publication"]),
        ("Nhiệm vụ quý III/2025", []),
    ],
)
def test_checks(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in _find(text, "2024-05-10")[1]] == kinds
