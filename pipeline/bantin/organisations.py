"""How bodies are named: where the name of an organisation ends, its full form, and the unit an organ belongs to.

A body is a head ("Ban Tuyên giáo", "Tỉnh ủy", "Công ty") and what specifies it: capitalised words, known lower-case
words, parents to the right ("Ban Tuyên giáo" of "Đảng ủy Khối"), territories after a comma. Offsets are code points.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bantin.lexicon import load_lexicon
from bantin.names import flexible, place_end
from bantin.text import View, canonical, fold_key

_WORD = re.compile(r"(?![IVX]{1,6}(?![^\W_]))[^\W\d_][^\W_]*(?:(?:[.&'’]|(?<=[A-ZĐ]{2}),(?=[A-ZĐ]{2}))[^\W_]+)*")
_NEXT = re.compile(r"(?P<sep>(?:[ ]{1,4}|\s*\n\s*)(?:[-&]\s+)?|-|,[ \n]{0,2}|\s*/\s*)(?=[^\W_])")
_DOTTED = frozenset({"tp", "tx", "p", "q", "h"})
_SECOND = re.compile(r" ([^\W\d_A-Z][^\W\d_]*)(?![^\W_])")
_SHORT_FORM = re.compile(
    r" ?\([^\W\d_a-z][^\W_a-z]{1,11}\)"
    r"(?= (?:Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường|Việt Nam|Trung ương))"
)
"""A short form between a body and its territory: "Liên đoàn Lao động (LĐLĐ) tỉnh"."""
_SERIAL = re.compile(r"số\s+\d+(?![\d/.-]*\d)")
_NUMBERED = frozenset({"phương", "khu", "vùng", "viện", "cục", "vực", "vụ"})
"""Words that a Roman numeral follows in the name of an office."""
_TITLED = ("câu lạc bộ", "clb", "quỹ", "chương trình", "ban vận động", "hội đồng bình chọn", "đội", "dự án", "hội thi")
_QUOTED = re.compile(r" (?:danh hiệu )?[“\"'‘][^”\"'’“\n]{2,80}[”\"'’]")
"""A name in quotation marks: "Câu lạc bộ “Tuổi cao chí càng cao”"."""
_ROMAN = re.compile(r"[IVX]{1,4}(?![^\W_])")
_NUMBER = re.compile(
    r"\d+[A-Za-z]?(?![\d/.,-]*\d)(?!\w)"
    r"(?!\s*(?:%|năm|tháng|ngày|tuổi|người|lần|giờ|đồng chí|triệu|tỷ|huyện|xã|phường|quận|đơn))"
)
_AND = re.compile(r"và\s+")
_LEADING_ON = ("các", "của", "thuộc", "và", "cấp", "ngành", "số", "tại")
_TAIL = re.compile(rf"(?:[\s,&-]+(?:trực\s+thuộc|{'|'.join(_LEADING_ON)}))+$")


@cache
def _forms(note: str) -> re.Pattern[str]:
    lexicon = load_lexicon("organisations")
    forms = [f for f in lexicon if note in ("", lexicon.notes[f])]
    return re.compile(rf"(?:{flexible(sorted(forms))})(?![^\W\d_])")


@cache
def _verbs() -> frozenset[str]:
    lexicon = load_lexicon("organisation_words")
    return frozenset(f for f in lexicon if lexicon.notes[f] == "verb")


@cache
def _lower_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{flexible(sorted(load_lexicon('organisation_words')))})(?![^\W\d_])")


@cache
def _stops() -> re.Pattern[str]:
    """What never belongs to the name of a body: a post, an honorific, a rank."""
    forms = {f for name in ("posts", "honorifics", "ranks") for f in load_lexicon(name)}
    forms -= {"anh", "em", "cn", "ct", "má", "ks", "uv"}
    forms -= {"sinh viên", "học sinh", "nông dân", "công nhân", "doanh nhân", "luật sư", "kiến trúc sư", "nhà văn"}
    forms -= {"kỹ sư"}  # members of an association, too
    return re.compile(rf"(?:phó\s+|nguyên\s+|quyền\s+|q\.\s*)?(?:{flexible(sorted(forms))})(?![^\W\d_])")


def head_end(view: View, at: int, end: int) -> int | None:
    """Where the head of a body that begins at `at` ends, or None if none begins there."""
    m = _forms("").match(view.lower, at, end)
    return m.end() if m else None


def stops(view: View, at: int, end: int) -> bool:
    """Whether a post, an honorific or a rank begins at `at`."""
    return _stops().match(view.lower, at, end) is not None


def organisation_end(view: View, at: int, end: int) -> int:
    """Where the name of a body that begins at `at` ends; `at` itself if none begins there. Nothing beyond `end`."""
    low, folded = view.lower, view.folded
    first = head_end(view, at, end)
    if first is None:
        if (
            at >= end
            or not folded[at].isupper()
            or stops(view, at, end)
            or (word := _capitalised(view, at, end, True)) is None
        ):
            return at
        known = _lower_words().match(low, at, end)
        first = max(word, known.end()) if known else word
    pos = first
    last_word = low[at:pos].rsplit(None, 1)[-1] if pos > at else ""
    loose, titled = _LOOSE.match(low, at) is not None, low.startswith(_TITLED, at)
    fresh = True  # whether a compound may begin here: no capitalised word stands right before
    while pos < end:
        if last_word in _DOTTED and folded[pos] == ".":
            pos += 1
            glued = _WORD.match(folded, pos, end)
            if glued and folded[pos].isupper():  # "TP.HCM"
                last_word, pos = low[pos : glued.end()], glued.end()
                continue
        if "(" in folded[pos : pos + 2] and (short := _SHORT_FORM.match(folded, pos, end)) is not None:
            pos = short.end()
        if titled and (quoted := _QUOTED.match(folded, pos, end)) is not None:
            pos, last_word, fresh = quoted.end(), "", False
            continue
        if (m := _NEXT.match(folded, pos, end)) is None:
            break
        nxt = _part(view, m.end(), end, sep=m["sep"], before=last_word, fresh=fresh, loose=loose)
        if nxt is None and loose and m["sep"] == " ":
            nxt = _unknown(view, m.end(), end)
            if nxt is None and _FREE.match(low, at):
                nxt = _field(view, m.end(), end)
        if nxt is None:
            break
        last_word = low[m.end() : nxt].rsplit(None, 1)[-1]
        fresh = not folded[m.end() : nxt].istitle()
        pos = nxt
    if low.endswith(_LEADING_ON, at, pos) and (tail := _TAIL.search(low, at, pos)) and tail.start() > at:
        pos = tail.start()
    return pos - 1 if low.endswith(".", at, pos) else pos


def _specified(view: View, head: re.Match[str], end: int) -> bool:
    """Whether a lower-case head of one syllable ("báo", "vụ") has a name behind it: "báo Nhân Dân", not "báo cáo"."""
    if " " in head.group() or _forms("territory").fullmatch(head.group()):
        return True
    at = head.end() + 1
    return at < end and (view.folded[at].isupper() or _lower_words().match(view.lower, at, end) is not None)


_LOOSE = re.compile(
    r"(?:câu\s+lạc\s+bộ|clb|(?:tổng\s+)?công\s+ty|tập\s+đoàn|ban\s+quản\s+lý|ủy\s+ban\s+quản|chi\s+nhánh|trung\s+tâm|nhà\s+máy|xí\s+nghiệp|ngân\s+hàng|"
    r"ban\s+chỉ\s+đạo|ban\s+chỉ\s+huy|tiểu\s+ban|hiệp\s+hội|vụ|cục|phòng|khoa|học\s+viện|viện|trường)(?![^\W_])"
)


_SYLLABLE = re.compile(r"([^\W\d_A-ZĐ][^\W\d_]*) ")
_FREE = re.compile(r"(?:câu\s+lạc\s+bộ|clb|công\s+ty|ban\s+chỉ\s+đạo|tiểu\s+ban|trung\s+tâm|ban\s+quản\s+lý)(?![^\W_])")
"""Bodies whose field may be any words: "Công ty thăm dò khai thác PVEP", "Ban Chỉ đạo diễn tập tỉnh"."""
_CLOSING = re.compile(r"[^\W\d_a-z]{2,}(?![^\W_])|(?:tỉnh|thành phố|huyện|quận|xã|phường|trung ương)(?![^\W_])")


def _unknown(view: View, at: int, end: int) -> int | None:
    """An unknown lower-case syllable inside the name of a company or office: a known part must follow it."""
    m = _SYLLABLE.match(view.folded, at, end)
    if m is None or _ends_name(view, at) or m.end() >= end:
        return None
    after = m.end()
    if view.folded[after].isupper():
        return None if stops(view, after, end) else m.end(1)
    known = _lower_words().match(view.lower, after, end)
    return m.end(1) if known and known.group() not in _verbs() and len(known.group()) > 3 else None


def _field(view: View, at: int, end: int) -> int | None:
    """Where up to five unknown syllables end that lead to an acronym or a territory; None if they do not."""
    pos = at
    for _ in range(5):
        m = _SYLLABLE.match(view.folded, pos, end)
        if m is None or _ends_name(view, pos) or stops(view, pos, end):
            return None
        pos = m.end()
        if _CLOSING.match(view.folded, pos, end):
            return m.end(1)
    return None


def _part(view: View, at: int, end: int, *, sep: str, before: str, fresh: bool, loose: bool) -> int | None:
    """The end of one more part of a body's name at `at`, or None where the name is over."""
    low, folded = view.lower, view.folded
    if "," in sep:
        return _after_comma(view, at, end, loose)
    if folded[at].isdecimal() and (m := _NUMBER.match(folded, at, end)):
        return m.end() if sep.isspace() or sep.strip() == "-" else None
    if (low.startswith("số", at) and (m := _SERIAL.match(low, at, end)) is not None) or (
        before in _NUMBERED and (m := _ROMAN.match(folded, at, end)) is not None
    ):
        return m.end()
    if low.startswith("và", at) and (m := _AND.match(low, at, end)) is not None:
        return _after_and(view, m.end(), end)
    head = _forms("").match(low, at, end)
    if folded[at].isupper():
        if (stops(view, at, end) and not (head and " " in head.group())) or _ACT.match(low, at):
            return place_end(low, at, end) or None  # "Bà Rịa" begins like a form of address
        known = [m.end() for m in (head, _lower_words().match(low, at, end)) if m]
        return max(known) if known else _capitalised(view, at, end, fresh)
    if head and (head.group() in _verbs() or not _specified(view, head, end)):
        head = None
    m = _lower_words().match(low, at, end)
    if m is None or (head and head.end() >= m.end()):
        return head.end() if head else None
    if m.group() in _verbs() and before not in (
        "ban",
        "phòng",
        "vụ",
        "cục",
        "sở",
        "ủy ban",
        "đội",
        "cơ quan",
        "quan",
        "tâm",
        "hóa",
        "bộ",
        "tổ",
        "đoàn",
    ):
        return None
    return m.end()


