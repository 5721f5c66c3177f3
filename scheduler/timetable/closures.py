"""Closures: days or hours of silence, such as national mourning or an examination nearby."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from scheduler.timetable.errors import ChangeNotValid
from scheduler.timetable.wall_clock import ONE_DAY, instant_at, start_of_day


class ClosureKind(StrEnum):
    MOURNING = "mourning"
    EXAM = "exam"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Silence on each local day of [from_day, until_day), in some zones (empty: in all).

    With `from_time` and `until_time` only within [from_time, until_time) of each of those days.
    """

    id: str
    from_day: date
    until_day: date
    kind: ClosureKind = ClosureKind.OTHER
    zones: frozenset[str] = frozenset()
    from_time: time | None = None
    until_time: time | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """:raises ChangeNotValid: it ends before it begins."""
        if self.until_day <= self.from_day:
            raise ChangeNotValid("Ngày kết thúc đợt ngừng phát phải sau ngày bắt đầu.")
        if self.from_time and self.until_time and self.until_time <= self.from_time:
            raise ChangeNotValid("Giờ kết thúc ngừng phát phải sau giờ bắt đầu.")


def silenced_zones(
    closures: tuple[Closure, ...],
    zones: frozenset[str],
    time_zone: str,
    span: tuple[datetime, datetime],
    days: tuple[date, date],
) -> frozenset[str]:
    """Those of `zones` that a closure silences at any moment of the instants `span`.

    :param days: first and last local day that `span` touches.
    """
    silenced: frozenset[str] = frozenset()
    for closure in closures:
        touched = (closure.zones or zones) & zones
        if touched and not touched <= silenced and _touches(closure, time_zone, span, days):
            silenced |= touched
    return silenced


def _touches(
    closure: Closure,
    time_zone: str,
    span: tuple[datetime, datetime],
    days: tuple[date, date],
) -> bool:
    starts_at, ends_at = span
    day = max(days[0], closure.from_day)
    while day <= days[1] and day < closure.until_day:
        begins = instant_at(day, closure.from_time or time.min, time_zone)
        ends = (
            instant_at(day, closure.until_time, time_zone)
            if closure.until_time
            else start_of_day(day + ONE_DAY, time_zone)
        )
        if begins and ends and begins < ends_at and starts_at < ends:
            return True
        day += ONE_DAY
    return False
