"""The queue: what approved bulletins ask of the timetable, and when that is over."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from broadcast.boxes.plans import mark_plans_stale
from broadcast.bulletins.decisions import airable_version
from broadcast.bulletins.models import Bulletin
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, LoaError, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.models import OrderLine, WishRow
from scheduler.timetable.wall_clock import local_day_of
from scheduler.timetable.wishes import Priority


class BulletinNotApproved(LoaError):
    code = "timetable.bulletin_not_approved"
    message = "Chỉ bài đã duyệt, chưa sửa lại mới xếp lịch được. Hãy gửi duyệt trước."


@dataclass(frozen=True, slots=True, kw_only=True)
class WishDraft:
    """How often, when, where; `until_day` is exclusive, the expiry of the content."""

    airings: int
    from_day: date
    until_day: date
    weekdays: tuple[int, ...] = ()
    slot_ids: tuple[str, ...] = ()
    zone_ids: tuple[str, ...] = ()
    spacing_minutes: int = 0
    priority: Priority = Priority.NORMAL
    repeats_in_session: bool = False
    pin: dict[str, object] = field(default_factory=dict)


@use_case
def queue_bulletin(desk: Desk, bulletin_id: str, draft: WishDraft) -> WishRow:
    """An approved bulletin asks to be heard. An expired one whose approval still holds comes back.

    :raises BulletinNotApproved: or edited since.
    """
    desk.actor.must(Right.SCHEDULE)
    bulletin = get_bulletin(desk, bulletin_id)
    if bulletin.state is BulletinState.EXPIRED:
        bulletin.state = BulletinState.APPROVED
    if airable_version(desk, bulletin) is None:
        raise BulletinNotApproved(bulletin=bulletin_id)
    _refuse_impossible(draft)
    row = WishRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        bulletin_id=bulletin.id,
        author_name=desk.actor.name,
        created_at=desk.now,
        **_wish_columns(draft),
    )
    desk.session.add(row)
    note_deed(desk, "timetable.queued", "bulletin", bulletin.id, airings=draft.airings)
    want(desk, JobKind.FILL, desk.station_id)
    return row


def _wish_columns(draft: WishDraft) -> dict[str, object]:
    return {
        "airings": draft.airings,
        "from_day": draft.from_day,
        "until_day": draft.until_day,
        "weekdays": list(draft.weekdays),
        "slot_ids": list(draft.slot_ids),
        "zone_ids": list(draft.zone_ids),
        "spacing_minutes": draft.spacing_minutes,
        "priority": draft.priority,
        "repeats_in_session": draft.repeats_in_session,
        "pin_slot_id": draft.pin.get("slot_id"),
        "pin_day": draft.pin.get("day"),
        "pin_position": draft.pin.get("position"),
    }


@use_case
def close_wish(desk: Desk, wish_id: str, why: str = "người vận hành rút khỏi hàng đợi") -> None:
    """No further airings; those heard stay heard, the coming ones leave the plan."""
    desk.actor.must(Right.SCHEDULE)
    row = get_wish(desk, wish_id)
    row.closed_at, row.unmet = desk.now, why
    mark_plans_stale(desk)
    for line in desk.session.scalars(
        select(OrderLine).where(
            OrderLine.wish_id == row.id,
            OrderLine.dropped_at.is_(None),
            OrderLine.planned_start > desk.now,
        )
    ):
        line.dropped_at, line.why = desk.now, why
    note_deed(desk, "timetable.wish_closed", "bulletin", row.bulletin_id)
    want(desk, JobKind.FILL, desk.station_id)


@use_case
def reopen_wish(desk: Desk, wish_id: str) -> WishRow:
    """Undo of `close_wish`: the airings that are still missing are placed again.

    :raises BulletinNotApproved: it was withdrawn or edited meanwhile.
    """
    desk.actor.must(Right.SCHEDULE)
    row = get_wish(desk, wish_id)
    if airable_version(desk, get_bulletin(desk, row.bulletin_id)) is None:
        raise BulletinNotApproved(bulletin=row.bulletin_id)
    row.closed_at, row.unmet = None, ""
    note_deed(desk, "timetable.wish_reopened", "bulletin", row.bulletin_id)
    want(desk, JobKind.FILL, desk.station_id)
    return row


def get_wish(desk: Desk, wish_id: str) -> WishRow:
    """:raises NotFound: unknown, or another station's."""
    row = desk.session.get(WishRow, wish_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(wish=wish_id)
    return row


@use_case
def expire_wishes(desk: Desk) -> int:
    """Close wishes whose last day is over; a bulletin without any open wish becomes expired."""
    station = desk.session.get_one(Station, desk.station_id)
    today = local_day_of(desk.now, station.time_zone)
    over = list(
        desk.session.scalars(
            select(WishRow).where(
                WishRow.station_id == desk.station_id,
                WishRow.closed_at.is_(None),
                WishRow.until_day <= today,
            )
        )
    )
    for row in over:
        row.closed_at = desk.now
    desk.session.flush()
    for bulletin_id in {row.bulletin_id for row in over}:
        still = select(WishRow.id).where(
            WishRow.bulletin_id == bulletin_id, WishRow.closed_at.is_(None)
        )
        bulletin = desk.session.get_one(Bulletin, bulletin_id)
        if desk.session.scalar(still) is None and bulletin.state is BulletinState.APPROVED:
            bulletin.state = BulletinState.EXPIRED
    return len(over)


def _refuse_impossible(draft: WishDraft) -> None:
    if not 1 <= draft.airings <= 500:
        raise InvalidInput("Số lượt phát từ 1 đến 500.")
    if not timedelta(0) < draft.until_day - draft.from_day <= timedelta(days=400):
        raise InvalidInput("Ngày cuối phải sau ngày đầu, trong vòng 400 ngày.")
