"""The tree of zones: khu vực, thôn or tổ dân phố in it, cụm loa in that."""

from dataclasses import dataclass

from sqlalchemy import func, select

from broadcast.boxes.models import Box
from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Zone
from broadcast.stations.rules import ZoneKind, ZoneMisplaced, may_lie_in

SENSITIVE = frozenset({"", "school", "hospital"})
LONGEST_NAME = 120


class ZoneNameMissing(InvalidInput):
    code = "stations.zone_name_missing"
    message = f"Hãy đặt tên cho nơi này, không quá {LONGEST_NAME} chữ, ví dụ “Thôn Đồng Tâm”."


class ZoneInUse(InvalidInput):
    code = "stations.zone_in_use"
    message = (
        "Nơi này còn thôn, cụm hoặc thiết bị đang hoạt động. "
        "Hãy chuyển chúng đi hoặc đóng chúng trước."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneDraft:
    """`sensitive` is `school`, `hospital` or nothing; no `parent_id` is the whole commune."""

    name: str
    kind: ZoneKind
    parent_id: str | None = None
    sensitive: str = ""


@use_case
def add_zone(desk: Desk, draft: ZoneDraft) -> Zone:
    """A new zone after its brothers.

    :raises ZoneNameMissing: :raises ZoneMisplaced: :raises NotFound: for an unknown parent.
    """
    desk.actor.must(Right.ADMINISTER)
    row = Zone(id=desk.new_id(), station_id=desk.station_id, position=_last_position(desk))
    _write(desk, row, draft)
    desk.session.add(row)
    _note_change(desk, "stations.zone_added", row)
    return row


@use_case
def change_zone(desk: Desk, zone_id: str, draft: ZoneDraft) -> Zone:
    """Another name, kind or place. What was logged keeps the old name.

    :raises ZoneMisplaced: also when the zone would lie in itself.
    """
    desk.actor.must(Right.ADMINISTER)
    row = get_zone(desk, zone_id)
    _write(desk, row, draft)
    _note_change(desk, "stations.zone_changed", row)
    return row


@use_case
def close_zone(desk: Desk, zone_id: str) -> Zone:
    """It leaves every choice; log and reports keep it.

    :raises ZoneInUse: something open lies or stands in it.
    """
    desk.actor.must(Right.ADMINISTER)
    row = get_zone(desk, zone_id)
    if _children(desk, row.id) or _has_box(desk, row.id):
        raise ZoneInUse(zone=zone_id)
    row.closed_at = row.closed_at or desk.now
    _note_change(desk, "stations.zone_closed", row)
    return row


@use_case
def reopen_zone(desk: Desk, zone_id: str) -> Zone:
    """Back in its old place, or directly in the commune when that place is closed."""
    desk.actor.must(Right.ADMINISTER)
    row = get_zone(desk, zone_id)
    row.closed_at = None
    if row.parent_id and get_zone(desk, row.parent_id).closed_at is not None:
        row.parent_id = None
    _note_change(desk, "stations.zone_reopened", row)
    return row


def get_zone(desk: Desk, zone_id: str) -> Zone:
    """:raises NotFound: unknown, or another station's."""
    row = desk.session.get(Zone, zone_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(zone=zone_id)
    return row


def list_closed_zones(desk: Desk) -> list[Zone]:
    return list(
        desk.session.scalars(
            select(Zone)
            .where(Zone.station_id == desk.station_id, Zone.closed_at.is_not(None))
            .order_by(Zone.name)
        )
    )


def _write(desk: Desk, row: Zone, draft: ZoneDraft) -> None:
    name = draft.name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise ZoneNameMissing
    parent = get_zone(desk, draft.parent_id) if draft.parent_id else None
    if parent is not None and (parent.closed_at or not may_lie_in(draft.kind, parent.kind)):
        raise ZoneMisplaced(zone=row.id, parent=parent.id)
    # Ranks fall strictly from parent to child, so a circle is impossible once all of them fit.
    if any(not may_lie_in(child.kind, draft.kind) for child in _children(desk, row.id)):
        raise ZoneMisplaced(zone=row.id)
    row.name, row.kind = name, draft.kind
    row.parent_id = parent.id if parent else None
    row.sensitive = draft.sensitive if draft.sensitive in SENSITIVE else ""


def _children(desk: Desk, zone_id: str) -> list[Zone]:
    return list(
        desk.session.scalars(
            select(Zone).where(
                Zone.station_id == desk.station_id,
                Zone.parent_id == zone_id,
                Zone.closed_at.is_(None),
            )
        )
    )


def _has_box(desk: Desk, zone_id: str) -> bool:
    return bool(
        desk.session.scalar(
            select(Box.id)
            .where(
                Box.station_id == desk.station_id,
                Box.zone_id == zone_id,
                Box.retired_at.is_(None),
            )
            .limit(1)
        )
    )


def _last_position(desk: Desk) -> int:
    last = desk.session.scalar(
        select(func.max(Zone.position)).where(Zone.station_id == desk.station_id)
    )
    return (last or 0) + 1


def _note_change(desk: Desk, deed: str, row: Zone) -> None:
    """Boxes carry the sessions of the zones they stand in: their plans are made anew."""
    desk.session.flush()
    note_deed(desk, deed, "zone", row.id, name=row.name)
    mark_plans_stale(desk)
    want(desk, JobKind.FILL, desk.station_id)
