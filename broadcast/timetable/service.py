"""Slots: add, change, change from a day on, archive. Each can be undone."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select, update

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput, LoaError, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow, WishRow
from broadcast.timetable.quiet_hours import outside_regulation
from broadcast.timetable.values import change_of, recurrence_kept, slot_of
from scheduler.timetable.errors import TimetableError
from scheduler.timetable.expand import expand
from scheduler.timetable.slots import Recurrence, split_following

KEPT = (
    "name", "local_time", "planned_ms", "longest_ms", "zone_ids", "recurrence", "valid_from",
    "valid_until", "skip_holidays", "lock_minutes", "grace_ms", "signature_tune", "opening_words",
    "gap_ms", "relays", "volume_percent", "quiet_reason",
)  # fmt: skip
"""The columns that a person writes."""


class SessionBegun(LoaError):
    code = "timetable.session_begun"
    message = "Buổi này đã bắt đầu phát, không đổi được nữa."


class QuietReasonMissing(InvalidInput):
    """`sentences` say what lies outside the regulation."""

    code = "timetable.quiet_reason_missing"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(f"Hãy ghi lý do phát ngoài giờ quy định: {sentences[0]}")
        self.sentences = sentences


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
    """:raises InvalidInput: with the core's sentence, when the values make no session.
    :raises QuietReasonMissing: it lies outside the regulation and nobody said why.
    """
    desk.actor.must(Right.SCHEDULE)
    row = SlotRow(id=desk.new_id(), station_id=desk.station_id, created_at=desk.now)
    _write(desk, row, draft)
    desk.session.add(row)
    note_deed(desk, "timetable.slot_added", "slot", row.id, name=row.name)
    want(desk, JobKind.FILL, desk.station_id)
    return row


@use_case
def change_slot(desk: Desk, slot_id: str, draft: SlotDraft, *, row_version: int) -> SlotRow:
    """Sessions that have begun stay as they were; the others follow with the next fill.

    :raises EditConflict: somebody saved since `row_version` was read.
    :raises InvalidInput: as `add_slot`.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    _refuse_stale(row, row_version)
    before = _kept(row)
    _write(desk, row, draft)
    row.previous = before
    _note_change(desk, row, "timetable.slot_changed")
    return row


@use_case
def change_slot_from(
    desk: Desk, slot_id: str, day: date, draft: SlotDraft, *, row_version: int
) -> SlotRow:
    """“Buổi này và mọi buổi sau”: the slot ends before `day`, its twin goes on from there.

    Sessions, changes and wishes of later days follow to the twin, so nothing loses its place. A
    slot that is not older than `day` is changed itself.

    :raises SessionBegun: the session of that day is on the air or over.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    _refuse_stale(row, row_version)
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
    for name, value in (_columns(row) | {"valid_from": day}).items():
        setattr(twin, name, value)
    desk.session.add(twin)
    row.valid_until = day
    desk.session.flush()
    _let_later_days_follow(desk, row.id, twin.id, day)
    _write(desk, twin, draft)
    twin.valid_from = day
    _note_change(desk, twin, "timetable.slot_split")
    return twin


def _let_later_days_follow(desk: Desk, old_id: str, new_id: str, day: date) -> None:
    for model in (SessionRow, OccurrenceChangeRow):
        desk.session.execute(
            update(model)
            .where(model.slot_id == old_id, model.local_day >= day)
            .values(slot_id=new_id)
        )
    for wish in desk.session.scalars(
        select(WishRow).where(WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None))
    ):
        if wish.pin_slot_id == old_id and wish.pin_day is None:
            wish.slot_ids, wish.pin_slot_id = [old_id], None
        elif wish.pin_slot_id == old_id and wish.pin_day and wish.pin_day >= day:
            wish.pin_slot_id = new_id
        if old_id in wish.slot_ids:
            wish.slot_ids = [*wish.slot_ids, new_id]


@use_case
def undo_slot_change(desk: Desk, slot_id: str) -> SlotRow:
    """The slot as it was before its last change; done twice it is the change again."""
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    if row.previous is None:
        raise InvalidInput("Khung giờ này chưa có thay đổi nào để hoàn tác.")
    before = _kept(row)
    for name, value in _unkept(row.previous).items():
        setattr(row, name, value)
    row.previous = before
    _refuse_impossible(desk, row)
    _note_change(desk, row, "timetable.slot_change_undone")
    return row


@use_case
def archive_slot(desk: Desk, slot_id: str, *, archived: bool = True) -> SlotRow:
    """Its coming sessions leave the calendar, and come back when it does."""
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    row.archived_at = desk.now if archived else None
    _note_change(desk, row, "timetable.slot_archived", archived=archived)
    return row


def get_slot(desk: Desk, slot_id: str) -> SlotRow:
    """:raises NotFound: unknown, or another station's."""
    row = desk.session.get(SlotRow, slot_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(slot=slot_id)
    return row


def refuse_begun(desk: Desk, slot: SlotRow, local_day: date) -> None:
    """:raises SessionBegun: what is on the air cannot be moved any more."""
    begun = desk.session.scalar(
        select(SessionRow.id).where(
            SessionRow.slot_id == slot.id,
            SessionRow.local_day == local_day,
            SessionRow.starts_at <= desk.now,
        )
    )
    if begun is not None:
        raise SessionBegun(slot=slot.id)


def _refuse_stale(row: SlotRow, row_version: int) -> None:
    if row.row_version != row_version:
        raise EditConflict(slot=row.id)


def _note_change(desk: Desk, row: SlotRow, deed: str, **facts: object) -> None:
    # Opening words may say another name or day now; volume stands in the plan itself.
    desk.session.execute(
        update(SessionRow)
        .where(SessionRow.slot_id == row.id, SessionRow.starts_at > desk.now)
        .values(opening_audio_id=None)
    )
    mark_plans_stale(desk)
    note_deed(desk, deed, "slot", row.id, name=row.name, **facts)
    want(desk, JobKind.FILL, desk.station_id)


def _write(desk: Desk, row: SlotRow, draft: SlotDraft) -> None:
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
    row.quiet_reason = draft.quiet_reason.strip()
    if not row.name:
        raise InvalidInput("Hãy đặt tên cho khung giờ, ví dụ “Buổi sáng”.")
    _refuse_impossible(desk, row)
    if not row.quiet_reason and (outside := outside_regulation(desk, row)):
        raise QuietReasonMissing(outside)


def _refuse_impossible(desk: Desk, row: SlotRow) -> None:
    """A slot that does not go together with a change of one of its days would stop every fill."""
    tree = zone_tree(desk)
    changes = list(
        desk.session.scalars(
            select(OccurrenceChangeRow).where(OccurrenceChangeRow.slot_id == row.id)
        )
    )
    days = [change.local_day for change in changes] or [row.valid_from]
    try:
        expand(
            [slot_of(row, desk.session.get_one(Station, desk.station_id), tree)],
            [change_of(change, tree) for change in changes],
            [],
            {},
            from_day=min(days),
            to_day=max(days) + timedelta(days=1),
        )
    except TimetableError as err:
        raise InvalidInput(err.message) from err


def _columns(row: SlotRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in KEPT}


def _kept(row: SlotRow) -> dict[str, object]:
    """The written columns as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, (date, time)) else value
        for name, value in _columns(row).items()
    }


def _unkept(kept: dict[str, object]) -> dict[str, object]:
    read = dict(kept)
    read["local_time"] = time.fromisoformat(str(kept["local_time"]))
    for name in ("valid_from", "valid_until"):
        read[name] = date.fromisoformat(str(kept[name])) if kept[name] else None
    return read
