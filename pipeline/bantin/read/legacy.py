"""Words in the letters of another encoding: what each would say if it were VISCII, TCVN 5712, VNI, windows-1258, UTF-8.

A word is taken as it is shown, each byte as the character of windows-1252 (or 1258, or Latin-1) that it was mistaken
for: "Héi nghÞ" is TCVN 5712 for "Hội nghị", "Há»™i" is UTF-8 for "Hội".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from bantin.datafile import packaged, read_toml
from bantin.read.syllable import is_syllable

Convert = Callable[[str], str | None]
"""What a word says in one encoding; None if it cannot be of that encoding."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook, tilde, dot: the order of VNI's marks
_VNI_LETTER = re.compile(r"[aeouyAEOUYôöÔÖ][øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]|[^\x00-\x7f]")
_UTF8 = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}"
)
_TIMES = 3  # how often UTF-8 may have been taken for something else


@cache
def _bytes_shown() -> Mapping[int, str]:
    """Character -> its byte (as a Latin-1 character) in windows-1252, else windows-1258, else Latin-1."""
    shown = {chr(byte): chr(byte) for byte in range(256)}
    for name in ("cp1258", "cp1252"):
        for byte in range(0x80, 0x100):
            if char := bytes([byte]).decode(name, "ignore"):
                shown[char] = chr(byte)
    return str.maketrans(shown)


def shown(data: bytes) -> str:
    """Bytes as windows-1252 shows them; those that it leaves free as the control characters of Latin-1."""
    return data.decode("latin-1").translate(_windows())


@cache
def _windows() -> dict[int, str]:
    return {byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}


def _as_bytes(word: str) -> str | None:
    """The bytes behind a word as Latin-1 characters; None if a character stands in none of the three encodings."""
    raw = word.translate(_bytes_shown())
    return raw if raw.isascii() or max(raw) <= "\xff" else None


def _utf8(word: str) -> str | None:
    """UTF-8 that was taken for a one-byte encoding, once or several times."""
    said = word
    for _ in range(_TIMES):
        raw = _as_bytes(said)
        if raw is None:
            break
        if raw.endswith("\xc3"):
            raw += "\xa0"  # "lÃ" for "là": its no-break space was taken for a space
        new = _UTF8.sub(lambda m: m.group().encode("latin-1").decode("utf-8", "replace"), raw)
        if new == raw:
            break
        said = new
    left = said.translate({0xA0: None})
    return said if said != word and not _C1.search(left) and "\ufffd" not in said else None


_C1 = re.compile("[\x80-\x9f]")
_PUNCTUATION = frozenset("\x85\x91\x92\x93\x94\x95\x96\x97")  # of windows-1252


def _viscii(word: str) -> str | None:
    raw = _as_bytes(word)
    if raw is None:
        return None
    said = raw.translate(_table("viscii"))
    return said if "\xa0" not in raw or is_syllable(said) else said.replace("Õ", "\xa0")


def _tcvn3(word: str) -> str | None:
    """TCVN 5712 as ABC fonts use it, with the quotes and dashes of windows-1252; its capitals where that gives words.

    Those fonts have no capital vowel with a tone, so that "§¶NG" shows "ĐảNG" for "ĐẢNG".
    """
    raw = _as_bytes(word)
    if raw is None:
        return None
    table = _table("tcvn3")
    full = raw.translate(table)
    if _C1.search(raw) is None:
        said = full
    elif is_syllable(full) and raw not in _PUNCTUATION:
        return full
    else:
        said = "".join(_windows().get(ord(c), c) if "\x80" <= c < "\xa0" else c.translate(table) for c in raw)
    return said.upper() if _CAPITAL_INSIDE.search(said) and not _SMALL.search(said) else said


_CAPITAL_INSIDE, _SMALL = re.compile(r"(?<=[^\W\d_])[A-Z]"), re.compile("[a-z]")


def _vni(word: str) -> str | None:
    pairs, singles = _vni_tables()
    raw = _as_bytes(word)
    if raw is None:
        return None

    def letter(m: re.Match[str]) -> str:
        two = m.group()
        return pairs.get(two) or "".join(singles.get(c, c) for c in two)

    said = _VNI_LETTER.sub(letter, raw)
    return said.translate(_windows())


def _windows_1258(word: str) -> str | None:
    raw = _as_bytes(word)
    if raw is None:
        return None
    said = unicodedata.normalize("NFC", raw.encode("latin-1").decode("cp1258", "replace"))
    return None if "\ufffd" in said else said


ENCODINGS: Mapping[str, Convert] = {
    name: lru_cache(maxsize=1 << 14)(convert)
    for name, convert in (
        ("utf-8", _utf8), ("tcvn3", _tcvn3), ("vni", _vni), ("viscii", _viscii), ("windows-1258", _windows_1258),
    )
}  # fmt: skip
"""The encodings that text is repaired from, by name."""


@cache
def _encodings() -> dict[str, Any]:
    return read_toml(packaged("read", "encodings.toml"))


@cache
def _table(name: str) -> dict[int, str]:
    table = _encodings()[name]
    low = {int(byte, 16): char for byte, char in table["low"].items()}
    return low | {0x80 + i: char for i, char in enumerate(table["high"])}


@cache
def _vni_tables() -> tuple[dict[str, str], dict[str, str]]:
    """(a letter and its mark -> the letter, a single character -> the letter), small and capital."""
    vni = _encodings()["vni"]
    pairs = {base + mark: whole + tone for base, whole in (*((v, v) for v in "aeouy"), ("ô", "ơ"), ("ö", "ư"))
             for mark, tone in zip(vni["marks"], _TONES, strict=True)}  # fmt: skip
    for group, bases, sign in (("circumflex", "aeo", "\u0302"), ("breve", "a", "\u0306")):
        pairs |= {b + m: b + sign + tone for b in bases for m, tone in zip(vni[group], ("", *_TONES), strict=True)}
    pairs = {pair: unicodedata.normalize("NFC", whole) for pair, whole in pairs.items()}
    upper = {pair.upper(): whole.upper() for pair, whole in pairs.items()}
    mixed = {pair[0].upper() + pair[1]: whole.upper() for pair, whole in pairs.items()}
    singles = vni["single"]
    return mixed | upper | pairs, {c.upper(): whole.upper() for c, whole in singles.items()} | singles
