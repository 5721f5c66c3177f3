"""One session as its page shows it: the running order to the second, and why each item is there."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.cards import Card, read_cards, say_zones
from broadcast.timetable.models import OccurrenceChangeRow, OrderLine, SessionRow
from broadcast.timetable.occurrences import find_change
from broadcast.timetable.ordering import get_session
from broadcast.timetable.values import ZoneTree
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of, zone_named

OTHERS_OFFERED = 12
WORDS = {
    LineKind.SIGNATURE: "Nhạc hiệu",
    LineKind.LINK: "Lời mở đầu",
    LineKind.SILENCE: "Khoảng lặng",
}
CLOSING = "Lời kết"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`position` counts the bulletins of the session from 0; None for what frames them.

    `zones` names who hears the line when that is not the whole session; else empty.
    """

    line: OrderLine
    local_time: str
    words: str
    position: int | None
    zones: str


@dataclass(frozen=True, slots=True)
class RunningSheet:
    card: Card
    lines: list[SheetLine]
    change: OccurrenceChangeRow | None
    others: list[SessionRow]
    "Coming sessions into which an item may be carried."

    @property
    def last_position(self) -> int:
        return len(self.card.items) - 1


def read_sheet(desk: Desk, session_id: str) -> RunningSheet:
    """:raises NotFound: unknown, or another station's."""
    row = get_session(desk, session_id)
    station = desk.session.get_one(Station, desk.station_id)
    day = local_day_of(row.starts_at, station.time_zone)
    tree = zone_tree(desk)
    cards = read_cards(desk, station, tree, day, day + timedelta(days=1))
    card = next(one for one in cards if one.row.id == row.id)
    change = find_change(desk, row.slot_id, row.local_day) if row.slot_id else None
    lines = sheet_lines(card, station.time_zone, tree)
    return RunningSheet(card, lines, change, _others(desk, row))


def sheet_lines(card: Card, time_zone: str, tree: ZoneTree) -> list[SheetLine]:
    """The running order with the local time of each line, to the second."""
    zone = zone_named(time_zone)
    lines, position = [], 0
    for line in card.lines:
        is_item = line.kind is LineKind.BULLETIN
        lines.append(
            SheetLine(
                line,
                f"{line.planned_start.astimezone(zone):%H:%M:%S}",
                line.title or (CLOSING if _closes(card, line) else WORDS.get(line.kind, "")),
                position if is_item else None,
                say_zones(tree, line.zone_ids) if line.zone_ids else "",
            )
        )
        position += is_item
    return lines


def _closes(card: Card, line: OrderLine) -> bool:
    """Opening and closing may be the same words, hence the same audio: the last line closes."""
    return line is card.lines[-1] and line.audio_id == card.row.closing_audio_id is not None


def _others(desk: Desk, row: SessionRow) -> list[SessionRow]:
    return list(
        desk.session.scalars(
            select(SessionRow)
            .where(
                SessionRow.station_id == desk.station_id,
                SessionRow.starts_at > desk.now,
                SessionRow.cancelled_at.is_(None),
                SessionRow.slot_id.is_not(None),
                SessionRow.id != row.id,
            )
            .order_by(SessionRow.starts_at)
            .limit(OTHERS_OFFERED)
        )
    )
