"""The shape of personal names: runs of capitalised syllables, surnames, where a name begins and ends.

Kinh names are a surname and one to four further syllables; minority and foreign names are led by other first syllables
("Ksor", "Giàng", "H'Hen", "Y"). Offsets are code points into the text of the view.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import canonical, fold_key

LONGEST_NAME = 6
"""Syllables of the longest name that is read as one ("Công Tằng Tôn Nữ Thị Hà")."""

_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper() and (c < "\u0250" or c > "\u1e00"))
_JOINED = (
    r"(?!(?:phó|bí|ủy|chủ|trưởng|giám|nguyên|tổng|đại|thường|phụ|cục|vụ|viện|hiệu|chánh|quyền|cựu|ảnh|tin|bài|đảng|thứ|bộ|chi|tỉnh|"
    rf"huyện|ban|thành|nhà|là|và)(?![^\W_]))(?![{_UPPER}])[^\W\d_]+"
)
"""What a hyphen joins to a syllable of a foreign name ("Sỉ-vi-lay"): lower case, and no post or credit."""
_TAIL = rf"[^\W\d_]*(?:['’ʼ‘`´][^\W\d_]*)*(?:-{_JOINED})*"
SYLLABLE = rf"[{_UPPER}]{_TAIL}"
"""One capitalised syllable of a name, apostrophes and joined syllables included ("H'Hen", "Sỉ-vi-lay")."""
_MORE = rf"(?:(?: {{1,2}}|\n){SYLLABLE})"
# The capital is consumed first, so that a search skips what is none.
_RUN = re.compile(
    rf"[{_UPPER}](?<![^\W_].)(?<![^\W_]['’].){_TAIL}(?P<more>{_MORE}+)?(?P<middle> (?:văn|thị) {SYLLABLE}{_MORE}*)?"
)
_PIECE = re.compile(r"[^ \n]+")
_APOSTROPHES = str.maketrans("’ʼ‘`´", "'''''")

Piece = tuple[int, int]
"""Where one syllable stands: start and end offset."""


def flexible(words: Sequence[str]) -> str:
    """A pattern for these folded forms in which a space is any run of white space and a dash may be spaced."""
    pattern = trie_pattern(w.replace(" - ", "-") for w in words)
    return pattern.replace("\\ ", r"\s+").replace("\\-", r"\s*-\s*")


@cache
def _surnames() -> dict[str, str]:
    return {form: load_lexicon("surnames").notes[form] for form in load_lexicon("surnames")}


@cache
def _syllables() -> frozenset[str]:
    return frozenset(load_lexicon("name_syllables")) | frozenset(_surnames())


@cache
def _places() -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    lexicon = load_lexicon("places")
    table = {tuple(form.split()): lexicon.notes[form] for form in lexicon}
    return table, frozenset(words[0] for words in table)


@cache
def _breaks() -> tuple[re.Pattern[str], frozenset[str]]:
    """Posts and bodies of two words or more, at which a run of capitals stops being a name."""
    forms = [f for name in ("posts", "organisations", "ranks") for f in load_lexicon(name) if " " in f]
    forms += [
        "trung tâm",
        "việt nam",
        "hội nghị",
        "đại hội",
        "hội đồng",
        "phát biểu",
        "bí thư",
        "toàn cảnh",
        "muôn năm",
    ]
    forms += ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"]
    return re.compile(rf"(?:{flexible(sorted(set(forms)))})(?![^\W\d_])"), frozenset(f.split()[0] for f in forms)


def runs(folded: str, start: int, end: int, alone: Container[int] | None = None) -> Iterator[list[Piece]]:
    """Runs of capitalised syllables within [start, end), in reading order.

    A line break joins two syllables only where the line was long enough to have been wrapped. Most runs are of one
    syllable; if `alone` is given, these are told only where they begin at one of its offsets.
    """
    for m in _RUN.finditer(folded, start, end):
        at, to = m.span()
        text = m.group()
        if not (text.istitle() or text.isupper()) and (inner := _FUSED.search(text)) and _fused(text, inner.start()):
            yield from runs(folded, at, at + inner.start(), alone)  # "Chi LanHội nghị": a space was lost
            yield [p.span() for p in _PIECE.finditer(folded, at + inner.start(), to)]
            continue
        if m.lastindex is None:
            if alone is None or at in alone or is_of_highlands(text):
                yield [(at, to)]
            continue
        # A middle name in lower case is one behind a surname only: "Nguyễn văn Trung".
        if m["middle"] and not _surname_ends(text[: m.start("middle") - at]):
            yield from runs(folded, at, m.start("middle"), alone)  # "Công văn Số 5"
            yield from runs(folded, m.start("middle") + len(" văn "), to, alone)
            continue
        if "-" in text and (cut := _hyphen_of_kinh(text)):
            yield from runs(folded, at, at + cut, alone)
            continue
        pieces = [p.span() for p in _PIECE.finditer(folded, at, to)]
        if "\n" not in text:
            yield pieces
            continue
        part = pieces[:1]
        for piece in pieces[1:]:
            gap = folded[part[-1][1] : piece[0]]
            if "\n" in gap and part[-1][1] - (folded.rfind("\n", start, part[-1][1]) + 1) < 60:
                yield part
                part = []
            part.append(piece)
        yield part


def is_of_highlands(syllable: str) -> bool:
    """Whether one syllable is a whole name: "K'Hiếu", "H'Hen"."""
    return syllable[0] in "HK" and len(syllable) > 3 and syllable[1] in "'’ʼ‘`´"


_FUSED = re.compile(rf"(?<=[^\W\d_{_UPPER}]{{2}})[{_UPPER}](?![{_UPPER}])[^\W\d_]")


def _surname_ends(text: str) -> bool:
    return surname_class(text.rsplit(" ", 1)[-1].lower()) in ("strong", "minority")


def _fused(text: str, at: int) -> bool:
    """Whether two Vietnamese syllables meet at `at` without a space: "LanHội", not "BounThong"."""
    before = text[:at].rsplit(" ", 1)[-1]
    after = re.split(r"[^\w]", text[at:], maxsplit=1)[0]
    return is_vietnamese(before.lower()) and is_vietnamese(after.lower())


def _hyphen_of_kinh(text: str) -> int:
    """Where a name of Kinh shape ends that a hyphen follows without a space: "Nguyễn Văn Ngọc-người"; 0 elsewhere."""
    cut = text.find("-")
    words = text[:cut].lower().split()
    kinh = len(words) > 1 and surname_class(words[0]) == "strong" and all(map(is_name_syllable, words))
    return cut if kinh else 0


def words_of(lower: str, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The syllables in lower case, with one kind of apostrophe."""
    words = lower[pieces[0][0] : pieces[-1][1]].split()
    return tuple(words if "".join(words).isalpha() else [w.translate(_APOSTROPHES) for w in words])


