"""What a person does to the timetable: slots, one-off changes, closures, and the queue."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput, LoaError, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.filling import zone_tree
from broadcast.timetable.models import (
    ClosureRow,
    OccurrenceChangeRow,
    SessionRow,
    SlotRow,
)
from broadcast.timetable.values import change_of, recurrence_kept, slot_of
from scheduler.timetable.errors import TimetableError
from scheduler.timetable.slots import Recurrence


class SessionBegun(LoaError):
    code = "timetable.session_begun"
    message = "Buổi này đã bắt đầu phát, không đổi được nữa."


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDraft:
    """A slot as a form gives it; lengths in minutes, `valid_until` exclusive."""

    name: str
    local_time: time
    planned_minutes: int
    longest_minutes: int
    recurrence: Recurrence
    valid_from: date
    valid_until: date | None = None
    zone_ids: tuple[str, ...] = ()
    skip_holidays: bool = False
    lock_minutes: int = 30
    signature_tune: str = "sang"
    opening_words: str = ""
    volume_percent: int = 100
    relays: tuple[dict[str, object], ...] = ()
    quiet_reason: str = ""


@use_case
def add_slot(desk: Desk, draft: SlotDraft) -> SlotRow:
    """:raises InvalidInput: with the core's sentence, when the values make no session."""
    desk.actor.must(Right.SCHEDULE)
    row = SlotRow(id=desk.new_id(), station_id=desk.station_id, created_at=desk.now)
    _write_slot(desk, row, draft)
    desk.session.add(row)
    note_deed(desk, "timetable.slot_added", "slot", row.id, name=row.name)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def change_slot(desk: Desk, slot_id: str, draft: SlotDraft, *, row_version: int) -> SlotRow:
    """Sessions that have begun stay as they were; the others follow with the next fill."""
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    if row.row_version != row_version:
        raise EditConflict(slot=slot_id)
    _write_slot(desk, row, draft)
    note_deed(desk, "timetable.slot_changed", "slot", row.id, name=row.name)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def archive_slot(desk: Desk, slot_id: str, *, archived: bool = True) -> SlotRow:
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    row.archived_at = desk.now if archived else None
    note_deed(desk, "timetable.slot_archived", "slot", row.id, archived=archived)
    want(desk, JobKind.FILL, desk.station_id)
    return row


def _write_slot(desk: Desk, row: SlotRow, draft: SlotDraft) -> None:
    row.name = draft.name.strip()
    row.local_time = draft.local_time
    row.planned_ms = draft.planned_minutes * 60_000
    row.longest_ms = draft.longest_minutes * 60_000
    row.zone_ids = list(draft.zone_ids)
    row.recurrence = recurrence_kept(draft.recurrence)
    row.valid_from, row.valid_until = draft.valid_from, draft.valid_until
    row.skip_holidays = draft.skip_holidays
    row.lock_minutes = draft.lock_minutes
    row.signature_tune, row.opening_words = draft.signature_tune, draft.opening_words
    row.volume_percent = draft.volume_percent
    row.relays = list(draft.relays)
    row.quiet_reason = draft.quiet_reason
    if not row.name:
        raise InvalidInput("Hãy đặt tên cho khung giờ, ví dụ “Buổi sáng”.")
    try:
        slot_of(row, desk.session.get_one(Station, desk.station_id), zone_tree(desk))
    except TimetableError as err:
        raise InvalidInput(err.message) from err


@use_case
def change_occurrence(
    desk: Desk, slot_id: str, local_day: date, *, kind: str, facts: dict[str, object], reason: str
) -> OccurrenceChangeRow:
    """Move, cancel, replace or lengthen one occurrence; an earlier change of it is replaced.

    :raises SessionBegun: what is on the air cannot be moved any more.
    """
    desk.actor.must(Right.SCHEDULE)
    slot = get_slot(desk, slot_id)
    _refuse_begun(desk, slot, local_day)
    row = _find_change(desk, slot_id, local_day)
    if row is None:
        row = OccurrenceChangeRow(
            id=desk.new_id(), station_id=desk.station_id, slot_id=slot.id, local_day=local_day
        )
        desk.session.add(row)
    row.kind, row.facts, row.reason = kind, facts, reason.strip()
    row.author_name, row.created_at = desk.actor.name, desk.now
    try:
        change_of(row, zone_tree(desk))
    except (TimetableError, ValueError, KeyError) as err:
        raise InvalidInput(getattr(err, "message", None), kind=kind) from err
    note_deed(desk, f"timetable.occurrence_{kind}", "slot", slot.id, day=local_day.isoformat())
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def undo_change(desk: Desk, slot_id: str, local_day: date) -> None:
    """The occurrence is again what its slot says."""
    desk.actor.must(Right.SCHEDULE)
    slot = get_slot(desk, slot_id)
    _refuse_begun(desk, slot, local_day)
    row = _find_change(desk, slot_id, local_day)
    if row is not None:
        desk.session.delete(row)
        note_deed(desk, "timetable.occurrence_undone", "slot", slot.id, day=local_day.isoformat())
        want(desk, JobKind.FILL, desk.station_id)


@use_case
def add_closure(
    desk: Desk, from_day: date, until_day: date, reason: str, *, zone_ids: tuple[str, ...] = ()
) -> ClosureRow:
    """Silence on local days `[from_day, until_day)`: mourning, an examination."""
    desk.actor.must(Right.SCHEDULE)
    if until_day <= from_day or not reason.strip():
        raise InvalidInput("Cần ngày bắt đầu trước ngày kết thúc, và lý do ngừng phát.")
    row = ClosureRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        from_day=from_day,
        until_day=until_day,
        zone_ids=list(zone_ids),
        reason=reason.strip(),
        created_at=desk.now,
    )
    desk.session.add(row)
    note_deed(desk, "timetable.closure_added", "closure", row.id)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def remove_closure(desk: Desk, closure_id: str) -> None:
    desk.actor.must(Right.SCHEDULE)
    row = desk.session.get(ClosureRow, closure_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(closure=closure_id)
    desk.session.delete(row)
    note_deed(desk, "timetable.closure_removed", "closure", closure_id)
    want(desk, JobKind.FILL, desk.station_id)


def get_slot(desk: Desk, slot_id: str) -> SlotRow:
    row = desk.session.get(SlotRow, slot_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(slot=slot_id)
    return row


def _find_change(desk: Desk, slot_id: str, local_day: date) -> OccurrenceChangeRow | None:
    return desk.session.scalar(
        select(OccurrenceChangeRow).where(
            OccurrenceChangeRow.slot_id == slot_id, OccurrenceChangeRow.local_day == local_day
        )
    )


def _refuse_begun(desk: Desk, slot: SlotRow, local_day: date) -> None:
    begun = desk.session.scalar(
        select(SessionRow.id).where(
            SessionRow.slot_id == slot.id,
            SessionRow.local_day == local_day,
            SessionRow.starts_at <= desk.now,
        )
    )
    if begun is not None:
        raise SessionBegun(slot=slot.id)
