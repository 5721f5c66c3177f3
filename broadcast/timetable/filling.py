"""Keeps a station's coming sessions filled: slots become sessions, wishes become running orders.

Idempotent: run twice, the second run changes nothing. What has begun is never touched.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.stations.models import Station, Zone
from broadcast.timetable.models import (
    ClosureRow,
    OccurrenceChangeRow,
    OrderLine,
    SessionRow,
    SlotRow,
    WishRow,
)
from broadcast.timetable.queue_values import read_queue
from broadcast.timetable.templates import read_templates
from broadcast.timetable.values import ZoneTree, change_of, closure_of, slot_of
from broadcast.timetable.writing import write_running_orders
from scheduler.timetable.conflicts import settle
from scheduler.timetable.expand import SessionKey, SessionWindow, expand
from scheduler.timetable.fill import Filling, fill
from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.wall_clock import local_day_of

HORIZON_DAYS = 21
"""Far enough that an operator sees three weeks ahead; boxes are given the next four days of it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sessions in hand: as the rules give them, and the rows that stand for them."""

    windows: tuple[SessionWindow, ...]
    rows: dict[SessionKey, SessionRow]


@use_case
def fill_station(desk: Desk) -> Filling:
    """Expand, fill, write, and tell the boxes. The station's row is locked meanwhile."""
    station = desk.session.get_one(Station, desk.station_id, with_for_update=True)
    tree = zone_tree(desk)
    calendar = keep_calendar(desk, station, tree)
    templates = read_templates(desk, calendar.rows.values())
    queue = read_queue(desk, station, calendar.rows, tree)
    filling = fill(
        calendar.windows,
        queue.wishes,
        queue.placed,
        now=desk.now,
        overhead=templates.overhead,
        targets=queue.targets,
        aired=queue.aired,
    )
    sessions = {window.key: (calendar.rows[window.key], window) for window in calendar.windows}
    changed = write_running_orders(desk, sessions, filling, templates=templates, queue=queue)
    _note_unmet(desk, filling)
    if changed:
        mark_plans_stale(desk)
    return filling


def zone_tree(desk: Desk) -> ZoneTree:
    zones = desk.session.scalars(
        select(Zone).where(Zone.station_id == desk.station_id, Zone.closed_at.is_(None))
    )
    return ZoneTree.of(zones)


def windows_of(
    desk: Desk, station: Station, tree: ZoneTree, from_day: date, to_day: date
) -> tuple[SessionWindow, ...]:
    """What the rules give for local days `[from_day, to_day)`; overlaps in a zone are settled."""
    mine = desk.station_id
    slots = desk.session.scalars(
        select(SlotRow).where(SlotRow.station_id == mine, SlotRow.archived_at.is_(None))
    )
    changes = desk.session.scalars(
        select(OccurrenceChangeRow).where(OccurrenceChangeRow.station_id == mine)
    )
    closures = desk.session.scalars(
        select(ClosureRow).where(ClosureRow.station_id == mine, ClosureRow.until_day > from_day)
    )
    if not tree.every:
        return ()
    expanded = expand(
        [slot_of(row, station, tree) for row in slots],
        [change_of(row, tree) for row in changes],
        [closure_of(row, tree) for row in closures],
        holidays_between(from_day, to_day),
        from_day=from_day,
        to_day=to_day,
    )
    return settle(expanded).windows


def keep_calendar(desk: Desk, station: Station, tree: ZoneTree) -> Calendar:
    """Session rows as the rules want them, from today to the horizon; begun ones stay as they are.

    A session that the rules no longer give is cancelled, and its lines are dropped.
    """
    today = local_day_of(desk.now, station.time_zone)
    windows = windows_of(desk, station, tree, today, today + timedelta(days=HORIZON_DAYS))
    rows = {
        (row.slot_id, row.local_day): row
        for row in desk.session.scalars(
            select(SessionRow).where(
                SessionRow.station_id == desk.station_id,
                SessionRow.slot_id.is_not(None),
                SessionRow.local_day >= today,
            )
        )
        if row.slot_id is not None
    }
    wanted: dict[SessionKey, SessionRow] = {}
    for window in windows:
        row = rows.get(window.key) or _new_row(desk, window)
        if row.starts_at > desk.now:
            _follow(row, window)
        wanted[window.key] = row
    desk.session.flush()
    for key, row in rows.items():
        if key not in wanted and row.starts_at > desk.now and row.cancelled_at is None:
            _cancel(desk, row)
    return Calendar(_as_they_stand(windows, wanted, desk.now), wanted)


def _as_they_stand(
    windows: tuple[SessionWindow, ...], rows: dict[SessionKey, SessionRow], now: datetime
) -> tuple[SessionWindow, ...]:
    """A session that began keeps the instants it began with, whatever the rule says today."""
    return tuple(
        window
        if rows[window.key].starts_at > now
        else replace(
            window,
            starts_at=rows[window.key].starts_at,
            ends_at=rows[window.key].ends_at,
            latest_end=rows[window.key].latest_end,
        )
        for window in windows
    )


def _new_row(desk: Desk, window: SessionWindow) -> SessionRow:
    row = SessionRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        slot_id=window.slot_id,
        local_day=window.local_day,
    )
    _follow(row, window)
    desk.session.add(row)
    return row


def _follow(row: SessionRow, window: SessionWindow) -> None:
    """Assigning equal values writes nothing, so an unchanged session costs no update."""
    row.name = window.name
    row.starts_at, row.ends_at = window.starts_at, window.ends_at
    row.latest_end = window.latest_end
    zones = sorted(window.zones)
    if row.zone_ids != zones:
        row.zone_ids = zones
    if row.cancelled_at is not None:
        row.cancelled_at, row.cancel_reason = None, ""


def _cancel(desk: Desk, row: SessionRow) -> None:
    row.cancelled_at = desk.now
    row.cancel_reason = "Khung giờ không còn buổi này"
    for line in desk.session.scalars(
        select(OrderLine).where(OrderLine.session_id == row.id, OrderLine.dropped_at.is_(None))
    ):
        line.dropped_at = desk.now
    mark_plans_stale(desk)


def _note_unmet(desk: Desk, filling: Filling) -> None:
    sentences = {unmet.wish_id: unmet.sentence for unmet in filling.unmet}
    for wish in desk.session.scalars(
        select(WishRow).where(WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None))
    ):
        sentence = sentences.get(wish.id, "")
        if wish.unmet != sentence:
            wish.unmet = sentence
