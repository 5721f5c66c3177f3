"""Reads of slots, the queue and what of a bulletin will be heard or was heard."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.models import Bulletin
from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.calendar import holiday_overrides, zone_tree
from broadcast.timetable.cards import say_zones
from broadcast.timetable.models import (
    ClosureRow,
    FillNote,
    OrderLine,
    SessionRow,
    SlotRow,
    WishRow,
)
from scheduler.timetable.holidays import public_holidays
from scheduler.timetable.wall_clock import local_day_of

PAST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Hearing:
    """One airing of a bulletin. `outcome` is None while it is to come."""

    line: OrderLine
    session: SessionRow
    zones: str
    outcome: AiringOutcome | None = None
    reason: str = ""

    @property
    def at(self) -> datetime:
        return self.line.planned_start


@dataclass(frozen=True, slots=True)
class WhenHeard:
    """`coming` soonest first, `past` newest first; `unmet` says what could not be placed."""

    coming: list[Hearing]
    past: list[Hearing]
    unmet: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """An open wish with its bulletin and its airings."""

    wish: WishRow
    bulletin: Bulletin
    zones: str
    coming: list[Hearing] = field(default_factory=list)
    heard: int = 0


def when_heard(desk: Desk, bulletin_id: str) -> WhenHeard:
    """When a bulletin will be heard, and what became of its airings so far."""
    hearings = _hearings(desk, OrderLine.bulletin_id == bulletin_id)
    unmet = desk.session.scalars(
        select(WishRow.unmet).where(
            WishRow.station_id == desk.station_id,
            WishRow.bulletin_id == bulletin_id,
            WishRow.closed_at.is_(None),
            WishRow.unmet != "",
        )
    )
    return WhenHeard(
        [one for one in hearings if one.at > desk.now],
        [one for one in reversed(hearings) if one.at <= desk.now][:PAST_SHOWN],
        list(unmet),
    )


def list_queue(desk: Desk) -> list[Asked]:
    """Open wishes: those that lack airings first, then by the end of their time."""
    tree = zone_tree(desk)
    rows = desk.session.execute(
        select(WishRow, Bulletin)
        .join(Bulletin, Bulletin.id == WishRow.bulletin_id)
        .where(WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None))
        .order_by(WishRow.unmet == "", WishRow.until_day, WishRow.id)
    ).all()
    by_wish: dict[str, list[Hearing]] = defaultdict(list)
    ids = [wish.id for wish, _bulletin in rows]
    for hearing in _hearings(desk, OrderLine.wish_id.in_(ids)):
        by_wish[hearing.line.wish_id or ""].append(hearing)
    return [
        Asked(
            wish,
            bulletin,
            say_zones(tree, wish.zone_ids),
            [one for one in by_wish[wish.id] if one.at > desk.now],
            sum(one.at <= desk.now for one in by_wish[wish.id]),
        )
        for wish, bulletin in rows
    ]


def _hearings(desk: Desk, chosen: object) -> list[Hearing]:
    tree = zone_tree(desk)
    rows = desk.session.execute(
        select(OrderLine, SessionRow, AiringRow)
        .join(SessionRow, SessionRow.id == OrderLine.session_id)
        .outerjoin(AiringRow, AiringRow.airing_id == OrderLine.id)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.dropped_at.is_(None),
            SessionRow.cancelled_at.is_(None),
            chosen,  # type: ignore[arg-type]
        )
        .order_by(OrderLine.planned_start, OrderLine.id)
    ).all()
    return [
        Hearing(
            line,
            session,
            say_zones(tree, session.zone_ids),
            airing.outcome if airing else None,
            airing.reason if airing else "",
        )
        for line, session, airing in rows
    ]


def list_slots(desk: Desk, *, archived: bool = False) -> list[SlotRow]:
    """In the order of the day."""
    wanted = select(SlotRow).where(SlotRow.station_id == desk.station_id)
    wanted = wanted.where(
        SlotRow.archived_at.is_not(None) if archived else SlotRow.archived_at.is_(None)
    )
    return list(desk.session.scalars(wanted.order_by(SlotRow.local_time, SlotRow.id)))


def list_closures(desk: Desk) -> list[ClosureRow]:
    """Those that are not over yet."""
    return list(
        desk.session.scalars(
            select(ClosureRow)
            .where(ClosureRow.station_id == desk.station_id, ClosureRow.until_day > today(desk))
            .order_by(ClosureRow.from_day, ClosureRow.id)
        )
    )


def list_holidays(desk: Desk) -> list[tuple[date, str, bool]]:
    """The public holidays of the coming twelve months: day, name, whether the station set it."""
    overrides = holiday_overrides(desk)
    first = today(desk)
    found = {
        day: name
        for year in (first.year, first.year + 1)
        for day, name in public_holidays(year, overrides).items()
    }
    taken_out = {day: "" for day, name in overrides.items() if name is None}
    last = first + timedelta(days=366)
    return [
        (day, name, day in overrides)
        for day, name in sorted((found | taken_out).items())
        if first <= day < last
    ]


def find_fill_note(desk: Desk) -> FillNote | None:
    return desk.session.get(FillNote, desk.station_id)


def today(desk: Desk) -> date:
    """The station's local day."""
    station = desk.session.get_one(Station, desk.station_id)
    return local_day_of(desk.now, station.time_zone)