def _capitalised(view: View, at: int, end: int, fresh: bool) -> int | None:
    """One capitalised word, with the second syllable of its compound ("Thuốc lá") unless a clause begins there."""
    w = _WORD.match(view.folded, at, end)
    if w is None:
        return None
    second = _SECOND.match(view.folded, w.end(), end)
    if fresh and second and not _ends_name(view, second.start(1)) and not view.folded[at : w.end()].isupper():
        return second.end()
    return w.end()


def _ends_name(view: View, at: int) -> bool:
    return _clauses().match(view.lower, at) is not None


@cache
def _clauses() -> re.Pattern[str]:
    """What begins a clause behind a body or a name: a verb, a preposition, a conjunction."""
    words = {*load_lexicon("acts"), *load_lexicon("clause_words")}
    return re.compile(rf"(?:{flexible(sorted(words))}|{_FUNCTION})(?![^\W\d_])")


_ACT = re.compile(
    r"(?:phát\s+biểu|báo\s+cáo|chủ\s+trì|tham\s+dự|toàn\s+cảnh|ảnh|sáng(?!\s+(?:lập|tạo|kiến))|chiều|ngày|tối|trong|tại|sau|theo|được|là|khóa\s+(?:[ivxlc]+|\d+))(?![^\W_])|tin\s*(?:,|:)|ảnh\s*:"
)
_FUNCTION = (
    "cần|nên|phải|của|các|những|đến|tới|ở|như|hoặc|nhưng|còn|rằng|nêu|khóa|nhiệm|lần|ngày|năm|tháng|số|xem|lãnh|cấp"
)


