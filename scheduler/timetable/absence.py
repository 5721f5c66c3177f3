"""Why a slot has no session on a day, in a sentence for the calendar's empty cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.timetable.closures import Closure
from scheduler.timetable.expand import expand
from scheduler.timetable.sentences import say_date, say_day
from scheduler.timetable.slots import ChangeKind, OccurrenceChange, Slot, falls_on
from scheduler.timetable.wall_clock import ONE_DAY


class Cause(StrEnum):
    """By the rule itself, or by what somebody decided about this very day."""

    NOT_YET = "not_yet"
    ENDED = "ended"
    NOT_ITS_DAY = "not_its_day"
    HOLIDAY = "holiday"
    SKIPPED = "skipped"
    MOVED_AWAY = "moved_away"
    CLOSED = "closed"

    @property
    def is_the_rule(self) -> bool:
        return self in {Cause.NOT_YET, Cause.ENDED, Cause.NOT_ITS_DAY}


@dataclass(frozen=True, slots=True)
class Absence:
    cause: Cause
    sentence: str


def why_absent(
    slot: Slot,
    day: date,
    change: OccurrenceChange | None,
    closures: tuple[Closure, ...],
    holidays: Mapping[date, str],
) -> Absence | None:
    """Why the session that the rule might give for the local `day` is not heard on that day.

    None when it is. The first cause in this order is told: the slot's dates, its recurrence, a
    holiday, what was changed on that day, a closure. So None means exactly that `expand` gives
    the occurrence of `day` on `day` itself.
    """
    return (
        _by_the_rule(slot, day)
        or _by_holiday(slot, day, holidays)
        or _by_change(day, change)
        or _by_closure(slot, day, change, closures)
    )


def _by_the_rule(slot: Slot, day: date) -> Absence | None:
    if day < slot.valid_from:
        return Absence(Cause.NOT_YET, f"Bắt đầu từ {say_date(slot.valid_from)}")
    if slot.valid_until is not None and day >= slot.valid_until:
        return Absence(Cause.ENDED, f"Chỉ phát đến hết {say_date(slot.valid_until - ONE_DAY)}")
    if not falls_on(slot.recurrence, day):
        return Absence(Cause.NOT_ITS_DAY, "Không phải ngày phát")
    return None


def _by_holiday(slot: Slot, day: date, holidays: Mapping[date, str]) -> Absence | None:
    if slot.skip_holidays and day in holidays:
        return Absence(Cause.HOLIDAY, f"Nghỉ: {holidays[day]}")
    return None


def _by_change(day: date, change: OccurrenceChange | None) -> Absence | None:
    if change is None:
        return None
    if change.kind is ChangeKind.CANCELLED:
        why = f" ({change.reason})" if change.reason else ""
        return Absence(Cause.SKIPPED, f"Bỏ buổi này{why}")
    if change.to_day is not None and change.to_day != day:
        return Absence(Cause.MOVED_AWAY, f"Dời sang {say_day(change.to_day)}")
    return None


def _by_closure(
    slot: Slot, day: date, change: OccurrenceChange | None, closures: tuple[Closure, ...]
) -> Absence | None:
    def is_heard(silences: tuple[Closure, ...]) -> bool:
        changes = [change] if change else []
        windows = expand([slot], changes, silences, {}, from_day=day, to_day=day + ONE_DAY)
        return any(window.local_day == day for window in windows)

    if is_heard(closures):
        return None
    reasons = dict.fromkeys(closure.reason for closure in closures if not is_heard((closure,)))
    if not reasons:
        # Several closures each take some of its zones.
        reasons = dict.fromkeys(closure.reason for closure in closures)
    said = "; ".join(reason for reason in reasons if reason)
    return Absence(Cause.CLOSED, f"Ngừng phát: {said}" if said else "Ngừng phát")
