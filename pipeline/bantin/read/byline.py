"""Who wrote it: "Tin, ảnh: X", "X (Báo Y)", "X - Phó trưởng ban ...", "Theo TTXVN", initials, a name alone.

Persons, publishers and desks are told apart: `publishers.csv` names agencies, papers and desks ("BBT", "CTV").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bantin.lexicon import load_lexicon
from bantin.text import fold

_OPEN, _CLOSE = ("(", "["), (")", "]")
LONGEST = 140  # characters of a line that may be a byline

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_WORD = (
    f"(?:[{_UPPER}]{{2,7}}(?![{_LOWER}])|[{_UPPER}]['’][{_UPPER}]?[{_LOWER}]{{1,6}}"
    f"|[{_UPPER}][{_LOWER}]{{0,6}}(?![{_UPPER}]))"
)
NAME = rf"{_WORD}(?:[ \u00a0]{_WORD}){{1,4}}"
INITIALS = rf"(?:[{_UPPER}]{{2,4}}|[{_UPPER}](?:\.\s?[{_UPPER}]){{1,3}}\.?|[{_UPPER}]\.\s?{_WORD})"
_PERSON = re.compile(rf"(?:{NAME}|{INITIALS})")
_SINGLE = re.compile(_WORD)
_CREDIT_WORD = (
    r"(?:tin|bài|ảnh|bài viết|tin bài|video|clip|đồ họa|thực hiện|người thực hiện|tác giả|người viết|người đưa tin|"
    r"viết bài|chụp ảnh|biên tập|t/h|phóng viên|pv|ctv|cộng tác viên|nhóm pv|nhóm phóng viên|bài,? ảnh|đăng bởi|"
    r"người đăng|viết bởi|bởi|by|được đăng bởi|tác giả bài viết|người gửi)"
)
_COMMON = ("tin", "bài", "ảnh", "bài viết", "video", "clip")  # words that begin sentences too: "Bài Ca Hy Vọng"
_CREDITS = rf"(?P<what>{_CREDIT_WORD}(?:\s*(?:,|và|-|/|&|\+|;)?\s*{_CREDIT_WORD}){{0,3}})"
_CREDIT = re.compile(rf"{_CREDITS}\s*:\s*(?P<who>\S.*?)[\s.]*", re.I)
_CREDIT_BARE = re.compile(rf"{_CREDITS}(?:\s+-)?\s+(?P<who>[^\s:][^:]*?)[\s.]*", re.I)
_SOURCE = re.compile(
    r"(?:(?:(?:tin|bài|ảnh|tin bài)\s+)?(?:theo|nguồn(?:\s+tin)?|trích(?:\s+(?:từ|nguồn))?|sưu tầm|source)"
    r"\s*(?::|\s)\s*)(?P<who>\S.*?)[\s.]*",
    re.I,
)
_OUTLET = re.compile(
    r"(?:(?i:báo|tạp chí|cổng|trang|đài|website|bản tin|kênh|nhà xuất bản)\s+(?:(?i:điện tử|thông tin|tttđ|ttđt|"
    r"phát thanh|"
    rf"truyền hình|pt-th|pt&th)\b.{{0,60}}|[{_UPPER}].{{1,60}})|(?i:thông tấn xã)\s.{{1,40}}"
    r"|(?i:(?:https?://)?(?:[\w-]+\.)+(?:vn|com|org|net|info)(?:/\S*)?))"
)
_BODY = re.compile(
    r"(?:ban|văn phòng|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|chi bộ|đảng bộ|ủy ban|ubnd|ubkt|ubmttq|hđnd|"
    r"mttq|sở|"
    r"phòng|hội|đoàn|liên đoàn|công đoàn|trung tâm|trường|cục|chi cục|vụ|tổng công ty|công ty|tập đoàn|ngân hàng|"
    r"bộ|công an|quân sự|bttt|btg|ban tuyên giáo|khối|học viện|viện|bệnh viện|nhà máy|chi nhánh|cơ quan|đuk)\b",
    re.I,
)
_ROLE = re.compile(
    r"(?:nguyên\s+)?(?:q\.\s*|quyền\s+)?(?:phó\b|trưởng\b|bí thư|chủ tịch|chủ nhiệm|giám đốc|tổng giám đốc|chuyên viên|"
    r"ủy viên|uv|cán bộ|chánh|tổng biên tập|biên tập|phóng viên|đảng viên|bt\b|pbt\b|hiệu trưởng|giảng viên|thư ký|"
    r"cộng tác viên|ctv|cựu|hội viên|nhà báo|luật sư)",
    re.I,
)
# Capitalised words that begin with these are bodies, sections of a site or phrases, and no names.
_NOT_NAME = re.compile(
    r"(?:ban|ủy ban|đảng|tỉnh|thành (?:ủy|phố|đoàn)|huyện|quận|xã|phường|sở|báo|cổng|trang|đài|phòng|bộ|tin|bài viết|"
    r"ảnh|nghị|"
    r"quyết|chỉ thị|kết luận|thông (?:báo|tin|tấn|cáo)|toàn|quang cảnh|đồng (?:chí|bào|nai|tháp)|đại (?:hội|biểu|"
    r"đoàn)|các|"
    r"việt nam|hà nội|chi bộ|tổng|khối|mặt trận|quốc (?:hội|phòng|khánh)|nhân (?:dân|sự)|chính (?:phủ|trị|quyền|"
    r"sách)|nguồn|"
    r"theo|video|hình ảnh|phó|trưởng|bí thư|chủ tịch|giám đốc|phát biểu|chuyên (?:viên|mục|đề)|website|liên (?:kết|"
    r"hệ)|tags?|"
    r"xem|thứ|ngày|năm|tháng|hotline|một|những|về|trong|tại|khi|với|và|của|là|từ|sau|trước|để|do|hội (?:nghị|đồng|"
    r"nông|liên|"
    r"cựu|phụ|thảo|viên|thi)|đoàn (?:thanh|thể|công|viên|kết|đại)|văn (?:phòng|bản|hóa|nghệ|kiện|xã)|công (?:an|đoàn|"
    r"tác|ty|"
    r"bố|nghệ|dân)|trung (?:tâm|ương|đoàn|học)|lịch|sơ đồ|giới thiệu|tìm|đăng|gửi)\b",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:\((?P<round>[^()]{2,80})\)|(?:\s+[-–—]\s*|\s*[-–—]\s+|,\s*|\s*/\s*)(?P<after>\S.{1,100}))\s*\.?"
)
_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\s[-–—]\s|[–—]|\bvà\b)\s*")
_NAMES = re.compile(rf"(?:{_SPLIT.pattern})?(?P<name>{_PERSON.pattern})(?![{_LOWER}])")
_PHOTO = re.compile(r"\s*[;.,|–-]\s*(?:ảnh|hình ảnh|video|clip)\s*:.*$", re.I)
_LINK = re.compile(r"\s*:?\s*https?://\S+$")
_THEO = re.compile(r"^theo\s+", re.I)
_FUSED = re.compile(
    rf"(?:\./\.?|[.!?…]+[”\"’)]*)\s*(?P<by>(?:\([^()]{{4,90}}\)|(?:Tin|Bài|Ảnh|Nguồn|Theo)[^.!?…]{{3,80}}|"
    rf"{NAME}))[\s.]*$"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says about its writer. `author`: names as printed, joined by commas; None where a desk signs."""

    author: str | None
    publisher: str | None
    explicit: bool  # the line says what it is ("Tin:", "Theo"), so that it may stand anywhere

    @property
    def is_source(self) -> bool:
        return self.author is None and self.publisher is not None