def _after_comma(view: View, at: int, end: int, office: bool) -> int | None:
    low, folded = view.lower, view.folded
    m = _forms("territory").match(low, at, end)
    if m and (w := re.compile(r"\s+(?=\S)").match(folded, m.end(), end)) and folded[w.end()].isupper():
        return m.end()
    if stops(view, at, end):
        return None
    if folded[at].isupper() and (m := _PARENT.match(low, at, end)):
        return m.end()
    if office and folded[at].isupper() and (m := _OVER_OFFICE.match(low, at, end)):
        return m.end()
    if folded[at].isupper() and head_end(view, at, end) is None and (m := _FIELD.match(folded, at, end)):
        return m.end("first") if not stops(view, m.start("last"), end) else None
    known = _lower_words().match(low, at, end)
    if known and known.group() not in _verbs() and _GOES_ON.match(low, known.end(), end):
        return known.end()
    return None


_GOES_ON = re.compile(
    r"(?:, [^\W\d_]+ [^\W\d_]+){0,3} (?:và|của|trung\s+ương|tỉnh|thành\s+phố|quốc\s+gia|huyện|quận|xã|phường)(?![^\W_])"
)


def plain_field_end(view: View, at: int, end: int) -> int:
    """Where a field in lower case ends that stands between a post and a comma ("Trưởng phòng giá - công sản,")."""
    pos = at
    for _ in range(6):
        m = _LOWER_WORD.match(view.folded, pos, end)
        if m is None or _ends_name(view, m.start(1)) or stops(view, m.start(1), end):
            break
        pos = m.end()
    closed = pos >= end or view.folded[pos] in ",;.()\n" or view.folded[pos : pos + 2] == " ("
    return pos if closed else at


