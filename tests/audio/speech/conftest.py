"""A voice that writes down what it is asked: a real program behind the command engine."""

import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from math import sin
from pathlib import Path

import pytest

from audio.speech.base import Engine, Voice
from audio.speech.breaker import Breaker
from audio.speech.cache import SentenceCache
from audio.speech.command_speech import CommandSpeech
from audio.speech.desk import SpeechDesk
from audio.speech.spoken import SpokenText

PARROT = Voice(Engine.COMMAND, "parrot", "Giọng thử")
SCRIPT = """\
#!/bin/sh
text=$(cat)
printf '%s\\n' "$text" >> "$1"
case "$text" in
  *hỏng*) echo 'out of order' >&2; exit 1 ;;
  *'lạ lùng'*) exit 65 ;;
  *bận*) exit 75 ;;
esac
exec cat "$2"
"""


@dataclass(frozen=True)
class Part:
    text: str
    pause_after_ms: int = 250


@dataclass(frozen=True)
class Parrot:
    """`speech` answers every text with the same two-second hum; `asked` is what it was asked."""

    speech: CommandSpeech
    log: Path

    @property
    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def part() -> type[Part]:
    return Part


@pytest.fixture
def write_wav(tmp_path) -> Callable[..., Path]:
    """A WAV file of a hum: name, length in ms, loudness 0..32767, rate, channels."""

    def write(name: str, duration_ms: int, peak=8_000, rate_hz=24_000, channels=1) -> Path:
        count = duration_ms * rate_hz // 1000 * channels
        with wave.open(str(tmp_path / name), "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(2)
            out.setframerate(rate_hz)
            out.writeframes(array("h", (int(peak * sin(n / 11)) for n in range(count))))
        return tmp_path / name

    return write


@pytest.fixture
def parrot(tmp_path, write_wav) -> Parrot:
    script, log = tmp_path / "parrot.sh", tmp_path / "asked.txt"
    script.write_text(SCRIPT)
    script.chmod(0o755)
    command = [str(script), str(log), str(write_wav("hum.wav", 2_000))]
    return Parrot(CommandSpeech(command, [PARROT], environ={"PATH": "/usr/bin:/bin"}), log)


@pytest.fixture
def cache(tmp_path) -> SentenceCache:
    return SentenceCache(tmp_path / "speech")


@pytest.fixture
def open_desk(cache, clock, tmp_path) -> Callable[..., SpeechDesk]:
    def open_(*engines, fallback=(), cache=cache) -> SpeechDesk:
        breaker = Breaker(tmp_path / "rests.json")
        return SpeechDesk(engines, cache, breaker, fallback=fallback, clock=clock)

    return open_


@pytest.fixture
def desk(open_desk, parrot) -> SpeechDesk:
    return open_desk(parrot.speech)


@pytest.fixture
def speak(desk) -> Callable[..., SpokenText]:
    """Speaks texts or parts with the parrot; settings of `SpeechDesk.speak` may be given."""

    def speak_(texts, desk=desk, **more) -> SpokenText:
        parts = [Part(text) if isinstance(text, str) else text for text in texts]
        settings = {
            "voice": PARROT,
            "speed_percent": 100,
            "progress": lambda *_: None,
            "cancelled": lambda: False,
        }
        return desk.speak(parts, **(settings | more))

    return speak_
