"""How long a spoken text takes, before any voice has said it."""

import re

from audio.reading.lexicon.prosody import PAUSES_MS

SYLLABLES_PER_MINUTE = 220
"""A calm announcer; news readers reach 250."""
_SYLLABLE = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[,;:.!?…](?=\s|$)")


def count_syllables(spoken: str) -> int:
    """Vietnamese writes one syllable a word; hyphens part the syllables of foreign words."""
    return len(_SYLLABLE.findall(spoken))


def estimate_ms(spoken: str, *, syllables_per_minute: int) -> int:
    """Milliseconds of `spoken` with its pauses, rounded down; 0 for silence."""
    if syllables_per_minute <= 0:
        raise ValueError("syllables_per_minute phải lớn hơn 0")
    pauses = sum(PAUSES_MS[mark] for mark in _MARK.findall(spoken))
    return count_syllables(spoken) * 60_000 // syllables_per_minute + pauses
