"""One day of the station: hours down, a column for each set of zones with sessions of its own."""

from dataclasses import dataclass
from datetime import date

from broadcast.desk import Desk
from broadcast.errors import NotFound
from broadcast.stations.models import Station
from broadcast.timetable.calendar import expand_rules, zone_tree
from broadcast.timetable.cards import Card, read_cards
from broadcast.timetable.running_sheet import SheetLine, sheet_lines
from broadcast.timetable.values import WHOLE_COMMUNE, ZoneTree
from broadcast.timetable.week import Cell, distinct, read_rows, remarks_on
from scheduler.timetable.wall_clock import ONE_DAY, local_day_of, zone_named

FIRST_HOUR, LAST_HOUR = 4, 21
"""Loudspeakers are silent at night; a session outside makes the day longer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One session of the day with its running order."""

    card: Card
    lines: list[SheetLine]
    minute: int
    "Since local midnight."


@dataclass(frozen=True, slots=True)
class Hour:
    """What starts within one hour: for each column the sessions in order of start."""

    hour: int
    columns: list[list[Sheet]]

    @property
    def is_empty(self) -> bool:
        return not any(self.columns)


@dataclass(frozen=True, slots=True)
class DayCalendar:
    """`absent` are the slots that have no session on this day for a reason of the day."""

    day: date
    is_today: bool
    remarks: list[str]
    columns: list[str]
    hours: list[Hour]
    absent: list[tuple[str, Cell]]
    conflicts: list[dict[str, object]]
    sheets: list[Sheet]
    now_minute: int | None


def read_day(desk: Desk, day: date, zone_id: str = "") -> DayCalendar:
    """The sessions that start on the local `day`, in a zone or in all.

    :raises NotFound: no such zone at this station.
    """
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    if zone_id and zone_id not in tree.every:
        raise NotFound(zone=zone_id)
    cards = read_cards(desk, station, tree, day, day + ONE_DAY)
    _windows, rules = expand_rules(desk, station, tree, day, day + ONE_DAY)
    rows = read_rows(desk, station, cards, rules, [day])
    heard = [
        card
        for row in rows
        for card in row.cells[0].cards
        if not zone_id or zone_id in tree.reach(card.row.zone_ids)
    ]
    heard.sort(key=lambda one: one.row.starts_at)
    sheets = [_sheet(card, station, tree) for card in heard]
    columns = _columns(tree, heard)
    is_today = day == local_day_of(desk.now, station.time_zone)
    now = desk.now.astimezone(zone_named(station.time_zone))
    return DayCalendar(
        day=day,
        is_today=is_today,
        remarks=remarks_on(desk, tree, rules, day),
        columns=columns,
        hours=_hours(sheets, columns),
        absent=[
            (f"{row.local_time} {row.name}", row.cells[0])
            for row in rows
            if row.cells[0].absence and not row.cells[0].absence.cause.is_the_rule
        ],
        conflicts=distinct(conflict for card in heard for conflict in card.conflicts),
        sheets=sheets,
        now_minute=now.hour * 60 + now.minute if is_today else None,
    )


def _sheet(card: Card, station: Station, tree: ZoneTree) -> Sheet:
    local = card.row.starts_at.astimezone(zone_named(station.time_zone))
    lines = sheet_lines(card, station.time_zone, tree)
    return Sheet(card, lines, local.hour * 60 + local.minute)


def _columns(tree: ZoneTree, cards: list[Card]) -> list[str]:
    """The widest set of zones first, as people read: the whole commune, then its parts."""
    reach = {card.zones: len(tree.reach(card.row.zone_ids)) for card in cards}
    return sorted(reach, key=lambda zones: (-reach[zones], zones)) or [WHOLE_COMMUNE]


def _hours(sheets: list[Sheet], columns: list[str]) -> list[Hour]:
    starts = [sheet.minute // 60 for sheet in sheets]
    return [
        Hour(
            hour,
            [
                [one for one in sheets if one.minute // 60 == hour and one.card.zones == column]
                for column in columns
            ],
        )
        for hour in range(min([FIRST_HOUR, *starts]), max([LAST_HOUR, *starts]) + 1)
    ]
