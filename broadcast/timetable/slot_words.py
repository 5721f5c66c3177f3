"""A recurrence in an operator's words."""

from scheduler.timetable.sentences import say_weekdays
from scheduler.timetable.slots import Frequency, Recurrence


def say_recurrence(recurrence: Recurrence) -> str:
    """`hằng ngày`, `thứ Hai, thứ Tư`, `2 tuần một lần vào thứ Hai`, `ngày 1, cuối tháng`."""
    every = recurrence.interval
    match recurrence.frequency:
        case Frequency.DAILY:
            return "hằng ngày" if every == 1 else f"{every} ngày một lần"
        case Frequency.WEEKLY:
            days = say_weekdays(recurrence.weekdays)
            return days if every == 1 else f"{every} tuần một lần vào {days}"
        case Frequency.MONTHLY:
            return _say_month(recurrence)


def _say_month(recurrence: Recurrence) -> str:
    solar = [str(day) for day in sorted(recurrence.month_days) if day > 0]
    parts = []
    if solar:
        parts.append("ngày " + ", ".join(solar))
    if -1 in recurrence.month_days:
        parts.append("ngày cuối tháng")
    if recurrence.lunar_days:
        lunar = ", ".join(str(day) for day in sorted(recurrence.lunar_days))
        parts.append(f"ngày {lunar} âm lịch")
    every = recurrence.interval
    when = "hằng tháng" if every == 1 else f"{every} tháng một lần"
    return f"{when}: {', '.join(parts)}"
