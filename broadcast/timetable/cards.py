"""Sessions as the calendar shows them: how full, where heard, what is wrong, whether they move."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.models import (
    FillNote,
    OccurrenceChangeRow,
    OrderLine,
    SessionRow,
    SlotRow,
)
from broadcast.timetable.values import WHOLE_COMMUNE, ZoneTree
from broadcast.timetable.writing import standing_lines
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of, start_of_day


@dataclass(frozen=True, slots=True)
class Card:
    """One session: how full it is, and what is to be known about it."""

    row: SessionRow
    day: date
    state: str
    "`coming`, `on_air`, `over` or `cancelled`."
    zones: str
    lines: tuple[OrderLine, ...]
    conflicts: tuple[dict[str, object], ...] = ()
    change: OccurrenceChangeRow | None = None
    stays: str = ""
    "Why it cannot be carried: a state other than `coming`, `locked` or `emergency`; else empty."
    lock_minutes: int = 0

    @property
    def changed(self) -> bool:
        return self.change is not None

    @property
    def items(self) -> list[OrderLine]:
        return [line for line in self.lines if line.kind is LineKind.BULLETIN]

    @property
    def used_ms(self) -> int:
        return used_ms_of(self.lines)

    @property
    def planned_ms(self) -> int:
        return (self.row.ends_at - self.row.starts_at) // timedelta(milliseconds=1)

    @property
    def longest_ms(self) -> int:
        return (self.row.latest_end - self.row.starts_at) // timedelta(milliseconds=1)


def read_cards(
    desk: Desk, station: Station, tree: ZoneTree, from_day: date, to_day: date
) -> list[Card]:
    """Sessions that start on the local days `[from_day, to_day)`, also cancelled ones."""
    since, until = (start_of_day(day, station.time_zone) for day in (from_day, to_day))
    rows = list(
        desk.session.scalars(
            select(SessionRow)
            .where(
                SessionRow.station_id == desk.station_id,
                SessionRow.starts_at >= since,
                SessionRow.starts_at < until,
            )
            .order_by(SessionRow.starts_at, SessionRow.id)
        )
    )
    lines = standing_lines(desk, [row.id for row in rows])
    conflicts = _conflicts_by_session(desk)
    mine = desk.station_id
    changes = {
        (row.slot_id, row.local_day): row
        for row in desk.session.scalars(
            select(OccurrenceChangeRow).where(OccurrenceChangeRow.station_id == mine)
        )
    }
    slots = desk.session.scalars(select(SlotRow).where(SlotRow.station_id == mine))
    locks = {row.id: row.lock_minutes for row in slots}
    return [
        Card(
            row=row,
            day=local_day_of(row.starts_at, station.time_zone),
            state=state_of(row, lines[row.id], desk.now),
            zones=say_zones(tree, row.zone_ids),
            lines=tuple(lines[row.id]),
            conflicts=tuple(conflicts[row.slot_id or "", row.local_day.isoformat()]),
            change=changes.get((row.slot_id or "", row.local_day)),
            lock_minutes=locks.get(row.slot_id or "", 0),
            stays=_why_it_stays(row, lines[row.id], locks.get(row.slot_id or "", 0), desk.now),
        )
        for row in rows
    ]


def state_of(row: SessionRow, lines: Sequence[OrderLine], now: datetime) -> str:
    """`coming`, `on_air`, `over` or `cancelled`; an emergency that was ended is over.

    A session is over when its last line is, however much of its frame is left.
    """
    if row.cancelled_at is not None:
        return "over" if row.emergency_id else "cancelled"
    if row.starts_at > now:
        return "coming"
    if row.slot_id is None:
        last = max(row.latest_end, row.repeat_until or row.latest_end)
    else:
        last = row.starts_at + timedelta(milliseconds=used_ms_of(lines))
    return "on_air" if last > now else "over"


def used_ms_of(lines: Sequence[OrderLine]) -> int:
    return max((line.offset_ms + line.duration_ms for line in lines), default=0)


def _why_it_stays(
    row: SessionRow, lines: Sequence[OrderLine], lock_minutes: int, now: datetime
) -> str:
    if row.slot_id is None:
        return "emergency"
    state = state_of(row, lines, now)
    if state != "coming":
        return state
    return "locked" if row.starts_at - timedelta(minutes=lock_minutes) <= now else ""


def say_zones(tree: ZoneTree, zone_ids: list[str]) -> str:
    """The zones by name; one that has all its parts under it speaks for them."""
    if not zone_ids or set(zone_ids) >= tree.every:
        return WHOLE_COMMUNE
    chosen = set(zone_ids)
    parts = {child for zone in chosen for child in tree.children.get(zone, ())}
    return ", ".join(tree.names[zone] for zone in tree.names if zone in chosen - parts)


def _conflicts_by_session(desk: Desk) -> dict[tuple[str, str], list[dict[str, object]]]:
    found: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    note = desk.session.get(FillNote, desk.station_id)
    for conflict in note.conflicts if note else ():
        sessions = conflict["sessions"]
        for slot_id, day in sessions if isinstance(sessions, list) else ():
            found[slot_id, day].append(conflict)
    return found
