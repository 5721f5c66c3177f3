"""The voices and folders of this machine, put together from Settings; one studio a process."""

import os
import shlex
from functools import lru_cache

from audio.speech.base import Engine, Speech, Voice
from audio.speech.breaker import Breaker
from audio.speech.cache import SentenceCache
from audio.speech.command_speech import CommandSpeech
from audio.speech.desk import SpeechDesk
from audio.speech.espeak_speech import EspeakSpeech
from audio.speech.gtts_speech import GoogleSpeech
from audio.speech.pace import Pace
from audio.speech.silent import SilentSpeech
from broadcast.clock import wall_clock
from broadcast.config import Settings

COMMAND_VOICE = Voice(Engine.COMMAND, "command", "Giọng của chương trình riêng")
OFFLINE_VOICES = {"north": "vi", "central": "vi-vn-x-central", "south": "vi-vn-x-south"}


class Studio:
    """`speech` speaks, `media_dir` keeps what is finished, `tunes_dir` what was synthesised."""

    def __init__(self, settings: Settings) -> None:
        self.media_dir = settings.media_dir
        self.uploads_dir = settings.uploads_dir
        self.tunes_dir = settings.data_dir / "tunes"
        self.work_dir = settings.data_dir / "work"
        for folder in (self.media_dir, self.uploads_dir, self.tunes_dir, self.work_dir):
            folder.mkdir(parents=True, exist_ok=True)
        self._engines = _engines(settings)
        self.cache = SentenceCache(settings.speech_dir)
        self._breaker = Breaker(settings.speech_dir / "resting.json")
        self.speech = self.speech_of("north")

    def speech_of(self, region: str) -> SpeechDesk:
        """The voices, with the offline voice of `region` to step in for one that fails."""
        name = OFFLINE_VOICES.get(region, OFFLINE_VOICES["north"])
        local = [voice for engine in self._engines if engine.is_local for voice in engine.voices()]
        fallback = [voice for voice in local if voice.name == name] or local[:1]
        return SpeechDesk(
            self._engines, self.cache, self._breaker, fallback=fallback, clock=wall_clock
        )

    def find_voice(self, engine: str, name: str) -> Voice:
        """The voice as wished; one that is not installed is kept, and the desk falls back."""
        for voice in self.speech.voices():
            if (voice.engine.value, voice.name) == (engine, name):
                return voice
        return Voice(Engine(engine) if engine in set(Engine) else Engine.ESPEAK, name, name)


def _engines(settings: Settings) -> list[Speech]:
    pace = Pace(settings.speech_dir / "google.pace", 1 / settings.google_parts_per_second)
    engines: list[Speech] = [
        GoogleSpeech(pace, endpoint=settings.google_tts_endpoint or None),
        EspeakSpeech(),
    ]
    if settings.speech_command:
        command = shlex.split(settings.speech_command)
        engines.append(CommandSpeech(command, [COMMAND_VOICE], environ=_plain_environment()))
    return [*engines, SilentSpeech()]


def _plain_environment() -> dict[str, str]:
    """A plug-in sees where programs and its own settings are, not the station's secrets."""
    return {
        key: value
        for key, value in os.environ.items()
        if key in {"PATH", "HOME", "LANG"} or key.startswith("LOA_SPEECH_")
    }


@lru_cache(maxsize=4)
def open_studio(settings: Settings) -> Studio:
    """The espeak helper and the cache are opened once in a process, not once in a job."""
    return Studio(settings)
