"""A recurrence in an operator's words."""

from broadcast.wording import Say
from scheduler.timetable.sentences import say_weekdays
from scheduler.timetable.slots import Frequency, Recurrence

EVERY = {
    Frequency.DAILY: ("hằng ngày", "%(count)s ngày một lần"),
    Frequency.WEEKLY: ("%(days)s", "%(count)s tuần một lần vào %(days)s"),
    Frequency.MONTHLY: ("hằng tháng: %(days)s", "%(count)s tháng một lần: %(days)s"),
}
"""Each time, and each so many times."""
SOLAR, LAST, LUNAR = DAYS = ("ngày %(days)s", "ngày cuối tháng", "ngày %(days)s âm lịch")


def say_recurrence(recurrence: Recurrence, say: Say = str) -> str:
    """`hằng ngày`, `thứ Hai, thứ Tư`, `2 tuần một lần vào thứ Hai`, `ngày 1, cuối tháng`."""
    each, each_so_many = EVERY[recurrence.frequency]
    days = say_weekdays(recurrence.weekdays, say)
    if recurrence.frequency is Frequency.MONTHLY:
        days = _say_month_days(recurrence, say)
    words = each if recurrence.interval == 1 else each_so_many
    return say(words) % {"count": recurrence.interval, "days": days}


def _say_month_days(recurrence: Recurrence, say: Say) -> str:
    solar = [day for day in sorted(recurrence.month_days) if day > 0]
    parts = [say(SOLAR) % {"days": _listed(solar)}] if solar else []
    if -1 in recurrence.month_days:
        parts.append(say(LAST))
    if recurrence.lunar_days:
        parts.append(say(LUNAR) % {"days": _listed(sorted(recurrence.lunar_days))})
    return ", ".join(parts)


def _listed(days: list[int]) -> str:
    return ", ".join(str(day) for day in days)
