"""Rows of the timetable as values of the pure core. Nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from broadcast.stations.models import Station, Zone
from broadcast.timetable.models import ClosureRow, OccurrenceChangeRow, SlotRow, WishRow
from scheduler.timetable.closures import Closure
from scheduler.timetable.slots import ChangeKind, Frequency, OccurrenceChange, Recurrence, Slot
from scheduler.timetable.wishes import Pin, Wish

WHOLE = "*"
WHOLE_COMMUNE = "toàn xã"
"""How the reach of every zone is said; the pages put it into their own language."""


@dataclass(frozen=True, slots=True)
class ZoneTree:
    """Which zones a choice of zones reaches: itself and everything below it."""

    children: dict[str | None, tuple[str, ...]]
    every: frozenset[str]
    names: dict[str, str]

    @classmethod
    def of(cls, zones: Iterable[Zone]) -> "ZoneTree":
        """A station that has drawn no zones yet is one zone."""
        below: dict[str | None, list[str]] = {}
        names: dict[str, str] = {}
        for zone in zones:
            below.setdefault(zone.parent_id, []).append(zone.id)
            names[zone.id] = zone.name
        children = {key: tuple(group) for key, group in below.items()}
        return cls(children, frozenset(names or {WHOLE}), names or {WHOLE: WHOLE_COMMUNE})

    def reach(self, chosen: Iterable[str]) -> frozenset[str]:
        """No choice is every zone; a choice of zones that are all closed reaches none."""
        wanted = list(chosen)
        if not wanted:
            return self.every
        waiting = [zone for zone in wanted if zone in self.every]
        found: set[str] = set()
        while waiting:
            zone = waiting.pop()
            if zone not in found:
                found.add(zone)
                waiting.extend(self.children.get(zone, ()))
        return frozenset(found)

    def kept(self, zones: frozenset[str]) -> list[str]:
        """As a row keeps them: every zone is an empty list, so that a new zone is in it too."""
        return [] if zones >= self.every else sorted(zones)


def recurrence_of(kept: dict[str, object]) -> Recurrence:
    """The stored recurrence; its `version` is 1 and an unknown one is refused."""
    if kept.get("version", 1) != 1:
        raise ValueError(f"recurrence of version {kept.get('version')}")
    return Recurrence(
        frequency=Frequency(str(kept.get("frequency", "daily"))),
        anchor=date.fromisoformat(str(kept["anchor"])),
        interval=int(str(kept.get("interval", 1))),
        weekdays=_numbers(kept.get("weekdays")),
        month_days=_numbers(kept.get("month_days")),
        lunar_days=_numbers(kept.get("lunar_days")),
    )


def recurrence_kept(recurrence: Recurrence) -> dict[str, object]:
    return {
        "version": 1,
        "frequency": recurrence.frequency.value,
        "anchor": recurrence.anchor.isoformat(),
        "interval": recurrence.interval,
        "weekdays": sorted(recurrence.weekdays),
        "month_days": sorted(recurrence.month_days),
        "lunar_days": sorted(recurrence.lunar_days),
    }


def slot_of(row: SlotRow, station: Station, tree: ZoneTree) -> Slot:
    return Slot(
        id=row.id,
        name=row.name,
        local_time=row.local_time,
        time_zone=station.time_zone,
        planned=timedelta(milliseconds=row.planned_ms),
        longest=timedelta(milliseconds=row.longest_ms),
        zones=tree.reach(row.zone_ids),
        recurrence=recurrence_of(row.recurrence),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        skip_holidays=row.skip_holidays,
        lock=timedelta(minutes=row.lock_minutes),
    )


def change_of(row: OccurrenceChangeRow, tree: ZoneTree) -> OccurrenceChange:
    facts = row.facts
    zones = facts.get("zone_ids")
    return OccurrenceChange(
        slot_id=row.slot_id,
        local_day=row.local_day,
        kind=ChangeKind(row.kind),
        to_day=date.fromisoformat(str(facts["to_day"])) if facts.get("to_day") else None,
        to_time=time.fromisoformat(str(facts["to_time"])) if facts.get("to_time") else None,
        planned=_span(facts.get("planned_ms")),
        longest=_span(facts.get("longest_ms")),
        name=str(facts["name"]) if facts.get("name") else None,
        zones=(tree.reach(zones) or None) if isinstance(zones, list) and zones else None,
        reason=row.reason,
    )


def closure_of(row: ClosureRow, tree: ZoneTree) -> Closure:
    return Closure(
        id=row.id,
        from_day=row.from_day,
        until_day=row.until_day,
        kind=row.kind,
        zones=tree.reach(row.zone_ids) if row.zone_ids else frozenset(),
        from_time=row.from_time,
        until_time=row.until_time,
        reason=row.reason,
    )


def wish_of(row: WishRow, topic_id: str, duration_ms: int, tree: ZoneTree) -> Wish:
    return Wish(
        id=row.id,
        bulletin_id=row.bulletin_id,
        topic=topic_id,
        duration=timedelta(milliseconds=duration_ms),
        airings=row.airings,
        from_day=row.from_day,
        until_day=row.until_day,
        queued_at=row.created_at,
        weekdays=frozenset(row.weekdays),
        slot_ids=frozenset(row.slot_ids),
        zones=tree.reach(row.zone_ids) if row.zone_ids else frozenset(),
        spacing=timedelta(minutes=row.spacing_minutes),
        priority=row.priority,
        repeats_in_session=row.repeats_in_session,
        pinned=_pin_of(row),
    )


def _pin_of(row: WishRow) -> Pin | None:
    if row.pin_slot_id is None and row.pin_day is None and row.pin_position is None:
        return None
    return Pin(slot_id=row.pin_slot_id, local_day=row.pin_day, position=row.pin_position)


def _numbers(kept: object) -> frozenset[int]:
    return frozenset(int(str(one)) for one in kept) if isinstance(kept, list) else frozenset()


def _span(kept: object) -> timedelta | None:
    return timedelta(milliseconds=int(str(kept))) if kept else None