def surname_class(word: str) -> str | None:
    """How much a leading syllable says: "strong", "word" (also an everyday word), "rare", "minority"; or None."""
    if (kind := _surnames().get(word)) is not None:
        return kind
    return "minority" if len(word) > 2 and word[:2] in ("h'", "k'", "y'") else None


def is_name_syllable(word: str) -> bool:
    """Whether a lower-case syllable is known from personal names."""
    return word in _syllables()


def are_name_syllables(words: Iterable[str]) -> bool:
    """Whether all of these lower-case syllables are known from personal names."""
    return _syllables().issuperset(words)


def place_length(words: Sequence[str], at: int) -> int:
    """How many syllables from `at` are the name of a known province, district or country; 0 if none."""
    table, first = _places()
    if words[at] not in first:
        return 0
    for n in (4, 3, 2, 1):
        if at + n <= len(words) and tuple(words[at : at + n]) in table:
            return n
    return 0


@cache
def _place_forms() -> re.Pattern[str]:
    return re.compile(rf"(?:{flexible(sorted(f for f in load_lexicon('places') if ' ' in f))})(?![^\W\d_])")


def place_end(lower: str, offset: int, end: int) -> int:
    """Where the name of a place of two syllables or more ends that begins at `offset`; 0 if none does."""
    m = _place_forms().match(lower, offset, end)
    return m.end() if m else 0


def break_end(lower: str, offset: int, word: str) -> int:
    """Where the post, body or rank of two words ends that begins at `offset`; 0 if none does."""
    pattern, first = _breaks()
    m = pattern.match(lower, offset) if word in first else None
    return m.end() if m else 0