def parse_byline(text: str) -> Byline | None:
    """The byline that a line is, or None. A name alone is taken for one, so ask only where a byline may stand."""
    if len(text) > LONGEST:
        return None
    line = " ".join(fold(text).split()).strip("* ")
    if line[:1] in _OPEN and line[-1:] in _CLOSE:
        line = line[1:-1].strip()
    if m := _SOURCE.fullmatch(line):
        return _source(_LINK.sub("", _printed(text, m["who"])) or m["who"])
    if m := _CREDIT.fullmatch(line):
        return _names(_PHOTO.split(_printed(text, m["who"]))[0], explicit=True)
    bare_credit = _CREDIT_BARE.fullmatch(line)
    if bare_credit and bare_credit["what"].lower() not in _COMMON:
        by = _names(_printed(text, bare_credit["who"]), explicit=True)
        if by is not None:
            return by
    bare = line.rstrip(". ")
    if not bare:
        return None
    if _looks_like_source(bare):
        return Byline(_board(bare), _publisher(bare), explicit=False) if len(bare) <= 80 else None
    return _names(bare, explicit=False)


def split_fused(text: str) -> tuple[int, Byline] | None:
    """Where in a paragraph a byline begins that was glued to its last sentence, and the byline; or None."""
    m = _FUSED.search(text, max(0, len(text) - 120))
    if m is None or m.start() == 0:
        return None
    by = parse_byline(m["by"])
    if by is None or (by.author is None and by.publisher is None):
        return None
    bracketed = m["by"].startswith("(")
    if not by.explicit and (bracketed or (not text[m.start() :].startswith("./") and by.author is None)):
        return None
    return m.start("by"), by


