"""Registering a box, and its secrets: tokens, and paths for players without headers."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update

from broadcast.boxes.models import Box, BoxEvent, BoxPath, BoxToken
from broadcast.boxes.plans import build_plan
from broadcast.boxes.site_plan import read_place
from broadcast.boxes.volumes import VolumeProfile, VolumeSpan, written
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.trail import note_deed
from broadcast.stations.models import Zone

OVERLAP = timedelta(hours=24)
"""Time to carry the new token to the pole; until then the old one works too."""
TRIM_LIMIT_MS = 2_000


class BoxWithoutName(InvalidInput):
    code = "boxes.box_without_name"
    message = "Hãy đặt tên cho cụm loa, ví dụ “Cụm loa thôn Đông”."


class BoxSettingImpossible(InvalidInput):
    code = "boxes.setting_impossible"
    message = "Âm lượng từ 0 đến 100; độ lệch phát từ -2000 đến 2000 mili giây."


class PlaceNotUnderstood(InvalidInput):
    code = "boxes.place_not_understood"
    message = "Hãy ghi vĩ độ rồi kinh độ như bản đồ chép ra, ví dụ 20.8123, 106.4321."


@use_case
def add_box(
    desk: Desk, name: str, zone_id: str | None = None, *, demonstration: bool = False
) -> tuple[Box, str]:
    """The box and its first token. Its plan document is there from the start.

    :raises BoxWithoutName: :raises NotFound: a zone of another station.
    """
    desk.actor.must(Right.ADMINISTER)
    box = Box(
        id=desk.new_id(),
        station_id=desk.station_id,
        demonstration=demonstration,
        created_at=desk.now,
    )
    _place(desk, box, name, zone_id)
    desk.session.add(box)
    desk.session.flush()
    token = _new_token(desk, box)
    build_plan(desk, box.id)
    note_deed(desk, "boxes.added", "box", box.id, name=box.name)
    return box, token


@use_case
def change_box(
    desk: Desk,
    box_id: str,
    name: str,
    zone_id: str | None,
    *,
    volume_percent: int,
    trim_ms: int,
) -> Box:
    """:raises BoxWithoutName: :raises BoxSettingImpossible: :raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    _place(desk, box, name, zone_id)
    if not 0 <= volume_percent <= 100 or abs(trim_ms) > TRIM_LIMIT_MS:
        raise BoxSettingImpossible(volume_percent=volume_percent, trim_ms=trim_ms)
    if box.volume_percent != volume_percent:
        note_event(desk, box, "volume", f"Âm lượng {box.volume_percent} → {volume_percent}%.")
    box.volume_percent, box.trim_ms = volume_percent, trim_ms
    desk.session.flush()
    build_plan(desk, box.id)
    note_deed(desk, "boxes.changed", "box", box.id, volume_percent=volume_percent)
    return box


@use_case
def set_volume_hours(desk: Desk, box_id: str, spans: Iterable[VolumeSpan]) -> Box:
    """Hours at which the box is louder or quieter than else, in place of those before.

    :raises VolumeHoursImpossible: :raises NotFound:
    """
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    profile = VolumeProfile(box.volume_percent, tuple(spans))
    box.volume_hours = written(profile.spans)
    hours = "; ".join(f"{h['from']}–{h['to']}: {h['percent']}%" for h in box.volume_hours)
    note_event(desk, box, "volume", f"Âm lượng theo giờ: {hours or 'không còn'}.")
    desk.session.flush()
    build_plan(desk, box.id)
    note_deed(desk, "boxes.volume_hours_set", "box", box.id)
    return box


@use_case
def site_box(desk: Desk, box_id: str, place: str) -> Box:
    """Where the box is drawn on the plan: `20.8123, 106.4321`, or nothing to take it off the map.

    :raises PlaceNotUnderstood: :raises NotFound:
    """
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    found = read_place(place)
    if found is None and place.strip():
        raise PlaceNotUnderstood(box=box_id)
    box.latitude, box.longitude = found or (None, None)
    note_deed(desk, "boxes.sited", "box", box.id)
    return box


