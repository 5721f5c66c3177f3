"""What pages and players read of boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Subquery, func, or_, select
from sqlalchemy.orm import Session

from broadcast.airlog.models import LogEntry
from broadcast.boxes.models import Box, BoxEvent, BoxHealth, BoxPath, BoxToken
from broadcast.boxes.rules import CLOCK_OFF_MS, DEEDS, BoxState, Moments, since_when, state_of
from broadcast.boxes.site_plan import Spot
from broadcast.boxes.sounding import ToneNews, read_tone_news
from broadcast.boxes.tokens import get_box
from broadcast.bulletins.models import AudioFile
from broadcast.desk import Desk
from broadcast.stations.models import Zone


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One box as the list shows it. `clock_off_ms` is None while its clock is right."""

    box: Box
    zone_name: str
    state: BoxState
    health: BoxHealth | None
    since: datetime | None

    @property
    def clock_off_ms(self) -> int | None:
        offset = self.health.clock_offset_ms if self.health else None
        return offset if offset is not None and abs(offset) > CLOCK_OFF_MS else None

    @property
    def cache(self) -> dict[str, int] | None:
        """`held`, `needed` and `missing` files, as the box counts them; None when it does not."""
        kept = self.health.facts.get("cache") if self.health else None
        return kept if isinstance(kept, dict) and kept else None

    @property
    def spot(self) -> Spot:
        box = self.box
        return Spot(box.id, box.name, self.zone_name, self.state.value, box.latitude, box.longitude)

    @property
    def faults(self) -> list[dict[str, str]]:
        kept = self.health.facts.get("faults") if self.health else None
        return kept if isinstance(kept, list) else []

    @property
    def playing_title(self) -> str:
        playing = self.health.playing if self.health else None
        return str(playing.get("title") or "") if playing else ""


@dataclass(frozen=True, slots=True)
class BoxFile:
    """Everything on the page of one box."""

    line: BoxLine
    tokens: int
    has_path: bool
    events: Sequence[BoxEvent]
    plays: Sequence[LogEntry]
    tone: ToneNews | None


def find_audio(session: Session, station_id: str, sha256: str) -> AudioFile | None:
    """The audio of this station whose bytes have not been cleared."""
    return session.scalar(
        select(AudioFile).where(
            AudioFile.station_id == station_id,
            AudioFile.sha256 == sha256,
            AudioFile.removed_at.is_(None),
        )
    )


def list_box_lines(desk: Desk, box_id: str | None = None) -> list[BoxLine]:
    """The station's boxes in use by name; or only the one, even after it has left."""
    wanted = Box.retired_at.is_(None) if box_id is None else Box.id == box_id
    changes = last_changes(desk)
    rows = desk.session.execute(
        select(Box, Zone.name, BoxHealth, changes.c.at)
        .outerjoin(Zone, Zone.id == Box.zone_id)
        .outerjoin(BoxHealth, BoxHealth.box_id == Box.id)
        .outerjoin(changes, changes.c.box_id == Box.id)
        .where(Box.station_id == desk.station_id, wanted)
        .order_by(Box.name, Box.id)
    )
    return [_line(box, zone or "", health, at, desk.now) for box, zone, health, at in rows]


def boxes_by_zone(desk: Desk) -> dict[str | None, list[BoxLine]]:
    """The boxes in use by the id of the zone they stand in; None for those of the whole station."""
    found: dict[str | None, list[BoxLine]] = {}
    for line in list_box_lines(desk):
        found.setdefault(line.box.zone_id, []).append(line)
    return found


def last_changes(desk: Desk) -> Subquery:
    """`box_id` and `at` of the last event of each box that changed how it is."""
    return (
        select(BoxEvent.box_id, func.max(BoxEvent.at).label("at"))
        .where(BoxEvent.station_id == desk.station_id, BoxEvent.kind.not_in(DEEDS))
        .group_by(BoxEvent.box_id)
        .subquery()
    )


def moments_of(box: Box, health: BoxHealth | None, changed_at: datetime | None) -> Moments:
    playing = (health.playing if health else None) or {}
    position = playing.get("position_ms")
    return Moments(
        box.created_at,
        box.retired_at,
        health.seen_at if health else None,
        changed_at,
        timedelta(milliseconds=position if isinstance(position, int) else 0),
    )


def read_box_file(desk: Desk, box_id: str) -> BoxFile:
    """:raises NotFound: no such box at this station."""
    box = get_box(desk, box_id)
    (line,) = list_box_lines(desk, box.id)
    tokens = select(func.count()).where(
        BoxToken.box_id == box.id,
        BoxToken.revoked_at.is_(None),
        or_(BoxToken.expires_at.is_(None), BoxToken.expires_at > desk.now),
    )
    path = select(BoxPath.id).where(BoxPath.box_id == box.id, BoxPath.revoked_at.is_(None))
    events = select(BoxEvent).where(BoxEvent.box_id == box.id)
    plays = select(LogEntry).where(
        LogEntry.station_id == desk.station_id, LogEntry.box_id == box.id
    )
    return BoxFile(
        line=line,
        tokens=desk.session.scalar(tokens) or 0,
        has_path=desk.session.scalar(path) is not None,
        events=desk.session.scalars(
            events.order_by(BoxEvent.at.desc(), BoxEvent.id.desc()).limit(30)
        ).all(),
        plays=desk.session.scalars(plays.order_by(LogEntry.number.desc()).limit(30)).all(),
        tone=read_tone_news(desk, box),
    )


def _line(
    box: Box, zone_name: str, health: BoxHealth | None, changed_at: datetime | None, now: datetime
) -> BoxLine:
    state = state_of(
        now,
        health.seen_at if health else None,
        is_playing=bool(health and health.playing),
        has_fault=bool(health and health.facts.get("faults")),
        retired=box.retired_at is not None,
    )
    since = since_when(state, moments_of(box, health, changed_at))
    return BoxLine(box, zone_name, state, health, since)
