"""Days on which the station is silent, and holidays as the station knows them."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.models import ClosureRow, HolidayRow
from broadcast.timetable.values import closure_of
from scheduler.timetable.closures import ClosureKind
from scheduler.timetable.errors import TimetableError


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureDraft:
    """`until_day` is exclusive; with hours only `[from_time, until_time)` of each day is silent."""

    from_day: date
    until_day: date
    reason: str
    kind: ClosureKind = ClosureKind.OTHER
    from_time: time | None = None
    until_time: time | None = None
    zone_ids: tuple[str, ...] = ()


@use_case
def add_closure(desk: Desk, draft: ClosureDraft) -> ClosureRow:
    """Silence: mourning, an examination nearby.

    :raises InvalidInput: it ends before it begins, or nobody said why.
    """
    desk.actor.must(Right.SCHEDULE)
    row = ClosureRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        from_day=draft.from_day,
        until_day=draft.until_day,
        kind=draft.kind,
        from_time=draft.from_time,
        until_time=draft.until_time,
        zone_ids=list(draft.zone_ids),
        reason=draft.reason.strip(),
        created_at=desk.now,
    )
    if not row.reason:
        raise InvalidInput("Hãy ghi lý do ngừng phát; lý do được ghi vào nhật ký.")
    try:
        closure_of(row, zone_tree(desk))
    except TimetableError as err:
        raise InvalidInput(err.message) from err
    desk.session.add(row)
    note_deed(desk, "timetable.closure_added", "closure", row.id, reason=row.reason)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def remove_closure(desk: Desk, closure_id: str) -> None:
    """The sessions it silenced come back, except those whose time is over."""
    desk.actor.must(Right.SCHEDULE)
    row = desk.session.get(ClosureRow, closure_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(closure=closure_id)
    desk.session.delete(row)
    note_deed(desk, "timetable.closure_removed", "closure", closure_id, reason=row.reason)
    want(desk, JobKind.FILL, desk.station_id)


@use_case
def set_holiday(desk: Desk, day: date, name: str) -> HolidayRow:
    """That day is a holiday of this name; an empty name says that it is none."""
    desk.actor.must(Right.SCHEDULE)
    row = _find_holiday(desk, day)
    if row is None:
        row = HolidayRow(id=desk.new_id(), station_id=desk.station_id, day=day, created_at=desk.now)
        desk.session.add(row)
    row.name = name.strip()
    note_deed(desk, "timetable.holiday_set", "holiday", row.id, day=day.isoformat(), name=row.name)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def forget_holiday(desk: Desk, day: date) -> None:
    """The day is again what the calendar of public holidays says."""
    desk.actor.must(Right.SCHEDULE)
    row = _find_holiday(desk, day)
    if row is not None:
        desk.session.delete(row)
        note_deed(desk, "timetable.holiday_forgotten", "holiday", row.id, day=day.isoformat())
        want(desk, JobKind.FILL, desk.station_id)


def _find_holiday(desk: Desk, day: date) -> HolidayRow | None:
    return desk.session.scalar(
        select(HolidayRow).where(HolidayRow.station_id == desk.station_id, HolidayRow.day == day)
    )
