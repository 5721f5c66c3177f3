"""Session rows as the rules want them, from now to the horizon. What has begun stays as it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from broadcast.desk import Desk
from broadcast.stations.models import Station, Zone
from broadcast.timetable.models import (
    ClosureRow,
    HolidayRow,
    OccurrenceChangeRow,
    OrderLine,
    SessionRow,
    SlotRow,
)
from broadcast.timetable.values import ZoneTree, change_of, closure_of, slot_of
from scheduler.timetable.absence import Absence, why_absent
from scheduler.timetable.closures import Closure
from scheduler.timetable.conflicts import Conflict, settle
from scheduler.timetable.expand import SessionKey, SessionWindow, expand
from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.slots import LONGEST_SESSION, OccurrenceChange, Slot
from scheduler.timetable.wall_clock import local_day_of

HORIZON_DAYS = 21
"""Far enough that an operator sees three weeks ahead; boxes are given the next four days of it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sessions on the air or to come: as values, and the rows that stand for them.

    `changed` says that a box's plan may have to change although no running order does.
    """

    windows: tuple[SessionWindow, ...]
    rows: dict[SessionKey, SessionRow]
    rules: "Rules"
    conflicts: tuple[Conflict, ...]
    changed: bool


@dataclass(slots=True)
class Rules:
    """The station's slots, as rows and as values, and what is said about single days of them."""

    slots: dict[str, SlotRow]
    values: dict[str, Slot]
    changes: dict[SessionKey, OccurrenceChange]
    closures: tuple[Closure, ...]
    holidays: dict[date, str]

    def why_absent(self, slot_id: str, day: date) -> Absence | None:
        """None for a slot that is not kept any more, and for one that is heard on that day."""
        slot = self.values.get(slot_id)
        if slot is None:
            return None
        change = self.changes.get((slot_id, day))
        return why_absent(slot, day, change, self.closures, self.holidays)


def lock_station(desk: Desk) -> Station:
    """Whoever writes running orders does so one after the other; others may still add rows."""
    return desk.session.get_one(
        Station, desk.station_id, with_for_update={"key_share": True}, populate_existing=True
    )


def zone_tree(desk: Desk) -> ZoneTree:
    zones = desk.session.scalars(
        select(Zone)
        .where(Zone.station_id == desk.station_id, Zone.closed_at.is_(None))
        .order_by(Zone.position, Zone.name)
    )
    return ZoneTree.of(zones)


def holiday_overrides(desk: Desk) -> dict[date, str | None]:
    rows = desk.session.scalars(
        select(HolidayRow).where(HolidayRow.station_id == desk.station_id).order_by(HolidayRow.day)
    )
    return {row.day: row.name or None for row in rows}


def expand_rules(
    desk: Desk, station: Station, tree: ZoneTree, from_day: date, to_day: date
) -> tuple[tuple[SessionWindow, ...], Rules]:
    """What the rules give for the local days `[from_day, to_day)`, not yet settled.

    A slot or closure whose zones are all closed is left out.
    """
    mine = desk.station_id
    slots = desk.session.scalars(
        select(SlotRow).where(SlotRow.station_id == mine, SlotRow.archived_at.is_(None))
    )
    changes = desk.session.scalars(
        select(OccurrenceChangeRow).where(OccurrenceChangeRow.station_id == mine)
    )
    closures = desk.session.scalars(
        select(ClosureRow)
        .where(ClosureRow.station_id == mine, ClosureRow.until_day > from_day)
        .order_by(ClosureRow.from_day, ClosureRow.id)
    )
    kept = {row.id: row for row in slots if tree.reach(row.zone_ids)}
    rules = Rules(
        slots=kept,
        values={row.id: slot_of(row, station, tree) for row in kept.values()},
        changes={(row.slot_id, row.local_day): change_of(row, tree) for row in changes},
        closures=tuple(closure_of(row, tree) for row in closures if tree.reach(row.zone_ids)),
        holidays=holidays_between(from_day, to_day, holiday_overrides(desk)),
    )
    windows = expand(
        rules.values.values(),
        rules.changes.values(),
        rules.closures,
        rules.holidays,
        from_day=from_day,
        to_day=to_day,
    )
    return windows, rules


