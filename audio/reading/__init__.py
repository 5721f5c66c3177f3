"""Vietnamese administrative text as written -> as spoken, with the reason for every change.

PURE: no file, no network, no clock. `read` is the door; the other names are its values.
"""

from audio.reading.api import read
from audio.reading.checker import TextWarning, WarningKind, check_text
from audio.reading.dictionary import DictionaryEntry
from audio.reading.legacy import LegacyEncoding, detect_legacy, require_unicode
from audio.reading.model import Change, Flag, Reading, RuleClass
from audio.reading.script import reading_script
from audio.reading.sentences import SpeechPart, split_for_speech
from audio.reading.style import CENTRAL, NORTH, SOUTH, DocumentNumbers, ListMarkers, ReadingStyle
from audio.reading.timing import estimate_ms

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
    "SpeechPart",
    "TextWarning",
    "WarningKind",
    "check_text",
    "detect_legacy",
    "estimate_ms",
    "read",
    "reading_script",
    "require_unicode",
    "split_for_speech",
]
