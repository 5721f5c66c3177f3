"""What is ordered of the renderer, what it hands back, and why it refuses."""

from dataclasses import dataclass, field
from pathlib import Path

from audio.errors import AudioError
from audio.levels import CEILING_DBTP, TARGET_LUFS
from audio.mix import BED_DUCK_DB, BED_GAIN_DB
from audio.types import Decibels, Lufs, Millis

SILENCE_SHARE_LIMIT = 0.40
CLIPPED_SHARE_LIMIT = 0.02
"""One sample in fifty at full scale is heard as rasping, and no gain mends it."""
LIKELY_DURATION = (0.5, 2.0)
"""Measured over predicted. Speakers differ by a third; half or double is another text."""
_DURATION_SLACK_MS = 2_000
_AUDIBLE_LUFS = Lufs(-69.0)


class EmptyItem(AudioError):
    code = "audio.item_empty"
    message = "Âm thanh rỗng: không nghe thấy tiếng nào. Hãy tạo lại giọng đọc hoặc thu lại."


class SilentClip(AudioError):
    code = "audio.clip_silent"
    message = "Có câu không nghe thấy tiếng. Hãy nghe thử từng câu rồi tạo lại câu bị câm."


class MostlySilence(AudioError):
    code = "audio.mostly_silence"
    message = "Hơn bốn phần mười thời lượng là khoảng lặng. Hãy cắt bớt khoảng lặng hoặc thu lại."


class ClippedSound(AudioError):
    code = "audio.clipped"
    message = "Âm thanh bị rè do thu quá to. Hãy giảm mức thu hoặc đứng xa micro hơn rồi thu lại."


class DurationUnlikely(AudioError):
    code = "audio.duration_unlikely"
    message = (
        "Thời lượng âm thanh khác xa độ dài của văn bản. Hãy nghe thử: có thể đọc thiếu, "
        "đọc lặp hoặc ghép nhầm tệp."
    )


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of speech as WAV (mono, 24 kHz, 16 bit); pieces of one sentence share its number."""

    path: Path
    text: str
    pause_after_ms: int
    sentence: int


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """What a station puts around its words; every part may be missing. Tunes are WAV as clips."""

    signature: Path | None = None
    opening: tuple[Clip, ...] = ()
    closing_words: tuple[Clip, ...] = ()
    closing: Path | None = None
    bed: Path | None = None
    bed_gain_db: Decibels = BED_GAIN_DB
    duck_db: Decibels = BED_DUCK_DB
    pause_ms: int = 500


@dataclass(frozen=True, slots=True)
class ItemOrder:
    """`expected_ms` is what the text of `clips` predicts at 100 % speed, None when recorded."""

    clips: tuple[Clip, ...]
    template: ItemTemplate = field(default_factory=ItemTemplate)
    target_lufs: Lufs = TARGET_LUFS
    ceiling_dbtp: Decibels = CEILING_DBTP
    speed_percent: int = 100
    expected_ms: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """When a sentence sounds in the MP3, `[starts_ms, ends_ms)`, pauses after it not included."""

    text: str
    starts_ms: Millis
    ends_ms: Millis


@dataclass(frozen=True, slots=True)
class RenderedItem:
    """A finished file named by its own hash, and the facts measured on it.

    `peaks` are at most 800 heights of 0..100 for a drawing, before the gain.
    """

    path: Path
    sha256: str
    bytes: int
    duration_ms: Millis
    loudness_lufs: Lufs
    true_peak_dbtp: Decibels
    silence_share: float
    sentences: tuple[SentenceTime, ...]
    peaks: tuple[int, ...]


def refuse_unlikely_duration(spoken_ms: int, expected_ms: int | None) -> None:
    """:raises DurationUnlikely: the words last less than half or more than twice `expected_ms`."""
    if expected_ms is None:
        return
    least, most = (share * expected_ms for share in LIKELY_DURATION)
    if not least - _DURATION_SLACK_MS <= spoken_ms <= most + _DURATION_SLACK_MS:
        raise DurationUnlikely(spoken_ms=spoken_ms, expected_ms=expected_ms)


def refuse_unfit_sound(loudness_lufs: Lufs, *, silence_share: float, clipped_share: float) -> None:
    """Refuses what must not go on air.

    :raises EmptyItem: nothing audible. :raises MostlySilence: 40 % silence or more.
    :raises ClippedSound: more than CLIPPED_SHARE_LIMIT of the samples at full scale.
    """
    if loudness_lufs < _AUDIBLE_LUFS:
        raise EmptyItem(loudness_lufs=loudness_lufs)
    if silence_share >= SILENCE_SHARE_LIMIT:
        raise MostlySilence(silence_share=silence_share)
    refuse_clipping(clipped_share)


def refuse_clipping(clipped_share: float) -> None:
    """:raises ClippedSound: more than CLIPPED_SHARE_LIMIT of the samples at full scale."""
    if clipped_share > CLIPPED_SHARE_LIMIT:
        raise ClippedSound(clipped_share=clipped_share)
