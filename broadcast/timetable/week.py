"""A week of the station's sessions as a grid: days across, slots down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.calendar import HORIZON_DAYS, Rules, expand_rules, zone_tree
from broadcast.timetable.cards import Card, read_cards, say_zones
from broadcast.timetable.models import ClosureRow, SlotRow
from broadcast.timetable.values import ZoneTree
from scheduler.timetable.absence import Absence, Cause
from scheduler.timetable.wall_clock import local_day_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    is_today: bool
    remarks: tuple[str, ...]
    "Holidays and closures that touch the day."


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot on one day: its sessions that start then, or why there is none.

    `skipped` is the session whose cancellation can be undone.
    """

    cards: list[Card]
    absence: Absence | None = None
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One slot through the week, a cell for each day; without a slot the emergencies."""

    name: str
    local_time: str
    slot_id: str | None
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    days: list[Day]
    rows: list[GridRow]
    beyond_horizon: bool
    conflicts: list[dict[str, object]] = field(default_factory=list)


def read_week(desk: Desk, day: date) -> Week:
    """The week, Monday to Sunday, in which the local `day` lies."""
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    today = local_day_of(desk.now, station.time_zone)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    cards = read_cards(desk, station, tree, monday, monday + WEEK)
    _windows, rules = expand_rules(desk, station, tree, monday, monday + WEEK)
    return Week(
        monday=monday,
        days=[Day(day, day == today, tuple(remarks_on(desk, tree, rules, day))) for day in days],
        rows=read_rows(desk, station, cards, rules, days),
        beyond_horizon=monday + WEEK > today + timedelta(days=HORIZON_DAYS),
        conflicts=distinct(conflict for card in cards for conflict in card.conflicts),
    )


def distinct(conflicts: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Each conflict once, although every session in it tells of it."""
    return list({str(conflict["sentence"]): conflict for conflict in conflicts}.values())


def remarks_on(desk: Desk, tree: ZoneTree, rules: Rules, day: date) -> list[str]:
    """The holiday and the closures of a day, in words."""
    remarks = [rules.holidays[day]] if day in rules.holidays else []
    closures = desk.session.scalars(
        select(ClosureRow)
        .where(
            ClosureRow.station_id == desk.station_id,
            ClosureRow.until_day > day,
            ClosureRow.from_day <= day,
        )
        .order_by(ClosureRow.from_day, ClosureRow.id)
    )
    for row in closures:
        hours = (
            f" {row.from_time:%H:%M}–{row.until_time:%H:%M}"
            if row.from_time and row.until_time
            else ""
        )
        remarks.append(f"Ngừng phát{hours} ({say_zones(tree, row.zone_ids)}): {row.reason}")
    return remarks


def read_rows(
    desk: Desk, station: Station, cards: list[Card], rules: Rules, days: list[date]
) -> list[GridRow]:
    """A row for each slot that has a session on these days, or lacks one for a reason of the day.

    In the order of the day; the emergencies come first.
    """
    slots = {
        row.id: row
        for row in desk.session.scalars(
            select(SlotRow).where(SlotRow.station_id == desk.station_id)
        )
    }
    by_slot: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_slot[card.row.slot_id or ""].append(card)
    rows = []
    for slot_id in {*by_slot, *rules.slots}:
        slot = slots.get(slot_id)
        created = local_day_of(slot.created_at, station.time_zone) if slot else days[-1]
        cells = [
            _cell(by_slot[slot_id], rules, slot_id, day, is_known=day >= created) for day in days
        ]
        if any(one.cards or (one.absence and not one.absence.cause.is_the_rule) for one in cells):
            rows.append(
                GridRow(
                    name=slot.name if slot else "Khẩn cấp",
                    local_time=f"{slot.local_time:%H:%M}" if slot else "",
                    slot_id=slot_id or None,
                    cells=cells,
                )
            )
    return sorted(rows, key=lambda row: (row.local_time, row.name, row.slot_id or ""))


def _cell(cards: list[Card], rules: Rules, slot_id: str, day: date, *, is_known: bool) -> Cell:
    there = [card for card in cards if card.day == day]
    absence = rules.why_absent(slot_id, day) if is_known else None
    if absence is None:
        return Cell(there)
    skipped = next(
        (card.row.id for card in cards if card.row.local_day == day and card.state == "cancelled"),
        "",
    )
    return Cell(
        # The cell says in words what the cancelled session would say.
        [card for card in there if card.state != "cancelled"],
        absence,
        skipped if absence.cause is Cause.SKIPPED else "",
    )
