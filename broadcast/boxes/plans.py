"""One complete plan document per box, made anew when what it shows has changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import false, or_, select, update

from broadcast.boxes.documents import PlannedLine, PlannedSession, Programme, document_of
from broadcast.boxes.models import Box, PlanDocument
from broadcast.boxes.rules import ZoneMap
from broadcast.boxes.tone import with_tone
from broadcast.bulletins.models import AudioFile, Bulletin, BulletinVersion
from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.stations.models import RegulationRow, Station, Zone
from broadcast.timetable.models import OrderLine, SessionRow, SlotRow
from scheduler.timetable.wall_clock import local_day_of, start_of_day

DAYS_AHEAD = 5
"""A document holds to the midnight after the fourth whole day: 96 h at least, and it changes once
a day instead of with every minute."""
LOOK_BACK = timedelta(hours=2)
"""What began before midnight and is still on the air must not look withdrawn."""


def mark_plans_stale(desk: Desk, zone_ids: Iterable[str] | None = None) -> None:
    """Called inside the transaction that changes what boxes shall play. No zones are all zones.

    The worker makes the documents anew; a box that asks first has its own made at once.
    """
    boxes = _boxes_of(desk)
    named = list(zone_ids or ())
    if named:
        zones = zone_map(desk)
        boxes = [box for box in boxes if zones.carries(box.zone_id, named)]
    ids = [box.id for box in boxes]
    if ids:
        desk.session.execute(
            update(PlanDocument)
            .where(PlanDocument.station_id == desk.station_id, PlanDocument.box_id.in_(ids))
            .values(stale=True)
        )
    want(desk, JobKind.PLANS, desk.station_id)


@use_case
def rebuild_plans(desk: Desk) -> int:
    """Makes the station's documents that are stale, missing or of an older day; says how many
    changed. A second run changes nothing.
    """
    # Locked before anything is read: who changes the timetable meanwhile marks them stale after.
    standing = {
        row.box_id: row
        for row in desk.session.scalars(
            select(PlanDocument)
            .where(PlanDocument.station_id == desk.station_id)
            .order_by(PlanDocument.box_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    station = desk.session.get_one(Station, desk.station_id)
    until = valid_until(desk.now, station.time_zone)
    due = [
        box
        for box in _boxes_of(desk)
        if (found := standing.get(box.id)) is None or found.stale or found.valid_until != until
    ]
    if not due:
        return 0
    programme = read_programme(desk)
    return sum(_write(desk, box, standing.get(box.id), programme) for box in due)


@use_case
def build_plan(desk: Desk, box_id: str) -> PlanDocument:
    """The current document of one box. :raises NotFound: no such box at this station."""
    box = desk.session.get(Box, box_id, with_for_update=True)
    if box is None or box.station_id != desk.station_id:
        raise NotFound(box=box_id)
    standing = desk.session.get(PlanDocument, box_id, with_for_update=True, populate_existing=True)
    _write(desk, box, standing, read_programme(desk))
    return desk.session.get_one(PlanDocument, box_id)


def read_programme(desk: Desk) -> Programme:
    """What the station will air until `valid_until`, and what it has aired today."""
    station = desk.session.get_one(Station, desk.station_id)
    until = valid_until(desk.now, station.time_zone)
    today = local_day_of(desk.now, station.time_zone)
    since = start_of_day(today, station.time_zone) - LOOK_BACK
    regulation = desk.session.scalar(
        select(RegulationRow)
        .where(RegulationRow.station_id == station.id, RegulationRow.valid_from <= today)
        .order_by(RegulationRow.valid_from.desc(), RegulationRow.id.desc())
        .limit(1)
    )
    sessions = tuple(_planned_sessions(desk, since, until))
    return Programme(station, zone_map(desk), regulation, sessions, until)


def zone_map(desk: Desk) -> ZoneMap:
    columns = select(Zone.id, Zone.parent_id).where(
        Zone.station_id == desk.station_id, Zone.closed_at.is_(None)
    )
    return ZoneMap({row.id: row.parent_id for row in desk.session.execute(columns)})


def valid_until(now: datetime, time_zone: str) -> datetime:
    return start_of_day(local_day_of(now, time_zone) + timedelta(days=DAYS_AHEAD), time_zone)


def _write(desk: Desk, box: Box, standing: PlanDocument | None, programme: Programme) -> bool:
    body, etag = with_tone(desk, box, *document_of(programme, box, desk.now))
    if standing is not None and standing.etag == etag:
        standing.stale = False
        return False
    row = standing or PlanDocument(box_id=box.id, station_id=box.station_id)
    row.body, row.etag, row.stale = body, etag, False
    row.generated_at, row.valid_until = desk.now, programme.valid_until
    desk.session.add(row)
    return True


def _boxes_of(desk: Desk) -> list[Box]:
    return list(
        desk.session.scalars(
            select(Box)
            .where(Box.station_id == desk.station_id, Box.retired_at.is_(None))
            .order_by(Box.id)
        )
    )


def _planned_sessions(desk: Desk, since: datetime, until: datetime) -> Iterable[PlannedSession]:
    rows = desk.session.execute(
        select(SessionRow, SlotRow.volume_percent)
        .outerjoin(SlotRow, SlotRow.id == SessionRow.slot_id)
        .where(
            SessionRow.station_id == desk.station_id,
            SessionRow.starts_at < until,
            or_(SessionRow.starts_at >= since, SessionRow.repeat_until >= since),
        )
        .order_by(SessionRow.starts_at, SessionRow.id)
    ).all()
    lines = _planned_lines(desk, [session.id for session, _volume in rows])
    for session, volume_percent in rows:
        if session.id not in lines:
            continue
        volume = 100 if volume_percent is None else volume_percent
        standing = () if session.cancelled_at else tuple(lines[session.id])
        yield PlannedSession(session, volume, standing)


def _planned_lines(desk: Desk, session_ids: list[str]) -> dict[str, list[PlannedLine]]:
    """Standing lines of every session that ever had one. A session of which nothing is left stays
    in it, empty: a box may hold it from an earlier plan, and an empty plan would take nothing back.
    """
    found: dict[str, list[PlannedLine]] = defaultdict(list)
    for row in desk.session.execute(_lines_of(session_ids)):
        standing = found[row[0].session_id]
        if row[0].dropped_at is None:
            standing.append(PlannedLine(*row))
    return found


def _lines_of(session_ids: list[str]) -> Any:
    chosen = OrderLine.session_id.in_(session_ids) if session_ids else false()
    return (
        select(OrderLine, AudioFile, BulletinVersion.no, Bulletin.state)
        .outerjoin(AudioFile, AudioFile.id == OrderLine.audio_id)
        .outerjoin(BulletinVersion, BulletinVersion.id == OrderLine.version_id)
        .outerjoin(Bulletin, Bulletin.id == OrderLine.bulletin_id)
        .where(chosen)
        .order_by(OrderLine.offset_ms, OrderLine.id)
    )
