"""Bytes to text: byte order marks, UTF-8, and the encodings from before it; never silent garbage."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bantin.errors import ReadError
from bantin.read.fonts import entities_read, fonts_read
from bantin.read.legacy import shown
from bantin.read.repair import repaired, share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_BOM = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_CONTROL = bytes({*range(0x20)} - {*b"\t\n\x0b\x0c\r\x1b"})
_HIGH_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
)
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
_ENOUGH = 0.8  # share of the marked words that an encoding must make Vietnamese
_PLENTY = 0.98  # and from which no other is tried
_CUT = 3  # broken UTF-8 sequences forgiven: a file cut inside a letter
_LETTERS_A_CUT = 5000  # and one more for so many characters: files that were joined out of such


def decode(data: bytes, declared: str | None = None, *, markup: bool = True) -> str:
    """The text of a file or page, with whatever is damaged in it repaired. `declared` is an encoding named outside it.

    `markup` is false for what holds texts and is none (a line of JSON): of UTF-8 nothing is repaired there.

    Order of evidence: byte order mark, UTF-8, then whatever gives Vietnamese: what is declared, windows-1252 and 1258,
    VISCII, TCVN 5712, VNI, and any of these between lines of UTF-8. Entities of letters and runs of old fonts are read
    before the text is weighed. Raises ReadError `binary` or `undecodable`.
    """
    mend = mended if markup else str
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return mend(data.decode(name))
            except UnicodeDecodeError as e:
                raise ReadError("undecodable", f"{name} by its byte order mark, but broken at byte {e.start}") from None
    if data.startswith(_MAGIC):
        raise ReadError("binary", "not a text file (by its first bytes)")
    head = data[:65536]
    if b"\x00" in head:
        return mend(_wide(data))
    controlled = (len(head) - len(head.translate(None, _CONTROL))) * 50 > len(head)
    if not controlled:
        try:
            return mend(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
        lenient = _SURROGATES.sub(_paired, data).decode("utf-8", "replace")
        if _little(lenient.count("\ufffd"), lenient):
            return mend(lenient)
    # A capital that VISCII or TCVN 5712 writes as a control character is one in a hundred at most: see `controlled`.
    best, good = "", -1.0
    for guess in _guesses(data, declared):
        text = repaired(guess)
        if (much := share(text)) > good:
            best, good = text, much
        if good >= _PLENTY:
            break
    if good >= _ENOUGH and not _HIGH_CONTROL.search(best):
        return mend(best)
    if controlled:
        raise ReadError("binary", "not a text file (control characters)")
    raise ReadError("undecodable", "not UTF-8, and no other encoding gives Vietnamese text")


def mended(text: str) -> str:
    """A text, markup or none, with entities of letters, old fonts and letters read in a wrong encoding made right."""
    return repaired(fonts_read(entities_read(text)))


def _little(broken: int, text: str) -> bool:
    return broken <= _CUT + len(text) // _LETTERS_A_CUT and len(text) > 50 * _CUT


def _paired(m: re.Match[bytes]) -> bytes:
    """A character beyond the first plane as UTF-8, where CESU-8 writes each half of its UTF-16 pair apart."""
    pair = m.group().decode("utf-8", "surrogatepass")
    return pair.encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _wide(data: bytes) -> str:
    # UTF-16 and UTF-32 without a mark: the other bytes of spaces, digits and Latin letters are zero.
    for name in _WITHOUT_BOM:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _HIGH_CONTROL.search(text) and _latin(text) and share(mended(text)) >= _ENOUGH:
            return text
    raise ReadError("binary", "not a text file (zero bytes)")


def _latin(text: str) -> bool:
    """Whether a text is mostly ASCII, as Vietnamese is; the wrong half of UTF-16 is not."""
    sample = text[:4096]
    return 2 * sum(c.isascii() for c in sample) > len(sample)


def _guesses(data: bytes, declared: str | None) -> Iterator[str]:
    yield shown(data)
    yield _between_utf8(data)
    meta = _DECLARED.search(data[:4096])
    for name in {declared, meta.group(1).decode("ascii", "replace") if meta else None} - {None}:
        try:
            yield data.decode(str(name))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue


def _between_utf8(data: bytes) -> str:
    """What is UTF-8 as that, and any other byte as windows-1252 shows it: an old text inside a new page."""
    out: list[str] = []
    at = 0
    for m in _SEQUENCE.finditer(data):
        if m.start() > at:
            out.append(shown(data[at : m.start()]))
        out.append(m.group().decode("utf-8"))
        at = m.end()
    return "".join((*out, shown(data[at:])))
