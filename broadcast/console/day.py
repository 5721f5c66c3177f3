"""Today on one line: the sessions planned above, what was aired below."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import HEARD, AiringOutcome
from broadcast.desk import Desk
from broadcast.stations.models import Station
from broadcast.timetable.models import SessionRow
from broadcast.wording import local_time, minute_of_day

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """Minutes since local midnight, half-open, for the day line; `time` is `17:00`."""

    start: int
    end: int
    title: str
    time: str
    priority: str
    session_id: str


@dataclass(frozen=True, slots=True)
class AiredBlock:
    start: int
    end: int
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class SessionOfToday:
    """`outcome` is a code of the `outcome_badge`; `heard` of `expected` items were aired."""

    id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    outcome: str
    heard: int
    expected: int


@dataclass(frozen=True, slots=True)
class Today:
    local_day: date
    now_minute: int
    now_words: str
    planned: list[PlannedBlock]
    aired: list[AiredBlock]
    sessions: list[SessionOfToday]
    next_at: datetime | None


def today(desk: Desk, playing: frozenset[str] = frozenset()) -> Today:
    """The station's local day; `playing` are the sessions that boxes say they play now."""
    zone = ZoneInfo(desk.session.get_one(Station, desk.station_id).time_zone)
    local_day = desk.now.astimezone(zone).date()
    sessions = _sessions(desk, local_day)
    airings = _airings(desk, local_day)
    listed = [_of_today(session, airings, desk.now, playing) for session in sessions]
    return Today(
        local_day=local_day,
        now_minute=minute_of_day(desk.now, zone),
        now_words=local_time(desk.now, zone),
        planned=[_planned(session, zone) for session in sessions],
        aired=[block for row in airings if (block := _aired(row, desk.now, zone))],
        sessions=listed,
        next_at=next((one.starts_at for one in listed if one.starts_at > desk.now), None),
    )


def _sessions(desk: Desk, local_day: date) -> list[SessionRow]:
    return list(
        desk.session.scalars(
            select(SessionRow)
            .where(
                SessionRow.station_id == desk.station_id,
                SessionRow.local_day == local_day,
                SessionRow.cancelled_at.is_(None),
            )
            .order_by(SessionRow.starts_at, SessionRow.id)
        )
    )


def _airings(desk: Desk, local_day: date) -> list[AiringRow]:
    return list(
        desk.session.scalars(
            select(AiringRow)
            .where(AiringRow.station_id == desk.station_id, AiringRow.local_day == local_day)
            .order_by(AiringRow.planned_start, AiringRow.key)
        )
    )


def _planned(session: SessionRow, zone: ZoneInfo) -> PlannedBlock:
    start = minute_of_day(session.starts_at, zone)
    return PlannedBlock(
        start=start,
        end=_end(start, session.ends_at - session.starts_at),
        title=session.name,
        time=local_time(session.starts_at, zone),
        priority=session.priority.value,
        session_id=session.id,
    )


def _aired(row: AiringRow, now: datetime, zone: ZoneInfo) -> AiredBlock | None:
    """What is still to come has no place below the line."""
    moment = row.started_at or row.planned_start
    if moment is None or moment > now:
        return None
    start = minute_of_day(moment, zone)
    length = row.heard_ms if row.started_at else row.planned_ms
    end = _end(start, timedelta(milliseconds=length))
    return AiredBlock(start, end, row.title, row.outcome.value)


def _end(start: int, length: timedelta) -> int:
    return min(start + max(1, round(length.total_seconds() / 60)), DAY_MINUTES)


def _of_today(
    session: SessionRow, airings: list[AiringRow], now: datetime, playing: frozenset[str]
) -> SessionOfToday:
    own = [row.outcome for row in airings if row.session_id == session.id]
    if session.id in playing:
        outcome = "on_air"
    elif session.starts_at > now:
        outcome = "scheduled"
    else:
        outcome = outcome_of_session(own)
    return SessionOfToday(
        id=session.id,
        name=session.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        outcome=outcome,
        heard=sum(one in HEARD for one in own),
        expected=len(own),
    )


def outcome_of_session(airings: list[AiringOutcome]) -> str:
    """One word for a session that has begun; none of its airings known yet counts as waiting."""
    count = Counter(airings)
    if not airings or count[AiringOutcome.WAITING]:
        return "waiting"
    heard = sum(count[one] for one in HEARD)
    if heard == len(airings):
        return "late" if count[AiringOutcome.LATE] == heard else "aired"
    return "partial" if heard or count[AiringOutcome.PARTIAL] else "missed"
