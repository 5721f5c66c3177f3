"""A player without a sound card that really takes the time, and plays only what is really there.

It stands in on machines without sound and in tests: same contract, same honesty.
"""

from dataclasses import dataclass
from pathlib import Path

from playout.clock import StationClock
from playout.errors import PlayerFailed
from playout.mp3 import measure_duration_ms
from playout.player import Cue, Progress, State


@dataclass(frozen=True, slots=True)
class _Loaded:
    cue: Cue
    duration_ms: int


@dataclass(frozen=True, slots=True)
class _Running:
    loaded: _Loaded
    started_ns: int

    @property
    def ends_ns(self) -> int:
        left_ms = self.loaded.duration_ms - self.loaded.cue.from_ms
        return self.started_ns + max(0, left_ms) * 1_000_000

    def position_ms(self, now_ns: int) -> int:
        passed_ms = (min(now_ns, self.ends_ns) - self.started_ns) // 1_000_000
        return self.loaded.cue.from_ms + max(0, passed_ms)


class SilentPlayer:
    name = "silent"

    def __init__(self, clock: StationClock) -> None:
        self._clock = clock
        self._armed: _Loaded | None = None
        self._running: _Running | None = None
        self._next: _Loaded | None = None

    def arm(self, cue: Cue) -> None:
        self._running = self._next = None
        self._armed = _load(cue)

    def release(self, at_ns: int) -> int:
        if self._armed is None:
            raise PlayerFailed(reason="nothing_armed")
        started_ns = self._clock.sleep_until(at_ns)
        self._running, self._armed = _Running(self._armed, started_ns), None
        return started_ns

    def follow(self, cue: Cue | None) -> None:
        self._next = _load(cue) if cue else None

    def progress(self) -> list[Progress]:
        now_ns, told = self._clock.steady_ns(), []
        while self._running and now_ns >= self._running.ends_ns:
            ended = self._running
            told.append(_tell(ended, State.ENDED, now_ns))
            self._running = _Running(self._next, ended.ends_ns) if self._next else None
            self._next = None
        if self._running:
            told.append(_tell(self._running, State.PLAYING, now_ns))
        return told

    def stop(self) -> int:
        stopped, self._running, self._next, self._armed = self._running, None, None, None
        return stopped.position_ms(self._clock.steady_ns()) if stopped else 0

    def restart(self) -> None:
        self.stop()

    def close(self) -> None:
        self.stop()


def _load(cue: Cue) -> _Loaded:
    if cue.is_stream:
        raise PlayerFailed(reason="no_stream_decoder")
    try:
        duration_ms = measure_duration_ms(Path(cue.source).read_bytes())
    except OSError as err:
        raise PlayerFailed(reason="unreadable", detail=str(err)) from err
    if duration_ms <= 0:
        raise PlayerFailed(reason="no_frames")
    return _Loaded(cue, duration_ms)


def _tell(running: _Running, state: State, now_ns: int) -> Progress:
    key, position_ms = running.loaded.cue.key, running.position_ms(now_ns)
    return Progress(key, state, position_ms, running.started_ns)
