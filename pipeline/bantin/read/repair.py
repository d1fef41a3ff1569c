"""Text that was read in the wrong encoding, wholly or in part, made right; clean text is never touched.

Each word with a character beyond ASCII is weighed as it stands and as each old encoding would have it: a Vietnamese
syllable speaks for, anything else against. The likeliest course through the text (Viterbi's algorithm, with a price on
each change of encoding) says which stretches were damaged. So a word alone proves nothing, a line of them does; French,
formulas and a few words quoted in the wrong letters stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bantin.read.legacy import ENCODINGS
from bantin.read.syllable import is_syllable
from bantin.text import ZERO_WIDTH

Token = tuple[int, int, str]
"""Where a word begins and ends, and the word."""

# What windows-1252 and Latin-1 have and Vietnamese and its typography have not; Ð is how old texts write Đ.
_SUSPECT = re.compile("[\x80-\x9f¡-¿ÄÅÆËÎÏÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ÷ŒœŠšŽžŸƒˆ˜†‡‰‹›€™]")
# Control characters are letters of VISCII and TCVN 5712; a no-break space is a byte of UTF-8.
_TOKEN = re.compile(r"[A-Za-z\x01-\x06\x11-\x17\x19\x1e\x80-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\U0010ffff]{1,200}")
_PLAIN = re.compile("[A-Za-z]*")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile("[BCDĐGHKLMNPQRSTUVX]{1,8}")
_INVISIBLE = str.maketrans("", "", ZERO_WIDTH)
_BOUNDARY = re.compile(r'[\n<]|","|\\n')
_NEAR = 40
_OPENED = re.compile(r"""["'“‘«][^"“”»\n<]{0,40}\Z""")
_CLOSED = re.compile(r"""[^"“«\n<]{0,40}["'”’»]""")
# A word in a line of capitals of which a font had only the first as a capital: "Tổ" in "BAN Tổ CHỨC".
_HEADLINE = re.compile(r"(?<=[A-ZĐ][A-ZĐ] )[A-ZĐ][^\W\d_A-Za-z]{1,3}(?= [A-ZĐ]{2}| [A-ZĐ][^\W\d_a-z][A-ZĐ])")
_CLEAN = "clean"
_LEAST = 3  # different damaged words that a text must have
_TIMES_FOREIGN = 2  # and more of them than twice the words that are no Vietnamese in any encoding
_GOOD, _BAD_CLEAN, _BAD = 1.0, -1.0, -4.0  # a foreign word is common; a wrong letter in the right encoding is not
# The price of another encoding: within a line, at its beginning, at that of the text.
_CHANGE, _CHANGE_AT_BOUNDARY, _BEGIN = 5.0, 2.5, 3.0
_NBSP_LOST = re.compile(r"(?<=Ã) (?=([^\s.,;:!?()\"]{0,40}))")
_END = re.compile("[iouy]{1,2}|ng|nh|[cmnpt]|ch")


def repaired(text: str) -> str:
    """`text` with its damaged stretches made right; the same object where there are none. Linear in its length."""
    if len(_SUSPECT.findall(text)) < _LEAST and not _one_byte(text):
        return text
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text) if not _PLAIN.fullmatch(m.group())]
    counts = Counter(word for _, _, word in tokens)
    scores = {word: _scores(word) for word in counts}
    foreign = sum(n for word, n in counts.items() if max(scores[word]) < 0)
    states = [_CLEAN]
    for i, name in enumerate(ENCODINGS, 1):
        explained = [n for word, n in counts.items() if scores[word][i] > 0 > scores[word][0]]
        if len(explained) >= _LEAST and sum(explained) > _TIMES_FOREIGN * foreign:
            states.append(name)
    if len(states) == 1:
        return text
    course = _course(text, tokens, states, scores)
    out: list[str] = []
    at = 0
    for first, last, name in _runs(text, tokens, course):
        start, end = tokens[first][0], tokens[last][1]
        out += text[at:start], _converted(text[start:end], name)
        at = end
    return "".join((*out, text[at:])) if out else text


def _one_byte(text: str) -> bool:
    """Whether a text could be windows-1252: Vietnamese in Unicode has a letter beyond it in its first words."""
    if text.isascii():
        return False
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def share(text: str) -> float:
    """How much of the words with marks is Vietnamese, by characters, 0 to 1; 1 where no word has any."""
    counts = Counter(token for token in _TOKEN.findall(text) if not _PLAIN.fullmatch(token))
    good = bad = 0
    for token, n in counts.items():
        verdict = _verdict(token.translate(_INVISIBLE))
        good += n * len(token) * (verdict > 0)
        bad += n * len(token) * (verdict < 0)
    return good / (good + bad) if good + bad else 1.0


def words(token: str) -> list[str]:
    """The words of a token without what is invisible, composed."""
    return _WORD.findall(unicodedata.normalize("NFC", token.translate(_INVISIBLE)))


