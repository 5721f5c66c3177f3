"""Engines' answers are not trusted: decoded, measured against the text, then put in place."""

import array
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

from audio.encoder import decode_to_pcm
from audio.errors import AudioError
from audio.speech.base import NORMAL_SPEED_PERCENT, SpeechRequest
from audio.speech.errors import SpeechInterrupted
from audio.types import PCM_RATE_HZ, Millis

SHORTEST_WORD_MS = 120
"""Half of a fast announcer's syllable; eSpeak at 100 % takes 260 ms, Google's voice about 240."""
LONGEST_WORD_MS = 900
LONGEST_DIGIT_MS = 600
LONGEST_EXTRA_MS = 4_000
"""For silence at both ends and a spelt abbreviation or two."""
QUIETEST_PEAK = 330
"""-40 dBFS: quieter than this is not speech."""


@dataclass(frozen=True, slots=True)
class Container:
    """What an engine may answer in: the demuxer ffmpeg is held to, and how its bytes begin."""

    demuxer: str
    openings: tuple[bytes, ...]


WAV = Container("wav", (b"RIFF",))
MP3 = Container("mp3", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"))


def settle(sound: bytes, container: Container, request: SpeechRequest, target: Path) -> None:
    """Decodes, checks and moves an engine's answer to `target`, which appears whole or not.

    :raises SpeechInterrupted: no sound of that kind, silent, or of a length the text cannot have.
    """
    if not sound.startswith(container.openings):
        raise SpeechInterrupted(
            "Dịch vụ giọng đọc trả về dữ liệu không phải âm thanh. Hãy thử lại sau ít phút.",
            began=sound[:16].hex(),
        )
    longest_ms = _plausible_ms(request)[1]
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".say-") as folder:
        answer, clip = Path(folder, "answer"), Path(folder, "clip.wav")
        answer.write_bytes(sound)
        try:
            # A second more than plausible: enough to see that it is too long, no zip bomb.
            decode_to_pcm(answer, clip, limit_ms=longest_ms + 1_000, demuxer=container.demuxer)
        except AudioError as error:
            raise SpeechInterrupted(
                "Âm thanh nhận từ dịch vụ giọng đọc bị hỏng. Hãy thử lại sau ít phút.",
                cause=error.code,
            ) from error
        _check(clip, request)
        clip.replace(target)


def duration_of(clip: Path) -> Millis:
    """The length of a clip that `settle` made.

    :raises SpeechInterrupted: it is not mono 16 bit 24 kHz WAV.
    """
    return Millis(len(_samples(clip)) * 1000 // PCM_RATE_HZ)


def _check(clip: Path, request: SpeechRequest) -> None:
    samples = _samples(clip)
    duration_ms = len(samples) * 1000 // PCM_RATE_HZ
    shortest_ms, longest_ms = _plausible_ms(request)
    if not shortest_ms <= duration_ms <= longest_ms:
        raise SpeechInterrupted(
            "Âm thanh nhận được dài ngắn không khớp với câu. Hãy thử lại sau ít phút.",
            duration_ms=duration_ms,
            shortest_ms=shortest_ms,
            longest_ms=longest_ms,
        )
    if max(samples) < QUIETEST_PEAK and min(samples) > -QUIETEST_PEAK:
        raise SpeechInterrupted(
            "Âm thanh nhận được không có tiếng. Hãy thử lại sau ít phút.", duration_ms=duration_ms
        )


def _plausible_ms(request: SpeechRequest) -> tuple[int, int]:
    words = sum(any(letter.isalnum() for letter in word) for word in request.text.split())
    digits = sum(letter.isdigit() for letter in request.text)
    shortest = words * SHORTEST_WORD_MS
    longest = words * LONGEST_WORD_MS + digits * LONGEST_DIGIT_MS + LONGEST_EXTRA_MS
    scale = NORMAL_SPEED_PERCENT / request.speed_percent
    return round(shortest * scale), round(longest * scale)


def _samples(clip: Path) -> "array.array[int]":
    try:
        with wave.open(str(clip), "rb") as sound:
            shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            raw = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as error:
        raise SpeechInterrupted(cause=str(error)) from error
    if shape != (1, 2, PCM_RATE_HZ):
        raise SpeechInterrupted(shape=str(shape))
    samples = array.array("h", raw)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
