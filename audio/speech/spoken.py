"""What the desk is given and gives back. Values only."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audio.speech.base import Engine, Voice
from audio.types import Millis


class SpeechPart(Protocol):
    """A sentence, or a part of one, as it is spoken, and the silence after it."""

    @property
    def text(self) -> str: ...

    @property
    def pause_after_ms(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SpokenClip:
    """`path` belongs to the cache: read it within the hour, never change it.

    `part` is the place, from 0, of what it speaks in what the desk was given; `cached` is true
    when no engine was asked for it.
    """

    text: str
    path: Path
    duration_ms: Millis
    pause_after_ms: Millis
    cached: bool
    part: int


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A bulletin spoken by one voice from its first word to its last.

    `fallback_reason` says in Vietnamese why `voice` is not `wished`; None when it is.
    `tempo_percent` is the change of tempo that is still to be done to the sound: 100 unless the
    engine has one speed only.
    """

    clips: tuple[SpokenClip, ...]
    voice: Voice
    wished: Voice
    fallback_reason: str | None
    tempo_percent: int

    @property
    def engine(self) -> Engine:
        return self.voice.engine

    @property
    def is_fallback(self) -> bool:
        return self.voice != self.wished

    @property
    def hits(self) -> int:
        return sum(clip.cached for clip in self.clips)

    @property
    def misses(self) -> int:
        return len(self.clips) - self.hits
