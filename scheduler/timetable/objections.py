"""Why a session cannot take a wish. The first objection found is the one that is told."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.loads import Load
from scheduler.timetable.wishes import Wish


class Objection(StrEnum):
    NOT_IN_PERIOD = "not_in_period"
    OTHER_WEEKDAY = "other_weekday"
    OTHER_SLOT = "other_slot"
    OTHER_DAY = "other_day"
    ZONES_NOT_REACHED = "zones_not_reached"
    STANDS_STILL = "stands_still"
    TOO_LONG = "too_long"
    ALREADY_IN_SESSION = "already_in_session"
    TOO_CLOSE = "too_close"
    FULL = "full"


def to_calendar(wish: Wish, window: SessionWindow) -> Objection | None:
    """What speaks against the session whatever else is in it: day, slot, zones."""
    day, pin = window.airs_on, wish.pinned
    if not wish.from_day <= day < wish.until_day:
        return Objection.NOT_IN_PERIOD
    if wish.weekdays and day.weekday() not in wish.weekdays:
        return Objection.OTHER_WEEKDAY
    if wish.slot_ids and window.slot_id not in wish.slot_ids:
        return Objection.OTHER_SLOT
    if pin and pin.slot_id is not None and pin.slot_id != window.slot_id:
        return Objection.OTHER_SLOT
    if pin and pin.local_day is not None and pin.local_day != day:
        return Objection.OTHER_DAY
    if not wish.zones <= window.zones:
        return Objection.ZONES_NOT_REACHED
    return None


def to_company(wish: Wish, load: Load, airs: Sequence[datetime]) -> Objection | None:
    """What speaks against it because of the wish's other airings, `airs` in order of start."""
    if load.carries(wish.id):
        return None if wish.repeats_in_session else Objection.ALREADY_IN_SESSION
    if wish.spacing > timedelta(0):
        starts_at = load.window.starts_at
        after = bisect_left(airs, starts_at)
        neighbours = airs[max(after - 1, 0) : after + 1]
        if any(abs(starts_at - other) < wish.spacing for other in neighbours):
            return Objection.TOO_CLOSE
    return None


def to_length(load: Load, duration_ms: int, limit_ms: int) -> Objection | None:
    """What speaks against it because of what else the session carries."""
    if load.has_room(duration_ms, limit_ms):
        return None
    alone_ms = load.overhead_ms + duration_ms
    return Objection.TOO_LONG if alone_ms > limit_ms else Objection.FULL
