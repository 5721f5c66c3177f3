"""Slots: add, change, archive. What holds from a day on, and undoing, stands in `following`."""

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
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow
from broadcast.timetable.quiet_hours import coming_kinds, refuse_unexplained
from broadcast.timetable.values import change_of, recurrence_kept, slot_of
from scheduler.timetable.errors import TimetableError
from scheduler.timetable.expand import expand
from scheduler.timetable.slots import Recurrence

KEPT = (
    "name", "local_time", "planned_ms", "longest_ms", "zone_ids", "recurrence", "valid_from",
    "valid_until", "skip_holidays", "lock_minutes", "grace_ms", "signature_tune", "opening_words",
    "closing_words", "gap_ms", "relays", "volume_percent", "quiet_reason",
)  # fmt: skip
"""The columns that a person writes."""


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
    closing_words: str = ""
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
    write_slot(desk, row, draft)
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
    refuse_stale(row, row_version)
    before = kept_of(row)
    write_slot(desk, row, draft)
    row.previous = before
    note_change(desk, row, "timetable.slot_changed")
    return row


@use_case
def archive_slot(desk: Desk, slot_id: str, *, archived: bool = True) -> SlotRow:
    """Its coming sessions leave the calendar, and come back when it does.

    :raises QuietReasonMissing: it would come back outside a regulation made meanwhile.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_slot(desk, slot_id)
    if not archived:
        refuse_unfit(desk, row)
    row.archived_at = desk.now if archived else None
    note_change(desk, row, "timetable.slot_archived", archived=archived)
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


def refuse_stale(row: SlotRow, row_version: int) -> None:
    """:raises EditConflict: somebody saved since `row_version` was read."""
    if row.row_version != row_version:
        raise EditConflict(slot=row.id)


def note_change(desk: Desk, row: SlotRow, deed: str, **facts: object) -> None:
    """What every change of a slot wants: its words spoken anew, fresh plans, a fill, a trail."""
    # Spoken words may say another name or day now; volume stands in the plan itself.
    desk.session.execute(
        update(SessionRow)
        .where(SessionRow.slot_id == row.id, SessionRow.starts_at > desk.now)
        .values(opening_audio_id=None, closing_audio_id=None)
    )
    mark_plans_stale(desk)
    note_deed(desk, deed, "slot", row.id, name=row.name, **facts)
    want(desk, JobKind.FILL, desk.station_id)


def write_slot(desk: Desk, row: SlotRow, draft: SlotDraft) -> None:
    """:raises InvalidInput: :raises QuietReasonMissing: as `add_slot`."""
    row.name = draft.name.strip()
    row.local_time = draft.local_time
    row.planned_ms = draft.planned_minutes * 60_000
    row.longest_ms = draft.longest_minutes * 60_000
    row.zone_ids = list(draft.zone_ids)
    row.recurrence = recurrence_kept(draft.recurrence)
    row.valid_from, row.valid_until = draft.valid_from, draft.valid_until
    row.skip_holidays = draft.skip_holidays
    row.lock_minutes = draft.lock_minutes
    row.signature_tune = draft.signature_tune
    row.opening_words, row.closing_words = draft.opening_words, draft.closing_words
    row.volume_percent = draft.volume_percent
    row.relays = list(draft.relays)
    row.quiet_reason = draft.quiet_reason.strip()
    if not row.name:
        raise InvalidInput("Hãy đặt tên cho khung giờ, ví dụ “Buổi sáng”.")
    refuse_unfit(desk, row)


def refuse_unfit(desk: Desk, row: SlotRow) -> None:
    """A slot that does not go together with a change of one of its days would stop every fill.

    :raises InvalidInput: :raises QuietReasonMissing: as `add_slot`.
    """
    tree = zone_tree(desk)
    station = desk.session.get_one(Station, desk.station_id)
    changes = list(
        desk.session.scalars(
            select(OccurrenceChangeRow).where(OccurrenceChangeRow.slot_id == row.id)
        )
    )
    days = [change.local_day for change in changes] or [row.valid_from]
    try:
        expand(
            [slot_of(row, station, tree)],
            [change_of(change, tree) for change in changes],
            [],
            {},
            from_day=min(days),
            to_day=max(days) + timedelta(days=1),
        )
    except TimetableError as err:
        raise InvalidInput(err.message) from err
    refuse_unexplained(desk, coming_kinds(desk, row, station, tree), tree, row.quiet_reason)


def columns_of(row: SlotRow) -> dict[str, object]:
    """What a person wrote of a slot, by column."""
    return {name: getattr(row, name) for name in KEPT}


def kept_of(row: SlotRow) -> dict[str, object]:
    """The written columns as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, (date, time)) else value
        for name, value in columns_of(row).items()
    }
