"""The queue as the pure core wants it: open wishes, where they stand now, what has been heard."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.decisions import airable_versions
from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.desk import Desk
from broadcast.stations.models import PlanTarget, Station
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from broadcast.timetable.values import ZoneTree, wish_of
from scheduler.timetable.book import Aired
from scheduler.timetable.expand import SessionKey, SessionWindow
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of, start_of_day
from scheduler.timetable.wishes import Placed, Wish

NOT_HEARD = (AiringOutcome.MISSED, AiringOutcome.PARTIAL)
NOT_APPROVED = "bài đang được sửa hoặc chưa duyệt lại, duyệt xong sẽ được xếp tiếp."
ZONES_CLOSED = "các khu vực đã chọn đều đã đóng. Hãy rút khỏi hàng đợi rồi xếp lại."


@dataclass(frozen=True, slots=True)
class Queue:
    """`versions` are the approved contents with their audio, by wish. A wish that cannot be met
    at all for now is not in `wishes` but in `unready`, with the sentence why.
    """

    wishes: list[Wish]
    placed: list[Placed]
    aired: Aired
    targets: dict[str, int]
    versions: dict[str, BulletinVersion]
    lines: dict[str, OrderLine]
    unready: dict[str, str]
    zones: dict[str, frozenset[str]]

    def zones_in(self, wish_id: str, window: SessionWindow) -> tuple[str, ...]:
        """The zones of a session that hear a wish; none named are all of the session's."""
        wished = self.zones.get(wish_id, frozenset())
        heard = wished & window.zones
        return () if not wished or heard == window.zones else tuple(sorted(heard))


def read_queue(
    desk: Desk, station: Station, sessions: dict[SessionKey, SessionRow], tree: ZoneTree
) -> Queue:
    """Everything `fill` is told about the bulletins that wait. Nothing is written."""
    versions: dict[str, BulletinVersion] = {}
    wishes: list[Wish] = []
    unready: dict[str, str] = {}
    asked = _open_wishes(desk)
    airable = airable_versions(desk, [bulletin for _row, bulletin in asked])
    for row, bulletin in asked:
        version = airable.get(bulletin.id)
        if version is None or version.rendition is None:
            unready[row.id] = f"Còn thiếu {row.airings} lượt: {NOT_APPROVED}"
        elif not tree.reach(row.zone_ids):
            unready[row.id] = f"Còn thiếu {row.airings} lượt: {ZONES_CLOSED}"
        else:
            versions[row.id] = version
            audio = version.rendition.audio
            wishes.append(wish_of(row, bulletin.topic_id, audio.duration_ms, tree))
    lines = _lines_of(desk, sessions)
    here = {row.id: key for key, row in sessions.items()}
    year = local_day_of(desk.now, station.time_zone).year
    return Queue(
        wishes=wishes,
        placed=_placed(lines, here),
        aired=_aired(desk, versions, here, start_of_day(date(year, 1, 1), station.time_zone)),
        targets=_targets(desk, year),
        versions=versions,
        lines={line.id: line for line in lines},
        unready=unready,
        zones={wish.id: wish.zones for wish in wishes},
    )


def _open_wishes(desk: Desk) -> list[tuple[WishRow, Bulletin]]:
    rows = desk.session.execute(
        select(WishRow, Bulletin)
        .join(Bulletin, Bulletin.id == WishRow.bulletin_id)
        .where(WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None))
        .options(joinedload(Bulletin.topic))
    )
    return [(wish, bulletin) for wish, bulletin in rows]


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


def _aired(
    desk: Desk,
    versions: dict[str, BulletinVersion],
    here: dict[str, SessionKey],
    year_began_at: datetime,
) -> Aired:
    """Airings of sessions that have begun and are not in hand: those not found missing."""
    heard = (
        select(OrderLine.wish_id, OrderLine.topic_id, OrderLine.planned_start)
        .join(SessionRow, SessionRow.id == OrderLine.session_id)
        .outerjoin(AiringRow, AiringRow.airing_id == OrderLine.id)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.kind == LineKind.BULLETIN,
            OrderLine.dropped_at.is_(None),
            SessionRow.starts_at <= desk.now,
            SessionRow.cancelled_at.is_(None),
            OrderLine.session_id.not_in(here),
            or_(AiringRow.outcome.is_(None), AiringRow.outcome.not_in(NOT_HEARD)),
        )
        .subquery()
    )
    wishes = desk.session.execute(
        select(heard.c.wish_id, func.count(), func.max(heard.c.planned_start))
        .where(heard.c.wish_id.in_(versions))
        .group_by(heard.c.wish_id)
    ).all()
    topics = desk.session.execute(
        select(heard.c.topic_id, func.count())
        .where(heard.c.planned_start >= year_began_at, heard.c.topic_id.is_not(None))
        .group_by(heard.c.topic_id)
    ).all()
    return Aired(
        by_wish={wish_id: count for wish_id, count, _last in wishes},
        by_topic={str(topic_id): count for topic_id, count in topics},
        last_at={wish_id: last for wish_id, _count, last in wishes},
    )


def _targets(desk: Desk, year: int) -> dict[str, int]:
    rows = desk.session.scalars(
        select(PlanTarget).where(
            PlanTarget.station_id == desk.station_id,
            PlanTarget.year == year,
            PlanTarget.topic_id.is_not(None),
        )
    )
    return {row.topic_id: row.airings for row in rows if row.topic_id is not None}
