"""Takes a bulletin out of everything that has not been heard; the one way off the plan."""

from datetime import timedelta

from sqlalchemy import select, update

from broadcast.boxes.plans import mark_plans_stale
from broadcast.bulletins.models import BulletinVersion, Rendition
from broadcast.desk import Desk
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.timetable.models import Emergency, OrderLine, SessionRow, WishRow
from scheduler.timetable.running_order import LineKind

A_DAY = timedelta(days=1)


def drop_bulletin(desk: Desk, bulletin_id: str, why: str) -> int:
    """Drops its coming lines, closes its wishes, ends its emergencies. Says how many lines went.

    Joins the caller's transaction. Lines stay as rows: a box may have been offline.
    """
    dropped = desk.session.execute(
        update(OrderLine)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.bulletin_id == bulletin_id,
            OrderLine.dropped_at.is_(None),
            OrderLine.planned_start > desk.now,
        )
        .values(dropped_at=desk.now, why=why)
    )
    silenced = _leave_fallbacks(desk, bulletin_id)
    open_wishes = select(WishRow).where(
        WishRow.station_id == desk.station_id,
        WishRow.bulletin_id == bulletin_id,
        WishRow.closed_at.is_(None),
    )
    wishes = list(desk.session.scalars(open_wishes))
    for wish in wishes:
        wish.closed_at, wish.unmet = desk.now, why
    for emergency in desk.session.scalars(
        select(Emergency).where(
            Emergency.station_id == desk.station_id,
            Emergency.bulletin_id == bulletin_id,
            Emergency.ended_at.is_(None),
        )
    ):
        silence_emergency(desk, emergency)
    count = int(getattr(dropped, "rowcount", 0))
    if count or silenced:
        # At once, not with the next fill: what was taken back must leave the boxes' plans.
        mark_plans_stale(desk)
    if count or wishes or silenced:
        want(desk, JobKind.FILL, desk.station_id)
    return count


def _leave_fallbacks(desk: Desk, bulletin_id: str) -> bool:
    """A relay that would play it when its stream fails waits in silence instead."""
    its_audio = (
        select(Rendition.audio_id)
        .join(BulletinVersion, BulletinVersion.id == Rendition.version_id)
        .where(BulletinVersion.bulletin_id == bulletin_id)
    )
    left = desk.session.execute(
        update(OrderLine)
        .where(
            OrderLine.station_id == desk.station_id,
            OrderLine.kind == LineKind.RELAY,
            OrderLine.audio_id.in_(its_audio),
            OrderLine.dropped_at.is_(None),
            OrderLine.planned_start > desk.now - A_DAY,
        )
        .values(audio_id=None),
        execution_options={"synchronize_session": "fetch"},
    )
    return bool(getattr(left, "rowcount", 0))


def silence_emergency(desk: Desk, emergency: Emergency) -> None:
    """Ended for all boxes with their next poll; what was heard stays in the log.

    The row is locked first: a worker that puts it on the air meanwhile comes before or not at all.
    Every box is told, also one whose zone was closed or changed while it held the emergency.
    """
    desk.session.refresh(emergency, with_for_update=True)
    emergency.ended_at, emergency.ended_by = desk.now, desk.actor.name
    for row in desk.session.scalars(
        select(SessionRow).where(
            SessionRow.emergency_id == emergency.id, SessionRow.cancelled_at.is_(None)
        )
    ):
        row.cancelled_at, row.cancel_reason = desk.now, f"{desk.actor.name} đã kết thúc"
    mark_plans_stale(desk)
