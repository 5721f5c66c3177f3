"""What the pages of one bulletin show: text beside speech, audio, doubts, steps."""

from typing import Any

from audio.reading import Reading, estimate_ms
from audio.speech.base import Engine
from broadcast.bulletins.decisions import airable_version
from broadcast.bulletins.doubts import list_doubts
from broadcast.bulletins.models import Bulletin, BulletinVersion, Rendition
from broadcast.bulletins.production import SYLLABLES_PER_MINUTE
from broadcast.bulletins.queries import current_version, list_decisions
from broadcast.bulletins.reading import read_for
from broadcast.bulletins.service import RECORDING
from broadcast.bulletins.side_by_side import lay_out
from broadcast.bulletins.standing import standing_of
from broadcast.bulletins.writing import Writing, studio, voice_words
from broadcast.desk import Desk
from broadcast.timetable.queries import when_heard


def bulletin_page(desk: Desk, bulletin: Bulletin) -> dict[str, Any]:
    """Everything the page of a bulletin, and the approver's page, are made of."""
    version = current_version(desk, bulletin)
    rendition = version.rendition
    reading = read_for(desk, version.text)
    return {
        "bulletin": bulletin,
        "version": version,
        "rendition": rendition,
        "standing": standing_of(desk, bulletin, version),
        "paragraphs": lay_out(
            _as_heard(reading, rendition), rendition.sentences if rendition else ()
        ),
        "doubts": list_doubts(desk, version.text, version.overridden),
        "decisions": list_decisions(desk, bulletin),
        "is_airable": airable_version(desk, bulletin) is not None,
        "is_recording": version.engine == RECORDING,
        "heard": when_heard(desk, bulletin.id),
        "better_voice_back": rendition is not None and is_better_voice_back(rendition),
        "dictionary_moved_on": _dictionary_moved_on(version, reading),
        "voice_words": voice_words(rendition.engine, rendition.voice) if rendition else "",
    }


def preview(desk: Desk, text: str, at: Writing | None = None) -> dict[str, Any]:
    """The text as it would be spoken now; nothing is saved."""
    reading = read_for(desk, text)
    return {
        "paragraphs": lay_out(reading),
        "doubts": list_doubts(desk, text, at.version.overridden if at else ()),
        "length_ms": estimate_ms(reading.spoken, syllables_per_minute=SYLLABLES_PER_MINUTE),
    }


def is_better_voice_back(rendition: Rendition) -> bool:
    """Another voice stepped in, and the wished one may be asked again."""
    if not rendition.fallback_reason or rendition.wished_engine not in set(Engine):
        return False
    return studio().speech.find_rest(Engine(rendition.wished_engine)) is None


def _as_heard(reading: Reading, rendition: Rendition | None) -> Reading:
    """What the audio says, though the dictionary may have moved on: it is what is approved."""
    if rendition is None or not rendition.spoken or rendition.spoken == reading.spoken:
        return reading
    return Reading(reading.written, rendition.spoken, (), ())


def _dictionary_moved_on(version: BulletinVersion, reading: Reading) -> bool:
    """A word was taught since: the audio says it the old way."""
    return (
        version.rendition is not None
        and version.engine != RECORDING
        and version.spoken != reading.spoken
    )
