"""The hard cases H01-H80 of the study of people and roles, each through the whole pipeline."""

# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass

import pytest

from bantin.engine import extract


@dataclass(frozen=True)
class Case:
    """`people` are canonical names of actors and bylines in order; `roles` are (name, title, organisation)."""

    id: str
    text: str
    people: tuple[str, ...] = ()
    roles: tuple[tuple[str, str, str | None], ...] = ()
    in_name: tuple[str, ...] | None = None
    status: tuple[str, ...] | None = None
    context: tuple[str | None, ...] | None = None
    bylines: tuple[str, ...] | None = None


def case(label: str, text: str, people: str = "", *roles: str, **more: str) -> Case:
    """Names apart by `;`; a role is "name | title | organisation" (empty for none)."""
    parsed = []
    for role in roles:
        name, title, organisation = (part.strip() for part in role.split("|"))
        parsed.append((name, title, organisation or None))
    names = tuple(n.strip() for n in people.split(";") if n.strip())
    extra = {key: tuple(v.strip() or None for v in value.split(";")) for key, value in more.items()}
    return Case(label, text, names, tuple(parsed), **extra)  # type: ignore[arg-type]


END = "Hội nghị thống nhất các nội dung và giao Ban Thường vụ chỉ đạo triển khai thực hiện trong thời gian tới.\n"

