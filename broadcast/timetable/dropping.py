"""Takes a bulletin out of everything that has not been heard; the one way off the plan."""

from sqlalchemy import select, update

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.timetable.models import Emergency, OrderLine, SessionRow, WishRow


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
    if count:
        # At once, not with the next fill: what was taken back must leave the boxes' plans.
        mark_plans_stale(desk)
    if count or wishes:
        want(desk, JobKind.FILL, desk.station_id)
    return count


def silence_emergency(desk: Desk, emergency: Emergency) -> None:
    """Ended for all boxes with their next poll; what was heard stays in the log."""
    emergency.ended_at, emergency.ended_by = desk.now, desk.actor.name
    for row in desk.session.scalars(
        select(SessionRow).where(
            SessionRow.emergency_id == emergency.id, SessionRow.cancelled_at.is_(None)
        )
    ):
        row.cancelled_at, row.cancel_reason = desk.now, f"{desk.actor.name} đã kết thúc"
    mark_plans_stale(desk, emergency.zone_ids)