def _printed(text: str, part: str) -> str:
    # Folding keeps every length but that of runs of spaces: find the part again in the printed line.
    printed = " ".join(text.split())
    at = fold(printed).find(part)
    return printed[at : at + len(part)] if at >= 0 else part


def _looks_like_source(text: str) -> bool:
    return text in load_lexicon("publishers") or _OUTLET.fullmatch(text) is not None


def _publisher(text: str) -> str | None:
    """The publisher's canonical name, None for a desk or a board."""
    lexicon = load_lexicon("publishers")
    if known := lexicon.canonical(text):
        return None if lexicon.note(text) else known
    return text


def _board(text: str) -> str | None:
    """The canonical name of an editorial board, which signs as an author."""
    lexicon = load_lexicon("publishers")
    return lexicon.canonical(text) if lexicon.note(text) == "board" else None


def is_person(text: str) -> bool:
    """Is this the shape of a Vietnamese name or of initials, and no known publisher, desk or body?"""
    return (
        _PERSON.fullmatch(text) is not None
        and _NOT_NAME.match(fold(text)) is None
        and text not in load_lexicon("publishers")
    )


def names_post(text: str) -> bool:
    """Does a line begin with a post, as under the name of somebody who speaks?"""
    return len(text) <= LONGEST and _ROLE.match(fold(text)) is not None


def _cased(name: str) -> str:
    """A name in capitals in the spelling of names; initials stay."""
    return " ".join(w.capitalize() for w in name.split()) if name.isupper() and " " in name else name


def signs_for(text: str) -> str | None:
    """The body that a short last line names ("Văn phòng Tỉnh ủy"), None for any other line."""
    line = " ".join(text.split()).strip("()[] .")
    short = len(line) <= 70 and len(line.split()) <= 12 and not re.search(r"[,;:!?…]", line)
    return line if short and _BODY.match(fold(line)) else None


def _ends_names(rest: str) -> bool:
    folded = fold(rest)
    return _ROLE.match(folded) is not None or _BODY.match(folded) is not None


def _source(who: str) -> Byline | None:
    if len(who) > 90:
        return None
    if (m := re.match(rf"(?P<name>{NAME})(?P<tail>.*)", who)) and is_person(m["name"]):  # "Theo Minh Anh (Báo X)"
        rest = _TAIL.fullmatch(m["tail"])
        outlet = rest and (rest["round"] or rest["after"])
        if outlet:
            return Byline(_cased(m["name"]), _publisher(outlet.strip()), explicit=True)
    if _looks_like_source(who) or _BODY.match(who) or re.fullmatch(rf"[{_UPPER}][\w.+/ ]{{1,60}}", who):
        return Byline(None, _publisher(who), explicit=True)
    return None


def _names(text: str, explicit: bool) -> Byline | None:
    """Names with what follows them: a publisher in brackets, a post after a dash."""
    if explicit and (text in load_lexicon("publishers") or _OUTLET.fullmatch(text)):
        return Byline(_board(text), _publisher(text), explicit=True)
    people: list[str] = []
    at = 0
    for m in _NAMES.finditer(text):
        if people and _ends_names(text[m.start("name") :]):
            break
        if m.start() != at or not (is_person(m["name"]) or (explicit and m["name"] not in load_lexicon("publishers"))):
            break
        people.append(m["name"])
        at = m.end("name")
    if not people:
        return Byline(text, None, True) if explicit and _SINGLE.fullmatch(text) else None
    publisher: str | None = None
    if tail := text[at:].rstrip(" ."):
        rest = _TAIL.fullmatch(tail)
        said = ((rest["round"] or rest["after"]) if rest else "").strip()
        named = _THEO.sub("", said)
        if not said:
            return None
        if _looks_like_source(named) or named != said:
            publisher = _publisher(named)
        elif not (_ROLE.match(fold(said)) or _BODY.match(fold(said)) or (explicit and len(said) < 60)):
            return None
    return Byline(", ".join(_cased(p) for p in people), publisher, explicit)
