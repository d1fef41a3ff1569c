"""Is this Vietnamese? A cheap check for every article, and a finer score to choose between encodings."""

from __future__ import annotations

import re
import unicodedata

SAMPLE = 20_000  # characters looked at; a bulletin is shorter
LONG = 300  # letters from which a text says plainly which language it is

# Letters of Vietnamese that hardly any other language writes.
_OWN = re.compile(
    "[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈĨỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦŨỨỪỬỮỰỲỴỶỸ]"
)
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\W\d_]+")
# Function words as they look when the marks were never typed.
_BARE = frozenset(
    ["cua", "cac", "duoc", "nguoi", "khong", "trong", "nhung", "voi", "theo", "cho", "va", "la", "co", "mot", "nam",
     "ngay", "dang", "hoi", "nghi", "tinh", "ban", "chi", "thi", "bo", "uy"]
)  # fmt: skip
_MARKUP = re.compile(r"<(?:script|style)\b.{0,4000}?</(?:script|style)|<[^<>]{0,2000}>|&#?\w{1,8};", re.I | re.DOTALL)
_TONED = re.compile("[àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_SYLLABLE = re.compile(
    "(?:ngh?|nh|th|tr|ch|ph|kh|gh|gi|qu|[bcdđghklmnprstvx])?"
    "[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    "(?:ng|nh|ch|[cmnpt])?"
)


def is_vietnamese(text: str, long: int = LONG) -> bool:
    """False only where at least `long` letters (of the first 20,000 characters) are plainly another language."""
    sample = text[:SAMPLE]
    own = len(_OWN.findall(sample))
    if own * 20 >= len(sample):
        return True
    letters = len(_LETTER.findall(sample))
    if letters < long or own * 25 >= letters:
        return True
    tokens = _TOKEN.findall(sample.lower())
    return len(tokens) > 0 and sum(t in _BARE for t in tokens) * 6 >= len(tokens)


def plausibility(text: str) -> float:
    """How much of a text is Vietnamese syllables with marks, 0 to 1: its first 20,000 characters, markup left out."""
    shown = _MARKUP.sub(" ", text[: 5 * SAMPLE])[:SAMPLE]
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", shown))
    good = [t for t in tokens if _is_syllable(t)]
    marked = sum(1 for t in good if not t.isascii())
    return len(good) / len(tokens) if good and marked * 4 >= len(good) else 0.0


def _is_syllable(token: str) -> bool:
    """A syllable as Vietnamese spells it: one tone mark at most, capitals at its head or throughout."""
    if not (token[1:].islower() or token.isupper() or len(token) == 1):
        return False
    small = token.lower()
    return _SYLLABLE.fullmatch(small) is not None and len(_TONED.findall(small)) <= 1
