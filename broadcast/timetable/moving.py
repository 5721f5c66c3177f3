"""Moving a session to another day or time: what would come of it, and the deed itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput
from broadcast.people.rules import Right
from broadcast.stations.models import Station
from broadcast.timetable.calendar import as_it_stands, expand_rules, zone_tree
from broadcast.timetable.cards import say_zones
from broadcast.timetable.following import change_slot_from
from broadcast.timetable.models import SessionRow, SlotRow
from broadcast.timetable.occurrences import change_occurrence, find_change
from broadcast.timetable.ordering import get_session
from broadcast.timetable.quiet_hours import QuietReasonMissing, outside_regulation
from broadcast.timetable.service import SessionBegun, SlotDraft, get_slot
from broadcast.timetable.values import ZoneTree, recurrence_of
from scheduler.timetable.errors import RecurrenceNotValid
from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.moving import clashes, free_starts, shift_recurrence, starting_at
from scheduler.timetable.slots import ChangeKind
from scheduler.timetable.wall_clock import ONE_DAY, instant_at, zone_named


class Scope(StrEnum):
    ONE = "one"
    FOLLOWING = "following"


class SessionsOverlap(InvalidInput):
    code = "timetable.sessions_overlap"
    message = "Giờ mới trùng với buổi khác. Hãy chọn giờ còn trống, hoặc đồng ý để hai buổi trùng."


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What somebody wants: `row_version` is of the session as they saw it."""

    to_day: date
    to_time: time
    row_version: int
    scope: Scope = Scope.ONE
    reason: str = ""
    may_overlap: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a move would come to, before anybody decides.

    `overlaps` and `outside` are sentences; `free` are the nearest starts without an overlap.
    `not_for_all` says why the rule itself cannot follow; empty when it can.
    """

    session: SessionRow
    slot: SlotRow
    overlaps: tuple[str, ...]
    free: tuple[datetime, ...]
    outside: tuple[str, ...]
    not_for_all: str


def foresee_move(desk: Desk, session_id: str, to_day: date, to_time: time) -> Prospect:
    """:raises NotFound: :raises SessionBegun: it is on the air, over, cancelled or an emergency."""
    row = _movable(desk, session_id)
    slot = get_slot(desk, row.slot_id or "")
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    windows, _rules = expand_rules(desk, station, tree, to_day - ONE_DAY, to_day + 2 * ONE_DAY)
    window = _moved_window(row, station, tree, to_day, to_time)
    if window is None:
        return Prospect(row, slot, (), (), (), "")
    return Prospect(
        row,
        slot,
        tuple(_say_overlap(tree, *one) for one in clashes(window, windows)),
        free_starts(window, windows, desk.now),
        () if slot.quiet_reason else tuple(outside_regulation(desk, [window], tree)),
        _why_not_for_all(slot, row.local_day, to_day),
    )


@use_case
def move_session(desk: Desk, session_id: str, move: Move) -> SlotRow | None:
    """Move one session, or its rule from that day on; None for one, else the slot that says so.

    :raises SessionBegun: it is on the air, over, cancelled or an emergency.
    :raises EditConflict: the session changed since it was looked at.
    :raises SessionsOverlap: and nobody agreed to that.
    :raises QuietReasonMissing: outside the regulation without a reason.
    :raises TooLate: the new time is over. :raises InvalidInput: the rule cannot follow.
    """
    desk.actor.must(Right.SCHEDULE)
    seen = foresee_move(desk, session_id, move.to_day, move.to_time)
    if seen.session.row_version != move.row_version:
        raise EditConflict(session=session_id)
    if seen.overlaps and not move.may_overlap:
        raise SessionsOverlap(session=session_id)
    if seen.outside and not move.reason.strip():
        raise QuietReasonMissing(list(seen.outside))
    if move.scope is Scope.FOLLOWING:
        return _move_following(desk, seen, move)
    _move_one(desk, seen.session, move)
    return None


def _movable(desk: Desk, session_id: str) -> SessionRow:
    row = get_session(desk, session_id)
    if row.slot_id is None or row.cancelled_at is not None or row.starts_at <= desk.now:
        raise SessionBegun(session=session_id)
    return row


def _move_one(desk: Desk, row: SessionRow, move: Move) -> None:
    change_occurrence(
        desk,
        row.slot_id or "",
        row.local_day,
        kind=ChangeKind.MOVED,
        facts={"to_day": move.to_day.isoformat(), "to_time": f"{move.to_time:%H:%M}"},
        reason=move.reason,
        row_version=move.row_version,
    )


def _move_following(desk: Desk, seen: Prospect, move: Move) -> SlotRow:
    """What was said about this one day goes: from now on the rule itself says it."""
    slot, day = seen.slot, seen.session.local_day
    if seen.not_for_all:
        raise InvalidInput(seen.not_for_all)
    change = find_change(desk, slot.id, day)
    if change is not None and change.kind == ChangeKind.MOVED:
        desk.session.delete(change)
        desk.session.flush()
    first = min(day, move.to_day)
    draft = replace(
        draft_of(slot),
        local_time=move.to_time,
        recurrence=shift_recurrence(recurrence_of(slot.recurrence), day, move.to_day),
        valid_from=min(slot.valid_from, first),
        quiet_reason=slot.quiet_reason or move.reason,
    )
    return change_slot_from(desk, slot.id, first, draft, row_version=slot.row_version)


def draft_of(row: SlotRow) -> SlotDraft:
    """A slot as a form would give it back unchanged."""
    return SlotDraft(
        name=row.name,
        local_time=row.local_time,
        planned_minutes=row.planned_ms // 60_000,
        longest_minutes=row.longest_ms // 60_000,
        recurrence=recurrence_of(row.recurrence),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        zone_ids=tuple(row.zone_ids),
        skip_holidays=row.skip_holidays,
        lock_minutes=row.lock_minutes,
        signature_tune=row.signature_tune,
        opening_words=row.opening_words,
        closing_words=row.closing_words,
        volume_percent=row.volume_percent,
        relays=tuple(row.relays),
        quiet_reason=row.quiet_reason,
    )


def _moved_window(
    row: SessionRow, station: Station, tree: ZoneTree, to_day: date, to_time: time
) -> SessionWindow | None:
    """None when the clocks of that day never show that time."""
    starts_at = instant_at(to_day, to_time, station.time_zone)
    if starts_at is None:
        return None
    return starting_at(as_it_stands(row, station, tree), starts_at)


def _say_overlap(tree: ZoneTree, other: SessionWindow, zones: frozenset[str]) -> str:
    zone = zone_named(other.time_zone)
    begins, ends = (f"{at.astimezone(zone):%H:%M}" for at in (other.starts_at, other.ends_at))
    return f"Trùng với {other.name} {begins}–{ends} ({say_zones(tree, tree.kept(zones))})."


def _why_not_for_all(slot: SlotRow, day: date, to_day: date) -> str:
    try:
        shift_recurrence(recurrence_of(slot.recurrence), day, to_day)
    except RecurrenceNotValid as err:
        return err.message
    return ""
