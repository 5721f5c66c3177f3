"""The station's regulation against its sessions: one rule for every way of changing one.

What lies outside the hours is allowed and wants a reason: the slot's own, or that of the day's
change. A slot's reason speaks for all its sessions, also for one that is moved or lengthened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.errors import InvalidInput
from broadcast.stations.models import RegulationRow, Station, Zone
from broadcast.timetable.models import SlotRow
from broadcast.timetable.values import ZoneTree, slot_of
from scheduler.timetable.conflicts import Conflict, ConflictKind
from scheduler.timetable.expand import SessionWindow, expand
from scheduler.timetable.quiet import EVERY_DAY, Hours, OutsideHours, Regulation, outside_hours
from scheduler.timetable.slots import OccurrenceChange
from scheduler.timetable.wall_clock import local_day_of

LOOK_AHEAD = timedelta(days=366)
"""Every weekday of any slot comes in it, also of one that falls on few days of a year."""
REMEDY = "Mở khung giờ hoặc buổi ấy ra, ghi lý do, hoặc dời vào trong giờ quy định."


class QuietReasonMissing(InvalidInput):
    """`sentences` say what lies outside the regulation."""

    code = "timetable.quiet_reason_missing"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(f"Hãy ghi lý do phát ngoài giờ quy định: {sentences[0]}")
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Regulations:
    """The station's decisions, oldest first; each holds from its day until the next one's."""

    dated: tuple[tuple[date, Regulation], ...]

    def on(self, day: date) -> Regulation | None:
        """The decision in force on a local day, None without any."""
        return next((one for since, one in reversed(self.dated) if since <= day), None)

    def outside(
        self, window: SessionWindow, zone_names: Mapping[str, str]
    ) -> tuple[OutsideHours, ...]:
        """What of a session the decision of its day does not allow."""
        regulation = self.on(window.airs_on)
        return outside_hours(window, regulation, zone_names) if regulation else ()


def read_regulations(desk: Desk) -> Regulations:
    mine = desk.station_id
    rows = desk.session.scalars(
        select(RegulationRow)
        .where(RegulationRow.station_id == mine)
        .order_by(RegulationRow.valid_from, RegulationRow.id)
    ).all()
    places = desk.session.execute(select(Zone.id, Zone.parent_id).where(Zone.station_id == mine))
    parents = {place.id: place.parent_id for place in places} if rows else {}
    return Regulations(tuple((row.valid_from, _regulation_of(row, parents)) for row in rows))


def outside_regulation(desk: Desk, windows: Iterable[SessionWindow], tree: ZoneTree) -> list[str]:
    """One sentence for each different way in which sessions leave the allowed hours."""
    regulations = read_regulations(desk)
    found: dict[tuple[object, ...], str] = {}
    for window in windows:
        for part in regulations.outside(window, tree.names):
            offset = part.starts_at - window.starts_at
            found.setdefault((offset, part.ends_at - part.starts_at, part.zones), part.sentence)
    return list(found.values())


def refuse_unexplained(
    desk: Desk, windows: Iterable[SessionWindow], tree: ZoneTree, reason: str
) -> None:
    """:raises QuietReasonMissing: a session lies outside the regulation and nobody said why."""
    if not reason.strip() and (outside := outside_regulation(desk, windows, tree)):
        raise QuietReasonMissing(outside)


def coming_kinds(desk: Desk, row: SlotRow, station: Station, tree: ZoneTree) -> list[SessionWindow]:
    """A slot's coming sessions for the regulation: the first on each weekday of each decision."""
    if not tree.reach(row.zone_ids):
        return []
    first = max(local_day_of(desk.now, station.time_zone), row.valid_from)
    slot = slot_of(row, station, tree)
    windows = expand([slot], [], [], {}, from_day=first, to_day=first + LOOK_AHEAD)
    starts = [since for since, _regulation in read_regulations(desk).dated]
    kinds: dict[tuple[int, int], SessionWindow] = {}
    for window in windows:
        day = window.airs_on
        kinds.setdefault((day.weekday(), sum(since <= day for since in starts)), window)
    return list(kinds.values())


def unexplained_conflicts(
    desk: Desk,
    windows: Iterable[SessionWindow],
    tree: ZoneTree,
    slots: Mapping[str, SlotRow],
    changes: Mapping[tuple[str, date], OccurrenceChange],
) -> list[Conflict]:
    """What a new decision or a zone's new place has put outside the hours, slot by slot.

    Nobody was asked for a reason then, so the calendar asks.
    """
    regulations = read_regulations(desk)
    found: dict[str, tuple[OutsideHours, list[SessionWindow]]] = {}
    for window in windows:
        change = changes.get(window.key)
        slot = slots.get(window.slot_id)
        if slot is None or slot.quiet_reason or (change and change.reason):
            continue
        parts = regulations.outside(window, tree.names)
        if parts:
            found.setdefault(window.slot_id, (parts[0], []))[1].append(window)
    return [
        Conflict(
            kind=ConflictKind.OUTSIDE_REGULATION,
            sentence=part.sentence,
            remedy=REMEDY,
            sessions=tuple(window.key for window in outside),
            zones=part.zones,
        )
        for part, outside in found.values()
    ]


def _regulation_of(row: RegulationRow, parents: Mapping[str, str | None]) -> Regulation:
    own: dict[str, tuple[Hours, ...]] = {}
    for kept in row.hours:
        named = kept.get("zones")
        for zone in named if isinstance(named, list) else ():
            own[zone] = (*own.get(zone, ()), _hours(kept))
    return Regulation(
        decision_number=row.decision_number,
        decision_date=row.decision_date or row.valid_from,
        hours=tuple(_hours(kept) for kept in row.hours if not kept.get("zones")),
        special_zones=own,
        parents=parents,
    )


def _hours(kept: Mapping[str, object]) -> Hours:
    weekdays = kept.get("weekdays")
    return Hours(
        from_time=_time(kept["from"]),
        until_time=_time(kept["to"]),
        weekdays=frozenset(weekdays) if isinstance(weekdays, list) and weekdays else EVERY_DAY,
    )


def _time(kept: object) -> time:
    return time.min if str(kept) == "24:00" else time.fromisoformat(str(kept))
