"""Relations between documents: read from the sentence, precision first."""

from __future__ import annotations

import time

import pytest

import bantin


def relations(text: str) -> list[tuple[str, str, str]]:
    result = bantin.extract(text, "2024-06-01")
    for r in result.relations:
        assert r.evidence.contains(r.subject) and r.evidence.contains(r.object)
    return [(r.subject.of(result.text), r.kind, r.object.of(result.text)) for r in result.relations]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "Tỉnh ủy ban hành Kế hoạch số 15-KH/TU ngày 12/3/2024 thực hiện Nghị quyết số 42-NQ/TW và Nghị quyết số"
            " 43-NQ/TW của Trung ương.",
            [
                ("Kế hoạch số 15-KH/TU", "implements", "Nghị quyết số 42-NQ/TW"),
                ("Kế hoạch số 15-KH/TU", "implements", "Nghị quyết số 43-NQ/TW"),
            ],
        ),
        (
            "Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị về tiếp tục thực hiện Chỉ thị số 05-CT/TW",
            [("Kết luận số 01-KL/TW", "implements", "Chỉ thị số 05-CT/TW")],
        ),
        (
            "Kết luận số 01-KL/TW về “tiếp tục thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị”",
            [("Kết luận số 01-KL/TW", "implements", "Chỉ thị số 05-CT/TW")],
        ),
        (
            "Hướng dẫn số 12-HD/BTGTU về học tập, quán triệt và triển khai thực hiện Nghị quyết số 57-NQ/TW",
            [("Hướng dẫn số 12-HD/BTGTU", "implements", "Nghị quyết số 57-NQ/TW")],
        ),
        (
            "Thông tư số 06/2023/TT-BNV hướng dẫn thi hành Nghị định số 33/2023/NĐ-CP",
            [("Thông tư số 06/2023/TT-BNV", "implements", "Nghị định số 33/2023/NĐ-CP")],
        ),
        (
            "Nghị định số 105/2020/NĐ-CP quy định chi tiết một số điều và biện pháp thi hành Luật Giáo dục",
            [("Nghị định số 105/2020/NĐ-CP", "implements", "Luật Giáo dục")],
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công"
            " nghệ, Ban Thường vụ Tỉnh ủy đã ban hành Chương trình hành động số 55-CTr/TU.",
            [("Chương trình hành động số 55-CTr/TU", "implements", "Nghị quyết số 57-NQ/TW")],
        ),
        (
            "Huyện ủy đã ban hành Chương trình hành động số 19-CTr/HU, thực hiện Nghị quyết số 24-NQ/TW.",
            [("Chương trình hành động số 19-CTr/HU", "implements", "Nghị quyết số 24-NQ/TW")],
        ),
        (
            "Nghị định số 91/2022/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 126/2020/NĐ-CP, Nghị định số"
            " 15/2018/NĐ-CP và Nghị định số 09/2019/NĐ-CP",
            [
                ("Nghị định số 91/2022/NĐ-CP", "amends", "Nghị định số 126/2020/NĐ-CP"),
                ("Nghị định số 91/2022/NĐ-CP", "amends", "Nghị định số 15/2018/NĐ-CP"),
                ("Nghị định số 91/2022/NĐ-CP", "amends", "Nghị định số 09/2019/NĐ-CP"),
            ],
        ),
        (
            "Nghị quyết số 12/2021/NQ-HĐND sửa đổi, bổ sung Điều 3 và khoản 2 Điều 5 Nghị quyết số 08/2019/NQ-HĐND",
            [("Nghị quyết số 12/2021/NQ-HĐND", "amends", "Nghị quyết số 08/2019/NQ-HĐND")],
        ),
        (
            "Nghị định số 126/2020/NĐ-CP (được sửa đổi, bổ sung tại Nghị định số 91/2022/NĐ-CP) quy định rõ thời hạn.",
            [("Nghị định số 91/2022/NĐ-CP", "amends", "Nghị định số 126/2020/NĐ-CP")],
        ),
        (
            "Quy định số 114-QĐ/TW về kiểm soát quyền lực trong công tác cán bộ thay thế Quy định số 205-QĐ/TW",
            [("Quy định số 114-QĐ/TW", "replaces", "Quy định số 205-QĐ/TW")],
        ),
        (
            "Chỉ thị số 50-CT/TW có hiệu lực kể từ ngày ký, thay thế cho Chỉ thị số 10-CT/TW; Chỉ thị này nêu rõ",
            [("Chỉ thị số 50-CT/TW", "replaces", "Chỉ thị số 10-CT/TW")],
        ),
        (
            "Nghị định số 100/2019/NĐ-CP được thay thế bởi Nghị định số 168/2024/NĐ-CP.",
            [("Nghị định số 168/2024/NĐ-CP", "replaces", "Nghị định số 100/2019/NĐ-CP")],
        ),
        (
            "thay thế Quyết định số 12/2015/QĐ-UBND bằng Quyết định số 30/2021/QĐ-UBND",
            [("Quyết định số 30/2021/QĐ-UBND", "replaces", "Quyết định số 12/2015/QĐ-UBND")],
        ),
        (
            "Nghị định số 45/2012/NĐ-CP ngày 21/5/2012 của Chính phủ về khuyến công được sửa đổi, bổ sung bởi Nghị định"
            " số 235/2025/NĐ-CP",
            [("Nghị định số 235/2025/NĐ-CP", "amends", "Nghị định số 45/2012/NĐ-CP")],
        ),
        (
            "ban hành Quy định mới (Quy định số 22-QĐ/TW) thay thế Quy định số 30-QĐ/TW",
            [("Quy định số 22-QĐ/TW", "replaces", "Quy định số 30-QĐ/TW")],
        ),
        (
            "Nghị định số 81/2018/NĐ-CP quy định chi tiết Luật Thương mại về xúc tiến thương mại, có hiệu lực từ"
            " 15/7/2018, thay thế Nghị định 37/2006/NĐ-CP",
            [
                ("Nghị định số 81/2018/NĐ-CP", "implements", "Luật Thương mại"),
                ("Nghị định số 81/2018/NĐ-CP", "replaces", "Nghị định 37/2006/NĐ-CP"),
            ],
        ),
        (
            "Kế hoạch số 86-KH/TU về thực hiện Nghị quyết số 18-NQ/TW khóa XII; Kế hoạch số 147-KH/TU của Tỉnh ủy;"
            " Hướng dẫn số 15-HD/TU thực hiện Chỉ thị số 35-CT/TW, Hướng dẫn số 26-HD/HU của Huyện ủy",
            [
                ("Kế hoạch số 86-KH/TU", "implements", "Nghị quyết số 18-NQ/TW"),
                ("Hướng dẫn số 15-HD/TU", "implements", "Chỉ thị số 35-CT/TW"),
            ],
        ),
        (
            "Luật Đất đai năm 2024 thay thế Luật Đất đai năm 2013.",
            [("Luật Đất đai năm 2024", "replaces", "Luật Đất đai năm 2013")],
        ),
        (
            "Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị về việc ban hành Quy chế giám sát và phản biện"
            " xã hội",
            [("Quy chế giám sát và phản biện xã hội", "part_of", "Quyết định số 217-QĐ/TW")],
        ),
        (
            "Quy chế dân chủ ở cơ sở được ban hành kèm theo Nghị định số 29/1998/NĐ-CP",
            [("Quy chế dân chủ ở cơ sở", "part_of", "Nghị định số 29/1998/NĐ-CP")],
        ),
        (
            "quán triệt Nghị quyết Trung ương 8 khóa XIII (Nghị quyết số 42-NQ/TW, 43-NQ/TW) tới đảng viên",
            [
                ("Nghị quyết số 42-NQ/TW", "part_of", "Nghị quyết Trung ương 8 khóa XIII"),
                ("43-NQ/TW", "part_of", "Nghị quyết Trung ương 8 khóa XIII"),
            ],
        ),
        (
            "Kế hoạch số 12-KH/TU về việc tổng kết 10 năm thực hiện Nghị quyết số 29-NQ/TW khóa XI",
            [("Kế hoạch số 12-KH/TU", "about", "Nghị quyết số 29-NQ/TW")],
        ),
        (
            "Báo cáo số 123-BC/TU về kết quả 05 năm thực hiện Chỉ thị số 40-CT/TW",
            [("Báo cáo số 123-BC/TU", "about", "Chỉ thị số 40-CT/TW")],
        ),
    ],
)
def test_stated_relations(text: str, stated: list[tuple[str, str, str]]) -> None:
    assert relations(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        "Các chi bộ quán triệt Nghị quyết số 35-NQ/TW, thực hiện Chỉ thị số 05-CT/TW gắn với nhiệm vụ chính trị.",
        "tuyên truyền Nghị quyết số 35-NQ/TW về bảo vệ nền tảng tư tưởng gắn với thực hiện Chỉ thị số 05-CT/TW",
        "Nghị quyết số 35-NQ/TW về bảo vệ nền tảng tư tưởng của Đảng và thực hiện Chỉ thị số 05-CT/TW",
        "Theo Kế hoạch số 15-KH/TU, các đơn vị đã thực hiện Nghị quyết số 42-NQ/TW.",
        "Quán triệt Nghị quyết số 42-NQ/TW. Thực hiện Chỉ thị số 05-CT/TW.",
        "Nghị quyết Trung ương 4 khóa XII thực hiện cùng Chỉ thị số 05-CT/TW",
        "Nghị định số 91/2022/NĐ-CP không thay thế Nghị định số 126/2020/NĐ-CP",
        "Thực hiện Nghị quyết số 57-NQ/TW, các cấp ủy quán triệt Kế hoạch số 20-KH/TU.",
        "Căn cứ Luật Tổ chức chính quyền địa phương, UBND tỉnh ban hành Quyết định số 12/2021/QĐ-UBND.",
        "Nghị quyết Đại hội XIII (Nghị quyết số 42-NQ/TW)",
    ],
)
def test_words_that_say_anything_else_relate_nothing(text: str) -> None:
    assert relations(text) == []


@pytest.mark.usefixtures("own_heap")
def test_lists_of_thousands_take_linear_time() -> None:
    def spent(members: int) -> float:
        text = "Kế hoạch số 15-KH/TU thực hiện " + ", ".join(f"Nghị quyết số {i}-NQ/TW" for i in range(1, members))
        start = time.process_time()
        assert len(relations(text)) == members - 1
        return time.process_time() - start

    spent(50)
    once = min(spent(400) for _ in range(2))
    assert min(spent(1600) for _ in range(2)) < 4 * 2 * once
