"""Recurrences as RFC 5545 text, for calendars of other programs; never used to expand slots."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scheduler.timetable.errors import RuleNotExpressible
from scheduler.timetable.slots import Frequency, Recurrence, Slot, falls_on
from scheduler.timetable.wall_clock import ONE_DAY, instant_at, zone_named

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"}
MOST_TIMES = 1_000
"""Nearly three years of every day; further on a last day says it better than a number."""
_LONGEST_SEARCH = timedelta(days=366 * 8)
"""Eight years may lie between two 29 Februaries; a rule without a day by then has none."""


@dataclass(frozen=True, slots=True)
class ImportedRule:
    """A recurrence read from text, and the first local day on which it no longer holds."""

    recurrence: Recurrence
    valid_until: date | None


def first_day(slot: Slot) -> date | None:
    """The first local day on which the slot falls, which is DTSTART's; None when there is none."""
    day = slot.valid_from
    while slot.is_valid_on(day) and day - slot.valid_from < _LONGEST_SEARCH:
        if falls_on(slot.recurrence, day):
            return day
        day += ONE_DAY
    return None


def end_after(recurrence: Recurrence, starts: date, count: int) -> date | None:
    """The day after the last of `count` days from `starts` on: what COUNT means as `valid_until`.

    A number of times is kept as this end, so windows joined still give the whole and no expansion
    counts from the beginning. As in RFC 5545, 3.3.10, a day that is later skipped, a holiday for
    one, has been counted. None when the rule does not fall so often within the search.

    :raises RuleNotExpressible: less than once, or more than `MOST_TIMES`.
    """
    if not 1 <= count <= MOST_TIMES:
        raise RuleNotExpressible(f"Số lần lặp từ 1 đến {MOST_TIMES}. Nhiều hơn thì ghi ngày cuối.")
    day, last_found = starts, starts
    while day - last_found < _LONGEST_SEARCH:
        if falls_on(recurrence, day):
            count, last_found = count - 1, day
            if count == 0:
                return day + ONE_DAY
        day += ONE_DAY
    return None


def to_rrule(slot: Slot) -> str:
    """The RRULE value of a slot whose DTSTART is `first_day` at its local time with its TZID.

    UNTIL is the last instant before `valid_until`, in UTC as RFC 5545 wants it. Holidays are not
    in the rule; they go out as EXDATE.

    :raises RuleNotExpressible: lunar days.
    """
    recurrence = slot.recurrence
    if recurrence.lunar_days:
        raise RuleNotExpressible("RRULE không biết ngày âm lịch. Hãy xuất từng buổi phát.")
    parts = [f"FREQ={recurrence.frequency.upper()}"]
    if recurrence.interval != 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.weekdays:
        days = ",".join(_WEEKDAYS[day] for day in sorted(recurrence.weekdays))
        parts.append(f"BYDAY={days}")
    if recurrence.month_days:
        days = ",".join(str(day) for day in sorted(recurrence.month_days))
        parts.append(f"BYMONTHDAY={days}")
    if slot.valid_until is not None:
        end = datetime.combine(slot.valid_until, time.min, zone_named(slot.time_zone))
        last = end.astimezone(UTC) - timedelta(seconds=1)
        parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def from_rrule(text: str, *, starts: date, local_time: time, time_zone: str) -> ImportedRule:
    """The recurrence that an RRULE value with that DTSTART means.

    BYDAY without an ordinal and BYMONTHDAY 1-31 and -1 are understood, INTERVAL, UNTIL or COUNT and
    a week that starts on Monday.

    :raises RuleNotExpressible: anything else (BYSETPOS, FREQ=YEARLY, ...), by name.
    """
    parts = _parts(text)
    interval = _number("INTERVAL", parts.get("INTERVAL", "1"))
    weekdays = frozenset(_weekday(day) for day in parts.get("BYDAY", "").split(",") if day)
    month_days = frozenset(
        _number("BYMONTHDAY", day) for day in parts.get("BYMONTHDAY", "").split(",") if day
    )
    if not month_days <= {-1, *range(1, 32)} or interval < 1:
        raise RuleNotExpressible(f"Chưa hiểu số trong quy tắc {text}. Hãy nhập lịch bằng tay.")
    recurrence = _recurrence(parts["FREQ"], starts, interval, weekdays, month_days)
    if (
        recurrence.frequency is Frequency.WEEKLY
        and interval > 1
        and parts.get("WKST", "MO") != "MO"
    ):
        raise RuleNotExpressible("Chỉ nhận lịch có tuần bắt đầu từ thứ Hai (WKST=MO).")
    return ImportedRule(recurrence, _valid_until(parts, recurrence, starts, local_time, time_zone))


