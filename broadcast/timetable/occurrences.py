"""One session of one day: moved, cancelled, lengthened or renamed, and undone again."""

from datetime import date

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow
from broadcast.timetable.quiet_hours import refuse_unexplained
from broadcast.timetable.service import get_slot, refuse_begun
from broadcast.timetable.values import change_of, slot_of
from scheduler.timetable.errors import TimetableError
from scheduler.timetable.expand import expand
from scheduler.timetable.slots import ChangeKind
from scheduler.timetable.wall_clock import ONE_DAY


class TooLate(InvalidInput):
    code = "timetable.too_late"
    message = "Giờ mới đã qua. Hãy chọn một giờ còn ở phía trước."


@use_case
def change_occurrence(
    desk: Desk,
    slot_id: str,
    local_day: date,
    *,
    kind: ChangeKind,
    facts: dict[str, object],
    reason: str,
    row_version: int | None = None,
) -> OccurrenceChangeRow:
    """Move, cancel, replace or lengthen one occurrence.

    A move and a lengthening stand together; a cancellation replaces what was changed before.

    :param row_version: of the session as the person saw it; None when nobody looked at one.
    :raises SessionBegun: what is on the air cannot be moved any more.
    :raises EditConflict: the session changed since it was looked at.
    :raises TooLate: it was to start in the past.
    :raises QuietReasonMissing: outside the regulation, and neither change nor slot says why.
    """
    desk.actor.must(Right.SCHEDULE)
    slot = get_slot(desk, slot_id)
    refuse_begun(desk, slot, local_day)
    _refuse_unseen(desk, slot_id, local_day, row_version)
    row = find_change(desk, slot_id, local_day)
    if row is None:
        row = OccurrenceChangeRow(
            id=desk.new_id(), station_id=desk.station_id, slot_id=slot.id, local_day=local_day
        )
        desk.session.add(row)
    elif ChangeKind.CANCELLED not in {kind, ChangeKind(row.kind)}:
        facts, reason = row.facts | facts, reason.strip() or row.reason
    row.kind, row.facts, row.reason = kind.value, facts, reason.strip()
    row.author_name, row.created_at = desk.actor.name, desk.now
    _refuse_unfit(desk, slot, row)
    note_deed(desk, f"timetable.occurrence_{kind}", "slot", slot.id, day=local_day.isoformat())
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def undo_change(desk: Desk, slot_id: str, local_day: date) -> None:
    """The occurrence is again what its slot says.

    :raises QuietReasonMissing: that lies outside the regulation, and the slot does not say why.
    """
    desk.actor.must(Right.SCHEDULE)
    slot = get_slot(desk, slot_id)
    refuse_begun(desk, slot, local_day)
    row = find_change(desk, slot_id, local_day)
    if row is not None:
        desk.session.delete(row)
        _refuse_outside_again(desk, slot, local_day)
        note_deed(desk, "timetable.occurrence_undone", "slot", slot.id, day=local_day.isoformat())
        want(desk, JobKind.FILL, desk.station_id)


def find_change(desk: Desk, slot_id: str, local_day: date) -> OccurrenceChangeRow | None:
    return desk.session.scalar(
        select(OccurrenceChangeRow).where(
            OccurrenceChangeRow.station_id == desk.station_id,
            OccurrenceChangeRow.slot_id == slot_id,
            OccurrenceChangeRow.local_day == local_day,
        )
    )


def _refuse_unseen(desk: Desk, slot_id: str, local_day: date, row_version: int | None) -> None:
    if row_version is None:
        return
    standing = desk.session.scalar(
        select(SessionRow.row_version).where(
            SessionRow.slot_id == slot_id, SessionRow.local_day == local_day
        )
    )
    if standing != row_version:
        raise EditConflict(slot=slot_id)


def _refuse_unfit(desk: Desk, slot: SlotRow, row: OccurrenceChangeRow) -> None:
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    try:
        change = change_of(row, tree)
        airs_on = change.to_day or row.local_day
        windows = expand(
            [slot_of(slot, station, tree)],
            [change],
            [],
            {},
            from_day=airs_on,
            to_day=airs_on + ONE_DAY,
        )
    except (TimetableError, ValueError) as err:
        raise InvalidInput(getattr(err, "message", None), kind=row.kind) from err
    mine = [window for window in windows if window.local_day == row.local_day]
    if any(window.starts_at <= desk.now for window in mine):
        raise TooLate(slot=row.slot_id)
    if not mine and change.kind is not ChangeKind.CANCELLED:
        raise InvalidInput("Khung giờ không có buổi nào vào ngày này để đổi.")
    refuse_unexplained(desk, mine, tree, slot.quiet_reason or row.reason)


def _refuse_outside_again(desk: Desk, slot: SlotRow, local_day: date) -> None:
    tree = zone_tree(desk)
    if not tree.reach(slot.zone_ids):
        return
    station = desk.session.get_one(Station, desk.station_id)
    rule = slot_of(slot, station, tree)
    windows = expand([rule], [], [], {}, from_day=local_day, to_day=local_day + ONE_DAY)
    refuse_unexplained(desk, windows, tree, slot.quiet_reason)
