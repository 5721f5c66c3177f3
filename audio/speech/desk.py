"""Speaks a bulletin sentence by sentence, from the cache where it can, with one voice throughout.

Two voices in one bulletin sound broken: when the wished voice fails at sentence 7 of 9, all nine
are spoken by the next voice. What the first one made stays in the cache for the next attempt.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from audio.speech.base import (
    NORMAL_SPEED_PERCENT,
    Engine,
    Speech,
    SpeechRequest,
    Voice,
    is_speakable,
)
from audio.speech.breaker import Breaker, Rest
from audio.speech.cache import SentenceCache, key_of
from audio.speech.clip import duration_of
from audio.speech.errors import (
    SpeechCancelled,
    SpeechError,
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)
from audio.speech.spoken import SpeechPart, SpokenClip, SpokenText
from audio.types import Millis

URGENT_PATIENCE_S = 3.0
"""An urgent text waits this long in total for voices that need a network."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One voice's attempt at a text. `deadline` (monotonic) is set when the text is urgent."""

    engine: Speech
    voice: Voice
    speed_percent: int
    deadline: float | None

    def request(self, text: str) -> SpeechRequest:
        own = self.speed_percent if self.engine.sets_speed else NORMAL_SPEED_PERCENT
        return SpeechRequest(text, self.voice, own)

    @property
    def tempo_percent(self) -> int:
        return NORMAL_SPEED_PERCENT if self.engine.sets_speed else self.speed_percent


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    pause_after_ms: int
    part: int


class SpeechDesk:
    """`fallback` are the voices tried in this order when the wished one fails; empty means that
    the job fails and waits instead. `clock` gives the aware UTC time.
    """

    def __init__(
        self,
        engines: Sequence[Speech],
        cache: SentenceCache,
        breaker: Breaker,
        *,
        fallback: Sequence[Voice],
        clock: Callable[[], datetime],
        urgent_patience_s: float = URGENT_PATIENCE_S,
    ) -> None:
        self._engines = {engine.engine: engine for engine in engines}
        self._cache = cache
        self._breaker = breaker
        self._fallback = tuple(fallback)
        self._clock = clock
        self._urgent_patience_s = urgent_patience_s

    def voices(self) -> tuple[Voice, ...]:
        """Every voice an operator may choose, in the order of the engines."""
        return tuple(voice for engine in self._engines.values() for voice in engine.voices())

    def find_rest(self, engine: Engine) -> Rest | None:
        """Why and until when `engine` is not asked; None means that a redo is worth a try."""
        return self._breaker.find_rest(engine, self._clock())

    def speak(
        self,
        parts: Sequence[SpeechPart],
        *,
        voice: Voice,
        speed_percent: int,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        urgent: bool = False,
    ) -> SpokenText:
        """Every part spoken by one voice: `voice`, or the first of `fallback` that can.

        A part without a letter or digit gets no clip; its pause goes to the clip before it.
        `progress` gets (clips done, clips in all) and starts at 0 again with another voice;
        `cancelled` is asked before each clip. An urgent text neither waits in a line for a
        sentence that another job is making, nor longer than URGENT_PATIENCE_S for the network.
        An engine that has one speed only is asked at 100 %, so that another speed costs no new
        questions; the answer's `tempo_percent` is what the mix has to do.

        :raises SpeechError: of the voice tried last, when none could.
        :raises SpeechRefused: there is nothing to say, or the speed is out of bounds.
        :raises SpeechCancelled: `cancelled()` was true; clips made so far stay in the cache.
        """
        words = _merge_pauses(parts)
        if not words:
            raise SpeechRefused("Bản tin không có câu nào để đọc. Hãy nhập nội dung.")
        deadline = time.monotonic() + self._urgent_patience_s if urgent else None
        first: SpeechError | None = None
        failed = SpeechError()
        for candidate in (voice, *(other for other in self._fallback if other != voice)):
            try:
                reading = _Reading(self._engine_of(candidate), candidate, speed_percent, deadline)
                clips = self._speak_with(reading, words, progress, cancelled)
            except (SpeechUnavailable, SpeechRefused, SpeechThrottled) as error:
                _log.warning("voice %s/%s: %s", candidate.engine, candidate.name, error.code)
                first, failed = first or error, error
            else:
                reason = first.message if first else None
                return SpokenText(clips, candidate, voice, reason, reading.tempo_percent)
        raise failed

    def _engine_of(self, voice: Voice) -> Speech:
        if voice.engine not in self._engines:
            raise SpeechUnavailable(
                f"Giọng “{voice.label}” chưa được cài đặt trên hệ thống này. Hãy chọn giọng khác."
            )
        return self._engines[voice.engine]

    def _speak_with(
        self,
        reading: _Reading,
        parts: Sequence[_Words],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> tuple[SpokenClip, ...]:
        clips: list[SpokenClip] = []
        progress(0, len(parts))
        try:
            for words in parts:
                if cancelled():
                    raise SpeechCancelled
                path, cached = self._clip(reading, words.text)
                pause_ms, length_ms = Millis(words.pause_after_ms), duration_of(path)
                clips.append(SpokenClip(words.text, path, length_ms, pause_ms, cached, words.part))
                progress(len(clips), len(parts))
        finally:
            hits = sum(clip.cached for clip in clips)
            self._cache.count(hits, len(clips) - hits)
            if hits < len(clips):
                self._cache.evict(self._clock())
        return tuple(clips)

    def _clip(self, reading: _Reading, text: str) -> tuple[Path, bool]:
        """The clip, and whether no engine was asked for it."""
        request = reading.request(text)
        key = key_of(request, reading.engine.version)
        kept = self._cache.get(key, self._clock())
        if kept is not None:
            return kept, True
        with self._cache.making(key, waits=reading.deadline is None):
            # Whoever held the lock before us may have made it.
            kept = self._cache.get(key, self._clock())
            if kept is not None:
                return kept, True
            with self._cache.workplace() as folder:
                self._ask(reading, request, folder / "clip.wav")
                return self._cache.put(key, folder / "clip.wav", self._clock()), False

    def _ask(self, reading: _Reading, request: SpeechRequest, target: Path) -> None:
        engine = reading.engine
        if engine.is_local:
            engine.say(request, target)
            return
        rest = self._breaker.find_rest(engine.engine, self._clock())
        if rest is not None:
            raise SpeechUnavailable(rest.reason, until=rest.until.isoformat())
        patience_s = None
        if reading.deadline is not None:
            patience_s = reading.deadline - time.monotonic()
            if patience_s <= 0:
                raise SpeechInterrupted("Bản tin khẩn không chờ giọng trực tuyến.")
        try:
            engine.say(request, target, patience_s=patience_s)
        except (SpeechUnavailable, SpeechThrottled) as error:
            # An urgent text's own haste is no sign that the service is down.
            if patience_s is None or isinstance(error, SpeechThrottled):
                self._breaker.trip(engine.engine, error, self._clock())
            raise


def _merge_pauses(parts: Iterable[SpeechPart]) -> list[_Words]:
    said: list[_Words] = []
    for number, part in enumerate(parts):
        if is_speakable(part.text):
            said.append(_Words(part.text, part.pause_after_ms, number))
        elif said:
            longer_ms = said[-1].pause_after_ms + part.pause_after_ms
            said[-1] = replace(said[-1], pause_after_ms=longer_ms)
    return said
