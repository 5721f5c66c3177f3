"""A week of the station's sessions as a grid: days across, slots down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.calendar import HORIZON_DAYS, holiday_overrides, zone_tree
from broadcast.timetable.models import (
    ClosureRow,
    FillNote,
    OccurrenceChangeRow,
    OrderLine,
    SessionRow,
    SlotRow,
)
from broadcast.timetable.values import ZoneTree
from broadcast.timetable.writing import standing_lines
from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of, start_of_day

WEEK = timedelta(days=7)


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
    changed: bool = False

    @property
    def items(self) -> list[OrderLine]:
        return [line for line in self.lines if line.kind is LineKind.BULLETIN]

    @property
    def used_ms(self) -> int:
        return max((line.offset_ms + line.duration_ms for line in self.lines), default=0)

    @property
    def planned_ms(self) -> int:
        return (self.row.ends_at - self.row.starts_at) // timedelta(milliseconds=1)

    @property
    def longest_ms(self) -> int:
        return (self.row.latest_end - self.row.starts_at) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    is_today: bool
    remarks: tuple[str, ...]
    "Holidays and closures that touch the day."


@dataclass(frozen=True, slots=True)
class GridRow:
    """The sessions of one slot; `cells` has a list of cards for each day of the week."""

    name: str
    local_time: str
    slot_id: str | None
    cells: list[list[Card]]


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    days: list[Day]
    rows: list[GridRow]
    beyond_horizon: bool
    conflicts: list[dict[str, object]] = field(default_factory=list)


def read_week(desk: Desk, day: date) -> Week:
    """The week, Monday to Sunday, in which the local `day` lies."""
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    today = local_day_of(desk.now, station.time_zone)
    monday = day - timedelta(days=day.weekday())
    cards = read_cards(desk, station, tree, monday, monday + WEEK)
    return Week(
        monday=monday,
        days=_days(desk, tree, monday, today),
        rows=_rows(desk, cards, monday),
        beyond_horizon=monday + WEEK > today + timedelta(days=HORIZON_DAYS),
        conflicts=_distinct(conflict for card in cards for conflict in card.conflicts),
    )


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
    changed = {
        (slot_id, day)
        for slot_id, day in desk.session.execute(
            select(OccurrenceChangeRow.slot_id, OccurrenceChangeRow.local_day).where(
                OccurrenceChangeRow.station_id == desk.station_id
            )
        )
    }
    return [
        Card(
            row=row,
            day=local_day_of(row.starts_at, station.time_zone),
            state=state_of(row, desk.now),
            zones=say_zones(tree, row.zone_ids),
            lines=tuple(lines[row.id]),
            conflicts=tuple(conflicts[row.slot_id or "", row.local_day.isoformat()]),
            changed=(row.slot_id or "", row.local_day) in changed,
        )
        for row in rows
    ]


def state_of(row: SessionRow, now: datetime) -> str:
    if row.cancelled_at is not None:
        return "over" if row.emergency_id else "cancelled"
    if row.starts_at > now:
        return "coming"
    last = max(row.latest_end, row.repeat_until or row.latest_end)
    return "on_air" if last > now else "over"


def say_zones(tree: ZoneTree, zone_ids: list[str]) -> str:
    """The zones by name; one that has all its parts under it speaks for them."""
    if not zone_ids or set(zone_ids) >= tree.every:
        return "toàn xã"
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


def _distinct(conflicts: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return list({str(conflict["sentence"]): conflict for conflict in conflicts}.values())


def _days(desk: Desk, tree: ZoneTree, monday: date, today: date) -> list[Day]:
    holidays = holidays_between(monday, monday + WEEK, holiday_overrides(desk))
    closures = list(
        desk.session.scalars(
            select(ClosureRow).where(
                ClosureRow.station_id == desk.station_id,
                ClosureRow.until_day > monday,
                ClosureRow.from_day < monday + WEEK,
            )
        )
    )
    days = []
    for day in (monday + timedelta(days=number) for number in range(7)):
        remarks = [holidays[day]] if day in holidays else []
        for row in closures:
            if row.from_day <= day < row.until_day:
                hours = (
                    f" {row.from_time:%H:%M}–{row.until_time:%H:%M}"
                    if row.from_time and row.until_time
                    else ""
                )
                remarks.append(f"Ngừng phát{hours} ({say_zones(tree, row.zone_ids)}): {row.reason}")
        days.append(Day(day, day == today, tuple(remarks)))
    return days


def _rows(desk: Desk, cards: list[Card], monday: date) -> list[GridRow]:
    slots = {
        row.id: row
        for row in desk.session.scalars(
            select(SlotRow).where(SlotRow.station_id == desk.station_id)
        )
    }
    by_slot: dict[str | None, list[Card]] = defaultdict(list)
    for card in cards:
        by_slot[card.row.slot_id].append(card)
    rows = []
    for slot_id, mine in by_slot.items():
        slot = slots.get(slot_id or "")
        cells: list[list[Card]] = [[] for _day in range(7)]
        for card in mine:
            cells[(card.day - monday).days].append(card)
        rows.append(
            GridRow(
                name=slot.name if slot else "Khẩn cấp",
                local_time=f"{slot.local_time:%H:%M}" if slot else "",
                slot_id=slot_id,
                cells=cells,
            )
        )
    return sorted(rows, key=lambda row: (row.local_time, row.name, row.slot_id or ""))
