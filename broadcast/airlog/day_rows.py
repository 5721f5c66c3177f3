"""An airing as the row that pages and figures read: its names are those it was aired under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from broadcast.airlog.models import LogEntry
from broadcast.airlog.reconcile import Airing, BoxPart, Planned
from broadcast.boxes.models import Box
from broadcast.boxes.rules import ZoneMap
from broadcast.bulletins.models import Bulletin, BulletinVersion, Rendition
from broadcast.timetable.models import LineKind, OrderLine, Priority, SessionRow


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line of a running order with everything that names it."""

    line: OrderLine
    session: SessionRow
    bulletin: Bulletin | None
    version: BulletinVersion | None
    rendition: Rendition | None

    @property
    def repeats(self) -> bool:
        return bool(self.session.repeat_every_ms and self.session.repeat_until)

    def moments(self) -> Iterator[datetime]:
        """Its planned start, and those of its repeats: a repeat begins before `repeat_until`."""
        yield self.line.planned_start
        if not self.session.repeat_every_ms or not self.session.repeat_until:
            return
        every = timedelta(milliseconds=self.session.repeat_every_ms)
        offset = self.line.planned_start - self.session.starts_at
        starts_at = self.session.starts_at + every
        while starts_at < self.session.repeat_until:
            yield starts_at + offset
            starts_at += every

    def is_dropped_before(self, moment: datetime) -> bool:
        """What was taken back after its moment had been planned at that moment."""
        ends = (self.line.dropped_at, self.session.cancelled_at)
        return any(end is not None and end <= moment for end in ends)


@dataclass(frozen=True, slots=True)
class Describing:
    """What rows of one day are described with; `heard` are entries of what nobody planned."""

    station_id: str
    local_day: date
    lines: Mapping[str, DayLine]
    boxes: Mapping[str, Box]
    zones: ZoneMap
    heard: Mapping[int, LogEntry]


def row_of(airing: Airing, day: Describing) -> dict[str, Any]:
    """The values of one `airing` row."""
    row: dict[str, Any] = {
        "key": airing.key,
        "station_id": day.station_id,
        "local_day": day.local_day,
        "started_at": airing.started_at,
        "planned_ms": airing.planned_ms,
        "heard_ms": airing.heard_ms,
        "speaker_ms": airing.speaker_ms,
        "outcome": airing.outcome,
        "boxes_expected": len(airing.planned.box_ids) if airing.planned else 0,
        "boxes_played": sum(part.played_ms > 0 for part in airing.boxes),
        "boxes": [_part(part, airing.planned, day) for part in airing.boxes],
        "reason": airing.reason,
        "estimate": False,
    }
    airing_id = airing.planned.airing_id if airing.planned else None
    if airing_id is None and airing.first_play is not None:
        airing_id = airing.first_play.airing_id
    line = day.lines.get(airing_id or "")
    if line is not None:
        moment = airing.planned.planned_start if airing.planned else None
        return row | _of_line(line) | {"planned_start": moment or line.line.planned_start}
    entry = day.heard.get(airing.first_play.id) if airing.first_play else None
    return row | _of_entry(entry)


def _of_line(found: DayLine) -> dict[str, Any]:
    line, session, bulletin = found.line, found.session, found.bulletin
    is_relay = line.kind is LineKind.RELAY
    return {
        "airing_id": line.id,
        "session_id": session.id,
        "slot_id": session.slot_id,
        "slot_name": session.name,
        "bulletin_id": line.bulletin_id,
        "title": line.title,
        "topic_id": line.topic_id,
        "topic": line.topic_name,
        "kind": LineKind.RELAY.value if is_relay else (bulletin.kind.value if bulletin else ""),
        "origin": "relayed" if is_relay else (bulletin.origin.value if bulletin else "own"),
        "author": found.version.author_name if found.version else "",
        "voice": found.rendition.voice if found.rendition else "",
        "zone_ids": list(line.zone_ids or session.zone_ids),
        "emergency": session.priority is Priority.EMERGENCY,
    }


def _of_entry(entry: LogEntry | None) -> dict[str, Any]:
    """What a box played without us; only its own words are known."""
    return {
        "airing_id": entry.airing_id if entry else None,
        "session_id": entry.session_id if entry else None,
        "slot_id": None,
        "slot_name": "",
        "bulletin_id": None,
        "title": entry.title if entry else "",
        "topic_id": None,
        "topic": entry.topic if entry else "",
        "kind": LineKind.RELAY.value if entry and entry.kind == LineKind.RELAY.value else "",
        "origin": "own",
        "author": "",
        "voice": "",
        "zone_ids": [],
        "emergency": False,
        "planned_start": entry.planned_start if entry else None,
    }


def _part(part: BoxPart, planned: Planned | None, day: Describing) -> dict[str, object]:
    box = day.boxes.get(part.box_id)
    return {
        "box": part.box_id,
        "name": box.name if box else "",
        "played_ms": part.played_ms,
        "outcome": part.outcome.value,
        "reason": part.reason,
        "late_ms": part.late_ms,
        "zones": _standing_in(box, day.zones),
        "expected": planned is not None and part.box_id in planned.box_ids,
    }


def _standing_in(box: Box | None, zones: ZoneMap) -> list[str]:
    """Kept with the part, because a box may be moved afterwards. A closed zone is in no map."""
    if box is None or box.zone_id is None:
        return []
    return list(zones.chain(box.zone_id)) or [box.zone_id]