def converted_by(name: str, text: str) -> tuple[float, str]:
    """A text taken as all of one encoding: how much more of it is Vietnamese then than before (words), and the text."""
    gain = 0.0
    for token in _TOKEN.findall(text):
        if not _PLAIN.fullmatch(token):
            said = ENCODINGS[name](token)
            gain += (-1 if said is None else _verdict(said)) - _verdict(token.translate(_INVISIBLE))
    return gain, _converted(text, name)


def _verdict(said: str) -> int:
    """1 if every word is a Vietnamese syllable, -1 if one is not, 0 where nothing can be said."""
    if _SYMBOL_AT_LETTER.search(said.strip(_AROUND)):
        return -1
    found = [w for w in words(said) if not w.isascii() and not _ABBREVIATION.fullmatch(w)]
    return 0 if not found else 1 if all(map(is_syllable, found)) else -1


_SYMBOLS = r"[\x01-\x1f\x80-\x9f¡-¿×÷ƒˆ˜†‡‰‹›€™₫]"
_SYMBOL_AT_LETTER = re.compile(rf"[^\W\d_]{_SYMBOLS}|{_SYMBOLS}[^\W\d_]")
_AROUND = "“”‘’«»…–—•·°²³½©®™\xa0"
"""What may stand before or behind a word of a clean text."""


@lru_cache(maxsize=1 << 15)
def _scores(word: str) -> tuple[float, ...]:
    clean = _verdict(word.translate(_INVISIBLE))
    # A word that no old encoding can hold is clean or of another script: nothing against it.
    scores = [_GOOD if clean > 0 else _BAD_CLEAN * (clean < 0)]
    for convert in ENCODINGS.values():
        said = convert(word)
        verdict = -1 if said is None else _verdict(said)
        if verdict > 0 and len(words(said or "")[0]) == 1:
            verdict = 0  # "å" could be "ồ", and is more often itself
        scores.append(_GOOD if verdict > 0 else _BAD * (verdict < 0))
    return tuple(scores)


def _course(
    text: str, tokens: Sequence[Token], states: Sequence[str], scores: dict[str, tuple[float, ...]]
) -> list[str]:
    """The likeliest state of each token."""
    columns = [0] + [1 + list(ENCODINGS).index(name) for name in states[1:]]
    best = [0.0] + [-_BEGIN] * (len(states) - 1)
    came: list[list[int]] = []
    last = 0
    for start, end, word in tokens:
        price = _CHANGE_AT_BOUNDARY if _BOUNDARY.search(text, last, start) else _CHANGE
        last = end
        top = best.index(max(best))
        changed = best[top] - price
        own = scores[word]
        came.append([i if score >= changed else top for i, score in enumerate(best)])
        best = [max(score, changed) + own[column] for score, column in zip(best, columns, strict=True)]
    state = best.index(max(best))
    course = []
    for step in reversed(came):
        course.append(states[state])
        state = step[state]
    return course[::-1]


def _runs(text: str, tokens: Sequence[Token], course: list[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of tokens in one encoding, without those that a clean text quotes."""
    first = 0
    for i in range(1, len(course) + 1):
        if i < len(course) and course[i] == course[first]:
            continue
        around = course[max(0, first - 1) : first] + course[i : i + 1]
        if course[first] != _CLEAN and not (_CLEAN in around and _quoted(text, tokens[first], tokens[i - 1])):
            yield first, i - 1, course[first]
        first = i


def _quoted(text: str, first: Token, last: Token) -> bool:
    """Whether a stretch stands in quotation marks; plain words may stand between these and its first and last word."""
    opened = _OPENED.search(text, max(0, first[0] - _NEAR), first[0] + 1)
    return opened is not None and _CLOSED.match(text, last[1] - 1, last[1] + _NEAR) is not None


def _converted(stretch: str, name: str) -> str:
    convert = ENCODINGS[name]
    if name == "utf-8":
        stretch = _spaces_restored(stretch)
    said = _TOKEN.sub(lambda m: m.group() if _PLAIN.fullmatch(m.group()) else convert(m.group()) or m.group(), stretch)
    return _HEADLINE.sub(lambda m: m.group().upper(), said) if name == "tcvn3" else said


def _spaces_restored(stretch: str) -> str:
    """UTF-8 writes "à" with a no-break space as its second byte, which many a program has made a plain space."""
    if "Ã  " in stretch:  # words are still apart by their own space
        return stretch.replace("Ã  ", "Ã\xa0 ").replace("Ã ", "Ã\xa0").replace("Ã\xa0\xa0", "Ã\xa0 ")
    return _NBSP_LOST.sub(_joined, stretch)


def _joined(m: re.Match[str]) -> str:
    """Nothing where what follows "à" is only the end of a syllable ("hà nh"), else the space."""
    behind = ENCODINGS["utf-8"](m.group(1)) or m.group(1)
    return "\xa0" if _END.fullmatch(behind) else " "