CASES = [
    case("H01", "Đến dự có đồng chí Ngô Quang Hưng, Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo Đảng ủy Khối; đồng chí Bùi Trí Tâm, UVBCH Đảng bộ Khối.",
         "Ngô Quang Hưng; Bùi Trí Tâm", "Ngô Quang Hưng | Ủy viên | Ban Thường vụ Đảng ủy Khối", "Ngô Quang Hưng | Trưởng ban | Ban Tuyên giáo Đảng ủy Khối", "Bùi Trí Tâm | Ủy viên | Ban Chấp hành Đảng bộ Khối"),
    case("H02", "Ông Phạm Trung Kiên, bà Lê Công Hạnh và ông Đoàn Văn Bộ cùng dự.", "Phạm Trung Kiên; Lê Công Hạnh; Đoàn Văn Bộ"),
    case("H03", "Đồng chí Hà Văn Lộc-Phó Bí thư Đảng ủy; đồng chí Mai Đức Toàn -Ủy viên Ban Thường vụ Đảng ủy; đồng chí Vũ Đăng Khoa- Phó Bí thư Chi bộ; đồng chí Tạ Văn Út,Phó Giám đốc Sở Y tế.",
         "Hà Văn Lộc; Mai Đức Toàn; Vũ Đăng Khoa; Tạ Văn Út", "Hà Văn Lộc | Phó Bí thư | Đảng ủy", "Mai Đức Toàn | Ủy viên | Ban Thường vụ Đảng ủy", "Vũ Đăng Khoa | Phó Bí thư | Chi bộ", "Tạ Văn Út | Phó Giám đốc | Sở Y tế"),
    case("H04", "Đ/c Hồ Đăng Khôi - Phó Bí thư Đảng ủy Tổng công ty Thuốc lá                     Phát biểu ý kiến", "Hồ Đăng Khôi", "Hồ Đăng Khôi | Phó Bí thư | Đảng ủy Tổng công ty Thuốc lá"),
    case("H05", "Đồng chí Lý Đức Thuận, Trưởng Ban Dân vận   Đảng ủy Khối, chủ trì buổi làm việc.", "Lý Đức Thuận", "Lý Đức Thuận | Trưởng ban | Ban Dân vận Đảng ủy Khối", context="chair"),
    case("H06", "Đ/c Cao Văn Sáng, Bí thư Đảng ủy phát biểu\nĐ/c Cao Văn Sáng, Bí thư Đảng ủy phát biểu", "Cao Văn Sáng; Cao Văn Sáng", "Cao Văn Sáng | Bí thư | Đảng ủy", "Cao Văn Sáng | Bí thư | Đảng ủy"),
    case("H07", "Dự tập huấn có các đồng chí Phó Bí thư Thường trực và Trưởng, Phó Ban Dân vận các Đảng ủy trực thuộc."),
    case("H08", "Cùng dự có các đồng chí Vụ trưởng một số Vụ\nĐ/c Kiều Văn Tính, Phó Bí thư Đảng ủy Khối", "Kiều Văn Tính", "Kiều Văn Tính | Phó Bí thư | Đảng ủy Khối"),
    case("H09", "Đồng chí Trịnh Hữu Nghĩa kết luận. Đồng chí đề nghị các chi bộ báo cáo trước ngày 30.", "Trịnh Hữu Nghĩa"),
    case("H10", "Các đảng viên đã nghiên cứu bài viết của Tổng Bí thư về xây dựng Đảng."),
    case("H11", "Học tập tác phẩm của đồng chí Tổng Bí thư Nguyễn Phú Trọng", "Nguyễn Phú Trọng", "Nguyễn Phú Trọng | Tổng Bí thư |", context="author_of_work"),
    case("H12", "Tuyên truyền chuyến thăm Trung Quốc của Tổng Bí thư Nguyễn Phú Trọng", "Nguyễn Phú Trọng", "Nguyễn Phú Trọng | Tổng Bí thư |", context=""),
    case("H13", "Kỷ niệm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890)", "Hồ Chí Minh", "Hồ Chí Minh | Chủ tịch |", context="historical"),
    case("H14", "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh; theo tấm gương đạo đức Hồ Chí Minh và tư tưởng của Hồ Chí Minh", in_name="Hồ Chí Minh;Hồ Chí Minh;Hồ Chí Minh"),
    case("H15", "Đoàn Thanh niên Cộng sản Hồ Chí minh, Đoàn TNCS HCM và Đội TNTP Hồ Chí Minh", in_name="Hồ Chí Minh;Hồ Chí Minh"),
    case("H16", "Chi bộ đăng ký làm theo Bác, học gương Bác; bác Nam cho biết như vậy.", "Nam", in_name="Hồ Chí Minh;Hồ Chí Minh"),
    case("H17", END + "LH", "LH", bylines="LH"),
    case("H18", END + "Viết Lâm\nThu Hằng (Báo Hải Dương)", "Viết Lâm; Thu Hằng", bylines="Viết Lâm;Thu Hằng"),
    case("H19", "Tin, ảnh: Đặng Gia Bảo\nTin: Lan Chi; Ảnh: Đức Bình\nBài và ảnh: Thu Trang - Minh Đức\nTheo TTXVN\nẢnh: PV", "Đặng Gia Bảo; Lan Chi; Đức Bình; Thu Trang; Minh Đức", bylines="Đặng Gia Bảo;Lan Chi;Đức Bình;Thu Trang;Minh Đức"),
    case("H20", END + "Tô Văn Duy - Phó trưởng ban Tuyên giáo ĐUK", "Tô Văn Duy", "Tô Văn Duy | Phó Trưởng ban | Ban Tuyên giáo Đảng ủy Khối", bylines="Tô Văn Duy"),
    case("H21", "Hồ sơ được trình Trưởng Ban Tuyên giáo Trung ương, Thủ tướng Chính phủ xem xét."),
    case("H22", "Thực hiện Chỉ thị số 16/CT-TTg của Thủ tướng Chính phủ"),
    case("H23", "Thực hiện chỉ đạo của Thường trực Đảng uỷ Khối, Phó Bí thư Thường trực Lê Thị Xuân và Thường trực Ban Bí thư Trần Cẩm Tú", "Lê Thị Xuân; Trần Cẩm Tú", "Lê Thị Xuân | Phó Bí thư Thường trực |", "Trần Cẩm Tú | Thường trực | Ban Bí thư"),
    case("H24", "Đồng chí Đào Văn Minh, Ủy viên Ban Chấp hành Đảng bộ tỉnh, Bí thư Đảng ủy Khối", "Đào Văn Minh", "Đào Văn Minh | Ủy viên | Ban Chấp hành Đảng bộ tỉnh", "Đào Văn Minh | Bí thư | Đảng ủy Khối"),
    case("H25", "Đồng chí Bùi Văn Ân, Trưởng ban Dân vận Đảng uỷ Khối", "Bùi Văn Ân", "Bùi Văn Ân | Trưởng ban | Ban Dân vận Đảng ủy Khối"),
    case("H26", "Sign In. Tag. Mừng Đảng Mừng Xuân, giải Búa Liềm vàng, Nhà máy Sợi Vinatex Nam Định"),
    case("H27", "ĐÔI NÉT VỀ HOẠT ĐỘNG CỦA BAN TUYÊN GIÁO ĐẢNG ỦY KHỐI NĂM 2022"),
    case("H28", "ĐỒNG CHÍ NGUYỄN VĂN NGHĨA, PHÓ BÍ THƯ ĐẢNG ỦY KHỐI", "Nguyễn Văn Nghĩa", "Nguyễn Văn Nghĩa | Phó Bí thư | Đảng ủy Khối"),
    case("H29", "Phó Trưởng Ban Thường trực Ban Tổ chức Trung ương Lê Văn Nam công bố", "Lê Văn Nam", "Lê Văn Nam | Phó Trưởng ban Thường trực | Ban Tổ chức Trung ương"),
    case("H30", "Tổng Bí thư, Chủ tịch nước Tô Lâm tiếp đoàn", "Tô Lâm", "Tô Lâm | Tổng Bí thư |", "Tô Lâm | Chủ tịch nước |"),
    case("H31", "Ủy viên Bộ Chính trị, Thường trực Ban Bí thư Trần Cẩm Tú (phải) trao quà", "Trần Cẩm Tú", "Trần Cẩm Tú | Ủy viên | Bộ Chính trị", "Trần Cẩm Tú | Thường trực | Ban Bí thư"),
    case("H32", "Bí thư Huyện ủy Lò Văn Muôn, Ủy viên Ban Thường vụ Tỉnh ủy, báo cáo", "Lò Văn Muôn", "Lò Văn Muôn | Bí thư | Huyện ủy", "Lò Văn Muôn | Ủy viên | Ban Thường vụ Tỉnh ủy"),
    case("H33", "Ông Trần Lưu, Trưởng Ban Chính sách, chiến lược Trung ương", "Trần Lưu", "Trần Lưu | Trưởng ban | Ban Chính sách, chiến lược Trung ương"),
    case("H34", "Bà Bùi Hoài, Bí thư Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương", "Bùi Hoài", "Bùi Hoài | Bí thư | Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương"),
    case("H35", "Thượng tướng Phạm Hoài, Chủ nhiệm Tổng cục Công nghiệp quốc phòng, Bộ Quốc phòng", "Phạm Hoài", "Phạm Hoài | Chủ nhiệm | Tổng cục Công nghiệp quốc phòng, Bộ Quốc phòng"),
    case("H36", "Bí thư Đảng ủy, Chủ tịch HĐTV, Tổng Giám đốc Tập đoàn Hoa Sen Lê Mạnh Đạt", "Lê Mạnh Đạt", "Lê Mạnh Đạt | Bí thư | Đảng ủy Tập đoàn Hoa Sen", "Lê Mạnh Đạt | Chủ tịch | Hội đồng thành viên Tập đoàn Hoa Sen", "Lê Mạnh Đạt | Tổng Giám đốc | Tập đoàn Hoa Sen"),
    case("H37", "Bí thư Đảng ủy - Chủ tịch HĐTV Lê Anh Sơn kết luận", "Lê Anh Sơn", "Lê Anh Sơn | Bí thư | Đảng ủy", "Lê Anh Sơn | Chủ tịch | Hội đồng thành viên"),
    case("H38", "Ông Trần Văn Bình, Giám đốc kiêm Bí thư Chi bộ, báo cáo", "Trần Văn Bình", "Trần Văn Bình | Giám đốc |", "Trần Văn Bình | Bí thư | Chi bộ"),
    case("H39", "Đồng chí Lê Hải, Tổ trưởng Tổ xây dựng Đề án và dự thảo Nghị quyết chủ trì", "Lê Hải", "Lê Hải | Tổ trưởng | Tổ xây dựng Đề án và dự thảo Nghị quyết"),
    case("H40", "Ông Lê Văn Phú và Hoàng Thị Mơ phát biểu", "Lê Văn Phú; Hoàng Thị Mơ"),
    case("H41", "Dự có các đồng chí: Lê Văn An, Tỉnh ủy viên, Giám đốc Sở Y tế; Trần Văn Bình, Chánh Thanh tra tỉnh; Mai Lan, Phó Chủ tịch Hội Nông dân tỉnh; cùng các đồng chí Thường trực Thành ủy",
         "Lê Văn An; Trần Văn Bình; Mai Lan", "Lê Văn An | Tỉnh ủy viên |", "Lê Văn An | Giám đốc | Sở Y tế", "Trần Văn Bình | Chánh Thanh tra | Thanh tra tỉnh", "Mai Lan | Phó Chủ tịch | Hội Nông dân tỉnh"),
    case("H42", "Đồng chí Lê Văn An, Phó Bí thư Thành ủy, đồng chí Trần Bình, Trưởng Ban Dân vận Thành ủy, Thiếu tướng Phạm Cường, Giám đốc Công an tỉnh đến dự",
         "Lê Văn An; Trần Bình; Phạm Cường", "Lê Văn An | Phó Bí thư | Thành ủy", "Trần Bình | Trưởng ban | Ban Dân vận Thành ủy", "Phạm Cường | Giám đốc | Công an tỉnh"),
    case("H43", "Các đồng chí Phó Bí thư Đảng ủy Khối: Lê Văn An, Trần Bình và Mai Lan", "Lê Văn An; Trần Bình; Mai Lan", "Lê Văn An | Phó Bí thư | Đảng ủy Khối", "Trần Bình | Phó Bí thư | Đảng ủy Khối", "Mai Lan | Phó Bí thư | Đảng ủy Khối"),
    case("H44", "Năm Phó Chủ tịch Hội Nông dân gồm các đồng chí: Lê An, Trần Bình, Mai Chi, Hà Dung, Vũ Em.", "Lê An; Trần Bình; Mai Chi; Hà Dung; Vũ Em",
         *(f"{n} | Phó Chủ tịch | Hội Nông dân" for n in ("Lê An", "Trần Bình", "Mai Chi", "Hà Dung", "Vũ Em"))),
    case("H45", "Ông Lê Văn An và ông Trần Văn Bình, đều là Phó Giám đốc Sở Y tế", "Lê Văn An; Trần Văn Bình", "Lê Văn An | Phó Giám đốc | Sở Y tế", "Trần Văn Bình | Phó Giám đốc | Sở Y tế"),
    case("H46", "Các đồng chí Lê Văn An, Trần Văn Bình - Phó Bí thư Huyện ủy", "Lê Văn An; Trần Văn Bình", "Lê Văn An | Phó Bí thư | Huyện ủy", "Trần Văn Bình | Phó Bí thư | Huyện ủy"),
    case("H46-one", "Ông Lê Văn An, Trần Văn Bình - Phó Bí thư Huyện ủy", "Lê Văn An; Trần Văn Bình", "Trần Văn Bình | Phó Bí thư | Huyện ủy"),
    case("H47", "Đồng chí Lê Trung Hiếu, đồng chí Vũ Trí Thắng và đồng chí Trần Đăng Kiên dự. Các đồng chí Hiếu, Thắng, Kiên phát biểu.", "Lê Trung Hiếu; Vũ Trí Thắng; Trần Đăng Kiên; Lê Trung Hiếu; Vũ Trí Thắng; Trần Đăng Kiên"),
    case("H48", "Tổ soạn thảo có các ông Lê Văn An (Tổ trưởng), Trần Bình (Tổ phó), Mai Chi, Hà Dung (ủy viên)", "Lê Văn An; Trần Bình; Mai Chi; Hà Dung", "Lê Văn An | Tổ trưởng |", "Trần Bình | Tổ phó |", "Mai Chi | Ủy viên |", "Hà Dung | Ủy viên |"),
    case("H49", "Ông Phạm Văn Chính và bà Đỗ Thị Minh dự. Theo ông Chính, Chính phủ đã chỉ đạo; bà Minh nhất trí về tài chính.", "Phạm Văn Chính; Đỗ Thị Minh; Phạm Văn Chính; Đỗ Thị Minh"),
    case("H49-two", "Ông Phạm Văn Chính và ông Lê Quang Chính dự. Theo ông Chính, kế hoạch khả thi.", "Phạm Văn Chính; Lê Quang Chính; Chính"),
    case("H50", "Phó Bí thư Thường trực yêu cầu làm rõ. Đồng chí Bí thư Đảng ủy Khối kết luận."),
    case("H51", "Ông Mai Văn C, 63 tuổi, quê xã Đức Hòa, Thạc sĩ", "Mai Văn C"),
    case("H52", "Ông Mai Văn Cảnh kể lại. Trước 10/2010, ông Cảnh là Chuyên viên Văn phòng Tỉnh ủy; sau đó giữ chức Phó Bí thư rồi Phó Bí thư Thường trực Tỉnh ủy.", "Mai Văn Cảnh; Mai Văn Cảnh",
         "Mai Văn Cảnh | Chuyên viên | Văn phòng Tỉnh ủy", "Mai Văn Cảnh | Phó Bí thư | Tỉnh ủy", "Mai Văn Cảnh | Phó Bí thư Thường trực | Tỉnh ủy"),
    case("H53", "Đồng chí Lê Văn An, nguyên Bí thư Trung ương Đảng, nguyên Trưởng Ban Tổ chức Trung ương", "Lê Văn An", "Lê Văn An | Bí thư | Trung ương Đảng", "Lê Văn An | Trưởng ban | Ban Tổ chức Trung ương", status="former;former"),
    case("H54", "Bà Lê Thị Ánh, nguyên Phó Chủ tịch nước, Chủ tịch Hội Khuyến học Việt Nam", "Lê Thị Ánh", "Lê Thị Ánh | Phó Chủ tịch nước |", "Lê Thị Ánh | Chủ tịch | Hội Khuyến học Việt Nam", status="former;current"),
    case("H55", "Đồng chí Lê Văn An, nguyên Phó Bí thư, Trưởng Ban Tổ chức Tỉnh ủy", "Lê Văn An", "Lê Văn An | Phó Bí thư | Tỉnh ủy", "Lê Văn An | Trưởng ban | Ban Tổ chức Tỉnh ủy", status="former;former"),
    case("H56", "Dự có cố Tổng Bí thư Đỗ Mười; tân Bí thư Huyện ủy Hà Sơn; Q. Giám đốc Sở Nội vụ Lê Văn Tú", "Đỗ Mười; Hà Sơn; Lê Văn Tú", "Đỗ Mười | Tổng Bí thư |", "Hà Sơn | Bí thư | Huyện ủy", "Lê Văn Tú | Quyền Giám đốc | Sở Nội vụ", status="late;current;acting"),
    case("H57", "Đồng chí Lê Văn An thôi giữ chức Phó Bí thư Huyện ủy; được điều động, chỉ định tham gia Ban Chấp hành và giữ chức Bí thư Thị ủy nhiệm kỳ 2020-2025", "Lê Văn An", "Lê Văn An | Bí thư | Thị ủy"),
    case("H58", "Hội nghị giới thiệu đồng chí Lê Văn An để bầu giữ chức Chủ tịch UBND huyện", "Lê Văn An", "Lê Văn An | Chủ tịch | Ủy ban nhân dân huyện", status="proposed"),
    case("H59", "Đồng chí Lê Văn An tái cử Bí thư Huyện ủy; đồng chí Mai Văn Ba bị cách chức Giám đốc Sở Y tế", "Lê Văn An; Mai Văn Ba", "Lê Văn An | Bí thư | Huyện ủy"),
    case("H60", "Bí thư Tỉnh ủy Lê Văn An trao quyết định bổ nhiệm Giám đốc Sở Y tế cho đồng chí Mai Văn Ba", "Lê Văn An; Mai Văn Ba", "Lê Văn An | Bí thư | Tỉnh ủy", "Mai Văn Ba | Giám đốc | Sở Y tế"),
    case("H61", "Tặng quà các đồng chí đã chuyển công tác khác"),
    case("H62", "Đồng chí Lê An, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh, Trưởng Đoàn ĐBQH khóa XIII của tỉnh", "Lê An", "Lê An | Bí thư | Tỉnh ủy", "Lê An | Chủ tịch | Hội đồng nhân dân tỉnh", "Lê An | Trưởng đoàn | Đoàn đại biểu Quốc hội"),
    case("H63", "Ông Lê An, Ủy viên Ban Chấp hành Đảng bộ Khối khóa I, nhiệm kỳ 2020 - 2025", "Lê An", "Lê An | Ủy viên | Ban Chấp hành Đảng bộ Khối"),
    case("H64", "Bà H'Hen Niê, bà H’Hen Niê và chị Ayun H’Bút", "H'Hen Niê; H'Hen Niê; Ayun H'Bút"),
    case("H65", "Đồng chí Y Thông và ông A Tuấn", "Y Thông; A Tuấn"),
    case("H66", "Ông K' Mák, ông K’Mák, ông K'Mák", "K'Mák; K'Mák; K'Mák"),
    case("H67", "Ông Ksor Phước, bà Rơ Châm Hồng, ông Siu Hương", "Ksor Phước; Rơ Châm Hồng; Siu Hương"),
    case("H68", "Ông Lò Văn Muôn, ông Hầu A Lềnh, bà Giàng Páo Mỷ, ông Y Ly Niê Kđăm", "Lò Văn Muôn; Hầu A Lềnh; Giàng Páo Mỷ; Y Ly Niê Kđăm"),
    case("H69", "Đồng chí Lệt Xay Nha Phon, Tỉnh trưởng tỉnh Attapeu", "Lệt Xay Nha Phon", "Lệt Xay Nha Phon | Tỉnh trưởng | Tỉnh Attapeu"),
    case("H70", "Bà Nguyễn Thị Thuý Hoà, ông Ðỗ Văn Hiệp và ông Trần\u00a0Văn Quý; bà Nguyễn Thị Thúy Hòa", "Nguyễn Thị Thúy Hòa; Đỗ Văn Hiệp; Trần Văn Quý; Nguyễn Thị Thúy Hòa"),
    case("H71", "Diễu hành qua đường Trần Phú, phố Lê Duẩn, huyện Trần Đề và phường Nguyễn Thái Bình"),
    case("H72", "Thăm Trường THPT Lê Hồng Phong, Bệnh viện Nguyễn Tri Phương, Công ty TNHH Hoàng Long, NXB Kim Đồng"),
    case("H73", "TP. Hồ Chí Minh, TPHCM, Đường Hồ Chí Minh, Học viện Chính trị quốc gia Hồ Chí Minh, Lăng Hồ Chí Minh"),
    case("H74", "Chủ tịch UBND TP. Hồ Chí Minh Phan Văn Mãi kiểm tra", "Phan Văn Mãi", "Phan Văn Mãi | Chủ tịch | Ủy ban nhân dân Thành phố Hồ Chí Minh"),
    case("H75", "Chủ nghĩa Mác - Lênin, Giải thưởng Trần Văn Giàu, phong trào Trần Quốc Toản, Di chúc Chủ tịch Hồ Chí Minh"),
    case("H76", "Đồng chí Lê Văn An (thứ hai từ trái sang) và ông Trần Bình (bìa phải) trao quà. Ảnh: Hoàng Anh\nToàn cảnh hội nghị. Ảnh: TTXVN", "Lê Văn An; Trần Bình; Hoàng Anh", bylines="Hoàng Anh"),
    case("H77", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n(đã ký)\nNguyễn Văn Nghĩa", "Nguyễn Văn Nghĩa", "Nguyễn Văn Nghĩa | Phó Bí thư | Ban Thường vụ"),
    case("H78", "Bí thư thứ nhất Đại sứ quán Lê Văn An và Trưởng Ban Tổ chức Cuộc thi Trần Bình", "Lê Văn An; Trần Bình", "Lê Văn An | Bí thư thứ nhất | Đại sứ quán", "Trần Bình | Trưởng ban | Ban Tổ chức Cuộc thi"),
    case("H79", "Nâng cao kỹ năng của bí thư chi bộ, vai trò người đứng đầu, đội ngũ Báo cáo viên, cán bộ CNVC"),
    case("H80", "Ông Nguyễn Văn Hùng, Giám đốc Sở Y tế tỉnh Hà Nam và ông Nguyễn Văn Hùng, Giám đốc Sở Y tế tỉnh Hà Giang", "Nguyễn Văn Hùng; Nguyễn Văn Hùng", "Nguyễn Văn Hùng | Giám đốc | Sở Y tế tỉnh Hà Nam", "Nguyễn Văn Hùng | Giám đốc | Sở Y tế tỉnh Hà Giang"),
]  # fmt: skip

KNOWN = {}
"""Known failures with their reason."""


def _parameter(it: Case) -> object:
    marks = [pytest.mark.xfail(reason=KNOWN[it.id], strict=True)] if it.id in KNOWN else []
    return pytest.param(it, id=it.id, marks=marks)


@pytest.mark.parametrize("it", [_parameter(c) for c in CASES])
def test_hard_case(it: Case) -> None:
    found = extract(it.text)
    people = [m for m in found.of("people") if m.value.mention_type != "in_name"]
    roles = found.of("roles")
    assert [m.value.name for m in people] == list(it.people)
    assert [(m.value.name, m.value.title, m.value.organisation) for m in roles] == list(it.roles)
    if it.in_name is not None:
        assert [m.value.name for m in found.of("people") if m.value.mention_type == "in_name"] == list(it.in_name)
    if it.status is not None:
        assert [m.value.status for m in roles] == list(it.status)
    if it.context is not None:
        assert [m.value.context for m in people] == list(it.context)
    if it.bylines is not None:
        assert [m.value.name for m in people if m.value.mention_type == "byline"] == list(it.bylines)


def test_all_eighty_cases_are_here() -> None:
    assert {c.id[:3] for c in CASES} == {f"H{n:02}" for n in range(1, 81)}
