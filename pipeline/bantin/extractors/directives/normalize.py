"""Canonical forms: a printed symbol to its number and symbol, a printed type word to the type, an ordinal to digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bantin.lexicon import load_lexicon
from bantin.numbers import parse_ordinal, to_roman
from bantin.text import canonical, fold_key

_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,3}(?!\d))?(?:[a-zđA-C](?![^\W_]))?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED_END = re.compile(r"\.+$")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A printed symbol read: number as printed, year, codes in canonical case, and the whole in canonical form."""

    number: str
    year: str | None
    codes: tuple[str, ...]
    text: str
    flags: tuple[str, ...]

    @property
    def body(self) -> str | None:
        """The issuer's code: the last of two, None where the symbol has only a type code."""
        known = load_lexicon("symbol_codes")
        rest = [c for c in self.codes if c not in known]
        return rest[0] if rest else None

    @property
    def type_code(self) -> str | None:
        """The code of the document's type, if it stands in the symbol."""
        known = load_lexicon("symbol_codes").entries
        for code in self.codes:
            if (name := known.get(fold_key(code))) is not None:
                return name
        return None


@cache
def _codes() -> dict[str, str]:
    return {**load_lexicon("symbol_bodies").entries, **load_lexicon("symbol_codes").entries}


@cache
def _type_codes() -> tuple[str, ...]:
    return tuple(sorted((f for f in load_lexicon("symbol_codes") if len(f) > 1), key=len, reverse=True))


def _code(printed: str) -> list[str]:
    """One printed code in canonical case; a type code run together with the body ("NQTW") becomes two."""
    known = _codes()
    key = fold_key(_DOTTED_END.sub("", printed))
    bodies = load_lexicon("symbol_bodies").entries
    if key in known:
        return [known[key]]
    for code in _type_codes():
        if key.startswith(code) and key[len(code) :] in bodies:
            return [known[code], bodies[key[len(code) :]]]
    text = printed.replace("T.Ư", "TW").replace("T.W", "TW").replace("TƯ", "TW").rstrip(".")
    if m := re.fullmatch(r"([^\W\d]+)(\d{1,2})", text):
        text = known.get(fold_key(m[1]), m[1]) + m[2]
    return [text.upper() if text.islower() and text != "nb" else text]


def is_party(code: str) -> bool:
    """Whether a code is of the Party, whose symbols run number-type/body; those of the State run number/type-body."""
    note = load_lexicon("symbol_bodies").notes.get(fold_key(code))
    if note:
        return note == "party"
    return re.search(r"(?:TW|TU|HU)$", code) is not None or code.startswith(("ĐU", "TWĐTN", "ĐTN"))


@lru_cache(maxsize=4096)
def read_symbol(printed: str) -> Symbol | None:
    """A printed symbol with all its damage ("16/NQ - T.Ư", "79 NQ/TW", "30a/2008/NQ-CP"), or None without a number."""
    text = canonical(printed)
    m = _NUMBER.match(text)
    if m is None:
        return None
    number = m.group()
    rest = text[m.end() :].strip()
    parts = [p for p in re.split(r"\s*[-/]\s*|\s+", rest) if p]
    seps = re.findall(r"[-/]", rest)
    year = None
    if parts and _YEAR.fullmatch(parts[0]):
        year, parts = parts[0], parts[1:]
        seps = seps[1:]
    codes: list[str] = []
    for part in parts:
        codes += _code(part)
    return Symbol(number, year, tuple(codes), *_write(number, year, codes, seps, rest))


def _write(number: str, year: str | None, codes: list[str], seps: list[str], rest: str) -> tuple[str, tuple[str, ...]]:
    """The canonical text and the flags that say what was changed."""
    if not codes:
        return (f"{number}/{year}" if year else number), ()
    if year:
        head = f"{number}/{year}/"
        return head + "-".join(codes), ()
    types = load_lexicon("symbol_codes")
    if len(codes) == 1:
        as_printed = codes[0] not in types or codes[0] == "SL"
        sep = (seps[0] if seps else "/") if as_printed else "-"
        return f"{number}{sep}{codes[0]}", ()
    if codes[0] not in types:  # official letters: number/office-section
        return number + "".join(s + c for s, c in zip([*seps, *"-" * len(codes)], codes, strict=False)), ()
    laws = codes[0] in ("L", "LCT") and seps[:2] == ["-", "/"]  # "35-L/CTN": so were laws numbered until 1996
    party = is_party(codes[1]) or laws
    one, two = ("-", "/") if party else ("/", "-")
    if len(seps) >= 2 and seps[0] != seps[1] and codes[1] not in load_lexicon("symbol_bodies"):
        one, two = seps[0], seps[1]  # an unknown body: as printed
    tail = "".join("/nb" if c == "nb" else f"-{c}" for c in codes[2:])
    text = f"{number}{one}{codes[0]}{two}{codes[1]}{tail}"
    swapped = len(seps) >= 2 and (seps[0], seps[1]) != (one, two)
    return text, (("separator_repaired",) if swapped or len(seps) < len(codes) else ())


def type_name(printed: str) -> str:
    """The type in full words, first letter capital: "nq" is "Nghị quyết"."""
    for name in ("document_types", "document_abbreviations"):
        if found := load_lexicon(name).canonical(printed):
            return found
    text = canonical(printed).lower()
    return text[:1].upper() + text[1:]


def type_of_code(code: str) -> str | None:
    """The type word that a code of a symbol stands for, or None."""
    return load_lexicon("symbol_codes").notes.get(fold_key(code))


@lru_cache(maxsize=1024)
def roman_term(printed: str) -> str | None:
    """A term or congress ordinal as a Roman numeral: "12", "XII", "mười hai" are "XII"."""
    value = parse_ordinal(printed)
    return to_roman(value) if value is not None and 0 < value < 100 else None


@lru_cache(maxsize=1024)
def session_digits(printed: str) -> str | None:
    """A plenum or congress ordinal in digits: "năm" is "5", "XIII" is "13"."""
    key = fold_key(printed).replace("bẩy", "bảy")
    value = parse_ordinal(key)
    return str(value) if value is not None else None