def breaks_name(lower: str, offset: int, word: str) -> bool:
    """Whether a post, body or rank of two words begins at `offset`, so that no name goes on there."""
    return break_end(lower, offset, word) > 0


def is_caps(text: str) -> bool:
    """Whether a syllable is written all in capitals (a single letter says nothing)."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


_FOREIGN = re.compile(
    r"[a-z]*(?:[fjwz]|(?:[bdfjklqrsvwxz]|[^cn]h|[^n]g)$|[aeiouy][a-z]*[bcdfghjklmnpqrstvwxz]{1,2}[aeiouy])[a-z]*"
)


def is_foreign(word: str) -> bool:
    """Whether a lower-case word is plain letters that no Vietnamese syllable is made of ("thongloun", "john")."""
    if len(word) < 3:
        return False
    return "-" in word or _FOREIGN.fullmatch(word) is not None or (word.isascii() and not is_vietnamese(word))


_VOWELS = str.maketrans(
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)
_NUCLEI = (
    "oai|oao|oay|oeo|uay|uây|uôi|uya|uyê|uyu|ươi|ươu|iêu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|"
    "ưa|ưi|ươ|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_VIETNAMESE = re.compile(
    rf"(?:ngh|ng|nh|n|ch|c|gh|gi|g|kh|k|ph|p|qu|th|tr|t|b|d|đ|h|l|m|r|s|v|x)?(?:{_NUCLEI})(?:ch|ng|nh|c|m|n|p|t)?"
)


def is_vietnamese(word: str) -> bool:
    """Whether a lower-case word has the shape of a Vietnamese syllable: "hội", not "hmrik"."""
    return _VIETNAMESE.fullmatch(word.translate(_VOWELS)) is not None


def name_length(folded: str, lower: str, pieces: Sequence[Piece], words: Sequence[str], at: int) -> int:
    """How many syllables from `at` belong to one name, whatever leads it; no post or body begins at `at`.

    A name ends before a post or body, before an acronym, before a second full name, and, in a line of capitals,
    before a syllable that no name has.
    """
    caps = is_caps(folded[pieces[at][0] : pieces[at][1]])
    n = 0
    limit = 4 if caps else LONGEST_NAME
    while at + n < len(pieces) and n < limit:
        i = at + n
        a, b = pieces[i]
        if is_caps(folded[a:b]) != caps and b - a > 1 and n:
            break
        if n and breaks_name(lower, a, words[i]):
            break
        if (caps and not is_name_syllable(words[i])) or (n and words[i : i + 3] == ("hồ", "chí", "minh")):
            break
        if n >= 2 and (words[i] in ("tỉnh", "huyện", "xã", "phường", "quận") or _another(words, i)):
            break
        n += 1
    if n >= 5 and _ends_in_province(words, at + n):
        n -= 2  # "Nguyễn Văn Ngọc Hà Nội"
    return n


def _ends_in_province(words: Sequence[str], end: int) -> bool:
    return _places()[0].get(tuple(words[end - 2 : end])) == "province"


def _another(words: Sequence[str], at: int) -> bool:
    return (
        words[at] in ("nguyễn", "trần", "phạm", "lê", "hoàng", "huỳnh", "phan", "đặng", "bùi")
        and len(words) - at >= 3
        and surname_class(words[at - 1]) != "strong"
    )


@lru_cache(maxsize=1 << 14)  # names are without number
def canonical_name(text: str) -> str:
    """A name as it is written in a table: canonical tone marks, one space, a capital at each syllable."""
    out = []
    for word in canonical(text).translate(_APOSTROPHES).replace("' ", "'").split():
        letters = word
        parts = letters.split("'")
        if is_caps(word) and len(word) > 1:
            parts = [p[:1] + p[1:].lower() for p in parts]
        else:
            parts = [p[:1].upper() + p[1:] if i == 0 else p for i, p in enumerate(parts)]
        out.append("'".join(parts))
    return " ".join(out)


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """The key under which spellings of one name meet: folded, lower case, one apostrophe, "H' Hen" as "h'hen"."""
    return fold_key(name).translate(_APOSTROPHES).replace("' ", "'")
