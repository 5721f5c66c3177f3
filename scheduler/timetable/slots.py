"""Slots: the named sessions of a day, on which days they fall, and what is changed on one day."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from scheduler.timetable.errors import ChangeNotValid, RecurrenceNotValid, SlotNotValid
from scheduler.timetable.lunar import to_lunar
from scheduler.timetable.wall_clock import ONE_DAY, zone_named

LAST_DAY_OF_MONTH = -1
LONGEST_SESSION = timedelta(hours=12)
"""A session shorter than the shortest day cannot run into its own next occurrence."""
_NOTHING = timedelta(0)


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """On which local days a slot falls.

    `anchor` only says which days, weeks (from Monday) or months an `interval` counts from; days
    before it follow the same beat. Weekdays are 0 = Monday to 6; month days 1-31 or -1 for the
    last; lunar days 1-30. A month without the 31st, or a lunar one without the 30th, is left out.
    MONTHLY falls on its month days and on its lunar days.
    """

    frequency: Frequency
    anchor: date
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    lunar_days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """:raises RecurrenceNotValid: days that do not belong to the frequency, or none."""
        if self.interval < 1:
            raise RecurrenceNotValid("Khoảng cách lặp phải từ 1 trở lên.")
        if not self._days_suit_the_frequency():
            raise RecurrenceNotValid(
                "Hãy chọn thứ cho lịch hằng tuần, ngày dương hoặc ngày âm cho lịch hằng tháng."
            )
        if not self.weekdays <= set(range(7)):
            raise RecurrenceNotValid("Thứ trong tuần phải từ thứ Hai đến Chủ nhật.")
        if not self.month_days <= {LAST_DAY_OF_MONTH, *range(1, 32)}:
            raise RecurrenceNotValid("Ngày trong tháng phải từ 1 đến 31, hoặc ngày cuối tháng.")
        if not self.lunar_days <= set(range(1, 31)):
            raise RecurrenceNotValid("Ngày âm lịch phải từ 1 đến 30.")
        if self.lunar_days and self.interval != 1:
            raise RecurrenceNotValid("Lịch theo ngày âm chỉ lặp được hằng tháng.")

    def _days_suit_the_frequency(self) -> bool:
        has = (bool(self.weekdays), bool(self.month_days or self.lunar_days))
        match self.frequency:
            case Frequency.DAILY:
                return has == (False, False)
            case Frequency.WEEKLY:
                return has == (True, False)
            case Frequency.MONTHLY:
                return has == (False, True)


def falls_on(recurrence: Recurrence, day: date) -> bool:
    """Whether the recurrence names that local day; constant time, so a long past costs nothing."""
    anchor, interval = recurrence.anchor, recurrence.interval
    match recurrence.frequency:
        case Frequency.DAILY:
            return (day - anchor).days % interval == 0
        case Frequency.WEEKLY:
            if day.weekday() not in recurrence.weekdays:
                return False
            weeks = (day.toordinal() - 1) // 7 - (anchor.toordinal() - 1) // 7
            return weeks % interval == 0
        case Frequency.MONTHLY:
            if recurrence.lunar_days and to_lunar(day).day in recurrence.lunar_days:
                return True
            months = (day.year - anchor.year) * 12 + day.month - anchor.month
            return months % interval == 0 and _is_month_day(day, recurrence.month_days)


def _is_month_day(day: date, month_days: frozenset[int]) -> bool:
    if day.day in month_days:
        return True
    return LAST_DAY_OF_MONTH in month_days and (day + ONE_DAY).month != day.month


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One named session and its rule: local wall time and IANA zone, never an instant.

    `planned` is what the station announces, `longest` the hard limit. The slot is valid on
    [valid_from, valid_until). `lock` before its start a session's running order stands still.
    """

    id: str
    name: str
    local_time: time
    time_zone: str
    planned: timedelta
    longest: timedelta
    zones: frozenset[str]
    recurrence: Recurrence
    valid_from: date
    valid_until: date | None = None
    skip_holidays: bool = False
    lock: timedelta = _NOTHING

    def __post_init__(self) -> None:
        """:raises SlotNotValid: lengths, zones or dates make no session.
        :raises TimeZoneUnknown: the zone is not in the zone data.
        """
        zone_named(self.time_zone)
        if not _NOTHING < self.planned <= self.longest <= LONGEST_SESSION:
            raise SlotNotValid(
                "Thời lượng dự kiến phải lớn hơn 0, không quá thời lượng tối đa, tối đa 12 giờ."
            )
        if not self.zones:
            raise SlotNotValid("Hãy chọn ít nhất một khu vực cho khung giờ.")
        if self.local_time.tzinfo is not None or self.lock < _NOTHING:
            raise SlotNotValid("Giờ phát là giờ địa phương; thời gian khóa không được âm.")
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise SlotNotValid("Ngày kết thúc phải sau ngày bắt đầu.")

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class ChangeKind(StrEnum):
    MOVED = "moved"
    CANCELLED = "cancelled"
    LENGTHENED = "lengthened"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceChange:
    """What is different on one occurrence, named by the day its rule gives, even once moved.

    A field that is None stays as the slot has it. A change of a day on which the slot does not
    fall does nothing. Undo is deleting the change.
    """

    slot_id: str
    local_day: date
    kind: ChangeKind
    to_day: date | None = None
    to_time: time | None = None
    planned: timedelta | None = None
    longest: timedelta | None = None
    name: str | None = None
    zones: frozenset[str] | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """:raises ChangeNotValid: the kind lacks what it changes."""
        missing = {
            ChangeKind.MOVED: self.to_day is None and self.to_time is None,
            ChangeKind.LENGTHENED: self.planned is None and self.longest is None,
            ChangeKind.REPLACED: self.name is None and self.zones is None,
        }.get(self.kind, False)
        if missing or self.zones == frozenset():
            raise ChangeNotValid(kind=self.kind)
        if any(
            length is not None and length <= _NOTHING for length in (self.planned, self.longest)
        ):
            raise ChangeNotValid("Thời lượng của buổi phát phải lớn hơn 0.")


def split_following(slot: Slot, day: date, *, new_id: str) -> tuple[Slot | None, Slot]:
    """The slot until `day` and its twin from `day` on, for "buổi này và mọi buổi sau".

    The twin keeps the beat (anchor) and is what the operator then edits. Nothing comes before when
    the slot is not older than `day`: then (None, slot). Changes and placements of later days have
    to follow to `new_id`.

    :raises SlotNotValid: the slot has ended by `day`.
    """
    if slot.valid_until is not None and day >= slot.valid_until:
        raise SlotNotValid("Khung giờ đã kết thúc trước ngày này; không còn buổi nào để sửa.")
    if day <= slot.valid_from:
        return None, slot
    return replace(slot, valid_until=day), replace(slot, id=new_id, valid_from=day)
