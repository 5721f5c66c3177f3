"""PURE: the station's plan in radio words, as one box needs it. No JSON, no files, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Priority(StrEnum):
    NORMAL = "normal"
    PRIORITY = "priority"
    """Goes before normal when both could start; interrupts nothing."""
    EMERGENCY = "emergency"
    """Interrupts, and waits for nothing but another emergency."""


class Kind(StrEnum):
    SIGNATURE = "signature"
    LINK = "link"
    BULLETIN = "bulletin"
    RELAY = "relay"
    SILENCE = "silence"
    """Time that passes; it is neither played nor logged."""


class LateMode(StrEnum):
    WHOLE = "whole"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Audio:
    url: str
    """Absolute, at the station's own origin."""
    sha256: str
    size_bytes: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Stream:
    url: str
    fallback: Audio | None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a running order. Exactly one of `audio` and `stream` unless it is silence."""

    airing: str | None
    kind: Kind
    offset_ms: int
    duration_ms: int
    title: str | None = None
    topic: str | None = None
    audio: Audio | None = None
    stream: Stream | None = None
    gain_db: float = 0.0

    @property
    def files(self) -> tuple[Audio, ...]:
        """Everything that must lie on the disk for this item, most important first."""
        fallback = self.stream.fallback if self.stream else None
        return tuple(audio for audio in (self.audio, fallback) if audio)


@dataclass(frozen=True, slots=True)
class LatePolicy:
    mode: LateMode
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Repeat:
    every: timedelta
    until: datetime


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    priority: Priority
    starts_at: datetime
    late: LatePolicy
    repeat: Repeat | None
    running_order: tuple[Item, ...]

    @property
    def is_emergency(self) -> bool:
        return self.priority is Priority.EMERGENCY

    @property
    def ends_at(self) -> datetime:
        """The planned end of its first run; equals `starts_at` when nothing is listed."""
        last_ms = max((i.offset_ms + i.duration_ms for i in self.running_order), default=0)
        return self.starts_at + timedelta(milliseconds=last_ms)


@dataclass(frozen=True, slots=True)
class Plan:
    version: str
    generated_at: datetime
    valid_until: datetime
    poll_s: float
    box_name: str
    station_name: str
    volume_percent: int
    sessions: tuple[Session, ...]
    faults: tuple[str, ...] = ()
    """Sessions left out because they could not be understood; told to the station."""
