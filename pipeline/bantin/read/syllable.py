"""Is this a Vietnamese syllable? The onsets and rhymes of the language, with their tones: evidence for an encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Without tone. Checked syllables (-p -t -c -ch) stand apart: they carry the acute or the dot and no other tone.
_OPEN = (
    "a ai ao au ay am an ang anh ă ăm ăn ăng â âu ây âm ân âng e eo em en eng ê êu êm ên êng ênh "
    "i ia iu im in inh iêu iêm iên iêng yêu yêm yên yêng y o oi om on ong oong oa oai oao oay oam oan oang oanh "
    "oăm oăn oăng oe oeo oen ô ôi ôm ôn ông ơ ơi ơm ơn u ua ui um un ung uâ uân uâng uây uê uên uênh uơ uy uya "
    "uyu uyn uynh uyên uô uôi uôm uôn uông ư ưa ưi ưu ưm ưn ưng ươ ươi ươu ươm ươn ương"
)
_CHECKED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êc êch êp êt ich ip it iêc iêp iêt yêt oc ooc op ot oac oach oap oat "
    "oăc oăt oet ôc ôp ôt ơp ơt uc up ut uât uêch uych uyp uyt uyêt uôc uôp uôt ưc ưt ươc ươp ươt"
)
_QU = (
    "a ai ao au ay an ang anh ă ăn ăng â ân âng ây e eo en eng ê êu ên ênh i in inh iên y ynh yên ơ ô "
    "ac ach at ăc ăp ăt âc ât ec et êch êt ich it iêt yêt yt ôc"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot
_TONE = re.compile(f"[{_TONES}]")
_MISPLACED = re.compile(f"[^aeiouy\u0302\u0306\u031b][{_TONES}]")  # "ñ" is no letter
_STOPS = re.compile("(?:c|ch|p|t)$")
_SHAPES = frozenset(
    {onset + rhyme for onset in ("", *_ONSETS.split()) for rhyme in f"{_OPEN} {_CHECKED}".split()}
    | {"qu" + rhyme for rhyme in _QU.split()}
)


@lru_cache(maxsize=1 << 15)
def is_syllable(token: str) -> bool:
    """A syllable as Vietnamese spells it: one tone at most, and one that its end allows; capitals first or throughout.

    `Ð` (U+00D0) counts as `Đ`, which old texts write with it. "cua" without its marks is a syllable too.
    """
    if not (token[1:].islower() or token.isupper() or len(token) == 1) or len(token) > _LONGEST:
        return False
    apart = unicodedata.normalize("NFD", token.lower().replace("\u00f0", "đ"))
    tones = _TONE.findall(apart)
    shape = unicodedata.normalize("NFC", _TONE.sub("", apart))
    if len(tones) > 1 or _MISPLACED.search(apart) or shape not in _SHAPES:
        return False
    if _STOPS.search(shape) is None or (shape.isascii() and not tones):
        return True
    return bool(tones) and tones[0] in "\u0301\u0323"


_LONGEST = 2 * max(map(len, _SHAPES))  # decomposed