_LOWER_WORD = re.compile(r" (?:- )?([^\W\d_A-ZĐ][^\W\d_]*)(?![^\W_])")
_PARENT = re.compile(
    r"(?:bộ(?=\s+(?!trưởng))|tổng\s+cục|tập\s+đoàn|tổng\s+công\s+ty|công\s+ty|học\s+viện|đại\s+học|bệnh\s+viện)(?=\s|\b)"
)
_OVER_OFFICE = re.compile(
    r"(?:ban(?!\s+(?:thường|chấp|bí|chỉ))|văn\s+phòng|sở|ubnd|công\s+an|cục|vụ|ủy\s+ban\s+nhân\s+dân|thanh\s+tra(?=\s+chính\s+phủ))(?=\s)"
)
_FIELD = re.compile(
    r"(?P<first>[^\W\d_a-z][^\W\d_]*(?: [^\W\d_]+){0,2}?)(?:, [^\W\d_a-z][^\W\d_]*(?: [^\W\d_]+){0,3}?){0,2} và "
    r"(?P<last>[^\W\d_a-z])"
)


def _after_and(view: View, at: int, end: int) -> int | None:
    if at >= end or stops(view, at, end):
        return None
    low, folded = view.lower, view.folded
    if head_end(view, at, end) is not None and not _lower_words().match(low, at, end):
        return None
    if folded[at].isupper():
        if _forms("organ").match(low, at, end) or _forms("whole").match(low, at, end):
            return None
        return _capitalised(view, at, end, fresh=True)
    m = _lower_words().match(low, at, end)
    return m.end() if m and m.group() not in _verbs() else None


