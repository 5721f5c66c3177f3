"""The door of the package: clean up, scan, assemble, settle."""

from collections.abc import Sequence
from dataclasses import replace

from audio.reading.assemble import assemble, compose
from audio.reading.dictionary import DictionaryEntry, dictionary_rule
from audio.reading.document import Document
from audio.reading.legacy import detect_legacy
from audio.reading.model import Flag, Reading
from audio.reading.reader import scan
from audio.reading.rules.ordinals import is_timetable
from audio.reading.style import NORTH, ReadingStyle
from audio.reading.unicode_cleanup import clean_up

_MOST_ROUNDS = 4
_LEGACY = "Văn bản gõ bằng phông chữ cũ ({}); hãy chuyển sang Unicode."


def read(
    written: str,
    *,
    style: ReadingStyle = NORTH,
    dictionary: Sequence[DictionaryEntry] = (),
    schedule_context: bool = False,
) -> Reading:
    """`written` with its spoken form, every change explained, every doubt flagged.

    Never raises. The spoken text is NFC and holds no digit; reading it again changes nothing.
    `schedule_context` says that T2 and CN are days of the week even without a hint in the text.
    """
    reading = _read_once(written, style, dictionary, schedule=schedule_context)
    for _round in range(_MOST_ROUNDS):
        again = _read_once(reading.spoken, style, (), schedule=schedule_context)
        if again.spoken == reading.spoken:
            break
        reading = compose(reading, again)
    encoding = detect_legacy(written)
    if encoding:
        warning = Flag(0, len(written), written, _LEGACY.format(encoding))
        reading = replace(reading, flags=(warning, *reading.flags))
    return reading


def _read_once(
    written: str, style: ReadingStyle, dictionary: Sequence[DictionaryEntry], *, schedule: bool
) -> Reading:
    clean = clean_up(written)
    document = Document(clean.text, style, schedule or is_timetable(clean.text))
    document.index_words()
    return assemble(written, clean, scan(document, dictionary_rule(dictionary)))
