"""What of a slot lies outside the station's own regulation, in sentences for the operator."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import RegulationRow, Station, Zone
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.models import SlotRow
from broadcast.timetable.values import slot_of
from scheduler.timetable.expand import expand
from scheduler.timetable.quiet import EVERY_DAY, Hours, Regulation, outside_hours
from scheduler.timetable.wall_clock import local_day_of

LOOK_AHEAD = timedelta(days=35)
"""Every weekday, and every day of a month, comes once in it."""


def outside_regulation(desk: Desk, slot: SlotRow) -> list[str]:
    """One sentence for each different way in which the slot's sessions leave the allowed hours."""
    station = desk.session.get_one(Station, desk.station_id)
    today = local_day_of(desk.now, station.time_zone)
    first = max(today, slot.valid_from)
    regulation = regulation_on(desk, first)
    tree = zone_tree(desk)
    if regulation is None or not tree.reach(slot.zone_ids):
        return []
    windows = expand(
        [slot_of(slot, station, tree)], [], [], {}, from_day=first, to_day=first + LOOK_AHEAD
    )
    found: dict[tuple[object, ...], str] = {}
    for window in windows:
        for part in outside_hours(window, regulation, tree.names):
            offset = part.starts_at - window.starts_at
            found.setdefault((offset, part.ends_at - part.starts_at, part.zones), part.sentence)
    return list(found.values())


def regulation_on(desk: Desk, day: date) -> Regulation | None:
    """The decision in force on a local day, None without any."""
    row = desk.session.scalar(
        select(RegulationRow)
        .where(RegulationRow.station_id == desk.station_id, RegulationRow.valid_from <= day)
        .order_by(RegulationRow.valid_from.desc(), RegulationRow.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    general = tuple(_hours(kept) for kept in row.hours if not kept.get("zones"))
    own: dict[str, tuple[Hours, ...]] = {}
    for kept in row.hours:
        named = kept.get("zones")
        for zone in named if isinstance(named, list) else ():
            own[zone] = (*own.get(zone, ()), _hours(kept))
    places = desk.session.execute(
        select(Zone.id, Zone.parent_id).where(Zone.station_id == desk.station_id)
    )
    return Regulation(
        decision_number=row.decision_number,
        decision_date=row.decision_date or row.valid_from,
        hours=general,
        special_zones=own,
        parents={place.id: place.parent_id for place in places},
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
