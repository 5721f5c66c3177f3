"""From a local day and time of day to an instant, and which instants a local day covers."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.timetable.errors import TimeZoneUnknown

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=64)
def zone_named(time_zone: str) -> ZoneInfo:
    """The IANA zone of that name.

    :raises TimeZoneUnknown: there is no such zone in the zone data of this machine.
    """
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as err:
        raise TimeZoneUnknown(time_zone=time_zone) from err


def instant_at(day: date, local_time: time, time_zone: str) -> datetime | None:
    """The UTC instant at which clocks in `time_zone` show `local_time` on `day`.

    A time that the spring change leaves out gives the first minute that exists after the gap; a
    time that the autumn change shows twice gives the first of the two. None when the zone has
    left the whole day out (Samoa, 30 December 2011) or the gap reaches into the next day.
    """
    zone = zone_named(time_zone)
    wanted = datetime.combine(day, local_time)
    instant = wanted.replace(tzinfo=zone).astimezone(UTC)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    if shown == wanted:
        return instant
    first = _end_of_gap(wanted, zone)
    return first if first.astimezone(zone).date() == day else None


def _end_of_gap(wanted: datetime, zone: ZoneInfo) -> datetime:
    """Search between the two readings of a time in a gap, fold 1 before it and fold 0 after it."""
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    offset_after = after.astimezone(zone).utcoffset()
    while after - before > ONE_SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset_after:
            after = middle
        else:
            before = middle
    return after


def start_of_day(day: date, time_zone: str) -> datetime:
    """The first instant of a local day, UTC; that of the next day when the zone left it out."""
    while (instant := instant_at(day, time.min, time_zone)) is None:
        day += ONE_DAY
    return instant


def local_day_of(instant: datetime, time_zone: str) -> date:
    """The calendar day that clocks in `time_zone` show at an aware instant."""
    return instant.astimezone(zone_named(time_zone)).date()
