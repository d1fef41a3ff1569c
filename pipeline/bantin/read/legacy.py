"""Vietnamese from before Unicode: VISCII, TCVN 5712 (ABC fonts) and VNI fonts, as bytes or shown as Latin letters."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache
from typing import Any

from bantin.datafile import packaged, read_toml
from bantin.read.language import SAMPLE, plausibility

_VNI_LETTER = re.compile(r"[aeouyAEOUYôöÔÖ][^\x00-\x7f]|[^\x00-\x7f]")
_TONES = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook, tilde, dot


def legacy_texts(data: bytes) -> list[str]:
    """What the bytes would say in each of the old encodings."""
    shown = data.decode("latin-1")
    return [shown.translate(_table("viscii")), shown.translate(_table("tcvn3")), _vni(shown)]


def repaired(text: str, enough: float) -> str | None:
    """A text whose old letters were taken for Latin ones ("Héi nghÞ giao ban c«ng t¸c"), or UTF-8 that was.

    None unless the repaired text is Vietnamese (a plausibility of `enough`), so that clean text is never touched.
    """
    if len(text) > SAMPLE and repaired(text[:SAMPLE], enough) is None:
        return None
    data = b"".join(_byte(c) for c in text)
    guesses = legacy_texts(data)
    with suppress(UnicodeDecodeError):
        guesses.append(data.decode("utf-8"))
    best = max(guesses, key=plausibility)
    return best if plausibility(best) >= enough else None


def _byte(char: str) -> bytes:
    for name in ("cp1252", "latin-1"):
        try:
            return char.encode(name)
        except UnicodeEncodeError:
            continue
    return b"?"


@cache
def _encodings() -> dict[str, Any]:
    return read_toml(packaged("read", "encodings.toml"))


@cache
def _table(name: str) -> dict[int, str]:
    table = _encodings()[name]
    low = {int(byte, 16): char for byte, char in table["low"].items()}
    return low | {0x80 + i: char for i, char in enumerate(table["high"])}


def _vni(shown: str) -> str:
    pairs, singles = _vni_tables()

    def letter(m: re.Match[str]) -> str:
        two = m.group()
        return pairs.get(two) or "".join(singles.get(c, c) for c in two)

    return _VNI_LETTER.sub(letter, shown)


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
