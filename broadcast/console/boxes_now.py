"""How the loudspeaker clusters are at this moment, for the list and the strip."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from broadcast.boxes.models import Box, BoxHealth
from broadcast.boxes.queries import last_changes, moments_of
from broadcast.boxes.rules import BoxState, since_when, state_of
from broadcast.boxes.site_plan import Spot
from broadcast.desk import Desk
from broadcast.stations.models import Zone

TROUBLED = frozenset({BoxState.LOST, BoxState.FAULT})


@dataclass(frozen=True, slots=True)
class Playing:
    """What a box said it was playing when it was last heard of."""

    title: str
    session_id: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoxNow:
    """`since` is from when it has been so; None when nobody noted it."""

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
    changed = last_changes(desk)
    rows = desk.session.execute(
        select(Box, Zone.name.label("place"), BoxHealth, changed.c.at.label("changed_at"))
        .outerjoin(Zone, Zone.id == Box.zone_id)
        .outerjoin(BoxHealth, BoxHealth.box_id == Box.id)
        .outerjoin(changed, changed.c.box_id == Box.id)
        .where(Box.station_id == desk.station_id, Box.retired_at.is_(None))
    )
    found = [_box_now(desk.now, row) for row in rows]
    return sorted(found, key=lambda box: (box.state not in TROUBLED, box.name))


def _box_now(now: datetime, row: Row[Any]) -> BoxNow:
    box: Box = row.Box
    health: BoxHealth | None = row.BoxHealth
    faults = _faults(health)
    state = state_of(
        now,
        health.seen_at if health else None,
        is_playing=bool(health and health.playing),
        has_fault=bool(faults),
    )
    since = since_when(state, moments_of(box, health, row.changed_at))
    playing = _playing(health) if health and state is BoxState.ON_AIR else None
    reason = faults[0] if state is BoxState.FAULT else ""
    where = (box.latitude, box.longitude)
    return BoxNow(box.id, box.name, row.place or "", state, since, reason, playing, *where)


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
