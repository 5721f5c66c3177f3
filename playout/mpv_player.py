"""The player of the field: mpv, armed before the time, gapless, asked for its position."""

from contextlib import suppress
from time import monotonic

from playout.clock import StationClock
from playout.errors import PlayerFailed
from playout.mpv_ipc import MpvProcess
from playout.mpv_track import MpvTrack
from playout.player import Cue, Progress

LOAD_S = 3.0
_POLL_S = 0.005


class MpvPlayer:
    name = "mpv"

    def __init__(self, clock: StationClock, audio_device: str) -> None:
        self._clock = clock
        self._audio_device = audio_device
        self._track = MpvTrack()
        self._volumes: dict[str, float] = {}
        self._ended: list[Progress] = []
        self._mpv = self._spawn()

    def arm(self, cue: Cue) -> None:
        """A file is loaded to its first sample; a stream begins to connect, and takes its time."""
        self._halt()
        self._mpv.ask("set_property", "pause", True)
        self._mpv.ask("set_property", "volume", volume_of(cue))
        self._mpv.ask(
            "set_property", "start", f"{cue.from_ms / 1000:.3f}" if cue.from_ms else "none"
        )
        entry = self._mpv.ask("loadfile", cue.source, "replace")["playlist_entry_id"]
        self._track.expect(entry, cue)
        if not cue.is_stream:
            self._await_first_sample()

    def release(self, at_ns: int) -> int:
        started_ns = self._clock.sleep_until(at_ns)
        self._mpv.tell("set_property", "pause", False)
        self._hear()
        self._track.released(started_ns)
        return started_ns

    def follow(self, cue: Cue | None) -> None:
        self._mpv.ask("playlist-clear")
        if cue:
            self._mpv.ask("set_property", "start", "none")
            self._volumes[cue.key] = volume_of(cue)
            entry = self._mpv.ask("loadfile", cue.source, "append-play")["playlist_entry_id"]
            self._track.expect(entry, cue)

    def progress(self) -> list[Progress]:
        self._hear()
        told, self._ended = self._ended, []
        return told + self._track.now()

    def stop(self) -> int:
        self._hear()
        current = self._track.current
        position_ms = current.position_ms if current else 0
        with suppress(PlayerFailed):  # it may just have come to its end
            position_ms = round(float(self._mpv.ask("get_property", "time-pos")) * 1000)
        self._halt()
        return position_ms

    def restart(self) -> None:
        self._mpv.close()
        self._track.forget()
        self._ended.clear()
        self._mpv = self._spawn()

    def close(self) -> None:
        self._mpv.close()

    def _spawn(self) -> MpvProcess:
        mpv = MpvProcess(self._audio_device, self._clock.steady_ns)
        for number, name in enumerate(("time-pos", "duration"), start=1):
            mpv.tell("observe_property", number, name)
        return mpv

    def _halt(self) -> None:
        self._mpv.ask("stop")
        with suppress(PlayerFailed):
            self._mpv.take_events()
        self._track.forget()
        self._ended.clear()

    def _await_first_sample(self) -> None:
        deadline, is_loaded = monotonic() + LOAD_S, False
        while not is_loaded:
            if monotonic() > deadline:
                raise PlayerFailed(reason="player_stuck")
            self._clock.reader.sleep(_POLL_S)
            for now_ns, event in self._mpv.take_events():
                for told in self._track.take(now_ns, event):
                    raise PlayerFailed(reason=told.reason or "unreadable")
                if event["event"] == "playback-restart" and self._track.current:
                    is_loaded = True  # an output that fails is only told after this

    def _hear(self) -> None:
        for now_ns, event in self._mpv.take_events():
            ended = self._track.take(now_ns, event)
            self._ended += ended
            if ended and (current := self._track.current):
                volume = self._volumes.pop(current.cue.key, None)
                if volume is not None:
                    self._mpv.tell("set_property", "volume", volume)


def volume_of(cue: Cue) -> float:
    """On mpv's own scale (`--volume`), which is cubic: v means an amplitude of (v/100)³."""
    return float(100 * cue.amplitude ** (1 / 3))