@cache
def _abbreviations() -> dict[str, str]:
    return dict(load_lexicon("organisation_abbreviations").entries)


@lru_cache(maxsize=1 << 14)
def canonical_organisation(text: str) -> str:
    """A body's name with its abbreviations written out: "UBND TP. Huế" is "Ủy ban nhân dân Thành phố Huế"."""
    table = _abbreviations()
    if (
        text.isupper()
        and " " in text
        and any(not w.isascii() and w.lower() not in table for w in canonical(text).split())
    ):
        text = _recased(text)
    text = re.sub(r"\s*\([^()]*\)", "", text)
    name = re.sub(r"\b(TP|TX)\.\s*(?=\w)", r"\1 ", canonical(text))
    out = []
    for word in name.split(" "):
        bare = word.rstrip(",;")
        key = bare.rstrip(".").lower()
        full = table.get(key) if bare.isupper() or bare == "Cty" else None
        out.append(full + word[len(bare) :] if full else word)
    return _official(_STUTTER.sub("", " ".join(out).strip(" ,;-–")))


@cache
def _capitals() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {form: name for form, name in load_lexicon("organisations").entries.items() if name != form}
    return re.compile(rf"(?<![^\W_])(?<!ủy )(?:{flexible(sorted(table))})(?![^\W_])"), table


def _official(name: str) -> str:
    """Known bodies with the capitals of official use, whatever was printed: "Ban chấp hành" is "Ban Chấp hành"."""
    pattern, table = _capitals()
    out, at = "", 0
    for m in pattern.finditer(name.lower()):
        full = table.get(fold_key(m.group()), "")
        if len(full) == m.end() - m.start():
            out, at = out + name[at : m.start()] + full, m.end()
    return out + name[at:]


_STUTTER = re.compile(r"\b(Ủy ban|Ban Tổ chức|Ban Thường vụ|Hội|Sở|Tỉnh ủy) (?=\1 )")
"""A head that is printed twice, once short: "Ủy ban UBND tỉnh"."""


def _recased(text: str) -> str:
    """A body printed in capitals, as it is written in running text: heads and places keep one capital."""
    low = canonical(text).lower()
    out, at = "", 0
    for m in re.finditer(r"[^\W\d_]+", low):
        if m.start() < at:
            continue
        head = _forms("").match(low, m.start())
        after_territory = out.rstrip().rsplit(" ", 1)[-1].lower() in ("tỉnh", "huyện", "xã", "phường", "quận", "phố")
        stop = head.end() if head else m.end()
        lower_word = head is None and _lower_words().match(low, m.start()) and not after_territory
        territory = head is not None and _forms("territory").fullmatch(head.group()) is not None
        piece = low[m.start() : stop]
        out += low[at : m.start()] + (piece if lower_word or territory else piece[:1].upper() + piece[1:])
        at = stop
    full = (out + low[at:]).replace(" khối", " Khối")
    return re.sub(r"\bBan (\w)", lambda m: "Ban " + m[1].upper(), full)


def unit_of(organisation: str) -> tuple[str, str]:
    """A body's own organ and its unit: ("Ban Thường vụ", "Đảng ủy Khối"), ("Ban Thường vụ", ""), ("", "Tỉnh ủy")."""
    low = fold_key(organisation)
    m = _forms("organ").match(low)
    if m is None:
        return "", organisation
    longest = _forms("").match(low)
    if longest and longest.end() > m.end():
        return "", organisation
    return organisation[: m.end()], organisation[m.end() :].strip(" ,-")
