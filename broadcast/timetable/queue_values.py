"""The queue as the pure core wants it: open wishes, where they stand now, what has been heard."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.decisions import airable_version
from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.desk import Desk
from broadcast.stations.models import PlanTarget, Station
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from broadcast.timetable.values import ZoneTree, wish_of
from scheduler.timetable.book import Aired
from scheduler.timetable.expand import SessionKey
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of
from scheduler.timetable.wishes import Placed, Wish

NOT_HEARD = (AiringOutcome.MISSED, AiringOutcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Queue:
    """`versions` are the approved contents, by wish; a wish without one is not in `wishes`."""

    wishes: list[Wish]
    placed: list[Placed]
    aired: Aired
    targets: dict[str, int]
    versions: dict[str, BulletinVersion]
    lines: dict[str, OrderLine]


def read_queue(
    desk: Desk, station: Station, sessions: dict[SessionKey, SessionRow], tree: ZoneTree
) -> Queue:
    """Everything `fill` is told about the bulletins that wait. Nothing is written."""
    versions: dict[str, BulletinVersion] = {}
    wishes: list[Wish] = []
    for row in _open_wishes(desk):
        bulletin = desk.session.get_one(Bulletin, row.bulletin_id)
        version = airable_version(desk, bulletin)
        if version is None or version.rendition is None:
            continue
        versions[row.id] = version
        audio = version.rendition.audio
        wishes.append(wish_of(row, bulletin.topic_id, audio.duration_ms, tree))
    lines = _lines_of(desk, sessions)
    here = {row.id: key for key, row in sessions.items()}
    return Queue(
        wishes=wishes,
        placed=_placed(lines, here),
        aired=_aired(desk, versions, set(here)),
        targets=_targets(desk, local_day_of(desk.now, station.time_zone).year),
        versions=versions,
        lines={line.id: line for line in lines},
    )


def _open_wishes(desk: Desk) -> list[WishRow]:
    return list(
        desk.session.scalars(
            select(WishRow).where(
                WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None)
            )
        )
    )


def _lines_of(desk: Desk, sessions: dict[SessionKey, SessionRow]) -> list[OrderLine]:
    """Standing bulletin lines of the sessions in hand, in order; those not heard are left out, so
    that their wish asks for another airing.
    """
    ids = [row.id for row in sessions.values()]
    if not ids:
        return []
    not_heard = select(AiringRow.airing_id).where(
        AiringRow.station_id == desk.station_id,
        AiringRow.outcome.in_(NOT_HEARD),
        AiringRow.airing_id.is_not(None),
    )
    return list(
        desk.session.scalars(
            select(OrderLine)
            .where(
                OrderLine.station_id == desk.station_id,
                OrderLine.session_id.in_(ids),
                OrderLine.kind == LineKind.BULLETIN,
                OrderLine.dropped_at.is_(None),
                OrderLine.id.not_in(not_heard),
            )
            .order_by(OrderLine.planned_start, OrderLine.id)
        )
    )


def _placed(lines: list[OrderLine], here: dict[str, SessionKey]) -> list[Placed]:
    position: Counter[SessionKey] = Counter()
    placed = []
    for line in lines:
        key = here[line.session_id]
        if line.wish_id is not None:
            slot_id, local_day = key
            placed.append(
                Placed(
                    wish_id=line.wish_id,
                    slot_id=slot_id,
                    local_day=local_day,
                    position=position[key],
                    manual=line.manual,
                    airing_id=line.id,
                )
            )
        position[key] += 1
    return placed


def _aired(desk: Desk, versions: dict[str, BulletinVersion], here: set[str]) -> Aired:
    """Airings before the sessions in hand: planned ones that were not found missing."""
    if not versions:
        return Aired()
    rows = desk.session.execute(
        select(
            OrderLine.wish_id,
            func.max(OrderLine.topic_id),
            func.count(),
            func.max(OrderLine.planned_start),
        )
        .outerjoin(AiringRow, AiringRow.airing_id == OrderLine.id)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.wish_id.in_(versions),
            OrderLine.dropped_at.is_(None),
            OrderLine.planned_start <= desk.now,
            OrderLine.session_id.not_in(here),
            func.coalesce(AiringRow.outcome, "").not_in([one.value for one in NOT_HEARD]),
        )
        .group_by(OrderLine.wish_id)
    ).all()
    by_wish: dict[str, int] = {}
    by_topic: Counter[str] = Counter()
    last_at: dict[str, datetime] = {}
    for wish_id, topic_id, count, last in rows:
        by_wish[str(wish_id)], last_at[str(wish_id)] = count, last
        by_topic[str(topic_id)] += count
    return Aired(by_wish=by_wish, by_topic=dict(by_topic), last_at=last_at)


def _targets(desk: Desk, year: int) -> dict[str, int]:
    rows = desk.session.scalars(
        select(PlanTarget).where(
            PlanTarget.station_id == desk.station_id,
            PlanTarget.year == year,
            PlanTarget.topic_id.is_not(None),
        )
    )
    return {row.topic_id: row.airings for row in rows if row.topic_id is not None}
