"""What the pages of the log read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from broadcast.airlog.corrections import get_play
from broadcast.airlog.models import AiringRow, LogEntry, QuarantinedPlay
from broadcast.airlog.rules import AiringOutcome
from broadcast.boxes.models import Box
from broadcast.bulletins.models import Decision
from broadcast.bulletins.rules import Verdict
from broadcast.desk import Desk
from broadcast.errors import NotFound


@dataclass(frozen=True, slots=True)
class BookFilter:
    """What of a day is wanted; empty means all."""

    box_id: str = ""
    outcome: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One airing in the log book; `approver` is who approved what was aired."""

    airing: AiringRow
    approver: str


@dataclass(frozen=True, slots=True)
class DayBook:
    """The book of one local day, with the chain head of its last entry; 0 and "" without one."""

    local_day: date
    lines: Sequence[BookLine]
    head_number: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class EntryFile:
    """One play of the log with its corrections, oldest first; `box_name` as it is called now."""

    play: LogEntry
    box_name: str
    corrections: Sequence[LogEntry]


def read_day_book(desk: Desk, local_day: date, wanted: BookFilter) -> DayBook:
    airings = desk.session.scalars(
        select(AiringRow).where(
            AiringRow.station_id == desk.station_id, AiringRow.local_day == local_day
        )
    )
    chosen = [airing for airing in airings if _is_wanted(airing, wanted)]
    chosen.sort(key=_in_the_book)
    approvers = _approvers(desk, {one.bulletin_id for one in chosen if one.bulletin_id})
    head = desk.session.execute(
        select(LogEntry.number, LogEntry.row_hash)
        .where(LogEntry.station_id == desk.station_id, LogEntry.local_day == local_day)
        .order_by(LogEntry.number.desc())
        .limit(1)
    ).one_or_none()
    return DayBook(
        local_day,
        [BookLine(one, approvers.get(one.bulletin_id or "", "")) for one in chosen],
        head.number if head else 0,
        head.row_hash if head else "",
    )


def read_airing(desk: Desk, key: str) -> tuple[AiringRow, Sequence[LogEntry]]:
    """The airing and the entries it rests on, in the order of the log.

    :raises NotFound: no such airing at this station.
    """
    airing = desk.session.get(AiringRow, key)
    if airing is None or airing.station_id != desk.station_id:
        raise NotFound(airing=key)
    entries = select(LogEntry).where(LogEntry.station_id == desk.station_id)
    if airing.airing_id is None:
        number = key.removeprefix("play:")
        entries = entries.where(LogEntry.id == (int(number) if number.isdecimal() else 0))
    else:
        entries = entries.where(LogEntry.airing_id == airing.airing_id)
        if airing.emergency:
            # Each repeat is an airing of its own.
            entries = entries.where(LogEntry.planned_start == airing.planned_start)
    return airing, desk.session.scalars(entries.order_by(LogEntry.number)).all()


def read_entry(desk: Desk, entry_id: int) -> EntryFile:
    """:raises NotFound: no such entry at this station."""
    play = get_play(desk, entry_id)
    corrections = desk.session.scalars(
        select(LogEntry).where(LogEntry.corrects_id == play.id).order_by(LogEntry.number)
    ).all()
    box = desk.session.get(Box, play.box_id) if play.box_id else None
    return EntryFile(play, box.name if box else "", corrections)


def list_quarantine(desk: Desk) -> list[tuple[QuarantinedPlay, str]]:
    """Rows that nobody has looked at yet, newest first, each with the name of its box."""
    rows = desk.session.execute(
        select(QuarantinedPlay, Box.name)
        .join(Box, Box.id == QuarantinedPlay.box_id)
        .where(QuarantinedPlay.station_id == desk.station_id, QuarantinedPlay.closed_at.is_(None))
        .order_by(QuarantinedPlay.received_at.desc(), QuarantinedPlay.id.desc())
        .limit(200)
    )
    return [(row[0], row[1]) for row in rows]


def _in_the_book(airing: AiringRow) -> tuple[str, str]:
    """By the time it was planned for; an estimate from before the software may have none."""
    moment = airing.planned_start or airing.started_at
    return (moment.isoformat() if moment else "", airing.key)


def _is_wanted(airing: AiringRow, wanted: BookFilter) -> bool:
    if wanted.outcome and airing.outcome != AiringOutcome(wanted.outcome):
        return False
    if wanted.kind and airing.kind != wanted.kind:
        return False
    return not wanted.box_id or any(part.get("box") == wanted.box_id for part in airing.boxes)


def _approvers(desk: Desk, bulletin_ids: set[str]) -> dict[str, str]:
    """Who approved each bulletin last."""
    rows = desk.session.execute(
        select(Decision.bulletin_id, Decision.user_name)
        .where(
            Decision.station_id == desk.station_id,
            Decision.bulletin_id.in_(bulletin_ids),
            Decision.verdict == Verdict.APPROVED,
        )
        .order_by(Decision.at, Decision.id)
    )
    return {row.bulletin_id: row.user_name for row in rows}
