"""The strip at the top of every page: what is heard now, and what comes next."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from broadcast.bulletins.models import Bulletin
from broadcast.console.boxes_now import BoxNow, Playing, list_boxes_now
from broadcast.desk import Desk
from broadcast.stations.models import Zone
from broadcast.timetable.models import Emergency, LineKind, OrderLine, SessionRow

LOOK_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OnAir:
    """`title` is empty when no box plays; `due` then names a session that should be heard now."""

    title: str = ""
    zone: str = ""
    boxes: int = 0
    ends_at: datetime | None = None
    session_id: str = ""
    alarm: str = ""
    "Title of the emergency that nobody has ended yet, heard or not."
    due: str = ""
    next_name: str = ""
    next_at: datetime | None = None


def on_air_now(desk: Desk, boxes: list[BoxNow] | None = None) -> OnAir:
    """From the boxes' last heartbeats, never from the plan alone: the strip does not guess."""
    boxes = list_boxes_now(desk) if boxes is None else boxes
    heard = [box.playing for box in boxes if box.playing is not None]
    sessions = _sessions_around(desk)
    following = next((session for session in sessions if session.starts_at > desk.now), None)
    running = {session.id: session for session in sessions if session.starts_at <= desk.now}
    next_name = following.name if following else ""
    next_at = following.starts_at if following else None
    alarm = _alarm(desk)
    if not heard:
        due = next((running[one].name for one in _with_something_left(desk, running)), "")
        return OnAir(alarm=alarm, due=due, next_name=next_name, next_at=next_at)
    playing = _most_heard(heard)
    session = running.get(playing.session_id)
    return OnAir(
        title=playing.title or (session.name if session else ""),
        zone=_zone_words(desk, session),
        boxes=len(heard),
        ends_at=playing.ends_at if playing.ends_at and playing.ends_at > desk.now else None,
        session_id=playing.session_id,
        alarm=alarm,
        next_name=next_name,
        next_at=next_at,
    )


def _sessions_around(desk: Desk) -> list[SessionRow]:
    """Those that run now and the next one, in order; a few rows by the index on the start."""
    wanted = (
        select(SessionRow)
        .where(
            SessionRow.station_id == desk.station_id,
            SessionRow.cancelled_at.is_(None),
            SessionRow.starts_at > desk.now - timedelta(days=1),
            SessionRow.starts_at < desk.now + LOOK_AHEAD,
            SessionRow.ends_at > desk.now,
        )
        .order_by(SessionRow.starts_at)
        .limit(4)
    )
    return list(desk.session.scalars(wanted))


def _with_something_left(desk: Desk, session_ids: Collection[str]) -> list[str]:
    """Of these sessions those that still have something to say: an empty one is silent rightly."""
    if not session_ids:
        return []
    lines = desk.session.scalars(
        select(OrderLine)
        .where(
            OrderLine.session_id.in_(session_ids),
            OrderLine.kind.in_((LineKind.BULLETIN, LineKind.RELAY)),
            OrderLine.dropped_at.is_(None),
        )
        .order_by(OrderLine.planned_start)
    )
    left = [
        line.session_id
        for line in lines
        if line.planned_start + timedelta(milliseconds=line.duration_ms) > desk.now
    ]
    return list(dict.fromkeys(left))


def _alarm(desk: Desk) -> str:
    wanted = (
        select(Bulletin.title)
        .join(Emergency, Emergency.bulletin_id == Bulletin.id)
        .where(
            Emergency.station_id == desk.station_id,
            Emergency.ended_at.is_(None),
            Emergency.until > desk.now,
        )
        .order_by(Emergency.started_at.desc())
        .limit(1)
    )
    return desk.session.scalar(wanted) or ""


def _most_heard(heard: list[Playing]) -> Playing:
    (title, _count), *_rest = Counter(playing.title for playing in heard).most_common(1)
    return next(playing for playing in heard if playing.title == title)


def _zone_words(desk: Desk, session: SessionRow | None) -> str:
    if session is None or not session.zone_ids:
        return ""
    names = desk.session.scalars(
        select(Zone.name)
        .where(Zone.station_id == desk.station_id, Zone.id.in_(session.zone_ids))
        .order_by(Zone.position, Zone.name)
    ).all()
    return ", ".join(names[:2]) + (" …" if len(names) > 2 else "")
