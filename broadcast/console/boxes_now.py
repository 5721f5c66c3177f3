"""How the loudspeaker clusters are at this moment, for the list and the strip."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from broadcast.boxes.models import Box, BoxEvent, BoxHealth
from broadcast.boxes.rules import BoxState, state_of
from broadcast.boxes.site_plan import Spot
from broadcast.desk import Desk
from broadcast.stations.models import Zone

SILENT = frozenset({BoxState.LATE, BoxState.LOST})
TROUBLED = frozenset({BoxState.LOST, BoxState.FAULT})


@dataclass(frozen=True, slots=True)
class Playing:
    """What a box said it was playing when it was last heard of."""

    title: str
    session_id: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoxNow:
    """`since` is when it fell silent, or its last change of state; None when nobody knows."""

    id: str
    name: str
    place: str
    state: BoxState
    since: datetime | None
    reason: str
    playing: Playing | None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def spot(self) -> Spot:
        return Spot(self.id, self.name, self.place, self.state.value, self.latitude, self.longitude)


def list_boxes_now(desk: Desk) -> list[BoxNow]:
    """Every box in use, those in trouble first, then by name."""
    changed = (
        select(BoxEvent.box_id, func.max(BoxEvent.at).label("at"))
        .where(BoxEvent.station_id == desk.station_id)
        .group_by(BoxEvent.box_id)
        .subquery()
    )
    rows = desk.session.execute(
        select(
            Box.id,
            Box.name,
            Box.latitude,
            Box.longitude,
            Zone.name.label("place"),
            BoxHealth,
            changed.c.at.label("changed_at"),
        )
        .outerjoin(Zone, Zone.id == Box.zone_id)
        .outerjoin(BoxHealth, BoxHealth.box_id == Box.id)
        .outerjoin(changed, changed.c.box_id == Box.id)
        .where(Box.station_id == desk.station_id, Box.retired_at.is_(None))
    )
    found = [_box_now(desk.now, row) for row in rows]
    return sorted(found, key=lambda box: (box.state not in TROUBLED, box.name))


def _box_now(now: datetime, row: Row[Any]) -> BoxNow:
    health: BoxHealth | None = row.BoxHealth
    faults = _faults(health)
    state = state_of(
        now,
        health.seen_at if health else None,
        is_playing=bool(health and health.playing),
        has_fault=bool(faults),
    )
    since = health.seen_at if health and state in SILENT else row.changed_at
    playing = _playing(health) if health and state is BoxState.ON_AIR else None
    reason = faults[0] if state is BoxState.FAULT else ""
    where = (row.latitude, row.longitude)
    return BoxNow(row.id, row.name, row.place or "", state, since, reason, playing, *where)


def _faults(health: BoxHealth | None) -> list[str]:
    kept = health.facts.get("faults") if health else None
    if not isinstance(kept, list):
        return []
    return [str(fault.get("message") or fault.get("code")) for fault in kept]


def _playing(health: BoxHealth) -> Playing | None:
    told = health.playing
    if not told:
        return None
    duration, position = _ms(told.get("duration_ms")), _ms(told.get("position_ms"))
    ends_at = None
    if duration is not None:
        ends_at = health.seen_at + timedelta(milliseconds=duration - (position or 0))
    return Playing(str(told.get("title") or ""), str(told.get("session") or ""), ends_at)


def _ms(told: object) -> int | None:
    return told if isinstance(told, int) else None
