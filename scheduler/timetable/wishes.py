"""What an approved bulletin asks of the timetable, and where it has been put."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.timetable.errors import WishNotValid
from scheduler.timetable.wall_clock import ONE_DAY

FIRST_PLACE = 0
LAST_PLACE = -1


class Priority(StrEnum):
    """The three classes of Thông tư 39/2020/TT-BTTTT: thông thường, ưu tiên, khẩn cấp."""

    NORMAL = "normal"
    PRIORITY = "priority"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place that is asked for: a slot, a local day, a place in the session, or several of them.

    `position` counts the items of a session from 0; -1 is the last.
    """

    slot_id: str | None = None
    local_day: date | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How often, when, where and how a bulletin is to be heard.

    Airings fall on the local days [from_day, until_day); `until_day` is the expiry of the content.
    Empty `weekdays` (0 = Monday), `slot_ids` and `zones` mean any. A session suits only when it
    reaches every one of `zones`: so each airing counts once and is heard wherever it is wanted.
    `spacing` is the least time between the starts of two sessions that carry it.
    """

    id: str
    bulletin_id: str
    topic: str
    duration: timedelta
    airings: int
    from_day: date
    until_day: date
    queued_at: datetime
    weekdays: frozenset[int] = frozenset()
    slot_ids: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    spacing: timedelta = timedelta(0)
    priority: Priority = Priority.NORMAL
    repeats_in_session: bool = False
    pinned: Pin | None = None

    def __post_init__(self) -> None:
        """:raises WishNotValid: nothing could ever meet it."""
        if self.duration <= timedelta(0):
            raise WishNotValid("Bản tin chưa có thời lượng. Hãy tạo âm thanh trước khi xếp lịch.")
        if self.airings < 1:
            raise WishNotValid("Số lượt phát phải từ 1 trở lên.")
        if self.until_day <= self.from_day:
            raise WishNotValid("Ngày hết hạn phải sau ngày bắt đầu phát.")

    @property
    def deadline(self) -> date:
        """The first local day that is too late, counting a pinned day."""
        if self.pinned and self.pinned.local_day:
            return min(self.until_day, self.pinned.local_day + ONE_DAY)
        return self.until_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One airing at its place: a session and a position among its items, counted from 0.

    `manual` is set when a person chose the place; such places outlive every refill.
    """

    wish_id: str
    slot_id: str
    local_day: date
    position: int
    manual: bool = False
    airing_id: str | None = None

    @property
    def session_key(self) -> tuple[str, date]:
        return self.slot_id, self.local_day


def even_spacing(from_day: date, until_day: date, airings: int) -> timedelta:
    """A spacing that spreads airings over [from_day, until_day) and leaves room to choose.

    A proposal for the form; nothing when there is a single airing.
    """
    if airings <= 1:
        return timedelta(0)
    return (until_day - from_day) / (airings + 1)
