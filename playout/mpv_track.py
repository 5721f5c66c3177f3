"""PURE: what mpv's events say about what is heard. Times are steady nanoseconds.

With gapless audio mpv reports the end of a file when its last samples go into the sound card's
buffer, some tenths of a second before they are heard. Heard to the end it has been when the next
file's position moves, or when mpv falls idle after draining the buffer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from playout.player import Cue, Progress, State


@dataclass(frozen=True, slots=True)
class Heard:
    """One playlist entry: its position when it last moved."""

    entry: int
    cue: Cue
    started_ns: int = 0
    position_ms: int = 0
    moved_ns: int = 0
    duration_ms: int | None = None
    has_ended: bool = False
    error: str | None = None

    def at_end(self, now_ns: int) -> int:
        """The position after the buffer has run dry: real time has passed for it."""
        if not self.moved_ns:
            return self.position_ms
        drained_ms = self.position_ms + (now_ns - self.moved_ns) // 1_000_000
        return drained_ms if self.duration_ms is None else min(drained_ms, self.duration_ms)


class MpvTrack:
    def __init__(self) -> None:
        self._cues: dict[int, Cue] = {}
        self._current: Heard | None = None
        self._upcoming: Heard | None = None
        self._released_ns = 0

    def expect(self, entry: int, cue: Cue) -> None:
        """`entry` of mpv's playlist is this cue; entries nobody expects are ignored."""
        self._cues[entry] = cue

    def forget(self) -> None:
        """What was loaded has been thrown away."""
        self._cues.clear()
        self._current = self._upcoming = None
        self._released_ns = 0

    def released(self, at_ns: int) -> None:
        """Sound may come from now on; a stream may not even have been opened yet."""
        self._released_ns = at_ns
        if self._current:
            self._current = replace(self._current, started_ns=at_ns, moved_ns=at_ns)

    def take(self, now_ns: int, event: Mapping[str, Any]) -> list[Progress]:
        """The ends that this event proves."""
        match event:
            case {"event": "start-file", "playlist_entry_id": int(entry)} if entry in self._cues:
                self._start(Heard(entry, self._cues.pop(entry)))
            case {
                "event": "property-change",
                "name": "time-pos",
                "data": float(seconds) | int(seconds),
            }:
                return self._move(round(seconds * 1000), now_ns)
            case {"event": "property-change", "name": "duration", "data": float(seconds)}:
                self._measure(round(seconds * 1000))
            case {"event": "end-file", "reason": "error", "playlist_entry_id": int(entry)}:
                self._mark_end(entry, str(event.get("file_error", "unreadable")))
            case {"event": "end-file", "playlist_entry_id": int(entry)}:
                self._mark_end(entry, None)
            case {"event": "idle"}:
                return self._drain(now_ns)
        return []

    def now(self) -> list[Progress]:
        current = self._current
        if current is None or not current.started_ns:
            return []
        key, position_ms = current.cue.key, current.position_ms
        return [Progress(key, State.PLAYING, position_ms, current.started_ns)]

    @property
    def current(self) -> Heard | None:
        return self._current

    def _start(self, heard: Heard) -> None:
        if self._current is None:
            released_ns = self._released_ns
            self._current = replace(heard, started_ns=released_ns, moved_ns=released_ns)
        else:
            self._upcoming = heard

    def _move(self, position_ms: int, now_ns: int) -> list[Progress]:
        if position_ms <= 0:
            return []
        if self._upcoming:
            started_ns = now_ns - position_ms * 1_000_000
            told = self._end(self._current, started_ns)
            self._current, self._upcoming = replace(self._upcoming, started_ns=started_ns), None
        else:
            told = []
        if self._current and self._current.started_ns:
            self._current = replace(self._current, position_ms=position_ms, moved_ns=now_ns)
        return told

    def _measure(self, duration_ms: int) -> None:
        if self._upcoming:
            self._upcoming = replace(self._upcoming, duration_ms=duration_ms)
        elif self._current:
            self._current = replace(self._current, duration_ms=duration_ms)

    def _mark_end(self, entry: int, error: str | None) -> None:
        if self._upcoming and self._upcoming.entry == entry:
            self._upcoming = replace(self._upcoming, has_ended=True, error=error)
        elif self._current and self._current.entry == entry:
            self._current = replace(self._current, has_ended=True, error=error)

    def _drain(self, now_ns: int) -> list[Progress]:
        told = self._end(self._current, now_ns) + self._end(self._upcoming, now_ns)
        self._current = self._upcoming = None
        return told

    def _end(self, heard: Heard | None, now_ns: int) -> list[Progress]:
        if heard is None or not (heard.has_ended or heard.started_ns):
            return []
        state = State.FAILED if heard.error else State.ENDED
        return [
            Progress(
                heard.cue.key, state, heard.at_end(now_ns), heard.started_ns or now_ns, heard.error
            )
        ]
