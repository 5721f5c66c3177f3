"""Versions of a bulletin: which may be written into, and what a decided one hands on."""

from sqlalchemy import func, select

from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.queries import current_version
from broadcast.bulletins.rules import BulletinState, must_follow
from broadcast.desk import Desk
from broadcast.timetable.dropping import drop_bulletin

CARRIED_OVER = (
    "title",
    "text",
    "spoken",
    "engine",
    "voice",
    "speed_percent",
    "upload_path",
    "rendition_id",
    "overridden",
    "author_id",
    "author_name",
)


def is_decided(desk: Desk, version: BulletinVersion) -> bool:
    """Somebody approved it, sent it back or withdrew it: it is frozen."""
    count = desk.session.scalar(
        select(func.count()).select_from(Decision).where(Decision.version_id == version.id)
    )
    return bool(count)


def editable_version(desk: Desk, bulletin: Bulletin) -> BulletinVersion:
    """The version to write into; the bulletin is a draft again and leaves the plan.

    A decided version stays as it was: its copy, one number higher, is written into instead.
    """
    version = current_version(desk, bulletin)
    if is_decided(desk, version):
        version = _next_version(desk, bulletin, version)
    if bulletin.state is not BulletinState.DRAFTED:
        must_follow(bulletin.state, BulletinState.DRAFTED)
        drop_bulletin(desk, bulletin.id, "bài được sửa, cần duyệt lại")
        bulletin.state = BulletinState.DRAFTED
    bulletin.updated_at = desk.now
    return version


def first_version(desk: Desk, bulletin: Bulletin) -> BulletinVersion:
    return _add_version(desk, bulletin, 1)


def _next_version(desk: Desk, bulletin: Bulletin, old: BulletinVersion) -> BulletinVersion:
    """Audio made of the same words in the same voice stays good, so the copy keeps it."""
    bulletin.version_no = old.no + 1
    version = _add_version(desk, bulletin, bulletin.version_no)
    for name in CARRIED_OVER:
        setattr(version, name, getattr(old, name))
    desk.session.flush()
    return version


def _add_version(desk: Desk, bulletin: Bulletin, number: int) -> BulletinVersion:
    version = BulletinVersion(
        id=desk.new_id(),
        station_id=desk.station_id,
        bulletin_id=bulletin.id,
        no=number,
        title=bulletin.title,
        text="",
        spoken="",
        author_id=desk.actor.user_id,
        author_name=desk.actor.name,
        created_at=desk.now,
    )
    desk.session.add(version)
    return version
