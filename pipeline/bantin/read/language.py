"""Is this Vietnamese, and are its letters still there? Cheap checks for every article."""

from __future__ import annotations

import re
from itertools import islice

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


def is_vietnamese(text: str, long: int = LONG) -> bool:
    """False only where at least `long` letters (of the first 20,000 characters) are plainly another language."""
    sample = text[:SAMPLE]
    enough = -(-len(sample) // 20)
    # Vietnamese, as nearly always, has so many in its first third, and is read no further.
    if not enough or next(islice(_OWN.finditer(sample), enough - 1, None), None) is not None:
        return True
    own = len(_OWN.findall(sample))
    letters = len(_LETTER.findall(sample))
    if letters < long or own * 25 >= letters:
        return True
    tokens = _TOKEN.findall(sample.lower())
    return len(tokens) > 0 and sum(t in _BARE for t in tokens) * 6 >= len(tokens)


# A letter lost or in the wrong encoding, inside a word: "ngh?", "H\ufffdi", "c«ng", "vá»".
_ODD = re.compile("[?\ufffd\x80-\x9f¡-¿×÷]")
_WRONG = re.compile(
    "[^\\W\\d_](?:[\ufffd\x80-\x9f¡-©«-®´¶¸»-¿×÷]{1,3}(?=[^\\W\\d_])|\\?(?=[a-zà-ỹ])(?!\\w{1,20}=)|(?<=[áâÃÄÅÆ])[»º\ufffd\x80-\x9f])|\ufffd"
)
_LOST_WORDS = 5


def letters_lost(text: str) -> int:
    """How many words of the first 20,000 characters have letters that are lost; 0 where that is under one in 25."""
    sample = text[:SAMPLE]
    if _ODD.search(sample) is None:
        return 0
    wrong = len(_WRONG.findall(sample))
    return wrong if wrong >= _LOST_WORDS and wrong * 25 > len(sample.split()) else 0
