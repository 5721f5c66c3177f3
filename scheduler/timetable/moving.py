"""Moving a session: what stands in its way, when there is room, and what a rule becomes."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduler.timetable.errors import RecurrenceNotValid
from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.sentences import say_day, say_weekdays
from scheduler.timetable.slots import LAST_DAY_OF_MONTH, Frequency, Recurrence
from scheduler.timetable.wall_clock import local_day_of, start_of_day

STEP = timedelta(minutes=5)
"""Sessions begin on whole steps: it is what a hand can aim at and a notice board prints."""
_WEEK_DAYS = 7


def clashes(
    window: SessionWindow, others: Iterable[SessionWindow]
) -> tuple[tuple[SessionWindow, frozenset[str]], ...]:
    """The sessions planned at the same time in some of the same zones, and those zones, by start.

    Half-open: what ends when it starts does not clash. The session itself is no other.
    """
    return tuple(
        (other, shared)
        for other in sorted(others, key=lambda one: (one.starts_at, one.slot_id, one.local_day))
        if other.key != window.key
        and (shared := other.zones & window.zones)
        and other.starts_at < window.ends_at
        and window.starts_at < other.ends_at
    )


def free_starts(
    window: SessionWindow, others: Collection[SessionWindow], now: datetime, *, at_most: int = 2
) -> tuple[datetime, ...]:
    """Starts on the same local day at which it clashes with nothing, nearest to its own first.

    Each lies right before or behind another session, on a whole step, and after `now`. The length
    stays as planned. Cost: the square of that day's sessions.
    """
    first = start_of_day(window.airs_on, window.time_zone)
    wanted = set()
    for other in others:
        if other.key != window.key:
            wanted.add(_step_from(other.ends_at, first, up=True))
            wanted.add(_step_from(other.starts_at - window.planned, first, up=False))
    free = [
        start
        for start in wanted
        if start > now
        and local_day_of(start, window.time_zone) == window.airs_on
        and not clashes(starting_at(window, start), others)
    ]
    by_distance = sorted(free, key=lambda start: (abs(start - window.starts_at), start))
    return tuple(by_distance[:at_most])


def starting_at(window: SessionWindow, starts_at: datetime) -> SessionWindow:
    """The same session at another instant, as long as before."""
    return replace(
        window,
        starts_at=starts_at,
        ends_at=starts_at + window.planned,
        latest_end=starts_at + window.longest,
        airs_on=local_day_of(starts_at, window.time_zone),
    )


def _step_from(instant: datetime, origin: datetime, *, up: bool) -> datetime:
    steps, rest = divmod(instant - origin, STEP)
    return origin + (steps + (1 if up and rest else 0)) * STEP


def shift_recurrence(recurrence: Recurrence, from_day: date, to_day: date) -> Recurrence:
    """The rule whose session of `from_day` falls on `to_day` instead, now and always after.

    A weekly rule changes that weekday, a monthly one that day of the month; an interval counts
    from the week or month of the new day. To the same day it is the rule itself.

    :raises RecurrenceNotValid: every day is its day, a lunar day, or the other day is its own, too.
    """
    if from_day == to_day:
        return recurrence
    match recurrence.frequency:
        case Frequency.WEEKLY:
            return _shift_week(recurrence, from_day, to_day)
        case Frequency.MONTHLY if not recurrence.lunar_days:
            return _shift_month(recurrence, from_day, to_day)
        case Frequency.MONTHLY:
            raise RecurrenceNotValid(
                "Buổi theo ngày âm lịch chỉ dời được từng buổi. Muốn đổi hẳn, hãy sửa khung giờ."
            )
        case Frequency.DAILY:
            raise RecurrenceNotValid(
                "Buổi phát hằng ngày chỉ đổi được giờ cho mọi buổi sau, không đổi được ngày."
            )


def _shift_week(recurrence: Recurrence, from_day: date, to_day: date) -> Recurrence:
    old, new = from_day.weekday(), to_day.weekday()
    if old != new and new in recurrence.weekdays:
        raise RecurrenceNotValid(
            f"Khung giờ đã có buổi {say_weekdays({new})}. Hãy chọn thứ khác, hoặc chỉ dời buổi này."
        )
    weeks = (to_day.toordinal() - 1) // _WEEK_DAYS - (from_day.toordinal() - 1) // _WEEK_DAYS
    return replace(
        recurrence,
        weekdays=recurrence.weekdays - {old} | {new},
        anchor=recurrence.anchor + weeks * timedelta(days=_WEEK_DAYS),
    )


def _shift_month(recurrence: Recurrence, from_day: date, to_day: date) -> Recurrence:
    days = recurrence.month_days
    old = from_day.day if from_day.day in days else LAST_DAY_OF_MONTH
    if to_day.day in days:
        raise RecurrenceNotValid(
            f"Khung giờ đã có buổi {say_day(to_day)}. Hãy chọn ngày khác, hoặc chỉ dời buổi này."
        )
    # An interval counts months: the first of the new day's month keeps the beat of the old one.
    moved_on = (from_day.year, from_day.month) != (to_day.year, to_day.month)
    return replace(
        recurrence,
        month_days=days - {old} | {to_day.day},
        anchor=to_day.replace(day=1) if moved_on else recurrence.anchor,
    )
