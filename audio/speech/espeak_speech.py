"""eSpeak NG's three Vietnamese voices: offline, instant, robotic."""

import io
import time
import wave
from importlib import metadata
from pathlib import Path

from audio.speech.base import Engine, SpeechRequest, Voice, text_for
from audio.speech.clip import WAV, settle
from audio.speech.errors import SpeechInterrupted
from audio.speech.espeak_process import EspeakProcess, RawSound

NORMAL_RATE_WPM = 160
"""About 230 syllables a minute, an announcer's pace; eSpeak's slowest, 80, is 50 % of it."""
VOLUME = 55
"""At eSpeak's own 100 all three voices touch full scale; at 55 they peak near -2.5 dBFS."""
LONGEST_TEXT = 2_000
PATIENCE_S = 20.0
"""Two thousand letters take a fifth of a second; a helper that needs 20 s is stuck."""
_SOUND_OF_US = 1
"""Raised when the settings above change what is heard."""

VOICES = (
    Voice(Engine.ESPEAK, "vi", "eSpeak – giọng Bắc (ngoại tuyến)"),
    Voice(Engine.ESPEAK, "vi-vn-x-central", "eSpeak – giọng Trung (ngoại tuyến)"),
    Voice(Engine.ESPEAK, "vi-vn-x-south", "eSpeak – giọng Nam (ngoại tuyến)"),
)


class EspeakSpeech:
    """Close it when done: it owns a helper process."""

    engine = Engine.ESPEAK
    is_local = True
    sets_speed = True

    def __init__(self, process: EspeakProcess | None = None) -> None:
        self._process = process or EspeakProcess()
        # The package's metadata tells the version without loading the GPL library here.
        self.version = f"{metadata.version('espeakng-loader')}/{_SOUND_OF_US}"

    def voices(self) -> tuple[Voice, ...]:
        return VOICES

    def say(self, request: SpeechRequest, target: Path, *, patience_s: float | None = None) -> None:
        question: dict[str, object] = {
            "text": text_for(request, VOICES, at_most=LONGEST_TEXT),
            "voice": request.voice.name,
            "rate_wpm": round(NORMAL_RATE_WPM * request.speed_percent / 100),
            "volume": VOLUME,
        }
        patience_s = PATIENCE_S if patience_s is None else min(patience_s, PATIENCE_S)
        deadline = time.monotonic() + patience_s
        try:
            sound = self._process.ask(question, deadline - time.monotonic())
        except SpeechInterrupted:
            # A helper that was killed says nothing about the sentence: one more, with a new one.
            sound = self._process.ask(question, deadline - time.monotonic())
        settle(_as_wav(sound), WAV, request, target)

    def close(self) -> None:
        self._process.close()


def _as_wav(sound: RawSound) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.rate_hz)
        out.writeframes(sound.samples)
    return file.getvalue()
