"""How a box is, which session it carries, and when its zone is to be quiet. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

DAY_MINUTES = 24 * 60
LATE_AFTER = timedelta(seconds=90)
"""Three heartbeats."""
LOST_AFTER = timedelta(minutes=5)
CLOCK_OFF_MS = 1_000
"""Above this, neighbouring poles echo even when each corrects itself."""


class BoxState(StrEnum):
    ON_AIR = "on_air"
    IDLE = "idle"
    LATE = "late"
    LOST = "lost"
    FAULT = "fault"
    OFF = "off"
    NEVER_SEEN = "never_seen"


def state_of(
    now: datetime,
    seen_at: datetime | None,
    *,
    is_playing: bool,
    has_fault: bool,
    retired: bool = False,
) -> BoxState:
    """What the console says of a box; the worst that is true."""
    if retired:
        return BoxState.OFF
    if seen_at is None:
        return BoxState.NEVER_SEEN
    if now - seen_at > LOST_AFTER:
        return BoxState.LOST
    if has_fault:
        return BoxState.FAULT
    if now - seen_at > LATE_AFTER:
        return BoxState.LATE
    return BoxState.ON_AIR if is_playing else BoxState.IDLE


DEEDS = frozenset({"volume", "token_rotated", "tokens_revoked", "path_made", "tone"})
"""Kinds of events that people did to a box; how it is has not changed by them."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What is known of a box's times. `changed_at` is its last event that is none of `DEEDS`."""

    created_at: datetime
    retired_at: datetime | None = None
    seen_at: datetime | None = None
    changed_at: datetime | None = None
    position: timedelta = timedelta()
    "How far it was in what it played when it was last heard of."


def since_when(state: BoxState, known: Moments) -> datetime | None:
    """The moment from which a box has been in `state`; None when nobody noted it."""
    match state:
        case BoxState.OFF:
            return known.retired_at
        case BoxState.NEVER_SEEN:
            return known.created_at
        case BoxState.LATE | BoxState.LOST:
            return known.seen_at
        case BoxState.ON_AIR:
            return known.seen_at and known.seen_at - known.position
        case BoxState.IDLE | BoxState.FAULT:
            return known.changed_at


@dataclass(frozen=True, slots=True)
class ZoneMap:
    """The station's zones, each with the one it lies in."""

    parents: Mapping[str, str | None]

    def chain(self, zone_id: str | None) -> tuple[str, ...]:
        """The zone and those it lies in, inside first; empty for no zone or an unknown one."""
        found: list[str] = []
        while zone_id is not None and zone_id in self.parents and zone_id not in found:
            found.append(zone_id)
            zone_id = self.parents[zone_id]
        return tuple(found)

    def carries(self, zone_id: str | None, session_zones: Iterable[str]) -> bool:
        """Whether a box in `zone_id` plays a session for `session_zones`; no zones are all zones.

        A zone stands for what lies in it unless some of that is listed too: then the others were
        left out on purpose. A box that stands nowhere plays what is for the whole station.
        """
        listed = set(session_zones)
        if not listed or set(self.parents) <= listed:
            return True
        if zone_id in listed:
            return True
        for zone in self.chain(zone_id)[1:]:
            if zone in listed:
                return all(self.parents[other] != zone for other in listed & set(self.parents))
        return False


def quiet_hours(hours: Iterable[Mapping[str, Any]], zones: Iterable[str]) -> list[dict[str, str]]:
    """The local times at which the regulation lets a box be heard on no day of the week, as
    `{"from": "21:00", "to": "05:00"}`. `zones` is the box's zone and those it lies in.

    Hours that name a zone narrow the general ones there. No hours at all: nothing about quiet.
    """
    limits: dict[str | None, list[Mapping[str, Any]]] = {}
    mine = set(zones)
    for span in hours:
        for named in span.get("zones") or (None,):
            if named is None or named in mine:
                limits.setdefault(named, []).append(span)
    if not limits:
        return []
    allowed = _allowed_on_some_day([_minutes_of_week(spans) for spans in limits.values()])
    if not any(allowed):
        return [{"from": "00:00", "to": "24:00"}]
    edges = [minute for minute in range(DAY_MINUTES) if allowed[minute] != allowed[minute - 1]]
    starts = [minute for minute in edges if not allowed[minute]]
    ends = [minute for minute in edges if allowed[minute]]
    if starts and ends[0] < starts[0]:
        ends = [*ends[1:], ends[0]]
    return [
        {"from": _clock(start), "to": _clock(end)} for start, end in zip(starts, ends, strict=True)
    ]


def _minutes_of_week(spans: Iterable[Mapping[str, Any]]) -> bytearray:
    allowed = bytearray(7 * DAY_MINUTES)
    for span in spans:
        start, end = _minute(span["from"]), _minute(span["to"]) or DAY_MINUTES
        for weekday in span.get("weekdays") or range(7):
            day = weekday * DAY_MINUTES
            allowed[day + start : day + end] = b"\1" * (end - start)
    return allowed


def _allowed_on_some_day(limits: Iterable[bytearray]) -> bytearray:
    week = [all(minute) for minute in zip(*limits, strict=True)]
    return bytearray(any(week[minute::DAY_MINUTES]) for minute in range(DAY_MINUTES))


def _minute(written: str) -> int:
    hour, minute = written.split(":")[:2]
    return (int(hour) * 60 + int(minute)) % DAY_MINUTES


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
