"""“Buổi này và mọi buổi sau”, and undoing what was last done to a slot."""

from dataclasses import replace
from datetime import date, time

from sqlalchemy import select, update

from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput
from broadcast.people.rules import Right
from broadcast.stations.models import Station
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow, WishRow
from broadcast.timetable.service import (
    SlotDraft,
    change_slot,
    columns_of,
    get_slot,
    kept_of,
    note_change,
    refuse_begun,
    refuse_stale,
    refuse_unfit,
    write_slot,
)
from broadcast.timetable.values import slot_of
from scheduler.timetable.errors import TimetableError
from scheduler.timetable.slots import split_following

SPLIT_FROM, ENDED_BEFORE = "split_from", "valid_until"
"""What a twin remembers of its birth in `previous`: the older slot's id, and its end till then."""


@use_case
def change_slot_from(
    desk: Desk, slot_id: str, day: date, draft: SlotDraft, *, row_version: int
) -> SlotRow:
    """The slot ends before `day`, its twin goes on from there.

    Sessions, changes and wishes of later days follow to the twin, so nothing loses its place. A
    slot that is not older than `day` is changed itself.

    :raises SessionBegun: the session of that day is on the air or over.
    :raises QuietReasonMissing: outside the regulation without a reason.
    :raises EditConflict: somebody saved since `row_version` was read.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    refuse_stale(row, row_version)
    refuse_begun(desk, row, day)
    station = desk.session.get_one(Station, desk.station_id)
    try:
        earlier, _later = split_following(
            slot_of(row, station, zone_tree(desk)), day, new_id=desk.new_id()
        )
    except TimetableError as err:
        raise InvalidInput(err.message) from err
    if earlier is None:
        return change_slot(desk, slot_id, draft, row_version=row_version)
    twin = SlotRow(id=desk.new_id(), station_id=desk.station_id, created_at=desk.now)
    for name, value in (columns_of(row) | {"valid_from": day}).items():
        setattr(twin, name, value)
    ended = row.valid_until
    twin.previous = {SPLIT_FROM: row.id, ENDED_BEFORE: ended.isoformat() if ended else None}
    desk.session.add(twin)
    row.valid_until = day
    desk.session.flush()
    _let_follow(desk, row.id, twin.id, day)
    _let_wishes_follow(desk, row.id, twin.id, day)
    write_slot(desk, twin, replace(draft, valid_from=day))
    note_change(desk, twin, "timetable.slot_split")
    return twin


@use_case
def undo_slot_change(desk: Desk, slot_id: str) -> SlotRow:
    """The slot as it was before its last change; done twice it is the change again.

    A slot that was split off goes back into the one it came from: sessions that were heard keep
    what they were, those to come follow the older rule. That is done once.

    :raises InvalidInput: there is nothing to undo.
    :raises QuietReasonMissing: what it was lies outside a regulation made meanwhile.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    if row.previous is None:
        raise InvalidInput("Khung giờ này chưa có thay đổi nào để hoàn tác.")
    if SPLIT_FROM in row.previous:
        return _join_again(desk, row, row.previous)
    before = kept_of(row)
    for name, value in _unkept(row.previous).items():
        setattr(row, name, value)
    row.previous = before
    refuse_unfit(desk, row)
    note_change(desk, row, "timetable.slot_change_undone")
    return row


def _join_again(desk: Desk, twin: SlotRow, birth: dict[str, object]) -> SlotRow:
    row = get_slot(desk, str(birth[SPLIT_FROM]))
    ended = birth[ENDED_BEFORE]
    row.valid_until = date.fromisoformat(str(ended)) if ended else None
    _let_follow(desk, twin.id, row.id, twin.valid_from)
    for wish in _wishes(desk):
        if wish.pin_slot_id == twin.id:
            wish.pin_slot_id = row.id
        if twin.id in wish.slot_ids:
            wish.slot_ids = list(
                dict.fromkeys(row.id if one == twin.id else one for one in wish.slot_ids)
            )
    desk.session.flush()
    desk.session.delete(twin)
    refuse_unfit(desk, row)
    note_change(desk, row, "timetable.slot_split_undone")
    return row


def _let_follow(desk: Desk, old_id: str, new_id: str, day: date) -> None:
    for model in (SessionRow, OccurrenceChangeRow):
        desk.session.execute(
            update(model)
            .where(model.slot_id == old_id, model.local_day >= day)
            .values(slot_id=new_id)
        )


def _let_wishes_follow(desk: Desk, old_id: str, new_id: str, day: date) -> None:
    for wish in _wishes(desk):
        if wish.pin_slot_id == old_id and wish.pin_day is None:
            wish.slot_ids, wish.pin_slot_id = [old_id], None
        elif wish.pin_slot_id == old_id and wish.pin_day and wish.pin_day >= day:
            wish.pin_slot_id = new_id
        if old_id in wish.slot_ids:
            wish.slot_ids = [*wish.slot_ids, new_id]


def _wishes(desk: Desk) -> list[WishRow]:
    """Closed ones too: they may be opened again."""
    return list(
        desk.session.scalars(
            select(WishRow).where(WishRow.station_id == desk.station_id).order_by(WishRow.id)
        )
    )


def _unkept(kept: dict[str, object]) -> dict[str, object]:
    read = dict(kept)
    read["local_time"] = time.fromisoformat(str(kept["local_time"]))
    for name in ("valid_from", "valid_until"):
        read[name] = date.fromisoformat(str(kept[name])) if kept[name] else None
    return read
