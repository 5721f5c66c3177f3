"""PURE: one row of evidence, and the judgement what kind of row it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from playout.plan import Item

COMPLETE_WITHIN_MS = 150
"""A position is read some milliseconds before the end and decoders trim; more is a cut."""

RELAY_COMPLETE_WITHIN_MS = 5_000
"""A live stream has no last sample. Connecting, and the change to the fallback, may take 5 s."""


class Outcome(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    INTERRUPTED = "interrupted"
    MISSED = "missed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlayRow:
    """What was heard of one planned item. Titles are copied, so that the row outlives the plan."""

    id: str
    boot: str
    seq: int
    key: str
    airing: str | None
    session: str
    kind: str
    sha256: str | None
    title: str | None
    topic: str | None
    planned_start: datetime
    planned_ms: int
    started_at: datetime | None
    ended_at: datetime | None
    played_ms: int
    outcome: Outcome
    reason: str | None
    clock_trusted: bool
    clock_offset_ms: int
    """The station's time minus the box's own wall clock when the row was made."""
    started_ns: int | None = None
    """The steady clock at the start; with `steady_boot` it dates the row again later."""
    steady_boot: str = ""


def judge_end(item: Item, played_ms: int, *, reason: str | None) -> tuple[Outcome, str | None]:
    """The outcome of an item that came to its end by itself, or that the player gave up.

    Complete is proved by the position reached, never assumed from "ended without error".
    """
    if item.audio is None:
        target_ms = item.duration_ms - RELAY_COMPLETE_WITHIN_MS
    else:
        target_ms = item.audio.duration_ms - COMPLETE_WITHIN_MS
    if played_ms >= target_ms and played_ms > 0:
        return Outcome.COMPLETE, reason
    if played_ms <= 0:
        return Outcome.FAILED, reason or "no_sound"
    return Outcome.PARTIAL, reason or "ended_early"
