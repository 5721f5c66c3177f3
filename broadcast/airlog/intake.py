"""Rows of a box's journal become entries of the chained log: one transaction per batch.

Written with SQLAlchemy Core: after an outage 200 boxes send 30 days each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, String, any_, insert, literal, select

from broadcast.airlog.chain import seal
from broadcast.airlog.head import lock_head, move_head
from broadcast.airlog.models import LOG_TABLE, LogEntry, QuarantinedPlay
from broadcast.airlog.rules import EntryKind
from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.wire import BatchWire, PlayWire, read_play
from broadcast.desk import Desk, use_case
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from scheduler.timetable.wall_clock import local_day_of


class PlayStatus(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class PlayAnswer(NamedTuple):
    """What became of one row, in the order in which they were sent. `id` as sent, "" if none."""

    id: str
    status: PlayStatus
    reason: str = ""


@dataclass(slots=True)
class _Batch:
    """A batch while it is looked at."""

    answers: list[PlayAnswer] = field(default_factory=list)
    accepted: list[PlayWire] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: object, row_id: str, reason: str) -> None:
        self.answers.append(PlayAnswer(row_id, PlayStatus.REJECTED, reason))
        self.rejected.append({"row": row, "play_id": row_id, "reason": reason})


@use_case
def accept_plays(desk: Desk, box: BoxIdentity, batch: BatchWire) -> list[PlayAnswer]:
    """One answer per row. A bad row goes to quarantine and never blocks its neighbours.

    Sending a row again is answered `duplicate`, also inside one batch. The local days that the
    rows touch are reconciled after the commit.
    """
    number, previous_hash = lock_head(desk)
    looked = _look_at(desk, box, batch.plays)
    entries = [_entry(desk, box, batch.boot, play) for play in looked.accepted]
    if entries:
        move_head(desk, *seal(entries, number=number, previous_hash=previous_hash))
        desk.session.execute(insert(LOG_TABLE), entries)
        want_days(desk, box.time_zone, entries)
    _quarantine(desk, box, looked.rejected)
    return looked.answers


def want_days(desk: Desk, time_zone: str, entries: Iterable[dict[str, Any]]) -> None:
    """Ask for the reconciliation of every local day that `entries` touch: the day they were heard
    and the day they say they were planned on.
    """
    days: set[date] = set()
    moments: set[datetime] = set()
    for entry in entries:
        days.add(entry["local_day"])
        moments.add(entry["planned_start"] or entry["started_at"])
    days |= {local_day_of(moment, time_zone) for moment in moments}
    for day in sorted(days):
        want(desk, JobKind.RECONCILE, day.isoformat())


def _look_at(desk: Desk, box: BoxIdentity, rows: Sequence[object]) -> _Batch:
    looked = _Batch()
    plays = [read_play(row) for row in rows]
    known = _known_plays(desk, [play.id for play in plays if isinstance(play, PlayWire)])
    for row, play in zip(rows, plays, strict=True):
        if isinstance(play, str):
            looked.refuse(row, _id_as_sent(row), play)
        elif (owner := known.setdefault(play.id, "")) == box.box_id:
            looked.answers.append(PlayAnswer(play.id, PlayStatus.DUPLICATE))
        elif owner:
            looked.refuse(row, play.id, "id: this id belongs to a row of another box")
        else:
            known[play.id] = box.box_id
            looked.accepted.append(play)
            looked.answers.append(PlayAnswer(play.id, PlayStatus.ACCEPTED))
    return looked


def _known_plays(desk: Desk, ids: Sequence[str]) -> dict[str, str]:
    """The box of each row that is in the log already."""
    columns = select(LogEntry.play_id, LogEntry.box_id).where(_is_among(desk, ids))
    return {row.play_id: row.box_id for row in desk.session.execute(columns)}


def _is_among(desk: Desk, ids: Sequence[str]) -> ColumnElement[bool]:
    """PostgreSQL takes the ids as one value; its driver needs 3 ms to spell out 500."""
    if desk.session.get_bind().dialect.name == "postgresql":
        return LogEntry.play_id == any_(literal(list(ids), ARRAY(String)))
    return LogEntry.play_id.in_(ids)


def _id_as_sent(row: object) -> str:
    found = row.get("id") if isinstance(row, dict) else None
    return found.replace("\0", "")[:80] if isinstance(found, str) else ""


def _entry(desk: Desk, box: BoxIdentity, boot: str, play: PlayWire) -> dict[str, Any]:
    return {
        "station_id": box.station_id,
        "entry": EntryKind.PLAY,
        "play_id": play.id,
        "corrects_id": None,
        "box_id": box.box_id,
        "boot": boot,
        "seq": play.seq,
        "airing_id": play.airing or None,
        "session_id": play.session or None,
        "kind": play.kind,
        "sha256": play.sha256 or "",
        "title": play.title or "",
        "topic": play.topic or "",
        "planned_start": play.planned_start,
        "started_at": play.started_at,
        "ended_at": play.ended_at,
        "local_day": local_day_of(play.at, box.time_zone),
        "played_ms": play.played_ms,
        "planned_ms": play.planned_ms,
        "outcome": play.outcome,
        "reason": play.reason or "",
        "clock_trusted": play.clock.trusted,
        "clock_offset_ms": play.clock.offset_ms,
        "demonstration": box.demonstration,
        "author_id": None,
        "author_name": "",
        "received_at": desk.now,
    }


def _quarantine(desk: Desk, box: BoxIdentity, rejected: Sequence[dict[str, Any]]) -> None:
    """Keeps each bad row once, however often it is sent."""
    for bad in rejected:
        kept = bad["row"] if isinstance(bad["row"], dict) else {"row": bad["row"]}
        held = select(QuarantinedPlay.body).where(
            QuarantinedPlay.box_id == box.box_id, QuarantinedPlay.play_id == _clean(bad["play_id"])
        )
        if kept in desk.session.scalars(held).all():
            continue
        desk.session.add(
            QuarantinedPlay(
                id=desk.new_id(),
                station_id=box.station_id,
                box_id=box.box_id,
                play_id=_clean(bad["play_id"]),
                body=kept,
                reason=_clean(bad["reason"]),
                received_at=desk.now,
            )
        )
        desk.session.flush()


def _clean(text: str) -> str:
    """What a database can keep as text: half of a surrogate pair cannot be encoded."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
