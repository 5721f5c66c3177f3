"""Registering a box, and the secrets it comes with: tokens, and paths for players without headers."""

from datetime import timedelta

from sqlalchemy import select

from broadcast.boxes.models import Box, BoxPath, BoxToken
from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.trail import note_deed
from broadcast.stations.models import Zone

OVERLAP = timedelta(days=7)
"""Long enough for somebody to drive to a pole with the new token."""


@use_case
def add_box(desk: Desk, name: str, zone_id: str | None = None) -> tuple[Box, str]:
    """A new box and its token, which nobody will see again.

    :raises NotFound: the zone is not the station's.
    """
    desk.actor.must(Right.ADMINISTER)
    if not 0 < len(name.strip()) <= 120:
        raise InvalidInput("Hãy đặt tên cho cụm loa, tối đa 120 ký tự.")
    if zone_id is not None:
        zone = desk.session.get(Zone, zone_id)
        if zone is None or zone.station_id != desk.station_id:
            raise NotFound(zone=zone_id)
    box = Box(
        id=desk.new_id(),
        station_id=desk.station_id,
        name=name.strip(),
        zone_id=zone_id,
        created_at=desk.now,
    )
    desk.session.add(box)
    desk.session.flush()
    note_deed(desk, "boxes.added", "box", box.id, name=box.name)
    mark_plans_stale(desk)
    return box, _new_token(desk, box)


@use_case
def rotate_token(desk: Desk, box_id: str) -> tuple[Box, str]:
    """A new token beside the old ones, which hold for another week."""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    for row in _standing_tokens(desk, box):
        row.expires_at = min(row.expires_at or desk.now + OVERLAP, desk.now + OVERLAP)
    note_deed(desk, "boxes.token_rotated", "box", box.id)
    return box, _new_token(desk, box)


@use_case
def revoke_tokens(desk: Desk, box_id: str) -> int:
    """Every token of the box ends now: the box was stolen. It plays what it holds, and no more."""
    desk.actor.must(Right.ADMINISTER)
    standing = _standing_tokens(desk, get_box(desk, box_id))
    for row in standing:
        row.revoked_at = desk.now
    note_deed(desk, "boxes.tokens_revoked", "box", box_id, count=len(standing))
    return len(standing)


@use_case
def add_path(desk: Desk, box_id: str) -> str:
    """The key of `/p/<key>/…` for a player that can send no header; shown once."""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    key = new_secret("p")
    desk.session.add(
        BoxPath(
            id=desk.new_id(),
            station_id=desk.station_id,
            box_id=box.id,
            key_hash=secret_hash(key),
            created_at=desk.now,
        )
    )
    note_deed(desk, "boxes.path_added", "box", box.id)
    return key


@use_case
def revoke_paths(desk: Desk, box_id: str) -> int:
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    rows = desk.session.scalars(
        select(BoxPath).where(BoxPath.box_id == box.id, BoxPath.revoked_at.is_(None))
    ).all()
    for row in rows:
        row.revoked_at = desk.now
    note_deed(desk, "boxes.paths_revoked", "box", box.id, count=len(rows))
    return len(rows)


@use_case
def retire_box(desk: Desk, box_id: str) -> None:
    """Out of use: it is expected nowhere any more. What it played stays in the log."""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    box.retired_at = box.retired_at or desk.now
    for row in _standing_tokens(desk, box):
        row.revoked_at = desk.now
    note_deed(desk, "boxes.retired", "box", box.id)


def get_box(desk: Desk, box_id: str) -> Box:
    box = desk.session.get(Box, box_id)
    if box is None or box.station_id != desk.station_id:
        raise NotFound(box=box_id)
    return box


def _standing_tokens(desk: Desk, box: Box) -> list[BoxToken]:
    return list(
        desk.session.scalars(
            select(BoxToken).where(BoxToken.box_id == box.id, BoxToken.revoked_at.is_(None))
        )
    )


def _new_token(desk: Desk, box: Box) -> str:
    token = new_secret("loa_box")
    desk.session.add(
        BoxToken(
            id=desk.new_id(),
            station_id=desk.station_id,
            box_id=box.id,
            token_hash=secret_hash(token),
            created_at=desk.now,
        )
    )
    return token
