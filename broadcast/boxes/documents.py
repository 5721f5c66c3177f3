"""The plan document of protocol.md from a station's rows. Nothing is loaded or kept here."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from broadcast.boxes.models import Box
from broadcast.boxes.rules import ZoneMap, quiet_hours
from broadcast.boxes.volumes import VolumeProfile, level_db, read
from broadcast.boxes.wire import instant
from broadcast.bulletins.models import AudioFile
from broadcast.bulletins.rules import BulletinState
from broadcast.stations.models import RegulationRow, Station
from broadcast.timetable.models import LineKind, OrderLine, SessionRow

SCHEMA = 1
CONTENT = {LineKind.BULLETIN, LineKind.RELAY}
NOT_FOR_THE_AIR = {BulletinState.WITHDRAWN, BulletinState.RETURNED}


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line with what it plays; `version_no` of a bulletin is the one on the air."""

    line: OrderLine
    audio: AudioFile | None
    version_no: int | None
    state: BulletinState | None

    @property
    def is_ready(self) -> bool:
        """Only measured audio whose bytes are still there, and nothing that was taken back."""
        if self.line.kind is LineKind.SILENCE:
            return True
        if self.state in NOT_FOR_THE_AIR:
            return False
        if self.line.kind is LineKind.RELAY:
            return bool(self.line.stream_url)
        return self.audio is not None and self.audio.removed_at is None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    row: SessionRow
    volume_percent: int
    lines: tuple[PlannedLine, ...]

    @property
    def is_ended_emergency(self) -> bool:
        return self.row.emergency_id is not None and self.row.cancelled_at is not None


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything of a station that any of its boxes may be told."""

    station: Station
    zones: ZoneMap
    regulation: RegulationRow | None
    sessions: tuple[PlannedSession, ...]
    valid_until: datetime

    def sessions_of(self, zone_id: str | None) -> Iterator[PlannedSession]:
        """What a box in that zone plays: every session of its zone, of each the lines meant for it.

        The clock of a running order is common, so a line that is not for the zone leaves a gap:
        later lines never move, neighbouring poles never say two things at once. A session with
        nothing but its frame left is silent there. One that was ended by hand is told, empty, to
        every box: whoever holds it from an earlier plan must let go of it.
        """
        for planned in self.sessions:
            if planned.is_ended_emergency:
                yield planned
            elif self.zones.carries(zone_id, planned.row.zone_ids):
                mine = [one for one in planned.lines if self._is_for(zone_id, one.line)]
                has_content = any(one.line.kind in CONTENT for one in mine)
                yield replace(planned, lines=tuple(mine) if has_content else ())

    def _is_for(self, zone_id: str | None, line: OrderLine) -> bool:
        return self.zones.carries(zone_id, line.zone_ids)


def document_of(programme: Programme, box: Box, now: datetime) -> tuple[str, str]:
    """The document as JSON without what is put in at serving, and its ETag.

    The ETag speaks of the contents alone: made again without a change, it stays the same.
    """
    zones = programme.zones.chain(box.zone_id)
    hours = programme.regulation.hours if programme.regulation else []
    profile = read(box.volume_percent, box.volume_hours)
    contents = {
        "valid_until": instant(programme.valid_until),
        "station": {
            "id": programme.station.id,
            "name": programme.station.name,
            "zone": programme.station.time_zone,
        },
        "box": {
            "id": box.id,
            "name": box.name,
            "zones": list(zones),
            "volume_percent": profile.loudest,
            "quiet": quiet_hours(hours, zones),
        },
        "sessions": [
            _session(planned, profile, programme.station.time_zone)
            for planned in programme.sessions_of(box.zone_id)
            if not _was_over(planned.row, box.created_at)
        ],
    }
    etag = hashlib.sha256(_dump(contents).encode()).hexdigest()
    frame = {"schema": SCHEMA, "plan": etag[:16], "generated_at": instant(now)}
    return _dump(frame | contents), etag


def _was_over(row: SessionRow, then: datetime) -> bool:
    """What ended before a box was there is nothing that it missed."""
    return max(row.ends_at, row.repeat_until or row.ends_at) <= then


def serve(body: str, now: datetime, poll_s: int) -> str:
    """`body` with the moment of serving, by joining text: nothing is parsed for 200 boxes."""
    return f'{{"server_time":"{instant(now)}","poll_s":{poll_s},{body[1:]}'


def _session(planned: PlannedSession, profile: VolumeProfile, time_zone: str) -> dict[str, Any]:
    row = planned.row
    repeat = None
    if row.repeat_every_ms and row.repeat_until:
        repeat = {"every_ms": row.repeat_every_ms, "until": instant(row.repeat_until)}
    return {
        "id": row.id,
        "priority": row.priority.value,
        "starts_at": instant(row.starts_at),
        "late": {"mode": "whole" if row.grace_ms else "skip", "grace_ms": row.grace_ms},
        "repeat": repeat,
        "running_order": [
            _line(one, _gain_db(planned, one, profile, time_zone))
            for one in planned.lines
            if one.is_ready
        ],
    }


def _line(planned: PlannedLine, gain_db: float) -> dict[str, Any]:
    line = planned.line
    bulletin = None
    if line.bulletin_id is not None:
        bulletin = {
            "id": line.bulletin_id,
            "version": planned.version_no,
            "title": line.title,
            "topic": line.topic_name,
        }
    return {
        "airing": line.id if line.kind in {LineKind.BULLETIN, LineKind.RELAY} else None,
        "kind": line.kind.value,
        "offset_ms": line.offset_ms,
        "duration_ms": line.duration_ms,
        "bulletin": bulletin,
        "audio": _sound(planned),
        "gain_db": gain_db,
    }


def _sound(planned: PlannedLine) -> dict[str, Any] | None:
    audio = None
    if planned.audio is not None and planned.audio.removed_at is None:
        audio = {
            "url": f"/media/{planned.audio.sha256}.mp3",
            "sha256": planned.audio.sha256,
            "bytes": planned.audio.bytes,
            "duration_ms": planned.audio.duration_ms,
            "mime": "audio/mpeg",
        }
    if planned.line.kind is LineKind.RELAY:
        return {"stream": planned.line.stream_url, "fallback": audio}
    return audio


def _gain_db(
    planned: PlannedSession, one: PlannedLine, profile: VolumeProfile, time_zone: str
) -> float:
    """The slot's volume and the box's at the hour the line starts, as one change of level.

    An emergency is heard at the box's loudest, whatever the hour.
    """
    if planned.row.emergency_id is not None:
        return 0.0
    of_slot = level_db(max(planned.volume_percent, 1))
    start = planned.row.starts_at + timedelta(milliseconds=one.line.offset_ms)
    return round(of_slot + profile.gain_db(start, time_zone), 1)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
