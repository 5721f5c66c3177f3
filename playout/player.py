"""What every player of the box can do, and picking the one for this machine.

A player is armed before the time and released at a reading of the steady clock; what it tells
about its position is measured by itself, never taken from the plan.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    PLAYING = "playing"
    ENDED = "ended"
    """Came to its own end; whether that is the whole item is for `judge_end` to say."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to play. `source` is a verified file, or the address of a live stream."""

    key: str
    source: str
    is_stream: bool = False
    from_ms: int = 0
    volume_percent: int = 100
    gain_db: float = 0.0

    @property
    def amplitude(self) -> float:
        """The factor for every sample, and the one law of loudness here: percent are per cent of
        the amplitude, p % being 20·log10(p/100) dB: 50 % is -6 dB, 10 % is -20 dB, 0 is silence.
        `gain_db` comes on top. A player with a scale of its own converts from this.
        """
        return self.volume_percent / 100 * 10 ** (self.gain_db / 20)


@dataclass(frozen=True, slots=True)
class Progress:
    key: str
    state: State
    position_ms: int
    """In the item's own time; for a stream, sound received since the start."""
    started_ns: int
    """The steady clock at the first sample."""
    reason: str | None = None


class Player(Protocol):
    """Methods raise `PlayerFailed` when the player itself is gone; `restart` makes a new one."""

    name: str

    def arm(self, cue: Cue) -> None:
        """Loads and holds at the first sample; drops whatever was there."""

    def release(self, at_ns: int) -> int:
        """Returns at the moment of the first sample: at `at_ns`, or at once if that is past."""

    def follow(self, cue: Cue | None) -> None:
        """Puts `cue` right behind what plays, without a gap, instead of what waited there."""

    def progress(self) -> list[Progress]:
        """The state of what plays, after the end of what came to an end since the last call."""

    def stop(self) -> int:
        """Silence now; the position reached, in milliseconds."""

    def restart(self) -> None:
        """After a failure or when stuck: a fresh player that holds nothing."""

    def close(self) -> None: ...
