"""Rounds of the machine: airings whose boxes stay silent, boxes that are lost in a session."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from broadcast.airlog import incidents
from broadcast.airlog.days import HEARD_KINDS, SILENCE_ALLOWED
from broadcast.airlog.models import AiringRow, Incident
from broadcast.airlog.rules import AiringOutcome
from broadcast.boxes.models import Box, BoxHealth
from broadcast.boxes.plans import zone_map
from broadcast.desk import Desk, use_case
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.stations.models import Station
from broadcast.timetable.models import OrderLine, SessionRow
from scheduler.timetable.wall_clock import local_day_of

LOOK_BACK = timedelta(days=8)
"""A station that was off over Tết finds its silent days when it comes back."""

_BY_THRESHOLD = (AiringOutcome.AIRED, AiringOutcome.LATE, AiringOutcome.PARTIAL)


@use_case
def close_airings(desk: Desk) -> int:
    """Asks for the days on which an airing has no outcome though its boxes' time to report is
    over; says how many. A second run after the reconciliation finds none.
    """
    time_zone = desk.session.get_one(Station, desk.station_id).time_zone
    rows = desk.session.execute(
        select(OrderLine.planned_start, OrderLine.duration_ms, SessionRow.grace_ms)
        .join(SessionRow, SessionRow.id == OrderLine.session_id)
        .outerjoin(AiringRow, AiringRow.airing_id == OrderLine.id)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.kind.in_(HEARD_KINDS),
            OrderLine.planned_start > desk.now - LOOK_BACK,
            OrderLine.planned_start < desk.now - SILENCE_ALLOWED,
            or_(OrderLine.dropped_at.is_(None), OrderLine.dropped_at > OrderLine.planned_start),
            or_(
                SessionRow.cancelled_at.is_(None),
                SessionRow.cancelled_at > OrderLine.planned_start,
            ),
            or_(AiringRow.key.is_(None), AiringRow.outcome == AiringOutcome.WAITING),
        )
    )
    moments = {
        row.planned_start
        for row in rows
        if row.planned_start + timedelta(milliseconds=row.duration_ms + row.grace_ms)
        <= desk.now - SILENCE_ALLOWED
    }
    days = {local_day_of(moment, time_zone) for moment in moments | _open_repeats(desk)}
    for day in sorted(days):
        want(desk, JobKind.RECONCILE, day.isoformat())
    return len(days)


def judge_again(desk: Desk, before_percent: int, after_percent: int) -> int:
    """Asks for the days on which a box played so much of an airing that one threshold takes it for
    heard and the other does not; says how many. Part of adopting a rule, and of its transaction.
    """
    least, most = sorted((before_percent, after_percent))
    rows = desk.session.execute(
        select(AiringRow.local_day, AiringRow.planned_ms, AiringRow.boxes).where(
            AiringRow.station_id == desk.station_id,
            AiringRow.estimate.is_(False),
            AiringRow.outcome.in_(_BY_THRESHOLD),
        )
    ).yield_per(1000)
    days = {
        row.local_day
        for row in rows
        if any(
            least * row.planned_ms <= int(box["played_ms"]) * 100 < most * row.planned_ms
            for box in row.boxes
        )
    }
    for day in sorted(days):
        want(desk, JobKind.RECONCILE, day.isoformat())
    return len(days)


def _open_repeats(desk: Desk) -> set[datetime]:
    """Today and yesterday of every emergency that repeats or has just ended: they are few."""
    repeating = desk.session.scalar(
        select(SessionRow.id).where(
            SessionRow.station_id == desk.station_id,
            SessionRow.starts_at <= desk.now,
            SessionRow.repeat_until > desk.now - timedelta(hours=2),
        )
    )
    return set() if repeating is None else {desk.now, desk.now - timedelta(hours=2)}


@use_case
def watch_boxes(desk: Desk) -> int:
    """A box silent for ten minutes while a session of its zone is on becomes an incident; one that
    is back closes it. Says how many were opened.
    """
    open_now = {
        incident.box_id: incident
        for incident in incidents.list_open_incidents(desk)
        if incident.kind == incidents.BOX_LOST
    }
    on_air = desk.session.scalars(
        select(SessionRow).where(
            SessionRow.station_id == desk.station_id,
            SessionRow.cancelled_at.is_(None),
            SessionRow.starts_at <= desk.now,
            SessionRow.ends_at > desk.now,
        )
    ).all()
    zones, opened = zone_map(desk), 0
    for box, seen_at in _seen(desk):
        is_lost = desk.now - seen_at > incidents.LOST_AFTER
        if not is_lost and box.id in open_now:
            _close(desk, open_now[box.id])
        if not is_lost or box.id in open_now:
            continue
        session = next((one for one in on_air if zones.carries(box.zone_id, one.zone_ids)), None)
        if session is not None:
            sentence = f"{box.name} mất kết nối trong {session.name}."
            incidents.open_incident(desk, incidents.BOX_LOST, sentence, seen_at, box_id=box.id)
            opened += 1
    return opened


def _seen(desk: Desk) -> list[tuple[Box, datetime]]:
    rows = desk.session.execute(
        select(Box, BoxHealth.seen_at)
        .join(BoxHealth, BoxHealth.box_id == Box.id)
        .where(Box.station_id == desk.station_id, Box.retired_at.is_(None))
        .order_by(Box.id)
    )
    return [(row[0], row[1]) for row in rows]


def _close(desk: Desk, incident: Incident) -> None:
    incidents.close_incident(desk, incident.id, "Cụm loa đã có tín hiệu trở lại.")
