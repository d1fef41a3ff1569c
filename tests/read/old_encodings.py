"""Text written in the encodings that `read` must read: the way there, against which the way back is tested."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from bantin.read.legacy import _table, _vni_tables, shown

Encode = Callable[[str], bytes]
QUOTES = {c: c.encode("cp1252") for c in "“”‘’–—…•"}
LETTERS = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_SYLLABLES = (
    "người nước được trường thường phương ương ngoài quyết nghị khuỷu khoá hòa thuế giường nghiêng rượu hươu yêu "
    "tuyên truyền quỹ quý đẩy mạnh ngành những ẩn ỷ ổn ăn uống ơi ếch ích chẵn lẻ kẽm bỗng mỡ vẹn sữa rỗng nhuệ khuya "
    "giữ gìn xoong quăng quẩn bẫy trẫm cỡ hẵng sẵn bẳn tỵ mỳ kỹ lỳ thủy huỷ ngoẻo loẹt xoè"
)
SYLLABLES = _SYLLABLES.split()


def windows_1258(text: str) -> bytes:
    """As Windows writes it: base letters whole, the five tone marks apart."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tone = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            whole = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tone))
            out.append((whole + "".join(tone)).encode("cp1258"))
    return b"".join(out)


def by_table(name: str, text: str) -> bytes:
    """VISCII or TCVN 5712; what has no byte there as windows-1252 has it."""
    backwards = {char: bytes([byte]) for byte, char in _table(name).items() if byte >= 0x80}
    backwards |= {char: bytes([byte]) for byte, char in _table(name).items() if char not in backwards}
    return b"".join(backwards.get(c) or c.encode("cp1252") for c in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """As a VNI font's characters are shown by any other font."""
    pairs, singles = _vni_tables()
    backwards = {whole: seen for seen, whole in (singles | pairs).items()}
    return "".join(backwards.get(c, c) for c in unicodedata.normalize("NFC", text))


def shown_1258(data: bytes) -> str:
    """Bytes as windows-1258 shows them, the ones it leaves free as control characters."""
    return "".join(bytes([b]).decode("cp1258", "ignore") or chr(b) for b in data)


def twice(text: str) -> bytes:
    return shown(shown(text.encode()).encode()).encode()


ENCODINGS: dict[str, Encode] = {
    "utf-8": str.encode,
    "utf-8 decomposed": lambda t: unicodedata.normalize("NFD", t).encode(),
    "utf-8 with its mark": lambda t: t.encode("utf-8-sig"),
    "utf-16": lambda t: t.encode("utf-16"),
    "utf-16 without its mark": lambda t: t.encode("utf-16-le"),
    "utf-16 big-endian": lambda t: t.encode("utf-16-be"),
    "utf-32": lambda t: t.encode("utf-32-be"),
    "windows-1258": windows_1258,
    "viscii": lambda t: by_table("viscii", t),
    "tcvn3": lambda t: by_table("tcvn3", t),
    "vni": lambda t: vni(t).encode("cp1252"),
    "windows-1258 shown by 1252": lambda t: shown(windows_1258(t)).encode(),
    "viscii in utf-8": lambda t: shown(by_table("viscii", t)).encode(),
    "tcvn3 in utf-8": lambda t: shown(by_table("tcvn3", t)).encode(),
    "tcvn3 shown by 1258": lambda t: shown_1258(by_table("tcvn3", t)).encode(),
    "vni in utf-8": lambda t: vni(t).encode(),
    "utf-8 shown by 1252": lambda t: shown(t.encode()).encode(),
    "utf-8 shown by 1258": lambda t: shown_1258(t.encode()).encode(),
    "utf-8 shown by latin-1": lambda t: t.encode().decode("latin-1").encode(),
    "utf-8 shown by 1252 twice": twice,
    "decomposed utf-8 shown by 1252": lambda t: shown(unicodedata.normalize("NFD", t).encode()).encode(),
    "entities by number": lambda t: "".join(c if c.isascii() else f"&#{ord(c)};" for c in t).encode(),
    "entities escaped twice": lambda t: "".join(c if c.isascii() else f"&amp;#x{ord(c):x};" for c in t).encode(),
}
WITHOUT_QUOTES = {"viscii", "viscii in utf-8"}
"""These have a letter in every place where windows-1252 has quotes."""
