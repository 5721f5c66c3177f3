"""Making rows of evidence: ids, their first form, and dating them again when that is possible."""

import os
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from playout.clock import StationClock
from playout.occurrences import Occurrence
from playout.plays import Outcome, PlayRow


def make_row_id(unix_ms: int) -> str:
    """A UUID version 7 (RFC 9562): sorts by the box's time, unique without asking anybody."""
    value = (unix_ms & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 7 << 76
    return str(UUID(int=value & ~(3 << 62) | 2 << 62))


def make_row(
    occurrence: Occurrence,
    clock: StationClock,
    boot: str,
    outcome: Outcome = Outcome.INTERRUPTED,
    reason: str | None = None,
) -> PlayRow:
    """The row before any sound; what a power cut leaves is therefore already true."""
    session, item = occurrence.session, occurrence.item
    return PlayRow(
        id=make_row_id(round(clock.now().timestamp() * 1000)),
        boot=boot,
        seq=0,
        key=occurrence.key,
        airing=item.airing,
        session=session.id,
        kind=item.kind,
        sha256=item.audio.sha256 if item.audio else None,
        title=item.title,
        topic=item.topic,
        planned_start=occurrence.due_at,
        planned_ms=item.duration_ms,
        started_at=None,
        ended_at=None,
        played_ms=0,
        outcome=outcome,
        reason=reason,
        clock_trusted=clock.is_trusted,
        clock_offset_ms=clock.wall_offset_ms,
        steady_boot=clock.boot,
    )


def date_again(row: PlayRow, clock: StationClock) -> PlayRow:
    """A row made on an untrusted clock, moved to the station's time by its steady time. It stays
    flagged: the station may want to look. A row of an earlier run of the machine stays as it is.
    """
    if row.clock_trusted or not clock.is_trusted or row.steady_boot != clock.boot:
        return row
    if row.started_at is None or row.started_ns is None:
        return replace(row, clock_offset_ms=clock.wall_offset_ms)
    started_at = clock.at(row.started_ns)
    moved_by = started_at - row.started_at
    ended_at: datetime | None = row.ended_at + moved_by if row.ended_at else None
    return replace(
        row, started_at=started_at, ended_at=ended_at, clock_offset_ms=clock.wall_offset_ms
    )
