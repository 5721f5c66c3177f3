"""Instants, spans and numbers as a Vietnamese office writes them. PURE: zone and `now` come in.

Every function returns plain text for a page or a report; none of them parses.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

Say = Callable[[str], str]
"""Another language's word for one of ours; `str` is Vietnamese."""

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S


def local_time(instant: datetime, zone: ZoneInfo) -> str:
    """`17:00` in `zone`, cut to the minute."""
    return f"{_local(instant, zone):%H:%M}"


def local_date(day: date, zone: ZoneInfo) -> str:
    """`28/12/2023`; an instant is first moved to `zone`, a plain date is already local."""
    local = _local(day, zone) if isinstance(day, datetime) else day
    return f"{local.day:02}/{local.month:02}/{local.year:04}"


def local_moment(instant: datetime, zone: ZoneInfo) -> str:
    """`17:00, 28/12/2023`."""
    return f"{local_time(instant, zone)}, {local_date(instant, zone)}"


def weekday(day: date, say: Say = str) -> str:
    """`Thứ Hai` … `Chủ nhật` of a local date."""
    return say(WEEKDAYS[day.weekday()])


def long_date(day: date, zone: ZoneInfo, say: Say = str) -> str:
    """`Thứ Hai, 23/11/2026`."""
    local = _local(day, zone) if isinstance(day, datetime) else day
    return f"{weekday(local, say)}, {local_date(local, zone)}"


def minute_of_day(instant: datetime, zone: ZoneInfo) -> int:
    """Minutes on the wall clock since midnight, 0..1439: where the day line draws it."""
    local = _local(instant, zone)
    return local.hour * 60 + local.minute


def duration(length: int | timedelta, say: Say = str) -> str:
    """`3 phút 20 giây`, `1 giờ 5 phút`; milliseconds or a timedelta, rounded to the second.

    From an hour on the seconds are left out, cut and not rounded: nobody plans by them.
    """
    seconds = _seconds(length)
    hours, minutes, rest = seconds // HOUR_S, seconds % HOUR_S // MINUTE_S, seconds % MINUTE_S
    if hours:
        return _joined((hours, say("giờ")), (minutes, say("phút")))
    return _joined((minutes, say("phút")), (rest, say("giây"))) or f"0 {say('giây')}"


def clock_length(length: int | timedelta) -> str:
    """`3:20` or `1:02:05`, for columns; milliseconds or a timedelta, rounded to the second."""
    seconds = _seconds(length)
    hours, minutes, rest = seconds // HOUR_S, seconds % HOUR_S // MINUTE_S, seconds % MINUTE_S
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def minutes(length: int | timedelta, places: int = 1) -> str:
    """`1.204,5`: the length in minutes, rounded once, here, half up."""
    ms = length if isinstance(length, int) else length // timedelta(milliseconds=1)
    return number_vi(Decimal(ms) / 60_000, places)


def number_vi(value: float | Decimal, places: int | None = None) -> str:
    """`1.204,5`: dot between thousands, comma before decimals.

    With `places` rounded half up to exactly that many; without, all the decimals there are.
    """
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if exact == 0:
        exact = abs(exact)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def percent_vi(ratio: float | Decimal, places: int = 0) -> str:
    """`76,4%` of a ratio where 1 is the whole."""
    return f"{number_vi(Decimal(str(ratio)) * 100, places)}%"


def ago(instant: datetime, now: datetime, say: Say = str) -> str:
    """`vừa xong`, `5 phút trước`, `3 giờ trước`, `2 ngày trước`; the future counts as just now."""
    seconds = int((now - instant).total_seconds())
    if seconds < MINUTE_S:
        return say("vừa xong")
    return f"{_one_unit(seconds, say)} {say('trước')}"


def until(instant: datetime, now: datetime, say: Say = str) -> str:
    """`dưới 1 phút`, `28 phút`, `2 giờ 28 phút`, `3 ngày`; what is past is `0 phút`."""
    seconds = int((instant - now).total_seconds())
    if seconds <= 0:
        return f"0 {say('phút')}"
    if seconds < MINUTE_S:
        return say("dưới 1 phút")
    if seconds < DAY_S:
        minutes_left = seconds % HOUR_S // MINUTE_S
        return _joined((seconds // HOUR_S, say("giờ")), (minutes_left, say("phút")))
    return _one_unit(seconds, say)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(zone)


def _seconds(length: int | timedelta) -> int:
    ms = length if isinstance(length, int) else length // timedelta(milliseconds=1)
    return (max(ms, 0) + 500) // 1000


def _one_unit(seconds: int, say: Say) -> str:
    for size, name in ((DAY_S, "ngày"), (HOUR_S, "giờ")):
        if seconds >= size:
            return f"{seconds // size} {say(name)}"
    return f"{seconds // MINUTE_S} {say('phút')}"


def _joined(*parts: tuple[int, str]) -> str:
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
