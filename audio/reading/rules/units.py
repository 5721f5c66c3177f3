"""Units that stand without a figure: tính bằng kg, 2 triệu m³."""

from audio.reading.document import Document
from audio.reading.lexicon.units import (
    CURRENCY_CODES,
    LONGEST_KEY,
    MAGNITUDES,
    MONEY,
    STANDALONE,
    UNITS,
)
from audio.reading.model import Match, RuleClass


def read_bare_unit(document: Document, position: int) -> Match | None:
    """A unit nobody mistakes for a word, wherever it stands; "m" only after a magnitude."""
    text = document.text
    after_magnitude = bool(MAGNITUDES & set(document.before(position, 1)))
    for length in range(min(LONGEST_KEY, len(text) - position), 0, -1):
        key = text[position : position + length]
        if key in CURRENCY_CODES and not text[position + length : position + length + 1].isalnum():
            return Match(position + length, MONEY[key], RuleClass.MONEY, "Đồng tiền.")
        if key not in UNITS or not (key in STANDALONE or (after_magnitude and key == "m")):
            continue
        if text[position + length : position + length + 1].isalnum():
            continue
        return Match(position + length, UNITS[key], RuleClass.UNIT, "Đơn vị đo.")
    return None
