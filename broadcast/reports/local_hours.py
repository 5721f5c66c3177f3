"""Hours of the local day, and days of the week, as the database sees them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, extract, func

from broadcast.desk import Desk
from broadcast.reports.periods import Period

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def local_hour(desk: Desk, moment: Any, period: Period, zone: ZoneInfo) -> ColumnElement[int]:
    """The hour 0-23 of the instant in column `moment` on the clocks of `zone`.

    SQLite knows no zones: offsets come from here, one for each span of the period without a
    change of clocks. Vietnam has one.
    """
    at_utc = moment
    if desk.session.get_bind().dialect.name == "postgresql":
        at_utc = func.timezone("UTC", moment)
    minute = extract("hour", at_utc) * 60 + extract("minute", at_utc)
    spans = list(_offsets(period, zone))
    offset: Any = spans[0][1]
    if len(spans) > 1:
        # The latest beginning that has passed holds.
        offset = case(*((moment >= begins, worth) for begins, worth in reversed(spans)), else_=0)
    return func.floor(((minute + offset + 1440) % 1440) / 60)


def weekday(local_day: Any) -> ColumnElement[int]:
    """0 is Monday, as the week begins in Vietnam."""
    return (extract("dow", local_day) + 6) % 7


def _offsets(period: Period, zone: ZoneInfo) -> Iterator[tuple[datetime, int]]:
    """Instants from which an offset in minutes holds; a day either side of the period too."""
    begins, ends = period.bounds(zone)
    moment, last = begins - _DAY, None
    while moment < ends + _DAY:
        offset = _offset(moment, zone)
        if offset != last:
            moment, last = _since(moment, offset, zone) if last is not None else moment, offset
            yield moment, offset
        moment += _DAY


def _since(moment: datetime, offset: int, zone: ZoneInfo) -> datetime:
    """The hour in which the offset came, looking back from `moment`."""
    while _offset(moment - _HOUR, zone) == offset:
        moment -= _HOUR
    return moment


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta()) // _MINUTE
