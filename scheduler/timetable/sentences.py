"""Days, lengths and sessions in an operator's words; every explanation is built from these."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from scheduler.timetable.expand import SessionWindow

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def say_day(day: date) -> str:
    """`thứ Năm 26/11`, as people say it when the year is plain."""
    return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"


def say_date(day: date) -> str:
    return f"{day.day}/{day.month}"


def say_weekdays(weekdays: Collection[int], say: Callable[[str], str] = str) -> str:
    """`thứ Ba, Chủ nhật`; `say` puts each day into another language."""
    return ", ".join(say(WEEKDAYS[weekday]) for weekday in sorted(weekdays))


def say_length(length: timedelta) -> str:
    """`30 phút`, `1 giờ 30 phút`, `45 giây`; parts of a second count as a whole one."""
    seconds = -(-length // timedelta(seconds=1))
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = ((hours, "giờ"), (minutes, "phút"), (seconds, "giây"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 giây"


def say_session(window: SessionWindow) -> str:
    """`buổi chiều thứ Năm 26/11`; the first letter of the name goes small inside a sentence."""
    return f"{window.name[:1].lower()}{window.name[1:]} {say_day(window.airs_on)}"


def say_zones(zones: Collection[str], names: Mapping[str, str]) -> str:
    """The names of zones in order; a zone without a name is said by its id."""
    return ", ".join(sorted(names.get(zone, zone) for zone in zones))


def say_sessions(windows: Collection[SessionWindow], *, at_most: int = 3) -> str:
    """The first few sessions by name and the rest by number."""
    named = [say_session(window) for window in list(windows)[:at_most]]
    rest = len(windows) - len(named)
    return ", ".join(named) + (f" và {rest} buổi khác" if rest else "")
