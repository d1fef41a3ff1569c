"""Bytes to text: byte order marks, UTF-8, declared and guessed encodings; never silent mojibake."""

from __future__ import annotations

import codecs
import re

from bantin.errors import ReadError
from bantin.read.language import is_vietnamese, plausibility
from bantin.read.legacy import legacy_texts, repaired

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
_ENOUGH = 0.8  # share of Vietnamese syllables that a guessed encoding must give
_CUT = 3  # broken UTF-8 sequences forgiven: a file cut inside a letter


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file. `declared` is an encoding named outside it (an HTTP header).

    Order of evidence: byte order mark, UTF-8, what the page declares, windows-1258, charset-normalizer, then VISCII,
    TCVN 5712 and VNI. An encoding that is not UTF-8 is taken only if it gives Vietnamese; UTF-8 that hides one of these
    is repaired. Raises ReadError `binary` or `undecodable`.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name)
            except UnicodeDecodeError as e:
                raise ReadError("undecodable", f"{name} by its byte order mark, but broken at byte {e.start}") from None
    if data.startswith(_MAGIC):
        raise ReadError("binary", "not a text file (by its first bytes)")
    head = data[:65536]
    if b"\x00" in head:
        return _utf16(data)
    if len(_CONTROL.findall(head)) * 50 > len(head):
        raise ReadError("binary", "not a text file (control characters)")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        broken = e.start
    else:
        return text if is_vietnamese(text) else repaired(text, _ENOUGH) or text
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= _CUT and len(lenient) > 50 * _CUT:
        return lenient
    guesses: list[str] = []
    for name in _candidates(data, declared):
        try:
            guesses.append(data.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    text = max([*guesses, *legacy_texts(data)], key=plausibility)
    if plausibility(text) >= _ENOUGH:
        return text
    raise ReadError("undecodable", f"not UTF-8 (byte {broken}), and no other encoding gives Vietnamese text")


def _utf16(data: bytes) -> str:
    # UTF-16 without a mark: every second byte of its spaces, digits and Latin letters is zero.
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and plausibility(text) >= _ENOUGH:
            return text
    raise ReadError("binary", "not a text file (zero bytes)")


def _candidates(data: bytes, declared: str | None) -> list[str]:
    from charset_normalizer import from_bytes

    names = [declared] if declared else []
    if m := _DECLARED.search(data[:4096]):
        names.append(m.group(1).decode("ascii", "replace"))
    names.append("cp1258")
    names += [match.encoding for match in from_bytes(data[:50_000])]
    return list(dict.fromkeys(n for n in names if n.lower() not in ("utf-8", "utf8", "ascii")))