def _valid_until(
    parts: dict[str, str], recurrence: Recurrence, starts: date, local_time: time, time_zone: str
) -> date | None:
    if {"UNTIL", "COUNT"} <= parts.keys():
        raise RuleNotExpressible("Quy tắc lặp có cả UNTIL lẫn COUNT. Hãy chỉ giữ một.")
    if "UNTIL" in parts:
        return _day_after_last(parts["UNTIL"], local_time, time_zone)
    if "COUNT" not in parts:
        return None
    end = end_after(recurrence, starts, _number("COUNT", parts["COUNT"]))
    if end is None:
        raise RuleNotExpressible("Quy tắc lặp không có đủ số lần ấy. Hãy ghi ngày cuối.")
    return end


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").upper().split(";"):
        name, found, value = part.partition("=")
        if not found or name not in _UNDERSTOOD or name in parts:
            raise RuleNotExpressible(f"Chưa hiểu phần {part} của quy tắc lặp. Hãy nhập bằng tay.")
        parts[name] = value
    if "FREQ" not in parts:
        raise RuleNotExpressible("Quy tắc lặp thiếu FREQ. Hãy nhập lịch bằng tay.")
    return parts


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as err:
        raise RuleNotExpressible(f"Chưa hiểu {name}={value}. Hãy nhập lịch bằng tay.") from err


def _weekday(day: str) -> int:
    if day not in _WEEKDAYS:
        raise RuleNotExpressible(f"Chưa hiểu BYDAY={day}. Hãy nhập lịch bằng tay.")
    return _WEEKDAYS.index(day)


def _recurrence(
    freq: str, starts: date, interval: int, weekdays: frozenset[int], month_days: frozenset[int]
) -> Recurrence:
    """RFC 5545 takes from DTSTART what the rule does not say."""
    monthly_weekday = freq == "MONTHLY" and weekdays
    spread_weekdays = freq == "DAILY" and weekdays and interval > 1
    if monthly_weekday or spread_weekdays or (freq != "MONTHLY" and month_days):
        raise RuleNotExpressible("Chưa nhận cách lặp này. Hãy chọn thứ hoặc ngày trong tháng.")
    match freq:
        case "DAILY" if not weekdays:
            return Recurrence(frequency=Frequency.DAILY, anchor=starts, interval=interval)
        case "DAILY" | "WEEKLY":
            days = weekdays or frozenset({starts.weekday()})
            return Recurrence(
                frequency=Frequency.WEEKLY, anchor=starts, interval=interval, weekdays=days
            )
        case "MONTHLY":
            days = month_days or frozenset({starts.day})
            return Recurrence(
                frequency=Frequency.MONTHLY, anchor=starts, interval=interval, month_days=days
            )
    raise RuleNotExpressible(f"Chưa nhận FREQ={freq}. Hãy chọn lặp hằng ngày, tuần hoặc tháng.")


def _day_after_last(until: str, local_time: time, time_zone: str) -> date:
    """UNTIL is inclusive: a day counts when its session starts no later than that moment."""
    for pattern in ("%Y%m%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"):
        try:
            moment = datetime.strptime(until, pattern)  # noqa: DTZ007  # the zone is set below
        except ValueError:
            continue
        if pattern == "%Y%m%d":
            return moment.date() + ONE_DAY
        zone = zone_named(time_zone)
        aware = moment.replace(tzinfo=UTC if until.endswith("Z") else zone)
        day = aware.astimezone(zone).date()
        starts_at = instant_at(day, local_time, time_zone)
        return day + ONE_DAY if starts_at is not None and starts_at <= aware else day
    raise RuleNotExpressible(f"Chưa hiểu UNTIL={until}. Hãy nhập ngày kết thúc bằng tay.")
