"""What needs the person who looks: each with its one action, the most pressing kind first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from broadcast.boxes.rules import BoxState
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.queries import list_waiting
from broadcast.bulletins.rules import BulletinState, Verdict
from broadcast.console.boxes_now import BoxNow, list_boxes_now
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.people.rules import Right
from broadcast.stations.models import Station
from broadcast.timetable.models import WishRow

MOST = 20
"""More than a screen holds; the pages behind the actions list everything."""
EXPIRES_SOON = timedelta(days=3)
BOX_KINDS = {BoxState.LOST: "box_lost", BoxState.FAULT: "box_fault"}


@dataclass(frozen=True, slots=True)
class Need:
    """`kind` is a stable word; its sentence and its button are the template's business."""

    kind: str
    subject_id: str
    title: str
    detail: str = ""


def list_needs(desk: Desk, boxes: list[BoxNow] | None = None) -> list[Need]:
    """At most 20; only what this person may act on."""
    return list(islice(_needs(desk, boxes), MOST))


def _needs(desk: Desk, boxes: list[BoxNow] | None) -> Iterator[Need]:
    asked: tuple[tuple[Right, Callable[[Desk], list[Need]]], ...] = (
        (Right.APPROVE, _to_approve),
        (Right.WRITE, _returned),
        (Right.WRITE, _not_rendered),
        (Right.SCHEDULE, _wishes),
    )
    if Right.EMERGENCY in desk.actor.rights:
        yield from _troubled_boxes(boxes if boxes is not None else list_boxes_now(desk))
    for right, find in asked:
        if right in desk.actor.rights:
            yield from find(desk)


def _troubled_boxes(boxes: list[BoxNow]) -> list[Need]:
    return [
        Need(
            "box_lost" if box.state is BoxState.LOST else "box_fault", box.id, box.name, box.reason
        )
        for box in boxes
        if box.state in BOX_KINDS
    ]


def _to_approve(desk: Desk) -> list[Need]:
    return [
        Need("to_approve", bulletin.id, bulletin.title, _author_name(desk.session, bulletin))
        for bulletin in list_waiting(desk)[:MOST]
    ]


def _author_name(session: Session, bulletin: Bulletin) -> str:
    return (
        session.scalars(
            select(BulletinVersion.author_name).where(
                BulletinVersion.bulletin_id == bulletin.id,
                BulletinVersion.no == bulletin.version_no,
            )
        ).first()
        or ""
    )


def _returned(desk: Desk) -> list[Need]:
    reason = (
        select(Decision.reason)
        .where(Decision.bulletin_id == Bulletin.id, Decision.verdict == Verdict.RETURNED)
        .order_by(Decision.at.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = desk.session.execute(
        select(Bulletin.id, Bulletin.title, reason)
        .where(
            Bulletin.station_id == desk.station_id,
            Bulletin.state == BulletinState.RETURNED,
            Bulletin.archived_at.is_(None),
        )
        .order_by(Bulletin.updated_at)
        .limit(MOST)
    )
    return [Need("returned", found, title, said or "") for found, title, said in rows]


def _not_rendered(desk: Desk) -> list[Need]:
    """Versions in work whose newest attempt at audio has failed for good."""
    rows = desk.session.execute(
        select(Bulletin.id, Bulletin.title, Job.state, Job.error_message)
        .join(BulletinVersion, BulletinVersion.bulletin_id == Bulletin.id)
        .join(Job, Job.subject == BulletinVersion.id)
        .where(
            Bulletin.station_id == desk.station_id,
            Bulletin.archived_at.is_(None),
            BulletinVersion.no == Bulletin.version_no,
            BulletinVersion.rendition_id.is_(None),
            Job.station_id == desk.station_id,
            Job.kind == JobKind.RENDER,
        )
        .order_by(Job.id)
    )
    newest = {
        found: (state, Need("not_rendered", found, title, said))
        for found, title, state, said in rows
    }
    return [need for state, need in newest.values() if state is JobState.FAILED][:MOST]


def _wishes(desk: Desk) -> list[Need]:
    """What the last fill could not place, then what ends within three days."""
    station = desk.session.get_one(Station, desk.station_id)
    today = desk.now.astimezone(ZoneInfo(station.time_zone)).date()
    rows = desk.session.execute(
        select(Bulletin.id, Bulletin.title, WishRow.unmet, WishRow.until_day)
        .join(Bulletin, Bulletin.id == WishRow.bulletin_id)
        .where(
            WishRow.station_id == desk.station_id,
            WishRow.closed_at.is_(None),
            WishRow.until_day > today,
            Bulletin.state == BulletinState.APPROVED,
            or_(WishRow.unmet != "", WishRow.until_day <= today + EXPIRES_SOON),
        )
        .order_by(WishRow.until_day)
        .limit(MOST)
    ).all()
    unmet = [Need("unmet", found, title, said) for found, title, said, _until in rows if said]
    ending = [
        Need("expiring", found, title, f"{until - timedelta(days=1):%d/%m/%Y}")
        for found, title, said, until in rows
        if not said
    ]
    return unmet + ending
