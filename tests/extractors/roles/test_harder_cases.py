# ruff: noqa: E501
"""Hard cases beyond H01-H80, each through the whole pipeline: what fresh pages and a deliberate search for faults showed."""

from __future__ import annotations

import pytest

from bantin.engine import extract

Found = tuple[list[str], list[tuple[str, str, str | None]]]


def _found(text: str) -> Found:
    """Actors and bylines in order; and (name, title, organisation)."""
    result = extract(text)
    people = [m.value.name for m in result.of("people") if m.value.mention_type != "in_name"]
    return people, [(m.value.name, m.value.title, m.value.organisation) for m in result.of("roles")]


def _expected(people: str, roles: tuple[str, ...]) -> Found:
    """Names apart by `;`; a role is "name | title | organisation", the organisation empty for none."""
    parsed = []
    for role in roles:
        name, title, organisation = (part.strip() for part in role.split("|"))
        parsed.append((name, title, organisation or None))
    return [n.strip() for n in people.split(";") if n.strip()], parsed


CASES = [
    # capitals, title case, hyphens, lost spaces
    ("capitals in a title", "BÍ THƯ TỈNH ỦY TRẦN VĂN LÂM THĂM XÃ HÒA AN", "Trần Văn Lâm", "Trần Văn Lâm | Bí thư | Tỉnh ủy"),
    ("capitals of a body", "ĐỒNG CHÍ LÊ THỊ HOA, CHỦ TỊCH HỘI LIÊN HIỆP PHỤ NỮ TỈNH", "Lê Thị Hoa", "Lê Thị Hoa | Chủ tịch | Hội Liên hiệp Phụ nữ tỉnh"),
    ("name in capitals in a sentence", "- Chủ tịch UBND tỉnh PHAN THẾ HẢI: Năm qua tỉnh đã vượt khó.", "Phan Thế Hải", "Phan Thế Hải | Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("title case of posts", "Đồng Chí Phạm Văn Tuân, Phó Chủ Tịch Ủy Ban Nhân Dân Huyện, dự.", "Phạm Văn Tuân", "Phạm Văn Tuân | Phó Chủ tịch | Ủy ban nhân dân Huyện"),
    ("body in lower case", "Bà Lê Thị Hoa, phó trưởng ban tuyên giáo tỉnh ủy, báo cáo.", "Lê Thị Hoa", "Lê Thị Hoa | Phó Trưởng ban | Ban Tuyên giáo Tỉnh ủy"),
    ("hyphen before a post in lower case", "Đồng chí Vũ Văn Nam-phó Bí thư Huyện ủy đọc báo cáo.", "Vũ Văn Nam", "Vũ Văn Nam | Phó Bí thư | Huyện ủy"),
    ("hyphen before a common word", "Nguyễn Văn Nam-người con của quê hương", "Nguyễn Văn Nam"),
    ("hyphens between names and posts", "Gồm: Lê Văn Nam-Bí thư Đảng ủy; Mai Thị Lan-Chủ tịch Công đoàn", "Lê Văn Nam; Mai Thị Lan", "Lê Văn Nam | Bí thư | Đảng ủy", "Mai Thị Lan | Chủ tịch | Công đoàn"),
    ("a lost space behind a credit", "Ảnh: Lan ChiHội nghị đã thảo luận", "Lan Chi"),
    ("chức vụ before a capital", "Ông Lê Văn Nam giữ chức vụ Trưởng Ban Dân vận Tỉnh ủy.", "Lê Văn Nam", "Lê Văn Nam | Trưởng ban | Ban Dân vận Tỉnh ủy"),
    ("head of an investigating office", "Thượng tá Đỗ Văn Quý, Thủ trưởng Cơ quan Cảnh sát điều tra Công an tỉnh, chủ trì.", "Đỗ Văn Quý", "Đỗ Văn Quý | Thủ trưởng | Cơ quan Cảnh sát điều tra Công an tỉnh"),
    ("heads without a holder", "Thủ trưởng các cơ quan, đơn vị nghe ông Đỗ Văn Quý báo cáo.", "Đỗ Văn Quý"),
    # names
    ("unknown surname with a middle name", "Bí thư Huyện ủy Chảng Văn Lâm kết luận.", "Chảng Văn Lâm", "Chảng Văn Lâm | Bí thư | Huyện ủy"),
    ("rare surname behind a city", "Phó Bí thư Thành ủy TP.HCM Tất Thành Công phát biểu.", "Tất Thành Công", "Tất Thành Công | Phó Bí thư | Thành ủy Thành phố Hồ Chí Minh"),
    ("name of the Highlands with a clan", "Già Y Hơ Êban kể chuyện. Già Y Hơ được bà con tin.", "Y Hơ Êban; Y Hơ Êban"),
    ("one syllable no Kinh name has", "Ông Hmrik, làng Ia Nueng, và ông Yưuh, xã Hà Tây.", "Hmrik; Yưuh"),
    ("village elder of one syllable", "Già làng Tút (70 tuổi) ở làng Chuét hòa giải giỏi.", "Tút"),
    ("alias led by Ama", "Bà con tin già làng Ama Thuột. Năm nay, Ama Thuột tròn 80 tuổi.", "Ama Thuột; Ama Thuột"),
    ("Hmong name behind a commune", "Chủ tịch UBND xã Mản Thẩn Giàng Seo Dơ cho biết.", "Giàng Seo Dơ", "Giàng Seo Dơ | Chủ tịch | Ủy ban nhân dân xã Mản Thẩn"),
    ("Jrai double clan", "Đồng chí Rah Lan Hùng-Phó Bí thư Tỉnh ủy dự.", "Rah Lan Hùng", "Rah Lan Hùng | Phó Bí thư | Tỉnh ủy"),
    ("Khmer monk", "Hòa thượng Tăng Sô, Trưởng ban Trị sự Giáo hội Phật giáo tỉnh", "Tăng Sô", "Tăng Sô | Trưởng ban | Ban Trị sự Giáo hội Phật giáo tỉnh"),
    ("hyphens of a Lao name", "Đoàn do đồng chí Lếch-lay Sỉ-vi-lay, Bí thư, Tỉnh trưởng làm Trưởng đoàn.", "Lếch-lay Sỉ-vi-lay", "Lếch-lay Sỉ-vi-lay | Bí thư |", "Lếch-lay Sỉ-vi-lay | Tỉnh trưởng |", "Lếch-lay Sỉ-vi-lay | Trưởng đoàn |"),
    ("inner capital of a Lao name", "Đồng chí BounThong Divixay, Tỉnh trưởng tỉnh Champasak, đến thăm.", "BounThong Divixay", "BounThong Divixay | Tỉnh trưởng | Tỉnh Champasak"),
    ("a country before a foreign name", "Thủ tướng Malaysia Abdullah Badawi đón đoàn.", "Abdullah Badawi", "Abdullah Badawi | Thủ tướng | Malaysia"),
    ("the party of another country", "Tổng Bí thư Ban Chấp hành Trung ương Đảng Cộng sản Trung Quốc, Chủ tịch nước Cộng hòa Nhân dân Trung Hoa Tập Cận Bình", "Tập Cận Bình", "Tập Cận Bình | Tổng Bí thư | Ban Chấp hành Trung ương Đảng Cộng sản Trung Quốc", "Tập Cận Bình | Chủ tịch nước | Cộng hòa Nhân dân Trung Hoa"),
    ("a party that is no more", "Tổng Bí thư Đảng Cộng sản Đông Dương Lê Hồng Phong", "Lê Hồng Phong", "Lê Hồng Phong | Tổng Bí thư | Đảng Cộng sản Đông Dương"),
    ("martyr with an uncommon given name", "Liệt sỹ Dư Văn Lạo, quê quán xã Vạn Kim", "Dư Văn Lạo"),
    ("a name of one syllable with its apostrophe", "Bà là K’Hiên, Bí thư Chi bộ thôn; năm nay được mùa.", "K'Hiên", "K'Hiên | Bí thư | Chi bộ thôn"),
    ("a rare surname with a middle name", "Phó Chủ tịch HĐND huyện Tào Thị Tố Nhởn dự lễ.", "Tào Thị Tố Nhởn", "Tào Thị Tố Nhởn | Phó Chủ tịch | Hội đồng nhân dân huyện"),
    ("a team with its number", "Ông Lý Hùng Em, Phó Bí thư Huyện ủy làm Trưởng đoàn kiểm tra, giám sát số 01", "Lý Hùng Em", "Lý Hùng Em | Phó Bí thư | Huyện ủy", "Lý Hùng Em | Trưởng đoàn | Đoàn kiểm tra, giám sát số 01"),
    # not names
    ("places named after people", "Cử tri các phường Trần Phú, Lê Lợi, Hoàng Văn Thụ và Võ Thị Sáu kiến nghị."),
    ("island and festival", "Du khách đến đảo Cô Tô, núi Bà Đen, lễ hội Bà Chúa Xứ và khởi nghĩa Hai Bà Trưng."),
    ("firms with posts in a list", "Giám đốc Công ty Hoàng Long, Chủ tịch Tập đoàn Sơn Hà được khen."),
    ("song of Bác", "Bài hát Bác Hồ Một Tình Yêu Bao La", ""),
    ("a football club", "Đội Hoàng Anh Gia Lai thắng Thanh Hóa"),
    ("slogan", "Đảng Cộng sản Việt Nam Quang Vinh Muôn Năm"),
    ("officers' school", "Học viên Trường Sĩ quan Trần Quốc Tuấn diễu hành"),
    ("scholarship fund", "Quỹ học bổng Vừ A Dính trao 100 suất"),
    ("youth union of a firm", "Bà Hoàng Việt Hà, Phó Bí thư Đoàn Than Quảng Ninh", "Hoàng Việt Hà", "Hoàng Việt Hà | Phó Bí thư | Đoàn Than Quảng Ninh"),
    ("a border gate", "Ông Lê Văn Nam, Trưởng Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn", "Lê Văn Nam", "Lê Văn Nam | Trưởng ban | Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn"),
    # bylines
    ("photographer in capitals without a colon", "Đoàn tặng quà cho bà con vùng lũ. Ảnh CÔNG HOÀN", "Công Hoàn"),
    ("author and time at the top", "Bùi Ánh - 14:20 28/09/2023 GMT+7\nHội Nông dân tỉnh tổ chức đại hội với 304 đại biểu chính thức.", "Bùi Ánh"),
    ("agency behind the photographer", "Bị cáo tại tòa. Ảnh: Doãn Tiến - TTXVN", "Doãn Tiến"),
    # posts
    ("abbreviated memberships", "Đồng chí Tôn Văn Hải, HUV, Trưởng Phòng Nội vụ huyện", "Tôn Văn Hải", "Tôn Văn Hải | Huyện ủy viên |", "Tôn Văn Hải | Trưởng phòng | Phòng Nội vụ huyện"),
    ("standing committee without its ban", "Ông Phùng Văn Hùng - Thường vụ Tỉnh ủy - Phó Chủ tịch UBND tỉnh, lãnh đạo một số Sở", "Phùng Văn Hùng", "Phùng Văn Hùng | Ủy viên | Ban Thường vụ Tỉnh ủy", "Phùng Văn Hùng | Phó Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("dash inside one post", "Phó Chủ tịch – Tổng Thư ký UBTƯ MTTQ Việt Nam Nguyễn Thị Thu", "Nguyễn Thị Thu", "Nguyễn Thị Thu | Phó Chủ tịch - Tổng Thư ký | Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
    ("offices of the army", "Đại tá Đặng Văn Hòa, Phó Chủ nhiệm Hậu cần Quân khu; Đại tá Lê Văn Thục, Phó Tham mưu trưởng Quân khu", "Đặng Văn Hòa; Lê Văn Thục", "Đặng Văn Hòa | Phó Chủ nhiệm Hậu cần | Quân khu", "Lê Văn Thục | Phó Tham mưu trưởng | Quân khu"),
    ("liaison board", "Trung tướng Tiêu Văn Mẫn, Trưởng BLL Mặt trận Tây Nguyên", "Tiêu Văn Mẫn", "Tiêu Văn Mẫn | Trưởng ban | Ban liên lạc Mặt trận Tây Nguyên"),
    ("central youth union before a name like it", "Bí thư thứ nhất T.Ư Đoàn Lê Quốc Phương dự.", "Lê Quốc Phương", "Lê Quốc Phương | Bí thư thứ nhất | Trung ương Đoàn"),
    ("a province that begins like a form of address", "Bà Lê Thị Yến, nguyên Phó Bí thư Tỉnh ủy Bà Rịa-Vũng Tàu", "Lê Thị Yến", "Lê Thị Yến | Phó Bí thư | Tỉnh ủy Bà Rịa-Vũng Tàu"),
    ("a club in quotation marks", "Bà Trương Thị Hoa, Chủ nhiệm Câu lạc bộ “Vì biển đảo quê hương”", "Trương Thị Hoa", "Trương Thị Hoa | Chủ nhiệm | Câu lạc bộ “Vì biển đảo quê hương”"),
    ("a fund named after somebody", "Bà Trương Thị Hoa, Chủ tịch Quỹ học bổng Vừ A Dính", "Trương Thị Hoa", "Trương Thị Hoa | Chủ tịch | Quỹ học bổng Vừ A Dính"),
    ("founding council of a bank", "Ông Lê Đức Kiên, nguyên Phó Chủ tịch Hội đồng sáng lập Ngân hàng Á Châu", "Lê Đức Kiên", "Lê Đức Kiên | Phó Chủ tịch | Hội đồng sáng lập Ngân hàng Á Châu"),
    ("assistant to a minister", "Ông Ngô Giang Hào, Trợ lý Bộ trưởng Ngoại giao", "Ngô Giang Hào", "Ngô Giang Hào | Trợ lý Bộ trưởng | Ngoại giao"),
    ("a body printed twice", "Đồng chí Trần Minh Thắng, tân Ủy viên Ủy ban UBND tỉnh", "Trần Minh Thắng", "Trần Minh Thắng | Ủy viên | Ủy ban nhân dân tỉnh"),
    ("capitals of official use", "Bà Bùi Thị Thơ, Phó Chủ tịch Ban chấp hành Hội nông dân tỉnh", "Bùi Thị Thơ", "Bùi Thị Thơ | Phó Chủ tịch | Ban Chấp hành Hội Nông dân tỉnh"),
    ("many offices behind a comma", "Ông Lê Văn Nam, Phó Chủ tịch UBND tỉnh, các sở ngành dự.", "Lê Văn Nam", "Lê Văn Nam | Phó Chủ tịch | Ủy ban nhân dân tỉnh"),
    # holders
    ("the topic is not the speaker", "Đối với đồng chí Bùi Đức Hoàng, Bí thư Tỉnh ủy nhấn mạnh đây là vinh dự.", "Bùi Đức Hoàng"),
    ("the clause before its subject", "Trên cương vị Giám đốc Sở Y tế, ông Lê Văn Nam đã làm nhiều việc.", "Lê Văn Nam", "Lê Văn Nam | Giám đốc | Sở Y tế"),
    ("elected, then named", "Được bà con bầu làm Bí thư Chi bộ thôn Tảo Giàng, đồng chí Hù Văn Chung luôn gương mẫu.", "Hù Văn Chung", "Hù Văn Chung | Bí thư | Chi bộ thôn Tảo Giàng"),
    ("who gives is not who gets", "Sau khi trao quyết định bổ nhiệm Giám đốc Sở Y tế, đồng chí Lê Văn Nam phát biểu.", "Lê Văn Nam"),
    ("three confirmed in one post", "Ban Bí thư chuẩn y 3 đồng chí giữ chức Ủy viên Ban Thường vụ Tỉnh ủy là: Lê Văn Nam (Phó Chủ tịch HĐND tỉnh); Mai Thị Lan (Bí thư Huyện ủy Hải Hà).", "Lê Văn Nam; Mai Thị Lan", "Lê Văn Nam | Ủy viên | Ban Thường vụ Tỉnh ủy", "Mai Thị Lan | Ủy viên | Ban Thường vụ Tỉnh ủy", "Lê Văn Nam | Phó Chủ tịch | Hội đồng nhân dân tỉnh", "Mai Thị Lan | Bí thư | Huyện ủy Hải Hà"),
    ("one post for two", "Phê chuẩn kết quả bầu Phó Chủ tịch HĐND tỉnh khóa XIII đối với bà Lê Thị Vân và ông Đoàn Văn Phi.", "Lê Thị Vân; Đoàn Văn Phi", "Lê Thị Vân | Phó Chủ tịch | Hội đồng nhân dân tỉnh", "Đoàn Văn Phi | Phó Chủ tịch | Hội đồng nhân dân tỉnh"),
    ("two with posts of their own are elected", "Ông Lê Văn Nam - Giám đốc Sở Y tế, và ông Mai Văn Tiệp - Bí thư Huyện ủy Ia Grai, được bầu giữ chức Phó Chủ tịch UBND tỉnh.", "Lê Văn Nam; Mai Văn Tiệp", "Lê Văn Nam | Giám đốc | Sở Y tế", "Mai Văn Tiệp | Bí thư | Huyện ủy Ia Grai", "Lê Văn Nam | Phó Chủ tịch | Ủy ban nhân dân tỉnh", "Mai Văn Tiệp | Phó Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("death notice", "Đồng chí Lê Văn Trọng, sinh ngày 11/11/1942; quê quán: xã Bình Hòa; vào Đảng ngày 25/10/1964; Ủy viên Ban Chấp hành Trung ương Đảng khóa VII, Bí thư Tỉnh ủy.", "Lê Văn Trọng", "Lê Văn Trọng | Ủy viên | Ban Chấp hành Trung ương Đảng", "Lê Văn Trọng | Bí thư | Tỉnh ủy"),
    ("he was, in the next paragraph", "Ông Lê Văn Trân sinh năm 1917.\nÔng nguyên là: Bí thư Thành ủy Hà Nội, Bộ trưởng Bộ Công nghiệp nặng.", "Lê Văn Trân", "Lê Văn Trân | Bí thư | Thành ủy Hà Nội", "Lê Văn Trân | Bộ trưởng | Bộ Công nghiệp nặng"),
    ("heads removed are no holders", "HĐND tỉnh miễn nhiệm chức vụ Phó Chủ tịch UBND tỉnh đối với các ông Đỗ Văn Đông và Kpă Thuyên.", "Đỗ Văn Đông; Kpă Thuyên"),
    ("posts of nobody before a list of others", "Kính gửi Chủ tịch UBND tỉnh. Dự họp có ông Lê Văn Nam, bà Mai Lan.", "Lê Văn Nam; Mai Lan"),
    ("an office acts beside a person", "Ông Lê Văn Nam kiến nghị. Giao Giám đốc Sở Y tế giải quyết.", "Lê Văn Nam"),
    ("post in brackets before the age", "Lê Vũ Kỳ (58 tuổi, nguyên Phó Chủ tịch HĐQT ACB) bị truy tố.", "Lê Vũ Kỳ", "Lê Vũ Kỳ | Phó Chủ tịch | Hội đồng quản trị ACB"),
    ("acting head", "Quyền Giám đốc Bệnh viện Đa khoa tỉnh Lê Văn Nam tiếp đoàn.", "Lê Văn Nam", "Lê Văn Nam | Quyền Giám đốc | Bệnh viện Đa khoa tỉnh"),
    ("posts joined by kiêm across two bodies", "Ông Hồ Văn Thế - Trưởng ban Dân tộc tỉnh kiêm Giám đốc Ban Quản lý dự án", "Hồ Văn Thế", "Hồ Văn Thế | Trưởng ban | Ban Dân tộc tỉnh", "Hồ Văn Thế | Giám đốc | Ban Quản lý dự án"),
    ("a middle name in lower case", "Ông Lê văn Trung và bà Trần thị Lan theo Công văn Số 5 dự.", "Lê Văn Trung; Trần Thị Lan"),
    ("until somebody is found", "Phân công ông Đỗ Hữu Trí, Phó Bí thư Quận ủy, điều hành cho đến khi có nhân sự giữ chức Bí thư Quận ủy.", "Đỗ Hữu Trí", "Đỗ Hữu Trí | Phó Bí thư | Quận ủy"),
    ("he is not yet", "Hiện nay ông Trần Thế Thuận chưa là Thành ủy viên.", "Trần Thế Thuận"),
    ("a head count with gồm", "Thành ủy có 4 phó bí thư gồm: ông Lê Văn Cảng, bà Võ Thị Dung.", "Lê Văn Cảng; Võ Thị Dung"),
    ("one post for a long list", "Bổ nhiệm chức vụ Phó Tổng Biên tập báo Sóng Xanh đối với ông Lê Ngọc Anh, bà Bùi Thị Sương, ông Lê Minh Tùng (nguyên Tổng Biên tập báo Bình Dương).", "Lê Ngọc Anh; Bùi Thị Sương; Lê Minh Tùng", "Lê Ngọc Anh | Phó Tổng Biên tập | Báo Sóng Xanh", "Bùi Thị Sương | Phó Tổng Biên tập | Báo Sóng Xanh", "Lê Minh Tùng | Phó Tổng Biên tập | Báo Sóng Xanh", "Lê Minh Tùng | Tổng Biên tập | Báo Bình Dương"),
    ("a committee membership shared with và", "Bầu Lê Thị Vân và Ngô Anh Giang, Ủy viên Ban Chấp hành Chi đoàn điều hành đại hội.", "Lê Thị Vân; Ngô Anh Giang", "Lê Thị Vân | Ủy viên | Ban Chấp hành Chi đoàn", "Ngô Anh Giang | Ủy viên | Ban Chấp hành Chi đoàn"),
    ("a member of the committee of a firm", "Đồng chí Lê Anh Tùng, Đảng ủy viên Tổng Công ty – Ủy viên Ban Thường vụ Đảng ủy Cơ quan", "Lê Anh Tùng", "Lê Anh Tùng | Đảng ủy viên | Tổng Công ty", "Lê Anh Tùng | Ủy viên | Ban Thường vụ Đảng ủy Cơ quan"),
    ("a rank between two posts", "Đồng chí Trần Đình Hùng UVBTV tỉnh ủy- Đại tá, Chỉ huy trưởng Bộ CHQS tỉnh", "Trần Đình Hùng", "Trần Đình Hùng | Ủy viên | Ban Thường vụ Tỉnh ủy", "Trần Đình Hùng | Chỉ huy trưởng | Bộ Chỉ huy Quân sự tỉnh"),
    ("a comma in an abbreviation", "Đồng chí Trịnh Ngọc Trung - Bí thư Đoàn TN Bộ VH,TT&DL", "Trịnh Ngọc Trung", "Trịnh Ngọc Trung | Bí thư | Đoàn Thanh niên Bộ Văn hóa, Thể thao và Du lịch"),
    ("a signature in lower case", "KT. THỦ TƯỚNG\nPhó Thủ tướng\n(Đã ký)\nNguyễn Sinh Hải", "Nguyễn Sinh Hải", "Nguyễn Sinh Hải | Phó Thủ tướng |"),
    ("a semicolon between the posts of who acts", "Bà Lê Thị Hoa, nguyên Phó Chủ tịch nước; Chủ tịch Hội Khuyến học phát biểu.", "Lê Thị Hoa", "Lê Thị Hoa | Phó Chủ tịch nước |", "Lê Thị Hoa | Chủ tịch | Hội Khuyến học"),
    ("a given name that is a status word", "Đồng chí Phạm Thế Quyền- Bí thư Huyện ủy; ông Lê Văn Nguyên - Giám đốc Sở Y tế; tân Bí thư Lê Văn Tân", "Phạm Thế Quyền; Lê Văn Nguyên; Lê Văn Tân", "Phạm Thế Quyền | Bí thư | Huyện ủy", "Lê Văn Nguyên | Giám đốc | Sở Y tế", "Lê Văn Tân | Bí thư |"),
    ("a ward named after somebody, with a term", "HĐND bầu ông Lê Đăng Hùng giữ chức Chủ tịch Ủy ban nhân dân phường Phùng Chí Kiên khóa V.", "Lê Đăng Hùng", "Lê Đăng Hùng | Chủ tịch | Ủy ban nhân dân phường Phùng Chí Kiên"),
    ("an agency before the photographer", "Bộ trưởng thăm trường. Ảnh: VGP/Quang Hiển", "Quang Hiển"),
    ("authors joined by dashes", "Loạt bài của nhóm tác giả Đình Phúc - Nguyễn Thế Thông - Minh Hải đạt giải.", "Đình Phúc; Nguyễn Thế Thông; Minh Hải"),
    ("a short form inside a body", "Ông Đặng Thanh Sơn, Ủy viên Ban Thường vụ (BTV) Tỉnh ủy, Phó Chủ tịch HĐND tỉnh", "Đặng Thanh Sơn", "Đặng Thanh Sơn | Ủy viên | Ban Thường vụ Tỉnh ủy", "Đặng Thanh Sơn | Phó Chủ tịch | Hội đồng nhân dân tỉnh"),
    ("a shared title ends at the next title", "Chữ ký của 2 Phó Thủ tướng Lê Minh Khải, Lê Văn Thông và Chủ nhiệm Văn phòng Chính phủ Trần Văn Sơn", "Lê Minh Khải; Lê Văn Thông; Trần Văn Sơn", "Lê Minh Khải | Phó Thủ tướng |", "Lê Văn Thông | Phó Thủ tướng |", "Trần Văn Sơn | Chủ nhiệm | Văn phòng Chính phủ"),
    ("a post to be filled before a holder", "Về nhân sự giữ chức vụ Bộ trưởng Bộ Y tế, Thứ trưởng Bộ Nội vụ Trương Hải Lộc cho biết", "Trương Hải Lộc", "Trương Hải Lộc | Thứ trưởng | Bộ Nội vụ"),
    # re-mentions
    ("post stands for its holder", "Đồng chí Lê Văn Hải, Bí thư Tỉnh ủy Hà Nam dự. Đồng chí Bí thư Tỉnh ủy kết luận.", "Lê Văn Hải", "Lê Văn Hải | Bí thư | Tỉnh ủy Hà Nam", "Lê Văn Hải | Bí thư | Tỉnh ủy Hà Nam"),
    ("post of a paragraph that names nobody", "Ông Lê Văn Hải, Chủ tịch UBND tỉnh dự.\nChủ tịch UBND tỉnh yêu cầu làm rõ; giao Chủ tịch UBND tỉnh chỉ đạo; các đồng chí Chủ tịch UBND tỉnh.\nĐồng chí Chủ tịch UBND tỉnh cảm ơn.", "Lê Văn Hải", "Lê Văn Hải | Chủ tịch | Ủy ban nhân dân tỉnh", "Lê Văn Hải | Chủ tịch | Ủy ban nhân dân tỉnh", "Lê Văn Hải | Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("two holders leave it open", "Ông Lê Văn Hải, Phó Chủ tịch UBND tỉnh; bà Mai Thị Lan, Phó Chủ tịch UBND tỉnh. Đồng chí Phó Chủ tịch UBND tỉnh kết luận.", "Lê Văn Hải; Mai Thị Lan", "Lê Văn Hải | Phó Chủ tịch | Ủy ban nhân dân tỉnh", "Mai Thị Lan | Phó Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("gender decides between two holders", "Ông Lê Văn Hải, Phó Chủ tịch UBND tỉnh; bà Mai Thị Lan, Phó Chủ tịch UBND tỉnh. Bà Phó Chủ tịch UBND tỉnh kết luận.", "Lê Văn Hải; Mai Thị Lan", "Lê Văn Hải | Phó Chủ tịch | Ủy ban nhân dân tỉnh", "Mai Thị Lan | Phó Chủ tịch | Ủy ban nhân dân tỉnh", "Mai Thị Lan | Phó Chủ tịch | Ủy ban nhân dân tỉnh"),
    ("a former holder is not meant", "Ông Lê Văn Hải, nguyên Bí thư Tỉnh ủy dự. Đồng chí Bí thư Tỉnh ủy kết luận.", "Lê Văn Hải", "Lê Văn Hải | Bí thư | Tỉnh ủy"),
    ("another body is not meant", "Ông Lê Văn Hải, Bí thư Huyện ủy dự. Đồng chí Bí thư Tỉnh ủy kết luận.", "Lê Văn Hải", "Lê Văn Hải | Bí thư | Huyện ủy"),
]  # fmt: skip

KNOWN: dict[str, str] = {}
"""Known failures with their reason."""


@pytest.mark.parametrize(
    ("text", "people", "roles"),
    [
        pytest.param(
            text,
            (more or ("",))[0],
            more[1:],
            id=label,
            marks=[pytest.mark.xfail(reason=KNOWN[label], strict=True)] if label in KNOWN else [],
        )
        for label, text, *more in CASES
    ],
)
def test_harder_case(text: str, people: str, roles: tuple[str, ...]) -> None:
    assert _found(text) == _expected(people, tuple(roles))
