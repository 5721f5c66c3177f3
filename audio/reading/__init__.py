"""Vietnamese administrative text as written -> as spoken, with the reason for every change.

PURE: no file, no network, no clock. `read` is the door; the other names are its values.
"""

from audio.reading.api import read
from audio.reading.dictionary import DictionaryEntry
from audio.reading.legacy import LegacyEncoding, detect_legacy
from audio.reading.model import Change, Flag, Reading, RuleClass
from audio.reading.style import CENTRAL, NORTH, SOUTH, DocumentNumbers, ListMarkers, ReadingStyle

__all__ = [
    "CENTRAL",
    "NORTH",
    "SOUTH",
    "Change",
    "DictionaryEntry",
    "DocumentNumbers",
    "Flag",
    "LegacyEncoding",
    "ListMarkers",
    "Reading",
    "ReadingStyle",
    "RuleClass",
    "detect_legacy",
    "read",
]
