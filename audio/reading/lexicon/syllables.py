"""What a Vietnamese syllable can look like: onset, rime, tone. Linear, no dictionary."""

import unicodedata
from functools import lru_cache

from audio.reading.lexicon import word_set

_ONSETS = frozenset(
    [
        "",
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "gh",
        "gi",
        "h",
        "k",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "ngh",
        "nh",
        "p",
        "ph",
        "qu",
        "r",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    ]
)
_RIMES = word_set(
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im "
    "in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc "
    "oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua "
    "uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya "
    "uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu uao ueo uang uanh uach uac uat uan uai uam uay uăn uăng uăt uăc "
    "uet uen ue uyp"
)
_PLAIN_RIMES = frozenset(
    "".join(unicodedata.normalize("NFD", char)[0] for char in rime) for rime in _RIMES
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _toneless(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """True when `word` (any case) could be one Vietnamese syllable, with or without marks."""
    plain = _toneless(word[:12])
    if plain == word.lower() and plain.isascii():
        return _divides(plain.replace("đ", "d"), _PLAIN_RIMES)
    return _divides(plain, _RIMES)


def _divides(word: str, rimes: frozenset[str]) -> bool:
    return any(word[:cut] in _ONSETS and word[cut:] in rimes for cut in range(min(4, len(word))))