@use_case
def rotate_token(desk: Desk, box_id: str) -> tuple[Box, str]:
    """A new token; those before it hold for another 24 hours. :raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    desk.session.execute(
        update(BoxToken)
        .where(BoxToken.box_id == box.id, BoxToken.expires_at.is_(None))
        .values(expires_at=desk.now + OVERLAP)
    )
    token = _new_token(desk, box)
    note_event(desk, box, "token_rotated", f"{desk.actor.name} cấp mã mới.")
    note_deed(desk, "boxes.token_rotated", "box", box.id)
    return box, token


@use_case
def revoke_tokens(desk: Desk, box_id: str) -> None:
    """Nobody comes in as this box until it is given a new token. :raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    _revoke_tokens(desk, box)
    note_event(desk, box, "tokens_revoked", f"{desk.actor.name} thu hồi mọi mã.")
    note_deed(desk, "boxes.tokens_revoked", "box", box.id)


@use_case
def new_path_key(desk: Desk, box_id: str) -> str:
    """A key for `/p/<key>/…`; the one before it ends at once. :raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    _revoke_paths(desk, box)
    key = new_secret("p")
    desk.session.add(
        BoxPath(
            id=desk.new_id(),
            station_id=box.station_id,
            box_id=box.id,
            key_hash=secret_hash(key),
            created_at=desk.now,
        )
    )
    note_event(desk, box, "path_made", f"{desk.actor.name} cấp đường dẫn mới cho máy phát khác.")
    note_deed(desk, "boxes.path_made", "box", box.id)
    return key


@use_case
def revoke_path(desk: Desk, box_id: str) -> None:
    """:raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    _revoke_paths(desk, box)
    note_deed(desk, "boxes.path_revoked", "box", box.id)


@use_case
def retire_box(desk: Desk, box_id: str) -> None:
    """The box leaves; what it played stays in the log. :raises NotFound:"""
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    box.retired_at = box.retired_at or desk.now
    _revoke_tokens(desk, box)
    _revoke_paths(desk, box)
    note_deed(desk, "boxes.retired", "box", box.id)


def get_box(desk: Desk, box_id: str) -> Box:
    """:raises NotFound: no such box at this station."""
    box = desk.session.get(Box, box_id)
    if box is None or box.station_id != desk.station_id:
        raise NotFound(box=box_id)
    return box


def _place(desk: Desk, box: Box, name: str, zone_id: str | None) -> None:
    if not name.strip():
        raise BoxWithoutName
    zone = desk.session.get(Zone, zone_id) if zone_id else None
    if zone_id and (zone is None or zone.station_id != desk.station_id):
        raise NotFound(zone=zone_id)
    box.name, box.zone_id = name.strip(), zone_id or None


def _new_token(desk: Desk, box: Box) -> str:
    token = new_secret("b")
    desk.session.add(
        BoxToken(
            id=desk.new_id(),
            station_id=box.station_id,
            box_id=box.id,
            token_hash=secret_hash(token),
            created_at=desk.now,
        )
    )
    return token


def _revoke_tokens(desk: Desk, box: Box) -> None:
    desk.session.execute(
        update(BoxToken)
        .where(BoxToken.box_id == box.id, BoxToken.revoked_at.is_(None))
        .values(revoked_at=desk.now)
    )


def _revoke_paths(desk: Desk, box: Box) -> None:
    desk.session.execute(
        update(BoxPath)
        .where(BoxPath.box_id == box.id, BoxPath.revoked_at.is_(None))
        .values(revoked_at=desk.now)
    )


def note_event(desk: Desk, box: Box, kind: str, sentence: str) -> None:
    desk.session.add(
        BoxEvent(
            id=desk.new_id(),
            station_id=box.station_id,
            box_id=box.id,
            at=desk.now,
            kind=kind,
            sentence=sentence,
        )
    )


def list_boxes(desk: Desk, *, retired: bool = False) -> list[Box]:
    """By name; without those that left unless `retired`."""
    boxes = select(Box).where(Box.station_id == desk.station_id).order_by(Box.name, Box.id)
    if not retired:
        boxes = boxes.where(Box.retired_at.is_(None))
    return list(desk.session.scalars(boxes))
