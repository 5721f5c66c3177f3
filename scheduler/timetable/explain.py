"""Why an airing is where it is, and why one is missing, in a sentence the operator can act on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.timetable import objections
from scheduler.timetable.book import Book
from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.loads import Load, to_ms
from scheduler.timetable.objections import Objection
from scheduler.timetable.sentences import (
    say_date,
    say_day,
    say_length,
    say_session,
    say_sessions,
    say_weekdays,
    say_zones,
)
from scheduler.timetable.wall_clock import ONE_DAY
from scheduler.timetable.wishes import Priority, Wish

_CLASS_NAMES = {
    Priority.NORMAL: "",
    Priority.PRIORITY: "tin ưu tiên, ",
    Priority.EMERGENCY: "tin khẩn cấp, ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A wish that lacks `missing` airings. `waits` when days beyond the filled ones may help."""

    wish_id: str
    missing: int
    sentence: str
    waits: bool


def why_placed(book: Book, wish: Wish, load: Load) -> str:
    turn = wish.airings - book.missing(wish) + 1
    expiry = say_date(wish.until_day - ONE_DAY)
    return (
        f"Lượt {turn}/{wish.airings}: {_CLASS_NAMES[wish.priority]}"
        f"{say_session(load.window)} là buổi sớm nhất còn chỗ (hạn phát đến hết {expiry})."
    )


def explain_missing(book: Book, wish: Wish) -> Unmet:
    """What stands in the way of the airings the wish lacks, session by session of its period."""
    missing = book.missing(wish)
    refusals: dict[Objection, list[SessionWindow]] = defaultdict(list)
    for load in book.loads_of_period(wish):
        objection = _objection(book, wish, load)
        if objection is not None:
            refusals[objection].append(load.window)
    wait = _wait(book, wish)
    reasons = "; ".join(
        _reason(wish, why, windows, book.zone_names) for why, windows in _worth_telling(refusals)
    )
    if wait and reasons:
        reasons = f"{wait}; trước đó {reasons}"
    return Unmet(
        wish_id=wish.id,
        missing=missing,
        sentence=f"Còn thiếu {missing} lượt: {reasons or wait or _no_session(wish)}.",
        waits=bool(wait),
    )


def _wait(book: Book, wish: Wish) -> str:
    """After which day there may be a place; empty when the wish has no day left by then."""
    last_day = book.last_day
    if last_day is None or not _may_come_after(last_day, wish):
        return ""
    return f"chờ xếp vào các ngày sau {say_date(last_day)}"


def _may_come_after(last_day: date, wish: Wish) -> bool:
    """Whether the wish still has a day of its own once the sessions in hand are over."""
    day = max(last_day + ONE_DAY, wish.from_day)
    week = (day + timedelta(days=n) for n in range(7))
    return any(
        day < wish.deadline and (not wish.weekdays or day.weekday() in wish.weekdays)
        for day in week
    )


def _objection(book: Book, wish: Wish, load: Load) -> Objection | None:
    calendar = objections.to_calendar(wish, load.window)
    if calendar is not None:
        return calendar
    if load.still:
        return Objection.STANDS_STILL
    return objections.to_company(wish, load, book.airs(wish)) or objections.to_length(
        load, to_ms(wish.duration), load.limit_ms(wish.priority)
    )


def _no_session(wish: Wish) -> str:
    last = wish.until_day - ONE_DAY
    days = f"vào {say_weekdays(wish.weekdays)} " if wish.weekdays else ""
    return f"không có buổi phát nào {days}từ {say_day(wish.from_day)} đến hết {say_day(last)}"


_WORTH_TELLING = (
    Objection.FULL,
    Objection.TOO_LONG,
    Objection.TOO_CLOSE,
    Objection.ALREADY_IN_SESSION,
    Objection.STANDS_STILL,
    Objection.ZONES_NOT_REACHED,
    Objection.OTHER_DAY,
    Objection.OTHER_SLOT,
)
"""Sessions that were nearly taken come first; the choice of slots is told when nothing else is."""


def _worth_telling(
    refusals: dict[Objection, list[SessionWindow]],
) -> list[tuple[Objection, list[SessionWindow]]]:
    told = [(why, refusals[why]) for why in _WORTH_TELLING if why in refusals]
    chosen = [item for item in told if item[0] not in {Objection.OTHER_DAY, Objection.OTHER_SLOT}]
    return chosen or told


def _reason(
    wish: Wish, why: Objection, windows: list[SessionWindow], zone_names: Mapping[str, str]
) -> str:
    where = say_sessions(windows)
    match why:
        case Objection.FULL:
            return f"{where} đã đầy {_limit(wish, windows)}"
        case Objection.TOO_LONG:
            return f"bản tin dài {say_length(wish.duration)}, không vừa {where}"
        case Objection.TOO_CLOSE:
            return f"{where} cách lượt khác chưa đủ {say_length(wish.spacing)}"
        case Objection.ALREADY_IN_SESSION:
            return f"{where} đã có bản tin này"
        case Objection.STANDS_STILL:
            return f"{where} đã khóa"
        case Objection.ZONES_NOT_REACHED:
            return f"{where} không tới đủ khu vực {say_zones(wish.zones, zone_names)}"
        case _:
            return f"{where} không thuộc khung giờ hoặc ngày đã chọn"


def _limit(wish: Wish, windows: list[SessionWindow]) -> str:
    normal = wish.priority is Priority.NORMAL
    lengths = {window.planned if normal else window.longest for window in windows}
    return say_length(max(lengths)) if len(lengths) == 1 else "thời lượng"