def keep_calendar(desk: Desk, station: Station, tree: ZoneTree) -> Calendar:
    """A session that the rules no longer give is cancelled, and its lines are dropped."""
    today = local_day_of(desk.now, station.time_zone)
    expanded, rules = expand_rules(desk, station, tree, today, today + timedelta(days=HORIZON_DAYS))
    known = _known_rows(desk, today, expanded)
    begun = {key for key, row in known.items() if row.starts_at <= desk.now}
    running = [
        as_it_stands(known[key], station, tree)
        for key in sorted(begun)
        if known[key].cancelled_at is None and known[key].latest_end > desk.now
    ]
    coming = [
        window for window in expanded if window.key not in begun and window.starts_at > desk.now
    ]
    settled = settle([*running, *coming], tree.names)
    rows: dict[SessionKey, SessionRow] = {}
    changed = False
    for window in settled.windows:
        row = known.get(window.key) or _new_row(desk, window)
        if window.key not in begun:
            changed = _follow(row, window, rules.slots[window.slot_id], tree) or changed
        rows[window.key] = row
    desk.session.flush()
    gone = [row for key, row in known.items() if key not in rows and key not in begun]
    changed = _cancel(desk, gone, rules) or changed
    return Calendar(settled.windows, rows, rules, settled.conflicts, changed)


def _known_rows(
    desk: Desk, today: date, expanded: tuple[SessionWindow, ...]
) -> dict[SessionKey, SessionRow]:
    """Rows that are on the air, to come, or named by a window, as a moved one is by an old day."""
    earliest = min((window.local_day for window in expanded), default=today)
    rows = desk.session.scalars(
        select(SessionRow)
        .where(
            SessionRow.station_id == desk.station_id,
            SessionRow.slot_id.is_not(None),
            or_(
                SessionRow.local_day >= min(today, earliest),
                SessionRow.starts_at > desk.now - LONGEST_SESSION,
            ),
        )
        # A deed before this fill may have read them, and the worker filled in between.
        .execution_options(populate_existing=True)
    )
    return {(row.slot_id, row.local_day): row for row in rows if row.slot_id is not None}


def as_it_stands(row: SessionRow, station: Station, tree: ZoneTree) -> SessionWindow:
    """The row as a value: a session keeps what it began with, whatever its rule says today."""
    return SessionWindow(
        slot_id=row.slot_id or "",
        local_day=row.local_day,
        airs_on=local_day_of(row.starts_at, station.time_zone),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        latest_end=row.latest_end,
        zones=tree.reach(row.zone_ids) or tree.every,
        name=row.name,
        time_zone=station.time_zone,
    )


def _new_row(desk: Desk, window: SessionWindow) -> SessionRow:
    row = SessionRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        slot_id=window.slot_id,
        local_day=window.local_day,
    )
    desk.session.add(row)
    return row


def _follow(row: SessionRow, window: SessionWindow, slot: SlotRow, tree: ZoneTree) -> bool:
    """Writes only what differs, so an unchanged session costs no update; True when any did."""
    wanted = {
        "name": window.name,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "latest_end": window.latest_end,
        "zone_ids": tree.kept(window.zones),
        "grace_ms": slot.grace_ms,
        "cancelled_at": None,
        "cancel_reason": "",
    }
    different = {name for name, value in wanted.items() if getattr(row, name) != value}
    if row.starts_at is not None and different & {"name", "starts_at"}:
        # Its spoken words name the session and its day.
        row.opening_audio_id = row.closing_audio_id = None
    for name in different:
        setattr(row, name, wanted[name])
    return bool(different)


def _cancel(desk: Desk, rows: list[SessionRow], rules: Rules) -> bool:
    standing = [row for row in rows if row.cancelled_at is None]
    for row in standing:
        row.cancelled_at = desk.now
        row.cancel_reason = _why_gone(row, rules)
    ids = [row.id for row in standing]
    for line in desk.session.scalars(
        select(OrderLine).where(OrderLine.session_id.in_(ids), OrderLine.dropped_at.is_(None))
    ):
        line.dropped_at = desk.now
    return bool(standing)


def _why_gone(row: SessionRow, rules: Rules) -> str:
    slot_id = row.slot_id or ""
    if slot_id not in rules.values:
        return "Khung giờ không còn buổi này"
    change = rules.changes.get((slot_id, row.local_day))
    if change and change.reason:
        return change.reason
    absence = rules.why_absent(slot_id, row.local_day)
    # What its rule gives and nothing silences has lost its zones to another session.
    return absence.sentence if absence else "Nhường cho buổi trùng giờ bắt đầu trước"
